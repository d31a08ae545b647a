/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-base-orders.h"
#include "kab-error.h"
#include "kab-queue.h"
#include "test-json.h"
#include "test-pair.h"
#include "test-raw.h"

#include <string.h>

/* An order of Alfa that the base has and the manager offers as it is. */
static char *
offer(TestPair *test)
{
    char *id = test_pair_place(test, test->a);

    test_pair_assert_status(test, test->a, id, "new");
    test_pair_exchange(test);
    test_pair_assert_status(test, test->a, id, "awaiting-manager");
    test_pair_set_status(test, id, KAB_CLIENT_TO_FULFIL);
    test_pair_exchange(test);
    test_pair_assert_status(test, test->a, id, "awaiting-partner");
    return id;
}

static JsonNode *
get_order(TestPair *test, const char *id)
{
    g_autofree char *path = g_strconcat("/api/v1/orders/", id, NULL);

    return test_pair_portal(test, test->a, "GET", path, NULL, 200);
}

static void
test_whole_life(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = offer(test);
    g_autofree char *invoice_path = g_strconcat("/api/v1/documents/", id, "/file", NULL);
    g_autoptr(JsonNode) invoice = NULL;
    g_autoptr(JsonNode) order = NULL;
    g_autoptr(KabOrder) wanted = NULL;
    g_autoptr(KabOrder) shipped = NULL;

    order = get_order(test, id);
    g_assert_cmpstr(test_json_text(order, "number"), ==, "0000-000001");
    g_assert_cmpstr(test_json_text(order, "manager"), ==, "Мария");
    invoice = test_pair_portal(test, test->a, "GET", invoice_path, NULL, 200);
    g_assert_true(g_str_has_prefix(json_node_get_string(invoice), "%PDF-"));

    test_pair_decide(test, test->a, id, "confirm", 1, 200);
    test_pair_assert_status(test, test->a, id, "in-progress");
    test_pair_exchange(test);
    wanted = test_pair_client_order(test, id);
    g_assert_cmpint(wanted->decision, ==, KAB_DECISION_CONFIRM);
    g_assert_cmpint(wanted->client_status, ==, KAB_CLIENT_TO_FULFIL);

    g_assert_true(kab_order_set_percents(wanted, 100, 100, NULL));
    wanted->client_status = KAB_CLIENT_CLOSED;
    shipped = kab_base_orders_set(test->base, wanted, "Мария", NULL);
    test_pair_exchange(test);
    test_pair_assert_status(test, test->a, id, "completed");
    test_pair_decide(test, test->a, id, "refuse", 1, 409);
    g_assert_cmpint(test_pair_count(test->base, "SELECT count(*) FROM orders"), ==, 1);
}

static void
test_confirm_an_older_revision(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = offer(test);

    test_pair_set_quantity(test, id, 1, 1);
    test_pair_exchange(test);
    test_pair_decide(test, test->a, id, "confirm", 1, 409);
    test_pair_assert_status(test, test->a, id, "awaiting-partner");
    test_pair_decide(test, test->a, id, "confirm", 3, 409);
    test_pair_decide(test, test->a, id, "confirm", -1, 400);
    test_pair_decide(test, test->a, id, "none", 2, 400);
    test_pair_decide(test, test->a, id, "confirm", 2, 200);
    test_pair_exchange(test);
    test_pair_assert_status(test, test->a, id, "in-progress");
}

static void
test_decided_twice_is_once(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = offer(test);
    gint64 version;

    test_pair_decide(test, test->a, id, "confirm", 1, 200);
    version = test_pair_count(test->portal, "SELECT version FROM orders");
    test_pair_decide(test, test->a2, id, "confirm", 1, 200);
    g_assert_cmpint(test_pair_count(test->portal, "SELECT version FROM orders"), ==, version);
    test_pair_exchange(test);
    version = test_pair_count(test->base, "SELECT version FROM orders");
    test_pair_decide(test, test->a, id, "confirm", 1, 200);
    test_pair_exchange(test);
    g_assert_cmpint(test_pair_count(test->base, "SELECT version FROM orders"), ==, version);
    /* Another decision afterwards is another matter. */
    test_pair_decide(test, test->a, id, "refuse", 1, 200);
    test_pair_exchange(test);
    test_pair_assert_status(test, test->a, id, "refused");
}

static void
test_refused(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = offer(test);
    g_autoptr(KabOrder) order = NULL;

    test_pair_decide(test, test->a, id, "refuse", 1, 200);
    test_pair_assert_status(test, test->a, id, "refused");
    test_pair_exchange(test);
    order = test_pair_client_order(test, id);
    g_assert_cmpint(order->client_status, ==, KAB_CLIENT_CANCELLED);
    g_assert_cmpstr(order->reason, ==, "Передумали");
    test_pair_assert_status(test, test->a, id, "refused");
    test_pair_decide(test, test->a, id, "confirm", 1, 409);
}

/* It comes to the base as refused already: the base knows of it, and gave it a number. */
static void
test_refused_before_it_reached_the_base(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = test_pair_place(test, test->a);
    g_autoptr(KabOrder) order = NULL;
    g_autoptr(JsonNode) shown = NULL;

    test_pair_decide(test, test->a, id, "refuse", 0, 200);
    test_pair_assert_status(test, test->a, id, "refused");
    test_pair_exchange(test);
    order = test_pair_client_order(test, id);
    g_assert_cmpint(order->client_status, ==, KAB_CLIENT_CANCELLED);
    g_assert_cmpstr(order->number, ==, "0000-000001");
    shown = get_order(test, id);
    g_assert_cmpstr(test_json_text(shown, "status"), ==, "refused");
    g_assert_cmpstr(test_json_text(shown, "reason"), ==, "Передумали");
}

static void
test_changed_while_confirmed(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = offer(test);

    test_pair_decide(test, test->a, id, "confirm", 1, 200);
    test_pair_exchange(test);
    test_pair_assert_status(test, test->a, id, "in-progress");
    test_pair_set_quantity(test, id, 1, 1);
    test_pair_exchange(test);
    test_pair_assert_status(test, test->a, id, "awaiting-partner");
    test_pair_decide(test, test->a, id, "confirm", 2, 200);
    test_pair_exchange(test);
    test_pair_assert_status(test, test->a, id, "in-progress");
}

/* Both change it before they hear of each other: the partner is asked again. */
static void
test_both_at_once(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = offer(test);

    test_pair_set_quantity(test, id, 1, 1);
    test_pair_decide(test, test->a, id, "confirm", 1, 200);
    test_pair_exchange(test);
    test_pair_run(kab_pair_get_portal(test->pair));
    test_pair_assert_status(test, test->a, id, "awaiting-partner");
    test_pair_assert_queues_empty(test);
    test_pair_decide(test, test->a, id, "confirm", 2, 200);
    test_pair_exchange(test);
    test_pair_assert_status(test, test->a, id, "in-progress");
}

/* Goods have left before the refusal came: it is too late, and the portal says so. */
static void
test_refused_too_late(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = offer(test);
    g_autoptr(KabOrder) wanted = NULL;
    g_autoptr(KabOrder) shipped = NULL;
    g_autoptr(KabOrder) after = NULL;

    test_pair_decide(test, test->a, id, "confirm", 1, 200);
    test_pair_exchange(test);
    wanted = test_pair_client_order(test, id);
    g_assert_true(kab_order_set_percents(wanted, -1, 50, NULL));
    shipped = kab_base_orders_set(test->base, wanted, "Мария", NULL);
    g_assert_nonnull(shipped);
    test_pair_decide(test, test->a, id, "refuse", 1, 200);
    test_pair_exchange(test);
    after = test_pair_client_order(test, id);
    g_assert_cmpint(after->client_status, ==, KAB_CLIENT_TO_FULFIL);
    test_pair_assert_status(test, test->a, id, "in-progress");
    /* The same press again is answered with the order as it is. */
    test_pair_decide(test, test->a, id, "refuse", 1, 200);
    test_pair_assert_status(test, test->a, id, "in-progress");
}

static void
test_declined_by_the_manager(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = test_pair_place(test, test->a);
    g_autoptr(KabOrder) wanted = NULL;
    g_autoptr(KabOrder) declined = NULL;
    g_autoptr(JsonNode) order = NULL;

    test_pair_exchange(test);
    wanted = test_pair_client_order(test, id);
    wanted->client_status = KAB_CLIENT_CANCELLED;
    g_free(wanted->reason);
    wanted->reason = g_strdup("Нет на складе");
    declined = kab_base_orders_set(test->base, wanted, "Мария", NULL);
    test_pair_exchange(test);
    order = get_order(test, id);
    g_assert_cmpstr(test_json_text(order, "status"), ==, "refused");
    g_assert_cmpstr(test_json_text(order, "reason"), ==, "Нет на складе");
    g_assert_nonnull(declined);
}

#define FREEZE(db, table)                                                                         \
    kab_db_script(db, "DROP TABLE IF EXISTS frozen; CREATE TABLE frozen AS SELECT * FROM " table, \
                  NULL)
#define THAW(db, table) \
    kab_db_script(db, "DELETE FROM " table "; INSERT INTO " table " SELECT * FROM frozen", NULL)

/* The answer was lost: what stood in the queue is sent once more, and nothing changes. */
static void
test_lost_answers_change_nothing(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = test_pair_place(test, test->a);
    gint64 portal_version;
    gint64 base_version;

    g_assert_true(FREEZE(test->portal, "queue"));
    test_pair_run(kab_pair_get_portal(test->pair));
    g_assert_true(THAW(test->portal, "queue"));
    g_assert_true(FREEZE(test->base, "queue"));
    test_pair_run(kab_pair_get_base(test->pair));
    g_assert_true(THAW(test->base, "queue"));
    portal_version = test_pair_count(test->portal, "SELECT version FROM orders");
    base_version = test_pair_count(test->base, "SELECT version FROM orders");
    test_pair_exchange(test);
    g_assert_cmpint(test_pair_count(test->base, "SELECT count(*) FROM orders"), ==, 1);
    g_assert_cmpint(test_pair_count(test->portal, "SELECT version FROM orders"), ==,
                    portal_version);
    g_assert_cmpint(test_pair_count(test->base, "SELECT version FROM orders"), ==, base_version);
    g_assert_cmpint(test_pair_count(test->base,
                                    "SELECT count(*) FROM journal_object WHERE kind = 'order'"
                                    " AND outcome = 'duplicate'"),
                    ==, 1);
    test_pair_assert_status(test, test->a, id, "awaiting-manager");
}

static void
test_restart_loses_nothing(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = offer(test);

    test_pair_decide(test, test->a, id, "confirm", 1, 200);
    test_pair_restart(test);
    test_pair_assert_status(test, test->a, id, "in-progress");
    test_pair_exchange(test);
    test_pair_restart(test);
    test_pair_exchange(test);
    test_pair_assert_status(test, test->a, id, "in-progress");
}

/* The price list changes between the order and the exchange: the order keeps its prices. */
static void
test_order_keeps_its_prices(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = test_pair_place(test, test->a);
    g_autoptr(KabOrder) order = NULL;

    g_assert_true(kab_db_script(test->base, "UPDATE price SET minor = minor * 2", NULL));
    test_pair_exchange(test);
    order = test_pair_client_order(test, id);
    g_assert_cmpint(order->total.minor, ==, 76716);
}

static void
test_many_orders(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    const guint n = 30;

    for (guint i = 0; i < n; i++)
        g_free(test_pair_place(test, i % 3 == 0 ? test->b : test->a));
    test_pair_exchange(test);
    g_assert_cmpint(test_pair_count(test->base, "SELECT count(DISTINCT number) FROM orders"), ==,
                    n);
    g_assert_cmpint(test_pair_count(test->portal, "SELECT count(DISTINCT number) FROM orders"), ==,
                    n);
    g_assert_cmpint(
        test_pair_count(test->portal, "SELECT count(*) FROM orders WHERE total = 95000"), ==,
        n / 3);
}

static void
test_withdrawn_contact_is_out(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(JsonNode) before = test_pair_portal(test, test->a, "GET", "/api/v1/me", NULL, 200);
    g_autoptr(JsonNode) after = NULL;
    g_autofree char *id = NULL;

    g_assert_true(kab_db_get_text(test->base, "SELECT id FROM contact WHERE name = 'alfa-head'",
                                  KAB_BIND_NONE, &id, NULL));
    g_assert_true(kab_db_run(test->base, "UPDATE contact SET deleted = 1 WHERE id = $1",
                             KAB_BIND(kab_text(id)), NULL));
    g_assert_true(kab_queue_put(test->base, "user", id, NULL));
    test_pair_exchange(test);
    after = test_pair_portal(test, test->a, "GET", "/api/v1/me", NULL, 401);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    PAIR_TEST("/life/whole", test_whole_life);
    PAIR_TEST("/life/older-revision", test_confirm_an_older_revision);
    PAIR_TEST("/life/decided-twice", test_decided_twice_is_once);
    PAIR_TEST("/life/refused", test_refused);
    PAIR_TEST("/life/refused-before", test_refused_before_it_reached_the_base);
    PAIR_TEST("/life/changed-while-confirmed", test_changed_while_confirmed);
    PAIR_TEST("/life/both-at-once", test_both_at_once);
    PAIR_TEST("/life/refused-too-late", test_refused_too_late);
    PAIR_TEST("/life/declined", test_declined_by_the_manager);
    PAIR_TEST("/life/lost-answers", test_lost_answers_change_nothing);
    PAIR_TEST("/life/restart", test_restart_loses_nothing);
    PAIR_TEST("/life/keeps-prices", test_order_keeps_its_prices);
    PAIR_TEST("/life/many", test_many_orders);
    PAIR_TEST("/life/withdrawn", test_withdrawn_contact_is_out);
    return g_test_run();
}
