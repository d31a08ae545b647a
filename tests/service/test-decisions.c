/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-base-orders.h"
#include "kab-error.h"
#include "test-json.h"
#include "test-pair.h"

#include <string.h>

/* An order of Alfa that the base has: a hammer for 100.50 and two axes for 333.33 each. */
static char *
place(TestPair *test)
{
    char *id = test_pair_place(test, test->a);

    test_pair_exchange(test);
    return id;
}

static char *
offer(TestPair *test)
{
    char *id = place(test);

    test_pair_set_status(test, id, KAB_CLIENT_TO_FULFIL);
    test_pair_exchange(test);
    return id;
}

static JsonNode *
get(TestPair *test, const char *id)
{
    g_autofree char *path = g_strconcat("/api/v1/orders/", id, NULL);

    return test_pair_portal(test, test->a, "GET", path, NULL, 200);
}

static void
assert_text(TestPair *test, const char *id, const char *member, const char *expected)
{
    g_autoptr(JsonNode) order = get(test, id);

    g_assert_cmpstr(test_json_text(order, member), ==, expected);
}

/* The manager notes what is shipped and paid of both lines. */
static void
set_progress(TestPair *test, const char *id, const gint64 shipped[2], const gint64 paid[2])
{
    g_autoptr(KabOrder) wanted = test_pair_client_order(test, id);
    g_autoptr(KabOrder) order = NULL;
    g_autoptr(GError) error = NULL;

    for (guint i = 0; i < 2; i++) {
        kab_order_get_line(wanted, i)->shipped.milli = shipped[i] * KAB_QUANTITY_ONE;
        kab_order_get_line(wanted, i)->paid.minor = paid[i];
    }
    order = kab_base_orders_set(test->base, wanted, "Мария", &error);
    g_assert_no_error(error);
}

static const gint64 nothing[2] = {0, 0};

/* The manager changed the order before the decision came: it comes back, and the next one counts.
 */
static void
test_outdated(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    static const char *const decisions[] = {"confirm", "refuse"};

    for (gsize i = 0; i < G_N_ELEMENTS(decisions); i++) {
        g_autofree char *id = offer(test);
        g_autoptr(KabOrder) order = NULL;

        test_pair_decide(test, test->a, id, decisions[i], 1, 200);
        assert_text(test, id, "decision_result", "unheard");
        test_pair_set_quantity(test, id, 1, 3);
        test_pair_exchange(test);
        assert_text(test, id, "decision_result", "outdated");
        assert_text(test, id, "status", "awaiting-partner");
        assert_text(test, id, "lines/1/ordered", "2");
        assert_text(test, id, "lines/1/quantity", "3");
        test_pair_decide(test, test->a, id, decisions[i], 1, 409);
        test_pair_decide(test, test->a, id, decisions[i], 2, 200);
        test_pair_exchange(test);
        assert_text(test, id, "decision_result", "taken");
        assert_text(test, id, "status", i == 0 ? "in-progress" : "refused");
        order = test_pair_client_order(test, id);
        g_assert_cmpint(order->decision_result, ==, KAB_DECISION_TAKEN);
        g_assert_cmpint(order->client_status, ==,
                        i == 0 ? KAB_CLIENT_TO_FULFIL : KAB_CLIENT_CANCELLED);
    }
}

static void
test_shipped(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = offer(test);

    set_progress(test, id, (const gint64[]){0, 1}, nothing);
    test_pair_decide(test, test->a, id, "refuse", 1, 200);
    test_pair_exchange(test);
    assert_text(test, id, "decision_result", "shipped");
    assert_text(test, id, "status", "in-progress");
    /* Now that the portal knows it, it says so itself. */
    test_pair_decide(test, test->a, id, "confirm", 1, 409);
}

/* The goods came back, so the refusal is possible after all: the same decision once more is a new
 * one. */
static void
test_refused_again(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = offer(test);
    g_autoptr(KabOrder) order = NULL;

    set_progress(test, id, (const gint64[]){0, 1}, nothing);
    test_pair_decide(test, test->a, id, "refuse", 1, 200);
    test_pair_exchange(test);
    set_progress(test, id, nothing, nothing);
    test_pair_exchange(test);
    assert_text(test, id, "status", "awaiting-partner");
    test_pair_decide(test, test->a, id, "refuse", 1, 200);
    test_pair_exchange(test);
    assert_text(test, id, "decision_result", "taken");
    assert_text(test, id, "status", "refused");
    order = test_pair_client_order(test, id);
    g_assert_cmpint(order->client_status, ==, KAB_CLIENT_CANCELLED);
}

static void
test_over(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    static const KabClientStatus ends[] = {KAB_CLIENT_CLOSED, KAB_CLIENT_CANCELLED};

    for (gsize i = 0; i < G_N_ELEMENTS(ends); i++) {
        g_autofree char *id = offer(test);

        test_pair_set_status(test, id, ends[i]);
        test_pair_decide(test, test->a, id, "confirm", 1, 200);
        test_pair_exchange(test);
        assert_text(test, id, "decision_result", "over");
        assert_text(test, id, "status", i == 0 ? "completed" : "refused");
        assert_text(test, id, "reason", i == 0 ? NULL : "Нет на складе");
    }
}

/* Whatever became of the order, the base may cancel it, and the partner learns why. */
static void
test_cancelled_at_each_stage(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    for (int stage = 0; stage < 5; stage++) {
        g_autofree char *id = stage == 0 ? place(test) : offer(test);

        if (stage >= 2)
            test_pair_decide(test, test->a, id, "confirm", 1, 200);
        if (stage == 2)
            test_pair_exchange(test);
        if (stage == 4)
            set_progress(test, id, (const gint64[]){1, 0}, (const gint64[]){10050, 0});
        /* Stage 3: the confirmation is on its way. */
        test_pair_set_status(test, id, KAB_CLIENT_CANCELLED);
        test_pair_exchange(test);
        assert_text(test, id, "status", "refused");
        assert_text(test, id, "reason", "Нет на складе");
        assert_text(test, id, "client_status", "cancelled");
        test_pair_decide(test, test->a, id, "refuse", 1, 409);
        assert_text(test, id, "shipped", stage == 4 ? "100.50" : "0.00");
    }
}

static void
test_line_by_line(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = offer(test);
    g_autoptr(JsonNode) order = NULL;

    test_pair_decide(test, test->a, id, "confirm", 1, 200);
    test_pair_exchange(test);
    set_progress(test, id, (const gint64[]){0, 1}, (const gint64[]){10050, 5});
    test_pair_exchange(test);
    order = get(test, id);
    g_assert_cmpstr(test_json_text(order, "lines/0/shipped"), ==, NULL);
    g_assert_cmpstr(test_json_text(order, "lines/1/shipped"), ==, "1");
    g_assert_cmpstr(test_json_text(order, "lines/0/paid"), ==, "100.50");
    g_assert_cmpstr(test_json_text(order, "lines/1/paid"), ==, "0.05");
    g_assert_cmpstr(test_json_text(order, "shipped"), ==, "333.33");
    g_assert_cmpstr(test_json_text(order, "paid"), ==, "100.55");
    g_assert_cmpint(test_json_int(order, "shipped_percent"), ==, 43);
    g_assert_cmpint(test_json_int(order, "paid_percent"), ==, 13);
    g_assert_cmpstr(test_json_text(order, "status"), ==, "in-progress");
    /* What is owed is what was shipped less what was paid, at both ends. */
    g_assert_cmpint(test_pair_count(test->portal, "SELECT debt FROM partner WHERE name = 'Альфа'"),
                    ==, 33333 - 10055);
    set_progress(test, id, (const gint64[]){1, 2}, (const gint64[]){10050, 66666});
    test_pair_set_status(test, id, KAB_CLIENT_CLOSED);
    test_pair_exchange(test);
    assert_text(test, id, "status", "completed");
    assert_text(test, id, "shipped", "767.16");
    g_assert_cmpint(test_pair_count(test->portal, "SELECT debt FROM partner WHERE name = 'Альфа'"),
                    ==, 0);
}

/* A line that the manager added does not vanish with what was shipped and paid of it. */
static void
test_added_line_was_shipped(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = offer(test);
    g_autoptr(KabOrder) wanted = test_pair_client_order(test, id);
    KabOrderLine *line = kab_order_add_line(wanted);
    g_autoptr(KabOrder) added = NULL;
    g_autoptr(KabOrder) paid = NULL;
    g_autoptr(KabOrder) gone = NULL;
    g_autoptr(GError) error = NULL;

    line->product_id = kab_product_id_of(TEST_LAMP);
    line->quantity.milli = line->shipped.milli = 2 * KAB_QUANTITY_ONE;
    line->price = line->paid = kab_money_new(5000, "RUB");
    added = kab_base_orders_set(test->base, wanted, "Мария", &error);
    g_assert_no_error(error);
    g_assert_cmpuint(added->lines->len, ==, 3);
    kab_order_get_line(added, 2)->quantity.milli = 0;
    g_assert_null(kab_base_orders_set(test->base, added, "Мария", &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
    g_clear_error(&error);
    kab_order_get_line(added, 2)->shipped.milli = 0;
    paid = kab_base_orders_set(test->base, added, "Мария", &error);
    g_assert_no_error(error);
    g_assert_cmpuint(paid->lines->len, ==, 3);
    g_assert_cmpint(paid->paid.minor, ==, 5000);
    kab_order_get_line(paid, 2)->paid.minor = 0;
    gone = kab_base_orders_set(test->base, paid, "Мария", &error);
    g_assert_no_error(error);
    g_assert_cmpuint(gone->lines->len, ==, 2);
}

#define FREEZE "DROP TABLE IF EXISTS frozen; CREATE TABLE frozen AS SELECT * FROM queue"
#define THAW "DELETE FROM queue; INSERT INTO queue SELECT * FROM frozen"

/* The answer to the decision was lost: it comes again and is told again, and nothing happens. */
static void
test_decision_comes_twice(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = offer(test);
    gint64 version;

    test_pair_decide(test, test->a, id, "confirm", 1, 200);
    g_assert_true(kab_db_script(test->portal, FREEZE, NULL));
    test_pair_run(kab_pair_get_portal(test->pair));
    version = test_pair_count(test->base, "SELECT version FROM orders");
    g_assert_true(kab_db_script(test->portal, THAW, NULL));
    test_pair_exchange(test);
    g_assert_cmpint(test_pair_count(test->base, "SELECT version FROM orders"), ==, version);
    assert_text(test, id, "decision_result", "taken");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    PAIR_TEST("/decisions/outdated", test_outdated);
    PAIR_TEST("/decisions/shipped", test_shipped);
    PAIR_TEST("/decisions/refused-again", test_refused_again);
    PAIR_TEST("/decisions/over", test_over);
    PAIR_TEST("/decisions/cancelled", test_cancelled_at_each_stage);
    PAIR_TEST("/decisions/line-by-line", test_line_by_line);
    PAIR_TEST("/decisions/added-line", test_added_line_was_shipped);
    PAIR_TEST("/decisions/twice", test_decision_comes_twice);
    return g_test_run();
}
