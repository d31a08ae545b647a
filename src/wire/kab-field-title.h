/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define KAB_FIELD_SAID_SIZE 160

/**
 * kab_field_say:
 * @name: a member of a JSON object that is known here, such as "inn"
 * @said: (out caller-allocates): what a refusal calls it: what people enter by its title, with the
 *   member's name for programs, such as "INN (“inn”)"; "“object_id”" for what nobody enters
 *
 * Returns: (transfer none): @said
 */
const char *kab_field_say(const char *name, char said[KAB_FIELD_SAID_SIZE]);

G_END_DECLS
