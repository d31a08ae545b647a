/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-base-publication.h"
#include "kab-base-roles.h"
#include "kab-words.h"
#include "test-json.h"
#include "test-pair.h"

#include <string.h>

/* What the base's administrator says that things of the sources mean: units, VAT rates and
 * currencies that are not known by themselves, and the roles of people. */

#define WORDS "/api/v1/exchange/words"
#define ROLES "/api/v1/exchange/roles"

/* A product with a unit, a VAT rate and a price that nobody knows. */
#define BODY(id, name)                                                                                                                                                 \
    "<Классификатор><ТипыЦен><ТипЦены><Ид>yuan</Ид><Наименование>В у.е.</Наименование>"                      \
    "<Валюта>у.е.</Валюта></ТипЦены></ТипыЦен></Классификатор>"                                                               \
    "<Каталог><Ид>c</Ид><Товары><Товар><Ид>" id "</Ид><Наименование>" name "</Наименование>"                                                               \
    "<БазоваяЕдиница Код=\"9999\"/><СтавкиНалогов><СтавкаНалога><Наименование>НДС</Наименование>" \
    "<Ставка>17</Ставка></СтавкаНалога></СтавкиНалогов></Товар></Товары></Каталог>"                             \
    "<ПакетПредложений><Предложения><Предложение><Ид>" id "</Ид><Цены><Цена>"                                                                                \
    "<ИдТипаЦены>yuan</ИдТипаЦены><ЦенаЗаЕдиницу>15.50</ЦенаЗаЕдиницу><Валюта>у.е.</Валюта>"               \
    "</Цена></Цены></Предложение></Предложения></ПакетПредложений>"

/* The item @i of the words: "kind text meaning count". */
static void
assert_word(TestPair *test, guint i, const char *expected)
{
    g_autoptr(JsonNode) words = test_pair_base(test, test->base_admin, "GET", WORDS, NULL, 200);
    JsonArray *items = json_object_get_array_member(json_node_get_object(words), "items");
    JsonObject *word;
    g_autofree char *shown = NULL;

    g_assert_cmpuint(json_array_get_length(items), >, i);
    word = json_array_get_object_element(items, i);
    shown = g_strdup_printf("%s %s %s %d", json_object_get_string_member(word, "kind"),
                            json_object_get_string_member(word, "text"),
                            json_object_get_string_member_with_default(word, "meaning", "-"),
                            (int)json_object_get_int_member(word, "count"));
    g_assert_cmpstr(shown, ==, expected);
}

static void
set_word(TestPair *test, const char *kind, const char *text, const char *meaning, guint expected)
{
    g_autofree char *told =
        meaning != NULL ? g_strdup_printf(",'meaning':'%s'", meaning) : g_strdup("");
    g_autofree char *body = g_strdup_printf("{'kind':'%s','text':'%s'%s}", kind, text, told);

    json_node_unref(test_pair_base(test, test->base_admin, "PUT", WORDS, body, expected));
}

static void
assert_text(KabDb *db, const char *sql, const char *expected)
{
    g_autofree char *text = NULL;

    g_assert_true(kab_db_get_text(db, sql, KAB_BIND_NONE, &text, NULL));
    g_assert_cmpstr(text, ==, expected);
}

static gint64
count_queued(TestPair *test)
{
    return test_pair_count(test->base, "SELECT count(*) FROM queue");
}

/* How many of the base's alarms hold @word. */
static guint
count_alarms(TestPair *test, const char *word)
{
    g_autoptr(JsonNode) state =
        test_pair_base(test, test->base_admin, "GET", "/api/v1/exchange", NULL, 200);
    JsonArray *alarms = json_object_get_array_member(json_node_get_object(state), "alarms");
    guint found = 0;

    for (guint i = 0; i < json_array_get_length(alarms); i++)
        found +=
            strstr(json_object_get_string_member(json_array_get_object_element(alarms, i), "text"),
                   word) != NULL;
    return found;
}

/* Met, listed, explained: what is stored means it and is sent again, and so does what comes. */
static void
test_words(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    static const char product[] = "SELECT coalesce(unit, '-') || ' ' || coalesce(vat, '-')"
                                  " FROM product WHERE name = 'Бухта'";
    static const char price[] =
        "SELECT price || ' ' || currency FROM"
        " (SELECT minor price, currency FROM price"
        " WHERE product_id = (SELECT id FROM product WHERE name = 'Бухта'))";
    static const char type[] = "SELECT currency FROM price_type WHERE name = 'В у.е.'";

    test_pair_import(test, BODY("a", "Бухта"));
    assert_word(test, 0, "currency у.е. - 1");
    assert_word(test, 1, "unit 9999 - 1");
    assert_word(test, 2, "vat 17 - 1");
    g_assert_cmpuint(count_alarms(test, "“у.е.”"), ==, 1); /* nobody sees these prices */
    test_pair_exchange(test);
    assert_text(test->portal, product, "- 17");
    assert_text(test->portal, price, NULL);
    set_word(test, "unit", "9999", "715", 200);
    g_assert_cmpint(count_queued(test), ==, 1);
    set_word(test, "unit", "9999", "715", 200); /* twice */
    set_word(test, "vat", "17", "20", 200);
    g_assert_cmpint(count_queued(test), ==, 1);
    set_word(test, "currency", "у.е.", "CNY", 200);
    g_assert_cmpuint(count_alarms(test, "“у.е.”"), ==, 0);
    g_assert_cmpint(count_queued(test), ==, 3); /* with the price type and the price */
    assert_word(test, 0, "currency у.е. CNY 1");
    test_pair_exchange(test);
    assert_text(test->portal, product, "пар 20");
    assert_text(test->portal, price, "1550 CNY");
    assert_text(test->portal, type, "CNY");
    /* The next import says nothing new, and a new product means the same. */
    test_pair_import(test, BODY("a", "Бухта"));
    g_assert_cmpint(count_queued(test), ==, 0);
    test_pair_import(test, BODY("b", "Катушка"));
    assert_text(test->base,
                "SELECT unit || ' ' || unit_code || ' ' || vat FROM product WHERE name = 'Катушка'",
                "пар 715 20");
    assert_word(test, 1, "unit 9999 715 2");
    assert_word(test, 0, "currency у.е. CNY 1");
}

/* Taken back, it is as if it had never been said. */
static void
test_words_taken_back(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    static const char stored[] =
        "SELECT coalesce(p.unit, '-') || ' ' || p.unit_code || ' ' || p.vat || ' ' || r.minor ||"
        " ' [' || r.currency || '] ' || coalesce(t.currency, '-') FROM product p"
        " JOIN price r ON r.offer_id = p.id JOIN price_type t ON t.id = r.price_type_id"
        " WHERE p.name = 'Бухта'";
    static const char *const said[][3] = {
        {"unit", "9999", "715"}, {"vat", "17", "none"}, {"currency", "у.е.", "JPY"}};

    test_pair_import(test, BODY("a", "Бухта"));
    assert_text(test->base, stored, "- 9999 17 1550 [] -");
    for (gsize i = 0; i < G_N_ELEMENTS(said); i++)
        set_word(test, said[i][0], said[i][1], said[i][2], 200);
    /* Yen have no parts. */
    assert_text(test->base, stored, "пар 715 none 15 [JPY] JPY");
    test_pair_exchange(test);
    for (gsize i = 0; i < G_N_ELEMENTS(said); i++)
        set_word(test, said[i][0], said[i][1], NULL, 200);
    assert_text(test->base, stored, "- 9999 17 1500 [] -");
    g_assert_cmpint(count_queued(test), ==, 3);
    assert_word(test, 2, "vat 17 - 1");
    /* A word that is known now is a word no more. */
    test_pair_import(test, "<Каталог><Ид>c</Ид><Товары><Товар><Ид>a</Ид><Наименование>Бухта"
                           "</Наименование><БазоваяЕдиница Код=\"796\"/></Товар></Товары>"
                           "</Каталог>");
    assert_word(test, 1, "vat 17 - 1");
}

#define PERSON(id, name, relation)                                                           \
    "<Представитель><Контрагент><Ид>" id "</Ид><Отношение>" relation "</Отношение>" \
    "<Наименование>" name "</Наименование><Контакты><Контакт><Тип>Почта</Тип><Значение>" id  \
    "@gamma.example</Значение></Контакт></Контакты></Контрагент></Представитель>"
#define PEOPLE                                                                                                                        \
    "<Контрагенты><Контрагент><Ид>gamma</Ид><Наименование>Гамма</Наименование>" \
    "<Представители>" PERSON("anna", "Анна", "Генеральный директор")                                                                  \
        PERSON("boris", "Борис", "Главный бухгалтер") PERSON("vera", "Вера", "Закупки")                                               \
            PERSON("gleb", "Глеб", "Head of supply") "</Представители></Контрагент></Контрагенты>"

/* The role at the portal of a role of contact persons, "-" for none. */
static void
assert_role(JsonNode *roles, gboolean own, const char *text, const char *expected, gint64 people)
{
    JsonArray *items = json_object_get_array_member(json_node_get_object(roles), "items");

    for (guint i = 0; i < json_array_get_length(items); i++) {
        JsonObject *role = json_array_get_object_element(items, i);

        if (json_object_get_boolean_member(role, "own") != own ||
            !g_str_equal(json_object_get_string_member(role, "base_role"), text))
            continue;
        g_assert_cmpstr(json_object_get_string_member_with_default(role, "role", "-"), ==,
                        expected);
        g_assert_cmpint(json_object_get_int_member(role, "people"), ==, people);
        return;
    }
    g_assert_cmpstr(expected, ==, "no such role");
}

static void
publish(TestPair *test, const char *who, const char *body, const char *expected)
{
    g_autofree char *query = g_strdup_printf("/api/v1/publication?text=%s", who);
    g_autoptr(JsonNode) found = test_pair_base(test, test->base_admin, "GET", query, NULL, 200);
    JsonArray *items = json_object_get_array_member(json_node_get_object(found), "items");
    g_autofree char *path = g_strdup_printf(
        "/api/v1/publication/%s",
        json_object_get_string_member(json_array_get_object_element(items, 0), "id"));
    g_autoptr(JsonNode) row = test_pair_base(test, test->base_admin, "PUT", path, body, 200);

    g_assert_cmpstr(test_json_text(row, "role"), ==, expected);
}

static void
test_roles(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(JsonNode) before = NULL;
    g_autoptr(JsonNode) filled = NULL;
    g_autoptr(JsonNode) again = NULL;

    test_pair_import(test, PEOPLE);
    publish(test, "anna", "{'login': 'anna-before'}", "buyer"); /* as it is usual */
    json_node_unref(
        test_pair_base(test, test->base_admin, "PUT", ROLES,
                       "{'roles': [{'own': false, 'base_role': 'Закупки', 'role': 'head'}]}", 200));
    before = test_pair_base(test, test->base_admin, "GET", ROLES, NULL, 200);
    assert_role(before, FALSE, "Генеральный директор", "-", 1);
    assert_role(before, FALSE, "", "-", 4); /* those of the pair */
    assert_role(before, TRUE, "manager", "-", 1);
    filled = test_pair_base(test, test->base_admin, "POST", ROLES "/fill", NULL, 200);
    assert_role(filled, FALSE, "Генеральный директор", "head", 1);
    assert_role(filled, FALSE, "Главный бухгалтер", "viewer", 1);
    assert_role(filled, FALSE, "Head of supply", "head", 1);
    assert_role(filled, FALSE, "Закупки", "head", 1); /* it was said by hand */
    assert_role(filled, FALSE, "", "buyer", 4);
    assert_role(filled, TRUE, "manager", "manager", 1);
    g_assert_cmpuint(test_json_length(filled, "filled"), ==, 6);
    again = test_pair_base(test, test->base_admin, "POST", ROLES "/fill", NULL, 200);
    g_assert_cmpuint(test_json_length(again, "filled"), ==, 0);
    publish(test, "boris", "{}", "viewer");
    publish(test, "vera", "{}", "head");
    publish(test, "gleb", "{'role': 'buyer'}", "buyer");
    publish(test, "anna", "{}", "buyer"); /* who is published stays what she is */
}

/* Exactly those that were filled are taken back. */
static void
test_roles_taken_back(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GString) body = g_string_new("{'roles': [");
    g_autoptr(JsonNode) filled = NULL;
    g_autoptr(JsonNode) after = NULL;
    JsonArray *items;

    test_pair_import(test, PEOPLE);
    json_node_unref(test_pair_base(test, test->base_admin, "PUT", ROLES,
                                   "{'roles': [{'base_role': 'Закупки', 'role': 'viewer'}]}", 200));
    filled = test_pair_base(test, test->base_admin, "POST", ROLES "/fill", NULL, 200);
    items = json_object_get_array_member(json_node_get_object(filled), "filled");
    for (guint i = 0; i < json_array_get_length(items); i++) {
        JsonObject *role = json_array_get_object_element(items, i);

        g_string_append_printf(body, "%s{'own': %s, 'base_role': '%s'}", i > 0 ? ", " : "",
                               json_object_get_boolean_member(role, "own") ? "true" : "false",
                               json_object_get_string_member(role, "base_role"));
    }
    g_string_append(body, "]}");
    after = test_pair_base(test, test->base_admin, "PUT", ROLES, body->str, 200);
    assert_role(after, FALSE, "Закупки", "viewer", 1);
    assert_role(after, FALSE, "Главный бухгалтер", "-", 1);
    assert_role(after, TRUE, "administrator", "-", 1);
    g_assert_cmpint(test_pair_count(test->base, "SELECT count(*) FROM role_map"), ==, 1);
    g_assert_cmpint(test_pair_count(test->base,
                                    "SELECT count(*) FROM audit WHERE action = 'setting'"
                                    " AND object = 'contact role: Главный бухгалтер'"),
                    ==, 2);
}

/* All of them, or none. */
static void
test_refused(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    static const char *const words[][3] = {
        {"unit", "9999", "шт"},    {"vat", "17", "17"}, {"currency", "у.е.", "руб"},
        {"status", "x", "closed"}, {"unit", "", "796"}, {"currency", "у.е.", "XXX"}};
    static const char *const roles[] = {
        "{'own': false, 'base_role': 'Закупки', 'role': 'manager'}",
        "{'own': true, 'base_role': 'manager', 'role': 'head'}",
        "{'own': true, 'base_role': 'exchange', 'role': 'manager'}",
        "{'own': false, 'base_role': 'Закупки', 'role': 'king'}",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        set_word(test, words[i][0], words[i][1], words[i][2], 400);
    g_assert_cmpint(test_pair_count(test->base, "SELECT count(*) FROM word"), ==, 0);
    for (gsize i = 0; i < G_N_ELEMENTS(roles); i++) {
        g_autofree char *body =
            g_strdup_printf("{'roles': [{'base_role': 'Директор', 'role': 'head'}, %s]}", roles[i]);

        json_node_unref(test_pair_base(test, test->base_admin, "PUT", ROLES, body, 400));
    }
    g_assert_cmpint(test_pair_count(test->base, "SELECT count(*) FROM role_map"), ==, 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    PAIR_TEST("/maps/words", test_words);
    PAIR_TEST("/maps/words-taken-back", test_words_taken_back);
    PAIR_TEST("/maps/roles", test_roles);
    PAIR_TEST("/maps/roles-taken-back", test_roles_taken_back);
    PAIR_TEST("/maps/refused", test_refused);
    return g_test_run();
}
