/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-contact.h"
#include "kab-error.h"
#include "kab-kind.h"
#include "kab-order-history.h"
#include "kab-order-store.h"
#include "kab-portal-basket.h"
#include "kab-portal-limits.h"
#include "kab-portal-orders.h"
#include "kab-queue.h"
#include "kab-task-store.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define DAY_MS G_GINT64_CONSTANT(86400000)
#define REMEMBER_DAYS 30

/* A key that made no order is "". */
#define SELECT_KEY                                              \
    "SELECT CASE WHEN answer IS NULL THEN order_id ELSE '' END" \
    " FROM idempotency WHERE user_id = $1 AND key = $2"
#define INSERT_KEY \
    "INSERT INTO idempotency (user_id, key, order_id, created_at) VALUES ($1, $2, $3, $4)"
#define DELETE_OLD_KEYS "DELETE FROM idempotency WHERE user_id = $1 AND created_at < $2"
#define SELECT_PARTNER_NAME "SELECT name FROM partner WHERE id = $1"
#define SELECT_PARTNER "SELECT partner_id FROM orders WHERE id = $1"
#define SELECT_WAREHOUSE                                                       \
    "SELECT name FROM warehouse WHERE id = $1"                                 \
    " AND (NOT EXISTS (SELECT 1 FROM partner_warehouse WHERE partner_id = $2)" \
    " OR id IN (SELECT warehouse_id FROM partner_warehouse WHERE partner_id = $2))"
/* An invoice counts for the revision that it was made for, while the order is to be fulfilled. */
#define SELECT_HAS_INVOICE                                                                    \
    "SELECT 1 FROM document d JOIN orders o ON o.id = d.order_id AND o.revision = d.revision" \
    " WHERE d.id = $1 AND d.state = 'ready' AND o.client_status IN ('to-fulfil', 'closed')"   \
    " AND o.status <> 'refused'"

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

gboolean
kab_portal_orders_check(KabDb *db, const KabUser *user, const char *id, GError **error)
{
    g_autofree char *partner_id = NULL;

    if (!kab_db_get_text(db, SELECT_PARTNER, KAB_BIND(kab_text(id)), &partner_id, error))
        return FALSE;
    return (*user->partner_id.text != '\0' && g_strcmp0(partner_id, user->partner_id.text) == 0) ||
           not_found(id, error);
}

KabOrder *
kab_portal_orders_load(KabDb *db, const KabUser *user, const char *id, GError **error)
{
    g_autoptr(KabOrder) order = NULL;
    gint64 unused;

    if (!kab_portal_orders_check(db, user, id, error))
        return NULL;
    order = kab_order_store_load(db, id, error);
    if (order == NULL ||
        !kab_db_get_int(db, SELECT_HAS_INVOICE, KAB_BIND(kab_text(order->id.text)),
                        &order->has_invoice, &unused, error) ||
        !kab_task_store_find_approver(db, order, error))
        return NULL;
    return g_steal_pointer(&order);
}

GPtrArray *
kab_portal_orders_list(KabDb *db, const KabUser *user, const KabOrderQuery *query,
                       const char *after, guint limit, char **next, GError **error)
{
    return kab_order_store_search(db, user->partner_id.text, query, after, limit, next, error);
}

GArray *
kab_portal_orders_count(KabDb *db, const KabUser *user, const KabOrderQuery *query, GError **error)
{
    return kab_order_store_count(db, user->partner_id.text, query, error);
}

GPtrArray *
kab_portal_orders_history(KabDb *db, const KabUser *user, const char *id, GError **error)
{
    return kab_portal_orders_check(db, user, id, error) ? kab_order_history_list(db, id, error)
                                                        : NULL;
}

static gboolean
check_wished_date(KabDate date, GError **error)
{
    if (*date.text == '\0' || strcmp(date.text, kab_date_today().text) >= 0)
        return TRUE;
    g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID,
                        _("The wished date is in the past: choose another one"));
    return FALSE;
}

/* New, and in the queue: both or neither. */
static gboolean
place(KabDb *db, KabOrder *order, GError **error)
{
    if (!kab_order_status_after(order->status, KAB_ORDER_PLACE, KAB_ORDER_BY_PARTNER,
                                &order->status))
        return state_error(_("The order was placed already"), error);
    if (!check_wished_date(order->wished_date, error) || !kab_portal_basket_check(order, error) ||
        !kab_portal_limits_check(db, order, error))
        return FALSE;
    order->placed_at = order->created_at = kab_time_now(); /* lists are sorted by it */
    return kab_queue_put(db, KAB_KIND_ORDER, order->id.text, error);
}

static char *
prefer(const char *first, const char *second)
{
    return g_strdup(first != NULL ? first : second);
}

/* What the user entered beside the lines. */
static gboolean
fill_details(KabDb *db, const KabUser *user, const KabOrder *details, KabOrder *order,
             GError **error)
{
    const char *warehouse_id = details->warehouse_id.text;

    if (!kab_order_check_name(details->name, error))
        return FALSE;
    /* One that has passed since a draft was saved stays until it is placed. */
    if (strcmp(details->wished_date.text, order->wished_date.text) != 0 &&
        !check_wished_date(details->wished_date, error))
        return FALSE;
    if (details->email != NULL && *details->email != '\0' &&
        !kab_contact_check_email(details->email, error))
        return FALSE;
    g_free(order->name);
    order->name = g_strdup(details->name);
    g_free(order->comment);
    order->comment = g_strdup(details->comment);
    g_free(order->phone);
    order->phone = prefer(details->phone, user->phone);
    g_free(order->email);
    order->email = prefer(details->email, user->email);
    g_free(order->address);
    order->address = g_strdup(details->address);
    order->wished_date = details->wished_date;
    order->warehouse_id = details->warehouse_id;
    g_clear_pointer(&order->warehouse_name, g_free);
    if (*warehouse_id == '\0')
        return TRUE;
    if (!kab_db_get_text(db, SELECT_WAREHOUSE,
                         KAB_BIND(kab_text(warehouse_id), kab_text(user->partner_id.text)),
                         &order->warehouse_name, error))
        return FALSE;
    if (order->warehouse_name != NULL)
        return TRUE;
    g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("There is no warehouse %s"), warehouse_id);
    return FALSE;
}

static gboolean
fill_new(KabDb *db, const KabUser *user, const KabOrder *details, KabOrder *order, GError **error)
{
    order->id = kab_order_id_new();
    order->partner_id = user->partner_id;
    order->user_id = user->id;
    order->user_name = g_strdup(user->name);
    order->created_at = kab_time_now();
    order->status = KAB_ORDER_DRAFT;
    return fill_details(db, user, details, order, error) &&
           kab_db_get_text(db, SELECT_PARTNER_NAME, KAB_BIND(kab_text(user->partner_id.text)),
                           &order->partner_name, error);
}

gboolean
kab_portal_orders_forget_keys(KabDb *db, const KabUser *user, GError **error)
{
    return kab_db_run(
        db, DELETE_OLD_KEYS,
        KAB_BIND(kab_text(user->id.text), kab_int(kab_time_now() - REMEMBER_DAYS * DAY_MS)), error);
}

static gboolean
remember_key(KabDb *db, const KabUser *user, const char *key, const KabOrder *order, GError **error)
{
    return kab_portal_orders_forget_keys(db, user, error) &&
           kab_db_run(db, INSERT_KEY,
                      KAB_BIND(kab_text(user->id.text), kab_text(key), kab_text(order->id.text),
                               kab_int(kab_time_now())),
                      error);
}

/* An order has its prices; what the basket remembered is over. */
static void
forget_seen(KabOrder *order)
{
    for (guint i = 0; i < order->lines->len; i++)
        kab_order_get_line(order, i)->seen_price = (KabMoney){0};
}

/* Whether it is what the user saw when the button was pressed: another desktop of the same user, or
 * the exchange, may have changed it. */
static gboolean
check_expected(const KabOrder *order, const KabOrder *details, GError **error)
{
    g_autofree char *now = NULL;
    g_autofree char *seen = NULL;

    if (*details->total.currency == '\0' ||
        (details->total.minor == order->total.minor &&
         g_str_equal(details->total.currency, order->total.currency)))
        return TRUE;
    now = kab_money_format(order->total);
    seen = kab_money_format(details->total);
    g_set_error(error, KAB_ERROR, KAB_ERROR_CONFLICT,
                _("It costs %s now, and not %s. Look at it once more"), now, seen);
    return FALSE;
}

static KabOrder *
submit_new(KabDb *db, const KabUser *user, gboolean place_it, const KabOrder *details,
           const char *key, GError **error)
{
    g_autoptr(KabOrder) order = kab_portal_basket_load(db, user, error);

    if (order == NULL || !kab_portal_basket_check(order, error) ||
        !check_expected(order, details, error) || !fill_new(db, user, details, order, error) ||
        (place_it && !place(db, order, error)) ||
        !kab_order_store_save(db, order, user->name, place_it ? "placed" : "saved", error) ||
        !kab_portal_basket_clear(db, user, error) || !remember_key(db, user, key, order, error))
        return NULL;
    forget_seen(order);
    return g_steal_pointer(&order);
}

/* Makes a new order, once for each key; what it is made of is the caller's. */
typedef KabOrder *(*MakeOrder)(KabDb *db, const KabUser *user, gboolean place_it,
                               const KabOrder *details, const char *key, GError **error);

static KabOrder *
make_once(KabDb *db, const KabUser *user, MakeOrder make, gboolean place_it,
          const KabOrder *details, const char *key, GError **error)
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
    if (made != NULL && *made == '\0') {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_CONFLICT,
                            _("This Idempotency-Key was used for something else"));
        return NULL;
    }
    if (made != NULL)
        return kab_portal_orders_load(db, user, made, error);
    order = make(db, user, place_it, details, key, error);
    if (order == NULL || !kab_transaction_commit(transaction, error))
        return NULL;
    return g_steal_pointer(&order);
}

KabOrder *
kab_portal_orders_submit(KabDb *db, const KabUser *user, gboolean place_it, const KabOrder *details,
                         const char *key, GError **error)
{
    return make_once(db, user, submit_new, place_it, details, key, error);
}

/* What a draft would cost now, beside what it cost when it was saved; that alone where there is no
 * price any more: placing it says so. Sums of two currencies are none. */
static gboolean
show_prices_of_today(KabDb *db, const KabUser *user, KabOrder *draft, GError **error)
{
    for (guint i = 0; i < draft->lines->len; i++)
        kab_order_get_line(draft, i)->seen_price = kab_order_get_line(draft, i)->price;
    if (!kab_portal_basket_reprice(db, user, draft, error))
        return FALSE;
    for (guint i = 0; i < draft->lines->len; i++) {
        KabOrderLine *line = kab_order_get_line(draft, i);

        if (line->price.minor == 0 && strcmp(line->seen_price.currency, draft->total.currency) == 0)
            line->price = line->ordered_price = line->seen_price;
        if (!kab_order_line_is_repriced(line))
            line->seen_price = (KabMoney){0};
    }
    return kab_order_recount(draft, error);
}

KabOrder *
kab_portal_orders_get(KabDb *db, const KabUser *user, const char *id, GError **error)
{
    g_autoptr(KabOrder) order = kab_portal_orders_load(db, user, id, error);

    if (order == NULL ||
        (order->status == KAB_ORDER_DRAFT && !show_prices_of_today(db, user, order, error)))
        return NULL;
    return g_steal_pointer(&order);
}

KabOrder *
kab_portal_orders_place(KabDb *db, const KabUser *user, const char *id, const KabOrder *expected,
                        GError **error)
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
    if (order->status != KAB_ORDER_DRAFT) {
        state_error(_("The order was placed already"), error);
        return NULL;
    }
    /* Whoever places it answers for it. */
    order->user_id = user->id;
    g_free(order->user_name);
    order->user_name = g_strdup(user->name);
    if (!kab_portal_basket_reprice(db, user, order, error) ||
        !check_expected(order, expected, error) || !place(db, order, error) ||
        !kab_order_store_save(db, order, user->name, "placed", error) ||
        !kab_transaction_commit(transaction, error))
        return NULL;
    return g_steal_pointer(&order);
}

/* The lines that the user wants; what is known of a product stays when it is no longer sold. */
static gboolean
take_lines(KabOrder *order, const KabOrder *wanted, GError **error)
{
    g_autoptr(GArray) before = g_steal_pointer(&order->lines);
    g_autoptr(KabOrder) old = kab_order_new();
    g_autoptr(KabOrder) made = kab_order_new();

    g_array_unref(old->lines);
    old->lines = g_array_ref(before);
    order->lines = g_array_ref(made->lines);
    for (guint i = 0; i < wanted->lines->len; i++) {
        const KabOrderLine *from = kab_order_get_line(wanted, i);
        const KabOrderLine *known = kab_order_find_line(old, from->product_id);
        KabOrderLine *line;

        if (from->quantity.milli == 0)
            continue;
        if (!kab_quantity_check_order(from->quantity, error)) {
            g_prefix_error(error, _("Line %u: "), i + 1);
            return FALSE;
        }
        line = kab_order_add_line(order);
        line->product_id = from->product_id;
        line->quantity = from->quantity;
        line->name = known != NULL ? g_strdup(known->name) : NULL;
    }
    return TRUE;
}

static gboolean
edit_locked(KabDb *db, const KabUser *user, KabOrder *order, const KabOrder *wanted, GError **error)
{
    if (order->status != KAB_ORDER_DRAFT)
        return state_error(_("Only a draft can be changed"), error);
    if (order->version != wanted->version) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_CONFLICT,
                            _("The draft was changed meanwhile: look at it again"));
        return FALSE;
    }
    return fill_details(db, user, wanted, order, error) && take_lines(order, wanted, error) &&
           kab_portal_basket_reprice(db, user, order, error) &&
           kab_order_check_lines(order, error) &&
           kab_order_store_save(db, order, user->name, "edited", error);
}

KabOrder *
kab_portal_orders_edit(KabDb *db, const KabUser *user, const char *id, const KabOrder *wanted,
                       GError **error)
{
    g_autoptr(KabTransaction) transaction = kab_db_begin(db, error);
    g_autoptr(KabOrder) order = NULL;

    if (transaction == NULL)
        return NULL;
    order = kab_portal_orders_load(db, user, id, error);
    if (order == NULL || !edit_locked(db, user, order, wanted, error) ||
        !kab_transaction_commit(transaction, error))
        return NULL;
    return g_steal_pointer(&order);
}

static KabOrder *
draft_new(KabDb *db, const KabUser *user, gboolean place_it G_GNUC_UNUSED, const KabOrder *wanted,
          const char *key, GError **error)
{
    g_autoptr(KabOrder) order = kab_order_new();

    if (!fill_new(db, user, wanted, order, error) || !take_lines(order, wanted, error) ||
        !kab_portal_basket_reprice(db, user, order, error) ||
        !kab_order_check_lines(order, error) ||
        !kab_order_store_save(db, order, user->name, "saved", error) ||
        !remember_key(db, user, key, order, error))
        return NULL;
    return g_steal_pointer(&order);
}

KabOrder *
kab_portal_orders_draft(KabDb *db, const KabUser *user, const KabOrder *wanted, const char *key,
                        GError **error)
{
    return make_once(db, user, draft_new, FALSE, wanted, key, error);
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

static KabOrderEvent
get_event(KabDecision decision)
{
    return decision == KAB_DECISION_CONFIRM ? KAB_ORDER_CONFIRM : KAB_ORDER_REFUSE;
}

static gboolean
decide(KabOrder *order, KabDecision decision, gint64 revision, const char *reason, GError **error)
{
    KabOrderEvent event = get_event(decision);

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
    order->decision_attempt++;
    order->decision_result = KAB_DECISION_UNHEARD;
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
        !kab_order_can(order, get_event(decision)))
        return g_steal_pointer(&order); /* pressed twice */
    if (!decide(order, decision, revision, reason, error) ||
        !kab_order_store_save(db, order, user->name,
                              decision == KAB_DECISION_CONFIRM ? "confirmed" : "refused", error) ||
        !kab_queue_put(db, KAB_KIND_ORDER, order->id.text, error) ||
        !kab_transaction_commit(transaction, error))
        return NULL;
    return g_steal_pointer(&order);
}
