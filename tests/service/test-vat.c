/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../base/paper-fixture.h"
#include "kab-base-orders.h"
#include "kab-base-partners.h"
#include "kab-document-store.h"
#include "kab-kind.h"
#include "kab-order-store.h"
#include "kab-queue.h"
#include "test-json.h"
#include "test-pair.h"

/* VAT that comes on top of the prices, from the basket to the invoice. The order: a hammer for
 * 100.50 with 7 %, two axes for 333.33 each with 7 %. By line that is 7.04 and 46.67; of the whole
 * it would be 53.70. */
#define NET 76716
#define VAT 5371
#define TOTAL (NET + VAT)
#define AXE (33333 + 2333)

#define SET_RATE "UPDATE product SET vat = '7'"
#define SELECT_PRODUCTS "SELECT id FROM product"
#define SELECT_PRICE_TYPE "SELECT id FROM price_type WHERE name = 'Оптовая'"

static void
send_again(TestPair *test, const char *kind, const char *sql)
{
    g_autoptr(KabRows) rows = kab_db_query(test->base, sql, KAB_BIND_NONE, NULL);
    g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GError) error = NULL;

    while (kab_rows_next(rows, &error))
        g_ptr_array_add(ids, kab_rows_dup_text(rows, 0));
    g_clear_pointer(&rows, kab_rows_free);
    for (guint i = 0; i < ids->len && error == NULL; i++)
        kab_queue_put(test->base, kind, g_ptr_array_index(ids, i), &error);
    g_assert_no_error(error);
}

/* What the wholesale prices are, as the base tells it. */
static void
set_included(TestPair *test, gboolean included)
{
    g_autoptr(GError) error = NULL;

    kab_db_run(test->base, "UPDATE price_type SET vat_included = $1 WHERE name = 'Оптовая'",
               KAB_BIND(kab_int(included)), &error);
    g_assert_no_error(error);
    send_again(test, KAB_KIND_PRICE_TYPE, SELECT_PRICE_TYPE);
    test_pair_exchange(test);
}

static void
put_on_top(TestPair *test)
{
    g_assert_true(kab_db_script(test->base, SET_RATE, NULL));
    send_again(test, KAB_KIND_PRODUCT, SELECT_PRODUCTS);
    set_included(test, FALSE);
}

static KabOrder *
load(KabDb *db, const char *id)
{
    g_autoptr(GError) error = NULL;
    KabOrder *order = kab_order_store_load(db, id, &error);

    g_assert_no_error(error);
    return order;
}

/* Both ends count alike. */
static void
assert_sums(TestPair *test, const char *id, gboolean on_top, gint64 total, gint64 vat,
            gint64 shipped)
{
    KabDb *const ends[] = {test->portal, test->base};

    for (gsize i = 0; i < G_N_ELEMENTS(ends); i++) {
        g_autoptr(KabOrder) order = load(ends[i], id);

        g_assert_cmpint(order->vat_on_top, ==, on_top);
        g_assert_cmpint(order->total.minor, ==, total);
        g_assert_cmpint(order->vat.minor, ==, vat);
        g_assert_cmpint(order->shipped.minor, ==, shipped);
    }
}

static KabOrder *
set(TestPair *test, KabOrder *wanted)
{
    g_autoptr(GError) error = NULL;
    KabOrder *order = kab_base_orders_set(test->base, wanted, "Мария", &error);

    g_assert_no_error(error);
    test_pair_exchange(test);
    return order;
}

static gint64
get_debt(TestPair *test)
{
    return test_pair_count(test->portal, "SELECT debt FROM partner WHERE name = 'Альфа'");
}

static void
test_basket_and_order(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = NULL;
    g_autofree char *path = NULL;
    g_autoptr(JsonNode) basket = NULL;
    g_autoptr(JsonNode) shown = NULL;
    g_autoptr(JsonNode) theirs = NULL;

    put_on_top(test);
    test_pair_fill(test, test->a);
    basket = test_pair_portal(test, test->a, "GET", "/api/v1/basket", NULL, 200);
    g_assert_cmpstr(test_json_text(basket, "total"), ==, "820.87");
    id = test_pair_place(test, test->a);
    path = g_strconcat("/api/v1/orders/", id, NULL);
    shown = test_pair_portal(test, test->a, "GET", path, NULL, 200);
    g_assert_cmpstr(test_json_text(shown, "total"), ==, "820.87");
    g_assert_cmpstr(test_json_text(shown, "vat"), ==, "53.71");
    g_assert_cmpstr(test_json_text(shown, "lines/1/sum"), ==, "666.66");
    test_pair_exchange(test);
    assert_sums(test, id, TRUE, TOTAL, VAT, 0);
    /* The retail prices are with VAT. */
    test_pair_fill(test, test->b);
    theirs = test_pair_portal(test, test->b, "GET", "/api/v1/basket", NULL, 200);
    g_assert_cmpstr(test_json_text(theirs, "total"), ==, "950.00");
    g_assert_false(json_object_has_member(json_node_get_object(theirs), "vat"));
}

/* An order goes on as it began, whatever becomes of the price type; a new one does not. */
static void
test_stays_with_the_order(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = NULL;
    g_autofree char *other = NULL;

    put_on_top(test);
    id = test_pair_place(test, test->a);
    test_pair_exchange(test);
    set_included(test, TRUE);
    test_pair_set_quantity(test, id, 1, 1);
    test_pair_exchange(test);
    assert_sums(test, id, TRUE, 10050 + 704 + AXE, 704 + 2333, 0);
    other = test_pair_place(test, test->a);
    test_pair_exchange(test);
    assert_sums(test, other, FALSE, NET, 0, 0);
    set_included(test, FALSE);
    test_pair_set_quantity(test, other, 1, 1);
    test_pair_exchange(test);
    assert_sums(test, other, FALSE, 10050 + 33333, 0, 0);
}

static void
set_limit(TestPair *test, gint64 limit)
{
    const KabLimits limits = {.has_limit = TRUE,
                              .credit_limit = kab_money_new(limit, "RUB"),
                              .debt = kab_money_new(0, "RUB")};
    g_autoptr(KabPartner) partner = kab_base_partners_load(test->base, "Альфа", NULL);
    g_autoptr(GError) error = NULL;

    kab_base_partners_set_limits(test->base, partner->id, &limits, KAB_LIMITS_CREDIT, &error);
    g_assert_no_error(error);
    test_pair_exchange(test);
}

/* A credit limit is of what has to be paid. */
static void
test_limit(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    put_on_top(test);
    for (int enough = 0; enough <= 1; enough++) {
        g_autofree char *key = g_uuid_string_random();
        g_autoptr(JsonNode) answer = NULL;

        set_limit(test, TOTAL - 1 + enough);
        test_pair_fill(test, test->a);
        g_assert_cmpuint(test_pair_ask(kab_pair_get_portal_address(test->pair), test->a, "POST",
                                       "/api/v1/orders", "{'place': true}", key, &answer),
                         ==, enough ? 200 : 409);
    }
}

static void
test_debt_and_percents(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = NULL;
    g_autoptr(KabOrder) wanted = NULL;
    g_autoptr(KabOrder) half = NULL;
    g_autoptr(KabOrder) net = NULL;
    g_autoptr(KabOrder) all = NULL;

    put_on_top(test);
    id = test_pair_place(test, test->a);
    test_pair_exchange(test);
    wanted = load(test->base, id);
    wanted->client_status = KAB_CLIENT_TO_FULFIL;
    kab_order_get_line(wanted, 1)->shipped.milli = KAB_QUANTITY_ONE;
    half = set(test, wanted);
    assert_sums(test, id, TRUE, TOTAL, VAT, AXE);
    g_assert_cmpint(get_debt(test), ==, AXE);
    /* Whoever pays the prices alone has not paid all. */
    kab_order_get_line(half, 0)->paid.minor = 10050;
    kab_order_get_line(half, 1)->paid.minor = 66666;
    net = set(test, half);
    g_assert_cmpint(kab_order_get_paid_percent(net), ==, 93);
    g_assert_cmpint(get_debt(test), ==, AXE - NET);
    g_assert_true(kab_order_set_percents(net, 100, 100, NULL));
    all = set(test, net);
    g_assert_cmpint(all->paid.minor, ==, TOTAL);
    g_assert_cmpint(kab_order_get_paid_percent(all), ==, 100);
    assert_sums(test, id, TRUE, TOTAL, VAT, TOTAL);
    g_assert_cmpint(get_debt(test), ==, 0);
}

static void
test_invoice(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = NULL;
    g_autofree char *path = NULL;
    g_autoptr(JsonNode) state = NULL;
    g_autoptr(GBytes) file = NULL;
    g_autofree char *text = NULL;
    g_autoptr(GError) error = NULL;

    put_on_top(test);
    id = test_pair_place(test, test->a);
    test_pair_exchange(test);
    test_pair_set_status(test, id, KAB_CLIENT_TO_FULFIL);
    test_pair_exchange(test);
    path = g_strdup_printf("/api/v1/orders/%s/documents", id);
    state = test_pair_portal(test, test->a, "GET", path, NULL, 200);
    g_assert_cmpstr(test_json_text(state, "items/0/state"), ==, "ready");
    file = kab_document_store_get_file(test->portal, id, &error);
    g_assert_no_error(error);
    text = paper_extract(file);
    if (text == NULL) {
        g_test_skip("pdftotext is not here");
        return;
    }
    paper_assert_shows(text, "767,16");
    paper_assert_shows(text, "53,71");
    paper_assert_shows(text, "820,87");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    PAIR_TEST("/vat/order", test_basket_and_order);
    PAIR_TEST("/vat/stays", test_stays_with_the_order);
    PAIR_TEST("/vat/limit", test_limit);
    PAIR_TEST("/vat/debt", test_debt_and_percents);
    PAIR_TEST("/vat/invoice", test_invoice);
    return g_test_run();
}
