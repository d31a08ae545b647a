/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client.h"
#include "kab-order.h"

G_BEGIN_DECLS

#define KAB_TYPE_OUTBOX (kab_outbox_get_type())

/**
 * KabOutbox:
 *
 * What a person did to the basket, on its way to the portal: changes of quantities one after the
 * other, the newest of each product only, and orders that were placed or saved while there was no
 * connection. What waits is kept in a file, so that it outlives the program, and is sent once: a
 * change says what shall stand in the basket, and an order has its key.
 */
G_DECLARE_FINAL_TYPE(KabOutbox, kab_outbox, KAB, OUTBOX, GObject)

/** kab_outbox_of: (transfer none): the one outbox of a connection to a portal. */
KabOutbox *kab_outbox_of(KabClient *client);

/**
 * kab_outbox_open_async:
 * @self: an outbox
 * @folder: where the files of all outboxes lie; made if it is not there
 * @cancellable: (nullable): to stop it
 * @callback: what to call then
 * @data: for @callback
 *
 * Reads what the signed-in user left for this portal, sends it, and keeps from now on what waits.
 * What waited in memory stays.
 */
void kab_outbox_open_async(KabOutbox *self, const char *folder, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer data);

/** kab_outbox_open_finish: %FALSE if the file cannot be read or is none of ours; it is left alone.
 */
gboolean kab_outbox_open_finish(KabOutbox *self, GAsyncResult *result, GError **error);

/** kab_outbox_close: forgets what waits in memory, because another person signs in; the file stays.
 */
void kab_outbox_close(KabOutbox *self);

/**
 * kab_outbox_set:
 * @self: an outbox
 * @line: a product, and how it is shown where it does not stand in the basket yet
 * @quantity: how much of it shall stand in the basket; 0 takes it out
 */
void kab_outbox_set(KabOutbox *self, const KabOrderLine *line, KabQuantity quantity);

/** kab_outbox_set_product: as kab_outbox_set(), of a product of the catalogue. */
void kab_outbox_set_product(KabOutbox *self, const KabProduct *product, KabQuantity quantity);

/**
 * kab_outbox_keep:
 * @self: an outbox
 * @place: %TRUE for "Place order", %FALSE for "Save order"
 * @details: what counts of a new order
 * @key: the key of the press, which may have reached the portal already
 *
 * Makes an order of the basket as soon as there is a connection again. What is set after this
 * stands in the basket after that order.
 */
void kab_outbox_keep(KabOutbox *self, gboolean place, const KabOrder *details, const char *key);

/** kab_outbox_flush: sends what waits, now: there is a connection again. */
void kab_outbox_flush(KabOutbox *self);

/** kab_outbox_retry: sends an order again that was refused, and then what was entered after it. */
void kab_outbox_retry(KabOutbox *self);

/** kab_outbox_give_up: forgets an order that was refused, and what was entered after it. */
void kab_outbox_give_up(KabOutbox *self);

/** kab_outbox_is_busy: whether something is on its way or waits. */
gboolean kab_outbox_is_busy(KabOutbox *self);

/** kab_outbox_is_waiting: whether it waits for a connection. */
gboolean kab_outbox_is_waiting(KabOutbox *self);

/**
 * kab_outbox_apply:
 * @self: an outbox
 * @basket: the basket as the portal told it, now or before
 *
 * Makes of it what stands in the basket after everything that waits: of what lies there before an
 * order that waits, that order is made. What another run of the program put in anew is not known by
 * name, and not added.
 */
void kab_outbox_apply(KabOutbox *self, KabOrder *basket);

/** kab_outbox_list_orders: (transfer full) (element-type KabOrder): the orders that wait, the first
 * one goes first: New or Draft, with what counts of a new order, and the total that the person saw.
 */
GPtrArray *kab_outbox_list_orders(KabOutbox *self);

/** kab_outbox_get_refusal: (transfer none) (nullable): why the portal will not have the first order
 * that waits; %NULL if it waits for a connection. */
const GError *kab_outbox_get_refusal(KabOutbox *self);

/** kab_outbox_count_orders: how many orders wait. */
guint kab_outbox_count_orders(KabOutbox *self);

G_END_DECLS
