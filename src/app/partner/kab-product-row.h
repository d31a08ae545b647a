/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client.h"
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

/**
 * kab_product_row_new:
 * @client: where the pictures come from
 * @may_order: whether the person may put products into the basket
 * @tile: whether it stands in a grid, picture above, and not in a list
 *
 * Returns: (transfer full): a row that shows nothing yet
 */
KabProductRow *kab_product_row_new(KabClient *client, gboolean may_order, gboolean tile);

/**
 * kab_product_row_set_item:
 * @self: a row
 * @item: (nullable): an item that holds a #KabProduct, or none yet; %NULL: nothing, and its picture
 *   is not fetched any more
 */
void kab_product_row_set_item(KabProductRow *self, KabItem *item);

/** kab_product_row_get_item: (nullable) (transfer none): what it shows */
KabItem *kab_product_row_get_item(KabProductRow *self);

/** kab_product_row_add: puts the entered quantity into the basket, as its button does. */
void kab_product_row_add(KabProductRow *self);

G_END_DECLS
