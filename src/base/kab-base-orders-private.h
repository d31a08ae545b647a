/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-db.h"
#include "kab-order.h"

G_BEGIN_DECLS

/** kab_base_orders_first_state: what 1C would show for @status until somebody says more. */
const char *kab_base_orders_first_state(KabClientStatus status);

/**
 * kab_base_orders_store:
 * @db: a connection inside a transaction
 * @order: a client order
 * @invoice: whether its invoice has to be issued anew
 * @who: who changed it
 * @what: what was done
 * @error: return location
 *
 * Stores a client order and queues what the portal has to learn of it.
 *
 * Returns: whether it is stored
 */
gboolean kab_base_orders_store(KabDb *db, KabOrder *order, gboolean invoice, const char *who,
                               const char *what, GError **error);

G_END_DECLS
