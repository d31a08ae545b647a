/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-item.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_ORDER_ROW (kab_order_row_get_type())

/**
 * KabOrderRow:
 *
 * An order in a list, with a button that opens it. It shows the order's side of things, or the
 * base's if #KabOrderRow:client-order is set.
 */
G_DECLARE_FINAL_TYPE(KabOrderRow, kab_order_row, KAB, ORDER_ROW, AdwBin)

/** kab_order_row_new: @client_order: whether it shows client orders of a base. */
GtkWidget *kab_order_row_new(gboolean client_order);

/** kab_order_row_set_item: @item: (nullable): an item that holds a #KabOrder, or nothing */
void kab_order_row_set_item(KabOrderRow *self, KabItem *item);

/** kab_order_row_get_item: (nullable) (transfer none): what it shows */
KabItem *kab_order_row_get_item(KabOrderRow *self);

G_END_DECLS
