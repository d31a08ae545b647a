/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client-catalogue.h"
#include "kab-client.h"
#include "kab-order-query.h"
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
 * KabClientQueueFilter:
 * @kind: (nullable): only entries of this kind
 * @object_id: (nullable): only the entries of this object
 * @state: (nullable): only entries in this state (its nick)
 * @error: (nullable): only entries with this error
 *
 * Which queue entries are meant; without any of it, all but those that a run is sending.
 */
typedef struct {
    const char *kind;
    const char *object_id;
    const char *state;
    const char *error;
} KabClientQueueFilter;

/**
 * kab_client_list_queue_async:
 * @self: a connection
 * @filter: (nullable): which entries; what a run is sending is among them
 * @after: (nullable): @next of the page before, a text of the service's own
 * @limit: how many at most, 1 to 500
 *
 * A page of this end's queue, in the order of sending.
 */
void kab_client_list_queue_async(KabClient *self, const KabClientQueueFilter *filter,
                                 const char *after, guint limit, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer data);

/** kab_client_list_queue_finish: (transfer full): a page of #KabQueueEntry */
KabPage *kab_client_list_queue_finish(KabClient *self, GAsyncResult *result, GError **error);

/**
 * kab_client_run_async:
 * @self: a connection
 * @cancellable: (nullable): gives up waiting for the answer; the run goes on, see
 *   kab_client_stop_run_async()
 * @callback: called when the run is accepted, before it has done anything
 * @data: for @callback
 *
 * "Run the exchange now": %KAB_ERROR_BUSY if a run is under way, %KAB_ERROR_STATE if the other end
 * is not connected. Asked for twice before it began, it is one run.
 */
void kab_client_run_async(KabClient *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer data);

/**
 * kab_client_get_run_async:
 * @self: a connection
 * @id: a run
 *
 * How far a run is, or what it did: %KAB_ERROR_NOT_FOUND if it is not known (any more).
 */
void kab_client_get_run_async(KabClient *self, const char *id, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data);

/** kab_client_run_finish: (transfer full): the run after either call; ended_at tells if it ended */
KabRunResult *kab_client_run_finish(KabClient *self, GAsyncResult *result, GError **error);

/**
 * kab_client_stop_run_async:
 * @self: a connection
 *
 * Asks the run that is under way to stop, whoever began it: %KAB_ERROR_STATE if there is none. It
 * ends after the batch that it is sending; what was not sent waits.
 */
void kab_client_stop_run_async(KabClient *self, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer data);

/** kab_client_stop_run_finish: whether the run was told. */
gboolean kab_client_stop_run_finish(KabClient *self, GAsyncResult *result, GError **error);

/**
 * kab_client_pause_async:
 * @self: a connection
 * @paused: whether the queue shall rest, or go on
 *
 * Pauses or resumes the queue; what is so already stays so.
 */
void kab_client_pause_async(KabClient *self, gboolean paused, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data);

/** kab_client_pause_finish: whether it is stored. */
gboolean kab_client_pause_finish(KabClient *self, GAsyncResult *result, GError **error);

/**
 * KabClientQueueChange:
 * @KAB_CLIENT_QUEUE_RETRY: they are due at once, with all their attempts
 * @KAB_CLIENT_QUEUE_DISCARD: they leave the queue; the journal keeps them
 *
 * What a person does with queue entries.
 */
typedef enum {
    KAB_CLIENT_QUEUE_RETRY,
    KAB_CLIENT_QUEUE_DISCARD,
} KabClientQueueChange;

/** kab_client_count_queue_async: how many entries kab_client_change_queue_async() would change. */
void kab_client_count_queue_async(KabClient *self, const KabClientQueueFilter *filter,
                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer data);

/** kab_client_change_queue_async: retries or discards entries. */
void kab_client_change_queue_async(KabClient *self, KabClientQueueChange change,
                                   const KabClientQueueFilter *filter, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer data);

/**
 * kab_client_count_queue_finish:
 * @self: a connection
 * @result: of either call
 * @out: (out): how many entries there are, or were changed
 * @error: return location
 *
 * Returns: %FALSE on error
 */
gboolean kab_client_count_queue_finish(KabClient *self, GAsyncResult *result, gint64 *out,
                                       GError **error);

/**
 * kab_client_list_client_orders_async:
 * @self: a connection to a base
 * @query: (nullable): which of them
 * @after: (nullable): @next of the page before
 * @limit: how many at most, 1 to 500
 *
 * A page of the base's client orders, newest first. Finish with kab_client_list_orders_finish().
 */
void kab_client_list_client_orders_async(KabClient *self, const KabOrderQuery *query,
                                         const char *after, guint limit, GCancellable *cancellable,
                                         GAsyncReadyCallback callback, gpointer data);

/** kab_client_get_client_order_async: a client order with its lines. */
void kab_client_get_client_order_async(KabClient *self, KabOrderId id, GCancellable *cancellable,
                                       GAsyncReadyCallback callback, gpointer data);

/**
 * kab_client_set_client_order_async:
 * @self: a connection to a base
 * @order: the client order as the manager wants it: client_status, state, manager, reason,
 *   ship_date, warehouse_id, and of every line quantity, price, shipped and paid count; a line with
 *   quantity 0 is cancelled. Its version says which version was changed: %KAB_ERROR_CONFLICT if it
 *   is not the present one
 */
void kab_client_set_client_order_async(KabClient *self, const KabOrder *order,
                                       GCancellable *cancellable, GAsyncReadyCallback callback,
                                       gpointer data);

/** kab_client_client_order_finish: (transfer full): the client order after either call */
KabOrder *kab_client_client_order_finish(KabClient *self, GAsyncResult *result, GError **error);

G_END_DECLS
