/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-base.h"
#include "kab-http-router.h"
#include "test-json.h"
#include "test-pair.h"

#include <string.h>

/* Who may ask what of the base, written down a second time: A(dministrator), M(anager), E(xchange);
 * *: whoever is signed in, -: nobody has to be. A partner's people have nothing to do here. */
static const struct {
    const char *route;
    const char *who;
} rows[] = {
    {"GET /healthz", "-"},
    {"POST /sys/token", "-"},
    {"POST /api/v1/session", "-"},
    {"DELETE /api/v1/session", "*"},
    {"PUT /api/v1/session", "*"},
    {"GET /api/v1/me", "*"},
    {"PUT /api/v1/me", "*"},
    {"PUT /api/v1/me/password", "*"},
    {"GET /api/v1/sessions", "*"},
    {"DELETE /api/v1/sessions/{id}", "*"},
    {"GET /api/v1/users", "A"},
    {"GET /api/v1/users/{id}/sessions", "A"},
    {"DELETE /api/v1/users/{id}/sessions", "A"},
    {"DELETE /api/v1/users/{id}/sessions/{id}", "A"},
    {"GET /api/v1/audit", "A"},
    {"GET /trade/hs/ExchangePortal/ping", "E"},
    {"POST /trade/hs/ExchangePortal/exchange/v1/messages", "E"},
    {"GET /trade/hs/ExchangePortal/exchange/v1/queue", "E"},
    {"POST /trade/hs/ExchangePortal/exchange/v1/answers", "E"},
    {"GET /api/v1/exchange", "A"},
    {"POST /api/v1/exchange/run", "A"},
    {"DELETE /api/v1/exchange/run", "A"},
    {"GET /api/v1/exchange/runs/{id}", "A"},
    {"PUT /api/v1/exchange/pause", "A"},
    {"DELETE /api/v1/exchange/pause", "A"},
    {"GET /api/v1/exchange/queue", "A"},
    {"GET /api/v1/exchange/queue/count", "A"},
    {"POST /api/v1/exchange/queue/retry", "A"},
    {"POST /api/v1/exchange/queue/discard", "A"},
    {"GET /api/v1/exchange/journal", "A"},
    {"GET /api/v1/exchange/journal/{id}", "A"},
    {"GET /api/v1/client-orders", "AM"},
    {"GET /api/v1/client-orders/{id}", "AM"},
    {"PUT /api/v1/client-orders/{id}", "AM"},
    {"GET /api/v1/client-orders/{id}/invoice", "AM"},
    {"GET /api/v1/comments/{id}", "AM"},
    {"PUT /api/v1/comments/{id}/{id}", "AM"},
    {"GET /api/v1/tasks", "AMH"},
    {"GET /api/v1/tasks/{id}", "AMH"},
    {"POST /api/v1/tasks/{id}/decision", "AMH"},
};

static const struct {
    KabRole role;
    char letter;
} roles[] = {
    {KAB_ROLE_ADMINISTRATOR, 'A'}, {KAB_ROLE_MANAGER, 'M'}, {KAB_ROLE_HEAD, 'H'},
    {KAB_ROLE_BUYER, 'B'},         {KAB_ROLE_VIEWER, 'V'},  {KAB_ROLE_EXCHANGE, 'E'},
};

static gboolean
may(const char *route, char letter)
{
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        if (strcmp(rows[i].route, route) == 0)
            return strchr(rows[i].who, letter) != NULL || strpbrk(rows[i].who, "-*") != NULL;
    g_error("The table knows no %s", route);
}

static void
assert_right(TestPair *test, const char *login, char letter, const char *route, const char *id)
{
    g_auto(GStrv) parts = g_strsplit(route, " ", 2);
    g_auto(GStrv) pieces = g_strsplit(parts[1], "{id}", -1);
    g_autofree char *path = g_strjoinv(id, pieces);
    g_autofree char *token = test_pair_session(test->base, login);
    g_autoptr(JsonNode) answer = NULL;
    guint status = test_pair_ask(kab_pair_get_base_address(test->pair), token, parts[0], path, NULL,
                                 "key", &answer);

    g_test_message("%s, %s: %u", route, login, status);
    if (may(route, letter))
        g_assert_cmpuint(status, !=, 403);
    else
        g_assert_cmpuint(status, ==, 403);
}

static void
test_roles(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabHttpRouter) router = kab_http_router_new(NULL, NULL);
    g_auto(GStrv) routes = NULL;
    g_autofree char *id = test_pair_place(test, test->a);

    test_pair_exchange(test);
    g_assert_true(kab_base_add_routes(router, kab_pair_get_base(test->pair), NULL));
    routes = kab_http_router_list(router);
    g_assert_cmpuint(g_strv_length(routes), ==, G_N_ELEMENTS(rows));
    for (gsize i = 0; i < G_N_ELEMENTS(roles); i++) {
        g_autofree char *login = g_strdup_printf("somebody-%c", roles[i].letter);

        test_pair_add_user(test->base, login, roles[i].role);
        for (guint k = 0; routes[k] != NULL; k++)
            assert_right(test, login, roles[i].letter, routes[k], id);
    }
}

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
    PAIR_TEST("/base-rights/roles", test_roles);
    PAIR_TEST("/base-rights/tasks", test_tasks_of_others);
    return g_test_run();
}
