/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-order.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const char *const decision_nicks[] = {
    [KAB_DECISION_NONE] = "none",
    [KAB_DECISION_CONFIRM] = "confirm",
    [KAB_DECISION_REFUSE] = "refuse",
};

static void
clear_line(gpointer data)
{
    KabOrderLine *line = data;

    g_free(line->article);
    g_free(line->name);
    g_free(line->unit);
    g_free(line->vat);
}

KabOrder *
kab_order_new(void)
{
    KabOrder *order = g_new0(KabOrder, 1);

    order->lines = g_array_new(FALSE, TRUE, sizeof(KabOrderLine));
    g_array_set_clear_func(order->lines, clear_line);
    return order;
}

void
kab_order_free(KabOrder *order)
{
    if (order == NULL)
        return;
    g_free(order->partner_name);
    g_free(order->user_name);
    g_free(order->number);
    g_free(order->reason);
    g_free(order->state);
    g_free(order->manager);
    g_free(order->comment);
    g_free(order->phone);
    g_free(order->email);
    g_free(order->address);
    g_array_unref(order->lines);
    g_free(order);
}

KabOrderLine *
kab_order_get_line(const KabOrder *order, guint i)
{
    g_return_val_if_fail(i < order->lines->len, NULL);
    return &g_array_index(order->lines, KabOrderLine, i);
}

KabOrderLine *
kab_order_add_line(KabOrder *order)
{
    g_array_set_size(order->lines, order->lines->len + 1);
    return kab_order_get_line(order, order->lines->len - 1);
}

void
kab_order_remove_line(KabOrder *order, guint i)
{
    g_return_if_fail(i < order->lines->len);
    g_array_remove_index(order->lines, i);
}

gboolean
kab_order_recount(KabOrder *order, GError **error)
{
    KabMoney total = order->total;

    if (order->lines->len > 0)
        total = kab_money_new(0, kab_order_get_line(order, 0)->price.currency);
    else
        total.minor = 0;
    for (guint i = 0; i < order->lines->len; i++) {
        KabOrderLine *line = kab_order_get_line(order, i);

        if (!kab_money_multiply(line->price, line->quantity, &line->sum, error) ||
            !kab_money_add(total, line->sum, &total, error)) {
            g_prefix_error(error, _("Line %u (%s): "), i + 1, line->name);
            return FALSE;
        }
    }
    order->total = total;
    return TRUE;
}

gboolean
kab_order_can(const KabOrder *order, KabOrderEvent event)
{
    if (event == KAB_ORDER_REFUSE && order->shipped_percent > 0)
        return FALSE;
    return kab_order_status_after(order->status, event, KAB_ORDER_BY_PARTNER, NULL);
}

gboolean
kab_order_is_confirmed(const KabOrder *order)
{
    return order->shipped_percent > 0 ||
           (order->decision == KAB_DECISION_CONFIRM && order->decided_revision == order->revision);
}

const char *
kab_decision_to_nick(KabDecision decision)
{
    g_return_val_if_fail((gsize)decision < G_N_ELEMENTS(decision_nicks), NULL);
    return decision_nicks[decision];
}

gboolean
kab_decision_from_nick(const char *nick, KabDecision *out, GError **error)
{
    for (gsize i = 0; nick != NULL && i < G_N_ELEMENTS(decision_nicks); i++) {
        if (strcmp(nick, decision_nicks[i]) == 0) {
            *out = (KabDecision)i;
            return TRUE;
        }
    }
    g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("“%.*s” is not a decision"),
                kab_error_clip(nick, 40), nick != NULL ? nick : "");
    return FALSE;
}
