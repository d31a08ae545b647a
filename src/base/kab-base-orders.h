/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-audit.h"
#include "kab-end.h"
#include "kab-order.h"

G_BEGIN_DECLS

/**
 * kab_base_orders_load:
 * @db: a connection
 * @name: a client order's number or id
 * @error: return location: %KAB_ERROR_NOT_FOUND
 *
 * Returns: (transfer full) (nullable): the client order with its lines
 */
KabOrder *kab_base_orders_load(KabDb *db, const char *name, GError **error);

/**
 * kab_base_orders_set:
 * @db: a connection
 * @wanted: the client order as the manager wants it: client_status, state, manager, reason,
 * ship_date and warehouse_id count, and of every line quantity, price, shipped and paid; a line
 * with quantity 0 is cancelled, a line with another product is added, lines that are not there stay
 * as they are. Its version is the one that the manager saw
 * @who: who does it
 * @error: return location: %KAB_ERROR_CONFLICT if it was changed meanwhile, %KAB_ERROR_STATE,
 *   %KAB_ERROR_INVALID
 *
 * A change of what is to be delivered begins a new revision, which the partner has to confirm anew.
 * A cancelled order needs a reason.
 *
 * Returns: (transfer full) (nullable): the client order, stored and queued
 */
KabOrder *kab_base_orders_set(KabDb *db, const KabOrder *wanted, const char *who, GError **error);

/**
 * kab_base_orders_set_as:
 * @end: the base
 * @db: a connection outside a transaction
 * @actor: who changes it, for the audit log
 * @wanted: as of kab_base_orders_set()
 * @who: as of kab_base_orders_set()
 * @error: return location: as of kab_base_orders_set()
 *
 * As kab_base_orders_set(); other prices are written into the audit log.
 *
 * Returns: (transfer full) (nullable): the client order as it is now
 */
KabOrder *kab_base_orders_set_as(KabEnd *end, KabDb *db, const KabActor *actor,
                                 const KabOrder *wanted, const char *who, GError **error);

/* For the exchange. */

gboolean kab_base_apply_order(gpointer service, KabDb *db, const KabMessage *message,
                              GError **error);
gboolean kab_base_repeat_order(gpointer service, KabDb *db, const char *id, GError **error);
gboolean kab_base_build_client_order(gpointer service, KabDb *db, const char *id, JsonObject **body,
                                     GError **error);

G_END_DECLS
