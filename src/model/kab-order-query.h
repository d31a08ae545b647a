/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-money.h"
#include "kab-order-status.h"
#include "kab-time.h"

#include <glib.h>

G_BEGIN_DECLS

/** KAB_ORDER_QUERY_MAX: the most characters of a text that orders are searched for. */
#define KAB_ORDER_QUERY_MAX 200

/**
 * KabOrderQuery:
 * @status: (nullable): only orders in this status (its nick)
 * @client_status: (nullable): only orders whose client orders are in this status (its nick)
 * @text: (nullable): only orders with all of these words in their number, name, comment or
 * partner's name, or all of them in the name and article of one line
 * @from: the first day; "" for no beginning
 * @to: the last day; "" for no end
 *
 * Which orders of a partner, or of all, are wanted; all are without any of it. The day of an order
 * is the one when it was placed, or saved if it is a draft, by the portal's clock.
 */
typedef struct {
    const char *status;
    const char *client_status;
    const char *text;
    KabDate from;
    KabDate to;
} KabOrderQuery;

/**
 * KabOrderTotal:
 * @count: how many orders
 * @total: what they come to
 */
typedef struct {
    gint64 count;
    KabMoney total;
} KabOrderTotal;

/**
 * kab_order_query_check:
 * @query: a query from outside
 * @error: return location: %KAB_ERROR_INVALID
 *
 * Returns: whether there is such a status, the text is not too long and the days are in order
 */
gboolean kab_order_query_check(const KabOrderQuery *query, GError **error);

/** kab_order_query_is_all: whether all orders are wanted. */
gboolean kab_order_query_is_all(const KabOrderQuery *query);

G_END_DECLS
