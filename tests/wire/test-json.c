/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-error.h"
#include "kab-json.h"
#include "test-json.h"

#include <string.h>

static JsonNode *
parse(const char *text, gssize size, GError **error)
{
    g_autoptr(GBytes) bytes = g_bytes_new(text, size < 0 ? strlen(text) : (gsize)size);

    return kab_json_parse(bytes, error);
}

static char *
nest(guint depth)
{
    GString *text = g_string_new("{\"a\":");

    for (guint i = 1; i < depth; i++)
        g_string_append_c(text, '[');
    for (guint i = 1; i < depth; i++)
        g_string_append_c(text, ']');
    g_string_append_c(text, '}');
    if (depth == 1)
        g_string_assign(text, "{}");
    return g_string_free(text, FALSE);
}

static void
test_depth(void)
{
    static const struct {
        guint depth;
        gboolean good;
    } rows[] = {{1, TRUE}, {2, TRUE}, {32, TRUE}, {33, FALSE}, {1000000, FALSE}};

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *text = nest(rows[i].depth);
        g_autoptr(GError) error = NULL;
        g_autoptr(JsonNode) node = parse(text, -1, &error);

        g_assert_cmpint(node != NULL, ==, rows[i].good);
        if (!rows[i].good)
            g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
    }
    {
        /* Nor do comments and other quotes hide it, which the library knows. */
        static const char *const hiding[] = {"{\"a\": /* \" */ ", "{'a\"': ", "{\"a\": // \"\n"};

        for (gsize i = 0; i < G_N_ELEMENTS(hiding); i++) {
            g_autofree char *brackets = g_strnfill(1000000, '[');
            g_autofree char *text = g_strconcat(hiding[i], brackets, NULL);
            g_autoptr(GError) error = NULL;

            g_assert_null(parse(text, -1, &error));
            g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
        }
    }
    {
        /* Brackets in texts are no depth. */
        g_autofree char *brackets = g_strnfill(100, '[');
        g_autofree char *text = g_strdup_printf("{\"a\": \"\\\"%s\"}", brackets);
        g_autoptr(JsonNode) node = parse(text, -1, NULL);

        g_assert_nonnull(node);
    }
}

static void
test_not_json(void)
{
    static const char *const texts[] = {"",
                                        "null",
                                        "[]",
                                        "5",
                                        "\"a\"",
                                        "{",
                                        "{\"a\"}",
                                        "{\"a\":}",
                                        "{}}",
                                        "<html>",
                                        "{\"a\": 01x}",
                                        "{\"a\": 1} trailing",
                                        "{}{}",
                                        "5{}",
                                        "[]{}",
                                        "{\"a\": 1 /* one */}",
                                        "{\"a\": 1} // one",
                                        "{'a': 1}",
                                        "{\"a\": '\"'}"};

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(GError) error = NULL;

        g_test_message("%s", texts[i]);
        g_assert_null(parse(texts[i], -1, &error));
        g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
    }
}

/* Some programs begin every text with it. */
static void
test_byte_order_mark(void)
{
    g_autoptr(JsonNode) node = parse("\xef\xbb\xbf {\"a\": 1} \r\n", -1, NULL);

    g_assert_nonnull(node);
    g_assert_cmpint(test_json_int(node, "a"), ==, 1);
}

static void
test_not_utf8(void)
{
    g_autoptr(GError) error = NULL;

    g_assert_null(parse("{\"a\":\"\xff\"}", -1, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
    g_clear_error(&error);
    g_assert_null(parse("{\"a\":\"\xd0", -1, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
    g_clear_error(&error);
    g_assert_null(parse("{\"a\":\"x\0y\"}", 11, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
}

static void
read_all(KabFields *fields)
{
    char id[KAB_ID_SIZE];
    char currency[KAB_CURRENCY_SIZE];

    kab_fields_get_text(fields, "text", 5);
    kab_fields_get_int(fields, "int", 0, 5, 1);
    kab_fields_get_boolean(fields, "boolean", TRUE);
    kab_fields_get_time(fields, "time");
    kab_fields_get_sum(fields, "sum", "RUB");
    kab_fields_get_quantity(fields, "quantity");
    kab_fields_get_currency(fields, "currency", currency);
    kab_fields_get_id(fields, "id", id);
    kab_fields_get_array(fields, "array", 2);
    kab_fields_get_object(fields, "object");
    kab_fields_skip(fields, "skipped");
}

static void
test_fields(void)
{
    static const struct {
        const char *text;
        const char *part; /* (nullable): of the error, none */
    } rows[] = {
        {"{}", NULL},
        {"{'text': null, 'int': null, 'boolean': null, 'time': null, 'sum': null, 'id': null,"
         " 'array': null, 'object': null, 'currency': null, 'quantity': null, 'skipped': null}",
         NULL},
        {"{'text': 'шесть'}", NULL},
        {"{'text': 'дольше'}", "text"},
        {"{'text': 5}", "text"},
        {"{'text': ['a']}", "text"},
        {"{'int': 5}", NULL},
        {"{'int': -1}", "int"},
        {"{'int': 6}", "int"},
        {"{'int': 1.5}", "int"},
        {"{'int': '1'}", "int"},
        {"{'int': 99999999999999999999}", "int"},
        {"{'boolean': false}", NULL},
        {"{'boolean': 0}", "boolean"},
        {"{'boolean': 'true'}", "boolean"},
        {"{'time': '2026-01-31T12:00:00Z'}", NULL},
        {"{'time': '2026-01-31'}", "time"},
        {"{'time': 5}", "time"},
        {"{'sum': '1234.50'}", NULL},
        {"{'sum': 1234.50}", "sum"},
        {"{'sum': 'many'}", "sum"},
        {"{'sum': '99999999999999999999999'}", "sum"},
        {"{'quantity': '0.001'}", NULL},
        {"{'quantity': '-'}", "quantity"},
        {"{'currency': 'RUB'}", NULL},
        {"{'currency': 'XYZ'}", "currency"},
        {"{'id': '2E5A0A5C-7C1B-4BD5-9D2A-3F6F5B6C7D8E'}", NULL},
        {"{'id': 'not-an-id'}", "id"},
        {"{'array': [{}, {}]}", NULL},
        {"{'array': [{}, {}, {}]}", "array"},
        {"{'array': [5]}", "array"},
        {"{'array': {}}", "array"},
        {"{'object': {}}", NULL},
        {"{'object': []}", "object"},
        {"{'skipped': [1, 'a', {}]}", NULL},
        {"{'unheard-of': null}", "unheard-of"},
        {"{'Text': 'a'}", "Text"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(JsonNode) node = test_json_parse(rows[i].text);
        KabFields fields = KAB_FIELDS_INIT(json_node_get_object(node));
        g_autoptr(GError) error = NULL;

        g_test_message("%s", rows[i].text);
        read_all(&fields);
        g_assert_cmpint(kab_fields_finish(&fields, &error), ==, rows[i].part == NULL);
        if (rows[i].part != NULL) {
            g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
            g_assert_nonnull(strstr(error->message, rows[i].part));
        }
    }
}

static void
test_needed(void)
{
    static const char *const texts[] = {"{}", "{'name': ''}", "{'name': null}", "{'name': 'a'}",
                                        "{'id': 'nonsense', 'name': 'a'}"};

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(JsonNode) node = test_json_parse(texts[i]);
        KabFields fields = KAB_FIELDS_INIT(json_node_get_object(node));
        g_autoptr(GError) error = NULL;
        char id[KAB_ID_SIZE];

        kab_fields_need_text(&fields, "name", 10);
        kab_fields_need_id(&fields, "id", id);
        g_assert_false(kab_fields_finish(&fields, &error));
        g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
    }
}

/* What people enter is called by its title too, what they do not by its name alone. */
static void
test_said(void)
{
    static const struct {
        const char *name;
        const char *said;
    } rows[] = {
        {"name", "Name (“name”) is longer than 2 characters"},
        {"object_id", "“object_id” is longer than 2 characters"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *text = g_strdup_printf("{'%s': 'три'}", rows[i].name);
        g_autoptr(JsonNode) node = test_json_parse(text);
        KabFields fields = KAB_FIELDS_INIT(json_node_get_object(node));
        g_autoptr(GError) error = NULL;

        kab_fields_get_text(&fields, rows[i].name, 2);
        g_assert_false(kab_fields_finish(&fields, &error));
        g_assert_cmpstr(error->message, ==, rows[i].said);
    }
}

static void
test_first_error_stays(void)
{
    g_autoptr(JsonNode) node = test_json_parse("{'text': 5, 'int': 'x'}");
    KabFields fields = KAB_FIELDS_INIT(json_node_get_object(node));
    g_autoptr(GError) error = NULL;

    read_all(&fields);
    kab_fields_fail(&fields, g_error_new_literal(KAB_ERROR, KAB_ERROR_RANGE, "later"));
    g_assert_false(kab_fields_finish(&fields, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
    g_assert_nonnull(strstr(error->message, "text"));
}

static void
test_setters(void)
{
    JsonObject *object = json_object_new();
    g_autoptr(JsonNode) node = kab_json_node_take(object);
    g_autofree char *text = NULL;

    kab_json_set_text(object, "none", NULL);
    kab_json_set_text(object, "empty", "");
    kab_json_set_text(object, "text", "«а»\n");
    kab_json_set_time(object, "never", 0);
    kab_json_set_sum(object, "sum", kab_money_new(-123450, "RUB"));
    kab_json_set_quantity(object, "quantity", (KabQuantity){22250});
    text = kab_json_to_text(node);
    g_assert_cmpstr(text, ==, "{\"text\":\"«а»\\n\",\"sum\":\"-1234.50\",\"quantity\":\"22.25\"}");
    g_assert_cmpstr(kab_json_get_text(object, "text"), ==, "«а»\n");
    g_assert_null(kab_json_get_text(object, "none"));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/json/depth", test_depth);
    g_test_add_func("/json/not-json", test_not_json);
    g_test_add_func("/json/byte-order-mark", test_byte_order_mark);
    g_test_add_func("/json/not-utf8", test_not_utf8);
    g_test_add_func("/json/fields", test_fields);
    g_test_add_func("/json/needed", test_needed);
    g_test_add_func("/json/said", test_said);
    g_test_add_func("/json/first-error", test_first_error_stays);
    g_test_add_func("/json/setters", test_setters);
    return g_test_run();
}
