/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-error.h"
#include "kab-wire-goods.h"
#include "kab-wire-user.h"
#include "test-json.h"

#define ID "2e5a0a5c-7c1b-4bd5-9d2a-3f6f5b6c7d8e"
#define HASH "9ba552d8c3d45bae14058436476842a8ccbfcf63d561329204c168b729a8981d"
#define OTHER "3e5a0a5c-7c1b-4bd5-9d2a-3f6f5b6c7d8e"

/* Reads @text as one kind of object and writes it again; NULL with @error set if it cannot be. */
typedef JsonNode *(*Again)(JsonObject *object, GError **error);

#define DEFINE_AGAIN(name, Type, free_it)                                         \
    static JsonNode *again_##name(JsonObject *object, GError **error)             \
    {                                                                             \
        Type *value = kab_wire_##name##_from_json(ID, object, error);             \
        JsonNode *node = value != NULL ? kab_wire_##name##_to_json(value) : NULL; \
        g_clear_pointer(&value, free_it);                                         \
        return node;                                                              \
    }

DEFINE_AGAIN(group, KabGroup, kab_group_free)
DEFINE_AGAIN(price_type, KabPriceType, kab_price_type_free)
DEFINE_AGAIN(warehouse, KabWarehouse, kab_warehouse_free)
DEFINE_AGAIN(partner, KabPartner, kab_partner_free)
DEFINE_AGAIN(product, KabProduct, kab_product_free)
DEFINE_AGAIN(user, KabUser, kab_user_free)

static JsonNode *
again_prices(JsonObject *object, GError **error)
{
    g_autoptr(GArray) prices = kab_wire_prices_from_json(object, error);

    return prices != NULL
               ? kab_wire_prices_to_json((const KabPrice *)(gpointer)prices->data, prices->len)
               : NULL;
}

static JsonNode *
again_stocks(JsonObject *object, GError **error)
{
    g_autoptr(GArray) stocks = kab_wire_stocks_from_json(object, error);

    return stocks != NULL
               ? kab_wire_stocks_to_json((const KabStock *)(gpointer)stocks->data, stocks->len)
               : NULL;
}

static JsonNode *
again_picture(JsonObject *object, GError **error)
{
    g_autoptr(GBytes) file = kab_wire_picture_from_json(object, error);

    return file != NULL ? kab_wire_picture_to_json(file) : NULL;
}

static const struct {
    Again again;
    const char *text;
} good[] = {
    {again_group, "{'name': 'Инструмент'}"},
    {again_group, "{'parent_id': '" OTHER "', 'name': 'Молотки'}"},
    {again_price_type, "{'name': 'Оптовая', 'currency': 'RUB', 'vat_included': false}"},
    {again_warehouse, "{'name': 'Основной'}"},
    {again_partner, "{'name': 'ООО', 'full_name': 'Общество', 'inn': '7707083893',"
                    " 'kpp': '770701001', 'address': 'Энск', 'email': 'a@b', 'phone': '+7',"
                    " 'manager': 'Мария', 'price_type_id': '" OTHER "'}"},
    {again_product, "{'name': 'Молоток'}"},
    {again_product, "{'group_id': '" OTHER "', 'article': 'M-1', 'name': 'Молоток', 'unit': 'шт',"
                    " 'vat': '20', 'description': 'Тяжёлый', 'currency': 'RUB', 'price': '10.50',"
                    " 'stock': '-3.5', 'in_basket': '2'}"},
    {again_user,
     "{'partner_id': '" OTHER "', 'partner_name': 'ООО', 'login': 'ivan',"
     " 'name': 'Иван', 'email': 'a@b', 'phone': '+7', 'role': 'head', 'active': false}"},
    {again_product, "{'name': 'Кабель', 'manufacturer': 'Завод', 'barcode': '4600000000001',"
                    " 'step': '0.5', 'properties': [{'name': 'Материал', 'value': 'медь'}],"
                    " 'pictures': [{'hash': '" HASH "'}], 'currency': 'RUB', 'price': '10.50',"
                    " 'price_from': '5', 'stock': '7', 'stock_as_of': '2026-09-01T05:58:00.000Z',"
                    " 'prices': [{'from': '5', 'currency': 'RUB', 'price': '10.50'},"
                    " {'from': '100', 'currency': 'RUB', 'price': '9.00'}],"
                    " 'stocks': [{'quantity': '-1'}, {'warehouse_name': 'Основной',"
                    " 'quantity': '8', 'as_of': '2026-09-01T05:58:00.000Z'}]}"},
    {again_prices, "{'prices': []}"},
    {again_prices, "{'prices': [{'price_type_id': '" OTHER "', 'currency': 'RUB',"
                   " 'price': '0.01', 'from': '0.5'}]}"},
    {again_stocks, "{'stock': [{'quantity': '5', 'as_of': '2026-09-01T05:58:00.000Z'}]}"},
    {again_picture, "{'file': 'iVBORw0KGgoA'}"},
    {again_prices, "{'prices': [{'price_type_id': '" OTHER "', 'currency': 'RUB',"
                   " 'price': '0.01'}]}"},
    {again_stocks, "{'stock': [{'quantity': '5'}, {'warehouse_id': '" OTHER "',"
                   " 'quantity': '-0.001'}]}"},
};

static const struct {
    Again again;
    const char *text;
} bad[] = {
    {again_group, "{}"},
    {again_group, "{'name': ''}"},
    {again_group, "{'name': 'a', 'parent_id': 'b'}"},
    {again_price_type, "{'name': 'a', 'currency': 'doubloon'}"},
    {again_warehouse, "{'name': 'a', 'size': 5}"},
    {again_partner, "{'name': 'a', 'inn': '123456789012345678901'}"},
    {again_product, "{'article': 'a'}"},
    {again_product, "{'name': 'a', 'currency': 'RUB', 'price': 5}"},
    {again_product, "{'name': 'a', 'step': '-1'}"},
    {again_product, "{'name': 'a', 'step': 'ten'}"},
    {again_product, "{'name': 'a', 'step': '1000000000.001'}"},
    {again_product, "{'name': 'a', 'properties': [{'name': 'a'}]}"},
    {again_product, "{'name': 'a', 'properties': [{'name': 'a', 'value': ''}]}"},
    {again_product, "{'name': 'a', 'pictures': ['" HASH "']}"},
    {again_product, "{'name': 'a', 'pictures': [{'hash': '../../etc/passwd'}]}"},
    {again_product, "{'name': 'a', 'pictures': [{'hash': 'F00D'}]}"},
    {again_product, "{'name': 'a', 'prices': [{'from': '-5', 'currency': 'RUB', 'price': '1'}]}"},
    {again_prices, "{'prices': [{'price_type_id': '" OTHER "', 'currency': 'RUB', 'price': '1',"
                   " 'from': '-1'}]}"},
    {again_stocks, "{'stock': [{'quantity': '5', 'as_of': 'yesterday'}]}"},
    {again_picture, "{}"},
    {again_picture, "{'file': ''}"},
    {again_picture, "{'file': 'IyEvYmluL3NoCg=='}"},
    {again_picture, "{'file': 5}"},
    {again_user, "{'login': 'a', 'name': 'a'}"},
    {again_user, "{'login': 'a', 'name': 'a', 'role': 'king'}"},
    {again_prices, "{'prices': [{'price': '5'}]}"},
    {again_prices, "{'prices': [{'price_type_id': '" OTHER "', 'price': 'x', 'currency': 'RUB'}]}"},
    {again_prices, "{'prices': {}}"},
    {again_stocks, "{'stock': [{'quantity': 5}]}"},
    {again_stocks, "{'stock': [], 'stocks': []}"},
};

static void
test_come_back(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(good); i++) {
        g_autoptr(JsonNode) node = test_json_parse(good[i].text);
        g_autoptr(GError) error = NULL;
        g_autoptr(JsonNode) again = good[i].again(json_node_get_object(node), &error);

        g_test_message("%s", good[i].text);
        g_assert_no_error(error);
        g_assert_true(json_node_equal(node, again));
    }
}

static void
test_are_refused(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(JsonNode) node = test_json_parse(bad[i].text);
        g_autoptr(GError) error = NULL;

        g_test_message("%s", bad[i].text);
        g_assert_null(bad[i].again(json_node_get_object(node), &error));
        g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
    }
}

/* Desktops get the id within the object. */
static void
test_id_within(void)
{
    g_autoptr(JsonNode) node = test_json_parse("{'id': '" ID "', 'name': 'a'}");
    g_autoptr(JsonNode) none = test_json_parse("{'name': 'a'}");
    g_autoptr(KabProduct) product =
        kab_wire_product_from_json(NULL, json_node_get_object(node), NULL);
    g_autoptr(KabGroup) group = kab_wire_group_from_json(NULL, json_node_get_object(node), NULL);
    g_autoptr(GError) error = NULL;

    g_assert_cmpstr(product->id.text, ==, ID);
    g_assert_cmpstr(group->id.text, ==, ID);
    g_assert_null(kab_wire_product_from_json(NULL, json_node_get_object(none), &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/wire-goods/come-back", test_come_back);
    g_test_add_func("/wire-goods/refused", test_are_refused);
    g_test_add_func("/wire-goods/id-within", test_id_within);
    return g_test_run();
}
