/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client.h"
#include "kab-paged-list.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_PRODUCT_LIST (kab_product_list_get_type())

/**
 * KabProductList:
 *
 * Products as a list or as a grid, over the same #KabPagedList. Only the view that is shown has
 * widgets and fetches pictures. It asks for further pages as one scrolls towards the end.
 */
G_DECLARE_FINAL_TYPE(KabProductList, kab_product_list, KAB, PRODUCT_LIST, AdwBin)

/** kab_product_list_set_products: to be called once; whose prices they are, @client says. */
void kab_product_list_set_products(KabProductList *self, KabClient *client, KabPagedList *products);

/** kab_product_list_set_grid: whether they are shown as a grid; who looks at a product goes on
 * looking at it. */
void kab_product_list_set_grid(KabProductList *self, gboolean grid);

gboolean kab_product_list_is_grid(KabProductList *self);

/** kab_product_list_watch_end: asks for the next page, if there is one, before its end is seen. */
void kab_product_list_watch_end(KabProductList *self);

/** kab_product_list_scroll_to_top: for another list. */
void kab_product_list_scroll_to_top(KabProductList *self);

/** kab_product_list_add_focused: puts the product with the keyboard's focus into the basket. */
void kab_product_list_add_focused(KabProductList *self);

G_END_DECLS
