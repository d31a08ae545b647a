/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-json.h"
#include "test-json.h"
#include "test-pair.h"

#include <string.h>

static void
test_rules(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    static const struct {
        const char *product;
        const char *body;
        guint status;
    } rows[] = {
        {TEST_HAMMER, "{'quantity': '1'}", 200},
        {TEST_HAMMER, "{'quantity': '0.001'}", 200},
        {TEST_HAMMER, "{'quantity': '1000000000'}", 200},
        {TEST_HAMMER, "{'quantity': '1000000000.001'}", 400},
        {TEST_HAMMER, "{'quantity': '99999999999999999999'}", 400},
        {TEST_HAMMER, "{'quantity': '-1'}", 400},
        {TEST_HAMMER, "{'quantity': 'many'}", 400},
        {TEST_HAMMER, "{'quantity': 1}", 400},
        {TEST_HAMMER, "{'quantity': '1', 'price': '0'}", 400},
        {TEST_HAMMER, "{}", 400},
        {TEST_HAMMER, "[]", 400},
        {TEST_HAMMER, "", 400},
        {TEST_HAMMER, "{'quantity': '0'}", 200},
        {TEST_NO_PRICE, "{'quantity': '1'}", 409},
        {TEST_NOWHERE, "{'quantity': '1'}", 404},
        {TEST_NOWHERE, "{'quantity': '0'}", 200},
        {"nonsense", "{'quantity': '1'}", 400},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *path = g_strconcat("/api/v1/basket/", rows[i].product, NULL);
        g_autoptr(JsonNode) answer = NULL;

        g_test_message("%s %s", rows[i].product, rows[i].body);
        answer = test_pair_portal(test, test->a, "PUT", path, rows[i].body, rows[i].status);
    }
    {
        g_autoptr(JsonNode) basket =
            test_pair_portal(test, test->a, "GET", "/api/v1/basket", NULL, 200);

        g_assert_cmpuint(test_json_length(basket, "lines"), ==, 0);
    }
}

static void
test_sums(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(JsonNode) basket = NULL;
    g_autoptr(JsonNode) product = NULL;
    g_autoptr(JsonNode) again = NULL;

    test_pair_fill(test, test->a);
    basket = test_pair_portal(test, test->a, "PUT", "/api/v1/basket/" TEST_CABLE,
                              "{'quantity': '2.5'}", 200);
    g_assert_cmpuint(test_json_length(basket, "lines"), ==, 3);
    g_assert_cmpstr(test_json_text(basket, "lines/1/sum"), ==, "666.66");
    g_assert_cmpstr(test_json_text(basket, "lines/2/sum"), ==, "30.85");
    g_assert_cmpstr(test_json_text(basket, "total"), ==, "798.01");
    product = test_pair_portal(test, test->a, "GET", "/api/v1/products/" TEST_CABLE, NULL, 200);
    g_assert_cmpstr(test_json_text(product, "in_basket"), ==, "2.5");
    /* The same again is the same: a quantity is set, not added. */
    again = test_pair_portal(test, test->a, "PUT", "/api/v1/basket/" TEST_CABLE,
                             "{'quantity': '2.5'}", 200);
    g_assert_cmpstr(test_json_text(again, "total"), ==, "798.01");
}

/* What was taken out and is put back stands where it stood; later, it is something new. */
static void
test_put_back(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *first = NULL;

    test_pair_fill(test, test->a);
    for (int late = 0; late <= 1; late++) {
        g_autoptr(JsonNode) before =
            test_pair_portal(test, test->a, "GET", "/api/v1/basket", NULL, 200);
        g_autoptr(JsonNode) after = NULL;
        g_autofree char *path = NULL;

        g_assert_cmpuint(test_json_length(before, "lines"), ==, 2);
        g_free(first);
        first = g_strdup(test_json_text(before, "lines/0/product_id"));
        path = g_strconcat("/api/v1/basket/", first, NULL);
        json_node_unref(test_pair_portal(test, test->a, "PUT", path, "{'quantity': '0'}", 200));
        if (late)
            g_assert_true(kab_db_script(test->portal,
                                        "UPDATE basket_gone SET gone_at = gone_at - 901000", NULL));
        after = test_pair_portal(test, test->a, "PUT", path, "{'quantity': '2'}", 200);
        g_assert_cmpuint(test_json_length(after, "lines"), ==, 2);
        g_assert_cmpstr(test_json_text(after, late ? "lines/1/product_id" : "lines/0/product_id"),
                        ==, first);
    }
}

static void
test_everybody_has_the_own(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    const char *const others[] = {test->a2, test->viewer, test->b};

    test_pair_fill(test, test->a);
    for (gsize i = 0; i < G_N_ELEMENTS(others); i++) {
        g_autoptr(JsonNode) basket =
            test_pair_portal(test, others[i], "GET", "/api/v1/basket", NULL, 200);

        g_assert_cmpuint(test_json_length(basket, "lines"), ==, 0);
    }
}

/* What became dearer is told of until it is accepted; a quantity that is set is a price that was
 * seen. */
static void
test_prices_that_changed(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(JsonNode) before = NULL;
    g_autoptr(JsonNode) basket = NULL;
    g_autoptr(JsonNode) set = NULL;
    g_autoptr(JsonNode) accepted = NULL;
    g_autoptr(JsonNode) again = NULL;
    g_autoptr(JsonNode) order = NULL;
    g_autofree char *text = NULL;

    test_pair_fill(test, test->a);
    before = test_pair_portal(test, test->a, "GET", "/api/v1/basket", NULL, 200);
    g_assert_cmpstr(test_json_text(before, "lines/0/seen_price"), ==, "100.50");
    g_assert_true(kab_db_script(test->portal, "UPDATE price SET minor = minor + 100", NULL));
    basket = test_pair_portal(test, test->a, "GET", "/api/v1/basket", NULL, 200);
    g_assert_cmpstr(test_json_text(basket, "lines/0/price"), ==, "101.50");
    g_assert_cmpstr(test_json_text(basket, "lines/0/seen_price"), ==, "100.50");
    g_assert_cmpstr(test_json_text(basket, "lines/0/seen_currency"), ==, "RUB");
    set = test_pair_portal(test, test->a, "PUT", "/api/v1/basket/" TEST_HAMMER, "{'quantity': '3'}",
                           200);
    g_assert_cmpstr(test_json_text(set, "lines/0/seen_price"), ==, "101.50");
    g_assert_cmpstr(test_json_text(set, "lines/1/seen_price"), ==, "333.33");
    json_node_unref(
        test_pair_portal(test, test->viewer, "POST", "/api/v1/basket/prices", NULL, 403));
    accepted = test_pair_portal(test, test->a, "POST", "/api/v1/basket/prices", NULL, 200);
    g_assert_cmpstr(test_json_text(accepted, "lines/1/seen_price"), ==, "334.33");
    again = test_pair_portal(test, test->a, "POST", "/api/v1/basket/prices", NULL, 200);
    g_assert_true(json_node_equal(accepted, again));
    /* What was seen of a basket is nothing of the order. */
    g_assert_cmpuint(test_pair_ask(kab_pair_get_portal_address(test->pair), test->a, "POST",
                                   "/api/v1/orders", "{'place': true}", "key", &order),
                     ==, 200);
    text = kab_json_to_text(order);
    g_assert_null(strstr(text, "seen_"));
}

/* Baskets of before this was kept say nothing, and what is no longer sold has no other price. */
static void
test_prices_not_known(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(JsonNode) basket = NULL;

    test_pair_fill(test, test->a);
    g_assert_true(kab_db_script(test->portal,
                                "UPDATE basket_line SET seen_price = NULL, seen_currency = NULL"
                                " WHERE product_id = '" TEST_HAMMER "';"
                                "DELETE FROM price WHERE product_id = '" TEST_AXE "'",
                                NULL));
    basket = test_pair_portal(test, test->a, "POST", "/api/v1/basket/prices", NULL, 200);
    g_assert_cmpstr(test_json_text(basket, "lines/0/seen_price"), ==, "100.50");
    g_assert_cmpstr(test_json_text(basket, "lines/1/seen_price"), ==, "333.33");
    g_assert_cmpstr(test_json_text(basket, "lines/1/price"), ==, "0.00");
}

static void
test_viewer_may_not(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(JsonNode) put = test_pair_portal(
        test, test->viewer, "PUT", "/api/v1/basket/" TEST_HAMMER, "{'quantity': '1'}", 403);
    g_autoptr(JsonNode) order =
        test_pair_portal(test, test->viewer, "POST", "/api/v1/orders", "{'place': true}", 403);
}

/* What was put in is no longer sold: the basket shows it, and no order can be made of it. */
static void
test_no_longer_sold(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(JsonNode) basket = NULL;
    g_autoptr(JsonNode) order = NULL;
    g_autoptr(JsonNode) out = NULL;

    test_pair_fill(test, test->a);
    test_pair_import(test, "<Каталог><Ид>c</Ид><ИдКлассификатора>k</ИдКлассификатора>"
                           "<Наименование>К</Наименование><Товары><Товар><Ид>" TEST_HAMMER
                           "</Ид><Наименование>Молоток слесарный</Наименование>"
                           "<ПометкаУдаления>true</ПометкаУдаления></Товар></Товары></Каталог>");
    test_pair_exchange(test);
    basket = test_pair_portal(test, test->a, "GET", "/api/v1/basket", NULL, 200);
    g_assert_cmpuint(test_json_length(basket, "lines"), ==, 2);
    g_assert_cmpstr(test_json_text(basket, "total"), ==, "666.66");
    g_assert_cmpuint(test_pair_ask(kab_pair_get_portal_address(test->pair), test->a, "POST",
                                   "/api/v1/orders", "{'place': true}", "key", &order),
                     ==, 409);
    out = test_pair_portal(test, test->a, "PUT", "/api/v1/basket/" TEST_HAMMER, "{'quantity': '0'}",
                           200);
    g_assert_cmpuint(test_json_length(out, "lines"), ==, 1);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    PAIR_TEST("/portal-basket/rules", test_rules);
    PAIR_TEST("/portal-basket/put-back", test_put_back);
    PAIR_TEST("/portal-basket/sums", test_sums);
    PAIR_TEST("/portal-basket/own", test_everybody_has_the_own);
    PAIR_TEST("/portal-basket/viewer", test_viewer_may_not);
    PAIR_TEST("/portal-basket/no-longer-sold", test_no_longer_sold);
    PAIR_TEST("/portal-basket/prices-that-changed", test_prices_that_changed);
    PAIR_TEST("/portal-basket/prices-not-known", test_prices_not_known);
    return g_test_run();
}
