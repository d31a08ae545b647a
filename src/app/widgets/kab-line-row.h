/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-order.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KAB_TYPE_LINE_ROW (kab_line_row_get_type())

/**
 * KabLineRow:
 *
 * A line of an order, to be read or to be changed.
 */
G_DECLARE_FINAL_TYPE(KabLineRow, kab_line_row, KAB, LINE_ROW, GtkListBoxRow)

/**
 * kab_line_row_new:
 * @editable: whether the quantity can be changed
 * @removable: whether the line can be taken out
 * @priceable: whether the price can be changed too
 */
KabLineRow *kab_line_row_new(gboolean editable, gboolean removable, gboolean priceable);

/** kab_line_row_set_line: shows @line; a quantity that is being typed stays. */
void kab_line_row_set_line(KabLineRow *self, const KabOrderLine *line);

/** kab_line_row_get_product_id: (transfer none): the product of the line. */
const char *kab_line_row_get_product_id(KabLineRow *self);

/** kab_line_row_get_spin: (transfer none): where the quantity is entered. */
GtkSpinButton *kab_line_row_get_spin(KabLineRow *self);

G_END_DECLS
