/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_PERCENT_ROW (kab_percent_row_get_type())

/**
 * KabPercentRow:
 *
 * A row that shows how much of something is done: "Paid 50 %".
 */
G_DECLARE_FINAL_TYPE(KabPercentRow, kab_percent_row, KAB, PERCENT_ROW, AdwActionRow)

/** kab_percent_row_set_percent: @percent: 0 to 100 */
void kab_percent_row_set_percent(KabPercentRow *self, int percent);

G_END_DECLS
