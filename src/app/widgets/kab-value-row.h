/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_VALUE_ROW (kab_value_row_get_type())

/**
 * KabValueRow:
 *
 * A row that shows a named value; it is not there while the value is empty.
 */
G_DECLARE_FINAL_TYPE(KabValueRow, kab_value_row, KAB, VALUE_ROW, AdwPreferencesRow)

/** kab_value_row_set_value: @value: (nullable): the text */
void kab_value_row_set_value(KabValueRow *self, const char *value);

/** kab_value_row_set_changed: whether the value is another one than was wanted, and is marked so.
 */
void kab_value_row_set_changed(KabValueRow *self, gboolean changed);

/** kab_value_row_get_value: (transfer none): the text; "" if there is none */
const char *kab_value_row_get_value(KabValueRow *self);

G_END_DECLS
