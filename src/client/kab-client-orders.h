/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client-catalogue.h"
#include "kab-client.h"
#include "kab-goods.h"
#include "kab-limits.h"
#include "kab-history.h"
#include "kab-order-query.h"
#include "kab-order.h"

G_BEGIN_DECLS

/**
 * kab_client_submit_basket_async:
 * @self: a connection to a portal
 * @place: %TRUE for "Place order", %FALSE for "Save order"
 * @details: its name, comment, phone, email, address, wished_date and warehouse_id count
 * @key: what makes a repeated call one order: a new UUID for each press of the button, the same
 *   one when the same press is tried again after an error
 *
 * Makes an order of the basket, which is empty then. Finish with kab_client_order_finish().
 */
void kab_client_submit_basket_async(KabClient *self, gboolean place, const KabOrder *details,
                                    const char *key, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer data);

/**
 * kab_client_list_orders_async:
 * @self: a connection to a portal
 * @query: (nullable): which of them; %NULL: all
 * @after: (nullable): @next of the page before
 * @limit: how many at most, 1 to 500
 *
 * A page of the partner's orders without their lines, newest first.
 */
void kab_client_list_orders_async(KabClient *self, const KabOrderQuery *query, const char *after,
                                  guint limit, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer data);

/** kab_client_list_orders_finish: (transfer full): a page of #KabOrder */
KabPage *kab_client_list_orders_finish(KabClient *self, GAsyncResult *result, GError **error);

/** kab_client_count_orders_async: how many orders @query finds, on all pages, and what they come
 * to. */
void kab_client_count_orders_async(KabClient *self, const KabOrderQuery *query,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer data);

/** kab_client_count_orders_finish: (transfer full) (element-type KabOrderTotal): by currency */
GArray *kab_client_count_orders_finish(KabClient *self, GAsyncResult *result, GError **error);

/** kab_client_list_history_async: what happened to an order, newest first. */
void kab_client_list_history_async(KabClient *self, KabOrderId id, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer data);

/** kab_client_list_history_finish: (transfer full) (element-type KabHistoryEntry) */
GPtrArray *kab_client_list_history_finish(KabClient *self, GAsyncResult *result, GError **error);

/** kab_client_get_order_async: an order with its lines. */
void kab_client_get_order_async(KabClient *self, KabOrderId id, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer data);

/** kab_client_place_order_async: "Place order" for a draft, if it costs @expected, which was seen.
 */
void kab_client_place_order_async(KabClient *self, KabOrderId id, KabMoney expected,
                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer data);

/**
 * kab_client_decide_order_async:
 * @self: a connection to a portal
 * @id: an order
 * @decision: confirm or refuse
 * @revision: the revision of the order that the decision is made on; %KAB_ERROR_CONFLICT if the
 *   manager has changed it since
 * @reason: (nullable): why it is refused
 */
void kab_client_decide_order_async(KabClient *self, KabOrderId id, KabDecision decision,
                                   gint64 revision, const char *reason, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer data);

/**
 * kab_client_edit_order_async:
 * @self: a connection to a portal
 * @order: a draft as the user wants it: what counts of a new order, and of its lines product_id and
 *   quantity, 0 to take a line out; its version is the one that the user saw
 *
 * %KAB_ERROR_CONFLICT if somebody has changed the draft since.
 */
void kab_client_edit_order_async(KabClient *self, const KabOrder *order, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer data);

/**
 * kab_client_make_draft_async:
 * @self: a connection to a portal
 * @order: what the draft shall be: as in kab_client_edit_order_async()
 * @key: what makes a repeated call one draft: see kab_client_submit_basket_async()
 *
 * Makes a draft that goes by no basket. Finish with kab_client_order_finish().
 */
void kab_client_make_draft_async(KabClient *self, const KabOrder *order, const char *key,
                                 GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer data);

/** kab_client_order_finish: (transfer full): the order after any of these calls */
KabOrder *kab_client_order_finish(KabClient *self, GAsyncResult *result, GError **error);

/** kab_client_delete_order_async: deletes a draft. */
void kab_client_delete_order_async(KabClient *self, KabOrderId id, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer data);

gboolean kab_client_delete_order_finish(KabClient *self, GAsyncResult *result, GError **error);

/** kab_client_list_warehouses_async: the warehouses that an order may be shipped from, by name. */
void kab_client_list_warehouses_async(KabClient *self, GCancellable *cancellable,
                                      GAsyncReadyCallback callback, gpointer data);

/** kab_client_list_warehouses_finish: (transfer full) (element-type KabWarehouse) */
GPtrArray *kab_client_list_warehouses_finish(KabClient *self, GAsyncResult *result, GError **error);

/** kab_client_get_limits_async: what the partner owes and how much it may owe. */
void kab_client_get_limits_async(KabClient *self, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer data);

/** kab_client_get_limits_finish: whether @out is set; its debt has no currency if nothing is known.
 */
gboolean kab_client_get_limits_finish(KabClient *self, GAsyncResult *result, KabLimits *out,
                                      GError **error);

G_END_DECLS
