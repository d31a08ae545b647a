/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-portal-basket-many.h"
#include "kab-portal-basket.h"
#include "test-json.h"
#include "test-pair.h"

#include <string.h>

static char *
path_of(const char *id)
{
    return g_strconcat("/api/v1/orders/", id, "/repeat", NULL);
}

static guint
repeat(TestPair *test, const char *token, const char *id, const char *key, JsonNode **answer)
{
    g_autofree char *path = path_of(id);

    return test_pair_ask(kab_pair_get_portal_address(test->pair), token, "POST", path, NULL, key,
                         answer);
}

/* Sent twice it is added once; what is in the basket already stays. */
static void
test_once(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = test_pair_place(test, test->a);
    g_autofree char *other = NULL;

    json_node_unref(test_pair_portal(test, test->a2, "PUT", "/api/v1/basket/" TEST_HAMMER,
                                     "{'quantity': '1'}", 200));
    for (int i = 0; i < 2; i++) {
        g_autoptr(JsonNode) answer = NULL;

        g_assert_cmpuint(repeat(test, test->a2, id, "key", &answer), ==, 200);
        g_assert_cmpuint(test_json_length(answer, "basket/lines"), ==, 2);
        g_assert_cmpstr(test_json_text(answer, "basket/lines/0/quantity"), ==, "2");
        g_assert_cmpstr(test_json_text(answer, "basket/lines/1/quantity"), ==, "2");
        g_assert_cmpstr(test_json_text(answer, "basket/lines/1/seen_price"), ==, "333.33");
        g_assert_cmpuint(test_json_length(answer, "skipped"), ==, 0);
    }
    /* Another key is another press; a key of one thing is none of another. */
    {
        g_autoptr(JsonNode) more = NULL;
        g_autoptr(JsonNode) conflict = NULL;
        g_autoptr(JsonNode) submitted = NULL;

        g_assert_cmpuint(repeat(test, test->a2, id, "another", &more), ==, 200);
        g_assert_cmpstr(test_json_text(more, "basket/lines/0/quantity"), ==, "3");
        other = test_pair_place(test, test->a);
        g_assert_cmpuint(repeat(test, test->a2, other, "key", &conflict), ==, 409);
        g_assert_cmpstr(test_json_text(conflict, "code"), ==, "conflict");
        g_assert_cmpuint(test_pair_ask(kab_pair_get_portal_address(test->pair), test->a2, "POST",
                                       "/api/v1/orders", "{}", "key", &submitted),
                         ==, 409);
    }
}

/* More of what became dearer in the basket is no consent to its price; what is new is seen so. */
static void
test_price_that_changed(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = test_pair_place(test, test->a);
    g_autoptr(JsonNode) answer = NULL;

    json_node_unref(test_pair_portal(test, test->a2, "PUT", "/api/v1/basket/" TEST_HAMMER,
                                     "{'quantity': '1'}", 200));
    g_assert_true(kab_db_script(test->portal, "UPDATE price SET minor = minor + 100", NULL));
    g_assert_cmpuint(repeat(test, test->a2, id, "key", &answer), ==, 200);
    g_assert_cmpstr(test_json_text(answer, "basket/lines/0/quantity"), ==, "2");
    g_assert_cmpstr(test_json_text(answer, "basket/lines/0/price"), ==, "101.50");
    g_assert_cmpstr(test_json_text(answer, "basket/lines/0/seen_price"), ==, "100.50");
    g_assert_cmpstr(test_json_text(answer, "basket/lines/1/seen_price"), ==, "334.33");
}

static void
test_whose(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = test_pair_place(test, test->a);
    const struct {
        const char *token;
        const char *id;
        const char *key;
        guint status;
    } rows[] = {
        {test->b, id, "key", 404},       {test->viewer, id, "key", 403},
        {test->a, id, NULL, 400},        {test->a, TEST_NOWHERE, "key", 404},
        {test->a, "nonsense", "k", 404},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(JsonNode) answer = NULL;

        g_assert_cmpuint(repeat(test, rows[i].token, rows[i].id, rows[i].key, &answer), ==,
                         rows[i].status);
    }
    g_assert_cmpint(test_pair_count(test->portal, "SELECT count(*) FROM basket_line"), ==, 0);
}

/* What cannot be had is named, and the answer to the same press stays the same. */
static void
test_skipped(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = NULL;
    g_autoptr(JsonNode) first = NULL;
    g_autoptr(JsonNode) again = NULL;

    json_node_unref(test_pair_portal(test, test->a, "PUT", "/api/v1/basket/" TEST_CABLE,
                                     "{'quantity': '600000000'}", 200));
    json_node_unref(test_pair_portal(test, test->a, "PUT", "/api/v1/basket/" TEST_LAMP,
                                     "{'quantity': '1'}", 200));
    id = test_pair_place(test, test->a);
    json_node_unref(test_pair_portal(test, test->a, "PUT", "/api/v1/basket/" TEST_CABLE,
                                     "{'quantity': '600000000'}", 200));
    g_assert_true(kab_db_script(test->portal,
                                "DELETE FROM product WHERE id = '" TEST_HAMMER "';"
                                "DELETE FROM price WHERE product_id = '" TEST_AXE "'",
                                NULL));
    g_assert_cmpuint(repeat(test, test->a, id, "key", &first), ==, 200);
    g_assert_cmpuint(test_json_length(first, "basket/lines"), ==, 2);
    g_assert_cmpuint(test_json_length(first, "skipped"), ==, 3);
    g_assert_cmpstr(test_json_text(first, "skipped/0/reason"), ==, "limit");
    g_assert_cmpstr(test_json_text(first, "skipped/0/name"), ==, "Кабель ВВГ 3х2,5");
    g_assert_cmpstr(test_json_text(first, "skipped/1/reason"), ==, "not-sold");
    g_assert_cmpstr(test_json_text(first, "skipped/1/product_id"), ==, TEST_HAMMER);
    g_assert_nonnull(strstr(test_json_text(first, "skipped/1/name"), "Молоток"));
    g_assert_cmpstr(test_json_text(first, "skipped/2/reason"), ==, "no-price");
    g_assert_true(kab_db_script(test->portal, "DELETE FROM basket_line", NULL));
    g_assert_cmpuint(repeat(test, test->a, id, "key", &again), ==, 200);
    g_assert_cmpuint(test_json_length(again, "skipped"), ==, 3);
    g_assert_cmpuint(test_json_length(again, "basket/lines"), ==, 0);
}

#define LINE(product, quantity) "{'product_id': '" product "', 'quantity': '" quantity "'}"

/* A whole basket at once: emptied, and put back as it was. */
static void
test_replace(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    static const char *const wrong[] = {
        "{}",
        "{'lines': 1}",
        "{'lines': [" LINE("nonsense", "1") "]}",
        "{'lines': [" LINE(TEST_AXE, "0") "]}",
        "{'lines': [" LINE(TEST_AXE, "-1") "]}",
        "{'lines': [{'product_id': '" TEST_AXE "', 'quantity': '1', 'price': '1.00'}]}",
    };
    const char *body = "{'lines': [" LINE(TEST_AXE, "3") ", " LINE(TEST_NOWHERE, "1") ", " LINE(
        TEST_HAMMER, "0.5") ", " LINE(TEST_AXE, "1") "]}";

    test_pair_fill(test, test->a);
    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++)
        json_node_unref(test_pair_portal(test, test->a, "PUT", "/api/v1/basket", wrong[i], 400));
    json_node_unref(test_pair_portal(test, test->viewer, "PUT", "/api/v1/basket", body, 403));
    g_assert_cmpint(test_pair_count(test->portal, "SELECT count(*) FROM basket_line"), ==, 2);
    for (int i = 0; i < 2; i++) {
        g_autoptr(JsonNode) empty =
            test_pair_portal(test, test->a, "PUT", "/api/v1/basket", "{'lines': []}", 200);
        g_autoptr(JsonNode) answer =
            test_pair_portal(test, test->a, "PUT", "/api/v1/basket", body, 200);

        g_assert_cmpuint(test_json_length(empty, "basket/lines"), ==, 0);
        g_assert_cmpuint(test_json_length(answer, "basket/lines"), ==, 2);
        g_assert_cmpstr(test_json_text(answer, "basket/lines/0/product_id"), ==, TEST_AXE);
        g_assert_cmpstr(test_json_text(answer, "basket/lines/0/quantity"), ==, "4");
        g_assert_cmpstr(test_json_text(answer, "basket/lines/1/quantity"), ==, "0.5");
        g_assert_cmpstr(test_json_text(answer, "skipped/0/product_id"), ==, TEST_NOWHERE);
    }
}

/* As many lines as an order may have, and no more. */
static void
test_many(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GArray) wishes = kab_basket_wishes_new();
    g_autoptr(KabBasketChange) change = NULL;
    g_autoptr(GError) error = NULL;
    KabUser user = {0};
    gint64 begin;

    g_assert_true(kab_db_script(
        test->portal,
        "INSERT INTO product (id, name, name_key) WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL"
        " SELECT i + 1 FROM n WHERE i < 10010)"
        " SELECT printf('f0000000-0000-4000-8000-%012d', i), 'Болт ' || i, 'болт' FROM n;"
        "INSERT INTO price (product_id, price_type_id, min_quantity, minor, currency)"
        " SELECT p.id, t.id, 0, 100, t.currency FROM product p, price_type t"
        " WHERE p.name_key = 'болт'",
        NULL));
    for (int i = 1; i <= 10010; i++) {
        g_autofree char *id = g_strdup_printf("f0000000-0000-4000-8000-%012d", i);

        kab_basket_wishes_add(wishes, kab_product_id_of(id), (KabQuantity){1000}, NULL);
    }
    user.id = kab_user_id_new();
    {
        g_autofree char *partner = NULL;

        g_assert_true(kab_db_get_text(test->portal, "SELECT id FROM partner WHERE name = 'Альфа'",
                                      KAB_BIND_NONE, &partner, NULL));
        user.partner_id = kab_partner_id_of(partner);
    }
    begin = g_get_monotonic_time();
    change = kab_portal_basket_put_many(test->portal, &user, wishes, KAB_BASKET_ADD, &error);
    g_assert_no_error(error);
    g_test_message("10,010 wishes: %d ms", (int)((g_get_monotonic_time() - begin) / 1000));
    g_assert_cmpuint(change->basket->lines->len, ==, KAB_ORDER_MAX_LINES);
    g_assert_cmpuint(change->skipped->len, ==, 10);
    g_assert_cmpint(((KabSkipped *)change->skipped->pdata[0])->reason, ==, KAB_SKIP_LIMIT);
    g_assert_cmpstr(((KabSkipped *)change->skipped->pdata[0])->name, ==, "Болт 10001");
    g_assert_cmpstr(kab_order_get_line(change->basket, 0)->name, ==, "Болт 1");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    PAIR_TEST("/portal-repeat/once", test_once);
    PAIR_TEST("/portal-repeat/price-that-changed", test_price_that_changed);
    PAIR_TEST("/portal-repeat/whose", test_whose);
    PAIR_TEST("/portal-repeat/skipped", test_skipped);
    PAIR_TEST("/portal-repeat/replace", test_replace);
    PAIR_TEST("/portal-repeat/many", test_many);
    return g_test_run();
}
