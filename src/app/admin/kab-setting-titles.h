/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** kab_setting_title: (transfer none): what people call the setting @name of either end; @name
 * itself if it is not known */
const char *kab_setting_title(const char *name);

/** kab_setting_value_title: (transfer none): what people call that value of the setting @name;
 * @value itself unless it is a word of the program */
const char *kab_setting_value_title(const char *name, const char *value);

G_END_DECLS
