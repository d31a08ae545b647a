/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-limits.h"

#include <glib/gi18n-lib.h>
#include <string.h>

gboolean
kab_limits_get_left(const KabLimits *limits, KabMoney *out, GError **error)
{
    KabMoney used;

    *out = limits->credit_limit;
    if (!kab_money_add(limits->debt, limits->open, &used, error))
        return FALSE;
    used.minor = -used.minor; /* a sum that was counted is never the least number */
    return kab_money_add(limits->credit_limit, used, out, error);
}

static gboolean
refuse_overdue(const KabLimits *limits, GError **error)
{
    g_autofree char *overdue = kab_money_format(limits->overdue);

    g_set_error(error, KAB_ERROR, KAB_ERROR_STATE, _("%s are overdue: please pay them"), overdue);
    return FALSE;
}

/* What cannot be compared is not taken for less. */
static gboolean
refuse_currency(const KabLimits *limits, KabMoney total, GError **error)
{
    g_set_error(error, KAB_ERROR, KAB_ERROR_STATE,
                _("The credit limit is in %s and the order in %s: ask your manager"),
                limits->credit_limit.currency, total.currency);
    return FALSE;
}

static gboolean
refuse_total(const KabLimits *limits, KabMoney total, GError **error)
{
    g_autofree char *limit = kab_money_format(limits->credit_limit);
    g_autofree char *debt = kab_money_format(limits->debt);
    g_autofree char *open = kab_money_format(limits->open);
    g_autofree char *wanted = kab_money_format(total);

    g_set_error(error, KAB_ERROR, KAB_ERROR_STATE,
                _("The order exceeds the credit limit of %s: the debt is %s, orders under way "
                  "are %s, and this one is %s"),
                limit, debt, open, wanted);
    return FALSE;
}

gboolean
kab_limits_check(const KabLimits *limits, KabMoney total, GError **error)
{
    KabMoney left;

    if (limits->overdue.minor > 0)
        return refuse_overdue(limits, error);
    if (!limits->has_limit)
        return TRUE;
    if (strcmp(limits->debt.currency, total.currency) != 0)
        return refuse_currency(limits, total, error);
    if (!kab_limits_get_left(limits, &left, error))
        return FALSE;
    return total.minor <= left.minor || refuse_total(limits, total, error);
}
