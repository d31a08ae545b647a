/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "http-fixture.h"
#include "kab-error.h"

#include <string.h>

static void
test_patterns(void)
{
    static const KabHttpRoute routes[] = {
        {"GET", "/a", TRUE, KAB_RIGHT_NONE, 0, NULL},
        {"GET", "/a/{id}", TRUE, KAB_RIGHT_NONE, 0, NULL},
        {"POST", "/a/{id}/b/{name}", TRUE, KAB_RIGHT_NONE, 0, NULL},
        {"DELETE", "/a/{id}", TRUE, KAB_RIGHT_NONE, 0, NULL},
    };
    static const struct {
        const char *method;
        const char *path;
        const char *params; /* (nullable): no such route */
        gboolean known;
    } rows[] = {
        {"GET", "/p/q/a", "", TRUE},
        {"GET", "/p/q/a/5", "5", TRUE},
        {"DELETE", "/p/q/a/5", "5", TRUE},
        {"POST", "/p/q/a/5/b/%D0%B6%20%2525", "5|ж %25", TRUE},
        {"PUT", "/p/q/a/5", NULL, TRUE},
        {"POST", "/p/q/a", NULL, TRUE},
        {"get", "/p/q/a", NULL, TRUE},
        {"GET", "/p/q/a/", NULL, FALSE},
        {"GET", "/p/q/a/a%2Fb", NULL, FALSE},
        {"GET", "/p/q/a/%ZZ", NULL, FALSE},
        {"GET", "/p/q/a/%00", NULL, FALSE},
        {"GET", "/p/q/a/%FF", NULL, FALSE},
        {"GET", "/p/q/a/5/b", NULL, FALSE},
        {"GET", "/a", NULL, FALSE},
        {"GET", "/p/q/A", NULL, FALSE},
        {"GET", "//p/q/a", NULL, FALSE},
        {"GET", "", NULL, FALSE},
    };
    g_autoptr(KabHttpRouter) router = kab_http_router_new(NULL, NULL);
    g_auto(GStrv) list = NULL;

    kab_http_router_add(router, "/p/q", routes, G_N_ELEMENTS(routes));
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GPtrArray) params = NULL;
        g_autofree char *joined = NULL;
        gboolean known = FALSE;
        const KabHttpRoute *route =
            kab_http_router_find(router, rows[i].method, rows[i].path, &params, &known);

        g_test_message("%s %s", rows[i].method, rows[i].path);
        g_assert_cmpint(route != NULL, ==, rows[i].params != NULL);
        if (route == NULL) {
            g_assert_cmpint(known, ==, rows[i].known);
            continue;
        }
        g_ptr_array_add(params, NULL);
        joined = g_strjoinv("|", (char **)params->pdata);
        g_assert_cmpstr(joined, ==, rows[i].params);
    }
    list = kab_http_router_list(router);
    g_assert_cmpuint(g_strv_length(list), ==, 4);
    g_assert_cmpstr(list[2], ==, "POST /p/q/a/{id}/b/{name}");
}

static guint
carry_out(HttpFixture *fixture, const char *path, const char *authorization)
{
    g_autoptr(GPtrArray) params = NULL;
    const KabHttpRoute *route = kab_http_router_find(fixture->router, "GET", path, &params, NULL);
    KabHttpRequest request = {
        .method = (char *)"GET",
        .path = (char *)path,
        .params = params,
        .authorization = (char *)authorization,
    };
    g_auto(KabHttpResponse) response = {0};

    kab_http_router_carry_out(fixture->router, route, &request, &response);
    return response.status;
}

static void
test_rights(HttpFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_assert_cmpuint(carry_out(fixture, "/open", NULL), ==, 200);
    g_assert_cmpuint(carry_out(fixture, "/open", "Bearer nobody"), ==, 200);
    g_assert_cmpuint(carry_out(fixture, "/who", NULL), ==, 401);
    g_assert_cmpuint(carry_out(fixture, "/who", "Bearer nobody"), ==, 401);
    g_assert_cmpuint(carry_out(fixture, "/who", "Bearer x"), ==, 200);
    g_assert_cmpuint(carry_out(fixture, "/admin", "Bearer x"), ==, 403);
    g_assert_cmpuint(carry_out(fixture, "/empty", NULL), ==, 204);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/http-router/patterns", test_patterns);
    g_test_add("/http-router/rights", HttpFixture, NULL, http_fixture_set_up, test_rights,
               http_fixture_tear_down);
    return g_test_run();
}
