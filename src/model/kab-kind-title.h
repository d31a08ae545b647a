/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What people call the kinds of objects in the exchange. */

/** kab_kind_title_of: (transfer none): the title of a kind, translated; @kind itself if it has
 * none */
const char *kab_kind_title_of(const char *kind);

/** kab_kind_title_nth: (transfer none) (nullable): the name of the @n-th kind that has a title */
const char *kab_kind_title_nth(guint n);

G_END_DECLS
