/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-wire-goods.h"
#include "kab-wire-limits.h"

#define MAX_NAME 1000
#define MAX_WAREHOUSES 10000
#define MAX_LIST 1000

JsonNode *
kab_wire_group_to_json(const KabGroup *group)
{
    JsonObject *object = json_object_new();

    kab_json_set_text(object, "parent_id", group->parent_id.text);
    kab_json_set_text(object, "name", group->name);
    return kab_json_node_take(object);
}

KabGroup *
kab_wire_group_from_json(const char *id, JsonObject *object, GError **error)
{
    g_autoptr(KabGroup) group = g_new0(KabGroup, 1);
    KabFields fields = KAB_FIELDS_INIT(object);

    if (id != NULL)
        group->id = kab_group_id_of(id);
    else
        kab_fields_need_id(&fields, "id", group->id.text);
    kab_fields_get_id(&fields, "parent_id", group->parent_id.text);
    group->name = g_strdup(kab_fields_need_text(&fields, "name", MAX_NAME));
    return kab_fields_finish(&fields, error) ? g_steal_pointer(&group) : NULL;
}

JsonNode *
kab_wire_price_type_to_json(const KabPriceType *price_type)
{
    JsonObject *object = json_object_new();

    kab_json_set_text(object, "name", price_type->name);
    kab_json_set_text(object, "currency", price_type->currency);
    json_object_set_boolean_member(object, "vat_included", price_type->vat_included);
    return kab_json_node_take(object);
}

KabPriceType *
kab_wire_price_type_from_json(const char *id, JsonObject *object, GError **error)
{
    g_autoptr(KabPriceType) price_type = g_new0(KabPriceType, 1);
    KabFields fields = KAB_FIELDS_INIT(object);

    price_type->id = kab_price_type_id_of(id);
    price_type->name = g_strdup(kab_fields_need_text(&fields, "name", MAX_NAME));
    kab_fields_need_currency(&fields, "currency", price_type->currency);
    price_type->vat_included = kab_fields_get_boolean(&fields, "vat_included", TRUE);
    return kab_fields_finish(&fields, error) ? g_steal_pointer(&price_type) : NULL;
}

JsonNode *
kab_wire_warehouse_to_json(const KabWarehouse *warehouse)
{
    JsonObject *object = json_object_new();

    kab_json_set_text(object, "name", warehouse->name);
    return kab_json_node_take(object);
}

KabWarehouse *
kab_wire_warehouse_from_json(const char *id, JsonObject *object, GError **error)
{
    g_autoptr(KabWarehouse) warehouse = g_new0(KabWarehouse, 1);
    KabFields fields = KAB_FIELDS_INIT(object);

    if (id != NULL)
        warehouse->id = kab_warehouse_id_of(id);
    else
        kab_fields_need_id(&fields, "id", warehouse->id.text);
    warehouse->name = g_strdup(kab_fields_need_text(&fields, "name", MAX_NAME));
    return kab_fields_finish(&fields, error) ? g_steal_pointer(&warehouse) : NULL;
}

static JsonArray *
warehouses_to_json(GPtrArray *warehouses)
{
    JsonArray *array = json_array_sized_new(warehouses->len);

    for (guint i = 0; i < warehouses->len; i++) {
        JsonObject *object = json_object_new();

        json_object_set_string_member(object, "id", g_ptr_array_index(warehouses, i));
        json_array_add_object_element(array, object);
    }
    return array;
}

static void
read_warehouses(KabFields *fields, KabPartner *partner)
{
    JsonArray *array = kab_fields_get_array(fields, "warehouses", MAX_WAREHOUSES);

    if (array == NULL)
        return;
    partner->warehouses = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < json_array_get_length(array); i++) {
        KabFields entry = KAB_FIELDS_INIT(json_array_get_object_element(array, i));
        char id[KAB_ID_SIZE];
        GError *local = NULL;

        kab_fields_need_id(&entry, "id", id);
        g_ptr_array_add(partner->warehouses, g_strdup(id));
        if (!kab_fields_finish(&entry, &local))
            kab_fields_fail(fields, g_steal_pointer(&local));
    }
}

JsonNode *
kab_wire_partner_to_json(const KabPartner *partner)
{
    JsonObject *object = json_object_new();

    kab_json_set_text(object, "name", partner->name);
    kab_json_set_text(object, "full_name", partner->full_name);
    kab_json_set_text(object, "inn", partner->inn);
    kab_json_set_text(object, "kpp", partner->kpp);
    kab_json_set_text(object, "address", partner->address);
    kab_json_set_text(object, "email", partner->email);
    kab_json_set_text(object, "phone", partner->phone);
    kab_json_set_text(object, "manager", partner->manager);
    kab_json_set_text(object, "price_type_id", partner->price_type_id.text);
    if (partner->warehouses != NULL)
        json_object_set_array_member(object, "warehouses", warehouses_to_json(partner->warehouses));
    kab_wire_limits_set(object, "limits", &partner->limits);
    return kab_json_node_take(object);
}

KabPartner *
kab_wire_partner_from_json(const char *id, JsonObject *object, GError **error)
{
    g_autoptr(KabPartner) partner = g_new0(KabPartner, 1);
    KabFields fields = KAB_FIELDS_INIT(object);

    partner->id = kab_partner_id_of(id);
    partner->name = g_strdup(kab_fields_need_text(&fields, "name", MAX_NAME));
    partner->full_name = kab_fields_dup_text(&fields, "full_name", MAX_NAME);
    partner->inn = kab_fields_dup_text(&fields, "inn", 20);
    partner->kpp = kab_fields_dup_text(&fields, "kpp", 20);
    partner->address = kab_fields_dup_text(&fields, "address", MAX_NAME);
    partner->email = kab_fields_dup_text(&fields, "email", 320);
    partner->phone = kab_fields_dup_text(&fields, "phone", 100);
    partner->manager = kab_fields_dup_text(&fields, "manager", MAX_NAME);
    kab_fields_get_id(&fields, "price_type_id", partner->price_type_id.text);
    read_warehouses(&fields, partner);
    kab_wire_limits_get(&fields, "limits", &partner->limits);
    return kab_fields_finish(&fields, error) ? g_steal_pointer(&partner) : NULL;
}

JsonNode *
kab_wire_prices_to_json(const KabPrice *prices, guint n_prices)
{
    JsonObject *object = json_object_new();
    JsonArray *array = json_array_new();

    for (guint i = 0; i < n_prices; i++) {
        JsonObject *entry = json_object_new();

        json_object_set_string_member(entry, "price_type_id", prices[i].price_type_id.text);
        json_object_set_string_member(entry, "currency", prices[i].price.currency);
        kab_json_set_sum(entry, "price", prices[i].price);
        if (prices[i].from.milli > 0)
            kab_json_set_quantity(entry, "from", prices[i].from);
        json_array_add_object_element(array, entry);
    }
    json_object_set_array_member(object, "prices", array);
    return kab_json_node_take(object);
}

GArray *
kab_wire_prices_from_json(JsonObject *object, GError **error)
{
    g_autoptr(GArray) prices = g_array_new(FALSE, TRUE, sizeof(KabPrice));
    KabFields fields = KAB_FIELDS_INIT(object);
    JsonArray *array = kab_fields_need_array(&fields, "prices", MAX_LIST);

    if (!kab_fields_finish(&fields, error))
        return NULL;
    for (guint i = 0; array != NULL && i < json_array_get_length(array); i++) {
        KabFields entry = KAB_FIELDS_INIT(json_array_get_object_element(array, i));
        KabPrice price = {0};
        char currency[KAB_CURRENCY_SIZE];

        kab_fields_need_id(&entry, "price_type_id", price.price_type_id.text);
        kab_fields_need_currency(&entry, "currency", currency);
        price.price = kab_fields_need_sum(&entry, "price", currency);
        price.from = kab_wire_get_bound(&entry, "from");
        if (!kab_fields_finish(&entry, error))
            return NULL;
        g_array_append_val(prices, price);
    }
    return g_steal_pointer(&prices);
}

JsonNode *
kab_wire_stocks_to_json(const KabStock *stocks, guint n_stocks)
{
    JsonObject *object = json_object_new();
    JsonArray *array = json_array_new();

    for (guint i = 0; i < n_stocks; i++) {
        JsonObject *entry = json_object_new();

        kab_json_set_text(entry, "warehouse_id", stocks[i].warehouse_id.text);
        kab_json_set_quantity(entry, "quantity", stocks[i].quantity);
        kab_json_set_time(entry, "as_of", stocks[i].as_of);
        json_array_add_object_element(array, entry);
    }
    json_object_set_array_member(object, "stock", array);
    return kab_json_node_take(object);
}

GArray *
kab_wire_stocks_from_json(JsonObject *object, GError **error)
{
    g_autoptr(GArray) stocks = g_array_new(FALSE, TRUE, sizeof(KabStock));
    KabFields fields = KAB_FIELDS_INIT(object);
    JsonArray *array = kab_fields_need_array(&fields, "stock", MAX_LIST);

    if (!kab_fields_finish(&fields, error))
        return NULL;
    for (guint i = 0; array != NULL && i < json_array_get_length(array); i++) {
        KabFields entry = KAB_FIELDS_INIT(json_array_get_object_element(array, i));
        KabStock stock = {0};

        kab_fields_get_id(&entry, "warehouse_id", stock.warehouse_id.text);
        stock.quantity = kab_fields_need_quantity(&entry, "quantity");
        stock.as_of = kab_fields_get_time(&entry, "as_of");
        if (!kab_fields_finish(&entry, error))
            return NULL;
        g_array_append_val(stocks, stock);
    }
    return g_steal_pointer(&stocks);
}
