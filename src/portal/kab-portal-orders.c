/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-kind.h"
#include "kab-order-store.h"
#include "kab-portal-basket.h"
#include "kab-portal-orders.h"
#include "kab-queue.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define DAY_MS G_GINT64_CONSTANT(86400000)
#define REMEMBER_DAYS 30

#define SELECT_KEY "SELECT order_id FROM idempotency WHERE user_id = $1 AND key = $2"
#define INSERT_KEY \
    "INSERT INTO idempotency (user_id, key, order_id, created_at) VALUES ($1, $2, $3, $4)"
#define DELETE_OLD_KEYS "DELETE FROM idempotency WHERE user_id = $1 AND created_at < $2"
#define SELECT_PARTNER_NAME "SELECT name FROM partner WHERE id = $1"
/* An invoice counts for the revision that it was made for, while the order is to be fulfilled. */
#define VALID_INVOICE                                                                \
    " FROM invoice i JOIN orders o ON o.id = i.order_id AND o.revision = i.revision" \
    " WHERE i.order_id = $1 AND o.client_status IN ('to-fulfil', 'closed')"
#define SELECT_HAS_INVOICE "SELECT 1" VALID_INVOICE
#define SELECT_INVOICE "SELECT i.pdf" VALID_INVOICE

static gboolean
not_found(const char *id, GError **error)
{
    g_set_error(error, KAB_ERROR, KAB_ERROR_NOT_FOUND, _("There is no order %.40s"), id);
    return FALSE;
}

static gboolean
state_error(const char *message, GError **error)
{
    g_set_error_literal(error, KAB_ERROR, KAB_ERROR_STATE, message);
    return FALSE;
}

KabOrder *
kab_portal_orders_load(KabDb *db, const KabUser *user, const char *id, GError **error)
{
    g_autoptr(KabOrder) order = kab_order_store_load(db, id, error);
    gint64 unused;

    if (order == NULL)
        return NULL;
    if (user->partner_id.text[0] == '\0' ||
        strcmp(order->partner_id.text, user->partner_id.text) != 0) {
        not_found(id, error);
        return NULL;
    }
    if (!kab_db_get_int(db, SELECT_HAS_INVOICE, KAB_BIND(kab_text(order->id.text)),
                        &order->has_invoice, &unused, error))
        return NULL;
    return g_steal_pointer(&order);
}

GPtrArray *
kab_portal_orders_list(KabDb *db, const KabUser *user, const char *status, const char *after,
                       guint limit, char **next, GError **error)
{
    return kab_order_store_list(db, user->partner_id.text, status, after, limit, next, error);
}

/* New, and in the queue: both or neither. */
static gboolean
place(KabDb *db, KabOrder *order, GError **error)
{
    if (!kab_order_status_after(order->status, KAB_ORDER_PLACE, KAB_ORDER_BY_PARTNER,
                                &order->status))
        return state_error(_("The order was placed already"), error);
    order->placed_at = kab_time_now();
    return kab_queue_put(db, KAB_KIND_ORDER, order->id.text, error);
}

static gboolean
fill_new(KabDb *db, const KabUser *user, const KabOrder *details, KabOrder *order, GError **error)
{
    order->id = kab_order_id_new();
    order->partner_id = user->partner_id;
    order->user_name = g_strdup(user->name);
    order->comment = g_strdup(details->comment);
    order->phone = g_strdup(details->phone != NULL ? details->phone : user->phone);
    order->email = g_strdup(details->email != NULL ? details->email : user->email);
    order->address = g_strdup(details->address);
    order->created_at = kab_time_now();
    order->status = KAB_ORDER_DRAFT;
    return kab_db_get_text(db, SELECT_PARTNER_NAME, KAB_BIND(kab_text(user->partner_id.text)),
                           &order->partner_name, error);
}

static gboolean
remember_key(KabDb *db, const KabUser *user, const char *key, const KabOrder *order, GError **error)
{
    KabTime now = kab_time_now();

    return kab_db_run(db, DELETE_OLD_KEYS,
                      KAB_BIND(kab_text(user->id.text), kab_int(now - REMEMBER_DAYS * DAY_MS)),
                      error) &&
           kab_db_run(db, INSERT_KEY,
                      KAB_BIND(kab_text(user->id.text), kab_text(key), kab_text(order->id.text),
                               kab_int(now)),
                      error);
}

static KabOrder *
submit_new(KabDb *db, const KabUser *user, gboolean place_it, const KabOrder *details,
           const char *key, GError **error)
{
    g_autoptr(KabOrder) order = kab_portal_basket_load(db, user, error);

    if (order == NULL || !kab_portal_basket_check(order, error) ||
        !fill_new(db, user, details, order, error) || (place_it && !place(db, order, error)) ||
        !kab_order_store_save(db, order, user->name, place_it ? "placed" : "saved", error) ||
        !kab_portal_basket_clear(db, user, error) || !remember_key(db, user, key, order, error))
        return NULL;
    return g_steal_pointer(&order);
}

KabOrder *
kab_portal_orders_submit(KabDb *db, const KabUser *user, gboolean place_it, const KabOrder *details,
                         const char *key, GError **error)
{
    g_autoptr(KabTransaction) transaction = NULL;
    g_autoptr(KabOrder) order = NULL;
    g_autofree char *made = NULL;

    if (user->partner_id.text[0] == '\0') {
        state_error(_("You order for no partner"), error);
        return NULL;
    }
    transaction = kab_db_begin(db, error);
    if (transaction == NULL ||
        !kab_db_get_text(db, SELECT_KEY, KAB_BIND(kab_text(user->id.text), kab_text(key)), &made,
                         error))
        return NULL;
    if (made != NULL)
        return kab_portal_orders_load(db, user, made, error);
    order = submit_new(db, user, place_it, details, key, error);
    if (order == NULL || !kab_transaction_commit(transaction, error))
        return NULL;
    return g_steal_pointer(&order);
}

KabOrder *
kab_portal_orders_place(KabDb *db, const KabUser *user, const char *id, GError **error)
{
    g_autoptr(KabTransaction) transaction = kab_db_begin(db, error);
    g_autoptr(KabOrder) order = NULL;

    if (transaction == NULL)
        return NULL;
    order = kab_portal_orders_load(db, user, id, error);
    if (order == NULL)
        return NULL;
    /* Pressed twice: it is placed. */
    if (order->status == KAB_ORDER_NEW)
        return g_steal_pointer(&order);
    if (!place(db, order, error) || !kab_portal_basket_reprice(db, user, order, error) ||
        !kab_portal_basket_check(order, error) ||
        !kab_order_store_save(db, order, user->name, "placed", error) ||
        !kab_transaction_commit(transaction, error))
        return NULL;
    return g_steal_pointer(&order);
}

gboolean
kab_portal_orders_delete(KabDb *db, const KabUser *user, const char *id, GError **error)
{
    g_autoptr(KabTransaction) transaction = kab_db_begin(db, error);
    g_autoptr(KabOrder) order = NULL;

    if (transaction == NULL)
        return FALSE;
    order = kab_portal_orders_load(db, user, id, error);
    if (order == NULL)
        return FALSE;
    if (order->status != KAB_ORDER_DRAFT)
        return state_error(_("Only a draft can be deleted"), error);
    return kab_order_store_delete(db, order->id, error) &&
           kab_transaction_commit(transaction, error);
}

static gboolean
decide(KabOrder *order, KabDecision decision, gint64 revision, const char *reason, GError **error)
{
    KabOrderEvent event = decision == KAB_DECISION_CONFIRM ? KAB_ORDER_CONFIRM : KAB_ORDER_REFUSE;

    if (!kab_order_can(order, event)) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_STATE,
                    _("This cannot be done now; the order's status is “%s”"),
                    kab_order_status_to_title(order->status));
        return FALSE;
    }
    if (order->revision != revision) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_CONFLICT,
                            _("The manager has changed the order meanwhile: look at it again"));
        return FALSE;
    }
    kab_order_status_after(order->status, event, KAB_ORDER_BY_PARTNER, &order->status);
    order->decision = decision;
    order->decided_revision = revision;
    g_free(order->reason);
    order->reason = decision == KAB_DECISION_REFUSE ? g_strdup(reason) : NULL;
    return TRUE;
}

KabOrder *
kab_portal_orders_decide(KabDb *db, const KabUser *user, const char *id, KabDecision decision,
                         gint64 revision, const char *reason, GError **error)
{
    g_autoptr(KabTransaction) transaction = kab_db_begin(db, error);
    g_autoptr(KabOrder) order = NULL;

    if (transaction == NULL)
        return NULL;
    order = kab_portal_orders_load(db, user, id, error);
    if (order == NULL)
        return NULL;
    if (order->decision == decision && order->decided_revision == revision &&
        order->status != KAB_ORDER_AWAITING_PARTNER)
        return g_steal_pointer(&order);
    if (!decide(order, decision, revision, reason, error) ||
        !kab_order_store_save(db, order, user->name,
                              decision == KAB_DECISION_CONFIRM ? "confirmed" : "refused", error) ||
        !kab_queue_put(db, KAB_KIND_ORDER, order->id.text, error) ||
        !kab_transaction_commit(transaction, error))
        return NULL;
    return g_steal_pointer(&order);
}

GBytes *
kab_portal_orders_get_invoice(KabDb *db, const KabUser *user, const char *id, char **file_name,
                              GError **error)
{
    g_autoptr(KabOrder) order = kab_portal_orders_load(db, user, id, error);
    g_autoptr(KabRows) rows = NULL;
    g_autoptr(GError) local = NULL;

    if (order == NULL)
        return NULL;
    rows = kab_db_query(db, SELECT_INVOICE, KAB_BIND(kab_text(order->id.text)), error);
    if (rows == NULL)
        return NULL;
    if (!kab_rows_next(rows, &local)) {
        if (local == NULL)
            local = g_error_new_literal(KAB_ERROR, KAB_ERROR_NOT_FOUND,
                                        _("The invoice has not been issued yet"));
        g_propagate_error(error, g_steal_pointer(&local));
        return NULL;
    }
    *file_name =
        g_strdup_printf("invoice-%s.pdf", order->number != NULL ? order->number : order->id.text);
    g_strcanon(*file_name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.", '_');
    return kab_rows_dup_blob(rows, 0);
}
