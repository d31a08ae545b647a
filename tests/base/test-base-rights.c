/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-json.h"
#include "test-pair.h"

/* A task is its executor's: to everybody else it is not there. */
static void
test_tasks_of_others(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = NULL;
    g_autofree char *task_id = NULL;
    g_autofree char *path = NULL;
    g_autofree char *decision = NULL;
    g_autofree char *token = NULL;
    const char *tokens[2];

    test_pair_add_approval(test, KAB_APPROVAL_TOTAL, 0, KAB_ROLE_MANAGER);
    id = test_pair_place(test, test->a);
    test_pair_exchange(test);
    g_assert_true(
        kab_db_get_text(test->base, "SELECT id FROM task", KAB_BIND_NONE, &task_id, NULL));
    path = g_strconcat("/api/v1/tasks/", task_id, NULL);
    decision = g_strconcat(path, "/decision", NULL);
    test_pair_add_user(test->base, "somebody", KAB_ROLE_HEAD);
    token = test_pair_session(test->base, "somebody");
    tokens[0] = token;
    tokens[1] = test->base_admin;
    for (gsize i = 0; i < G_N_ELEMENTS(tokens); i++) {
        g_autoptr(JsonNode) list =
            test_pair_base(test, tokens[i], "GET", "/api/v1/tasks", NULL, 200);

        g_assert_cmpuint(test_json_length(list, "items"), ==, 0);
        json_node_unref(test_pair_base(test, tokens[i], "GET", path, NULL, 404));
        json_node_unref(
            test_pair_base(test, tokens[i], "POST", decision, "{'variant': 'approve'}", 404));
    }
    json_node_unref(
        test_pair_base(test, test->manager, "POST", decision, "{'variant': 'approve'}", 200));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    PAIR_TEST("/base-rights/tasks", test_tasks_of_others);
    return g_test_run();
}
