/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-error.h"
#include "kab-wire-comment.h"
#include "kab-wire-document.h"
#include "kab-wire-limits.h"
#include "kab-wire-task.h"
#include "test-json.h"

#include <string.h>

#define ID "90000000-0000-4000-8000-000000000001"
#define PARTNER "70000000-0000-4000-8000-000000000001"

static const char task_text[] =
    "{'order_id': '" ID "', 'order_number': '0000-000001', 'currency': 'RUB',"
    " 'order_total': '767.16', 'revision': 2, 'partner_id': '" PARTNER "',"
    " 'partner_name': 'Альфа', 'author_id': '" ID "', 'author_name': 'Иван',"
    " 'condition': 'discount', 'measure': 1304, 'threshold': 1000, 'role': 'head',"
    " 'own_allowed': true, 'state': 'finished', 'created_at': '2026-01-31T12:00:00.000Z',"
    " 'variants': [{'id': 'approve', 'title': 'Согласовано', 'outcome': 'approve',"
    " 'needs_comment': false}, {'id': 'no', 'title': 'Нет', 'outcome': 'refuse',"
    " 'needs_comment': true}], 'note': 'Почему', 'variant': 'no', 'comment': 'Дорого',"
    " 'decided_by': '" ID "', 'decided_name': 'Пётр',"
    " 'decided_at': '2026-02-01T12:00:00.000Z', 'attempt': 3}";

/* What was read is written as it was. */
static void
test_task(void)
{
    g_autoptr(JsonNode) node = test_json_parse(task_text);
    g_autoptr(GError) error = NULL;
    g_autoptr(KabTask) task =
        kab_wire_task_from_json(ID, json_node_get_object(node), KAB_TASK_SUBJECT, &error);
    g_autoptr(JsonNode) again = NULL;
    g_autoptr(JsonNode) decision = NULL;

    g_assert_no_error(error);
    g_assert_cmpstr(task->id.text, ==, ID);
    g_assert_cmpint(task->order_total.minor, ==, 76716);
    g_assert_cmpint(task->condition, ==, KAB_APPROVAL_DISCOUNT);
    g_assert_cmpint(task->role, ==, KAB_ROLE_HEAD);
    g_assert_cmpint(task->state, ==, KAB_TASK_FINISHED);
    g_assert_cmpuint(task->n_variants, ==, 2);
    g_assert_true(kab_task_find_variant(task, "no")->needs_comment);
    g_assert_cmpint(task->attempt, ==, 3);
    again = kab_wire_task_to_json(task, KAB_TASK_SUBJECT);
    g_assert_true(json_node_equal(node, again));
    /* A decision is only that: nobody tells the base what its task is about. */
    decision = kab_wire_task_to_json(task, KAB_TASK_DECISION);
    g_assert_cmpuint(json_object_get_size(json_node_get_object(decision)), ==, 6);
    g_assert_cmpstr(test_json_text(decision, "variant"), ==, "no");
    g_assert_null(kab_wire_task_from_json(ID, json_node_get_object(node), KAB_TASK_DECISION, NULL));
}

static void
test_task_that_is_none(void)
{
    static const char *const members[] = {"order_id",   "currency",  "order_total", "revision",
                                          "partner_id", "condition", "measure",     "threshold",
                                          "role",       "state",     "variants"};
    static const char *const changes[][2] = {
        {"order_id", "nonsense"}, {"condition", "mood"}, {"role", "king"},
        {"state", "New"},         {"measure", "many"},   {"surprise", "!"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(members) + G_N_ELEMENTS(changes); i++) {
        g_autoptr(JsonNode) node = test_json_parse(task_text);
        JsonObject *object = json_node_get_object(node);
        gsize k = i - MIN(i, G_N_ELEMENTS(members));
        g_autoptr(GError) error = NULL;

        if (i < G_N_ELEMENTS(members))
            json_object_remove_member(object, members[i]);
        else
            json_object_set_string_member(object, changes[k][0], changes[k][1]);
        g_assert_null(kab_wire_task_from_json(ID, object, KAB_TASK_SUBJECT, &error));
        g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
    }
}

static void
test_comment(void)
{
    g_autoptr(JsonNode) node =
        test_json_parse("{'order_id': '" ID "', 'author': 'Иван',"
                        " 'at': '2026-01-31T12:00:00.000Z', 'text': 'Когда?\\nИ где?'}");
    g_autoptr(GError) error = NULL;
    KabComment *comment = kab_wire_comment_from_json(ID, json_node_get_object(node), &error);
    g_autoptr(JsonNode) again = NULL;
    g_autoptr(JsonNode) shown = NULL;

    g_assert_no_error(error);
    comment->by_base = TRUE;
    again = kab_wire_comment_to_json(comment, FALSE);
    g_assert_true(json_node_equal(node, again));
    shown = kab_wire_comment_to_json(comment, TRUE);
    g_assert_cmpstr(test_json_text(shown, "id"), ==, ID);
    g_assert_true(json_object_get_boolean_member(json_node_get_object(shown), "by_base"));
    kab_comment_free(comment);
}

static KabDocument *
read_document(JsonNode *node, KabDocumentFields wanted, GBytes **file, GError **error)
{
    return kab_wire_document_from_json(ID, json_node_get_object(node), wanted, file, error);
}

static void
test_document(void)
{
    static const char text[] = "%PDF-1.4 paper";
    g_autoptr(JsonNode) node = test_json_parse(
        "{'kind': 'upd', 'partner_id': '" PARTNER "', 'order_id': '" ID "', 'state': 'ready',"
        " 'revision': 2, 'issued_at': '2026-01-31T12:00:00.000Z', 'file_name': 'upd-1.pdf',"
        " 'media_type': 'application/pdf'}");
    g_autoptr(GBytes) file = g_bytes_new_static(text, strlen(text));
    g_autoptr(GBytes) got = NULL;
    g_autoptr(KabDocument) document = NULL;
    g_autoptr(JsonNode) again = NULL;
    g_autoptr(GError) error = NULL;

    /* One that is ready has a file. */
    g_assert_null(read_document(node, KAB_DOCUMENT_ANSWER, &got, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
    g_clear_error(&error);
    kab_wire_document_set_file(json_node_get_object(node), file);
    document = read_document(node, KAB_DOCUMENT_ANSWER, &got, &error);
    g_assert_no_error(error);
    g_assert_true(g_bytes_equal(file, got));
    g_assert_cmpint(document->kind, ==, KAB_DOCUMENT_UPD);
    again = kab_wire_document_to_json(document, KAB_DOCUMENT_ANSWER);
    kab_wire_document_set_file(json_node_get_object(again), got);
    g_assert_true(json_node_equal(node, again));
    /* A request says what is wanted and who wants it, not what became of it. */
    g_assert_null(read_document(node, KAB_DOCUMENT_REQUEST, NULL, NULL));
}

static void
test_limits(void)
{
    static const char *const texts[] = {
        "{'limits': {'currency': 'RUB', 'credit_limit': '100.00', 'debt': '-5.00',"
        " 'overdue': '0.00', 'open': '7.00', 'advisory': true}}",
        "{'limits': {'currency': 'RUB', 'debt': '5.00', 'overdue': '1.00'}}",
        "{}",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(JsonNode) node = test_json_parse(texts[i]);
        KabFields fields = KAB_FIELDS_INIT(json_node_get_object(node));
        g_autoptr(JsonObject) again = json_object_new();
        g_autoptr(JsonNode) written = NULL;
        KabLimits limits;

        kab_wire_limits_get(&fields, "limits", &limits);
        g_assert_true(kab_fields_finish(&fields, NULL));
        g_assert_cmpint(limits.has_limit, ==, i == 0);
        g_assert_cmpint(limits.advisory, ==, i == 0);
        g_assert_cmpstr(limits.debt.currency, ==, i < 2 ? "RUB" : "");
        kab_wire_limits_set(again, "limits", &limits);
        written = kab_json_node_take(g_steal_pointer(&again));
        g_assert_true(json_node_equal(node, written));
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/wire-papers/task", test_task);
    g_test_add_func("/wire-papers/no-task", test_task_that_is_none);
    g_test_add_func("/wire-papers/comment", test_comment);
    g_test_add_func("/wire-papers/document", test_document);
    g_test_add_func("/wire-papers/limits", test_limits);
    return g_test_run();
}
