/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-base-orders.h"
#include "kab-end-people.h"
#include "kab-order-store.h"

/* What the lines of @order have other prices for than those of @was; "" if none has. */
static char *
describe_prices(const KabOrder *was, const KabOrder *order)
{
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < order->lines->len; i++) {
        const KabOrderLine *line = kab_order_get_line(order, i);
        const KabOrderLine *before = i < was->lines->len ? kab_order_get_line(was, i) : NULL;
        g_autofree char *now = kab_money_format(line->price);
        g_autofree char *then = before != NULL ? kab_money_format(before->price) : NULL;

        if (before == NULL || before->price.minor == line->price.minor)
            continue;
        g_string_append_printf(text, "%s%s: %s -> %s", text->len > 0 ? "; " : "",
                               line->article != NULL ? line->article : line->name, then, now);
    }
    return g_string_free(text, FALSE);
}

KabOrder *
kab_base_orders_set_as(KabEnd *end, KabDb *db, const KabActor *actor, const KabOrder *wanted,
                       const char *who, GError **error)
{
    g_autoptr(KabTransaction) transaction = kab_db_begin(db, error);
    g_autoptr(KabOrder) was = NULL;
    g_autoptr(KabOrder) order = NULL;
    g_autofree char *prices = NULL;

    was = transaction != NULL ? kab_order_store_load(db, wanted->id.text, error) : NULL;
    order = was != NULL ? kab_base_orders_set(db, wanted, who, error) : NULL;
    if (order == NULL)
        return NULL;
    prices = describe_prices(was, order);
    return (*prices == '\0' ||
            kab_end_audit(end, db, actor, KAB_AUDIT_PRICE,
                          order->number != NULL ? order->number : order->id.text, prices, error)) &&
                   kab_transaction_commit(transaction, error)
               ? g_steal_pointer(&order)
               : NULL;
}
