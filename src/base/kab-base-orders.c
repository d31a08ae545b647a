/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-alarms.h"
#include "kab-base-approval.h"
#include "kab-base-documents.h"
#include "kab-base-orders-private.h"
#include "kab-base-orders.h"
#include "kab-base-settlement.h"
#include "kab-error.h"
#include "kab-kind.h"
#include "kab-order-store.h"
#include "kab-queue.h"
#include "kab-task-store.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SELECT_FULFIL "SELECT value = 'true' FROM setting WHERE name = 'approval.fulfil'"
#define SELECT_WAREHOUSE "SELECT name FROM warehouse WHERE id = $1 AND deleted = 0"
/* A condition on the id alone, so that both halves of the view find it by their keys. */
#define SELECT_ADDED                                    \
    "SELECT id, article, name, unit, vat FROM sellable" \
    " WHERE id IN (SELECT value FROM json_each($1))"

KabOrder *
kab_base_orders_load(KabDb *db, const char *name, GError **error)
{
    g_autoptr(GError) local = NULL;
    g_autofree char *id = kab_order_store_find_number(db, name, &local);
    g_autoptr(KabOrder) order = NULL;

    if (local != NULL) {
        g_propagate_error(error, g_steal_pointer(&local));
        return NULL;
    }
    order = kab_order_store_load(db, id != NULL ? id : name, error);
    if (order == NULL || !kab_task_store_find_approver(db, order, error))
        return NULL;
    return g_steal_pointer(&order);
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
    case KAB_ORDER_NOTE:
        break;
    default:
        order->status = KAB_ORDER_REFUSED;
        break;
    }
}

static void
set_status(KabOrder *order, KabClientStatus status)
{
    order->client_status = status;
    g_clear_pointer(&order->client_status_text, g_free);
    g_free(order->state);
    order->state = g_strdup(kab_base_orders_first_state(status));
}

gboolean
kab_base_orders_store(KabDb *db, KabOrder *order, gboolean changed, const char *who,
                      const char *what, GError **error)
{
    gboolean held;

    if (!kab_base_approval_review(db, order, changed, &held, error))
        return FALSE;
    if (held && order->client_status == KAB_CLIENT_TO_FULFIL)
        set_status(order, KAB_CLIENT_ON_APPROVAL);
    count_status(order);
    if (what == NULL)
        what = kab_client_status_to_nick(order->client_status);
    return kab_order_store_save(db, order, who, what, error) &&
           kab_alarms_note_words(db, order, error) &&
           kab_queue_put(db, KAB_KIND_CLIENT_ORDER, order->id.text, error) &&
           kab_base_documents_issue_invoice(db, order, error);
}

gboolean
kab_base_orders_cancel(KabDb *db, KabOrder *order, const char *reason, const char *who,
                       GError **error)
{
    set_status(order, KAB_CLIENT_CANCELLED);
    g_free(order->reason);
    order->reason = g_strdup(reason);
    return kab_base_orders_store(db, order, TRUE, who, "cancelled", error);
}

gboolean
kab_base_orders_go_on(KabDb *db, KabOrder *order, const char *who, GError **error)
{
    gboolean found;
    gint64 fulfil;

    if (!kab_db_get_int(db, SELECT_FULFIL, KAB_BIND_NONE, &found, &fulfil, error))
        return FALSE;
    if (order->client_status == KAB_CLIENT_ON_APPROVAL && (!found || fulfil))
        set_status(order, KAB_CLIENT_TO_FULFIL);
    return kab_base_orders_store(db, order, TRUE, who, "approved", error);
}

static gboolean
check_described(const KabOrder *order, guint from, GError **error)
{
    for (guint i = from; i < order->lines->len; i++) {
        const KabOrderLine *line = kab_order_get_line(order, i);

        if (line->name != NULL)
            continue;
        g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("The base sells no product %s"),
                    line->product_id.text);
        return FALSE;
    }
    return TRUE;
}

/* Names, units and VAT of products that the manager added, in one query. */
static gboolean
describe_added(KabDb *db, KabOrder *order, guint from, GError **error)
{
    g_autofree char *ids = kab_order_store_list_products(order, from);
    g_autoptr(KabRows) rows = kab_db_query(db, SELECT_ADDED, KAB_BIND(kab_text(ids)), error);
    g_autoptr(GHashTable) added = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GError) local = NULL;

    if (rows == NULL)
        return FALSE;
    for (guint i = from; i < order->lines->len; i++) {
        KabOrderLine *line = kab_order_get_line(order, i);

        g_hash_table_insert(added, line->product_id.text, line);
    }
    while (kab_rows_next(rows, &local)) {
        KabOrderLine *line = g_hash_table_lookup(added, kab_rows_get_text(rows, 0));

        if (line == NULL || line->name != NULL)
            continue;
        line->article = kab_rows_dup_text(rows, 1);
        line->name = kab_rows_dup_text(rows, 2);
        line->unit = kab_rows_dup_text(rows, 3);
        line->vat = kab_rows_dup_text(rows, 4);
    }
    return kab_error_pass(error, &local) && check_described(order, from, error);
}

static gboolean
check_currency(const KabOrder *order, const KabOrderLine *line, GError **error)
{
    if (strcmp(line->price.currency, order->total.currency) == 0)
        return TRUE;
    g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("“%s”: the order is in %s"), line->name,
                order->total.currency);
    return FALSE;
}

/* The goods that are with the partner were shipped at a price, and it is in the books. */
static gboolean
check_price(const KabOrderLine *line, const KabOrderLine *wanted, GError **error)
{
    if (line->shipped.milli == 0 || wanted->shipped.milli == 0 ||
        wanted->price.minor == line->price.minor)
        return TRUE;
    g_set_error(error, KAB_ERROR, KAB_ERROR_STATE,
                _("“%s”: its price cannot be changed any more, as goods have been shipped at it"),
                line->name);
    return FALSE;
}

/* A line as the manager wants it; TRUE in @changed if the partner has to look at it. */
static void
take_line(KabOrderLine *line, const KabOrderLine *wanted, gboolean *changed)
{
    if (wanted->quantity.milli != line->quantity.milli || wanted->price.minor != line->price.minor)
        *changed = TRUE;
    line->quantity = wanted->quantity;
    line->price = wanted->price;
    line->shipped = wanted->shipped;
    line->paid = wanted->paid;
}

static void
add_line(KabOrder *order, const KabOrderLine *wanted)
{
    KabOrderLine *line = kab_order_add_line(order);

    line->product_id = wanted->product_id;
    line->ordered_price = wanted->price;
    take_line(line, wanted, &(gboolean){FALSE});
}

/* What the partner never ordered is no line when the manager takes it out again, unless something
 * of it was shipped or paid. */
static void
drop_empty(KabOrder *order)
{
    for (guint i = order->lines->len; i-- > 0;) {
        const KabOrderLine *line = kab_order_get_line(order, i);

        if (line->quantity.milli == 0 && line->ordered.milli == 0 && line->shipped.milli == 0 &&
            line->paid.minor == 0)
            kab_order_remove_line(order, i);
    }
}

/* One line for a product: of two that are told, nobody knows which counts. */
static gboolean
check_once(const KabOrder *wanted, GError **error)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

    for (guint i = 0; i < wanted->lines->len; i++) {
        if (!g_hash_table_add(seen, kab_order_get_line(wanted, i)->product_id.text)) {
            g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID,
                                _("the product stands in the order twice"));
            g_prefix_error(error, _("Line %u: "), i + 1);
            return FALSE;
        }
    }
    return TRUE;
}

/* Lines that are not in @wanted stay as they are. */
static gboolean
take_lines(KabDb *db, KabOrder *order, const KabOrder *wanted, gboolean *changed, GError **error)
{
    g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(KabOrder) names = kab_order_copy(order);
    guint before = order->lines->len;

    if (!check_once(wanted, error))
        return FALSE;
    for (guint i = 0; i < before; i++)
        g_hash_table_insert(known, kab_order_get_line(names, i)->product_id.text,
                            GUINT_TO_POINTER(i + 1));
    for (guint i = 0; i < wanted->lines->len; i++) {
        const KabOrderLine *line = kab_order_get_line(wanted, i);
        guint place = GPOINTER_TO_UINT(g_hash_table_lookup(known, line->product_id.text));

        if (!check_currency(order, line, error))
            return FALSE;
        if (place > 0) {
            if (!check_price(kab_order_get_line(order, place - 1), line, error))
                return FALSE;
            take_line(kab_order_get_line(order, place - 1), line, changed);
        } else if (line->quantity.milli != 0) {
            add_line(order, line);
        }
    }
    if (order->lines->len > KAB_ORDER_MAX_LINES) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_RANGE, _("An order has at most %d lines"),
                    KAB_ORDER_MAX_LINES);
        return FALSE;
    }
    if (order->lines->len > before) {
        *changed = TRUE;
        if (!describe_added(db, order, before, error))
            return FALSE;
    }
    drop_empty(order);
    return kab_order_recount(order, error) && kab_order_check_lines(order, error);
}

/* The warehouse to ship from and the day: the partner has to agree to them as to the lines. */
static gboolean
take_shipping(KabDb *db, KabOrder *order, const KabOrder *wanted, gboolean *changed, GError **error)
{
    const char *warehouse_id = wanted->warehouse_id.text;

    if (strcmp(order->ship_date.text, wanted->ship_date.text) != 0) {
        order->ship_date = wanted->ship_date;
        *changed = TRUE;
    }
    if (strcmp(order->warehouse_id.text, warehouse_id) == 0)
        return TRUE;
    *changed = TRUE;
    order->warehouse_id = wanted->warehouse_id;
    g_clear_pointer(&order->warehouse_name, g_free);
    if (*warehouse_id == '\0')
        return TRUE;
    if (!kab_db_get_text(db, SELECT_WAREHOUSE, KAB_BIND(kab_text(warehouse_id)),
                         &order->warehouse_name, error))
        return FALSE;
    if (order->warehouse_name != NULL)
        return TRUE;
    g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("There is no warehouse %s"), warehouse_id);
    return FALSE;
}

static gboolean
check_status(const KabOrder *order, const KabOrder *wanted, GError **error)
{
    if (!kab_client_status_may_become(order->client_status, wanted->client_status)) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_STATE,
                    _("The client order is “%s” and cannot become “%s”"),
                    kab_client_status_to_title(order->client_status),
                    kab_client_status_to_title(wanted->client_status));
        return FALSE;
    }
    if (wanted->client_status == KAB_CLIENT_CANCELLED &&
        (wanted->reason == NULL || *wanted->reason == '\0')) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID,
                            _("Say why the order is cancelled: the partner will ask"));
        return FALSE;
    }
    return TRUE;
}

static void
take_status(KabOrder *order, const KabOrder *wanted)
{
    const char *known = kab_order_state_from_text(wanted->state);
    g_autofree char *state = g_strdup(known != NULL ? known : wanted->state);

    if (order->client_status != wanted->client_status) {
        gboolean same_state = g_strcmp0(order->state, state) == 0;

        set_status(order, wanted->client_status);
        if (same_state)
            return;
    }
    g_free(order->state);
    order->state = g_steal_pointer(&state);
}

/* What 1C would say by itself when goods or money move, if the manager says nothing else. */
static void
follow_progress(KabOrder *order, const KabOrder *was)
{
    const char *state = NULL;

    if (order->client_status != KAB_CLIENT_TO_FULFIL || g_strcmp0(order->state, was->state) != 0 ||
        (order->shipped.minor == was->shipped.minor && order->paid.minor == was->paid.minor))
        return;
    if (kab_order_get_shipped_percent(order) < 100)
        state = kab_order_is_shipping(order) ? "В процессе отгрузки" : NULL;
    else
        state = kab_order_get_paid_percent(order) < 100 ? "Ожидается оплата (после отгрузки)"
                                                        : "Готов к закрытию";
    if (state == NULL)
        return;
    g_free(order->state);
    order->state = g_strdup(state);
}

/* Line by line: what comes back of one line makes no room for another one's goods. The lines stand
 * as they stood, without those that were dropped; those that were added come last. */
static gboolean
ships_more(const KabOrder *was, const KabOrder *order)
{
    guint at = 0;

    for (guint i = 0; i < order->lines->len; i++) {
        const KabOrderLine *line = kab_order_get_line(order, i);
        gint64 before = 0;

        while (at < was->lines->len &&
               strcmp(kab_order_get_line(was, at)->product_id.text, line->product_id.text) != 0)
            at++;
        if (at < was->lines->len)
            before = kab_order_get_line(was, at)->shipped.milli;
        if (line->shipped.milli > before)
            return TRUE;
    }
    return FALSE;
}

/* When an order is over, goods and money may still go back. */
static gboolean
check_open(const KabOrder *was, const KabOrder *order, gboolean changed, GError **error)
{
    const char *why = NULL;

    if (was->client_status != KAB_CLIENT_CLOSED && was->client_status != KAB_CLIENT_CANCELLED)
        return TRUE;
    if (changed)
        why = _("The lines of a client order that is over cannot be changed");
    else if (ships_more(was, order))
        why = _("Nothing more is shipped of a client order that is over");
    if (why != NULL)
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_STATE, why);
    return why == NULL;
}

/* What has to be approved is approved first: it can be neither shipped nor closed before. */
static gboolean
check_approved(KabDb *db, const KabOrder *was, const KabOrder *order, gboolean changed,
               GError **error)
{
    gboolean held = FALSE;

    if (order->client_status == KAB_CLIENT_CLOSED && was->client_status != KAB_CLIENT_CLOSED &&
        (changed || was->client_status == KAB_CLIENT_ON_APPROVAL) &&
        !kab_base_approval_is_held(db, order, &held, error))
        return FALSE;
    if (!held && (order->client_status != KAB_CLIENT_ON_APPROVAL || !ships_more(was, order)))
        return TRUE;
    g_set_error_literal(error, KAB_ERROR, KAB_ERROR_STATE,
                        _("The client order is on approval: it can be neither shipped nor closed "
                          "before it is approved"));
    return FALSE;
}

static gboolean
set_locked(KabDb *db, KabOrder *order, const KabOrder *wanted, const char *who, GError **error)
{
    g_autoptr(KabOrder) was = kab_order_copy(order);
    gboolean changed = FALSE;

    if (order->version != wanted->version) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_CONFLICT,
                            _("The client order was changed meanwhile: look at it again"));
        return FALSE;
    }
    if (!check_status(order, wanted, error) || !take_lines(db, order, wanted, &changed, error) ||
        !take_shipping(db, order, wanted, &changed, error) ||
        !check_open(was, order, changed, error))
        return FALSE;
    take_status(order, wanted);
    follow_progress(order, was);
    if (changed)
        order->revision++;
    g_free(order->manager);
    order->manager = g_strdup(wanted->manager);
    g_free(order->reason);
    order->reason = g_strdup(wanted->reason);
    return kab_base_settlement_note(db, was, order, error) &&
           kab_base_orders_store(db, order, changed || was->client_status != order->client_status,
                                 who, NULL, error) &&
           check_approved(db, was, order, changed, error);
}

KabOrder *
kab_base_orders_set(KabDb *db, const KabOrder *wanted, const char *who, GError **error)
{
    g_autoptr(KabTransaction) transaction = kab_db_begin_part(db, error);
    g_autoptr(KabOrder) order = NULL;

    if (transaction == NULL)
        return NULL;
    order = kab_order_store_load(db, wanted->id.text, error);
    if (order == NULL || !set_locked(db, order, wanted, who, error) ||
        !kab_task_store_find_approver(db, order, error) ||
        !kab_transaction_commit(transaction, error))
        return NULL;
    return g_steal_pointer(&order);
}
