/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-http-router.h"
#include "kab-portal.h"
#include "test-json.h"
#include "test-pair.h"

#include <string.h>

/* What partner Beta gets, with the id of an order of partner Alfa in every place. */
typedef struct {
    const char *route;
    const char *body;
    guint status;
} Row;

static const Row rows[] = {
    {"GET /ping", NULL, 403},
    {"POST /exchange/v1/messages", "{'messages': []}", 403},
    {"GET /healthz", NULL, 200},
    {"POST /sys/token", "{}", 400},
    {"POST /api/v1/session", "{'login': 'alfa-head', 'password': 'wrong password'}", 401},
    {"PUT /api/v1/session", "{'partner_id': '{id}'}", 404},
    {"GET /api/v1/me", NULL, 200},
    {"PUT /api/v1/me", "{'language': 'ru'}", 200},
    {"PUT /api/v1/me/password", "{'before': 'wrong password', 'password': 'four words of beta'}",
     403},
    {"GET /api/v1/sessions", NULL, 200},
    {"DELETE /api/v1/sessions/{id}", NULL, 404},
    {"GET /api/v1/users", NULL, 403},
    {"GET /api/v1/users/{id}/sessions", NULL, 403},
    {"DELETE /api/v1/users/{id}/sessions", NULL, 403},
    {"DELETE /api/v1/users/{id}/sessions/{id}", NULL, 403},
    {"GET /api/v1/audit", NULL, 403},
    {"POST /api/v1/code", "{'code': '00000-00000-00000-00000-00000-0'}", 404},
    {"POST /api/v1/code/renew", "{'code': '00000-00000-00000-00000-00000-0'}", 404},
    {"POST /api/v1/password",
     "{'code': '00000-00000-00000-00000-00000-0', 'password': 'four words of beta'}", 404},
    {"POST /api/v1/password/reset", "{'login': 'alfa-head'}", 204},
    {"GET /api/v1/exchange", NULL, 403},
    {"GET /exchange/v1/queue", NULL, 403},
    {"POST /exchange/v1/answers", "{'answers': []}", 403},
    {"POST /api/v1/exchange/run", "{}", 403},
    {"DELETE /api/v1/exchange/run", NULL, 403},
    {"GET /api/v1/exchange/runs/{id}", NULL, 403},
    {"PUT /api/v1/exchange/pause", NULL, 403},
    {"DELETE /api/v1/exchange/pause", NULL, 403},
    {"GET /api/v1/exchange/queue", NULL, 403},
    {"GET /api/v1/exchange/queue/count", NULL, 403},
    {"POST /api/v1/exchange/queue/retry", "{}", 403},
    {"POST /api/v1/exchange/queue/discard", "{}", 403},
    {"GET /api/v1/exchange/journal", NULL, 403},
    {"GET /api/v1/exchange/journal/{id}", NULL, 403},
    {"GET /api/v1/groups", NULL, 200},
    {"GET /api/v1/products", NULL, 200},
    {"GET /api/v1/products/{id}", NULL, 404},
    {"GET /api/v1/basket", NULL, 200},
    {"PUT /api/v1/basket/{id}", "{'quantity': '1'}", 404},
    {"POST /api/v1/orders", "{'place': true}", 409},
    {"GET /api/v1/orders", NULL, 200},
    {"GET /api/v1/orders/{id}", NULL, 404},
    {"DELETE /api/v1/orders/{id}", NULL, 404},
    {"POST /api/v1/orders/{id}/place", NULL, 404},
    {"POST /api/v1/orders/{id}/decision", "{'decision': 'confirm', 'revision': 1}", 404},
    {"PUT /api/v1/orders/{id}", "{'version': 1, 'lines': []}", 404},
    {"GET /api/v1/warehouses", NULL, 200},
    {"GET /api/v1/limits", NULL, 200},
    {"GET /api/v1/comments/{id}", NULL, 404},
    {"PUT /api/v1/comments/{id}/{id}", "{'text': 'Чужое'}", 404},
    {"GET /api/v1/orders/{id}/documents", NULL, 404},
    {"GET /api/v1/documents", NULL, 200},
    {"POST /api/v1/documents", "{'kind': 'invoice', 'order_id': '{id}'}", 404},
    {"GET /api/v1/documents/{id}/file", NULL, 404},
    {"GET /api/v1/tasks", NULL, 200},
    {"GET /api/v1/tasks/{id}", NULL, 404},
    {"POST /api/v1/tasks/{id}/decision", "{'variant': 'approve'}", 404},
    {"GET /api/v1/letters", NULL, 403},
    {"POST /api/v1/letters/{id}/retry", NULL, 403},
    {"DELETE /api/v1/session", NULL, 204},
};

static const Row *
find_row(const char *route)
{
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        if (strcmp(rows[i].route, route) == 0)
            return &rows[i];
    g_test_message("The table knows no %s", route);
    return NULL;
}

/* Whatever another partner's order is called by, its text holds nothing of it. */
static void
assert_nothing_of_alfa(JsonNode *answer, const char *id)
{
    static const char *const traces[] = {"Альфа", "alfa-", "0000-000001", "Секретный"};
    g_autofree char *text = json_to_string(answer, FALSE);

    for (gsize i = 0; i < G_N_ELEMENTS(traces); i++)
        g_assert_null(strstr(text, traces[i]));
    if (strstr(text, "\"items\"") != NULL || strstr(text, "\"lines\"") != NULL)
        g_assert_null(strstr(text, id));
}

static char *
place_secret_order(TestPair *test)
{
    g_autoptr(JsonNode) order = NULL;

    test_pair_fill(test, test->a2);
    g_assert_cmpuint(test_pair_ask(kab_pair_get_portal_address(test->pair), test->a2, "POST",
                                   "/api/v1/orders", "{'place': true, 'comment': 'Секретный'}",
                                   "key", &order),
                     ==, 200);
    return g_strdup(test_json_text(order, "id"));
}

/* The one id that @sql, a constant, gives at the portal. */
static char *
find_id(TestPair *test, const char *sql)
{
    char *id = NULL;

    g_assert_true(kab_db_get_text(test->portal, sql, KAB_BIND_NONE, &id, NULL));
    g_assert_nonnull(id);
    return id;
}

/* Alfa has an order with an invoice, a task, a comment and an act of reconciliation. */
static void
fill_alfa(TestPair *test, const char *id)
{
    g_autofree char *comment = g_strdup_printf("/api/v1/comments/%s/%s", id, TEST_NOWHERE);
    g_autofree char *task_id = NULL;
    g_autofree char *decision = NULL;

    test_pair_add_approval(test, KAB_APPROVAL_TOTAL, 0, KAB_ROLE_HEAD);
    test_pair_exchange(test);
    task_id = find_id(test, "SELECT id FROM task");
    decision = g_strdup_printf("/api/v1/tasks/%s/decision", task_id);
    json_node_unref(test_pair_portal(test, test->a, "PUT", comment, "{'text': 'Секретный'}", 200));
    json_node_unref(test_pair_portal(
        test, test->a, "POST", "/api/v1/documents",
        "{'kind': 'reconciliation', 'from': '2026-01-01', 'to': '2026-12-31'}", 200));
    json_node_unref(test_pair_portal(test, test->a, "POST", decision,
                                     "{'variant': 'remark', 'comment': 'Секретный'}", 200));
    test_pair_exchange(test);
    test_pair_assert_status(test, test->a, id, "awaiting-partner");
    g_assert_cmpint(
        test_pair_count(test->portal, "SELECT count(*) FROM document WHERE state = 'ready'"), ==,
        2);
    g_assert_cmpint(test_pair_count(test->portal, "SELECT count(*) FROM order_comment"), ==, 2);
}

/* What Beta gets from one route with this id in every place. */
static JsonNode *
ask_as_beta(TestPair *test, const char *route, const char *id, guint expected)
{
    const Row *row = find_row(route);
    g_auto(GStrv) parts = g_strsplit(route, " ", 2);
    g_auto(GStrv) pieces = g_strsplit(parts[1], "{id}", -1);
    g_autofree char *path = g_strjoinv(id, pieces);
    g_autofree char *token = test_pair_session(test->portal, "beta-head");
    JsonNode *answer = NULL;
    g_auto(GStrv) bodies = NULL;
    g_autofree char *body = NULL;
    guint status;

    bodies = row->body != NULL ? g_strsplit(row->body, "{id}", -1) : NULL;
    body = bodies != NULL ? g_strjoinv(id, bodies) : NULL;
    status = test_pair_ask(kab_pair_get_portal_address(test->pair), token, parts[0], path, body,
                           "another-key", &answer);
    g_test_message("%s: %u", route, status);
    g_assert_cmpuint(status, ==, expected);
    return answer;
}

static char *
write_answer(JsonNode *answer, const char *id)
{
    g_autofree char *text = json_to_string(answer, FALSE);
    g_auto(GStrv) pieces = g_strsplit(text, id, -1);

    return g_strjoinv("{id}", pieces);
}

/* What is Alfa's is to Beta as if it were not there: the same answer to the letter. */
static void
assert_nothing_is_there(TestPair *test, const char *route, const char *id)
{
    static const char *const unknown = "99999999-0000-4000-8000-000000000001";
    const Row *row = find_row(route);
    g_autoptr(JsonNode) theirs = NULL;
    g_autoptr(JsonNode) nobodys = NULL;
    g_autofree char *one = NULL;
    g_autofree char *other = NULL;

    g_assert_nonnull(row);
    theirs = ask_as_beta(test, route, id, row->status);
    assert_nothing_of_alfa(theirs, id);
    if (strstr(route, "{id}") == NULL && (row->body == NULL || strstr(row->body, "{id}") == NULL))
        return;
    nobodys = ask_as_beta(test, route, unknown, row->status);
    one = write_answer(theirs, id);
    other = write_answer(nobodys, unknown);
    g_assert_cmpstr(one, ==, other);
}

static void
test_other_partner_sees_nothing(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabHttpRouter) router = kab_http_router_new(NULL, NULL);
    g_autofree char *id = place_secret_order(test);
    g_auto(GStrv) routes = NULL;
    char *ids[4];
    gint64 before;

    fill_alfa(test, id);
    ids[0] = g_strdup(id);
    ids[1] = find_id(test, "SELECT id FROM task");
    ids[2] = find_id(test, "SELECT id FROM document WHERE kind = 'reconciliation'");
    ids[3] = find_id(test, "SELECT id FROM order_comment LIMIT 1");
    before = test_pair_count(test->portal, "SELECT sum(version) FROM orders");

    kab_portal_add_routes(router);
    routes = kab_http_router_list(router);
    for (guint i = 0; routes[i] != NULL; i++)
        for (gsize k = 0; k < G_N_ELEMENTS(ids); k++)
            assert_nothing_is_there(test, routes[i], ids[k]);
    test_pair_assert_status(test, test->a, id, "awaiting-partner");
    g_assert_cmpint(test_pair_count(test->portal, "SELECT sum(version) FROM orders"), ==, before);
    g_assert_cmpint(test_pair_count(test->portal, "SELECT count(*) FROM order_comment"), ==, 2);
    g_assert_cmpint(test_pair_count(test->portal, "SELECT count(*) FROM queue"), ==, 0);
    for (gsize k = 0; k < G_N_ELEMENTS(ids); k++)
        g_free(ids[k]);
}

static void
test_colleagues_see_it(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = place_secret_order(test);
    const char *const tokens[] = {test->a, test->a2, test->viewer};

    for (gsize i = 0; i < G_N_ELEMENTS(tokens); i++)
        test_pair_assert_status(test, tokens[i], id, "new");
    test_pair_decide(test, test->viewer, id, "refuse", 0, 403);
    test_pair_decide(test, test->a2, id, "refuse", 0, 200);
}

/* A user without a partner has no orders, not everybody's. */
static void
test_nobodys_user_sees_nothing(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = place_secret_order(test);
    g_autofree char *path = g_strconcat("/api/v1/orders/", id, NULL);
    g_autofree char *token = NULL;
    g_autoptr(JsonNode) list = NULL;
    g_autoptr(JsonNode) one = NULL;

    test_pair_add_user(test->portal, "nobody", KAB_ROLE_HEAD);
    token = test_pair_session(test->portal, "nobody");
    list = test_pair_portal(test, token, "GET", "/api/v1/orders", NULL, 200);
    g_assert_cmpuint(test_json_length(list, "items"), ==, 0);
    one = test_pair_portal(test, token, "GET", path, NULL, 404);
    g_assert_cmpuint(test_pair_ask(kab_pair_get_portal_address(test->pair), token, "POST",
                                   "/api/v1/orders", "{'place': true}", "key", NULL),
                     ==, 409);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    PAIR_TEST("/portal-privacy/other-partner", test_other_partner_sees_nothing);
    PAIR_TEST("/portal-privacy/colleagues", test_colleagues_see_it);
    PAIR_TEST("/portal-privacy/nobodys-user", test_nobodys_user_sees_nothing);
    return g_test_run();
}
