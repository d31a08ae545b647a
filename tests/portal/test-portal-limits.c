/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-base-orders.h"
#include "kab-base-partners.h"
#include "kab-error.h"
#include "kab-portal-basket.h"
#include "kab-portal-orders.h"
#include "kab-users.h"
#include "test-json.h"
#include "test-pair.h"

#include <string.h>

/* The test's order: a hammer and two axes for 767.16. */
#define TOTAL 76716

/* What Alfa owes and may owe, as the base tells it; a limit below 0 is none. */
static void
set_limits(TestPair *test, gint64 limit, gint64 debt, gint64 overdue, const char *currency)
{
    const KabLimits limits = {
        .has_limit = limit >= 0,
        .credit_limit = kab_money_new(MAX(limit, 0), currency),
        .debt = kab_money_new(debt, currency),
        .overdue = kab_money_new(overdue, currency),
    };
    g_autofree char *partner = NULL;
    g_autoptr(GError) error = NULL;

    g_assert_true(kab_db_get_text(test->base, "SELECT id FROM partner WHERE name = 'Альфа'",
                                  KAB_BIND_NONE, &partner, NULL));
    kab_base_partners_set_limits(test->base, kab_partner_id_of(partner), &limits,
                                 KAB_LIMITS_CREDIT | KAB_LIMITS_DEBT | KAB_LIMITS_OVERDUE, &error);
    g_assert_no_error(error);
    test_pair_exchange(test);
}

static void
set_mode(TestPair *test, const char *mode)
{
    g_autoptr(GError) error = NULL;

    kab_settings_set(kab_end_get_settings(kab_pair_get_portal(test->pair)), test->portal,
                     KAB_ACTOR_SERVICE, "orders.limits", mode, NULL, &error);
    g_assert_no_error(error);
}

/* Places the test's order; what is said against it, or NULL. */
static char *
place(TestPair *test, const char *token, gboolean *over_limit)
{
    g_autofree char *key = g_uuid_string_random();
    g_autoptr(JsonNode) answer = NULL;
    guint status;

    test_pair_fill(test, token);
    status = test_pair_ask(kab_pair_get_portal_address(test->pair), token, "POST", "/api/v1/orders",
                           "{'place': true}", key, &answer);
    if (status == 409)
        return g_strdup(test_json_text(answer, "detail"));
    g_assert_cmpuint(status, ==, 200);
    if (over_limit != NULL)
        *over_limit = json_object_get_boolean_member(json_node_get_object(answer), "over_limit");
    return NULL;
}

static void
assert_placed(TestPair *test, gboolean expected_over)
{
    gboolean over = !expected_over;
    g_autofree char *why = place(test, test->a2, &over);

    g_assert_cmpstr(why, ==, NULL);
    g_assert_cmpint(over, ==, expected_over);
}

static void
assert_refused(TestPair *test, const char *word)
{
    gint64 before = test_pair_count(test->portal, "SELECT count(*) FROM orders");
    gint64 queued = test_pair_count(test->portal, "SELECT count(*) FROM queue");
    g_autofree char *why = place(test, test->a2, NULL);

    g_assert_nonnull(why);
    if (strstr(why, word) == NULL)
        g_error("“%s” does not tell %s", why, word);
    g_assert_cmpint(test_pair_count(test->portal, "SELECT count(*) FROM orders"), ==, before);
    g_assert_cmpint(test_pair_count(test->portal, "SELECT count(*) FROM queue"), ==, queued);
    /* The basket is as it was. */
    g_assert_cmpint(test_pair_count(test->portal, "SELECT count(*) FROM basket_line"), ==, 2);
}

static void
test_nothing_is_known(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(JsonNode) limits =
        test_pair_portal(test, test->viewer, "GET", "/api/v1/limits", NULL, 200);

    g_assert_false(json_object_has_member(json_node_get_object(limits), "limits"));
    assert_placed(test, FALSE);
}

/* To the kopeck: what is left is enough, one less is not. Orders under way count. */
static void
test_refuse(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(JsonNode) limits = NULL;

    set_limits(test, 2 * TOTAL + 999, 1000, 0, "RUB");
    assert_placed(test, FALSE);
    limits = test_pair_portal(test, test->viewer, "GET", "/api/v1/limits", NULL, 200);
    g_assert_cmpstr(test_json_text(limits, "limits/credit_limit"), ==, "1544.31");
    g_assert_cmpstr(test_json_text(limits, "limits/debt"), ==, "10.00");
    g_assert_cmpstr(test_json_text(limits, "limits/open"), ==, "767.16");
    assert_refused(test, "544.31");
    set_limits(test, 2 * TOTAL + 1000, 1000, 0, "RUB");
    assert_placed(test, FALSE);
    assert_refused(test, "534.32");
    /* The other partner has limits of its own. */
    {
        g_autofree char *theirs = place(test, test->b, NULL);

        g_assert_cmpstr(theirs, ==, NULL);
    }
}

static void
test_overdue(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    set_limits(test, -1, 100000, 1, "RUB");
    assert_refused(test, "0.01");
    set_limits(test, -1, 100000, 0, "RUB");
    assert_placed(test, FALSE);
}

static void
assert_advisory(TestPair *test, gboolean advisory)
{
    g_autoptr(JsonNode) answer =
        test_pair_portal(test, test->viewer, "GET", "/api/v1/limits", NULL, 200);
    JsonObject *limits = json_object_get_object_member(json_node_get_object(answer), "limits");

    g_assert_cmpint(json_object_get_boolean_member_with_default(limits, "advisory", FALSE), ==,
                    advisory);
}

static void
test_warn_and_off(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    set_limits(test, TOTAL - 1, 0, 0, "RUB");
    assert_advisory(test, FALSE);
    set_mode(test, "warn");
    assert_advisory(test, TRUE);
    assert_placed(test, TRUE);
    set_mode(test, "off");
    assert_advisory(test, TRUE);
    assert_placed(test, FALSE);
    set_mode(test, "refuse");
    assert_advisory(test, FALSE);
    assert_refused(test, "767.15");
}

/* What cannot be compared with a limit is not taken for less. */
static void
test_other_currency(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    set_limits(test, 1000000, 0, 0, "EUR");
    assert_refused(test, "EUR");
    set_mode(test, "warn");
    assert_placed(test, TRUE);
}

/* A saved draft is no order yet; it is checked when it is placed. */
static void
test_draft(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(JsonNode) draft = NULL;
    g_autoptr(JsonNode) refused = NULL;
    g_autoptr(JsonNode) kept = NULL;
    g_autofree char *path = NULL;
    g_autofree char *place_path = NULL;

    set_limits(test, TOTAL - 1, 0, 0, "RUB");
    test_pair_fill(test, test->a2);
    g_assert_cmpuint(test_pair_ask(kab_pair_get_portal_address(test->pair), test->a2, "POST",
                                   "/api/v1/orders", "{}", "draft", &draft),
                     ==, 200);
    path = g_strconcat("/api/v1/orders/", test_json_text(draft, "id"), NULL);
    place_path = g_strconcat(path, "/place", NULL);
    refused = test_pair_portal(test, test->a2, "POST", place_path, NULL, 409);
    kept = test_pair_portal(test, test->a2, "GET", path, NULL, 200);
    g_assert_cmpstr(test_json_text(kept, "status"), ==, "draft");
    set_limits(test, TOTAL, 0, 0, "RUB");
    json_node_unref(test_pair_portal(test, test->a2, "POST", place_path, NULL, 200));
    /* Pressed twice: it does not stand in its own way. */
    json_node_unref(test_pair_portal(test, test->a2, "POST", place_path, NULL, 200));
}

/* What was shipped of an order is debt and not open any more; what is refused is neither. */
static void
test_under_way(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *first = NULL;
    g_autofree char *second = NULL;
    g_autoptr(KabOrder) wanted = NULL;
    g_autoptr(KabOrder) shipped = NULL;
    g_autoptr(JsonNode) limits = NULL;

    set_limits(test, 2 * TOTAL, 0, 0, "RUB");
    first = test_pair_place(test, test->a2);
    second = test_pair_place(test, test->a2);
    test_pair_exchange(test);
    assert_refused(test, "534.32");
    wanted = test_pair_client_order(test, first);
    wanted->client_status = KAB_CLIENT_TO_FULFIL;
    kab_order_get_line(wanted, 1)->shipped.milli = KAB_QUANTITY_ONE;
    shipped = kab_base_orders_set(test->base, wanted, "Мария", NULL);
    g_assert_nonnull(shipped);
    test_pair_exchange(test);
    limits = test_pair_portal(test, test->viewer, "GET", "/api/v1/limits", NULL, 200);
    g_assert_cmpstr(test_json_text(limits, "limits/debt"), ==, "333.33");
    g_assert_cmpstr(test_json_text(limits, "limits/open"), ==, "1200.99");
    assert_refused(test, "333.33");
    test_pair_set_status(test, second, KAB_CLIENT_CANCELLED);
    test_pair_exchange(test);
    assert_placed(test, FALSE);
}

/* Each on a connection of its own, all at the same moment. */
typedef struct {
    TestPair *test;
    KabUser *user;
    guint n_placed;
    guint n_refused;
} Placer;

static gpointer
place_many(gpointer data)
{
    Placer *placer = data;
    KabEnd *end = kab_pair_get_portal(placer->test->pair);
    g_autoptr(GError) error = NULL;
    g_auto(KabEndDb) db = KAB_END_DB_INIT(end, &error);
    g_autoptr(KabOrder) details = kab_order_new();

    g_assert_no_error(error);
    for (int i = 0; i < 20; i++) {
        g_autofree char *key = g_uuid_string_random();
        g_autoptr(KabOrder) order = NULL;
        g_autoptr(GError) why = NULL;

        kab_portal_basket_set(db.db, placer->user, TEST_HAMMER, (KabQuantity){KAB_QUANTITY_ONE},
                              &error);
        g_assert_no_error(error);
        order = kab_portal_orders_submit(db.db, placer->user, TRUE, details, key, &why);
        if (order != NULL) {
            placer->n_placed++;
            continue;
        }
        g_assert_error(why, KAB_ERROR, KAB_ERROR_STATE);
        placer->n_refused++;
    }
    return NULL;
}

/* The limit holds ten hammers; two colleagues order twenty each at once. */
static void
test_two_at_once(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    static const char *const logins[] = {"alfa-head", "alfa-buyer"};
    Placer placers[G_N_ELEMENTS(logins)] = {0};
    GThread *threads[G_N_ELEMENTS(logins)];
    guint n_placed = 0;

    set_limits(test, 10 * 10050 + 50, 0, 0, "RUB");
    for (gsize i = 0; i < G_N_ELEMENTS(logins); i++) {
        placers[i].test = test;
        placers[i].user = kab_users_load(test->portal, logins[i], NULL);
        g_assert_nonnull(placers[i].user);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(logins); i++)
        threads[i] = g_thread_new(logins[i], place_many, &placers[i]);
    for (gsize i = 0; i < G_N_ELEMENTS(logins); i++) {
        g_thread_join(threads[i]);
        g_assert_cmpuint(placers[i].n_placed + placers[i].n_refused, ==, 20);
        n_placed += placers[i].n_placed;
        kab_user_free(placers[i].user);
    }
    g_assert_cmpuint(n_placed, ==, 10);
    g_assert_cmpint(test_pair_count(test->portal, "SELECT sum(total) FROM orders"), ==, 10 * 10050);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    PAIR_TEST("/portal-limits/unknown", test_nothing_is_known);
    PAIR_TEST("/portal-limits/refuse", test_refuse);
    PAIR_TEST("/portal-limits/overdue", test_overdue);
    PAIR_TEST("/portal-limits/warn-off", test_warn_and_off);
    PAIR_TEST("/portal-limits/currency", test_other_currency);
    PAIR_TEST("/portal-limits/draft", test_draft);
    PAIR_TEST("/portal-limits/under-way", test_under_way);
    PAIR_TEST("/portal-limits/two-at-once", test_two_at_once);
    return g_test_run();
}
