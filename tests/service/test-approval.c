/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-base-orders.h"
#include "kab-base-partners.h"
#include "kab-error.h"
#include "test-json.h"
#include "test-pair.h"

#include <string.h>

/* The test's order: a hammer and two axes for 767.16, placed by Alfa's buyer. */
#define TOTAL 76716

static char *
get_task(KabDb *db, const char *state)
{
    char *id = NULL;

    g_assert_true(kab_db_get_text(db, "SELECT id FROM task WHERE state = $1",
                                  KAB_BIND(kab_text(state)), &id, NULL));
    return id;
}

/* What the portal answers to a decision on the only open task. */
static JsonNode *
decide(TestPair *test, const char *token, const char *body, guint expected)
{
    g_autofree char *id = get_task(test->portal, "new");
    g_autofree char *path = g_strdup_printf("/api/v1/tasks/%s/decision", id);

    return test_pair_portal(test, token, "POST", path, body, expected);
}

static void
approve(TestPair *test, const char *token)
{
    g_autoptr(JsonNode) task = decide(test, token, "{'variant': 'approve'}", 200);

    g_assert_cmpstr(test_json_text(task, "state"), ==, "decided");
    test_pair_exchange(test);
}

static gint64
count_tasks(KabDb *db, const char *state)
{
    gint64 n = -1;

    g_assert_true(kab_db_get_int(db, "SELECT count(*) FROM task WHERE state = $1",
                                 KAB_BIND(kab_text(state)), NULL, &n, NULL));
    return n;
}

/* Both ends see the same of the tasks of partners' people. */
static void
assert_tasks(TestPair *test, gint64 open, gint64 finished, gint64 withdrawn)
{
    KabDb *const ends[] = {test->portal, test->base};

    for (gsize i = 0; i < G_N_ELEMENTS(ends); i++) {
        g_assert_cmpint(count_tasks(ends[i], "new"), ==, open);
        g_assert_cmpint(count_tasks(ends[i], "decided"), ==, 0);
        g_assert_cmpint(count_tasks(ends[i], "finished"), ==, finished);
        g_assert_cmpint(count_tasks(ends[i], "withdrawn"), ==, withdrawn);
    }
}

/* An order of Alfa's buyer that Alfa's head has to approve. */
static char *
place(TestPair *test)
{
    char *id;

    test_pair_add_approval(test, KAB_APPROVAL_TOTAL, TOTAL - 1, KAB_ROLE_HEAD);
    id = test_pair_place(test, test->a2);
    test_pair_exchange(test);
    test_pair_assert_status(test, test->a, id, "awaiting-manager");
    assert_tasks(test, 1, 0, 0);
    return id;
}

static void
test_approved(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = place(test);
    g_autoptr(JsonNode) mine =
        test_pair_portal(test, test->a, "GET", "/api/v1/tasks?state=new", NULL, 200);
    g_autoptr(JsonNode) theirs = test_pair_portal(test, test->b, "GET", "/api/v1/tasks", NULL, 200);
    JsonObject *task = json_array_get_object_element(
        json_object_get_array_member(json_node_get_object(mine), "items"), 0);

    g_assert_cmpuint(test_json_length(mine, "items"), ==, 1);
    g_assert_cmpuint(test_json_length(theirs, "items"), ==, 0);
    g_assert_cmpstr(json_object_get_string_member(task, "order_number"), ==, "0000-000001");
    g_assert_cmpstr(json_object_get_string_member(task, "order_total"), ==, "767.16");
    g_assert_cmpstr(json_object_get_string_member(task, "condition"), ==, "total");
    g_assert_cmpint(json_object_get_int_member(task, "measure"), ==, TOTAL);
    approve(test, test->a);
    assert_tasks(test, 0, 1, 0);
    test_pair_assert_status(test, test->a, id, "awaiting-partner");
}

/* A total that only reaches the threshold is not above it. */
static void
test_not_above(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    test_pair_add_approval(test, KAB_APPROVAL_TOTAL, TOTAL, KAB_ROLE_HEAD);
    g_free(test_pair_place(test, test->a2));
    test_pair_exchange(test);
    assert_tasks(test, 0, 0, 0);
}

static void
test_only_the_executor(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    const char *const others[] = {test->a2, test->viewer, test->admin};
    g_autofree char *id = place(test);

    for (gsize i = 0; i < G_N_ELEMENTS(others); i++)
        json_node_unref(decide(test, others[i], "{'variant': 'approve'}",
                               others[i] == test->admin ? 404 : 403));
    json_node_unref(decide(test, test->b, "{'variant': 'approve'}", 404));
    json_node_unref(decide(test, test->a, "{'variant': 'nonsense'}", 400));
    json_node_unref(decide(test, test->a, "{}", 400));
    assert_tasks(test, 1, 0, 0);
    g_assert_cmpint(test_pair_count(test->portal, "SELECT count(*) FROM queue"), ==, 0);
}

static void
test_refused_with_a_reason(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = place(test);
    g_autoptr(JsonNode) silent = decide(test, test->a, "{'variant': 'refuse'}", 400);
    g_autoptr(JsonNode) blank =
        decide(test, test->a, "{'variant': 'refuse', 'comment': '  '}", 400);
    g_autoptr(JsonNode) task =
        decide(test, test->a, "{'variant': 'refuse', 'comment': 'Не нужно'}", 200);
    g_autoptr(KabOrder) order = NULL;
    g_autoptr(JsonNode) shown = NULL;
    g_autofree char *path = g_strconcat("/api/v1/orders/", id, NULL);

    test_pair_exchange(test);
    order = test_pair_client_order(test, id);
    g_assert_cmpint(order->client_status, ==, KAB_CLIENT_CANCELLED);
    g_assert_cmpstr(order->reason, ==, "Не нужно");
    shown = test_pair_portal(test, test->a2, "GET", path, NULL, 200);
    g_assert_cmpstr(test_json_text(shown, "status"), ==, "refused");
    g_assert_cmpstr(test_json_text(shown, "reason"), ==, "Не нужно");
    assert_tasks(test, 0, 1, 0);
}

static void
test_remarks_go_to_the_order(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = place(test);
    g_autofree char *path = g_strconcat("/api/v1/comments/", id, NULL);
    g_autoptr(JsonNode) task =
        decide(test, test->a, "{'variant': 'remark', 'comment': 'Только синие'}", 200);
    g_autoptr(JsonNode) comments = NULL;

    test_pair_exchange(test);
    comments = test_pair_portal(test, test->a2, "GET", path, NULL, 200);
    g_assert_cmpuint(test_json_length(comments, "items"), ==, 1);
    test_pair_assert_status(test, test->a, id, "awaiting-partner");
}

static void
test_the_same_again(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = place(test);
    g_autofree char *task_id = get_task(test->portal, "new");
    g_autofree char *path = g_strdup_printf("/api/v1/tasks/%s/decision", task_id);

    for (int i = 0; i < 3; i++) {
        json_node_unref(
            test_pair_portal(test, test->a, "POST", path, "{'variant': 'approve'}", 200));
        if (i == 1)
            test_pair_exchange(test);
    }
    json_node_unref(test_pair_portal(test, test->a, "POST", path,
                                     "{'variant': 'refuse', 'comment': 'Нет'}", 409));
    assert_tasks(test, 0, 1, 0);
}

static void
set(TestPair *test, const char *name, const char *value)
{
    g_autoptr(GError) error = NULL;

    kab_settings_set(kab_end_get_settings(kab_pair_get_base(test->pair)), test->base,
                     KAB_ACTOR_SERVICE, name, value, NULL, &error);
    g_assert_no_error(error);
}

static guint
count_alarms(TestPair *test, gboolean base)
{
    g_autoptr(JsonNode) state =
        base ? test_pair_base(test, test->base_admin, "GET", "/api/v1/exchange", NULL, 200)
             : test_pair_portal(test, test->admin, "GET", "/api/v1/exchange", NULL, 200);

    return test_json_length(state, "alarms");
}

/* Beta has one head only, who placed the order: somebody has to be told. */
static void
test_nobody_approves_an_own_order(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = NULL;
    g_autofree char *partner = NULL;
    g_autofree char *contact = NULL;
    g_autoptr(JsonNode) refused = NULL;
    g_autofree char *token = NULL;

    test_pair_add_approval(test, KAB_APPROVAL_TOTAL, 0, KAB_ROLE_HEAD);
    id = test_pair_place(test, test->b);
    g_assert_cmpuint(count_alarms(test, TRUE), ==, 0);
    test_pair_exchange(test);
    refused = decide(test, test->b, "{'variant': 'approve'}", 409);
    g_assert_nonnull(strstr(test_json_text(refused, "detail"), "own order"));
    g_assert_cmpuint(count_alarms(test, TRUE), ==, 1);
    g_assert_cmpuint(count_alarms(test, FALSE), ==, 1);

    g_assert_true(kab_db_get_text(test->base, "SELECT id FROM partner WHERE name = 'Бета'",
                                  KAB_BIND_NONE, &partner, NULL));
    contact = test_pair_add_contact(test, kab_partner_id_of(partner), "beta-second", KAB_ROLE_HEAD);
    test_pair_exchange(test);
    /* Who is new here needs no letter. */
    g_assert_true(kab_db_run(test->portal, "DELETE FROM letter", KAB_BIND_NONE, NULL));
    g_assert_cmpuint(count_alarms(test, TRUE), ==, 0);
    g_assert_cmpuint(count_alarms(test, FALSE), ==, 0);
    token = test_pair_session(test->portal, "beta-second");
    approve(test, token);
    test_pair_assert_status(test, test->b, id, "awaiting-partner");
}

static void
test_own_order_if_it_is_allowed(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = NULL;

    set(test, "approval.own", "true");
    test_pair_add_approval(test, KAB_APPROVAL_TOTAL, 0, KAB_ROLE_HEAD);
    id = test_pair_place(test, test->b);
    test_pair_exchange(test);
    g_assert_cmpuint(count_alarms(test, TRUE), ==, 0);
    approve(test, test->b);
    test_pair_assert_status(test, test->b, id, "awaiting-partner");
}

/* The head, then a manager of the company; the administrator's sum is not reached. */
static void
test_steps_by_sum(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = place(test);
    g_autofree char *task_id = NULL;
    g_autofree char *path = NULL;
    g_autoptr(JsonNode) tasks = NULL;
    g_autoptr(JsonNode) task = NULL;

    test_pair_add_approval(test, KAB_APPROVAL_TOTAL, 10000, KAB_ROLE_MANAGER);
    test_pair_add_approval(test, KAB_APPROVAL_TOTAL, 1000000, KAB_ROLE_ADMINISTRATOR);
    approve(test, test->a);
    test_pair_assert_status(test, test->a, id, "awaiting-manager");
    tasks = test_pair_base(test, test->manager, "GET", "/api/v1/tasks", NULL, 200);
    g_assert_cmpuint(test_json_length(tasks, "items"), ==, 1);
    task_id = get_task(test->base, "new");
    path = g_strdup_printf("/api/v1/tasks/%s/decision", task_id);
    json_node_unref(
        test_pair_base(test, test->base_admin, "POST", path, "{'variant': 'approve'}", 404));
    task = test_pair_base(test, test->manager, "POST", path, "{'variant': 'approve'}", 200);
    g_assert_cmpstr(test_json_text(task, "state"), ==, "finished");
    test_pair_exchange(test);
    test_pair_assert_status(test, test->a, id, "awaiting-partner");
    /* The company's own tasks stay at home. */
    g_assert_cmpint(test_pair_count(test->portal, "SELECT count(*) FROM task"), ==, 1);
}

/* Who is to fulfil an order that has to be approved has it approved first. */
static void
test_manager_waits_for_the_approval(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = place(test);
    g_autoptr(KabOrder) order = NULL;

    set(test, "approval.fulfil", "false");
    test_pair_set_status(test, id, KAB_CLIENT_TO_FULFIL);
    order = test_pair_client_order(test, id);
    g_assert_cmpint(order->client_status, ==, KAB_CLIENT_ON_APPROVAL);
    test_pair_exchange(test);
    approve(test, test->a);
    test_pair_assert_status(test, test->a, id, "awaiting-manager");
    test_pair_set_status(test, id, KAB_CLIENT_TO_FULFIL);
    test_pair_exchange(test);
    test_pair_assert_status(test, test->a, id, "awaiting-partner");
}

/* The manager changes what is to be approved while the head decides: that decision is void. */
static void
test_changed_meanwhile(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = place(test);
    g_autoptr(JsonNode) task = decide(test, test->a, "{'variant': 'approve'}", 200);

    test_pair_set_quantity(test, id, 1, 5);
    test_pair_exchange(test);
    test_pair_run(kab_pair_get_portal(test->pair));
    assert_tasks(test, 1, 0, 1);
    test_pair_assert_status(test, test->a, id, "awaiting-manager");
    approve(test, test->a);
    assert_tasks(test, 0, 1, 1);
    test_pair_assert_status(test, test->a, id, "awaiting-partner");
    /* What was approved for more holds for less, and not for more. */
    test_pair_set_quantity(test, id, 1, 4);
    test_pair_exchange(test);
    assert_tasks(test, 0, 1, 1);
    test_pair_set_quantity(test, id, 1, 6);
    test_pair_exchange(test);
    assert_tasks(test, 1, 1, 1);
    test_pair_assert_status(test, test->a, id, "awaiting-manager");
}

static void
test_needed_no_more(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = place(test);
    g_autoptr(JsonNode) late = NULL;
    g_autofree char *task_id = get_task(test->portal, "new");
    g_autofree char *path = g_strdup_printf("/api/v1/tasks/%s/decision", task_id);

    test_pair_set_status(test, id, KAB_CLIENT_CANCELLED);
    test_pair_exchange(test);
    assert_tasks(test, 0, 0, 1);
    late = test_pair_portal(test, test->a, "POST", path, "{'variant': 'approve'}", 409);
}

/* The base does not take the word of somebody whom it has deactivated. */
static void
test_executor_is_nobody_now(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = place(test);
    g_autoptr(JsonNode) decided = decide(test, test->a, "{'variant': 'approve'}", 200);
    g_autoptr(JsonNode) task = NULL;
    g_autofree char *path = NULL;

    g_assert_true(kab_db_script(
        test->base, "UPDATE publication SET role = 'viewer' WHERE login = 'alfa-head'", NULL));
    test_pair_exchange(test);
    assert_tasks(test, 1, 0, 0);
    path = g_strdup_printf("/api/v1/tasks/%s", test_json_text(decided, "id"));
    task = test_pair_portal(test, test->a, "GET", path, NULL, 200);
    g_assert_nonnull(strstr(test_json_text(task, "note"), "not yours"));
    test_pair_assert_status(test, test->a, id, "awaiting-manager");
}

static void
test_discount(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = NULL;
    g_autoptr(KabOrder) wanted = NULL;
    g_autoptr(KabOrder) set_order = NULL;

    test_pair_add_approval(test, KAB_APPROVAL_DISCOUNT, 1000, KAB_ROLE_MANAGER);
    id = test_pair_place(test, test->a2);
    test_pair_exchange(test);
    g_assert_cmpint(test_pair_count(test->base, "SELECT count(*) FROM task"), ==, 0);
    wanted = test_pair_client_order(test, id);
    /* 767.16 become 667.16: 13.03 % */
    kab_order_find_line(wanted, kab_product_id_of(TEST_AXE))->price.minor = 28333;
    wanted->client_status = KAB_CLIENT_TO_FULFIL;
    set_order = kab_base_orders_set(test->base, wanted, "Мария", NULL);
    g_assert_cmpint(set_order->client_status, ==, KAB_CLIENT_ON_APPROVAL);
    g_assert_cmpint(test_pair_count(test->base, "SELECT measure FROM task WHERE state = 'new'"), ==,
                    1304);
}

/* What the agreement gives for the quantity is no discount. */
static void
test_price_by_quantity(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = NULL;
    g_autoptr(KabOrder) wanted = NULL;
    g_autoptr(KabOrder) set_order = NULL;

    test_pair_add_approval(test, KAB_APPROVAL_DISCOUNT, 1000, KAB_ROLE_MANAGER);
    id = test_pair_place(test, test->a2);
    test_pair_exchange(test);
    g_assert_true(kab_db_script(
        test->base,
        "INSERT INTO price (offer_id, price_type_id, min_quantity, minor, currency, unit)"
        " SELECT p.offer_id, p.price_type_id, q.value, iif(q.value = 2000, 28333, 100),"
        " p.currency, p.unit FROM price p, json_each('[2000, 3000]') q"
        " WHERE p.offer_id = '" TEST_AXE "'",
        NULL));
    wanted = test_pair_client_order(test, id);
    kab_order_find_line(wanted, kab_product_id_of(TEST_AXE))->price.minor = 28333;
    wanted->client_status = KAB_CLIENT_TO_FULFIL;
    set_order = kab_base_orders_set(test->base, wanted, "Мария", NULL);
    g_assert_cmpint(set_order->client_status, ==, KAB_CLIENT_TO_FULFIL);
    g_assert_cmpint(test_pair_count(test->base, "SELECT count(*) FROM task"), ==, 0);
}

static void
test_overdue(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    KabLimits limits = {.debt = kab_money_new(500, "RUB"), .overdue = kab_money_new(300, "RUB")};
    g_autofree char *partner = NULL;
    g_autofree char *id = NULL;

    test_pair_add_approval(test, KAB_APPROVAL_OVERDUE, 0, KAB_ROLE_HEAD);
    id = test_pair_place(test, test->a2);
    g_assert_true(kab_db_get_text(test->base, "SELECT id FROM partner WHERE name = 'Альфа'",
                                  KAB_BIND_NONE, &partner, NULL));
    g_assert_true(kab_base_partners_set_limits(
        test->base, kab_partner_id_of(partner), &limits,
        KAB_LIMITS_CREDIT | KAB_LIMITS_DEBT | KAB_LIMITS_OVERDUE, NULL));
    test_pair_exchange(test);
    assert_tasks(test, 1, 0, 0);
    g_assert_cmpint(test_pair_count(test->portal, "SELECT measure FROM task"), ==, 300);
}

/* A variant of the base's own reaches the portal and means there what the base says. */
static void
test_variants_are_the_bases(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = NULL;
    g_autoptr(JsonNode) task = NULL;

    g_assert_true(kab_db_script(test->base,
                                "INSERT INTO approval_variant VALUES ('later', 9, 'Не сейчас',"
                                " 'refuse', 0)",
                                NULL));
    id = place(test);
    task = decide(test, test->a, "{'variant': 'later'}", 200);
    g_assert_cmpuint(test_json_length(task, "variants"), ==, 4);
    test_pair_exchange(test);
    test_pair_assert_status(test, test->a, id, "refused");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    PAIR_TEST("/approval/approved", test_approved);
    PAIR_TEST("/approval/not-above", test_not_above);
    PAIR_TEST("/approval/only-the-executor", test_only_the_executor);
    PAIR_TEST("/approval/refused", test_refused_with_a_reason);
    PAIR_TEST("/approval/remarks", test_remarks_go_to_the_order);
    PAIR_TEST("/approval/same-again", test_the_same_again);
    PAIR_TEST("/approval/own-order", test_nobody_approves_an_own_order);
    PAIR_TEST("/approval/own-order-allowed", test_own_order_if_it_is_allowed);
    PAIR_TEST("/approval/steps", test_steps_by_sum);
    PAIR_TEST("/approval/manager-waits", test_manager_waits_for_the_approval);
    PAIR_TEST("/approval/changed-meanwhile", test_changed_meanwhile);
    PAIR_TEST("/approval/needed-no-more", test_needed_no_more);
    PAIR_TEST("/approval/executor-is-nobody", test_executor_is_nobody_now);
    PAIR_TEST("/approval/discount", test_discount);
    PAIR_TEST("/approval/price-by-quantity", test_price_by_quantity);
    PAIR_TEST("/approval/overdue", test_overdue);
    PAIR_TEST("/approval/variants", test_variants_are_the_bases);
    return g_test_run();
}
