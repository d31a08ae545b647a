/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-item.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_CAUSE_ROW (kab_cause_row_get_type())

/**
 * KabCauseRow:
 *
 * Why entries have failed, how many and since when, with what can be done about all of them. It
 * emits "retry" and "discard".
 */
G_DECLARE_FINAL_TYPE(KabCauseRow, kab_cause_row, KAB, CAUSE_ROW, AdwBin)

/** kab_cause_row_set_item: @item: (nullable): an item that holds a #KabQueueCause, or nothing */
void kab_cause_row_set_item(KabCauseRow *self, KabItem *item);

/** kab_cause_row_get_item: (nullable) (transfer none): what it shows */
KabItem *kab_cause_row_get_item(KabCauseRow *self);

/** kab_cause_row_format_name: (transfer full): what a screen reader calls the row of @item. */
char *kab_cause_row_format_name(KabItem *item);

G_END_DECLS
