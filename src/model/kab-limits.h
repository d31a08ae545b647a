/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-money.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * KabLimits:
 * @has_limit: whether there is a credit limit
 * @credit_limit: how much the partner may owe
 * @debt: what it owes for goods that were shipped; negative for an advance
 * @overdue: what it should have paid by now
 * @open: what it ordered and has not been shipped
 * @advisory: whether an order that exceeds them is placed all the same
 *
 * What a partner owes and how much it may owe, in one currency. Without a currency, nothing is
 * known of it.
 */
typedef struct {
    gboolean has_limit;
    KabMoney credit_limit;
    KabMoney debt;
    KabMoney overdue;
    KabMoney open;
    gboolean advisory;
} KabLimits;

/**
 * kab_limits_get_left:
 * @limits: the limits
 * @out: (out): what may still be ordered; less than nothing if the limit is exceeded already
 * @error: return location: %KAB_ERROR_RANGE
 *
 * The credit limit less the debt, less what is ordered and not shipped.
 *
 * Returns: %FALSE on error
 */
gboolean kab_limits_get_left(const KabLimits *limits, KabMoney *out, GError **error);

/**
 * kab_limits_check:
 * @limits: the limits; what is open is without the order
 * @total: the order's total
 * @error: return location: %KAB_ERROR_STATE; the message tells the sums, %KAB_ERROR_RANGE
 *
 * Limits that are not known say nothing. A limit in another currency than the order's holds none.
 *
 * Returns: whether an order may be placed: nothing is overdue, and the credit limit holds it
 */
gboolean kab_limits_check(const KabLimits *limits, KabMoney total, GError **error);

G_END_DECLS
