/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-base-partners.h"
#include "kab-base-publish.h"
#include "kab-wire-goods.h"

#define SELECT_GROUP "SELECT parent_id, name FROM product_group WHERE id = $1 AND deleted = 0"
#define SELECT_PRICE_TYPE                                                               \
    "SELECT name, coalesce(currency, 'RUB'), coalesce(vat_included, 1) FROM price_type" \
    " WHERE id = $1 AND deleted = 0"
#define SELECT_WAREHOUSE "SELECT name FROM warehouse WHERE id = $1 AND deleted = 0"
#define SELECT_PRODUCT \
    "SELECT group_id, article, name, unit, vat, description FROM sellable WHERE id = $1"
#define SELECT_PRICES                                                \
    "SELECT r.price_type_id, r.minor, r.currency FROM price r"       \
    " JOIN price_type t ON t.id = r.price_type_id AND t.deleted = 0" \
    " WHERE r.offer_id = $1 ORDER BY r.price_type_id"
#define SELECT_STOCKS \
    "SELECT warehouse_id, quantity FROM stock WHERE offer_id = $1 ORDER BY warehouse_id"

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

static JsonNode *
encode_product(KabRows *rows, GError **error G_GNUC_UNUSED)
{
    const KabProduct product = {
        .group_id = kab_group_id_of(kab_rows_get_text(rows, 0)),
        .article = (char *)kab_rows_get_text(rows, 1),
        .name = (char *)kab_rows_get_text(rows, 2),
        .unit = (char *)kab_rows_get_text(rows, 3),
        .vat = (char *)kab_rows_get_text(rows, 4),
        .description = (char *)kab_rows_get_text(rows, 5),
    };

    return kab_wire_product_to_json(&product);
}

gboolean
kab_base_build_product(gpointer service G_GNUC_UNUSED, KabDb *db, const char *id, JsonObject **body,
                       GError **error)
{
    return build_row(db, SELECT_PRODUCT, id, encode_product, body, error);
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
        g_array_append_val(stocks, stock);
    }
    if (local != NULL) {
        g_propagate_error(error, g_steal_pointer(&local));
        return FALSE;
    }
    *body = unwrap(kab_wire_stocks_to_json((const KabStock *)(gpointer)stocks->data, stocks->len));
    return TRUE;
}
