/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-commerceml.h"
#include "test-folder.h"
#include "test-json.h"
#include "test-pair.h"

#include <string.h>

/* What a product card shows, from the base's import to the partner. */

#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"?><КоммерческаяИнформация>"
#define TAIL "</КоммерческаяИнформация>"
#define WHOLESALE "30000000-0000-4000-8000-000000000001"
#define TIER(value, least)                                                                              \
    "<Цена><ИдТипаЦены>" WHOLESALE "</ИдТипаЦены><ЦенаЗаЕдиницу>" value "</ЦенаЗаЕдиницу>" \
    "<Валюта>RUB</Валюта><МинКоличество>" least "</МинКоличество></Цена>"
#define REQUISITE(value)                                                                                                                                \
    "<ЗначенияРеквизитов><ЗначениеРеквизита><Наименование>Кратность</Наименование>" \
    "<Значение>" value "</Значение></ЗначениеРеквизита></ЗначенияРеквизитов>"
#define STOCK(id, amount) "<Склад ИдСклада=\"" id "\" КоличествоНаСкладе=\"" amount "\"/>"
#define NORTH "60000000-0000-4000-8000-000000000001"
#define SOUTH "60000000-0000-4000-8000-000000000002"
#define PNG "\x89PNG\r\n\x1a\n of a cable"
#define JPEG "\xff\xd8\xff of a cable"

static const char full[] = HEAD
    "<Классификатор><Свойства><Свойство><Ид>m</Ид><Наименование>Материал</Наименование>"
    "</Свойство></Свойства><Склады><Склад><Ид>" NORTH
    "</Ид><Наименование>Северный</Наименование></Склад><Склад><Ид>" SOUTH
    "</Ид><Наименование>Южный</Наименование></Склад></Склады></Классификатор>"
    "<Каталог><Ид>c</Ид><Товары><Товар><Ид>" TEST_CABLE
    "</Ид><Артикул>KBL-3</Артикул><Штрихкод>4600000000017</Штрихкод>"
    "<Наименование>Кабель ВВГ 3х2,5</Наименование><Описание>Медный</Описание>"
    "<БазоваяЕдиница Код=\"006\">м</БазоваяЕдиница>"
    "<Картинка>one.png</Картинка><Картинка>two.jpg</Картинка>"
    "<Изготовитель><Наименование>Завод</Наименование></Изготовитель>"
    "<ЗначенияСвойств><ЗначенияСвойства><Ид>m</Ид><Значение>медь</Значение>"
    "<Значение>пластикат</Значение></ЗначенияСвойства></ЗначенияСвойств>" REQUISITE(
        "0,5") "</Товар></Товары></Каталог>"
               "<ПакетПредложений><Предложения><Предложение><Ид>" TEST_CABLE
               "</Ид><Цены>" TIER("12.34", "") TIER("11", "100")
                   TIER("10.5", "1000") "</Цены>" STOCK(NORTH, "300")
                       STOCK(SOUTH, "7.5") "</Предложение></Предложения></ПакетПредложений>" TAIL;

static void
import_full(TestPair *test)
{
    g_autofree char *folder = test_folder_new();
    g_autofree char *xml = test_folder_path(folder, "import.xml");
    g_autofree char *one = test_folder_path(folder, "one.png");
    g_autofree char *two = test_folder_path(folder, "two.jpg");
    const char *const paths[] = {folder, NULL};
    g_auto(KabImportResult) result = {0};
    g_autoptr(GError) error = NULL;

    test_file_write(xml, full, -1);
    test_file_write(one, PNG, sizeof PNG - 1);
    test_file_write(two, JPEG, sizeof JPEG - 1);
    kab_commerceml_import(test->base, paths, NULL, NULL, NULL, &result, &error);
    g_assert_no_error(error);
    g_assert_cmpint(result.n_warnings, ==, 0);
    test_pair_exchange(test);
    test_folder_remove(g_steal_pointer(&folder));
}

static JsonNode *
get_card(TestPair *test, const char *token)
{
    return test_pair_portal(test, token, "GET", "/api/v1/products/" TEST_CABLE, NULL, 200);
}

static JsonNode *
put(TestPair *test, const char *quantity, guint expected)
{
    g_autofree char *body = g_strdup_printf("{'quantity': '%s'}", quantity);

    return test_pair_portal(test, test->a, "PUT", "/api/v1/basket/" TEST_CABLE, body, expected);
}

static void
test_card(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(JsonNode) card = NULL;
    g_autoptr(JsonNode) page = NULL;

    import_full(test);
    card = get_card(test, test->a);
    g_assert_cmpstr(test_json_text(card, "manufacturer"), ==, "Завод");
    g_assert_cmpstr(test_json_text(card, "barcode"), ==, "4600000000017");
    g_assert_cmpstr(test_json_text(card, "step"), ==, "0.5");
    g_assert_cmpuint(test_json_length(card, "properties"), ==, 1);
    g_assert_cmpstr(test_json_text(card, "properties/0/name"), ==, "Материал");
    g_assert_cmpstr(test_json_text(card, "properties/0/value"), ==, "медь, пластикат");
    g_assert_cmpuint(test_json_length(card, "prices"), ==, 3);
    g_assert_null(test_json_get(card, "prices/0/from"));
    g_assert_cmpstr(test_json_text(card, "prices/2/from"), ==, "1000");
    g_assert_cmpstr(test_json_text(card, "prices/2/price"), ==, "10.50");
    g_assert_cmpuint(test_json_length(card, "stocks"), ==, 2);
    g_assert_cmpstr(test_json_text(card, "stocks/0/warehouse_name"), ==, "Северный");
    g_assert_cmpstr(test_json_text(card, "stocks/1/quantity"), ==, "7.5");
    g_assert_nonnull(test_json_get(card, "stocks/1/as_of"));
    g_assert_cmpuint(test_json_length(card, "pictures"), ==, 2);

    /* A list has what a row shows, and no more. */
    page = test_pair_portal(test, test->a, "GET", "/api/v1/products?text=kbl", NULL, 200);
    g_assert_cmpstr(test_json_text(page, "items/0/price"), ==, "12.34");
    g_assert_cmpstr(test_json_text(page, "items/0/stock"), ==, "307.5");
    g_assert_nonnull(test_json_get(page, "items/0/stock_as_of"));
    g_assert_cmpuint(test_json_length(page, "items/0/pictures"), ==, 1);
    g_assert_null(test_json_get(page, "items/0/properties"));
    g_assert_null(test_json_get(page, "items/0/prices"));
    g_assert_null(test_json_get(page, "items/0/stocks"));
    g_assert_null(test_json_get(page, "items/0/description"));
}

/* A partner learns nothing of warehouses that are not shown to it, nor of others' prices. */
static void
test_own_view(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(JsonNode) a = NULL;
    g_autoptr(JsonNode) b = NULL;

    import_full(test);
    g_assert_true(kab_db_run(test->portal,
                             "INSERT INTO partner_warehouse (partner_id, warehouse_id)"
                             " SELECT id, '" SOUTH "' FROM partner WHERE name = 'Бета'",
                             KAB_BIND_NONE, NULL));
    a = get_card(test, test->a);
    b = get_card(test, test->b);
    g_assert_cmpuint(test_json_length(a, "stocks"), ==, 2);
    g_assert_cmpuint(test_json_length(b, "stocks"), ==, 1);
    g_assert_cmpstr(test_json_text(b, "stocks/0/warehouse_name"), ==, "Южный");
    g_assert_cmpstr(test_json_text(b, "stock"), ==, "7.5");
    g_assert_cmpuint(test_json_length(b, "prices"), ==, 1);
    g_assert_cmpstr(test_json_text(b, "prices/0/price"), ==, "20.00");
}

static void
test_prices_by_quantity(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    static const struct {
        const char *quantity;
        const char *price;
        const char *sum;
    } rows[] = {{"0.5", "12.34", "6.17"},
                {"99.5", "12.34", "1227.83"},
                {"100", "11.00", "1100.00"},
                {"999.5", "11.00", "10994.50"},
                {"1000", "10.50", "10500.00"}};
    g_autoptr(JsonNode) placed = NULL;

    import_full(test);
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(JsonNode) basket = put(test, rows[i].quantity, 200);

        g_assert_cmpstr(test_json_text(basket, "lines/0/price"), ==, rows[i].price);
        g_assert_cmpstr(test_json_text(basket, "lines/0/sum"), ==, rows[i].sum);
        g_assert_cmpstr(test_json_text(basket, "lines/0/step"), ==, "0.5");
    }
    g_assert_cmpuint(test_pair_ask(kab_pair_get_portal_address(test->pair), test->a, "POST",
                                   "/api/v1/orders", "{'place': true}", "key", &placed),
                     ==, 200);
    g_assert_cmpstr(test_json_text(placed, "lines/0/price"), ==, "10.50");
    g_assert_cmpstr(test_json_text(placed, "total"), ==, "10500.00");
    test_pair_exchange(test);
    test_pair_assert_status(test, test->a, test_json_text(placed, "id"), "awaiting-manager");
}

/* A draft counts with the prices of the day on which it is placed. */
static void
test_draft(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(JsonNode) draft = NULL;
    g_autoptr(JsonNode) edited = NULL;
    g_autoptr(JsonNode) refused = NULL;
    g_autofree char *path = NULL;
    g_autofree char *place = NULL;

    import_full(test);
    json_node_unref(put(test, "1", 200));
    g_assert_cmpuint(test_pair_ask(kab_pair_get_portal_address(test->pair), test->a, "POST",
                                   "/api/v1/orders", "{'place': false}", "key", &draft),
                     ==, 200);
    path = g_strconcat("/api/v1/orders/", test_json_text(draft, "id"), NULL);
    place = g_strconcat(path, "/place", NULL);
    edited = test_pair_portal(
        test, test->a, "PUT", path,
        "{'version': 1, 'lines': [{'product_id': '" TEST_CABLE "', 'quantity': '100.3'}]}", 200);
    g_assert_cmpstr(test_json_text(edited, "lines/0/price"), ==, "11.00");
    refused = test_pair_portal(test, test->a, "POST", place, NULL, 400);
    g_assert_nonnull(strstr(test_json_text(refused, "detail"), "100.5"));
}

static void
test_step(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(JsonNode) between = NULL;
    g_autoptr(JsonNode) less = NULL;

    import_full(test);
    between = put(test, "2.3", 400);
    g_assert_cmpstr(test_json_text(between, "detail"), ==,
                    "“Кабель ВВГ 3х2,5” is ordered in multiples of 0.5 м: take 2 or 2.5");
    less = put(test, "0.001", 400);
    g_assert_cmpstr(test_json_text(less, "detail"), ==,
                    "“Кабель ВВГ 3х2,5” is ordered in multiples of 0.5 м: take 0.5");
    json_node_unref(put(test, "0", 200));
    json_node_unref(put(test, "1000000000", 200));
}

/* What stands in the basket when the step is told is refused when it is placed. */
static void
test_step_comes_later(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(JsonNode) refused = NULL;

    json_node_unref(put(test, "2.3", 200));
    import_full(test);
    g_assert_cmpuint(test_pair_ask(kab_pair_get_portal_address(test->pair), test->a, "POST",
                                   "/api/v1/orders", "{'place': true}", "key", &refused),
                     ==, 400);
    g_assert_nonnull(strstr(test_json_text(refused, "detail"), "take 2 or 2.5"));
}

/* A price that begins at a quantity is no price for less. */
static void
test_least_quantity(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(JsonNode) card = NULL;
    g_autoptr(JsonNode) refused = NULL;
    g_autoptr(JsonNode) basket = NULL;

    test_pair_import(test, "<ПакетПредложений><Предложения><Предложение><Ид>" TEST_CABLE
                           "</Ид><Цены>" TIER("9", "10") "</Цены></Предложение></Предложения>"
                                                         "</ПакетПредложений>");
    test_pair_exchange(test);
    card = get_card(test, test->a);
    g_assert_cmpstr(test_json_text(card, "price"), ==, "9.00");
    g_assert_cmpstr(test_json_text(card, "price_from"), ==, "10");
    refused = put(test, "9.999", 400);
    g_assert_cmpstr(test_json_text(refused, "detail"), ==,
                    "“Кабель ВВГ 3х2,5” is sold to you from 10 шт");
    basket = put(test, "10", 200);
    g_assert_cmpstr(test_json_text(basket, "total"), ==, "90.00");
}

static void
test_pictures(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    static const struct {
        const char *path;
        guint status;
    } rows[] = {
        {TEST_CABLE "/pictures/1", 200},          {TEST_CABLE "/pictures/2", 200},
        {TEST_CABLE "/pictures/3", 404},          {TEST_CABLE "/pictures/0", 404},
        {TEST_CABLE "/pictures/-1", 404},         {TEST_CABLE "/pictures/one", 404},
        {TEST_CABLE "/pictures/4294967297", 404}, {TEST_LAMP "/pictures/1", 404},
        {TEST_NOWHERE "/pictures/1", 404},
    };

    import_full(test);
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *path = g_strconcat("/api/v1/products/", rows[i].path, NULL);
        g_autoptr(JsonNode) answer = NULL;

        g_test_message("%s", path);
        g_assert_cmpuint(test_pair_ask(kab_pair_get_portal_address(test->pair), test->a, "GET",
                                       path, NULL, NULL, &answer),
                         ==, rows[i].status);
    }
    g_assert_cmpint(test_pair_count(test->portal, "SELECT count(*) FROM picture"), ==, 2);

    /* What no product names any more goes from the portal too. */
    g_assert_true(kab_db_run(test->base, "DELETE FROM product_image WHERE position = 1",
                             KAB_BIND_NONE, NULL));
    test_pair_import(test, "<Каталог><Ид>c</Ид><Товары></Товары></Каталог>");
    test_pair_exchange(test);
    g_assert_cmpint(test_pair_count(test->portal, "SELECT count(*) FROM picture"), ==, 1);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    PAIR_TEST("/portal-goods/card", test_card);
    PAIR_TEST("/portal-goods/own-view", test_own_view);
    PAIR_TEST("/portal-goods/prices-by-quantity", test_prices_by_quantity);
    PAIR_TEST("/portal-goods/draft", test_draft);
    PAIR_TEST("/portal-goods/step", test_step);
    PAIR_TEST("/portal-goods/step-comes-later", test_step_comes_later);
    PAIR_TEST("/portal-goods/least-quantity", test_least_quantity);
    PAIR_TEST("/portal-goods/pictures", test_pictures);
    return g_test_run();
}
