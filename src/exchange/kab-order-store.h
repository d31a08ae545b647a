/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-db.h"
#include "kab-order-query.h"
#include "kab-order.h"

G_BEGIN_DECLS

/* Orders in the database, the same at both ends. */

/**
 * kab_order_store_load:
 * @db: a connection
 * @id: an order
 * @error: return location: %KAB_ERROR_NOT_FOUND
 *
 * Whose order it is, is for the caller to check.
 *
 * Returns: (transfer full) (nullable): the order with its lines
 */
KabOrder *kab_order_store_load(KabDb *db, const char *id, GError **error);

/**
 * kab_order_store_find:
 * @db: a connection
 * @id: an order
 * @error: return location
 *
 * Returns: (transfer full) (nullable): as kab_order_store_load(), but %NULL without @error set if
 *   there is none
 */
KabOrder *kab_order_store_find(KabDb *db, const char *id, GError **error);

/**
 * kab_order_store_find_number:
 * @db: a connection
 * @number: the number that the base gave
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the order's id; %NULL without @error set if there is none
 */
char *kab_order_store_find_number(KabDb *db, const char *number, GError **error);

/**
 * kab_order_store_find_said:
 * @db: a connection
 * @said: a number, or what people say of it: "14" for "0000-000014"
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the newest such order's id; %NULL without @error set if
 * there is none
 */
char *kab_order_store_find_said(KabDb *db, const char *said, GError **error);

/**
 * kab_order_store_save:
 * @db: a connection inside a transaction
 * @order: an order, counted by kab_order_recount()
 * @who: who changed it, for the history
 * @what: (nullable): what was done, for the history
 * @error: return location
 *
 * Stores the order with its lines as its next version.
 *
 * Returns: whether it is stored; the order's version is the new one then
 */
gboolean kab_order_store_save(KabDb *db, KabOrder *order, const char *who, const char *what,
                              GError **error);

/** kab_order_store_list_quantities: (transfer full): a JSON list of [product, quantity in
 * thousandths] of the lines, in order. */
char *kab_order_store_list_quantities(const KabOrder *order);

/**
 * kab_order_store_list_products:
 * @order: an order
 * @from: index of the first line that counts
 *
 * Returns: (transfer full): the ids of the lines' products, for json_each()
 */
char *kab_order_store_list_products(const KabOrder *order, guint from);

/** kab_order_store_delete: removes an order with its lines. */
gboolean kab_order_store_delete(KabDb *db, KabOrderId id, GError **error);

/**
 * kab_order_store_search:
 * @db: a connection
 * @partner_id: (nullable): whose orders; %NULL: everybody's, which is for the company alone
 * @query: which of them, checked by kab_order_query_check()
 * @after: (nullable): what @next was on the page before
 * @limit: how many at most
 * @next: (out) (nullable) (transfer full): where the next page begins; %NULL at the end
 * @error: return location: %KAB_ERROR_INVALID for @after
 *
 * Looks at these orders only, from the newest on until the page is full.
 *
 * Returns: (transfer full) (nullable) (element-type KabOrder): orders without lines, newest first
 */
GPtrArray *kab_order_store_search(KabDb *db, const char *partner_id, const KabOrderQuery *query,
                                  const char *after, guint limit, char **next, GError **error);

/**
 * kab_order_store_count:
 * @db: a connection
 * @partner_id: whose orders
 * @query: which of them, checked by kab_order_query_check()
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type KabOrderTotal): how many there are and what
 *   they come to, one for each currency
 */
GArray *kab_order_store_count(KabDb *db, const char *partner_id, const KabOrderQuery *query,
                              GError **error);

/**
 * kab_order_store_list_ids:
 * @db: a connection
 * @partner_id: only orders of this partner
 * @ids: a JSON list of orders
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type KabOrder): those that are there, without their
 *   lines, in the order of the list
 */
GPtrArray *kab_order_store_list_ids(KabDb *db, const char *partner_id, const char *ids,
                                    GError **error);

G_END_DECLS
