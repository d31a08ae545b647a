/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-base.h"
#include "kab-http-router.h"
#include "kab-portal.h"
#include "test-json.h"
#include "test-pair.h"

#include <string.h>

/* What nobody has to sign in for. */
static const char *const open_routes[] = {"GET /healthz",
                                          "POST /sys/token",
                                          "POST /api/v1/session",
                                          "POST /api/v1/code",
                                          "POST /api/v1/code/renew",
                                          "POST /api/v1/password",
                                          "POST /api/v1/password/reset"};
#define N_OPEN_AT_BASE 3

/* Whoever is nobody, or not any more, gets 401 everywhere else. */
static void
assert_closed(const char *address, KabHttpRouter *router, const char *token, guint n_expected)
{
    g_auto(GStrv) routes = kab_http_router_list(router);
    guint n_open = 0;

    g_assert_cmpuint(g_strv_length(routes), >, 10);
    for (guint i = 0; routes[i] != NULL; i++) {
        g_auto(GStrv) parts = g_strsplit(routes[i], " ", 2);
        g_auto(GStrv) pieces = g_strsplit(parts[1], "{id}", -1);
        g_autofree char *path = g_strjoinv(TEST_NOWHERE, pieces);
        g_autoptr(JsonNode) answer = NULL;
        guint status = test_pair_ask(address, token, parts[0], path, NULL, "key", &answer);
        gboolean open = FALSE;

        g_test_message("%s: %u", routes[i], status);
        for (gsize k = 0; k < G_N_ELEMENTS(open_routes); k++)
            open = open || strcmp(open_routes[k], routes[i]) == 0;
        if (open) {
            n_open++;
            g_assert_cmpuint(status, !=, 401);
        } else {
            g_assert_cmpuint(status, ==, 401);
            g_assert_cmpstr(test_json_text(answer, "code"), ==, "unauthorized");
        }
    }
    g_assert_cmpuint(n_open, ==, n_expected);
}

static void
test_portal(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabHttpRouter) router = kab_http_router_new(NULL, NULL);
    const char *address = kab_pair_get_portal_address(test->pair);

    kab_portal_add_routes(router);
    assert_closed(address, router, NULL, G_N_ELEMENTS(open_routes));
    assert_closed(address, router, "nonsense", G_N_ELEMENTS(open_routes));
    assert_closed(address, router, test->manager,
                  G_N_ELEMENTS(open_routes)); /* a session of the other service */
}

static void
test_base(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabHttpRouter) router = kab_http_router_new(NULL, NULL);
    const char *address = kab_pair_get_base_address(test->pair);

    g_assert_true(kab_base_add_routes(router, kab_pair_get_base(test->pair), NULL));
    assert_closed(address, router, NULL, N_OPEN_AT_BASE);
    assert_closed(address, router, test->a, N_OPEN_AT_BASE);
}

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

/* The administrator sees the exchange, and nothing of a partner's. */
static void
test_administrator(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    static const struct {
        const char *path;
        guint status;
    } rows[] = {
        {"/api/v1/exchange", 200},         {"/api/v1/exchange/queue", 200},
        {"/api/v1/exchange/journal", 200}, {"/api/v1/orders", 403},
        {"/api/v1/products", 403},         {"/ping", 403},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(JsonNode) answer =
            test_pair_portal(test, test->admin, "GET", rows[i].path, NULL, rows[i].status);
    }
    {
        g_autofree char *id = test_pair_place(test, test->a);
        g_autoptr(JsonNode) queue =
            test_pair_portal(test, test->admin, "GET", "/api/v1/exchange/queue", NULL, 200);
        g_autoptr(JsonNode) run = test_pair_run_by_hand(test, test->admin);
        g_autoptr(JsonNode) state =
            test_pair_portal(test, test->admin, "GET", "/api/v1/exchange", NULL, 200);
        g_autofree char *story_path = g_strconcat("/api/v1/exchange/journal?object=", id, NULL);
        g_autoptr(JsonNode) story =
            test_pair_portal(test, test->admin, "GET", story_path, NULL, 200);

        g_assert_cmpstr(test_json_text(queue, "items/0/object_id"), ==, id);
        g_assert_cmpint(test_json_int(run, "sent"), ==, 1);
        g_assert_cmpint(test_json_int(state, "waiting"), ==, 0);
        g_assert_cmpuint(test_json_length(story, "items"), ==, 1);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    PAIR_TEST("/openness/portal", test_portal);
    PAIR_TEST("/openness/base", test_base);
    PAIR_TEST("/openness/session", test_session);
    PAIR_TEST("/openness/administrator", test_administrator);
    return g_test_run();
}
