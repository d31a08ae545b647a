/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-end.h"
#include "kab-order-query.h"
#include "kab-order.h"

G_BEGIN_DECLS

/* Orders of the signed-in user's partner. Every function takes the partner from @user; an order of
 * another partner is %KAB_ERROR_NOT_FOUND, as if it were not there. */

/**
 * kab_portal_orders_submit:
 * @db: a connection outside a transaction
 * @user: who presses the button
 * @place: %TRUE for "Place order", %FALSE for "Save order"
 * @details: its name, comment, phone, email, address, wished_date and warehouse_id count
 * @key: the press's Idempotency-Key: the same key again gives the same order
 * @error: return location: %KAB_ERROR_STATE if no order can be made of the basket
 *
 * Makes an order of the basket; the order, its place in the queue and the empty basket are stored
 * in one transaction.
 *
 * Returns: (transfer full) (nullable): the order
 */
KabOrder *kab_portal_orders_submit(KabDb *db, const KabUser *user, gboolean place,
                                   const KabOrder *details, const char *key, GError **error);

/** kab_portal_orders_check: whether the order is the user's partner's, %KAB_ERROR_NOT_FOUND. */
gboolean kab_portal_orders_check(KabDb *db, const KabUser *user, const char *id, GError **error);

/** kab_portal_orders_load: (transfer full) (nullable): an order with its lines. */
KabOrder *kab_portal_orders_load(KabDb *db, const KabUser *user, const char *id, GError **error);

/** kab_portal_orders_list: (transfer full) (nullable): a page, as kab_order_store_search(). */
GPtrArray *kab_portal_orders_list(KabDb *db, const KabUser *user, const KabOrderQuery *query,
                                  const char *after, guint limit, char **next, GError **error);

/** kab_portal_orders_count: (transfer full) (nullable) (element-type KabOrderTotal): how many
 * orders there are and what they come to, as kab_order_store_count(). */
GArray *kab_portal_orders_count(KabDb *db, const KabUser *user, const KabOrderQuery *query,
                                GError **error);

/** kab_portal_orders_history: (transfer full) (nullable) (element-type KabHistoryEntry): what
 * happened to an order, newest first. */
GPtrArray *kab_portal_orders_history(KabDb *db, const KabUser *user, const char *id,
                                     GError **error);

/** kab_portal_orders_forget_keys: forgets the user's keys that are too old to come again. */
gboolean kab_portal_orders_forget_keys(KabDb *db, const KabUser *user, GError **error);

/** kab_portal_orders_get: (transfer full) (nullable): an order as the partner looks at it: a draft
 * with the prices of now, each beside the one that it was saved with. */
KabOrder *kab_portal_orders_get(KabDb *db, const KabUser *user, const char *id, GError **error);

/**
 * kab_portal_orders_place:
 * @expected: its total is what the user saw; none: whatever it costs
 * @error: return location: %KAB_ERROR_CONFLICT if it costs something else
 *
 * "Place order" for a draft, with the prices of now.
 */
KabOrder *kab_portal_orders_place(KabDb *db, const KabUser *user, const char *id,
                                  const KabOrder *expected, GError **error);

/**
 * kab_portal_orders_edit:
 * @db: a connection outside a transaction
 * @user: who does it
 * @id: a draft
 * @wanted: the draft as the user wants it: what counts of a new order, and of its lines product_id
 *   and quantity; its version is the one that the user saw
 * @error: return location: %KAB_ERROR_CONFLICT if it was changed since, %KAB_ERROR_STATE,
 *   %KAB_ERROR_INVALID
 *
 * Returns: (transfer full) (nullable): the draft, with the prices of now
 */
KabOrder *kab_portal_orders_edit(KabDb *db, const KabUser *user, const char *id,
                                 const KabOrder *wanted, GError **error);

/**
 * kab_portal_orders_draft:
 * @db: a connection outside a transaction
 * @user: who does it
 * @wanted: what the draft shall be: what counts of a new order, and of its lines product_id and
 *   quantity
 * @key: the press's Idempotency-Key: the same key again gives the same draft
 * @error: return location: %KAB_ERROR_INVALID
 *
 * Makes a draft that goes by no basket.
 *
 * Returns: (transfer full) (nullable): the draft, with the prices of now
 */
KabOrder *kab_portal_orders_draft(KabDb *db, const KabUser *user, const KabOrder *wanted,
                                  const char *key, GError **error);

/** kab_portal_orders_delete: deletes a draft. */
gboolean kab_portal_orders_delete(KabDb *db, const KabUser *user, const char *id, GError **error);

/**
 * kab_portal_orders_decide:
 * @db: a connection outside a transaction
 * @user: who decides
 * @id: an order
 * @decision: confirm or refuse
 * @revision: the revision that the user saw
 * @reason: (nullable): why it is refused
 * @error: return location: %KAB_ERROR_CONFLICT if the manager has changed it since,
 *   %KAB_ERROR_STATE
 *
 * The same decision on the same revision again is no error.
 *
 * Returns: (transfer full) (nullable): the order
 */
KabOrder *kab_portal_orders_decide(KabDb *db, const KabUser *user, const char *id,
                                   KabDecision decision, gint64 revision, const char *reason,
                                   GError **error);

/* For the exchange. */

gboolean kab_portal_build_order(gpointer service, KabDb *db, const char *id, JsonObject **body,
                                GError **error);
gboolean kab_portal_apply_client_order(gpointer service, KabDb *db, const KabMessage *message,
                                       GError **error);

/**
 * kab_portal_orders_take:
 * @db: a connection inside a transaction
 * @order: an order as it is here; it becomes what it is then
 * @told: the order as the base tells it; what it has is taken
 * @error: return location
 *
 * Takes over what the base says, with what follows from it: the status here, history, alarms and
 * letters. Told once more, nothing happens.
 *
 * Returns: whether it is stored
 */
gboolean kab_portal_orders_take(KabDb *db, KabOrder *order, KabOrder *told, GError **error);

G_END_DECLS
