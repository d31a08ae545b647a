/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-line-row.h"
#include "kab-order.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_LINE_LIST (kab_line_list_get_type())

/**
 * KabLineList:
 *
 * The lines of an order. An order may have thousands of them: they are shown a hundred at a time.
 */
G_DECLARE_FINAL_TYPE(KabLineList, kab_line_list, KAB, LINE_LIST, AdwBin)

/**
 * kab_line_list_set_order:
 * @self: a list
 * @order: its lines are shown; not kept
 *
 * The same products in the same order keep their rows, and so the focus and what is being typed.
 */
void kab_line_list_set_order(KabLineList *self, const KabOrder *order);

/** kab_line_list_get_row: (nullable) (transfer none): the row of line @i if it is shown */
KabLineRow *kab_line_list_get_row(KabLineList *self, guint i);

G_END_DECLS
