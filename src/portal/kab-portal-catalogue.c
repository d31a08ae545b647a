/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-portal-catalogue.h"
#include "kab-portal-price.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Between the two parts of a page's beginning; in no name. */
#define SEPARATOR '\n'
#define MAX_WORDS 10

#define SELECT_GROUPS                                                                  \
    "WITH RECURSIVE tree (id, parent_id, name, depth) AS ("                            \
    " SELECT id, parent_id, name, 0 FROM product_group"                                \
    " WHERE parent_id IS NULL OR parent_id NOT IN (SELECT id FROM product_group)"      \
    " UNION ALL SELECT g.id, g.parent_id, g.name, tree.depth + 1 FROM product_group g" \
    " JOIN tree ON g.parent_id = tree.id WHERE tree.depth < 30)"                       \
    " SELECT id, parent_id, name FROM tree ORDER BY depth, name"
/* Pictures that have not come yet are not there. */
#define HAS_FILE " EXISTS (SELECT 1 FROM picture f WHERE f.hash = i.hash)"
#define SEEN_STOCK \
    " FROM stock s WHERE s.product_id = p.id AND " KAB_PORTAL_SEES_WAREHOUSE("$1") ")"
/* $1 and $2: whose prices, stock and basket. The price is the one for the least quantity. */
#define SELECT_PRODUCT                                                                                  \
    "SELECT p.id, p.group_id, p.article, p.name, p.unit, p.vat, r.minor, r.currency,"                   \
    " (SELECT sum(s.quantity)" SEEN_STOCK ", b.quantity, p.description, p.name_key,"                    \
    " p.step, r.min_quantity, (SELECT min(s.as_of)" SEEN_STOCK ","                                      \
    " (SELECT i.hash FROM product_picture i WHERE i.product_id = p.id AND" HAS_FILE                     \
    " ORDER BY i.position LIMIT 1), p.manufacturer, p.barcode"                                          \
    " FROM product p" KAB_PORTAL_JOIN_PRICE(                                                            \
        "$1",                                                                                           \
        KAB_PORTAL_LEAST_QUANTITY) " LEFT JOIN basket_line b ON b.product_id = p.id AND b.user_id = $2" \
                                   " AND b.partner_id = $1"
#define ONE SELECT_PRODUCT " WHERE p.id = $3"
#define PAGE SELECT_PRODUCT " WHERE (p.name_key, p.id) > ($3, $4)"
#define ORDER " ORDER BY p.name_key, p.id LIMIT "
#define IN_GROUP                                                                      \
    " AND p.group_id IN (WITH RECURSIVE inside (id) AS (VALUES ($5)"                  \
    " UNION SELECT g.id FROM product_group g JOIN inside ON g.parent_id = inside.id)" \
    " SELECT id FROM inside)"
#define HAS_TEXT " AND p.num IN (SELECT rowid FROM product_text WHERE product_text MATCH "

#define SELECT_PRICES                                                                 \
    "SELECT r.min_quantity, r.minor, r.currency FROM price r WHERE r.product_id = $1" \
    " AND r.price_type_id = (SELECT price_type_id FROM partner WHERE id = $2)"        \
    " ORDER BY r.min_quantity"
#define SELECT_STOCKS                                          \
    "SELECT w.name, s.quantity, s.as_of FROM stock s"          \
    " LEFT JOIN warehouse w ON w.id = s.warehouse_id"          \
    " WHERE s.product_id = $1 AND " KAB_PORTAL_SEES_WAREHOUSE( \
        "$2") " ORDER BY w.name, s.warehouse_id"
#define SELECT_PROPERTIES \
    "SELECT name, value FROM product_property WHERE product_id = $1 ORDER BY position"
#define SELECT_PICTURES                                                         \
    "SELECT i.hash FROM product_picture i WHERE i.product_id = $1 AND" HAS_FILE \
    " ORDER BY i.position"
#define SELECT_PICTURE                                                            \
    "SELECT f.media_type, f.file FROM picture f WHERE f.hash = (" SELECT_PICTURES \
    " LIMIT 1 OFFSET $2) LIMIT 1"

/* By whether a group and a text are given. */
static const char *const pages[2][2] = {
    {PAGE ORDER "$5", PAGE HAS_TEXT "$5)" ORDER "$6"},
    {PAGE IN_GROUP ORDER "$6", PAGE IN_GROUP HAS_TEXT "$6)" ORDER "$7"},
};

GPtrArray *
kab_portal_catalogue_groups(KabDb *db, GError **error)
{
    g_autoptr(GPtrArray) groups = g_ptr_array_new_with_free_func((GDestroyNotify)kab_group_free);
    g_autoptr(KabRows) rows = kab_db_query(db, SELECT_GROUPS, KAB_BIND_NONE, error);
    g_autoptr(GError) local = NULL;

    if (rows == NULL)
        return NULL;
    while (kab_rows_next(rows, &local)) {
        KabGroup *group = g_new0(KabGroup, 1);

        group->id = kab_group_id_of(kab_rows_get_text(rows, 0));
        group->parent_id = kab_group_id_of(kab_rows_get_text(rows, 1));
        group->name = kab_rows_dup_text(rows, 2);
        g_ptr_array_add(groups, group);
    }
    if (local != NULL) {
        g_propagate_error(error, g_steal_pointer(&local));
        return NULL;
    }
    return g_steal_pointer(&groups);
}

static KabProduct *
read_product(KabRows *rows)
{
    KabProduct *product = g_new0(KabProduct, 1);

    product->id = kab_product_id_of(kab_rows_get_text(rows, 0));
    product->group_id = kab_group_id_of(kab_rows_get_text(rows, 1));
    product->article = kab_rows_dup_text(rows, 2);
    product->name = kab_rows_dup_text(rows, 3);
    product->unit = kab_rows_dup_text(rows, 4);
    product->vat = kab_rows_dup_text(rows, 5);
    product->has_price = !kab_rows_is_null(rows, 6);
    if (product->has_price)
        product->price = kab_money_new(kab_rows_get_int(rows, 6), kab_rows_get_text(rows, 7));
    product->has_stock = !kab_rows_is_null(rows, 8);
    product->stock.milli = kab_rows_get_int(rows, 8);
    product->in_basket.milli = kab_rows_get_int(rows, 9);
    product->step.milli = kab_rows_get_int(rows, 12);
    product->price_from.milli = kab_rows_get_int(rows, 13);
    product->stock_as_of = kab_rows_get_int(rows, 14);
    return product;
}

/* What people type as a full-text query: every word has to begin a word of the product; nothing of
 * it is taken for an operator. NULL if there is no word. */
static char *
make_match(const char *text)
{
    GString *match = g_string_new(NULL);
    guint words = 0;
    gboolean inside = FALSE;

    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        gboolean letter = g_unichar_isalnum(c);

        if (letter && !inside && words++ == MAX_WORDS)
            break;
        if (letter && !inside)
            g_string_append(match, match->len > 0 ? " \"" : "\"");
        if (!letter && inside)
            g_string_append(match, "\"*");
        if (letter)
            g_string_append_unichar(match, c);
        inside = letter;
    }
    if (inside)
        g_string_append(match, "\"*");
    return g_string_free(match, match->len == 0);
}

static gboolean
parse_after(const char *after, char **name_key, const char **id)
{
    const char *separator = after != NULL ? strrchr(after, SEPARATOR) : NULL;

    *name_key = separator != NULL ? g_strndup(after, (gsize)(separator - after)) : g_strdup("");
    *id = separator != NULL ? separator + 1 : "";
    return after == NULL || separator != NULL;
}

/* Four values are always there, then the group and the text if they are, then the limit. */
static KabRows *
query_page(KabDb *db, const KabUser *user, const char *group_id, const char *match,
           const char *name_key, const char *id, guint limit, GError **error)
{
    KabValue values[7] = {
        kab_text(user->partner_id.text),
        kab_text(user->id.text),
        kab_text(name_key),
        kab_text(id),
    };
    gsize n = 4;

    if (group_id != NULL)
        values[n++] = kab_text(group_id);
    if (match != NULL)
        values[n++] = kab_text(match);
    values[n++] = kab_int(limit);
    return kab_db_query(db, pages[group_id != NULL][match != NULL], values, n, error);
}

GPtrArray *
kab_portal_catalogue_products(KabDb *db, const KabUser *user, const char *group_id,
                              const char *text, const char *after, guint limit, char **next,
                              GError **error)
{
    g_autoptr(GPtrArray) products =
        g_ptr_array_new_with_free_func((GDestroyNotify)kab_product_free);
    g_autofree char *match = text != NULL ? make_match(text) : NULL;
    g_autofree char *name_key = NULL;
    g_autofree char *last = NULL;
    g_autoptr(KabRows) rows = NULL;
    g_autoptr(GError) local = NULL;
    const char *id;

    *next = NULL;
    if (!parse_after(after, &name_key, &id)) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID,
                            _("“after” must be what “next” was on the page before"));
        return NULL;
    }
    rows = query_page(db, user, group_id, match, name_key, id, limit, error);
    if (rows == NULL)
        return NULL;
    while (kab_rows_next(rows, &local)) {
        KabProduct *product = read_product(rows);

        if (!kab_rows_is_null(rows, 15))
            kab_product_add_picture(product, kab_rows_get_text(rows, 15));
        g_ptr_array_add(products, product);
        g_free(last);
        last = g_strdup_printf("%s%c%s", kab_rows_get_text(rows, 11), SEPARATOR,
                               kab_rows_get_text(rows, 0));
    }
    if (local != NULL) {
        g_propagate_error(error, g_steal_pointer(&local));
        return NULL;
    }
    if (products->len == limit)
        *next = g_steal_pointer(&last);
    return g_steal_pointer(&products);
}

static KabProduct *
find_product(KabDb *db, const KabUser *user, const char *id, GError **error)
{
    g_autoptr(KabRows) rows = kab_db_query(
        db, ONE, KAB_BIND(kab_text(user->partner_id.text), kab_text(user->id.text), kab_text(id)),
        error);
    g_autoptr(GError) local = NULL;
    KabProduct *product;

    if (rows == NULL)
        return NULL;
    if (!kab_rows_next(rows, &local)) {
        if (local == NULL)
            local = g_error_new(KAB_ERROR, KAB_ERROR_NOT_FOUND, _("There is no product %.40s"), id);
        g_propagate_error(error, g_steal_pointer(&local));
        return NULL;
    }
    product = read_product(rows);
    product->description = kab_rows_dup_text(rows, 10);
    product->manufacturer = kab_rows_dup_text(rows, 16);
    product->barcode = kab_rows_dup_text(rows, 17);
    return product;
}

static void
read_price(KabRows *rows, KabProduct *product)
{
    KabPrice price = {.from = {kab_rows_get_int(rows, 0)}};

    price.price = kab_money_new(kab_rows_get_int(rows, 1), kab_rows_get_text(rows, 2));
    g_array_append_val(product->prices, price);
}

static void
read_stock(KabRows *rows, KabProduct *product)
{
    kab_product_add_stock(product, kab_rows_get_text(rows, 0),
                          (KabQuantity){kab_rows_get_int(rows, 1)}, kab_rows_get_int(rows, 2));
}

static void
read_property(KabRows *rows, KabProduct *product)
{
    kab_product_add_property(product, kab_rows_get_text(rows, 0), kab_rows_get_text(rows, 1));
}

static void
read_picture(KabRows *rows, KabProduct *product)
{
    kab_product_add_picture(product, kab_rows_get_text(rows, 0));
}

static gboolean
read_parts(KabDb *db, const KabUser *user, const char *sql, gboolean of_partner,
           void (*read)(KabRows *rows, KabProduct *product), KabProduct *product, GError **error)
{
    const KabValue values[] = {kab_text(product->id.text), kab_text(user->partner_id.text)};
    g_autoptr(KabRows) rows = kab_db_query(db, sql, values, of_partner ? 2 : 1, error);
    g_autoptr(GError) local = NULL;

    if (rows == NULL)
        return FALSE;
    while (kab_rows_next(rows, &local))
        read(rows, product);
    return kab_error_pass(error, &local);
}

KabProduct *
kab_portal_catalogue_product(KabDb *db, const KabUser *user, const char *id, GError **error)
{
    g_autoptr(KabProduct) product = find_product(db, user, id, error);

    if (product == NULL)
        return NULL;
    product->prices = g_array_new(FALSE, TRUE, sizeof(KabPrice));
    return read_parts(db, user, SELECT_PRICES, TRUE, read_price, product, error)
               ? g_steal_pointer(&product)
               : NULL;
}

KabProduct *
kab_portal_catalogue_card(KabDb *db, const KabUser *user, const char *id, GError **error)
{
    g_autoptr(KabTransaction) snapshot = kab_db_begin_read(db, error);
    g_autoptr(KabProduct) product =
        snapshot != NULL ? kab_portal_catalogue_product(db, user, id, error) : NULL;

    if (product == NULL || !read_parts(db, user, SELECT_STOCKS, TRUE, read_stock, product, error) ||
        !read_parts(db, user, SELECT_PROPERTIES, FALSE, read_property, product, error) ||
        !read_parts(db, user, SELECT_PICTURES, FALSE, read_picture, product, error) ||
        !kab_transaction_commit(snapshot, error))
        return NULL;
    return g_steal_pointer(&product);
}

GBytes *
kab_portal_catalogue_picture(KabDb *db, const char *id, guint n, char **media_type, GError **error)
{
    g_autoptr(KabRows) rows =
        kab_db_query(db, SELECT_PICTURE, KAB_BIND(kab_text(id), kab_int((gint64)n - 1)), error);
    g_autoptr(GError) local = NULL;

    if (rows == NULL)
        return NULL;
    if (!kab_rows_next(rows, &local)) {
        if (local == NULL)
            local = g_error_new(KAB_ERROR, KAB_ERROR_NOT_FOUND,
                                _("The product has no picture number %u"), n);
        g_propagate_error(error, g_steal_pointer(&local));
        return NULL;
    }
    *media_type = kab_rows_dup_text(rows, 0);
    return kab_rows_dup_blob(rows, 1);
}
