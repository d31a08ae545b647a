/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client-catalogue.h"
#include "kab-client.h"
#include "kab-order.h"
#include "kab-queue-entry.h"

G_BEGIN_DECLS

/* For administrators and managers, at either end. */

/** kab_client_get_exchange_async: how this end's exchange stands. */
void kab_client_get_exchange_async(KabClient *self, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer data);

/** kab_client_get_exchange_finish: (transfer full) */
KabExchangeState *kab_client_get_exchange_finish(KabClient *self, GAsyncResult *result,
                                                 GError **error);

/**
 * kab_client_list_queue_async:
 * @self: a connection
 * @after: (nullable): @next of the page before
 * @limit: how many at most, 1 to 500
 *
 * A page of this end's queue, in the order of sending.
 */
void kab_client_list_queue_async(KabClient *self, const char *after, guint limit,
                                 GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer data);

/** kab_client_list_queue_finish: (transfer full): a page of #KabQueueEntry */
KabPage *kab_client_list_queue_finish(KabClient *self, GAsyncResult *result, GError **error);

/** kab_client_run_async: "Run the exchange now". */
void kab_client_run_async(KabClient *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer data);

/** kab_client_run_finish: (transfer full) */
KabRunResult *kab_client_run_finish(KabClient *self, GAsyncResult *result, GError **error);

/** kab_client_list_client_orders_async: a page of the base's client orders, newest first. */
void kab_client_list_client_orders_async(KabClient *self, const char *after, guint limit,
                                         GCancellable *cancellable, GAsyncReadyCallback callback,
                                         gpointer data);

/** kab_client_list_client_orders_finish: (transfer full): a page of #KabOrder without lines */
KabPage *kab_client_list_client_orders_finish(KabClient *self, GAsyncResult *result,
                                              GError **error);

/** kab_client_get_client_order_async: a client order with its lines. */
void kab_client_get_client_order_async(KabClient *self, KabOrderId id, GCancellable *cancellable,
                                       GAsyncReadyCallback callback, gpointer data);

/**
 * kab_client_set_client_order_async:
 * @self: a connection to a base
 * @order: the client order as the manager wants it: client_status, state, manager, paid_percent,
 *   shipped_percent, reason, and the quantity and price of every line count; a line with
 *   quantity 0 is taken out. Its version says which version was changed: %KAB_ERROR_CONFLICT if
 *   it is not the present one
 */
void kab_client_set_client_order_async(KabClient *self, const KabOrder *order,
                                       GCancellable *cancellable, GAsyncReadyCallback callback,
                                       gpointer data);

/** kab_client_client_order_finish: (transfer full): the client order after either call */
KabOrder *kab_client_client_order_finish(KabClient *self, GAsyncResult *result, GError **error);

G_END_DECLS
