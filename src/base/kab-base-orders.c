/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-base-orders-private.h"
#include "kab-base-orders.h"
#include "kab-error.h"
#include "kab-kind.h"
#include "kab-order-store.h"
#include "kab-queue.h"

#include <glib/gi18n-lib.h>
#include <string.h>

KabOrder *
kab_base_orders_load(KabDb *db, const char *name, GError **error)
{
    g_autoptr(GError) local = NULL;
    g_autofree char *id = kab_order_store_find_number(db, name, &local);

    if (local != NULL) {
        g_propagate_error(error, g_steal_pointer(&local));
        return NULL;
    }
    return kab_order_store_load(db, id != NULL ? id : name, error);
}

const char *
kab_base_orders_first_state(KabClientStatus status)
{
    switch (status) {
    case KAB_CLIENT_ON_APPROVAL:
        return "Ожидается согласование";
    case KAB_CLIENT_TO_FULFIL:
        return "Ожидается обеспечение";
    default:
        return "Закрыт";
    }
}

/* The order's status as the portal will show it, for the manager's eyes. */
static void
count_status(KabOrder *order)
{
    switch (kab_client_status_to_event(order->client_status, kab_order_is_confirmed(order))) {
    case KAB_ORDER_TAKE:
        order->status = KAB_ORDER_AWAITING_MANAGER;
        break;
    case KAB_ORDER_OFFER:
        order->status = KAB_ORDER_AWAITING_PARTNER;
        break;
    case KAB_ORDER_PROCEED:
        order->status = KAB_ORDER_IN_PROGRESS;
        break;
    case KAB_ORDER_COMPLETE:
        order->status = KAB_ORDER_COMPLETED;
        break;
    default:
        order->status = KAB_ORDER_REFUSED;
        break;
    }
}

gboolean
kab_base_orders_store(KabDb *db, KabOrder *order, gboolean invoice, const char *who,
                      const char *what, GError **error)
{
    count_status(order);
    return kab_order_store_save(db, order, who, what, error) &&
           kab_queue_put(db, KAB_KIND_CLIENT_ORDER, order->id.text, error) &&
           (!invoice || kab_queue_put(db, KAB_KIND_INVOICE, order->id.text, error));
}

static KabOrderLine *
find_line(const KabOrder *order, KabProductId id)
{
    for (guint i = 0; i < order->lines->len; i++) {
        KabOrderLine *line = kab_order_get_line(order, i);

        if (strcmp(line->product_id.text, id.text) == 0)
            return line;
    }
    return NULL;
}

static gboolean
check_line(const KabOrderLine *line, const KabOrderLine *wanted, GError **error)
{
    if (wanted->quantity.milli < 0 || wanted->quantity.milli > KAB_QUANTITY_MAX ||
        wanted->price.minor < 0 || strcmp(wanted->price.currency, line->price.currency) != 0) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("“%s”: quantity or price cannot be so"),
                    line->name);
        return FALSE;
    }
    return TRUE;
}

/* Takes quantities and prices of the lines; TRUE in @changed if something is different now. */
static gboolean
take_lines(KabOrder *order, const KabOrder *wanted, gboolean *changed, GError **error)
{
    *changed = FALSE;
    for (guint i = order->lines->len; i-- > 0;) {
        KabOrderLine *line = kab_order_get_line(order, i);
        const KabOrderLine *other = find_line(wanted, line->product_id);

        if (other == NULL)
            continue;
        if (!check_line(line, other, error))
            return FALSE;
        if (other->quantity.milli == line->quantity.milli &&
            other->price.minor == line->price.minor)
            continue;
        *changed = TRUE;
        line->quantity = other->quantity;
        line->price = other->price;
        if (line->quantity.milli == 0)
            kab_order_remove_line(order, i);
    }
    if (order->lines->len == 0) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID,
                            _("A client order needs a line; cancel it instead"));
        return FALSE;
    }
    return kab_order_recount(order, error);
}

static gboolean
check_percents(const KabOrder *wanted, GError **error)
{
    if (wanted->paid_percent >= 0 && wanted->paid_percent <= 100 && wanted->shipped_percent >= 0 &&
        wanted->shipped_percent <= 100)
        return TRUE;
    g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID,
                        _("Paid and shipped are given in percent, from 0 to 100"));
    return FALSE;
}

static gboolean
take_status(KabOrder *order, const KabOrder *wanted, GError **error)
{
    KabClientStatus before = order->client_status;
    gboolean same_state = g_strcmp0(order->state, wanted->state) == 0;

    if (!kab_client_status_may_become(before, wanted->client_status)) {
        g_set_error(
            error, KAB_ERROR, KAB_ERROR_STATE, _("The client order is “%s” and cannot become “%s”"),
            kab_client_status_to_title(before), kab_client_status_to_title(wanted->client_status));
        return FALSE;
    }
    order->client_status = wanted->client_status;
    if (!same_state || before != wanted->client_status) {
        g_free(order->state);
        order->state = g_strdup(same_state ? kab_base_orders_first_state(order->client_status)
                                           : wanted->state);
    }
    return TRUE;
}

static gboolean
set_locked(KabDb *db, KabOrder *order, const KabOrder *wanted, const char *who, GError **error)
{
    KabClientStatus before = order->client_status;
    gboolean changed;

    if (order->version != wanted->version) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_CONFLICT,
                            _("The client order was changed meanwhile: look at it again"));
        return FALSE;
    }
    if (!check_percents(wanted, error) || !take_lines(order, wanted, &changed, error) ||
        !take_status(order, wanted, error))
        return FALSE;
    if (changed && (before == KAB_CLIENT_CLOSED || before == KAB_CLIENT_CANCELLED)) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_STATE,
                            _("The lines of a client order that is over cannot be changed"));
        return FALSE;
    }
    if (changed)
        order->revision++;
    order->paid_percent = wanted->paid_percent;
    order->shipped_percent = wanted->shipped_percent;
    g_free(order->manager);
    order->manager = g_strdup(wanted->manager);
    g_free(order->reason);
    order->reason = g_strdup(wanted->reason);
    return kab_base_orders_store(db, order,
                                 order->client_status == KAB_CLIENT_TO_FULFIL &&
                                     (changed || before != KAB_CLIENT_TO_FULFIL),
                                 who, kab_client_status_to_nick(order->client_status), error);
}

KabOrder *
kab_base_orders_set(KabDb *db, const KabOrder *wanted, const char *who, GError **error)
{
    g_autoptr(KabTransaction) transaction = kab_db_begin(db, error);
    g_autoptr(KabOrder) order = NULL;

    if (transaction == NULL)
        return NULL;
    order = kab_order_store_load(db, wanted->id.text, error);
    if (order == NULL || !set_locked(db, order, wanted, who, error) ||
        !kab_transaction_commit(transaction, error))
        return NULL;
    return g_steal_pointer(&order);
}
