/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-portal-limits.h"

#include "kab-error.h"

#include <string.h>

#define SELECT_LIMITS \
    "SELECT currency, credit_limit, debt, overdue FROM partner WHERE id = $1 AND currency IS NOT NULL"
/* What was shipped is in the debt already. The words are those of the index orders_open. */
#define SELECT_OPEN                                                \
    "SELECT coalesce(sum(max(total - shipped, 0)), 0) FROM orders" \
    " WHERE partner_id = $1 AND currency = $2"                     \
    " AND status IN ('new', 'awaiting-manager', 'awaiting-partner', 'in-progress')"
#define SELECT_SETTING "SELECT value FROM setting WHERE name = 'orders.limits'"

static void
read_limits(KabRows *rows, KabLimits *out)
{
    const char *currency = kab_rows_get_text(rows, 0);

    out->has_limit = !kab_rows_is_null(rows, 1);
    out->credit_limit = kab_money_new(kab_rows_get_int(rows, 1), currency);
    out->debt = kab_money_new(kab_rows_get_int(rows, 2), currency);
    out->overdue = kab_money_new(kab_rows_get_int(rows, 3), currency);
    out->open = kab_money_new(0, currency);
}

/* By the setting "orders.limits"; %NULL is its default. */
static gboolean
load_mode(KabDb *db, char **out, GError **error)
{
    return kab_db_get_text(db, SELECT_SETTING, KAB_BIND_NONE, out, error);
}

static gboolean
load_limits(KabDb *db, KabPartnerId partner_id, const char *mode, KabLimits *out, GError **error)
{
    g_autoptr(KabRows) rows =
        kab_db_query(db, SELECT_LIMITS, KAB_BIND(kab_text(partner_id.text)), error);
    g_autoptr(GError) local = NULL;

    *out = (KabLimits){0};
    if (rows == NULL)
        return FALSE;
    if (!kab_rows_next(rows, &local))
        return kab_error_pass(error, &local);
    read_limits(rows, out);
    out->advisory = g_strcmp0(mode, "warn") == 0 || g_strcmp0(mode, "off") == 0;
    return kab_db_get_int(db, SELECT_OPEN,
                          KAB_BIND(kab_text(partner_id.text), kab_text(out->debt.currency)), NULL,
                          &out->open.minor, error);
}

gboolean
kab_portal_limits_load(KabDb *db, KabPartnerId partner_id, KabLimits *out, GError **error)
{
    g_autofree char *mode = NULL;

    return load_mode(db, &mode, error) && load_limits(db, partner_id, mode, out, error);
}

gboolean
kab_portal_limits_check(KabDb *db, KabOrder *order, GError **error)
{
    g_autofree char *mode = NULL;
    g_autoptr(GError) local = NULL;
    KabLimits limits;

    order->over_limit = FALSE;
    if (!load_mode(db, &mode, error))
        return FALSE;
    if (g_strcmp0(mode, "off") == 0)
        return TRUE;
    if (!load_limits(db, order->partner_id, mode, &limits, error))
        return FALSE;
    if (kab_limits_check(&limits, order->total, &local))
        return TRUE;
    order->over_limit = TRUE;
    if (limits.advisory && g_error_matches(local, KAB_ERROR, KAB_ERROR_STATE))
        return TRUE;
    return kab_error_pass(error, &local);
}
