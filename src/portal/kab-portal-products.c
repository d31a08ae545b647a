/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-picture.h"
#include "kab-portal-products.h"
#include "kab-wire-goods.h"

#include <glib/gi18n-lib.h>

#define DELETE_PRODUCT "DELETE FROM product WHERE id = $1"
#define UPSERT_PRODUCT                                                                          \
    "INSERT INTO product (id, group_id, article, name, name_key, unit, vat, description,"       \
    " manufacturer, barcode, step) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"       \
    " ON CONFLICT (id) DO UPDATE SET group_id = excluded.group_id, article = excluded.article," \
    " name = excluded.name, name_key = excluded.name_key, unit = excluded.unit,"                \
    " vat = excluded.vat, description = excluded.description,"                                  \
    " manufacturer = excluded.manufacturer, barcode = excluded.barcode, step = excluded.step"
#define DELETE_PROPERTIES "DELETE FROM product_property WHERE product_id = $1"
#define INSERT_PROPERTY                                                \
    "INSERT INTO product_property (product_id, position, name, value)" \
    " VALUES ($1, $2, $3, $4)"
#define DELETE_PRODUCT_PICTURES "DELETE FROM product_picture WHERE product_id = $1"
#define INSERT_PRODUCT_PICTURE \
    "INSERT INTO product_picture (product_id, position, hash) VALUES ($1, $2, $3)"
#define DELETE_PRICES "DELETE FROM price WHERE product_id = $1"
#define INSERT_PRICE                                                               \
    "INSERT INTO price (product_id, price_type_id, min_quantity, minor, currency)" \
    " VALUES ($1, $2, $3, $4, $5)"                                                 \
    " ON CONFLICT (product_id, price_type_id, min_quantity) DO UPDATE SET"         \
    " minor = excluded.minor, currency = excluded.currency"
#define DELETE_STOCKS "DELETE FROM stock WHERE product_id = $1"
#define INSERT_STOCK                                                                        \
    "INSERT INTO stock (product_id, warehouse_id, quantity, as_of) VALUES ($1, $2, $3, $4)" \
    " ON CONFLICT (product_id, warehouse_id) DO UPDATE SET quantity = excluded.quantity,"   \
    " as_of = excluded.as_of"
#define DELETE_PICTURE "DELETE FROM picture WHERE id = $1"
#define UPSERT_PICTURE                                                                        \
    "INSERT INTO picture (id, hash, media_type, file) VALUES ($1, $2, $3, $4)"                \
    " ON CONFLICT (id) DO UPDATE SET hash = excluded.hash, media_type = excluded.media_type," \
    " file = excluded.file"

static gboolean
remove_object(KabDb *db, const char *sql, const KabMessage *message, GError **error)
{
    return kab_db_run(db, sql, KAB_BIND(kab_text(message->id)), error);
}

/* Properties and pictures are replaced with their product. */
static gboolean
clear_parts(KabDb *db, const KabMessage *message, GError **error)
{
    return remove_object(db, DELETE_PROPERTIES, message, error) &&
           remove_object(db, DELETE_PRODUCT_PICTURES, message, error);
}

static gboolean
put_parts(KabDb *db, const KabProduct *product, GError **error)
{
    for (guint i = 0; product->properties != NULL && i < product->properties->len; i++) {
        const KabProperty *property = g_ptr_array_index(product->properties, i);

        if (!kab_db_run(db, INSERT_PROPERTY,
                        KAB_BIND(kab_text(product->id.text), kab_int(i), kab_text(property->name),
                                 kab_text(property->value)),
                        error))
            return FALSE;
    }
    for (guint i = 0; product->pictures != NULL && i < product->pictures->len; i++)
        if (!kab_db_run(db, INSERT_PRODUCT_PICTURE,
                        KAB_BIND(kab_text(product->id.text), kab_int(i),
                                 kab_text(g_ptr_array_index(product->pictures, i))),
                        error))
            return FALSE;
    return TRUE;
}

static gboolean
check_product(const KabProduct *product, GError **error)
{
    if (!product->has_price && !product->has_stock && product->in_basket.milli == 0 &&
        product->prices == NULL && product->stocks == NULL)
        return TRUE;
    g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID,
                        _("Prices and stock are sent as objects of the kinds price and stock"));
    return FALSE;
}

gboolean
kab_portal_apply_product(gpointer service G_GNUC_UNUSED, KabDb *db, const KabMessage *message,
                         GError **error)
{
    g_autoptr(KabProduct) product = NULL;
    g_autofree char *name_key = NULL;

    if (message->body == NULL)
        return clear_parts(db, message, error) && remove_object(db, DELETE_PRODUCT, message, error);
    product = kab_wire_product_from_json(message->id, message->body, error);
    if (product == NULL || !check_product(product, error))
        return FALSE;
    name_key = g_utf8_casefold(product->name, -1);
    return clear_parts(db, message, error) &&
           kab_db_run(db, UPSERT_PRODUCT,
                      KAB_BIND(kab_text(product->id.text), kab_text_or_null(product->group_id.text),
                               kab_text_or_null(product->article), kab_text(product->name),
                               kab_text(name_key), kab_text_or_null(product->unit),
                               kab_text_or_null(product->vat),
                               kab_text_or_null(product->description),
                               kab_text_or_null(product->manufacturer),
                               kab_text_or_null(product->barcode), kab_int(product->step.milli)),
                      error) &&
           put_parts(db, product, error);
}

gboolean
kab_portal_apply_prices(gpointer service G_GNUC_UNUSED, KabDb *db, const KabMessage *message,
                        GError **error)
{
    g_autoptr(GArray) prices = NULL;

    if (!remove_object(db, DELETE_PRICES, message, error))
        return FALSE;
    if (message->body == NULL)
        return TRUE;
    prices = kab_wire_prices_from_json(message->body, error);
    if (prices == NULL)
        return FALSE;
    for (guint i = 0; i < prices->len; i++) {
        const KabPrice *price = &g_array_index(prices, KabPrice, i);

        if (!kab_db_run(db, INSERT_PRICE,
                        KAB_BIND(kab_text(message->id), kab_text(price->price_type_id.text),
                                 kab_int(price->from.milli), kab_int(price->price.minor),
                                 kab_text(price->price.currency)),
                        error))
            return FALSE;
    }
    return TRUE;
}

gboolean
kab_portal_apply_stocks(gpointer service G_GNUC_UNUSED, KabDb *db, const KabMessage *message,
                        GError **error)
{
    g_autoptr(GArray) stocks = NULL;

    if (!remove_object(db, DELETE_STOCKS, message, error))
        return FALSE;
    if (message->body == NULL)
        return TRUE;
    stocks = kab_wire_stocks_from_json(message->body, error);
    if (stocks == NULL)
        return FALSE;
    for (guint i = 0; i < stocks->len; i++) {
        const KabStock *stock = &g_array_index(stocks, KabStock, i);

        if (!kab_db_run(db, INSERT_STOCK,
                        KAB_BIND(kab_text(message->id), kab_text(stock->warehouse_id.text),
                                 kab_int(stock->quantity.milli), kab_int(stock->as_of)),
                        error))
            return FALSE;
    }
    return TRUE;
}

/* Products name it by its hash, so that they can before it comes. */
gboolean
kab_portal_apply_picture(gpointer service G_GNUC_UNUSED, KabDb *db, const KabMessage *message,
                         GError **error)
{
    g_autoptr(GBytes) file = NULL;
    g_autofree char *hash = NULL;

    if (message->body == NULL)
        return remove_object(db, DELETE_PICTURE, message, error);
    file = kab_wire_picture_from_json(message->body, error);
    if (file == NULL)
        return FALSE;
    hash = kab_picture_hash(file);
    return kab_db_run(db, UPSERT_PICTURE,
                      KAB_BIND(kab_text(message->id), kab_text(hash),
                               kab_text(kab_picture_find_type(file)), kab_blob(file)),
                      error);
}
