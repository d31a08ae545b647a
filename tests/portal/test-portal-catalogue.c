/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-json.h"
#include "test-pair.h"

#include <string.h>

/* Articles of the products that a search finds, in order, with blanks between. */
static char *
search(TestPair *test, const char *token, const char *query)
{
    g_autofree char *path = g_strconcat("/api/v1/products?", query, NULL);
    g_autoptr(JsonNode) page = test_pair_portal(test, token, "GET", path, NULL, 200);
    GString *found = g_string_new(NULL);

    for (guint i = 0; i < test_json_length(page, "items"); i++) {
        g_autofree char *at = g_strdup_printf("items/%u/article", i);

        g_string_append_printf(found, "%s%s", i > 0 ? " " : "", test_json_text(page, at));
    }
    return g_string_free(found, FALSE);
}

static void
test_search(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    static const struct {
        const char *text;
        const char *found;
    } rows[] = {
        {"молоток", "MLT-1"},
        {"МОЛОТОК", "MLT-1"},
        {"мол", "MLT-1"},
        {"мо сле", "MLT-1"},
        {"слесарный молоток", "MLT-1"},
        {"олоток", ""},
        {"TPR-2", "TPR-2"},
        {"tpr", "TPR-2"},
        {"kbl-3", "KBL-3"},
        {"3х2,5", "KBL-3"},
        {"молоток топор", ""},
        {"нет такого", ""},
        /* What would be an operator elsewhere is a word, or nothing. */
        {"молоток OR топор", ""},
        {"молоток NOT топор", ""},
        {"молоток AND слесарный", ""},
        {"NEAR(молоток слесарный)", ""},
        {"name:молоток", ""},
        {"\"молоток", "MLT-1"},
        {"молоток\"", "MLT-1"},
        {"молоток*", "MLT-1"},
        {"^молоток", "MLT-1"},
        {"-молоток", "MLT-1"},
        {"'; DROP TABLE product; --", ""},
        {"мол%", "MLT-1"},
        {"молоток)", "MLT-1"},
        {"((((", "KBL-3 LMP-4 MLT-1 RED-5 TPR-2"},
        {"", "KBL-3 LMP-4 MLT-1 RED-5 TPR-2"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *escaped = g_uri_escape_string(rows[i].text, NULL, FALSE);
        g_autofree char *query = g_strconcat("text=", escaped, NULL);
        g_autofree char *found = search(test, test->a, query);

        g_test_message("%s", rows[i].text);
        g_assert_cmpstr(found, ==, rows[i].found);
    }
}

static void
test_groups(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    static const struct {
        const char *query;
        const char *found;
    } rows[] = {
        {"group=" TEST_TOOLS, "MLT-1 RED-5 TPR-2"}, {"group=" TEST_HAMMERS, "MLT-1"},
        {"group=" TEST_ELECTRICS, "KBL-3 LMP-4"},   {"group=" TEST_NOWHERE, ""},
        {"group=" TEST_TOOLS "&text=tpr", "TPR-2"}, {"group=" TEST_ELECTRICS "&text=tpr", ""},
    };
    g_autoptr(JsonNode) groups =
        test_pair_portal(test, test->a, "GET", "/api/v1/groups", NULL, 200);

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *found = search(test, test->a, rows[i].query);

        g_assert_cmpstr(found, ==, rows[i].found);
    }
    /* Parents come before what lies in them. */
    g_assert_cmpuint(test_json_length(groups, "items"), ==, 3);
    g_assert_null(test_json_get(groups, "items/0/parent_id"));
    g_assert_cmpstr(test_json_text(groups, "items/2/parent_id"), ==, TEST_TOOLS);
}

static void
import_many(TestPair *test, guint n)
{
    g_autoptr(GString) body = g_string_new(
        "<Каталог><Ид>c</Ид><ИдКлассификатора>k</ИдКлассификатора><Наименование>К</Наименование>"
        "<Товары>");

    for (guint i = 0; i < n; i++)
        g_string_append_printf(body,
                               "<Товар><Ид>40000000-0000-4000-8000-%012u</Ид><Артикул>A%u</Артикул>"
                               "<Наименование>Винт %s</Наименование></Товар>",
                               i, i,
                               i % 3 == 0   ? "одинаковый"
                               : i % 3 == 1 ? "Малый"
                                            : "большой");
    g_string_append(body, "</Товары></Каталог>");
    test_pair_import(test, body->str);
    test_pair_exchange(test);
}

/* Page by page every product comes exactly once, also when many have the same name. */
static void
test_pages(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    static const char *const queries[] = {"limit=7", "limit=1", "limit=7&text=винт", "limit=47"};
    const guint n = 42;

    import_many(test, n);
    for (gsize i = 0; i < G_N_ELEMENTS(queries); i++) {
        g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
        g_autofree char *next = NULL;

        for (guint page_n = 0; page_n < 100; page_n++) {
            g_autofree char *escaped = next != NULL ? g_uri_escape_string(next, NULL, FALSE) : NULL;
            g_autofree char *path =
                g_strdup_printf("/api/v1/products?%s%s%s", queries[i],
                                next != NULL ? "&after=" : "", next != NULL ? escaped : "");
            g_autoptr(JsonNode) page = test_pair_portal(test, test->a, "GET", path, NULL, 200);

            for (guint at = 0; at < test_json_length(page, "items"); at++) {
                g_autofree char *where = g_strdup_printf("items/%u/id", at);

                g_assert_true(g_hash_table_add(seen, g_strdup(test_json_text(page, where))));
            }
            g_free(next);
            next = g_strdup(test_json_text(page, "next"));
            if (next == NULL)
                break;
        }
        g_assert_null(next);
        g_assert_cmpuint(g_hash_table_size(seen), ==, i == 2 ? n : n + 5);
    }
}

static void
test_bad_pages(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    static const char *const queries[] = {"limit=0",  "limit=501", "limit=x",
                                          "limit=-1", "limit=",    "after=nonsense"};

    for (gsize i = 0; i < G_N_ELEMENTS(queries); i++) {
        g_autofree char *path = g_strconcat("/api/v1/products?", queries[i], NULL);
        g_autoptr(JsonNode) answer = test_pair_portal(test, test->a, "GET", path, NULL, 400);

        g_assert_cmpstr(test_json_text(answer, "code"), ==, "invalid");
    }
}

static void
test_everybody_sees_the_own_prices(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(JsonNode) a =
        test_pair_portal(test, test->a, "GET", "/api/v1/products/" TEST_HAMMER, NULL, 200);
    g_autoptr(JsonNode) b =
        test_pair_portal(test, test->b, "GET", "/api/v1/products/" TEST_HAMMER, NULL, 200);
    g_autoptr(JsonNode) none =
        test_pair_portal(test, test->a, "GET", "/api/v1/products/" TEST_NO_PRICE, NULL, 200);
    g_autoptr(JsonNode) nowhere =
        test_pair_portal(test, test->a, "GET", "/api/v1/products/" TEST_NOWHERE, NULL, 404);

    g_assert_cmpstr(test_json_text(a, "price"), ==, "100.50");
    g_assert_cmpstr(test_json_text(b, "price"), ==, "150.00");
    g_assert_cmpstr(test_json_text(a, "stock"), ==, "5");
    g_assert_null(test_json_get(none, "price"));
}

/* A change at the base comes with the next exchange; what is taken away is found no more. */
static void
test_changes_come(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *old_name = NULL;
    g_autofree char *new_name = NULL;
    g_autofree char *gone = NULL;

    test_pair_import(test,
                     "<Каталог><Ид>c</Ид><ИдКлассификатора>k</ИдКлассификатора><Наименование>К"
                     "</Наименование><Товары>"
                     "<Товар><Ид>" TEST_HAMMER "</Ид><Артикул>MLT-1</Артикул><Наименование>Кувалда"
                     "</Наименование></Товар>"
                     "<Товар><Ид>" TEST_LAMP "</Ид><Наименование>Лампа светодиодная</Наименование>"
                     "<ПометкаУдаления>true</ПометкаУдаления></Товар></Товары></Каталог>");
    test_pair_exchange(test);
    old_name = search(test, test->a, "text=молоток");
    new_name = search(test, test->a, "text=кувалда");
    gone = search(test, test->a, "text=лампа");
    g_assert_cmpstr(old_name, ==, "");
    g_assert_cmpstr(new_name, ==, "MLT-1");
    g_assert_cmpstr(gone, ==, "");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    PAIR_TEST("/portal-catalogue/search", test_search);
    PAIR_TEST("/portal-catalogue/groups", test_groups);
    PAIR_TEST("/portal-catalogue/pages", test_pages);
    PAIR_TEST("/portal-catalogue/bad-pages", test_bad_pages);
    PAIR_TEST("/portal-catalogue/prices", test_everybody_sees_the_own_prices);
    PAIR_TEST("/portal-catalogue/changes", test_changes_come);
    return g_test_run();
}
