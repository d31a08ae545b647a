/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client.h"
#include "kab-order.h"
#include "kab-product.h"

G_BEGIN_DECLS

/**
 * KabPage:
 * @items: (owned): the items; of what type, the call says
 * @next: (nullable): what to give as @after to get the page after this one; %NULL at the end
 */
typedef struct {
    GPtrArray *items;
    char *next;
} KabPage;

void kab_page_free(KabPage *page);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabPage, kab_page_free)

/** kab_client_list_groups_async: all product groups, parents before children. */
void kab_client_list_groups_async(KabClient *self, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer data);

/** kab_client_list_groups_finish: (transfer full) (element-type KabGroup) */
GPtrArray *kab_client_list_groups_finish(KabClient *self, GAsyncResult *result, GError **error);

/**
 * kab_client_list_products_async:
 * @self: a connection to a portal
 * @group_id: (nullable): only products of this group and the groups in it
 * @text: (nullable): only products whose name or article has words that begin so
 * @after: (nullable): @next of the page before
 * @limit: how many at most, 1 to 500
 *
 * A page of products as the signed-in partner sees them, by name.
 */
void kab_client_list_products_async(KabClient *self, const char *group_id, const char *text,
                                    const char *after, guint limit, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer data);

/** kab_client_list_products_finish: (transfer full): a page of #KabProduct */
KabPage *kab_client_list_products_finish(KabClient *self, GAsyncResult *result, GError **error);

/**
 * kab_client_find_goods_async:
 * @self: a connection to a base
 * @order_id: a client order
 * @text: beginnings of words of article or name
 *
 * What may be added to the order, with the prices of its partner: the best fifty.
 */
void kab_client_find_goods_async(KabClient *self, KabOrderId order_id, const char *text,
                                 GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer data);

/** kab_client_find_goods_finish: (transfer full): a page of #KabProduct, the only one */
KabPage *kab_client_find_goods_finish(KabClient *self, GAsyncResult *result, GError **error);

/** kab_client_get_product_async: a product with its description. */
void kab_client_get_product_async(KabClient *self, KabProductId id, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer data);

/** kab_client_get_product_finish: (transfer full) */
KabProduct *kab_client_get_product_finish(KabClient *self, GAsyncResult *result, GError **error);

/** kab_client_get_basket_async: the partner user's basket: lines, total, no number. */
void kab_client_get_basket_async(KabClient *self, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer data);

/**
 * kab_client_set_basket_async:
 * @self: a connection to a portal
 * @product_id: a product
 * @quantity: how much of it shall stand in the basket; 0 takes it out
 *
 * Setting the same quantity twice is the same as once.
 */
void kab_client_set_basket_async(KabClient *self, KabProductId product_id, KabQuantity quantity,
                                 GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer data);

/** kab_client_basket_finish: (transfer full): the basket after any call about it */
KabOrder *kab_client_basket_finish(KabClient *self, GAsyncResult *result, GError **error);

G_END_DECLS
