/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-json-value.h"

#include <string.h>

static void
test_tree(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(KabJsonValue) value = kab_json_value_parse(
        "{\"b\": [1.50, \"x\", null], \"a\": {\"z\": true}, \"e\": {}}", &error);
    const KabJsonValue *list;

    g_assert_no_error(error);
    g_assert_cmpint(value->type, ==, KAB_JSON_OBJECT);
    g_assert_cmpuint(value->children->len, ==, 3);
    list = g_ptr_array_index(value->children, 0); /* in the order of the text */
    g_assert_cmpstr(list->name, ==, "b");
    g_assert_cmpint(list->type, ==, KAB_JSON_ARRAY);
    g_assert_cmpint(((KabJsonValue *)list->children->pdata[1])->type, ==, KAB_JSON_TEXT);
    g_assert_cmpstr(((KabJsonValue *)list->children->pdata[1])->text, ==, "x");
    g_assert_cmpstr(((KabJsonValue *)list->children->pdata[2])->text, ==, "null");
}

/* Whoever edits has to find the place. */
static void
test_faults(void)
{
    static const struct {
        const char *text;
        const char *line;
        const char *why;
    } rows[] = {
        {"{\n \"a\": 1\n \"b\": 2\n}", "Line 2, ", "a comma is missing"},
        {"{\n \"a\": 1,\n}", "Line 2, ", "there is a comma behind the last value"},
        {"{\n\n \"a\" 1\n}", "Line 3, ", "a colon is missing"},
        {"{\n \"a: 1,\n \"b\": 2\n}", "Line 2, character 2: ", "the quotes are not closed"},
        {"{\n a\": 1,\n \"b\": 2\n}", "Line 2, character 3: ", "the quotes are not closed"},
        {"{\n a: 1,\n \"b\": 2\n}", "Line 2, character 2: ", "a text is not in quotes"},
        {"{\"a\": hello}", "Line 1, ", "a text is not in quotes"},
        {"{\"a\": 1", "Line 1, ", "the text ends before it is whole"},
        {"{\n\"Я\": \"a\\u12\"}",
         "Line 2, character 8: ", "the backslash stands before something unknown"},
        /* As the journal cuts it. */
        {"{\"messages\":[{\"kind\":\"ord…", "Line 1, ", "the text ends before it is whole"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GError) error = NULL;

        g_assert_null(kab_json_value_parse(rows[i].text, &error));
        g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
        g_test_message("%s", error->message);
        g_assert_true(g_str_has_prefix(error->message, rows[i].line));
        g_assert_true(g_str_has_suffix(error->message, rows[i].why));
    }
}

/* Whatever a text holds, it is told and does not end the program. */
static void
test_strange(void)
{
    g_autofree char *deep = g_strnfill(100000, '[');
    const char *const texts[] = {"",
                                 " ",
                                 "\xff",
                                 "'a'",
                                 "// nothing",
                                 "{} {}",
                                 "\"a",
                                 "[\"\\udddd\"]",
                                 "[\"\\ud83d\\u0041\"]",
                                 deep};

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(KabJsonValue) value = kab_json_value_parse(texts[i], &error);
        g_autofree char *pretty = kab_json_make_pretty(texts[i]);

        g_assert_null(value);
        g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
        g_assert_cmpstr(pretty, ==, texts[i]);
    }
}

/* Nothing but the lines changes: whoever looks wants to see what was sent. */
static void
test_pretty(void)
{
    g_autofree char *pretty = kab_json_make_pretty(
        "{\"a\":[1.50, 12345678901234567890,{}],\"b\":{\"{\":\"x,\\\"\"}, \"c\":[]}");

    g_assert_cmpstr(pretty, ==,
                    "{\n"
                    "  \"a\": [\n"
                    "    1.50,\n"
                    "    12345678901234567890,\n"
                    "    {}\n"
                    "  ],\n"
                    "  \"b\": {\n"
                    "    \"{\": \"x,\\\"\"\n"
                    "  },\n"
                    "  \"c\": []\n"
                    "}");
}

static void
test_messages(void)
{
    const char *batch =
        "{\"messages\":[{\"id\":\"1\",\"version\":2},{\"id\":\"3\",\"version\":4}]}";
    g_autofree char *found = kab_json_find_message(batch, "3");
    g_autofree char *copy = kab_json_find_message("{\"id\":\"3\",\"version\":4}", "3");
    g_autofree char *made =
        kab_json_make_message("{\"kind\":\"order\",\"id\":\"3\",\"body\":{\"a\":1}}", 7);

    g_assert_nonnull(strstr(found, "\"version\": 4"));
    g_assert_cmpstr(found, ==, copy);
    g_assert_null(kab_json_find_message(batch, "2"));
    g_assert_null(kab_json_find_message("{\"messages\":{}}", "2"));
    g_assert_null(kab_json_find_message(NULL, "2"));
    g_assert_nonnull(strstr(made, "\"version\": 7"));
    g_assert_nonnull(strstr(made, "\"a\": 1"));
    g_assert_null(kab_json_make_message(NULL, 7));
}

int
main(int argc, char *argv[])
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/json-value/tree", test_tree);
    g_test_add_func("/json-value/faults", test_faults);
    g_test_add_func("/json-value/strange", test_strange);
    g_test_add_func("/json-value/pretty", test_pretty);
    g_test_add_func("/json-value/messages", test_messages);
    return g_test_run();
}
