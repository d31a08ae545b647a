/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-order-store.h"
#include "kab-portal-basket.h"
#include "kab-portal-catalogue.h"
#include "kab-portal-price.h"

#include <glib/gi18n-lib.h>

#define SELECT_LINES                                                                                                               \
    "SELECT b.product_id, p.article, p.name, p.unit, p.vat, b.quantity, r.minor, r.currency"                                       \
    ", b.seen_price, b.seen_currency, p.step FROM basket_line b LEFT JOIN product p ON p.id = b.product_id" KAB_PORTAL_JOIN_PRICE( \
        "$1",                                                                                                                      \
        "b.quantity") " WHERE b.user_id = $2 AND b.partner_id = $1 ORDER BY b.added_at, b.product_id"
/* For a list of products and quantities in JSON, what a line of each needs, in its order. */
#define SELECT_PRODUCTS                                                                                        \
    "SELECT p.article, p.name, p.unit, p.vat, r.minor, r.currency, p.step"                                     \
    " FROM json_each($1) j LEFT JOIN product p ON p.id = json_extract(j.value, '$[0]')" KAB_PORTAL_JOIN_PRICE( \
        "$2", "json_extract(j.value, '$[1]')") " ORDER BY j.key"
#define SELECT_CURRENCY                                \
    "SELECT t.currency, t.vat_included FROM partner p" \
    " JOIN price_type t ON t.id = p.price_type_id WHERE p.id = $1"
#define COUNT_LINES \
    "SELECT count(*) FROM basket_line WHERE user_id = $1 AND partner_id = $2 AND product_id <> $3"
/* What is put back stands where it stood. */
#define UPSERT_LINE                                                                 \
    "INSERT INTO basket_line (user_id, partner_id, product_id, quantity, added_at)" \
    " VALUES ($1, $2, $3, $4, coalesce((SELECT g.added_at FROM basket_gone g"       \
    " WHERE g.user_id = $1 AND g.partner_id = $2 AND g.product_id = $3"             \
    " AND g.gone_at >= $5), $6))"                                                   \
    " ON CONFLICT (user_id, partner_id, product_id) DO UPDATE SET quantity = excluded.quantity"
/* Of a list of products in JSON, each with a price. A line is not looked for in the whole list. */
#define UPDATE_SEEN                                                             \
    "WITH j AS MATERIALIZED (SELECT json_extract(value, '$[0]') AS product_id," \
    " json_extract(value, '$[1]') AS price FROM json_each($1))"                 \
    " UPDATE basket_line SET seen_price = j.price, seen_currency = $2 FROM j"   \
    " WHERE user_id = $3 AND partner_id = $4 AND basket_line.product_id = j.product_id"
#define DELETE_LINE \
    "DELETE FROM basket_line WHERE user_id = $1 AND partner_id = $2 AND product_id = $3"
#define NOTE_GONE                                                                             \
    "INSERT OR REPLACE INTO basket_gone (user_id, partner_id, product_id, added_at, gone_at)" \
    " SELECT user_id, partner_id, product_id, added_at, $1 FROM basket_line"                  \
    " WHERE user_id = $2 AND partner_id = $3 AND product_id = $4"
#define FORGET_GONE \
    "DELETE FROM basket_gone WHERE user_id = $1 AND partner_id = $2 AND gone_at < $3"
#define DELETE_LINES "DELETE FROM basket_line WHERE user_id = $1 AND partner_id = $2"

/* How long it is remembered where a line stood. */
#define UNDO_MS (15 * 60 * G_GINT64_CONSTANT(1000))

static gboolean
read_line(KabRows *rows, KabOrder *basket)
{
    KabOrderLine *line = kab_order_add_line(basket);

    line->product_id = kab_product_id_of(kab_rows_get_text(rows, 0));
    line->article = kab_rows_dup_text(rows, 1);
    line->name =
        kab_rows_is_null(rows, 2) ? g_strdup(_("No longer sold")) : kab_rows_dup_text(rows, 2);
    line->unit = kab_rows_dup_text(rows, 3);
    line->vat = kab_rows_dup_text(rows, 4);
    line->quantity.milli = kab_rows_get_int(rows, 5);
    line->ordered = line->quantity;
    if (kab_rows_is_null(rows, 6) ||
        g_strcmp0(kab_rows_get_text(rows, 7), basket->total.currency) != 0)
        line->price = kab_money_new(0, basket->total.currency);
    else
        line->price = kab_money_new(kab_rows_get_int(rows, 6), kab_rows_get_text(rows, 7));
    line->ordered_price = line->price;
    if (!kab_rows_is_null(rows, 8))
        line->seen_price = kab_money_new(kab_rows_get_int(rows, 8), kab_rows_get_text(rows, 9));
    line->step.milli = kab_rows_get_int(rows, 10);
    return TRUE;
}

/* What the partner's price type says of all its prices; without one, roubles with VAT included. */
static gboolean
take_price_type(KabDb *db, const KabUser *user, KabOrder *order, GError **error)
{
    g_autoptr(KabRows) rows =
        kab_db_query(db, SELECT_CURRENCY, KAB_BIND(kab_text(user->partner_id.text)), error);
    g_autoptr(GError) local = NULL;
    gboolean found;

    if (rows == NULL)
        return FALSE;
    found = kab_rows_next(rows, &local);
    if (!kab_error_pass(error, &local))
        return FALSE;
    order->total = kab_money_new(0, found ? kab_rows_get_text(rows, 0) : "RUB");
    order->vat_on_top = found && kab_rows_get_int(rows, 1) == 0;
    return TRUE;
}

KabOrder *
kab_portal_basket_load(KabDb *db, const KabUser *user, GError **error)
{
    g_autoptr(KabOrder) basket = kab_order_new();
    g_autoptr(KabRows) rows = NULL;
    g_autoptr(GError) local = NULL;

    if (!take_price_type(db, user, basket, error))
        return NULL;
    rows = kab_db_query(db, SELECT_LINES,
                        KAB_BIND(kab_text(user->partner_id.text), kab_text(user->id.text)), error);
    if (rows == NULL)
        return NULL;
    while (kab_rows_next(rows, &local))
        read_line(rows, basket);
    if (local != NULL) {
        g_propagate_error(error, g_steal_pointer(&local));
        return NULL;
    }
    basket->partner_id = user->partner_id;
    return kab_order_recount(basket, error) ? g_steal_pointer(&basket) : NULL;
}

/* That there is a price for this much of it, and that it is sold so. */
static gboolean
check_quantity(const KabProduct *product, KabQuantity quantity, GError **error)
{
    g_autofree char *number = NULL;
    g_autofree char *from = NULL;

    if (!product->has_price) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_STATE,
                    _("“%s” has no price for you; ask your manager"), product->name);
        return FALSE;
    }
    if (kab_product_find_price(product, quantity) == NULL) {
        number = kab_quantity_format(product->price_from);
        from = g_strjoin(" ", number, product->unit, NULL);
        g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("“%s” is sold to you from %s"),
                    product->name, from);
        return FALSE;
    }
    return kab_product_check_step(product->name, product->unit, product->step, quantity, error);
}

static gboolean
check_product(KabDb *db, const KabUser *user, const char *product_id, KabQuantity quantity,
              GError **error)
{
    g_autoptr(KabProduct) product = kab_portal_catalogue_product(db, user, product_id, error);
    g_autofree char *currency = NULL;
    gint64 others;

    if (product == NULL || !check_quantity(product, quantity, error))
        return FALSE;
    if (!kab_db_get_text(db, SELECT_CURRENCY, KAB_BIND(kab_text(user->partner_id.text)), &currency,
                         error))
        return FALSE;
    if (g_strcmp0(currency, product->price.currency) != 0) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_STATE,
                    _("“%s” is priced in %s and cannot stand in an order in %s"), product->name,
                    product->price.currency, currency != NULL ? currency : "");
        return FALSE;
    }
    if (!kab_db_get_int(db, COUNT_LINES,
                        KAB_BIND(kab_text(user->id.text), kab_text(user->partner_id.text),
                                 kab_text(product_id)),
                        NULL, &others, error))
        return FALSE;
    if (others >= KAB_ORDER_MAX_LINES) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_RANGE, _("A basket has at most %d lines"),
                    KAB_ORDER_MAX_LINES);
        return FALSE;
    }
    return TRUE;
}

/* What a price is made of, such as the quantity, does not matter here: it is the one that the
 * basket shows. */
gboolean
kab_portal_basket_see(KabDb *db, const KabUser *user, GHashTable *product_ids, GError **error)
{
    g_autoptr(KabOrder) basket = kab_portal_basket_load(db, user, error);
    g_autoptr(GString) seen = g_string_new("[");

    if (basket == NULL)
        return FALSE;
    for (guint i = 0; i < basket->lines->len; i++) {
        const KabOrderLine *line = kab_order_get_line(basket, i);

        if (line->price.minor > 0 &&
            (product_ids == NULL || g_hash_table_contains(product_ids, line->product_id.text)))
            g_string_append_printf(seen, "%s[\"%s\",%" G_GINT64_FORMAT "]",
                                   seen->len > 1 ? "," : "", line->product_id.text,
                                   line->price.minor);
    }
    g_string_append_c(seen, ']');
    return kab_db_run(db, UPDATE_SEEN,
                      KAB_BIND(kab_text(seen->str), kab_text(basket->total.currency),
                               kab_text(user->id.text), kab_text(user->partner_id.text)),
                      error);
}

static gboolean
put_line(KabDb *db, const KabUser *user, const char *product_id, KabQuantity quantity,
         GError **error)
{
    g_autoptr(KabTransaction) transaction = kab_db_begin_part(db, error);
    g_autoptr(GHashTable) set = g_hash_table_new(g_str_hash, g_str_equal);

    g_hash_table_add(set, (gpointer)product_id);
    return transaction != NULL &&
           kab_db_run(db, UPSERT_LINE,
                      KAB_BIND(kab_text(user->id.text), kab_text(user->partner_id.text),
                               kab_text(product_id), kab_int(quantity.milli),
                               kab_int(kab_time_now() - UNDO_MS), kab_int(kab_time_now())),
                      error) &&
           kab_portal_basket_see(db, user, set, error) &&
           kab_transaction_commit(transaction, error);
}

static gboolean
take_out_line(KabDb *db, const KabUser *user, const char *product_id, GError **error)
{
    g_autoptr(KabTransaction) transaction = kab_db_begin_part(db, error);
    KabTime now = kab_time_now();

    return transaction != NULL &&
           kab_db_run(db, NOTE_GONE,
                      KAB_BIND(kab_int(now), kab_text(user->id.text),
                               kab_text(user->partner_id.text), kab_text(product_id)),
                      error) &&
           kab_db_run(db, DELETE_LINE,
                      KAB_BIND(kab_text(user->id.text), kab_text(user->partner_id.text),
                               kab_text(product_id)),
                      error) &&
           kab_db_run(db, FORGET_GONE,
                      KAB_BIND(kab_text(user->id.text), kab_text(user->partner_id.text),
                               kab_int(now - UNDO_MS)),
                      error) &&
           kab_transaction_commit(transaction, error);
}

gboolean
kab_portal_basket_set(KabDb *db, const KabUser *user, const char *product_id, KabQuantity quantity,
                      GError **error)
{
    if (quantity.milli == 0)
        return take_out_line(db, user, product_id, error);
    return kab_quantity_check_order(quantity, error) &&
           check_product(db, user, product_id, quantity, error) &&
           put_line(db, user, product_id, quantity, error);
}

KabOrder *
kab_portal_basket_accept(KabDb *db, const KabUser *user, GError **error)
{
    g_autoptr(KabTransaction) transaction = kab_db_begin_part(db, error);
    g_autoptr(KabOrder) basket = NULL;

    if (transaction == NULL || !kab_portal_basket_see(db, user, NULL, error))
        return NULL;
    basket = kab_portal_basket_load(db, user, error);
    if (basket == NULL || !kab_transaction_commit(transaction, error))
        return NULL;
    return g_steal_pointer(&basket);
}

gboolean
kab_portal_basket_check(const KabOrder *basket, GError **error)
{
    if (basket->lines->len == 0) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_STATE, _("The order has no lines"));
        return FALSE;
    }
    for (guint i = 0; i < basket->lines->len; i++) {
        const KabOrderLine *line = kab_order_get_line(basket, i);

        if (line->price.minor > 0) {
            if (!kab_product_check_step(line->name, line->unit, line->step, line->quantity, error))
                return FALSE;
            continue;
        }
        g_set_error(error, KAB_ERROR, KAB_ERROR_STATE,
                    _("Line %u, “%s”, is no longer sold or has no price for you: take it out"),
                    i + 1, line->name);
        return FALSE;
    }
    return TRUE;
}

static void
refresh_line(KabOrderLine *line, KabRows *rows)
{
    const char *name = kab_rows_get_text(rows, 1);
    char **const texts[] = {&line->article, &line->name, &line->unit, &line->vat};

    for (int i = 0; name != NULL && i < (int)G_N_ELEMENTS(texts); i++) {
        g_free(*texts[i]);
        *texts[i] = kab_rows_dup_text(rows, i);
    }
    if (line->name == NULL)
        line->name = g_strdup(_("No longer sold"));
    line->price.minor = g_strcmp0(kab_rows_get_text(rows, 5), line->price.currency) == 0
                            ? kab_rows_get_int(rows, 4)
                            : 0;
    line->ordered = line->quantity;
    line->ordered_price = line->price;
    line->step.milli = kab_rows_get_int(rows, 6);
}

gboolean
kab_portal_basket_reprice(KabDb *db, const KabUser *user, KabOrder *order, GError **error)
{
    g_autofree char *pairs = kab_order_store_list_quantities(order);
    g_autoptr(KabRows) rows = kab_db_query(
        db, SELECT_PRODUCTS, KAB_BIND(kab_text(pairs), kab_text(user->partner_id.text)), error);
    g_autoptr(GError) local = NULL;

    if (rows == NULL || !take_price_type(db, user, order, error))
        return FALSE;
    for (guint i = 0; kab_rows_next(rows, &local); i++) {
        KabOrderLine *line = kab_order_get_line(order, i);

        line->price = kab_money_new(0, order->total.currency);
        line->paid =
            line->price; /* of a draft nothing is paid, in whatever currency it was saved */
        refresh_line(line, rows);
    }
    return kab_error_pass(error, &local) && kab_order_recount(order, error);
}

gboolean
kab_portal_basket_clear(KabDb *db, const KabUser *user, GError **error)
{
    return kab_db_run(db, DELETE_LINES,
                      KAB_BIND(kab_text(user->id.text), kab_text(user->partner_id.text)), error) &&
           kab_db_run(db, FORGET_GONE,
                      KAB_BIND(kab_text(user->id.text), kab_text(user->partner_id.text),
                               kab_int(G_MAXINT64)),
                      error);
}
