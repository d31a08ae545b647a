/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-json.h"
#include "test-pair.h"

#include <string.h>

#define LINE(product, quantity) "{'product_id': '" product "', 'quantity': '" quantity "'}"

/* A draft of Alfa's buyer: a hammer and two axes; its path. */
static char *
save(TestPair *test)
{
    g_autoptr(JsonNode) draft = NULL;
    g_autofree char *key = g_uuid_string_random();

    test_pair_fill(test, test->a2);
    g_assert_cmpuint(test_pair_ask(kab_pair_get_portal_address(test->pair), test->a2, "POST",
                                   "/api/v1/orders", "{}", key, &draft),
                     ==, 200);
    return g_strconcat("/api/v1/orders/", test_json_text(draft, "id"), NULL);
}

static JsonNode *
edit(TestPair *test, const char *path, gint64 version, const char *rest, guint expected)
{
    g_autofree char *body = g_strdup_printf("{'version': %" G_GINT64_FORMAT ", %s}", version, rest);

    return test_pair_portal(test, test->a2, "PUT", path, body, expected);
}

static gint64
get_version(TestPair *test, const char *path)
{
    g_autoptr(JsonNode) draft = test_pair_portal(test, test->a, "GET", path, NULL, 200);

    return test_json_int(draft, "version");
}

static void
test_edit(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *path = save(test);
    g_autofree char *warehouse = NULL;
    g_autoptr(JsonNode) edited =
        edit(test, path, get_version(test, path),
             "'lines': [" LINE(TEST_CABLE, "2.5") ", " LINE(TEST_AXE, "1") ", " LINE(
                 TEST_HAMMER,
                 "0") "], 'comment': 'Позвоните', 'phone': '+7 900', 'email': 'x@y.example',"
                      " 'address': 'Москва', 'wished_date': '2126-05-01'",
             200);
    g_autoptr(JsonNode) seen = test_pair_portal(test, test->a, "GET", path, NULL, 200);

    g_assert_true(json_node_equal(edited, seen));
    g_assert_cmpuint(test_json_length(seen, "lines"), ==, 2);
    g_assert_cmpstr(test_json_text(seen, "lines/0/quantity"), ==, "2.5");
    g_assert_cmpstr(test_json_text(seen, "lines/0/name"), ==, "Кабель ВВГ 3х2,5");
    g_assert_cmpstr(test_json_text(seen, "lines/0/sum"), ==, "30.85");
    g_assert_cmpstr(test_json_text(seen, "total"), ==, "364.18");
    g_assert_cmpstr(test_json_text(seen, "comment"), ==, "Позвоните");
    g_assert_cmpstr(test_json_text(seen, "phone"), ==, "+7 900");
    g_assert_cmpstr(test_json_text(seen, "address"), ==, "Москва");
    g_assert_cmpstr(test_json_text(seen, "wished_date"), ==, "2126-05-01");
    g_assert_cmpstr(test_json_text(seen, "status"), ==, "draft");
    /* A draft is the partner's own affair. */
    g_assert_cmpint(test_pair_count(test->portal, "SELECT count(*) FROM queue"), ==, 0);
}

/* Two had it open: the second is told, and the first one's work stays. */
static void
test_conflict(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *path = save(test);
    gint64 version = get_version(test, path);
    g_autoptr(JsonNode) first =
        edit(test, path, version, "'lines': [" LINE(TEST_AXE, "7") "]", 200);
    g_autoptr(JsonNode) second =
        edit(test, path, version, "'lines': [" LINE(TEST_AXE, "8") "]", 409);
    g_autoptr(JsonNode) seen = test_pair_portal(test, test->a, "GET", path, NULL, 200);

    g_assert_cmpstr(test_json_text(second, "code"), ==, "conflict");
    g_assert_cmpstr(test_json_text(seen, "lines/0/quantity"), ==, "7");
}

static void
test_what_cannot_be(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    static const char *const bodies[] = {
        "'lines': []",
        "'lines': [" LINE(TEST_AXE, "0") "]",
        "'lines': [" LINE(TEST_AXE, "-1") "]",
        "'lines': [" LINE(TEST_AXE, "0.0001") "]",
        "'lines': [" LINE(TEST_AXE, "1") ", " LINE(TEST_AXE, "2") "]",
        "'lines': [" LINE("nonsense", "1") "]",
        "'lines': [" LINE(TEST_AXE, "1") "], 'warehouse_id': '" TEST_NOWHERE "'",
        "'lines': [" LINE(TEST_AXE, "1") "], 'wished_date': '2026-02-30'",
        "'lines': [" LINE(TEST_AXE, "1") "], 'wished_date': '2020-01-01'", /* it has passed */
        "'lines': [" LINE(TEST_AXE, "1") "], 'status': 'completed'",
        "'lines': [{'product_id': '" TEST_AXE "', 'quantity': '1', 'price': '0.01'}]",
    };
    g_autofree char *path = save(test);
    gint64 version = get_version(test, path);

    for (gsize i = 0; i < G_N_ELEMENTS(bodies); i++)
        json_node_unref(edit(test, path, version, bodies[i], 400));
    g_assert_cmpint(get_version(test, path), ==, version);
}

/* Something that is not sold any more may stay in a draft, but no order is made of it. */
static void
test_no_longer_sold(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *path = save(test);
    g_autofree char *place = g_strconcat(path, "/place", NULL);
    g_autoptr(JsonNode) edited = NULL;
    g_autoptr(JsonNode) refused = NULL;

    g_assert_true(kab_db_script(test->portal,
                                "DELETE FROM price WHERE product_id = '" TEST_AXE "';"
                                "DELETE FROM product WHERE id = '" TEST_AXE "'",
                                NULL));
    edited = edit(test, path, get_version(test, path),
                  "'lines': [" LINE(TEST_AXE, "3") ", " LINE(TEST_HAMMER, "1") "]", 200);
    g_assert_cmpstr(test_json_text(edited, "lines/0/name"), ==, "Топор туристический");
    g_assert_cmpstr(test_json_text(edited, "total"), ==, "100.50");
    refused = test_pair_portal(test, test->a2, "POST", place, NULL, 409);
    g_assert_nonnull(strstr(test_json_text(refused, "detail"), "Топор"));
    json_node_unref(
        edit(test, path, get_version(test, path), "'lines': [" LINE(TEST_HAMMER, "1") "]", 200));
    json_node_unref(test_pair_portal(test, test->a2, "POST", place, NULL, 200));
}

/* Nobody places a draft at another price than the one that was seen: it shows what it costs now,
 * and what it did cost. */
static void
test_dearer(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *path = save(test);
    g_autofree char *place = g_strconcat(path, "/place", NULL);
    g_autoptr(JsonNode) before = test_pair_portal(test, test->a, "GET", path, NULL, 200);
    g_autofree char *seen = g_strdup_printf("{'currency': 'RUB', 'expected_total': '%s'}",
                                            test_json_text(before, "total"));
    g_autoptr(JsonNode) now = NULL;
    g_autoptr(JsonNode) refused = NULL;
    g_autoptr(JsonNode) placed = NULL;
    g_autofree char *wanted = NULL;

    g_assert_true(kab_db_script(
        test->portal, "UPDATE price SET minor = minor + 1000 WHERE product_id = '" TEST_AXE "'",
        NULL));
    now = test_pair_portal(test, test->a, "GET", path, NULL, 200);
    g_assert_cmpstr(test_json_text(now, "total"), !=, test_json_text(before, "total"));
    g_assert_cmpstr(test_json_text(now, "lines/1/seen_price"), ==,
                    test_json_text(before, "lines/1/price"));
    refused = test_pair_portal(test, test->a, "POST", place, seen, 409);
    g_assert_cmpstr(test_json_text(refused, "code"), ==, "conflict");
    wanted = g_strdup_printf("{'currency': 'RUB', 'expected_total': '%s'}",
                             test_json_text(now, "total"));
    placed = test_pair_portal(test, test->a, "POST", place, wanted, 200);
    g_assert_cmpstr(test_json_text(placed, "total"), ==, test_json_text(now, "total"));
    json_node_unref(test_pair_portal(test, test->a, "POST", place, "{'surprise': 1}", 400));
}

/* Prices in another currency, and one product without any: the draft can be looked at all the same.
 */
static void
test_other_currency(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *path = save(test);
    g_autofree char *place = g_strconcat(path, "/place", NULL);
    g_autoptr(JsonNode) now = NULL;
    g_autoptr(JsonNode) refused = NULL;

    g_assert_true(kab_db_script(test->portal,
                                "DELETE FROM price WHERE product_id = '" TEST_AXE "';"
                                "UPDATE price SET currency = 'EUR';"
                                "UPDATE price_type SET currency = 'EUR'",
                                NULL));
    now = test_pair_portal(test, test->a, "GET", path, NULL, 200);
    g_assert_cmpstr(test_json_text(now, "currency"), ==, "EUR");
    g_assert_cmpstr(test_json_text(now, "lines/0/price"), ==, "100.50");
    g_assert_cmpstr(test_json_text(now, "lines/0/seen_currency"), ==, "RUB");
    refused = test_pair_portal(test, test->a, "POST", place, NULL, 409);
    g_assert_nonnull(strstr(test_json_text(refused, "detail"), "Топор"));
}

/* What was placed is no draft: neither is it edited nor deleted. Who places it answers for it. */
static void
test_placed(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *path = save(test);
    g_autofree char *place = g_strconcat(path, "/place", NULL);
    g_autoptr(JsonNode) placed = test_pair_portal(test, test->a, "POST", place, NULL, 200);

    g_assert_cmpstr(test_json_text(placed, "user_name"), ==, "alfa-head");
    json_node_unref(edit(test, path, test_json_int(placed, "version"),
                         "'lines': [" LINE(TEST_AXE, "7") "]", 409));
    json_node_unref(test_pair_portal(test, test->a2, "DELETE", path, NULL, 409));
    json_node_unref(test_pair_portal(test, test->viewer, "DELETE", path, NULL, 403));
    test_pair_exchange(test);
    json_node_unref(test_pair_portal(test, test->a, "POST", place, NULL, 409));
    g_assert_cmpint(test_pair_count(test->base, "SELECT count(*) FROM orders"), ==, 1);
}

/* Where it goes, when, and from which warehouse: all of it reaches the base with the order. */
static void
test_details_reach_the_base(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(JsonNode) placed = NULL;
    g_autoptr(KabOrder) order = NULL;

    g_assert_true(kab_db_script(test->base,
                                "INSERT INTO warehouse (id, source_id, name)"
                                " VALUES ('" TEST_NOWHERE "', 'w', 'Северный');"
                                "UPDATE exchange_version SET value = value + 1",
                                NULL));
    g_assert_true(kab_db_script(
        test->portal, "INSERT INTO warehouse (id, name) VALUES ('" TEST_NOWHERE "', 'Северный')",
        NULL));
    test_pair_fill(test, test->a2);
    g_assert_cmpuint(test_pair_ask(kab_pair_get_portal_address(test->pair), test->a2, "POST",
                                   "/api/v1/orders",
                                   "{'place': true, 'phone': '+7 1', 'email': 'a@b.example',"
                                   " 'address': 'Тверь', 'wished_date': '2126-05-01',"
                                   " 'warehouse_id': '" TEST_NOWHERE "', 'comment': 'К пятнице'}",
                                   "key", &placed),
                     ==, 200);
    test_pair_exchange(test);
    order = test_pair_client_order(test, test_json_text(placed, "id"));
    g_assert_cmpstr(order->phone, ==, "+7 1");
    g_assert_cmpstr(order->email, ==, "a@b.example");
    g_assert_cmpstr(order->address, ==, "Тверь");
    g_assert_cmpstr(order->wished_date.text, ==, "2126-05-01");
    g_assert_cmpstr(order->warehouse_name, ==, "Северный");
    g_assert_cmpstr(order->comment, ==, "К пятнице");
}

/* A draft that was deleted by mistake is made again: once, with what stood there. */
static void
test_make(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    const char *body = "{'name': 'Запас', 'comment': 'Позвоните', 'lines': [" LINE(
        TEST_CABLE, "2.5") ", " LINE(TEST_AXE, "1") "]}";
    const char *address = kab_pair_get_portal_address(test->pair);
    g_autofree char *first = NULL;

    for (int i = 0; i < 2; i++) {
        g_autoptr(JsonNode) made = NULL;

        g_assert_cmpuint(
            test_pair_ask(address, test->a2, "POST", "/api/v1/drafts", body, "key", &made), ==,
            200);
        if (first == NULL)
            first = g_strdup(test_json_text(made, "id"));
        g_assert_cmpstr(test_json_text(made, "id"), ==, first);
        g_assert_cmpstr(test_json_text(made, "status"), ==, "draft");
        g_assert_cmpstr(test_json_text(made, "name"), ==, "Запас");
        g_assert_cmpstr(test_json_text(made, "total"), ==, "364.18");
    }
    g_assert_cmpint(test_pair_count(test->portal, "SELECT count(*) FROM orders"), ==, 1);
    {
        g_autoptr(JsonNode) none = NULL;
        g_autoptr(JsonNode) empty = NULL;
        g_autoptr(JsonNode) viewer = NULL;

        g_assert_cmpuint(
            test_pair_ask(address, test->a2, "POST", "/api/v1/drafts", body, NULL, &none), ==, 400);
        g_assert_cmpuint(test_pair_ask(address, test->a2, "POST", "/api/v1/drafts", "{'lines': []}",
                                       "k", &empty),
                         ==, 400);
        g_assert_cmpuint(
            test_pair_ask(address, test->viewer, "POST", "/api/v1/drafts", body, "k", &viewer), ==,
            403);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    PAIR_TEST("/portal-drafts/edit", test_edit);
    PAIR_TEST("/portal-drafts/conflict", test_conflict);
    PAIR_TEST("/portal-drafts/what-cannot-be", test_what_cannot_be);
    PAIR_TEST("/portal-drafts/no-longer-sold", test_no_longer_sold);
    PAIR_TEST("/portal-drafts/dearer", test_dearer);
    PAIR_TEST("/portal-drafts/other-currency", test_other_currency);
    PAIR_TEST("/portal-drafts/placed", test_placed);
    PAIR_TEST("/portal-drafts/make", test_make);
    PAIR_TEST("/portal-drafts/details", test_details_reach_the_base);
    return g_test_run();
}
