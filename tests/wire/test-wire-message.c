/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-error.h"
#include "kab-wire-message.h"
#include "test-json.h"

#include <string.h>

#define ID "2e5a0a5c-7c1b-4bd5-9d2a-3f6f5b6c7d8e"

static void
test_messages_come_back(void)
{
    g_autoptr(JsonNode) node = test_json_parse(
        "{'messages': [{'kind': 'order', 'id': '" ID "', 'version': 7,"
        " 'body': {'a': ['b']}}, {'kind': 'group', 'id': '" ID "', 'version': 1}]}");
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) messages = kab_wire_messages_from_json(json_node_get_object(node), &error);
    g_autoptr(JsonNode) again = NULL;

    g_assert_no_error(error);
    g_assert_cmpuint(messages->len, ==, 2);
    g_assert_null(((KabMessage *)g_ptr_array_index(messages, 1))->body);
    again = kab_wire_messages_to_json(messages);
    g_assert_true(json_node_equal(node, again));
}

static void
test_answers_come_back(void)
{
    g_autoptr(GPtrArray) answers = g_ptr_array_new_with_free_func((GDestroyNotify)kab_answer_free);
    g_autoptr(GPtrArray) back = NULL;
    g_autoptr(JsonNode) node = NULL;
    g_autoptr(JsonNode) again = NULL;
    g_autoptr(JsonNode) parsed = NULL;
    g_autoptr(GBytes) text = NULL;
    g_autoptr(GError) error = NULL;

    for (int i = 0; i <= KAB_OUTCOME_WAITS; i++) {
        KabAnswer *answer = g_new0(KabAnswer, 1);

        answer->kind = g_strdup("order");
        answer->id = g_strdup(ID);
        answer->version = i + 1;
        answer->outcome = (KabOutcome)i;
        answer->detail = i == KAB_OUTCOME_REJECTED ? g_strdup("Нет: \"кавычки\", \\ и \n") : NULL;
        if (i == KAB_OUTCOME_WAITS) {
            answer->waits_kind = g_strdup("partner");
            answer->waits_id = g_strdup(ID);
        }
        g_ptr_array_add(answers, answer);
    }
    node = kab_wire_answers_to_json(answers);
    back = kab_wire_answers_from_json(json_node_get_object(node), &error);
    g_assert_no_error(error);
    again = kab_wire_answers_to_json(back);
    g_assert_true(json_node_equal(node, again));

    /* Written the fast way it is the same. */
    text = kab_wire_answers_to_bytes(answers);
    parsed = kab_json_parse(text, &error);
    g_assert_no_error(error);
    g_assert_true(json_node_equal(node, parsed));
}

static void
test_bad_envelopes(void)
{
    static const char *const texts[] = {
        "{'messages': 5}",
        "{'messages': [5]}",
        "{'messages': [{}]}",
        "{'messages': [{'kind': 'order', 'id': 'x', 'version': 1}]}",
        "{'messages': [{'kind': '', 'id': '" ID "', 'version': 1}]}",
        "{'messages': [{'kind': 'order', 'id': '" ID "', 'version': 0}]}",
        "{'messages': [{'kind': 'order', 'id': '" ID "', 'version': '1'}]}",
        "{'messages': [{'kind': 'order', 'id': '" ID "', 'version': 1, 'body': []}]}",
        "{'messages': [{'kind': 'order', 'id': '" ID "', 'version': 1, 'more': 1}]}",
        "{'messages': [], 'more': 1}",
        "{}",
        "{'messages': null}",
        "{'messages': [{'kind': 'order', 'id': '" ID "'}]}",
        "{'messages': [{'kind': 'order', 'id': '" ID "', 'version': 9007199254740992}]}",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(JsonNode) node = test_json_parse(texts[i]);
        g_autoptr(GError) error = NULL;

        g_test_message("%s", texts[i]);
        g_assert_null(kab_wire_messages_from_json(json_node_get_object(node), &error));
        g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
    }
}

static void
test_too_many(void)
{
    g_autoptr(GString) text = g_string_new("{'messages': [");
    g_autoptr(JsonNode) node = NULL;
    g_autoptr(GError) error = NULL;

    for (guint i = 0; i <= KAB_MESSAGES_MAX; i++)
        g_string_append_printf(text, "%s{'kind': 'order', 'id': '" ID "', 'version': 1}",
                               i > 0 ? "," : "");
    g_string_append(text, "]}");
    node = test_json_parse(text->str);
    g_assert_null(kab_wire_messages_from_json(json_node_get_object(node), &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
}

static void
test_bad_answers(void)
{
    static const char *const texts[] = {
        "{'answers': [{}]}",
        "{'answers': [{'kind': 'order', 'id': 'x', 'version': 1}]}",
        "{'answers': [{'kind': 'order', 'id': 'x', 'version': 1, 'outcome': 'fine'}]}",
        "{'answers': 'all well'}",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(JsonNode) node = test_json_parse(texts[i]);
        g_autoptr(GError) error = NULL;

        g_assert_null(kab_wire_answers_from_json(json_node_get_object(node), &error));
        g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/wire-message/messages", test_messages_come_back);
    g_test_add_func("/wire-message/answers", test_answers_come_back);
    g_test_add_func("/wire-message/bad-envelopes", test_bad_envelopes);
    g_test_add_func("/wire-message/too-many", test_too_many);
    g_test_add_func("/wire-message/bad-answers", test_bad_answers);
    return g_test_run();
}
