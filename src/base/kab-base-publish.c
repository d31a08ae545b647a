/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-base-partners.h"
#include "kab-base-publish.h"
#include "kab-picture.h"
#include "kab-wire-goods.h"

#define SELECT_GROUP "SELECT parent_id, name FROM product_group WHERE id = $1 AND deleted = 0"
#define SELECT_PRICE_TYPE                                                               \
    "SELECT name, coalesce(currency, 'RUB'), coalesce(vat_included, 1) FROM price_type" \
    " WHERE id = $1 AND deleted = 0"
#define SELECT_WAREHOUSE "SELECT name FROM warehouse WHERE id = $1 AND deleted = 0"
/* What a source calls the multiples that a product is sold in, where it has no other place for
 * them. */
#define STEP_PROPERTY "кратность"
#define SELECT_PRODUCT                                                                       \
    "SELECT s.group_id, s.article, s.name, s.unit, s.vat, s.description, s.manufacturer,"    \
    " s.barcode, p.step, s.product_id FROM sellable s JOIN product p ON p.id = s.product_id" \
    " WHERE s.id = $1"
/* Values of one property that is told several times stand together; what tells the characteristic
 * comes first. */
#define SELECT_PROPERTIES                                                                   \
    "SELECT name, group_concat(value, ', ') FROM"                                           \
    " (SELECT coalesce(o.name, t.name) name, o.value value, 0 part, o.position position"    \
    " FROM offer_property o LEFT JOIN property t ON t.id = o.property_id AND t.deleted = 0" \
    " WHERE o.offer_id = $1 UNION ALL"                                                      \
    " SELECT t.name, q.value, 1, q.position FROM product_property q"                        \
    " JOIN property t ON t.id = q.property_id AND t.deleted = 0 WHERE q.product_id = $2"    \
    " ORDER BY part, position) WHERE name IS NOT NULL AND value <> ''"                      \
    " GROUP BY name ORDER BY min(part), min(position) LIMIT $3"
#define SELECT_PICTURES                                                         \
    "SELECT hash FROM product_image WHERE product_id = $1 AND hash IS NOT NULL" \
    " ORDER BY position LIMIT $2"
#define SELECT_PICTURE "SELECT file FROM picture WHERE id = $1"
#define SELECT_PRICES                                                          \
    "SELECT r.price_type_id, r.minor, r.currency, r.min_quantity FROM price r" \
    " JOIN price_type t ON t.id = r.price_type_id AND t.deleted = 0"           \
    " WHERE r.offer_id = $1 AND r.currency <> '' ORDER BY r.price_type_id, r.min_quantity"
#define SELECT_STOCKS                                                     \
    "SELECT warehouse_id, quantity, as_of FROM stock WHERE offer_id = $1" \
    " ORDER BY warehouse_id"

/* Takes the node. */
static JsonObject *
unwrap(JsonNode *node)
{
    JsonObject *object = json_node_dup_object(node);

    json_node_unref(node);
    return object;
}

/* Makes a body of the row at hand; NULL with the error set if it cannot be. */
typedef JsonNode *(*Encode)(KabRows *rows, GError **error);

/* The body of the object's row; no body if there is none. */
static gboolean
build_row(KabDb *db, const char *sql, const char *id, Encode encode, JsonObject **body,
          GError **error)
{
    g_autoptr(KabRows) rows = kab_db_query(db, sql, KAB_BIND(kab_text(id)), error);
    g_autoptr(GError) local = NULL;
    JsonNode *node = NULL;

    *body = NULL;
    if (rows == NULL)
        return FALSE;
    if (kab_rows_next(rows, &local))
        node = encode(rows, &local);
    if (node != NULL)
        *body = unwrap(node);
    return kab_error_pass(error, &local);
}

static JsonNode *
encode_group(KabRows *rows, GError **error G_GNUC_UNUSED)
{
    const KabGroup group = {.parent_id = kab_group_id_of(kab_rows_get_text(rows, 0)),
                            .name = (char *)kab_rows_get_text(rows, 1)};

    return kab_wire_group_to_json(&group);
}

gboolean
kab_base_build_group(gpointer service G_GNUC_UNUSED, KabDb *db, const char *id, JsonObject **body,
                     GError **error)
{
    return build_row(db, SELECT_GROUP, id, encode_group, body, error);
}

static JsonNode *
encode_price_type(KabRows *rows, GError **error G_GNUC_UNUSED)
{
    KabPriceType price_type = {.name = (char *)kab_rows_get_text(rows, 0),
                               .vat_included = kab_rows_get_int(rows, 2) != 0};

    g_strlcpy(price_type.currency, kab_rows_get_text(rows, 1), KAB_CURRENCY_SIZE);
    return kab_wire_price_type_to_json(&price_type);
}

gboolean
kab_base_build_price_type(gpointer service G_GNUC_UNUSED, KabDb *db, const char *id,
                          JsonObject **body, GError **error)
{
    return build_row(db, SELECT_PRICE_TYPE, id, encode_price_type, body, error);
}

static JsonNode *
encode_warehouse(KabRows *rows, GError **error G_GNUC_UNUSED)
{
    const KabWarehouse warehouse = {.name = (char *)kab_rows_get_text(rows, 0)};

    return kab_wire_warehouse_to_json(&warehouse);
}

gboolean
kab_base_build_warehouse(gpointer service G_GNUC_UNUSED, KabDb *db, const char *id,
                         JsonObject **body, GError **error)
{
    return build_row(db, SELECT_WAREHOUSE, id, encode_warehouse, body, error);
}

gboolean
kab_base_build_partner(gpointer service G_GNUC_UNUSED, KabDb *db, const char *id, JsonObject **body,
                       GError **error)
{
    g_autoptr(GError) local = NULL;
    g_autoptr(KabPartner) partner = kab_base_partners_find(db, id, &local);

    *body = NULL;
    if (partner == NULL)
        return kab_error_pass(error, &local);
    if (!kab_base_partners_load_warehouses(db, partner, error))
        return FALSE;
    *body = unwrap(kab_wire_partner_to_json(partner));
    return TRUE;
}

/* The start of a text that is too long. */
static char *
clip(const char *text, glong max)
{
    g_autofree char *start = NULL;

    if (text == NULL || g_utf8_strlen(text, -1) <= max)
        return g_strdup(text);
    start = g_utf8_substring(text, 0, max - 1);
    return g_strconcat(start, "…", NULL);
}

static void
add_property(KabProduct *product, const char *full_name, const char *full_value)
{
    g_autofree char *name = clip(full_name, KAB_PRODUCT_MAX_PROPERTY);
    g_autofree char *value = clip(full_value, KAB_PRODUCT_MAX_PROPERTY);
    g_autofree char *key = g_utf8_casefold(name, -1);
    KabQuantity step;

    if (product->step.milli == 0 && g_str_equal(key, STEP_PROPERTY) &&
        kab_quantity_parse(value, &step, NULL) && step.milli > 0 && step.milli <= KAB_QUANTITY_MAX)
        product->step = step;
    kab_product_add_property(product, name, value);
}

static gboolean
add_parts(KabDb *db, const char *id, const char *product_id, KabProduct *product, GError **error)
{
    g_autoptr(KabRows) properties = kab_db_query(
        db, SELECT_PROPERTIES,
        KAB_BIND(kab_text(id), kab_text(product_id), kab_int(KAB_PRODUCT_MAX_PROPERTIES)), error);
    g_autoptr(KabRows) pictures = NULL;
    g_autoptr(GError) local = NULL;

    if (properties == NULL)
        return FALSE;
    while (kab_rows_next(properties, &local))
        add_property(product, kab_rows_get_text(properties, 0), kab_rows_get_text(properties, 1));
    if (!kab_error_pass(error, &local))
        return FALSE;
    pictures =
        kab_db_query(db, SELECT_PICTURES,
                     KAB_BIND(kab_text(product_id), kab_int(KAB_PICTURE_MAX_PER_PRODUCT)), error);
    if (pictures == NULL)
        return FALSE;
    while (kab_rows_next(pictures, &local))
        kab_product_add_picture(product, kab_rows_get_text(pictures, 0));
    return kab_error_pass(error, &local);
}

static KabProduct *
read_product(KabRows *rows)
{
    KabProduct *product = g_new0(KabProduct, 1);

    product->group_id = kab_group_id_of(kab_rows_get_text(rows, 0));
    product->article = kab_rows_dup_text(rows, 1);
    product->name = kab_rows_dup_text(rows, 2);
    product->unit = kab_rows_dup_text(rows, 3);
    product->vat = kab_rows_dup_text(rows, 4);
    product->description = kab_rows_dup_text(rows, 5);
    product->manufacturer = clip(kab_rows_get_text(rows, 6), KAB_PRODUCT_MAX_PROPERTY);
    product->barcode = clip(kab_rows_get_text(rows, 7), KAB_PRODUCT_MAX_PROPERTY);
    product->step.milli = kab_rows_get_int(rows, 8);
    return product;
}

gboolean
kab_base_build_product(gpointer service G_GNUC_UNUSED, KabDb *db, const char *id, JsonObject **body,
                       GError **error)
{
    g_autoptr(KabRows) rows = kab_db_query(db, SELECT_PRODUCT, KAB_BIND(kab_text(id)), error);
    g_autoptr(KabProduct) product = NULL;
    g_autoptr(GError) local = NULL;

    *body = NULL;
    if (rows == NULL)
        return FALSE;
    if (!kab_rows_next(rows, &local))
        return kab_error_pass(error, &local);
    product = read_product(rows);
    if (!add_parts(db, id, kab_rows_get_text(rows, 9), product, error))
        return FALSE;
    *body = unwrap(kab_wire_product_to_json(product));
    return TRUE;
}

gboolean
kab_base_build_picture(gpointer service G_GNUC_UNUSED, KabDb *db, const char *id, JsonObject **body,
                       GError **error)
{
    g_autoptr(KabRows) rows = kab_db_query(db, SELECT_PICTURE, KAB_BIND(kab_text(id)), error);
    g_autoptr(GBytes) file = NULL;
    g_autoptr(GError) local = NULL;

    *body = NULL;
    if (rows == NULL)
        return FALSE;
    if (!kab_rows_next(rows, &local))
        return kab_error_pass(error, &local);
    file = kab_rows_dup_blob(rows, 0);
    *body = unwrap(kab_wire_picture_to_json(file));
    return TRUE;
}

gboolean
kab_base_build_prices(gpointer service G_GNUC_UNUSED, KabDb *db, const char *id, JsonObject **body,
                      GError **error)
{
    g_autoptr(GArray) prices = g_array_new(FALSE, TRUE, sizeof(KabPrice));
    g_autoptr(KabRows) rows = kab_db_query(db, SELECT_PRICES, KAB_BIND(kab_text(id)), error);
    g_autoptr(GError) local = NULL;

    *body = NULL;
    if (rows == NULL)
        return FALSE;
    while (kab_rows_next(rows, &local)) {
        KabPrice price = {.price_type_id = kab_price_type_id_of(kab_rows_get_text(rows, 0))};

        price.price = kab_money_new(kab_rows_get_int(rows, 1), kab_rows_get_text(rows, 2));
        price.from.milli = kab_rows_get_int(rows, 3);
        g_array_append_val(prices, price);
    }
    if (local != NULL) {
        g_propagate_error(error, g_steal_pointer(&local));
        return FALSE;
    }
    *body = unwrap(kab_wire_prices_to_json((const KabPrice *)(gpointer)prices->data, prices->len));
    return TRUE;
}

gboolean
kab_base_build_stocks(gpointer service G_GNUC_UNUSED, KabDb *db, const char *id, JsonObject **body,
                      GError **error)
{
    g_autoptr(GArray) stocks = g_array_new(FALSE, TRUE, sizeof(KabStock));
    g_autoptr(KabRows) rows = kab_db_query(db, SELECT_STOCKS, KAB_BIND(kab_text(id)), error);
    g_autoptr(GError) local = NULL;

    *body = NULL;
    if (rows == NULL)
        return FALSE;
    while (kab_rows_next(rows, &local)) {
        KabStock stock = {.warehouse_id = kab_warehouse_id_of(kab_rows_get_text(rows, 0))};

        stock.quantity.milli = kab_rows_get_int(rows, 1);
        stock.as_of = kab_rows_get_int(rows, 2);
        g_array_append_val(stocks, stock);
    }
    if (local != NULL) {
        g_propagate_error(error, g_steal_pointer(&local));
        return FALSE;
    }
    *body = unwrap(kab_wire_stocks_to_json((const KabStock *)(gpointer)stocks->data, stocks->len));
    return TRUE;
}
