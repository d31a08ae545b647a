/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-decimal.h"
#include "kab-error.h"
#include "kab-order-history.h"
#include "kab-order-store.h"
#include "kab-page-after.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#define NUMBER_DIGITS 6

#define HEAD_COLUMNS                                                       \
    "id, partner_id, user_name, number, version, revision, decision, "     \
    "decided_revision, reason, status, client_status, state, manager, "    \
    "comment, phone, email, address, created_at, placed_at, user_id, "     \
    "decision_result, currency, total, partner_name, client_status_text, " \
    "warehouse_id, warehouse_name, wished_date, ship_date, over_limit, "   \
    "paid, shipped, decision_attempt, vat_on_top, vat, name"
#define SELECT_HEAD "SELECT " HEAD_COLUMNS " FROM orders WHERE id = $1"
#define SELECT_LINES                                                                             \
    "SELECT product_id, article, name, unit, vat, ordered, ordered_price, quantity, price, sum," \
    " shipped, paid FROM order_line WHERE order_id = $1 ORDER BY position"
#define SELECT_NUMBER "SELECT id FROM orders WHERE number = $1"
#define SELECT_SHORT_NUMBER \
    "SELECT id FROM orders WHERE number LIKE $1 ORDER BY created_at DESC LIMIT 1"
#define UPSERT_HEAD                                                          \
    "INSERT INTO orders (" HEAD_COLUMNS ") VALUES ("                         \
    "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, "     \
    "$16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, " \
    "$30, $31, $32, $33, $34, $35, $36"                                      \
    ") ON CONFLICT (id) DO UPDATE SET "                                      \
    "user_name = excluded.user_name, number = excluded.number, "             \
    "version = excluded.version, revision = excluded.revision, "             \
    "decision = excluded.decision, "                                         \
    "decided_revision = excluded.decided_revision, "                         \
    "reason = excluded.reason, status = excluded.status, "                   \
    "client_status = excluded.client_status, state = excluded.state, "       \
    "manager = excluded.manager, comment = excluded.comment, "               \
    "phone = excluded.phone, email = excluded.email, "                       \
    "address = excluded.address, placed_at = excluded.placed_at, "           \
    "created_at = max(orders.created_at, excluded.created_at), "             \
    "user_id = excluded.user_id, "                                           \
    "decision_result = excluded.decision_result, "                           \
    "currency = excluded.currency, total = excluded.total, "                 \
    "client_status_text = excluded.client_status_text, "                     \
    "warehouse_id = excluded.warehouse_id, "                                 \
    "warehouse_name = excluded.warehouse_name, "                             \
    "wished_date = excluded.wished_date, ship_date = excluded.ship_date, "   \
    "over_limit = excluded.over_limit, paid = excluded.paid, "               \
    "shipped = excluded.shipped, "                                           \
    "decision_attempt = excluded.decision_attempt, "                         \
    "vat_on_top = excluded.vat_on_top, vat = excluded.vat, "                 \
    "name = excluded.name"
#define DELETE_LINES "DELETE FROM order_line WHERE order_id = $1"
#define INSERT_LINE                                                                              \
    "INSERT INTO order_line (order_id, position, product_id, article, name, unit, vat, ordered," \
    " ordered_price, quantity, price, sum, shipped, paid)"                                       \
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"
#define DELETE_ORDER "DELETE FROM orders WHERE id = $1"
#define MILLION 1000000

/* What a list shows as the day of an order. It is never before it was saved. */
#define SHOWN_AT "(CASE WHEN placed_at > 0 THEN placed_at ELSE created_at END)"
/* $1: the partner; $2 and $3: status, client status; $4 and $5: from, and before; $6: words. Of a
 * partner only the own orders are looked at, whatever is asked for. */
#define OF_PARTNER " FROM orders WHERE partner_id = $1" MATCHING
#define OF_ALL " FROM orders WHERE $1 IS NULL" MATCHING
#define MATCHING                                                                             \
    " AND ($2 IS NULL OR status = $2) AND ($3 IS NULL OR client_status = $3)"                \
    " AND " SHOWN_AT " >= $4 AND " SHOWN_AT " < $5 AND created_at < $5"                      \
    " AND ($6 IS NULL OR has_words(coalesce(number, '') || ' ' || coalesce(name, '') || ' '" \
    " || coalesce(comment, '') || ' ' || coalesce(partner_name, ''), $6)"                    \
    " OR EXISTS (SELECT 1 FROM order_line l WHERE l.order_id = orders.id"                    \
    " AND has_words(l.name || ' ' || coalesce(l.article, ''), $6)))"
#define PAGE " AND (created_at, id) < ($7, $8) ORDER BY created_at DESC, id DESC LIMIT $9"
#define SELECT_OF_PARTNER "SELECT " HEAD_COLUMNS OF_PARTNER PAGE
#define SELECT_OF_ALL "SELECT " HEAD_COLUMNS OF_ALL PAGE
/* In two parts, of which neither can overflow. */
#define SELECT_TOTALS                                                                  \
    "SELECT currency, count(*), sum(total / 1000000), sum(total % 1000000)" OF_PARTNER \
    " GROUP BY currency ORDER BY currency"

/* Of those in a JSON list, in its order. */
#define SELECT_IDS                                                                               \
    "SELECT " HEAD_COLUMNS                                                                       \
    " FROM (SELECT value AS wanted, key AS place FROM json_each($1)) JOIN orders ON id = wanted" \
    " WHERE partner_id = $2 ORDER BY place"

static KabOrder *
read_head(KabRows *rows, GError **error)
{
    g_autoptr(KabOrder) order = kab_order_new();

    order->id = kab_order_id_of(kab_rows_get_text(rows, 0));
    order->partner_id = kab_partner_id_of(kab_rows_get_text(rows, 1));
    order->user_name = kab_rows_dup_text(rows, 2);
    order->number = kab_rows_dup_text(rows, 3);
    order->version = kab_rows_get_int(rows, 4);
    order->revision = kab_rows_get_int(rows, 5);
    order->decided_revision = kab_rows_get_int(rows, 7);
    order->reason = kab_rows_dup_text(rows, 8);
    order->state = kab_rows_dup_text(rows, 11);
    order->manager = kab_rows_dup_text(rows, 12);
    order->comment = kab_rows_dup_text(rows, 13);
    order->phone = kab_rows_dup_text(rows, 14);
    order->email = kab_rows_dup_text(rows, 15);
    order->address = kab_rows_dup_text(rows, 16);
    order->created_at = kab_rows_get_int(rows, 17);
    order->placed_at = kab_rows_get_int(rows, 18);
    order->user_id = kab_user_id_of(kab_rows_get_text(rows, 19));
    order->total = kab_money_new(kab_rows_get_int(rows, 22), kab_rows_get_text(rows, 21));
    order->partner_name = kab_rows_dup_text(rows, 23);
    order->client_status_text = kab_rows_dup_text(rows, 24);
    order->warehouse_id = kab_warehouse_id_of(kab_rows_get_text(rows, 25));
    order->warehouse_name = kab_rows_dup_text(rows, 26);
    order->wished_date = kab_date_of(kab_rows_get_text(rows, 27));
    order->ship_date = kab_date_of(kab_rows_get_text(rows, 28));
    order->over_limit = kab_rows_get_int(rows, 29) != 0;
    order->paid = kab_money_new(kab_rows_get_int(rows, 30), order->total.currency);
    order->shipped = kab_money_new(kab_rows_get_int(rows, 31), order->total.currency);
    order->decision_attempt = kab_rows_get_int(rows, 32);
    order->vat_on_top = kab_rows_get_int(rows, 33) != 0;
    order->vat = kab_money_new(kab_rows_get_int(rows, 34), order->total.currency);
    order->name = kab_rows_dup_text(rows, 35);
    if (!kab_decision_from_nick(kab_rows_get_text(rows, 6), &order->decision, error) ||
        !kab_decision_result_from_nick(kab_rows_get_text(rows, 20), &order->decision_result,
                                       error) ||
        !kab_order_status_from_nick(kab_rows_get_text(rows, 9), &order->status, error) ||
        !kab_client_status_from_nick(kab_rows_get_text(rows, 10), &order->client_status, error))
        return NULL;
    return g_steal_pointer(&order);
}

static gboolean
read_lines(KabDb *db, KabOrder *order, GError **error)
{
    g_autoptr(KabRows) rows =
        kab_db_query(db, SELECT_LINES, KAB_BIND(kab_text(order->id.text)), error);
    g_autoptr(GError) local = NULL;

    if (rows == NULL)
        return FALSE;
    while (kab_rows_next(rows, &local)) {
        KabOrderLine *line = kab_order_add_line(order);

        line->product_id = kab_product_id_of(kab_rows_get_text(rows, 0));
        line->article = kab_rows_dup_text(rows, 1);
        line->name = kab_rows_dup_text(rows, 2);
        line->unit = kab_rows_dup_text(rows, 3);
        line->vat = kab_rows_dup_text(rows, 4);
        line->ordered.milli = kab_rows_get_int(rows, 5);
        line->ordered_price = kab_money_new(kab_rows_get_int(rows, 6), order->total.currency);
        line->quantity.milli = kab_rows_get_int(rows, 7);
        line->price = kab_money_new(kab_rows_get_int(rows, 8), order->total.currency);
        line->sum = kab_money_new(kab_rows_get_int(rows, 9), order->total.currency);
        line->shipped.milli = kab_rows_get_int(rows, 10);
        line->paid = kab_money_new(kab_rows_get_int(rows, 11), order->total.currency);
    }
    return kab_error_pass(error, &local);
}

KabOrder *
kab_order_store_find(KabDb *db, const char *id, GError **error)
{
    g_autoptr(KabRows) rows = kab_db_query(db, SELECT_HEAD, KAB_BIND(kab_text(id)), error);
    g_autoptr(KabOrder) order = NULL;

    if (rows == NULL || !kab_rows_next(rows, error))
        return NULL;
    order = read_head(rows, error);
    if (order == NULL || !read_lines(db, order, error))
        return NULL;
    return g_steal_pointer(&order);
}

KabOrder *
kab_order_store_load(KabDb *db, const char *id, GError **error)
{
    g_autoptr(GError) local = NULL;
    KabOrder *order = kab_order_store_find(db, id, &local);

    if (order == NULL && local == NULL)
        local = g_error_new(KAB_ERROR, KAB_ERROR_NOT_FOUND, _("There is no order %.40s"), id);
    if (local != NULL)
        g_propagate_error(error, g_steal_pointer(&local));
    return order;
}

char *
kab_order_store_find_number(KabDb *db, const char *number, GError **error)
{
    char *id = NULL;

    kab_db_get_text(db, SELECT_NUMBER, KAB_BIND(kab_text(number)), &id, error);
    return id;
}

/* Prefix and leading zeros are what nobody says. */
char *
kab_order_store_find_said(KabDb *db, const char *said, GError **error)
{
    GError *local = NULL;
    char *id = kab_order_store_find_number(db, said, &local);
    gsize length = strlen(said);
    g_autofree char *pattern = NULL;

    if (local != NULL) {
        g_propagate_error(error, local);
        return NULL;
    }
    if (id != NULL || length == 0 || length > NUMBER_DIGITS || strspn(said, "0123456789") != length)
        return id;
    pattern = g_strdup_printf("%%%0*d", NUMBER_DIGITS, atoi(said));
    kab_db_get_text(db, SELECT_SHORT_NUMBER, KAB_BIND(kab_text(pattern)), &id, error);
    return id;
}

static gboolean
save_head(KabDb *db, const KabOrder *order, GError **error)
{
    return kab_db_run(
        db, UPSERT_HEAD,
        KAB_BIND(
            kab_text(order->id.text), kab_text(order->partner_id.text), kab_text(order->user_name),
            kab_text_or_null(order->number), kab_int(order->version), kab_int(order->revision),
            kab_text(kab_decision_to_nick(order->decision)), kab_int(order->decided_revision),
            kab_text_or_null(order->reason), kab_text(kab_order_status_to_nick(order->status)),
            kab_text(kab_client_status_to_nick(order->client_status)),
            kab_text_or_null(order->state), kab_text_or_null(order->manager),
            kab_text_or_null(order->comment), kab_text_or_null(order->phone),
            kab_text_or_null(order->email), kab_text_or_null(order->address),
            kab_int(order->created_at), kab_int(order->placed_at),
            kab_text_or_null(order->user_id.text),
            kab_text(kab_decision_result_to_nick(order->decision_result)),
            kab_text(order->total.currency), kab_int(order->total.minor),
            kab_text(order->partner_name), kab_text_or_null(order->client_status_text),
            kab_text_or_null(order->warehouse_id.text), kab_text_or_null(order->warehouse_name),
            kab_text_or_null(order->wished_date.text), kab_text_or_null(order->ship_date.text),
            kab_int(order->over_limit), kab_int(order->paid.minor), kab_int(order->shipped.minor),
            kab_int(order->decision_attempt), kab_int(order->vat_on_top), kab_int(order->vat.minor),
            kab_text_or_null(order->name)),
        error);
}

static gboolean
save_lines(KabDb *db, const KabOrder *order, GError **error)
{
    if (!kab_db_run(db, DELETE_LINES, KAB_BIND(kab_text(order->id.text)), error))
        return FALSE;
    for (guint i = 0; i < order->lines->len; i++) {
        const KabOrderLine *line = kab_order_get_line(order, i);

        if (!kab_db_run(db, INSERT_LINE,
                        KAB_BIND(kab_text(order->id.text), kab_int(i),
                                 kab_text(line->product_id.text), kab_text_or_null(line->article),
                                 kab_text(line->name), kab_text_or_null(line->unit),
                                 kab_text_or_null(line->vat), kab_int(line->ordered.milli),
                                 kab_int(line->ordered_price.minor), kab_int(line->quantity.milli),
                                 kab_int(line->price.minor), kab_int(line->sum.minor),
                                 kab_int(line->shipped.milli), kab_int(line->paid.minor)),
                        error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
note(KabDb *db, const KabOrder *order, const char *who, const char *what, GError **error)
{
    g_autoptr(KabHistoryEntry) entry = kab_history_entry_new();

    entry->who = g_strdup(who);
    entry->what = g_strdup(what);
    return kab_order_history_add(db, order->id, entry, error);
}

gboolean
kab_order_store_save(KabDb *db, KabOrder *order, const char *who, const char *what, GError **error)
{
    order->version++;
    return save_head(db, order, error) && save_lines(db, order, error) &&
           (what == NULL || note(db, order, who, what, error));
}

char *
kab_order_store_list_products(const KabOrder *order, guint from)
{
    GString *ids = g_string_new("[");

    for (guint i = from; i < order->lines->len; i++)
        g_string_append_printf(ids, "%s\"%s\"", i > from ? "," : "",
                               kab_order_get_line(order, i)->product_id.text);
    g_string_append_c(ids, ']');
    return g_string_free(ids, FALSE);
}

char *
kab_order_store_list_quantities(const KabOrder *order)
{
    GString *pairs = g_string_new("[");

    for (guint i = 0; i < order->lines->len; i++) {
        const KabOrderLine *line = kab_order_get_line(order, i);

        g_string_append_printf(pairs, "%s[\"%s\",%" G_GINT64_FORMAT "]", i > 0 ? "," : "",
                               line->product_id.text, line->quantity.milli);
    }
    g_string_append_c(pairs, ']');
    return g_string_free(pairs, FALSE);
}

gboolean
kab_order_store_delete(KabDb *db, KabOrderId id, GError **error)
{
    return kab_db_run(db, DELETE_ORDER, KAB_BIND(kab_text(id.text)), error);
}

static GPtrArray *
read_heads(KabRows *taken, GError **error)
{
    g_autoptr(KabRows) rows = taken;
    g_autoptr(GPtrArray) orders = g_ptr_array_new_with_free_func((GDestroyNotify)kab_order_free);
    g_autoptr(GError) local = NULL;

    if (rows == NULL)
        return NULL;
    while (kab_rows_next(rows, &local)) {
        KabOrder *order = read_head(rows, error);

        if (order == NULL)
            return NULL;
        g_ptr_array_add(orders, order);
    }
    if (local != NULL) {
        g_propagate_error(error, g_steal_pointer(&local));
        return NULL;
    }
    return g_steal_pointer(&orders);
}

static char *
make_next(GPtrArray *orders, guint limit)
{
    const KabOrder *last;

    if (orders == NULL || orders->len < limit)
        return NULL;
    last = g_ptr_array_index(orders, limit - 1);
    return kab_page_make_next(last->created_at, last->id.text);
}

/* The moments from which on, and before which, an order is wanted. */
static KabTime
get_begin(const KabOrderQuery *query)
{
    return *query->from.text != '\0' ? kab_date_begin(query->from) : G_MININT64;
}

static KabTime
get_end(const KabOrderQuery *query)
{
    return *query->to.text != '\0' ? kab_date_begin(kab_date_next(query->to)) : G_MAXINT64;
}

GPtrArray *
kab_order_store_search(KabDb *db, const char *partner_id, const KabOrderQuery *query,
                       const char *after, guint limit, char **next, GError **error)
{
    GPtrArray *orders;
    gint64 moment;
    const char *id;

    *next = NULL;
    if (!kab_page_parse_after(after, &moment, &id, error))
        return NULL;
    orders = read_heads(
        kab_db_query(db, partner_id != NULL ? SELECT_OF_PARTNER : SELECT_OF_ALL,
                     KAB_BIND(kab_text(partner_id), kab_text_or_null(query->status),
                              kab_text_or_null(query->client_status), kab_int(get_begin(query)),
                              kab_int(get_end(query)), kab_text_or_null(query->text),
                              kab_int(moment), kab_text(id), kab_int(limit)),
                     error),
        error);
    *next = make_next(orders, limit);
    return orders;
}

GArray *
kab_order_store_count(KabDb *db, const char *partner_id, const KabOrderQuery *query, GError **error)
{
    g_autoptr(GArray) totals = g_array_new(FALSE, FALSE, sizeof(KabOrderTotal));
    g_autoptr(KabRows) rows =
        kab_db_query(db, SELECT_TOTALS,
                     KAB_BIND(kab_text(partner_id), kab_text_or_null(query->status),
                              kab_text_or_null(query->client_status), kab_int(get_begin(query)),
                              kab_int(get_end(query)), kab_text_or_null(query->text)),
                     error);
    g_autoptr(GError) local = NULL;

    if (rows == NULL)
        return NULL;
    while (local == NULL && kab_rows_next(rows, &local)) {
        const char *currency = kab_rows_get_text(rows, 0);
        KabOrderTotal total = {.count = kab_rows_get_int(rows, 1),
                               .total = kab_money_new(0, currency)};

        if (kab_decimal_muldiv(kab_rows_get_int(rows, 2), MILLION, 1, &total.total.minor, &local) &&
            kab_money_add(total.total, kab_money_new(kab_rows_get_int(rows, 3), currency),
                          &total.total, &local))
            g_array_append_val(totals, total);
    }
    return kab_error_pass(error, &local) ? g_steal_pointer(&totals) : NULL;
}

GPtrArray *
kab_order_store_list_ids(KabDb *db, const char *partner_id, const char *ids, GError **error)
{
    return read_heads(
        kab_db_query(db, SELECT_IDS, KAB_BIND(kab_text(ids), kab_text(partner_id)), error), error);
}
