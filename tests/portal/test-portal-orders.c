/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-json.h"
#include "test-pair.h"

#include <string.h>

static guint
submit(TestPair *test, const char *token, const char *body, const char *key, JsonNode **answer)
{
    return test_pair_ask(kab_pair_get_portal_address(test->pair), token, "POST", "/api/v1/orders",
                         body, key, answer);
}

static guint
count_orders(TestPair *test, const char *token)
{
    g_autoptr(JsonNode) page = test_pair_portal(test, token, "GET", "/api/v1/orders", NULL, 200);

    return test_json_length(page, "items");
}

static void
test_same_key_is_one_order(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(JsonNode) first = NULL;

    test_pair_fill(test, test->a);
    g_assert_cmpuint(submit(test, test->a, "{'place': true, 'comment': 'Срочно'}", "key", &first),
                     ==, 200);
    g_assert_cmpstr(test_json_text(first, "status"), ==, "new");
    g_assert_cmpstr(test_json_text(first, "total"), ==, "767.16");
    g_assert_cmpstr(test_json_text(first, "comment"), ==, "Срочно");
    g_assert_cmpstr(test_json_text(first, "partner_name"), ==, "Альфа");
    for (int i = 0; i < 2; i++) {
        g_autoptr(JsonNode) again = NULL;

        /* Also when something was put into the basket since. */
        if (i == 1)
            test_pair_fill(test, test->a);
        g_assert_cmpuint(submit(test, test->a, "{'place': true}", "key", &again), ==, 200);
        g_assert_cmpstr(test_json_text(again, "id"), ==, test_json_text(first, "id"));
    }
    g_assert_cmpuint(count_orders(test, test->a), ==, 1);
    g_assert_cmpint(test_pair_count(test->portal, "SELECT count(*) FROM queue"), ==, 1);
    /* Another user's key is another key. */
    {
        g_autoptr(JsonNode) other = NULL;

        test_pair_fill(test, test->b);
        g_assert_cmpuint(submit(test, test->b, "{'place': true}", "key", &other), ==, 200);
        g_assert_cmpstr(test_json_text(other, "id"), !=, test_json_text(first, "id"));
    }
}

static void
test_needs(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *long_key = g_strnfill(101, 'k');
    g_autofree char *long_comment = g_strnfill(4001, 'c');
    g_autofree char *long_body = g_strdup_printf("{'comment': '%s'}", long_comment);
    const struct {
        const char *body;
        const char *key;
        guint status;
    } rows[] = {
        {"{'place': true}", "k1", 409}, /* the basket is empty */
        {"{'place': true}", NULL, 400},
        {"{'place': true}", "", 400},
        {"{'place': true}", long_key, 400},
        {"{'place': 'yes'}", "k2", 400},
        {"{'place': true, 'partner_id': '" TEST_NOWHERE "'}", "k3", 400},
        {long_body, "k4", 400},
        {"nonsense", "k5", 400},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        if (i == 1)
            test_pair_fill(test, test->a);
        g_assert_cmpuint(submit(test, test->a, rows[i].body, rows[i].key, NULL), ==,
                         rows[i].status);
    }
    g_assert_cmpuint(count_orders(test, test->a), ==, 0);
}

static char *
save_draft(TestPair *test)
{
    g_autoptr(JsonNode) draft = NULL;
    g_autofree char *key = g_uuid_string_random();

    test_pair_fill(test, test->a);
    g_assert_cmpuint(submit(test, test->a, "{}", key, &draft), ==, 200);
    g_assert_cmpstr(test_json_text(draft, "status"), ==, "draft");
    return g_strconcat("/api/v1/orders/", test_json_text(draft, "id"), NULL);
}

static void
test_draft_is_deleted(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *path = save_draft(test);
    g_autofree char *placed = test_pair_place(test, test->a);
    g_autofree char *placed_path = g_strconcat("/api/v1/orders/", placed, NULL);
    g_autoptr(JsonNode) deleted = test_pair_portal(test, test->a, "DELETE", path, NULL, 204);
    g_autoptr(JsonNode) again = test_pair_portal(test, test->a, "DELETE", path, NULL, 404);
    g_autoptr(JsonNode) gone = test_pair_portal(test, test->a, "GET", path, NULL, 404);
    g_autoptr(JsonNode) not_a_draft =
        test_pair_portal(test, test->a, "DELETE", placed_path, NULL, 409);
}

static void
test_draft_stays_here_until_placed(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *path = save_draft(test);
    g_autofree char *place = g_strconcat(path, "/place", NULL);

    g_assert_cmpint(test_pair_count(test->portal, "SELECT count(*) FROM queue"), ==, 0);
    for (int i = 0; i < 2; i++) {
        g_autoptr(JsonNode) placed = test_pair_portal(test, test->a, "POST", place, NULL, 200);

        g_assert_cmpstr(test_json_text(placed, "status"), ==, "new");
    }
    g_assert_cmpint(test_pair_count(test->portal, "SELECT count(*) FROM queue"), ==, 1);
    test_pair_exchange(test);
    g_assert_cmpint(test_pair_count(test->base, "SELECT count(*) FROM orders"), ==, 1);
}

static void
test_draft_is_placed_with_prices_of_now(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *path = save_draft(test);
    g_autofree char *place = g_strconcat(path, "/place", NULL);
    g_autoptr(JsonNode) placed = NULL;

    g_assert_true(kab_db_script(
        test->portal, "UPDATE price SET minor = minor * 2 WHERE product_id = '" TEST_AXE "'",
        NULL));
    placed = test_pair_portal(test, test->a, "POST", place, NULL, 200);
    g_assert_cmpstr(test_json_text(placed, "lines/1/price"), ==, "666.66");
    g_assert_cmpstr(test_json_text(placed, "total"), ==, "1433.82");
}

static void
test_draft_without_a_price_stays(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *path = save_draft(test);
    g_autofree char *place = g_strconcat(path, "/place", NULL);
    g_autoptr(JsonNode) refused = NULL;
    g_autoptr(JsonNode) draft = NULL;

    g_assert_true(
        kab_db_script(test->portal, "DELETE FROM price WHERE product_id = '" TEST_AXE "'", NULL));
    refused = test_pair_portal(test, test->a, "POST", place, NULL, 409);
    g_assert_nonnull(strstr(test_json_text(refused, "detail"), "Топор"));
    draft = test_pair_portal(test, test->a, "GET", path, NULL, 200);
    g_assert_cmpstr(test_json_text(draft, "status"), ==, "draft");
    g_assert_cmpstr(test_json_text(draft, "total"), ==, "767.16");
    g_assert_cmpint(test_pair_count(test->portal, "SELECT count(*) FROM queue"), ==, 0);
}

static void
test_list(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autofree char *next = NULL;
    g_autoptr(JsonNode) drafts = NULL;
    g_autoptr(JsonNode) bad = NULL;

    for (int i = 0; i < 5; i++)
        g_free(i % 2 == 0 ? test_pair_place(test, test->a) : save_draft(test));
    do {
        g_autofree char *path = g_strdup_printf(
            "/api/v1/orders?limit=2%s%s", next != NULL ? "&after=" : "", next != NULL ? next : "");
        g_autoptr(JsonNode) page = test_pair_portal(test, test->a, "GET", path, NULL, 200);

        for (guint i = 0; i < test_json_length(page, "items"); i++) {
            g_autofree char *at = g_strdup_printf("items/%u/id", i);

            g_assert_true(g_hash_table_add(seen, g_strdup(test_json_text(page, at))));
        }
        g_free(next);
        next = g_strdup(test_json_text(page, "next"));
    } while (next != NULL);
    g_assert_cmpuint(g_hash_table_size(seen), ==, 5);
    drafts = test_pair_portal(test, test->a2, "GET", "/api/v1/orders?status=draft", NULL, 200);
    g_assert_cmpuint(test_json_length(drafts, "items"), ==, 2);
    bad = test_pair_portal(test, test->a, "GET", "/api/v1/orders?after=x", NULL, 400);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    PAIR_TEST("/portal-orders/same-key", test_same_key_is_one_order);
    PAIR_TEST("/portal-orders/needs", test_needs);
    PAIR_TEST("/portal-orders/draft-deleted", test_draft_is_deleted);
    PAIR_TEST("/portal-orders/draft-placed", test_draft_stays_here_until_placed);
    PAIR_TEST("/portal-orders/draft-repriced", test_draft_is_placed_with_prices_of_now);
    PAIR_TEST("/portal-orders/draft-without-price", test_draft_without_a_price_stays);
    PAIR_TEST("/portal-orders/list", test_list);
    return g_test_run();
}
