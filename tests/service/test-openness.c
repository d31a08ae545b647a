/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-json.h"
#include "test-pair.h"

static void
test_session(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(JsonNode) me = test_pair_portal(test, test->a, "GET", "/api/v1/me", NULL, 200);
    g_autoptr(JsonNode) wrong = test_pair_portal(test, NULL, "POST", "/api/v1/session",
                                                 "{'login': 'alfa-head', 'password': 'x'}", 401);
    g_autoptr(JsonNode) nobody = test_pair_portal(test, NULL, "POST", "/api/v1/session",
                                                  "{'login': 'nobody', 'password': 'x'}", 401);
    g_autoptr(JsonNode) out = NULL;
    g_autoptr(JsonNode) after = NULL;

    g_assert_cmpstr(test_json_text(me, "user/login"), ==, "alfa-head");
    g_assert_cmpstr(test_json_text(me, "user/role"), ==, "head");
    g_assert_cmpstr(test_json_text(wrong, "detail"), ==, test_json_text(nobody, "detail"));
    out = test_pair_portal(test, test->a, "DELETE", "/api/v1/session", NULL, 204);
    after = test_pair_portal(test, test->a, "GET", "/api/v1/me", NULL, 401);
}

/* The administrator sees what becomes of a partner's order, and not the order. */
static void
test_administrator(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = test_pair_place(test, test->a);
    g_autoptr(JsonNode) queue =
        test_pair_portal(test, test->admin, "GET", "/api/v1/exchange/queue", NULL, 200);
    g_autoptr(JsonNode) run = test_pair_run_by_hand(test, test->admin);
    g_autoptr(JsonNode) state =
        test_pair_portal(test, test->admin, "GET", "/api/v1/exchange", NULL, 200);
    g_autofree char *story_path = g_strconcat("/api/v1/exchange/journal?object=", id, NULL);
    g_autoptr(JsonNode) story = test_pair_portal(test, test->admin, "GET", story_path, NULL, 200);

    g_assert_cmpstr(test_json_text(queue, "items/0/object_id"), ==, id);
    g_assert_cmpint(test_json_int(run, "sent"), ==, 1);
    g_assert_cmpint(test_json_int(state, "waiting"), ==, 0);
    g_assert_cmpuint(test_json_length(story, "items"), ==, 1);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    PAIR_TEST("/openness/session", test_session);
    PAIR_TEST("/openness/administrator", test_administrator);
    return g_test_run();
}
