/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-db.h"
#include "kab-history.h"
#include "kab-order.h"

G_BEGIN_DECLS

/** KAB_ORDER_HISTORY_MAX: the most entries that are kept of an order; older ones go. */
#define KAB_ORDER_HISTORY_MAX 200

/**
 * kab_order_history_add:
 * @db: a connection inside the transaction of the change
 * @id: the order
 * @entry: what happened; its time is now
 * @error: return location
 *
 * Returns: whether it is stored
 */
gboolean kab_order_history_add(KabDb *db, KabOrderId id, const KabHistoryEntry *entry,
                               GError **error);

/**
 * kab_order_history_list:
 * @db: a connection
 * @id: an order; whose it is, is for the caller to check
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type KabHistoryEntry): what happened to it, newest
 *   first
 */
GPtrArray *kab_order_history_list(KabDb *db, const char *id, GError **error);

G_END_DECLS
