/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-order-store.h"
#include "test-json.h"
#include "test-pair.h"

#include <string.h>

#define ORDERS "/api/v1/orders"

static guint
count(TestPair *test, const char *query)
{
    g_autofree char *list = g_strconcat(ORDERS "?", query, NULL);
    g_autofree char *totals = g_strconcat(ORDERS "/totals?", query, NULL);
    g_autoptr(JsonNode) page = test_pair_portal(test, test->a, "GET", list, NULL, 200);
    g_autoptr(JsonNode) counted = test_pair_portal(test, test->a, "GET", totals, NULL, 200);

    /* The list and its totals are of the same orders. */
    g_assert_cmpuint(test_json_length(page, "items"), ==, test_json_int(counted, "count"));
    return test_json_length(page, "items");
}

static void
save(TestPair *test, const char *body, const char *key)
{
    g_autoptr(JsonNode) saved = NULL;

    test_pair_fill(test, test->a);
    g_assert_cmpuint(test_pair_ask(kab_pair_get_portal_address(test->pair), test->a, "POST", ORDERS,
                                   body, key, &saved),
                     ==, 200);
}

static void
test_search(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *placed = test_pair_place(test, test->a);
    g_autofree char *others = test_pair_place(test, test->b);

    test_pair_exchange(test);
    save(test, "{'name': 'Запас на зиму', 'comment': 'Привезти к восьми'}", "key");
    g_assert_cmpuint(count(test, "text=%D0%9C%D0%9E%D0%9B%D0%9E%D0%A2"), ==, 2); /* МОЛОТ */
    g_assert_cmpuint(count(test, "text=%D0%B7%D0%B8%D0%BC%D1%83"), ==, 1);       /* зиму */
    g_assert_cmpuint(count(test, "text=%D0%B2%D0%BE%D1%81%D1%8C%D0%BC%D0%B8"), ==, 1);
    g_assert_cmpuint(count(test, "text=000001"), ==, 1);
    /* Every word has to be there, in one line or in the head. */
    g_assert_cmpuint(count(test, "text=%D0%B7%D0%B8%D0%BC%D1%83%20%D0%97%D0%B0%D0%BF%D0%B0%D1%81"),
                     ==, 1);
    g_assert_cmpuint(count(test, "text=%D0%B7%D0%B8%D0%BC%D1%83%20000001"), ==, 0);
    g_assert_cmpuint(count(test, "text=%25"), ==, 0);
    g_assert_cmpuint(count(test, "text=%20"), ==, 2);
    g_assert_cmpuint(count(test, "text="), ==, 2);
    g_assert_cmpuint(count(test, "status=draft"), ==, 1);
    g_assert_cmpuint(count(test, "status=draft&text=000001"), ==, 0);
    g_assert_cmpuint(count(test, "from=2000-01-01&to=2999-12-30"), ==, 2);
    g_assert_cmpuint(count(test, "to=2001-01-01"), ==, 0);
    g_assert_cmpuint(count(test, "from=2999-01-01"), ==, 0);
}

static void
test_what_cannot_be(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *letters = g_strnfill(201, 'x');
    g_autofree char *long_text = g_strconcat("text=", letters, NULL);
    const char *const queries[] = {"from=yesterday", "to=2026-02-30", "status=surprising",
                                   "from=2026-02-02&to=2026-02-01", long_text};

    for (gsize i = 0; i < G_N_ELEMENTS(queries); i++) {
        g_autofree char *list = g_strconcat(ORDERS "?", queries[i], NULL);
        g_autofree char *totals = g_strconcat(ORDERS "/totals?", queries[i], NULL);

        json_node_unref(test_pair_portal(test, test->a, "GET", list, NULL, 400));
        json_node_unref(test_pair_portal(test, test->a, "GET", totals, NULL, 400));
    }
}

/* A day is the one by the portal's clock when the order was placed, not when it was saved. */
static void
test_days(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    KabDate day = kab_date_of("2026-03-05");
    g_autofree char *script = g_strdup_printf(
        "UPDATE orders SET created_at = %" G_GINT64_FORMAT ", placed_at = %" G_GINT64_FORMAT,
        kab_date_begin(kab_date_of("2026-03-01")), kab_date_begin(day));

    g_free(test_pair_place(test, test->a));
    g_assert_true(kab_db_script(test->portal, script, NULL));
    g_assert_cmpuint(count(test, "from=2026-03-05&to=2026-03-05"), ==, 1);
    g_assert_cmpuint(count(test, "from=2026-03-06"), ==, 0);
    g_assert_cmpuint(count(test, "to=2026-03-04"), ==, 0);
    g_assert_cmpuint(count(test, "from=2026-03-01&to=2026-03-01"), ==, 0);
}

static void
test_totals(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(JsonNode) totals = NULL;

    g_free(test_pair_place(test, test->a));
    g_free(test_pair_place(test, test->a));
    g_free(test_pair_place(test, test->b));
    g_free(test_pair_place(test, test->a));
    g_assert_true(kab_db_script(test->portal,
                                "UPDATE orders SET currency = 'USD', total = 9000000000000000000"
                                " WHERE id = (SELECT max(id) FROM orders WHERE partner_id ="
                                " (SELECT id FROM partner WHERE name = 'Альфа'))",
                                NULL));
    totals = test_pair_portal(test, test->a, "GET", ORDERS "/totals", NULL, 200);
    g_assert_cmpint(test_json_int(totals, "count"), ==, 3);
    g_assert_cmpuint(test_json_length(totals, "totals"), ==, 2);
    g_assert_cmpstr(test_json_text(totals, "totals/0/currency"), ==, "RUB");
    g_assert_cmpint(test_json_int(totals, "totals/0/count"), ==, 2);
    g_assert_cmpstr(test_json_text(totals, "totals/0/total"), ==, "1534.32");
    g_assert_cmpstr(test_json_text(totals, "totals/1/total"), ==, "90000000000000000.00");
    /* More than can be counted is told, not wrong. */
    g_assert_true(
        kab_db_script(test->portal, "UPDATE orders SET total = 9000000000000000000", NULL));
    json_node_unref(test_pair_portal(test, test->a, "GET", ORDERS "/totals", NULL, 413));
}

/* What users call their drafts is one short line, stays at the portal and outlives placing. */
static void
test_names(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *letters = g_strnfill(101, 'x');
    g_autofree char *long_name = g_strdup_printf("{'name': '%s'}", letters);
    const char *const wrong[] = {long_name, "{'name': 'two\\nlines'}", "{'name': '\\u202eevil'}",
                                 "{'name': 1}"};
    g_autoptr(JsonNode) draft = NULL;
    g_autoptr(JsonNode) placed = NULL;
    g_autoptr(JsonNode) seen = NULL;
    g_autofree char *path = NULL;

    test_pair_fill(test, test->a);
    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autoptr(JsonNode) answer = NULL;

        g_assert_cmpuint(test_pair_ask(kab_pair_get_portal_address(test->pair), test->a, "POST",
                                       ORDERS, wrong[i], "key", &answer),
                         ==, 400);
    }
    g_assert_cmpuint(test_pair_ask(kab_pair_get_portal_address(test->pair), test->a, "POST", ORDERS,
                                   "{'name': 'Запас'}", "key", &draft),
                     ==, 200);
    g_assert_cmpstr(test_json_text(draft, "name"), ==, "Запас");
    path = g_strconcat(ORDERS "/", test_json_text(draft, "id"), "/place", NULL);
    placed = test_pair_portal(test, test->a, "POST", path, NULL, 200);
    test_pair_exchange(test);
    *strrchr(path, '/') = '\0';
    seen = test_pair_portal(test, test->a, "GET", path, NULL, 200);
    g_assert_cmpstr(test_json_text(seen, "name"), ==, "Запас");
    g_assert_nonnull(test_json_text(seen, "number"));
    g_assert_cmpint(test_pair_count(test->base, "SELECT count(*) FROM orders WHERE name IS NULL"),
                    ==, 1);
}

static char *
history_path(const char *id)
{
    return g_strconcat(ORDERS "/", id, "/history", NULL);
}

static void
test_history(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = test_pair_place(test, test->a);
    g_autofree char *path = history_path(id);
    g_autoptr(JsonNode) first = test_pair_portal(test, test->a, "GET", path, NULL, 200);
    g_autoptr(JsonNode) seen = NULL;
    g_autoptr(JsonNode) again = NULL;

    g_assert_cmpuint(test_json_length(first, "items"), ==, 1);
    g_assert_cmpstr(test_json_text(first, "items/0/what"), ==, "placed");
    g_assert_cmpstr(test_json_text(first, "items/0/who"), ==, "alfa-head");
    test_pair_exchange(test);
    test_pair_set_quantity(test, id, 0, 7);
    test_pair_set_ship_date(test, id, "2126-03-01");
    test_pair_set_status(test, id, KAB_CLIENT_TO_FULFIL);
    test_pair_exchange(test);
    seen = test_pair_portal(test, test->viewer, "GET", path, NULL, 200);
    g_assert_cmpstr(test_json_text(seen, "items/0/what"), ==, "awaiting-partner");
    g_assert_cmpint(test_json_int(seen, "items/0/lines"), ==, 1);
    g_assert_cmpstr(test_json_text(seen, "items/0/ship_date"), ==, "2126-03-01");
    g_assert_null(test_json_text(seen, "items/1/ship_date"));
    g_assert_cmpuint(test_json_length(seen, "items/0/changes"), ==, 1);
    g_assert_cmpstr(test_json_text(seen, "items/0/changes/0/quantity"), ==, "7");
    g_assert_cmpstr(test_json_text(seen, "items/0/changes/0/before"), !=, "7");
    g_assert_cmpstr(test_json_text(seen, "items/1/what"), ==, "awaiting-manager");
    g_assert_nonnull(test_json_text(seen, "items/1/number"));
    /* The same told once more is no news. */
    test_pair_exchange(test);
    again = test_pair_portal(test, test->a, "GET", path, NULL, 200);
    g_assert_true(json_node_equal(seen, again));
    json_node_unref(test_pair_portal(test, test->b, "GET", path, NULL, 404));
    /* Rows of before say what they can; those that say nonsense do too. */
    g_assert_true(kab_db_script(test->portal,
                                "UPDATE order_history SET note = NULL, by_base = 0 WHERE id = 1;"
                                "UPDATE order_history SET note = '{\"lines\": \"x\"' WHERE id = 2;"
                                "UPDATE order_history SET note = '{\"lines\": 1, \"changes\":"
                                " [{\"name\": 3}]}' WHERE id = 3",
                                NULL));
    json_node_unref(test_pair_portal(test, test->a, "GET", path, NULL, 200));
}

/* An order that is changed for ever keeps the newest of it. */
static void
test_history_is_bounded(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = test_pair_place(test, test->a);
    g_autofree char *path = history_path(id);
    g_autoptr(KabOrder) order = kab_order_store_load(test->portal, id, NULL);
    g_autoptr(KabTransaction) transaction = kab_db_begin(test->portal, NULL);
    g_autoptr(JsonNode) seen = NULL;

    for (int i = 0; i < 210; i++)
        g_assert_true(kab_order_store_save(test->portal, order, "Иван", "edited", NULL));
    g_assert_true(kab_transaction_commit(transaction, NULL));
    seen = test_pair_portal(test, test->a, "GET", path, NULL, 200);
    g_assert_cmpuint(test_json_length(seen, "items"), ==, 200);
    g_assert_cmpint(test_pair_count(test->portal, "SELECT count(*) FROM order_history"), ==, 200);
}

/* Ten thousand orders of ten lines, and one that was placed: a page has the newest of what is
 * meant, and the totals count all of it. */
static void
test_large(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    static const struct {
        const char *query;
        gint64 count;
    } rows[] = {
        {"limit=100", 10001},
        {"limit=100&text=nowhere", 0},
        {"limit=100&text=%D0%91%D0%BE%D0%BB%D1%82", 10000},
        {"limit=100&text=1000-009999", 1},
        {"limit=100&status=draft", 0},
        {"limit=100&from=2020-01-01&to=2020-01-10", 86},
    };

    g_free(test_pair_place(test, test->a));
    g_assert_true(kab_db_script(
        test->portal,
        "CREATE TEMP TABLE n AS WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n"
        " WHERE i < 10000) SELECT i FROM n;"
        "INSERT INTO orders (id, partner_id, number, version, revision, decision, decided_revision,"
        " status, client_status, created_at, placed_at, currency, total)"
        " SELECT printf('a0000000-0000-4000-8000-%012d', i), (SELECT partner_id FROM orders),"
        " printf('1000-%06d', i), 1, 1, 'none', 0, 'completed', 'closed',"
        " 1577836800000 + i * 10000000, 1577836800000 + i * 10000000, 'RUB', 10000 FROM n;"
        "INSERT INTO order_line (order_id, position, product_id, article, name, ordered, quantity,"
        " price, sum) SELECT printf('a0000000-0000-4000-8000-%012d', n.i), l.i,"
        " printf('b0000000-0000-4000-8000-%012d', l.i), 'ART-' || l.i,"
        " 'Болт оцинкованный с шестигранной головкой М' || l.i, 1000, 1000, 1000, 1000"
        " FROM n JOIN n l ON l.i <= 10",
        NULL));
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *list = g_strconcat(ORDERS "?", rows[i].query, NULL);
        g_autofree char *totals = g_strconcat(ORDERS "/totals?", rows[i].query, NULL);
        g_autoptr(JsonNode) page = test_pair_portal(test, test->a, "GET", list, NULL, 200);
        g_autoptr(JsonNode) counted = test_pair_portal(test, test->a, "GET", totals, NULL, 200);

        g_assert_cmpint(test_json_length(page, "items"), ==, MIN(rows[i].count, 100));
        g_assert_cmpint(test_json_int(counted, "count"), ==, rows[i].count);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    PAIR_TEST("/portal-order-list/search", test_search);
    PAIR_TEST("/portal-order-list/what-cannot-be", test_what_cannot_be);
    PAIR_TEST("/portal-order-list/days", test_days);
    PAIR_TEST("/portal-order-list/totals", test_totals);
    PAIR_TEST("/portal-order-list/names", test_names);
    PAIR_TEST("/portal-order-list/history", test_history);
    PAIR_TEST("/portal-order-list/history-is-bounded", test_history_is_bounded);
    PAIR_TEST("/portal-order-list/large", test_large);
    return g_test_run();
}
