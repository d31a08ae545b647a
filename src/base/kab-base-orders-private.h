/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-db.h"
#include "kab-order.h"

G_BEGIN_DECLS

/* All inside a transaction. */

/** kab_base_orders_first_state: what 1C would show for @status until somebody says more. */
const char *kab_base_orders_first_state(KabClientStatus status);

/**
 * kab_base_orders_store:
 * @db: a connection inside a transaction
 * @order: a client order
 * @changed: whether its status or what is to be delivered was changed
 * @who: who changed it
 * @what: (nullable): what was done; %NULL for the status that it has after it
 * @error: return location
 *
 * Stores a client order with what follows of it: the approval process goes on, the invoice is
 * issued, and what the portal has to learn is queued. An order that has to be approved is not to be
 * fulfilled before: it waits "On approval", and goes on by itself.
 *
 * Returns: whether it is stored
 */
gboolean kab_base_orders_store(KabDb *db, KabOrder *order, gboolean changed, const char *who,
                               const char *what, GError **error);

/** kab_base_orders_cancel: cancels an order that is not over and not being shipped. */
gboolean kab_base_orders_cancel(KabDb *db, KabOrder *order, const char *reason, const char *who,
                                GError **error);

/** kab_base_orders_go_on: stores an order that somebody approved: the next step, or it is to be
 * fulfilled. */
gboolean kab_base_orders_go_on(KabDb *db, KabOrder *order, const char *who, GError **error);

G_END_DECLS
