/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-db.h"
#include "kab-limits.h"
#include "kab-order.h"

G_BEGIN_DECLS

/**
 * kab_portal_limits_load:
 * @db: a connection
 * @partner_id: a partner
 * @out: (out): what it owes and how much it may owe; without a currency if nothing is known
 * @error: return location
 *
 * Returns: %FALSE on error
 */
gboolean kab_portal_limits_load(KabDb *db, KabPartnerId partner_id, KabLimits *out, GError **error);

/**
 * kab_portal_limits_check:
 * @db: a connection inside the transaction that places the order
 * @order: an order that is being placed, and is not stored as placed yet
 * @error: return location: %KAB_ERROR_STATE
 *
 * By the setting "orders.limits", an order that exceeds the partner's limits is refused or only
 * marked.
 *
 * Returns: whether it may be placed
 */
gboolean kab_portal_limits_check(KabDb *db, KabOrder *order, GError **error);

G_END_DECLS
