/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-portal-basket-many.h"
#include "kab-portal-basket.h"
#include "kab-portal-orders.h"
#include "kab-wire-basket.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* For a list of products in JSON, what the partner can have of each, in the order of the list. */
#define SELECT_WISHES                                                                        \
    "SELECT p.name, EXISTS (SELECT 1 FROM price r WHERE r.product_id = p.id AND r.minor > 0" \
    " AND r.price_type_id = t.id AND r.currency = t.currency), b.quantity, p.step"           \
    " FROM json_each($1) j LEFT JOIN product p ON p.id = j.value"                            \
    " LEFT JOIN price_type t ON t.id = (SELECT price_type_id FROM partner WHERE id = $2)"    \
    " LEFT JOIN basket_line b ON b.user_id = $3 AND b.partner_id = $2"                       \
    " AND b.product_id = j.value ORDER BY j.key"
#define COUNT_LINES "SELECT count(*) FROM basket_line WHERE user_id = $1 AND partner_id = $2"
#define UPSERT_LINES                                                                           \
    "INSERT INTO basket_line (user_id, partner_id, product_id, quantity, added_at)"            \
    " SELECT $1, $2, json_extract(j.value, '$[0]'), json_extract(j.value, '$[1]'), $3 + j.key" \
    " FROM json_each($4) j WHERE true"                                                         \
    " ON CONFLICT (user_id, partner_id, product_id) DO UPDATE SET quantity = excluded.quantity"
#define SELECT_KEY "SELECT order_id, answer FROM idempotency WHERE user_id = $1 AND key = $2"
#define INSERT_KEY                                                         \
    "INSERT INTO idempotency (user_id, key, order_id, created_at, answer)" \
    " VALUES ($1, $2, $3, $4, $5)"

/* What is wanted, each product once. */
typedef struct {
    GArray *wishes; /* (element-type KabBasketWish) */
    gboolean *over; /* whether the sum of a product's wishes is more than can be ordered */
} Wanted;

static void
wanted_clear(Wanted *wanted)
{
    g_clear_pointer(&wanted->wishes, g_array_unref);
    g_clear_pointer(&wanted->over, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Wanted, wanted_clear)

static KabBasketWish *
get_wish(GArray *wishes, guint i)
{
    return &g_array_index(wishes, KabBasketWish, i);
}

/* Adds, unless it is more than can be ordered. */
static gboolean
add_quantity(KabQuantity *to, KabQuantity more)
{
    KabQuantity sum = {0};

    if (!kab_quantity_check_order(more, NULL))
        return FALSE;
    sum.milli = to->milli + more.milli;
    if (!kab_quantity_check_order(sum, NULL))
        return FALSE;
    *to = sum;
    return TRUE;
}

static void
merge_wishes(Wanted *wanted, GArray *wishes)
{
    g_autoptr(GHashTable) places = g_hash_table_new(g_str_hash, g_str_equal);

    wanted->wishes = kab_basket_wishes_new();
    wanted->over = g_new0(gboolean, wishes->len + 1);
    for (guint i = 0; i < wishes->len; i++) {
        const KabBasketWish *wish = get_wish(wishes, i);
        gpointer place;

        if (g_hash_table_lookup_extended(places, wish->product_id.text, NULL, &place)) {
            guint n = GPOINTER_TO_UINT(place);

            wanted->over[n] |=
                !add_quantity(&get_wish(wanted->wishes, n)->quantity, wish->quantity);
            continue;
        }
        /* The key is the caller's, which outlives this table. */
        g_hash_table_insert(places, (gpointer)wish->product_id.text,
                            GUINT_TO_POINTER(wanted->wishes->len));
        kab_basket_wishes_add(wanted->wishes, wish->product_id, wish->quantity, wish->name);
    }
}

static char *
list_products(GArray *wishes)
{
    GString *ids = g_string_new("[");

    for (guint i = 0; i < wishes->len; i++)
        g_string_append_printf(ids, "%s\"%s\"", i > 0 ? "," : "",
                               get_wish(wishes, i)->product_id.text);
    g_string_append_c(ids, ']');
    return g_string_free(ids, FALSE);
}

/* Why the wish on which @rows stands cannot be had; otherwise what shall stand in the basket. */
static gboolean
judge(KabRows *rows, const KabBasketWish *wish, gboolean over, gint64 *n_lines,
      KabQuantity *quantity, KabSkipReason *reason)
{
    gboolean there = !kab_rows_is_null(rows, 2);

    *reason = KAB_SKIP_LIMIT;
    quantity->milli = kab_rows_get_int(rows, 2);
    if (kab_rows_is_null(rows, 0))
        *reason = KAB_SKIP_NOT_SOLD;
    else if (kab_rows_get_int(rows, 1) == 0)
        *reason = KAB_SKIP_NO_PRICE;
    else if (!over && (there || *n_lines < KAB_ORDER_MAX_LINES) &&
             add_quantity(quantity, wish->quantity)) {
        /* What was a whole number of packages once need not be one now. */
        *quantity =
            kab_quantity_round_step(*quantity, (KabQuantity){kab_rows_get_int(rows, 3)}, TRUE);
        *n_lines += !there;
        return TRUE;
    }
    return FALSE;
}

/* Goes through the wishes: what is to be stored, in JSON, and what cannot be had. */
static char *
choose(KabDb *db, const KabUser *user, const Wanted *wanted, gint64 n_lines, GPtrArray *skipped,
       GHashTable *anew, GError **error)
{
    g_autofree char *ids = list_products(wanted->wishes);
    g_autoptr(KabRows) rows = kab_db_query(
        db, SELECT_WISHES,
        KAB_BIND(kab_text(ids), kab_text(user->partner_id.text), kab_text(user->id.text)), error);
    g_autoptr(GString) lines = g_string_new("[");
    g_autoptr(GError) local = NULL;

    if (rows == NULL)
        return NULL;
    for (guint i = 0; i < wanted->wishes->len && kab_rows_next(rows, &local); i++) {
        const KabBasketWish *wish = get_wish(wanted->wishes, i);
        const char *name = kab_rows_get_text(rows, 0);
        KabQuantity quantity;
        KabSkipReason reason;

        if (!judge(rows, wish, wanted->over[i], &n_lines, &quantity, &reason)) {
            g_ptr_array_add(skipped, kab_skipped_new(wish->product_id,
                                                     name != NULL ? name : wish->name, reason));
            continue;
        }
        if (kab_rows_is_null(rows, 2)) /* of the others, a price that changed is still to be seen */
            g_hash_table_add(anew, g_strdup(wish->product_id.text));
        g_string_append_printf(lines, "%s[\"%s\",%" G_GINT64_FORMAT "]", lines->len > 1 ? "," : "",
                               wish->product_id.text, quantity.milli);
    }
    if (!kab_error_pass(error, &local))
        return NULL;
    g_string_append_c(lines, ']');
    return g_string_free(g_steal_pointer(&lines), FALSE);
}

static gboolean
put_wanted(KabDb *db, const KabUser *user, const Wanted *wanted, GPtrArray *skipped, GError **error)
{
    g_autoptr(GHashTable) anew = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autofree char *lines = NULL;
    gint64 n_lines;

    if (!kab_db_get_int(db, COUNT_LINES,
                        KAB_BIND(kab_text(user->id.text), kab_text(user->partner_id.text)), NULL,
                        &n_lines, error))
        return FALSE;
    lines = choose(db, user, wanted, n_lines, skipped, anew, error);
    return lines != NULL &&
           kab_db_run(db, UPSERT_LINES,
                      KAB_BIND(kab_text(user->id.text), kab_text(user->partner_id.text),
                               kab_int(kab_time_now()), kab_text(lines)),
                      error) &&
           kab_portal_basket_see(db, user, anew, error);
}

KabBasketChange *
kab_portal_basket_put_many(KabDb *db, const KabUser *user, GArray *wishes, KabBasketMode mode,
                           GError **error)
{
    g_autoptr(KabTransaction) transaction = kab_db_begin_part(db, error);
    g_autoptr(KabBasketChange) change = g_new0(KabBasketChange, 1);
    g_auto(Wanted) wanted = {0};

    change->skipped = g_ptr_array_new_with_free_func((GDestroyNotify)kab_skipped_free);
    merge_wishes(&wanted, wishes);
    if (transaction == NULL ||
        (mode == KAB_BASKET_REPLACE && !kab_portal_basket_clear(db, user, error)) ||
        !put_wanted(db, user, &wanted, change->skipped, error))
        return NULL;
    change->basket = kab_portal_basket_load(db, user, error);
    if (change->basket == NULL || !kab_transaction_commit(transaction, error))
        return NULL;
    return g_steal_pointer(&change);
}

static gboolean
remember_answer(KabDb *db, const KabUser *user, const char *key, const char *id,
                const KabBasketChange *change, GError **error)
{
    JsonObject *object = json_object_new();
    g_autoptr(JsonNode) node = NULL;
    g_autofree char *answer = NULL;

    json_object_set_array_member(object, "skipped", kab_wire_skipped_to_json(change->skipped));
    node = kab_json_node_take(object);
    answer = kab_json_to_text(node);
    return kab_portal_orders_forget_keys(db, user, error) &&
           kab_db_run(db, INSERT_KEY,
                      KAB_BIND(kab_text(user->id.text), kab_text(key), kab_text(id),
                               kab_int(kab_time_now()), kab_text(answer)),
                      error);
}

/* The answer that the key was given before; it tells of the basket as it is now. */
static KabBasketChange *
answer_again(KabDb *db, const KabUser *user, const char *id, KabRows *rows, GError **error)
{
    g_autoptr(KabBasketChange) change = g_new0(KabBasketChange, 1);
    const char *text = kab_rows_get_text(rows, 1);
    g_autoptr(GBytes) bytes = NULL;
    g_autoptr(JsonNode) node = NULL;

    if (text == NULL || g_strcmp0(kab_rows_get_text(rows, 0), id) != 0) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_CONFLICT,
                            _("This Idempotency-Key was used for something else"));
        return NULL;
    }
    bytes = g_bytes_new(text, strlen(text));
    node = kab_json_parse(bytes, error);
    if (node == NULL)
        return NULL;
    change->skipped = kab_wire_skipped_from_json(
        json_object_get_array_member(json_node_get_object(node), "skipped"), error);
    change->basket = change->skipped != NULL ? kab_portal_basket_load(db, user, error) : NULL;
    return change->basket != NULL ? g_steal_pointer(&change) : NULL;
}

KabBasketChange *
kab_portal_basket_repeat(KabDb *db, const KabUser *user, const char *id, const char *key,
                         GError **error)
{
    g_autoptr(KabTransaction) transaction = kab_db_begin(db, error);
    g_autoptr(KabOrder) order = NULL;
    g_autoptr(KabRows) rows = NULL;
    g_autoptr(GError) local = NULL;
    g_autoptr(GArray) wishes = NULL;
    g_autoptr(KabBasketChange) change = NULL;

    if (transaction == NULL)
        return NULL;
    order = kab_portal_orders_load(db, user, id, error);
    if (order == NULL)
        return NULL;
    rows = kab_db_query(db, SELECT_KEY, KAB_BIND(kab_text(user->id.text), kab_text(key)), error);
    if (rows == NULL)
        return NULL;
    if (kab_rows_next(rows, &local))
        return answer_again(db, user, id, rows, error);
    if (!kab_error_pass(error, &local))
        return NULL;
    wishes = kab_basket_wishes_of(order);
    change = kab_portal_basket_put_many(db, user, wishes, KAB_BASKET_ADD, error);
    if (change == NULL || !remember_answer(db, user, key, id, change, error) ||
        !kab_transaction_commit(transaction, error))
        return NULL;
    return g_steal_pointer(&change);
}
