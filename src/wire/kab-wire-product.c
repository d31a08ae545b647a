/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-picture.h"
#include "kab-wire-goods.h"

#include <glib/gi18n-lib.h>

#define MAX_NAME 1000
#define MAX_TEXT 100000
#define MAX_LIST 1000
#define MAX_WAREHOUSES 10000
/* Base64 makes four characters of three bytes. */
#define MAX_ENCODED (KAB_PICTURE_MAX_BYTES / 3 * 4 + 4)

KabQuantity
kab_wire_get_bound(KabFields *fields, const char *name)
{
    KabQuantity bound = kab_fields_get_quantity(fields, name);

    if (bound.milli >= 0 && bound.milli <= KAB_QUANTITY_MAX)
        return bound;
    kab_fields_fail(fields, g_error_new(KAB_ERROR, KAB_ERROR_INVALID,
                                        _("“%s” must be a quantity that can be ordered"), name));
    return (KabQuantity){0};
}

static JsonArray *
properties_to_json(const GPtrArray *properties)
{
    JsonArray *array = json_array_new();

    for (guint i = 0; i < properties->len; i++) {
        const KabProperty *property = g_ptr_array_index(properties, i);
        JsonObject *entry = json_object_new();

        json_object_set_string_member(entry, "name", property->name);
        json_object_set_string_member(entry, "value", property->value);
        json_array_add_object_element(array, entry);
    }
    return array;
}

static void
read_properties(KabFields *fields, KabProduct *product)
{
    JsonArray *array = kab_fields_get_array(fields, "properties", KAB_PRODUCT_MAX_PROPERTIES);

    for (guint i = 0; array != NULL && i < json_array_get_length(array); i++) {
        KabFields entry = KAB_FIELDS_INIT(json_array_get_object_element(array, i));
        const char *name = kab_fields_need_text(&entry, "name", MAX_NAME);
        const char *value = kab_fields_need_text(&entry, "value", KAB_PRODUCT_MAX_PROPERTY);
        GError *error = NULL;

        if (kab_fields_finish(&entry, &error))
            kab_product_add_property(product, name, value);
        else
            kab_fields_fail(fields, error);
    }
}

static JsonArray *
pictures_to_json(const GPtrArray *pictures)
{
    JsonArray *array = json_array_new();

    for (guint i = 0; i < pictures->len; i++) {
        JsonObject *entry = json_object_new();

        json_object_set_string_member(entry, "hash", g_ptr_array_index(pictures, i));
        json_array_add_object_element(array, entry);
    }
    return array;
}

static void
read_pictures(KabFields *fields, KabProduct *product)
{
    JsonArray *array = kab_fields_get_array(fields, "pictures", KAB_PICTURE_MAX_PER_PRODUCT);

    for (guint i = 0; array != NULL && i < json_array_get_length(array); i++) {
        KabFields entry = KAB_FIELDS_INIT(json_array_get_object_element(array, i));
        const char *hash = kab_fields_need_text(&entry, "hash", KAB_PICTURE_HASH_SIZE - 1);
        GError *error = NULL;

        if (!kab_fields_finish(&entry, &error))
            kab_fields_fail(fields, error);
        else if (!kab_picture_is_hash(hash))
            kab_fields_fail(fields,
                            g_error_new_literal(KAB_ERROR, KAB_ERROR_INVALID,
                                                _("“hash” must be a SHA-256 in small letters")));
        else
            kab_product_add_picture(product, hash);
    }
}

static JsonArray *
tiers_to_json(const GArray *prices)
{
    JsonArray *array = json_array_new();

    for (guint i = 0; i < prices->len; i++) {
        const KabPrice *price = &g_array_index(prices, KabPrice, i);
        JsonObject *entry = json_object_new();

        if (price->from.milli > 0)
            kab_json_set_quantity(entry, "from", price->from);
        json_object_set_string_member(entry, "currency", price->price.currency);
        kab_json_set_sum(entry, "price", price->price);
        json_array_add_object_element(array, entry);
    }
    return array;
}

static void
read_tiers(KabFields *fields, KabProduct *product)
{
    JsonArray *array = kab_fields_get_array(fields, "prices", MAX_LIST);

    if (array == NULL)
        return;
    product->prices = g_array_new(FALSE, TRUE, sizeof(KabPrice));
    for (guint i = 0; i < json_array_get_length(array); i++) {
        KabFields entry = KAB_FIELDS_INIT(json_array_get_object_element(array, i));
        char currency[KAB_CURRENCY_SIZE];
        GError *error = NULL;
        KabPrice price = {.from = kab_wire_get_bound(&entry, "from")};

        kab_fields_need_currency(&entry, "currency", currency);
        price.price = kab_fields_need_sum(&entry, "price", currency);
        if (kab_fields_finish(&entry, &error))
            g_array_append_val(product->prices, price);
        else
            kab_fields_fail(fields, error);
    }
}

static JsonArray *
product_stocks_to_json(const GPtrArray *stocks)
{
    JsonArray *array = json_array_new();

    for (guint i = 0; i < stocks->len; i++) {
        const KabProductStock *stock = g_ptr_array_index(stocks, i);
        JsonObject *entry = json_object_new();

        kab_json_set_text(entry, "warehouse_name", stock->name);
        kab_json_set_quantity(entry, "quantity", stock->quantity);
        kab_json_set_time(entry, "as_of", stock->as_of);
        json_array_add_object_element(array, entry);
    }
    return array;
}

static void
read_product_stocks(KabFields *fields, KabProduct *product)
{
    JsonArray *array = kab_fields_get_array(fields, "stocks", MAX_WAREHOUSES);

    for (guint i = 0; array != NULL && i < json_array_get_length(array); i++) {
        KabFields entry = KAB_FIELDS_INIT(json_array_get_object_element(array, i));
        const char *name = kab_fields_get_text(&entry, "warehouse_name", MAX_NAME);
        KabQuantity quantity = kab_fields_need_quantity(&entry, "quantity");
        KabTime as_of = kab_fields_get_time(&entry, "as_of");
        GError *error = NULL;

        if (kab_fields_finish(&entry, &error))
            kab_product_add_stock(product, name, quantity, as_of);
        else
            kab_fields_fail(fields, error);
    }
}

/* What is the reader's: price, stock and basket of the partner. */
static void
view_to_json(const KabProduct *product, JsonObject *object)
{
    if (product->has_price) {
        json_object_set_string_member(object, "currency", product->price.currency);
        kab_json_set_sum(object, "price", product->price);
        if (product->price_from.milli > 0)
            kab_json_set_quantity(object, "price_from", product->price_from);
    }
    if (product->has_stock) {
        kab_json_set_quantity(object, "stock", product->stock);
        kab_json_set_time(object, "stock_as_of", product->stock_as_of);
    }
    if (product->in_basket.milli != 0)
        kab_json_set_quantity(object, "in_basket", product->in_basket);
    if (product->prices != NULL)
        json_object_set_array_member(object, "prices", tiers_to_json(product->prices));
    if (product->stocks != NULL)
        json_object_set_array_member(object, "stocks", product_stocks_to_json(product->stocks));
}

JsonNode *
kab_wire_product_to_json(const KabProduct *product)
{
    JsonObject *object = json_object_new();

    kab_json_set_text(object, "group_id", product->group_id.text);
    kab_json_set_text(object, "article", product->article);
    kab_json_set_text(object, "name", product->name);
    kab_json_set_text(object, "unit", product->unit);
    kab_json_set_text(object, "vat", product->vat);
    kab_json_set_text(object, "description", product->description);
    kab_json_set_text(object, "manufacturer", product->manufacturer);
    kab_json_set_text(object, "barcode", product->barcode);
    if (product->step.milli > 0)
        kab_json_set_quantity(object, "step", product->step);
    if (product->properties != NULL)
        json_object_set_array_member(object, "properties", properties_to_json(product->properties));
    if (product->pictures != NULL)
        json_object_set_array_member(object, "pictures", pictures_to_json(product->pictures));
    view_to_json(product, object);
    return kab_json_node_take(object);
}

static void
view_from_json(KabFields *fields, KabProduct *product)
{
    char currency[KAB_CURRENCY_SIZE];

    kab_fields_get_currency(fields, "currency", currency);
    product->has_price = kab_fields_has(fields, "price");
    product->price = kab_fields_get_sum(fields, "price", currency);
    product->price_from = kab_wire_get_bound(fields, "price_from");
    product->has_stock = kab_fields_has(fields, "stock");
    product->stock = kab_fields_get_quantity(fields, "stock");
    product->stock_as_of = kab_fields_get_time(fields, "stock_as_of");
    product->in_basket = kab_fields_get_quantity(fields, "in_basket");
    read_tiers(fields, product);
    read_product_stocks(fields, product);
}

KabProduct *
kab_wire_product_from_json(const char *id, JsonObject *object, GError **error)
{
    g_autoptr(KabProduct) product = g_new0(KabProduct, 1);
    KabFields fields = KAB_FIELDS_INIT(object);

    if (id != NULL)
        product->id = kab_product_id_of(id);
    else
        kab_fields_need_id(&fields, "id", product->id.text);
    kab_fields_get_id(&fields, "group_id", product->group_id.text);
    product->article = kab_fields_dup_text(&fields, "article", MAX_NAME);
    product->name = g_strdup(kab_fields_need_text(&fields, "name", MAX_NAME));
    product->unit = kab_fields_dup_text(&fields, "unit", MAX_NAME);
    product->vat = kab_fields_dup_text(&fields, "vat", MAX_NAME);
    product->description = kab_fields_dup_text(&fields, "description", MAX_TEXT);
    product->manufacturer = kab_fields_dup_text(&fields, "manufacturer", MAX_NAME);
    product->barcode = kab_fields_dup_text(&fields, "barcode", MAX_NAME);
    product->step = kab_wire_get_bound(&fields, "step");
    read_properties(&fields, product);
    read_pictures(&fields, product);
    view_from_json(&fields, product);
    return kab_fields_finish(&fields, error) ? g_steal_pointer(&product) : NULL;
}

JsonNode *
kab_wire_picture_to_json(GBytes *file)
{
    JsonObject *object = json_object_new();
    gsize size;
    const guchar *data = g_bytes_get_data(file, &size);
    g_autofree char *encoded = g_base64_encode(data, size);

    json_object_set_string_member(object, "file", encoded);
    return kab_json_node_take(object);
}

GBytes *
kab_wire_picture_from_json(JsonObject *object, GError **error)
{
    KabFields fields = KAB_FIELDS_INIT(object);
    const char *encoded = kab_fields_need_text(&fields, "file", MAX_ENCODED);
    g_autoptr(GBytes) file = NULL;
    gsize size;
    guchar *data;

    if (!kab_fields_finish(&fields, error))
        return NULL;
    data = g_base64_decode(encoded, &size);
    file = g_bytes_new_take(data, size);
    return kab_picture_check(file, error) != NULL ? g_steal_pointer(&file) : NULL;
}
