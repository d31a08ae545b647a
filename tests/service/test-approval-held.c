/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-base-approval.h"
#include "kab-base-orders.h"
#include "kab-error.h"
#include "test-json.h"
#include "test-pair.h"

#include <string.h>

/* What has to be approved is held until it is. The order: a hammer for 100.50 and two axes for
 * 333.33 each, placed by Alfa's buyer. */
#define TOTAL 76716

/* An order that Alfa's head has to approve if it is above @threshold. */
static char *
place(TestPair *test, gint64 threshold)
{
    char *id;

    test_pair_add_approval(test, KAB_APPROVAL_TOTAL, threshold, KAB_ROLE_HEAD);
    id = test_pair_place(test, test->a2);
    test_pair_exchange(test);
    return id;
}

/* One that needs no approval: it is confirmed, and an axe is on its way. */
static char *
place_shipping(TestPair *test)
{
    char *id = place(test, TOTAL);
    g_autoptr(KabOrder) wanted = NULL;
    g_autoptr(KabOrder) order = NULL;
    g_autoptr(GError) error = NULL;

    test_pair_set_status(test, id, KAB_CLIENT_TO_FULFIL);
    test_pair_exchange(test);
    test_pair_decide(test, test->a2, id, "confirm", 1, 200);
    test_pair_exchange(test);
    wanted = test_pair_client_order(test, id);
    kab_order_get_line(wanted, 1)->shipped.milli = KAB_QUANTITY_ONE;
    order = kab_base_orders_set(test->base, wanted, "Мария", &error);
    g_assert_no_error(error);
    test_pair_exchange(test);
    test_pair_assert_status(test, test->a2, id, "in-progress");
    return id;
}

static KabOrder *
set(TestPair *test, KabOrder *wanted)
{
    g_autoptr(GError) error = NULL;
    KabOrder *order = kab_base_orders_set(test->base, wanted, "Мария", &error);

    g_assert_no_error(error);
    return order;
}

/* It is refused as what has to wait, and nothing is changed. */
static void
assert_held(TestPair *test, KabOrder *wanted)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(KabOrder) before = test_pair_client_order(test, wanted->id.text);
    g_autoptr(KabOrder) after = NULL;

    g_assert_null(kab_base_orders_set(test->base, wanted, "Мария", &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_STATE);
    g_assert_nonnull(strstr(error->message, "on approval"));
    after = test_pair_client_order(test, wanted->id.text);
    g_assert_cmpint(after->version, ==, before->version);
    g_assert_cmpint(test_pair_count(test->base, "SELECT count(*) FROM settlement"), ==,
                    before->shipped.minor > 0);
    test_pair_assert_queues_empty(test);
}

/* The only open task at the portal is decided, and the base hears of it. */
static void
decide(TestPair *test, const char *variant)
{
    g_autofree char *id = NULL;
    g_autofree char *path = NULL;
    g_autofree char *body = g_strdup_printf("{'variant': '%s', 'comment': 'Вот так'}", variant);

    g_assert_true(kab_db_get_text(test->portal, "SELECT id FROM task WHERE state = 'new'",
                                  KAB_BIND_NONE, &id, NULL));
    g_assert_nonnull(id);
    path = g_strdup_printf("/api/v1/tasks/%s/decision", id);
    json_node_unref(test_pair_portal(test, test->a, "POST", path, body, 200));
    test_pair_exchange(test);
}

static void
assert_tasks(TestPair *test, gint64 open, gint64 all)
{
    g_assert_cmpint(test_pair_count(test->base, "SELECT count(*) FROM task WHERE state = 'new'"),
                    ==, open);
    g_assert_cmpint(test_pair_count(test->base, "SELECT count(*) FROM task"), ==, all);
}

/* Neither a gram leaves nor is the order closed, whatever else is wanted at the same time. */
static void
test_neither_shipped_nor_closed(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = place(test, TOTAL - 1);

    for (int i = 0; i < 6; i++) {
        g_autoptr(KabOrder) wanted = test_pair_client_order(test, id);

        if (i <= 2)
            kab_order_get_line(wanted, 1)->shipped.milli = 1;
        if (i == 1 || i == 5)
            wanted->client_status = KAB_CLIENT_TO_FULFIL;
        if (i == 2 || i == 5) /* worth nothing, and yet goods */
            kab_order_get_line(wanted, 1)->price.minor = 0;
        if (i == 5)
            kab_order_get_line(wanted, 0)->price.minor = TOTAL;
        if (i == 3)
            wanted->client_status = KAB_CLIENT_CLOSED;
        if (i == 4) {
            wanted->client_status = KAB_CLIENT_CLOSED;
            kab_order_get_line(wanted, 1)->quantity.milli = 3000;
        }
        if (i == 5)
            kab_order_get_line(wanted, 1)->shipped.milli = 2000;
        assert_held(test, wanted);
    }
    assert_tasks(test, 1, 1);
    decide(test, "approve");
    {
        g_autoptr(KabOrder) wanted = test_pair_client_order(test, id);
        g_autoptr(KabOrder) shipped = NULL;
        g_autoptr(KabOrder) closed = NULL;

        kab_order_get_line(wanted, 1)->shipped.milli = 1;
        shipped = set(test, wanted);
        shipped->client_status = KAB_CLIENT_CLOSED;
        closed = set(test, shipped);
        g_assert_cmpint(closed->client_status, ==, KAB_CLIENT_CLOSED);
    }
}

/* An order that nobody has to approve may be closed at once. */
static void
test_closed_without_approval(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = place(test, TOTAL);

    test_pair_set_status(test, id, KAB_CLIENT_CLOSED);
    test_pair_exchange(test);
    test_pair_assert_status(test, test->a2, id, "completed");
}

/* What comes back of one line makes no room for another one's goods. */
static void
test_exchanged_goods(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = place_shipping(test);

    test_pair_set_quantity(test, id, 1, 5);
    test_pair_exchange(test);
    test_pair_assert_status(test, test->a2, id, "awaiting-manager");
    {
        g_autoptr(KabOrder) wanted = test_pair_client_order(test, id);

        kab_order_get_line(wanted, 0)->shipped.milli = 1000;
        kab_order_get_line(wanted, 1)->shipped.milli = 0;
        assert_held(test, wanted);
    }
    {
        g_autoptr(KabOrder) wanted = test_pair_client_order(test, id);

        kab_order_get_line(wanted, 1)->shipped.milli = 0;
        kab_order_free(set(test, wanted));
    }
}

/* An order that is being shipped and grows is approved, and confirmed, again. */
static void
test_changed_while_shipping(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = place_shipping(test);

    assert_tasks(test, 0, 0);
    test_pair_set_quantity(test, id, 1, 5);
    assert_tasks(test, 1, 1);
    test_pair_exchange(test);
    test_pair_assert_status(test, test->a2, id, "awaiting-manager");
    decide(test, "approve");
    test_pair_assert_status(test, test->a2, id, "awaiting-partner");
    test_pair_decide(test, test->a2, id, "refuse", 2, 409); /* an axe is on its way */
    test_pair_decide(test, test->a2, id, "confirm", 1, 409);
    test_pair_decide(test, test->a2, id, "confirm", 2, 200);
    test_pair_exchange(test);
    test_pair_assert_status(test, test->a2, id, "in-progress");
    /* What only goes on being shipped asks nobody. */
    {
        g_autoptr(KabOrder) wanted = test_pair_client_order(test, id);

        kab_order_get_line(wanted, 1)->shipped.milli = 5000;
        kab_order_free(set(test, wanted));
    }
    test_pair_exchange(test);
    test_pair_assert_status(test, test->a2, id, "in-progress");
    assert_tasks(test, 0, 1);
}

/* What has been shipped cannot be cancelled by a refusal: the manager changes it, and is asked for
 * another approval. */
static void
test_refused_while_shipping(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = place_shipping(test);
    g_autofree char *comments = g_strconcat("/api/v1/comments/", id, NULL);
    g_autoptr(JsonNode) remarks = NULL;
    g_autoptr(KabOrder) order = NULL;

    test_pair_set_quantity(test, id, 1, 5);
    test_pair_exchange(test);
    decide(test, "refuse");
    order = test_pair_client_order(test, id);
    g_assert_cmpint(order->client_status, ==, KAB_CLIENT_ON_APPROVAL);
    test_pair_assert_status(test, test->a2, id, "awaiting-manager");
    remarks = test_pair_portal(test, test->a2, "GET", comments, NULL, 200);
    g_assert_cmpuint(test_json_length(remarks, "items"), ==, 1);
    /* Nobody is asked the same once more. */
    test_pair_set_status(test, id, KAB_CLIENT_TO_FULFIL);
    test_pair_exchange(test);
    assert_tasks(test, 0, 1);
    test_pair_assert_status(test, test->a2, id, "awaiting-manager");
    test_pair_set_quantity(test, id, 1, 4);
    test_pair_exchange(test);
    assert_tasks(test, 1, 2);
    test_pair_set_quantity(test, id, 1, 2);
    test_pair_set_status(test, id, KAB_CLIENT_TO_FULFIL);
    test_pair_exchange(test);
    assert_tasks(test, 0, 2);
    test_pair_assert_status(test, test->a2, id, "awaiting-partner");
}

/* The approval process is changed while an order waits: it waits for nobody any more. */
static void
test_step_is_removed(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = place(test, TOTAL - 1);
    g_autoptr(KabOrder) order = NULL;
    g_autoptr(GError) error = NULL;
    gint64 rule = test_pair_count(test->base, "SELECT id FROM approval_rule");

    test_pair_add_approval(test, KAB_APPROVAL_TOTAL, 100, KAB_ROLE_MANAGER);
    g_assert_false(kab_base_approval_remove(test->base, rule + 100, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_NOT_FOUND);
    g_clear_error(&error);
    kab_base_approval_remove(test->base, rule, &error);
    g_assert_no_error(error);
    /* The next step is the manager's. */
    assert_tasks(test, 1, 2);
    g_assert_cmpint(test_pair_count(test->base, "SELECT count(*) FROM task WHERE state = 'new'"
                                                " AND role = 'manager'"),
                    ==, 1);
    test_pair_exchange(test);
    g_assert_cmpint(
        test_pair_count(test->portal, "SELECT count(*) FROM task WHERE state = 'withdrawn'"), ==,
        1);
    kab_base_approval_remove(test->base,
                             test_pair_count(test->base, "SELECT id FROM approval_rule"), &error);
    g_assert_no_error(error);
    assert_tasks(test, 0, 2);
    test_pair_set_status(test, id, KAB_CLIENT_TO_FULFIL);
    order = test_pair_client_order(test, id);
    g_assert_cmpint(order->client_status, ==, KAB_CLIENT_TO_FULFIL);
}

/* As much as the threshold is not above it; a little more is, however little. */
static void
test_discount_to_the_kopeck(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    static const struct {
        gint64 axe;
        KabClientStatus status;
    } rows[] = {
        {33333 - 1917, KAB_CLIENT_TO_FULFIL},   /* 3834 of 76716: 4.998 % */
        {33333 - 1918, KAB_CLIENT_ON_APPROVAL}, /* 3836: 5.0003 % */
        {33333 - 1919, KAB_CLIENT_ON_APPROVAL}, /* 3838: 5.003 % */
    };

    test_pair_add_approval(test, KAB_APPROVAL_DISCOUNT, 500, KAB_ROLE_MANAGER);
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *id = test_pair_place(test, test->a2);
        g_autoptr(KabOrder) wanted = NULL;
        g_autoptr(KabOrder) order = NULL;

        test_pair_exchange(test);
        wanted = test_pair_client_order(test, id);
        kab_order_get_line(wanted, 1)->price.minor = rows[i].axe;
        wanted->client_status = KAB_CLIENT_TO_FULFIL;
        order = set(test, wanted);
        g_assert_cmpint(order->client_status, ==, rows[i].status);
    }
    {
        g_autofree char *id = test_pair_place(test, test->a2);
        g_autoptr(KabOrder) wanted = NULL;
        g_autoptr(KabOrder) order = NULL;
        KabOrderLine *line;

        /* A lamp for 47.50 instead of 50.00: 5 % exactly. */
        test_pair_exchange(test);
        wanted = test_pair_client_order(test, id);
        kab_order_get_line(wanted, 0)->quantity.milli = 0;
        kab_order_get_line(wanted, 1)->quantity.milli = 0;
        line = kab_order_add_line(wanted);
        line->product_id = kab_product_id_of(TEST_LAMP);
        line->quantity.milli = KAB_QUANTITY_ONE;
        line->price = kab_money_new(4750, "RUB");
        wanted->client_status = KAB_CLIENT_TO_FULFIL;
        order = set(test, wanted);
        g_assert_cmpint(order->client_status, ==, KAB_CLIENT_TO_FULFIL);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    PAIR_TEST("/approval-held/neither-shipped-nor-closed", test_neither_shipped_nor_closed);
    PAIR_TEST("/approval-held/closed-without", test_closed_without_approval);
    PAIR_TEST("/approval-held/exchanged-goods", test_exchanged_goods);
    PAIR_TEST("/approval-held/changed-while-shipping", test_changed_while_shipping);
    PAIR_TEST("/approval-held/refused-while-shipping", test_refused_while_shipping);
    PAIR_TEST("/approval-held/step-is-removed", test_step_is_removed);
    PAIR_TEST("/approval-held/discount", test_discount_to_the_kopeck);
    return g_test_run();
}
