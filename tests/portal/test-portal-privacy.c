/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-json.h"
#include "test-pair.h"

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
    PAIR_TEST("/portal-privacy/colleagues", test_colleagues_see_it);
    PAIR_TEST("/portal-privacy/nobodys-user", test_nobodys_user_sees_nothing);
    return g_test_run();
}
