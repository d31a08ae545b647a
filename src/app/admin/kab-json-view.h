/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_JSON_VIEW (kab_json_view_get_type())

/**
 * KabJsonView:
 *
 * A text that may be JSON: as a tree that can be unfolded, and as it is, to be selected and copied.
 */
G_DECLARE_FINAL_TYPE(KabJsonView, kab_json_view, KAB, JSON_VIEW, AdwBin)

/**
 * kab_json_view_set_text:
 * @self: a view
 * @name: what it is, for a screen reader, translated
 * @text: (nullable): the text; what is no JSON is shown as it is
 */
void kab_json_view_set_text(KabJsonView *self, const char *name, const char *text);

G_END_DECLS
