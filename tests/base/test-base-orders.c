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
                                           test->base, KAB_ACTOR_SERVICE, "orders.prefix", "НФ",
                                           NULL, NULL));
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

    g_assert_true(kab_order_set_percents(theirs, 50, -1, NULL));
    stored = set(test, theirs);
    test_pair_exchange(test);
    g_assert_true(kab_order_set_percents(mine, 30, -1, NULL));
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

    json_object_set_string_member(json_node_get_object(order), "manager", "Другой");
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
            line->shipped.milli = line->quantity.milli + 1;
        else if (i == 5)
            line->paid.minor = -1;
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

    g_assert_true(kab_order_set_percents(wanted, 100, -1, NULL));
    paid = set(test, wanted);
    g_assert_cmpint(paid->revision, ==, 1);
    kab_order_get_line(paid, 0)->quantity.milli = 0;
    shorter = set(test, paid);
    g_assert_cmpint(shorter->revision, ==, 2);
    g_assert_cmpuint(shorter->lines->len, ==, 2); /* the partner sees what was cancelled */
    g_assert_cmpint(shorter->total.minor, ==, 66666);
    kab_order_get_line(shorter, 1)->price.minor = 30000;
    cheaper = set(test, shorter);
    g_assert_cmpint(cheaper->revision, ==, 3);
    g_assert_cmpint(cheaper->total.minor, ==, 60000);
    test_pair_exchange(test);
}

/* What a portal could say that is not so; the first is so. */
static void
test_bad_orders_are_rejected(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
#define HEAD(partner)                                                          \
    "{'partner_id': '" partner "', 'decision': 'none', 'decision_attempt': 0," \
    " 'decided_revision': 0, 'currency': 'RUB', "
#define BODY(partner, product, quantity, price, sum)                    \
    HEAD(partner)                                                       \
    "'total': '" sum "', 'lines': [{'product_id': '" product            \
    "', 'name': 'a', 'ordered': '" quantity "', 'quantity': '" quantity \
    "', 'ordered_price': '" price "', 'price': '" price "', 'sum': '" sum "'}]}"
    static const char *const rows[][2] = {
        {BODY("%s", TEST_HAMMER, "1", "10.00", "10.00"), NULL},
        {BODY(TEST_NOWHERE, TEST_HAMMER, "1", "10.00", "10.00"), TEST_NOWHERE},
        {BODY("%s", TEST_NOWHERE, "1", "10.00", "10.00"), TEST_NOWHERE},
        {BODY("%s", TEST_HAMMER, "0", "10.00", "0.00"), "no lines"},
        {BODY("%s", TEST_HAMMER, "-1", "10.00", "-10.00"), "quantity"},
        {BODY("%s", TEST_HAMMER, "1", "-10.00", "-10.00"), "price"},
        {BODY("%s", TEST_HAMMER, "1", "0.00", "0.00"), "price"},
        {BODY("%s", TEST_HAMMER, "2", "10.00", "20.01"), "20.01"},
        {HEAD("%s") "'total': '0', 'lines': []}", "no lines"},
        {"{}", ""},
    };
#undef BODY
#undef HEAD
    g_autofree char *alfa = NULL;
    gint64 before;

    g_assert_true(kab_db_get_text(test->base, "SELECT id FROM partner WHERE name = 'Альфа'",
                                  KAB_BIND_NONE, &alfa, NULL));
    before = test_pair_count(test->base, "SELECT count(*) FROM orders");
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_auto(GStrv) parts = g_strsplit(rows[i][0], "%s", -1);
        g_autofree char *text = g_strjoinv(alfa, parts);
        g_autoptr(JsonNode) node = test_json_parse(text);
        g_autofree char *id = g_uuid_string_random();
        KabMessage message = {.kind = (char *)"order", .id = id, .version = 1};
        g_autoptr(GError) error = NULL;
        g_autoptr(KabTransaction) part = kab_db_begin(test->base, NULL);

        message.body = json_node_get_object(node);
        g_assert_cmpint(kab_base_apply_order(NULL, test->base, &message, &error), ==, i == 0);
        if (i == 0)
            continue;
        g_test_message("%s", error->message);
        g_assert_true(error->domain == KAB_ERROR);
        g_assert_nonnull(strstr(error->message, rows[i][1]));
    }
    g_assert_cmpint(test_pair_count(test->base, "SELECT count(*) FROM orders"), ==, before);
}

/* What is with the partner has the price that it was shipped at. */
static void
test_price_of_shipped_goods(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = place(test);
    g_autoptr(KabOrder) wanted = test_pair_client_order(test, id);
    g_autoptr(KabOrder) shipped = NULL;
    g_autoptr(KabOrder) other = NULL;
    g_autoptr(KabOrder) back = NULL;

    wanted->client_status = KAB_CLIENT_TO_FULFIL;
    kab_order_get_line(wanted, 1)->shipped.milli = 1;
    shipped = set(test, wanted);
    test_pair_exchange(test);
    for (int i = 0; i < 2; i++) {
        g_autoptr(KabOrder) dearer = kab_order_copy(shipped);

        kab_order_get_line(dearer, 1)->price.minor += i == 0 ? 1 : -1;
        kab_order_get_line(dearer, 1)->shipped.milli += i;
        assert_refused(test, dearer, KAB_ERROR_STATE);
    }
    /* That of the other line may change, and this one's when the goods have come back. */
    kab_order_get_line(shipped, 0)->price.minor = 10000;
    other = set(test, shipped);
    g_assert_cmpint(other->revision, ==, 2);
    kab_order_get_line(other, 1)->price.minor = 33000;
    kab_order_get_line(other, 1)->shipped.milli = 0;
    back = set(test, other);
    g_assert_cmpint(back->shipped.minor, ==, 0);
    g_assert_cmpint(back->total.minor, ==, 10000 + 66000);
    g_assert_cmpint(test_pair_count(test->base, "SELECT debt FROM partner WHERE name = 'Альфа'"),
                    ==, 0);
}

/* Nothing more leaves when the order is over; goods and money may still go back. */
static void
test_after_the_end(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    static const KabClientStatus ends[] = {KAB_CLIENT_CLOSED, KAB_CLIENT_CANCELLED};

    for (gsize i = 0; i < G_N_ELEMENTS(ends); i++) {
        g_autofree char *id = place(test);
        g_autoptr(KabOrder) wanted = test_pair_client_order(test, id);
        g_autoptr(KabOrder) over = NULL;
        g_autoptr(KabOrder) back = NULL;

        wanted->client_status = KAB_CLIENT_TO_FULFIL;
        kab_order_get_line(wanted, 1)->shipped.milli = KAB_QUANTITY_ONE;
        kab_order_get_line(wanted, 1)->paid.minor = 100;
        kab_order_free(set(test, wanted));
        test_pair_set_status(test, id, ends[i]);
        test_pair_exchange(test);
        over = test_pair_client_order(test, id);
        for (guint k = 0; k < 3; k++) {
            g_autoptr(KabOrder) more = kab_order_copy(over);

            kab_order_get_line(more, k == 1)->shipped.milli += 1;
            if (k == 2) /* a hammer for an axe: worth less, and yet more goods */
                kab_order_get_line(more, 1)->shipped.milli = 0;
            assert_refused(test, more, KAB_ERROR_STATE);
        }
        kab_order_get_line(over, 1)->shipped.milli = 0;
        kab_order_get_line(over, 1)->paid.minor = 0;
        back = set(test, over);
        g_assert_cmpint(back->shipped.minor, ==, 0);
        g_assert_cmpint(back->client_status, ==, ends[i]);
        test_pair_exchange(test);
        g_assert_cmpint(
            test_pair_count(test->portal, "SELECT debt FROM partner WHERE name = 'Альфа'"), ==, 0);
    }
}

static void
set_organisation(TestPair *test, const char *name, const char *value)
{
    g_autoptr(GError) error = NULL;

    kab_settings_set(kab_end_get_settings(kab_pair_get_base(test->pair)), test->base,
                     KAB_ACTOR_SERVICE, name, value, NULL, &error);
    g_assert_no_error(error);
}

/* Each of them, or nobody could pay; the correspondent account not every bank has. */
static void
test_invoice_needs_requisites(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    static const char *const needed[][2] = {
        {"organisation.name", "ООО «Склад»"},
        {"organisation.inn", "7707083893"},
        {"organisation.bank-name", "Банк"},
        {"organisation.bic", "044525225"},
        {"organisation.account", "40702810938000000001"},
    };
    g_autofree char *id = place(test);
    g_autofree char *path = g_strconcat("/api/v1/client-orders/", id, "/invoice", NULL);
    g_autoptr(JsonNode) pdf = test_pair_base(test, test->manager, "GET", path, NULL, 200);

    g_assert_true(g_str_has_prefix(json_node_get_string(pdf), "%PDF-"));
    for (gsize i = 0; i < G_N_ELEMENTS(needed); i++) {
        g_autoptr(JsonNode) refused = NULL;

        set_organisation(test, needed[i][0], "");
        refused = test_pair_base(test, test->manager, "GET", path, NULL, 409);
        g_assert_nonnull(strstr(test_json_text(refused, "detail"), needed[i][0]));
        set_organisation(test, needed[i][0], needed[i][1]);
    }
    json_node_unref(test_pair_base(test, test->manager, "GET", path, NULL, 200));
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

static guint
count_found(TestPair *test, const char *query)
{
    g_autofree char *path = g_strconcat("/api/v1/client-orders?", query, NULL);
    g_autoptr(JsonNode) page = test_pair_base(test, test->manager, "GET", path, NULL, 200);

    return test_json_length(page, "items");
}

/* By number, partner, product or comment; by status and days. */
static void
test_search(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = place(test);
    g_autofree char *of_b = test_pair_place(test, test->b);
    g_autofree char *path = g_strconcat("/api/v1/client-orders/", id, NULL);
    g_autoptr(JsonNode) order = NULL;
    g_autofree char *by_number = NULL;
    g_autofree char *by_partner = NULL;
    g_autofree char *partner = NULL;
    JsonObject *object;

    test_pair_exchange(test);
    order = test_pair_base(test, test->manager, "GET", path, NULL, 200);
    object = json_node_get_object(order);
    by_number = g_strconcat("text=", json_object_get_string_member(object, "number"), NULL);
    partner =
        g_uri_escape_string(json_object_get_string_member(object, "partner_name"), NULL, TRUE);
    by_partner = g_strconcat("text=", partner, NULL);
    g_assert_cmpuint(count_found(test, ""), ==, 2);
    g_assert_cmpuint(count_found(test, by_number), ==, 1);
    g_assert_cmpuint(count_found(test, by_partner), ==, 1);
    g_assert_cmpuint(count_found(test, "text=no-such-word"), ==, 0);
    g_assert_cmpuint(count_found(test, "client_status=on-approval"), ==, 2);
    g_assert_cmpuint(count_found(test, "client_status=closed"), ==, 0);
    g_assert_cmpuint(count_found(test, "to=2000-01-01"), ==, 0);
    g_assert_cmpuint(count_found(test, "from=2000-01-01"), ==, 2);
    json_node_unref(test_pair_base(test, test->manager, "GET",
                                   "/api/v1/client-orders?client_status=lost", NULL, 400));
    json_node_unref(test_pair_base(test, test->manager, "GET",
                                   "/api/v1/client-orders?from=2026-02-02&to=2026-01-01", NULL,
                                   400));
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
    PAIR_TEST("/base-orders/price-of-shipped", test_price_of_shipped_goods);
    PAIR_TEST("/base-orders/after-the-end", test_after_the_end);
    PAIR_TEST("/base-orders/invoice", test_invoice_needs_requisites);
    PAIR_TEST("/base-orders/search", test_search);
    PAIR_TEST("/base-orders/who-may", test_who_may);
    return g_test_run();
}
