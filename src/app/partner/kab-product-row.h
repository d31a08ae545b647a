/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-item.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_PRODUCT_ROW (kab_product_row_get_type())

/**
 * KabProductRow:
 *
 * A product in the catalogue: price, stock, and a quantity to put into the basket.
 */
G_DECLARE_FINAL_TYPE(KabProductRow, kab_product_row, KAB, PRODUCT_ROW, AdwBin)

/** kab_product_row_new: @may_order: whether the person may put products into the basket. */
KabProductRow *kab_product_row_new(gboolean may_order);

/** kab_product_row_set_item: @item: (nullable): an item that holds a #KabProduct, or nothing */
void kab_product_row_set_item(KabProductRow *self, KabItem *item);

/** kab_product_row_get_item: (nullable) (transfer none): what it shows */
KabItem *kab_product_row_get_item(KabProductRow *self);

/** kab_product_row_add: puts the entered quantity into the basket, as its button does. */
void kab_product_row_add(KabProductRow *self);

G_END_DECLS
