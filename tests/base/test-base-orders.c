/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-base-orders.h"
#include "kab-error.h"
#include "kab-order-store.h"
#include "test-json.h"
#include "test-pair.h"

#include <string.h>

/* An order of Alfa that has reached the base. */
static char *
place(TestPair *test)
{
    char *id = test_pair_place(test, test->a);

    test_pair_exchange(test);
    return id;
}

static void
assert_refused(TestPair *test, KabOrder *wanted, KabError code)
{
    g_autoptr(GError) error = NULL;
    gint64 before = test_pair_count(test->base, "SELECT sum(version) FROM orders");

    g_assert_null(kab_base_orders_set(test->base, wanted, "Мария", &error));
    g_assert_error(error, KAB_ERROR, (int)code);
    g_assert_cmpint(test_pair_count(test->base, "SELECT sum(version) FROM orders"), ==, before);
    test_pair_assert_queues_empty(test);
}

static KabOrder *
set(TestPair *test, KabOrder *wanted)
{
    g_autoptr(GError) error = NULL;
    KabOrder *order = kab_base_orders_set(test->base, wanted, "Мария", &error);

    g_assert_no_error(error);
    return order;
}

static void
test_becomes_a_client_order(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = place(test);
    g_autoptr(KabOrder) order = test_pair_client_order(test, id);
    g_autoptr(KabOrder) by_number = test_pair_client_order(test, "0000-000001");

    g_assert_cmpstr(order->number, ==, "0000-000001");
    g_assert_cmpstr(by_number->id.text, ==, id);
    g_assert_cmpstr(order->partner_name, ==, "Альфа");
    g_assert_cmpstr(order->user_name, ==, "alfa-head");
    g_assert_cmpstr(order->manager, ==, "Мария");
    g_assert_cmpstr(order->state, ==, "Ожидается согласование");
    g_assert_cmpint(order->client_status, ==, KAB_CLIENT_ON_APPROVAL);
    g_assert_cmpint(order->revision, ==, 1);
    g_assert_cmpint(order->total.minor, ==, 76716);
    g_assert_cmpint(kab_order_get_line(order, 1)->ordered.milli, ==, 2000);
}

static void
test_numbers_count_on(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    static const char *const numbers[] = {"0000-000001", "0000-000002", "НФ-000003"};

    for (gsize i = 0; i < G_N_ELEMENTS(numbers); i++) {
        g_autofree char *id = NULL;
        g_autoptr(KabOrder) order = NULL;

        if (i == 2)
            g_assert_true(kab_settings_set(kab_end_get_settings(kab_pair_get_base(test->pair)),
                                           test->base, "orders.prefix", "НФ", NULL, NULL));
        id = place(test);
        order = test_pair_client_order(test, id);
        g_assert_cmpstr(order->number, ==, numbers[i]);
    }
}

static void
test_somebody_was_faster(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = place(test);
    g_autoptr(KabOrder) mine = test_pair_client_order(test, id);
    g_autoptr(KabOrder) theirs = test_pair_client_order(test, id);
    g_autoptr(KabOrder) stored = NULL;

    theirs->paid_percent = 50;
    stored = set(test, theirs);
    test_pair_exchange(test);
    mine->paid_percent = 30;
    assert_refused(test, mine, KAB_ERROR_CONFLICT);
    mine->version = stored->version;
    kab_order_free(set(test, mine));
}

/* The same over HTTP: the version goes with the order. */
static void
test_somebody_was_faster_at_the_desktop(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = place(test);
    g_autofree char *path = g_strconcat("/api/v1/client-orders/", id, NULL);
    g_autoptr(JsonNode) order = test_pair_base(test, test->manager, "GET", path, NULL, 200);
    g_autofree char *text = NULL;
    g_autoptr(JsonNode) first = NULL;
    g_autoptr(JsonNode) second = NULL;

    json_object_set_int_member(json_node_get_object(order), "paid_percent", 10);
    text = json_to_string(order, FALSE);
    first = test_pair_base(test, test->manager, "PUT", path, text, 200);
    second = test_pair_base(test, test->manager, "PUT", path, text, 409);
    g_assert_cmpstr(test_json_text(second, "code"), ==, "conflict");
    g_assert_cmpint(test_json_int(first, "version"), ==, test_json_int(order, "version") + 1);
}

static void
test_closed_stays_closed(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    static const KabClientStatus ends[] = {KAB_CLIENT_CLOSED, KAB_CLIENT_CANCELLED};
    static const KabClientStatus others[] = {KAB_CLIENT_ON_APPROVAL, KAB_CLIENT_TO_FULFIL};

    for (gsize i = 0; i < G_N_ELEMENTS(ends); i++) {
        g_autofree char *id = place(test);

        test_pair_set_status(test, id, ends[i]);
        test_pair_exchange(test);
        test_pair_assert_status(test, test->a, id,
                                ends[i] == KAB_CLIENT_CLOSED ? "completed" : "refused");
        for (gsize k = 0; k < G_N_ELEMENTS(others); k++) {
            g_autoptr(KabOrder) wanted = test_pair_client_order(test, id);

            wanted->client_status = others[k];
            assert_refused(test, wanted, KAB_ERROR_STATE);
        }
        {
            g_autoptr(KabOrder) wanted = test_pair_client_order(test, id);

            kab_order_get_line(wanted, 0)->quantity.milli = 5000;
            assert_refused(test, wanted, KAB_ERROR_STATE);
        }
    }
}

static void
test_impossible_wishes(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = place(test);

    for (int i = 0; i < 7; i++) {
        g_autoptr(KabOrder) wanted = test_pair_client_order(test, id);
        KabOrderLine *line = kab_order_get_line(wanted, 0);

        if (i == 0)
            line->quantity.milli = -1;
        else if (i == 1)
            line->quantity.milli = KAB_QUANTITY_MAX + 1;
        else if (i == 2)
            line->price.minor = -1;
        else if (i == 3)
            line->price = kab_money_new(line->price.minor, "EUR");
        else if (i == 4)
            wanted->paid_percent = 101;
        else if (i == 5)
            wanted->shipped_percent = -1;
        else
            line->quantity.milli = kab_order_get_line(wanted, 1)->quantity.milli = 0;
        assert_refused(test, wanted, KAB_ERROR_INVALID);
    }
    {
        g_autoptr(KabOrder) nowhere = test_pair_client_order(test, id);

        nowhere->id = kab_order_id_of(TEST_NOWHERE);
        assert_refused(test, nowhere, KAB_ERROR_NOT_FOUND);
    }
}

static void
test_revision_is_of_the_contents(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = place(test);
    g_autoptr(KabOrder) wanted = test_pair_client_order(test, id);
    g_autoptr(KabOrder) paid = NULL;
    g_autoptr(KabOrder) shorter = NULL;
    g_autoptr(KabOrder) cheaper = NULL;

    wanted->paid_percent = 100;
    paid = set(test, wanted);
    g_assert_cmpint(paid->revision, ==, 1);
    kab_order_get_line(paid, 0)->quantity.milli = 0;
    shorter = set(test, paid);
    g_assert_cmpint(shorter->revision, ==, 2);
    g_assert_cmpuint(shorter->lines->len, ==, 1);
    g_assert_cmpint(shorter->total.minor, ==, 66666);
    kab_order_get_line(shorter, 0)->price.minor = 30000;
    cheaper = set(test, shorter);
    g_assert_cmpint(cheaper->revision, ==, 3);
    g_assert_cmpint(cheaper->total.minor, ==, 60000);
    test_pair_exchange(test);
}

/* What a portal could say that is not so. */
static void
test_bad_orders_are_rejected(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
#define BODY(partner, product, quantity, price, sum)                                           \
    "{'partner_id': '" partner "', 'decision': 'none', 'currency': 'RUB', 'total': '" sum "'," \
    " 'lines': [{'product_id': '" product "', 'name': 'a', 'ordered': '" quantity "',"         \
    " 'quantity': '" quantity "', 'price': '" price "', 'sum': '" sum "'}]}"
    static const char *const bodies[] = {
        BODY(TEST_NOWHERE, TEST_HAMMER, "1", "10.00", "10.00"),
        BODY("%s", TEST_NOWHERE, "1", "10.00", "10.00"),
        BODY("%s", TEST_HAMMER, "0", "10.00", "0.00"),
        BODY("%s", TEST_HAMMER, "-1", "10.00", "-10.00"),
        BODY("%s", TEST_HAMMER, "1", "-10.00", "-10.00"),
        BODY("%s", TEST_HAMMER, "2", "10.00", "20.01"),
        "{'partner_id': '%s', 'currency': 'RUB', 'total': '0', 'lines': []}",
        "{}",
    };
#undef BODY
    g_autofree char *alfa = NULL;
    gint64 before;

    g_assert_true(kab_db_get_text(test->base, "SELECT id FROM partner WHERE name = 'Альфа'",
                                  KAB_BIND_NONE, &alfa, NULL));
    before = test_pair_count(test->base, "SELECT count(*) FROM orders");
    for (gsize i = 0; i < G_N_ELEMENTS(bodies); i++) {
        g_auto(GStrv) parts = g_strsplit(bodies[i], "%s", -1);
        g_autofree char *text = g_strjoinv(alfa, parts);
        g_autoptr(JsonNode) node = test_json_parse(text);
        g_autofree char *id = g_uuid_string_random();
        KabMessage message = {.kind = (char *)"order", .id = id, .version = 1};
        g_autoptr(GError) error = NULL;
        g_autoptr(KabTransaction) part = kab_db_begin(test->base, NULL);

        message.body = json_node_get_object(node);
        g_test_message("%s", text);
        g_assert_false(kab_base_apply_order(NULL, test->base, &message, &error));
        g_assert_true(error->domain == KAB_ERROR);
    }
    g_assert_cmpint(test_pair_count(test->base, "SELECT count(*) FROM orders"), ==, before);
}

static void
test_invoice_needs_requisites(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = place(test);
    g_autofree char *path = g_strconcat("/api/v1/client-orders/", id, "/invoice", NULL);
    g_autoptr(JsonNode) pdf = test_pair_base(test, test->manager, "GET", path, NULL, 200);
    g_autoptr(JsonNode) refused = NULL;

    g_assert_true(g_str_has_prefix(json_node_get_string(pdf), "%PDF-"));
    g_assert_true(kab_settings_set(kab_end_get_settings(kab_pair_get_base(test->pair)), test->base,
                                   "organisation.name", "", NULL, NULL));
    refused = test_pair_base(test, test->manager, "GET", path, NULL, 409);
    g_assert_nonnull(strstr(test_json_text(refused, "detail"), "organisation.name"));
}

static void
test_who_may(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = place(test);
    g_autofree char *path = g_strconcat("/api/v1/client-orders/", id, NULL);
    g_autoptr(JsonNode) manager =
        test_pair_base(test, test->manager, "GET", "/api/v1/client-orders", NULL, 200);
    g_autoptr(JsonNode) admin = test_pair_base(test, test->base_admin, "GET", path, NULL, 200);
    g_autoptr(JsonNode) partner = test_pair_base(test, test->a, "GET", path, NULL, 401);
    g_autoptr(JsonNode) manager_at_queue =
        test_pair_base(test, test->manager, "GET", "/api/v1/exchange/queue", NULL, 403);

    g_assert_cmpuint(test_json_length(manager, "items"), ==, 1);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    PAIR_TEST("/base-orders/made", test_becomes_a_client_order);
    PAIR_TEST("/base-orders/numbers", test_numbers_count_on);
    PAIR_TEST("/base-orders/conflict", test_somebody_was_faster);
    PAIR_TEST("/base-orders/conflict-http", test_somebody_was_faster_at_the_desktop);
    PAIR_TEST("/base-orders/closed", test_closed_stays_closed);
    PAIR_TEST("/base-orders/impossible", test_impossible_wishes);
    PAIR_TEST("/base-orders/revision", test_revision_is_of_the_contents);
    PAIR_TEST("/base-orders/bad-orders", test_bad_orders_are_rejected);
    PAIR_TEST("/base-orders/invoice", test_invoice_needs_requisites);
    PAIR_TEST("/base-orders/who-may", test_who_may);
    return g_test_run();
}
