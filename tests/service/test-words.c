/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-base-orders.h"
#include "kab-portal-orders.h"
#include "test-json.h"
#include "test-pair.h"

#include <string.h>

/* What bases of 1C write for status and state, as it comes over the exchange: the portal shows what
 * it means, and what nobody knows as it is, with an alarm for the administrator. */

static char *
place(TestPair *test)
{
    char *id = test_pair_place(test, test->a);

    test_pair_exchange(test);
    return id;
}

/* The client order as this base would send it, with words of another base. */
static void
tell(TestPair *test, const char *id, const char *status, const char *state)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(KabTransaction) transaction = kab_db_begin(test->portal, &error);
    KabMessage message = {.kind = (char *)"client-order", .id = (char *)id, .version = 1};

    kab_base_build_client_order(NULL, test->base, id, &message.body, &error);
    g_assert_no_error(error);
    json_object_set_string_member(message.body, "client_status", status);
    json_object_set_string_member(message.body, "state", state);
    kab_portal_apply_client_order(NULL, test->portal, &message, &error);
    g_assert_no_error(error);
    kab_transaction_commit(transaction, &error);
    g_assert_no_error(error);
    json_object_unref(message.body);
}

/* The alarms of the portal's console, of which exactly @n hold @word. */
static void
assert_alarms(TestPair *test, guint n_all, const char *word, guint n)
{
    g_autoptr(JsonNode) state =
        test_pair_portal(test, test->admin, "GET", "/api/v1/exchange", NULL, 200);
    JsonArray *alarms = json_object_get_array_member(json_node_get_object(state), "alarms");
    guint found = 0;

    for (guint i = 0; i < json_array_get_length(alarms); i++) {
        const char *text =
            json_object_get_string_member(json_array_get_object_element(alarms, i), "text");

        found += strstr(text, word) != NULL;
    }
    g_assert_cmpuint(json_array_get_length(alarms), ==, n_all);
    g_assert_cmpuint(found, ==, n);
}

static void
test_known(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    static const struct {
        const char *status;
        const char *state;
        const char *means;
        const char *shown;
    } rows[] = {
        {"НеСогласован", "ОжидаетсяСогласование", "awaiting-manager", "Ожидается согласование"},
        {" на  СОГЛАСОВАНИИ ", "ожидается согласование", "awaiting-manager",
         "Ожидается согласование"},
        {"КОбеспечению", "ОжидаетсяАвансДоОбеспечения", "awaiting-partner",
         "Ожидается аванс (до обеспечения)"},
        {"к обеспечению", "Готов  к  обеспечению", "awaiting-partner", "Готов к обеспечению"},
        {"К отгрузке", "ОжидаетсяПредоплатаДоОтгрузки", "awaiting-partner",
         "Ожидается предоплата (до отгрузки)"},
        {"КОтгрузке", "ГОТОВКОТГРУЗКЕ", "awaiting-partner", "Готов к отгрузке"},
        {"К выполнению", "ВПроцессеОтгрузки", "awaiting-partner", "В процессе отгрузки"},
        {"к\u00a0выполнению", "Ожидается оплата (после отгрузки)", "awaiting-partner",
         "Ожидается оплата (после отгрузки)"},
        {"Закрыт", "закрыт", "completed", "Закрыт"},
    };
    g_autofree char *id = place(test);
    g_autofree char *path = g_strconcat("/api/v1/orders/", id, NULL);

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(JsonNode) order = NULL;

        tell(test, id, rows[i].status, rows[i].state);
        order = test_pair_portal(test, test->a, "GET", path, NULL, 200);
        g_assert_cmpstr(test_json_text(order, "status"), ==, rows[i].means);
        g_assert_cmpstr(test_json_text(order, "state"), ==, rows[i].shown);
        g_assert_null(test_json_get(order, "client_status_text"));
    }
    assert_alarms(test, 0, "", 0);
}

/* Shown as it is, flagged, and forgotten when the base says something that is known. */
static void
test_unknown(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *first = place(test);
    g_autofree char *second = place(test);
    g_autofree char *path = g_strconcat("/api/v1/orders/", first, NULL);
    g_autoptr(JsonNode) order = NULL;

    tell(test, first, "У директора", "Ожидается чудо");
    order = test_pair_portal(test, test->a, "GET", path, NULL, 200);
    g_assert_cmpstr(test_json_text(order, "status"), ==, "awaiting-manager");
    g_assert_cmpstr(test_json_text(order, "client_status"), ==, "other");
    g_assert_cmpstr(test_json_text(order, "client_status_text"), ==, "У директора");
    g_assert_cmpstr(test_json_text(order, "state"), ==, "Ожидается чудо");
    assert_alarms(test, 2, "0000-000001", 2);
    tell(test, second, "У директора", "Готов к отгрузке");
    assert_alarms(test, 2, "2 orders", 1);
    assert_alarms(test, 2, "Ожидается чудо", 1);
    tell(test, first, "К выполнению", "Готов к отгрузке");
    assert_alarms(test, 1, "У директора", 1);
    tell(test, second, "Закрыт", "Закрыт");
    assert_alarms(test, 0, "", 0);
}

/* A refusal that the base did not take goes on, whatever the base calls it. */
static void
test_refusal_that_was_not_taken(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = place(test);

    test_pair_set_quantity(test, id, 1, 3);
    test_pair_decide(test, test->a, id, "refuse", 1, 200);
    test_pair_run(kab_pair_get_portal(test->pair));
    tell(test, id, "У директора", "");
    test_pair_assert_status(test, test->a, id, "awaiting-manager");
    test_pair_decide(test, test->a, id, "refuse", 2, 200);
    test_pair_run(kab_pair_get_portal(test->pair));
    /* That one was taken: it stays refused. */
    tell(test, id, "У директора", "");
    test_pair_assert_status(test, test->a, id, "refused");
}

/* A manager may write any state; what is known gets its proper name. */
static void
test_at_the_base(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    static const struct {
        const char *written;
        const char *kept;
        guint n_alarms;
    } rows[] = {
        {"готов  К отгрузке", "Готов к отгрузке", 0},
        {"Ждём погоды", "Ждём погоды", 1},
        {"ожидается аванс", "Ожидается аванс (до обеспечения)", 0},
    };
    g_autofree char *id = place(test);

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(KabOrder) wanted = test_pair_client_order(test, id);
        g_autoptr(KabOrder) order = NULL;
        g_autoptr(JsonNode) state = NULL;

        g_free(wanted->state);
        wanted->state = g_strdup(rows[i].written);
        order = kab_base_orders_set(test->base, wanted, "Мария", NULL);
        g_assert_cmpstr(order->state, ==, rows[i].kept);
        test_pair_exchange(test);
        assert_alarms(test, rows[i].n_alarms, rows[i].kept, rows[i].n_alarms);
        state = test_pair_base(test, test->base_admin, "GET", "/api/v1/exchange", NULL, 200);
        g_assert_cmpuint(test_json_length(state, "alarms"), ==, rows[i].n_alarms);
    }
}

static void
set_word(TestPair *test, const char *kind, const char *text, const char *meaning, guint expected)
{
    g_autofree char *told =
        meaning != NULL ? g_strdup_printf(",\"meaning\":\"%s\"", meaning) : g_strdup("");
    g_autofree char *body =
        g_strdup_printf("{\"kind\":\"%s\",\"text\":\"%s\"%s}", kind, text, told);
    g_autoptr(JsonNode) answer =
        test_pair_portal(test, test->admin, "PUT", "/api/v1/exchange/words", body, expected);
}

/* The cure of an alarm: what a word means is said once. The orders that have it mean it at once, as
 * do those that come; taken back, what comes is not known again. */
static void
test_predefined(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *first = place(test);
    g_autofree char *second = place(test);
    g_autofree char *path = g_strconcat("/api/v1/orders/", first, NULL);
    g_autoptr(JsonNode) words = NULL;
    g_autoptr(JsonNode) order = NULL;

    tell(test, first, "У директора", "Ожидается чудо");
    words = test_pair_portal(test, test->admin, "GET", "/api/v1/exchange/words", NULL, 200);
    g_assert_cmpuint(test_json_length(words, "items"), ==, 2);
    set_word(test, "status", "У директора", "to-fulfil", 200);
    set_word(test, "status", "У директора", "to-fulfil", 200); /* twice */
    test_pair_assert_status(test, test->a, first, "awaiting-partner");
    assert_alarms(test, 1, "Ожидается чудо", 1);
    set_word(test, "state", "Ожидается чудо", "Готов к отгрузке", 200);
    assert_alarms(test, 0, "", 0);
    order = test_pair_portal(test, test->a, "GET", path, NULL, 200);
    g_assert_cmpstr(test_json_text(order, "state"), ==, "Готов к отгрузке");
    g_assert_null(test_json_get(order, "client_status_text"));
    tell(test, second, "У директора", "Ожидается чудо");
    test_pair_assert_status(test, test->a, second, "awaiting-partner");
    assert_alarms(test, 0, "", 0);
    set_word(test, "status", "У директора", NULL, 200);
    tell(test, second, "У директора", "Закрыт");
    assert_alarms(test, 1, "У директора", 1);
}

static void
test_predefined_refused(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    set_word(test, "status", "У директора", "lost", 400);
    set_word(test, "state", "У директора", "Потерян", 400);
    set_word(test, "colour", "У директора", "to-fulfil", 400);
    set_word(test, "status", "", "to-fulfil", 400);
    assert_alarms(test, 0, "", 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    PAIR_TEST("/words/known", test_known);
    PAIR_TEST("/words/unknown", test_unknown);
    PAIR_TEST("/words/refusal", test_refusal_that_was_not_taken);
    PAIR_TEST("/words/at-the-base", test_at_the_base);
    PAIR_TEST("/words/predefined", test_predefined);
    PAIR_TEST("/words/predefined-refused", test_predefined_refused);
    return g_test_run();
}
