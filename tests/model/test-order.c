/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-error.h"
#include "kab-order.h"

#include <string.h>

static void
add(KabOrder *order, const char *name, gint64 price, gint64 milli)
{
    KabOrderLine *line = kab_order_add_line(order);

    line->name = g_strdup(name);
    line->price = kab_money_new(price, "RUB");
    line->quantity.milli = milli;
}

static void
test_lines(void)
{
    g_autoptr(KabOrder) order = kab_order_new();

    g_assert_cmpuint(order->lines->len, ==, 0);
    add(order, "a", 1, 1000);
    add(order, "b", 1, 1000);
    add(order, "c", 1, 1000);
    g_assert_null(kab_order_get_line(order, 1)->article);
    kab_order_remove_line(order, 1);
    g_assert_cmpuint(order->lines->len, ==, 2);
    g_assert_cmpstr(kab_order_get_line(order, 1)->name, ==, "c");
    kab_order_free(NULL);
}

static void
test_recount(void)
{
    g_autoptr(KabOrder) order = kab_order_new();

    add(order, "Кабель", 3335, 2500); /* 83,375 */
    add(order, "Лампа", 6600, 3000);  /* 198,00 */
    add(order, "Провод", 10, 50);     /* 0,005 */
    g_assert_true(kab_order_recount(order, NULL));
    g_assert_cmpint(kab_order_get_line(order, 0)->sum.minor, ==, 8338);
    g_assert_cmpint(kab_order_get_line(order, 1)->sum.minor, ==, 19800);
    g_assert_cmpint(kab_order_get_line(order, 2)->sum.minor, ==, 1);
    g_assert_cmpint(order->total.minor, ==, 28139);
    g_assert_cmpstr(order->total.currency, ==, "RUB");
    kab_order_remove_line(order, 1);
    g_assert_true(kab_order_recount(order, NULL));
    g_assert_cmpint(order->total.minor, ==, 8339);
    kab_order_remove_line(order, 0);
    kab_order_remove_line(order, 0);
    g_assert_true(kab_order_recount(order, NULL));
    g_assert_cmpint(order->total.minor, ==, 0);
    g_assert_cmpstr(order->total.currency, ==, "RUB");
}

static void
test_recount_errors(void)
{
    g_autoptr(KabOrder) order = kab_order_new();
    g_autoptr(GError) error = NULL;

    add(order, "Кабель", 100, 1000);
    add(order, "Лампа", 100, 1000);
    kab_order_get_line(order, 1)->price = kab_money_new(100, "USD");
    g_assert_false(kab_order_recount(order, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
    g_assert_nonnull(strstr(error->message, "Лампа"));
    g_clear_error(&error);
    kab_order_get_line(order, 1)->price = kab_money_new(G_MAXINT64, "RUB");
    g_assert_false(kab_order_recount(order, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_RANGE);
    g_clear_error(&error);
    kab_order_get_line(order, 0)->quantity.milli = G_MAXINT64;
    kab_order_get_line(order, 0)->price.minor = 1001;
    g_assert_false(kab_order_recount(order, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_RANGE);
    g_assert_nonnull(strstr(error->message, "Кабель"));
}

/* VAT on top is rounded line by line, of what is shipped as of the whole; goods without VAT, and
 * those whose rate nobody knows, have none. */
static void
test_vat_on_top(void)
{
    static const char *const rates[] = {"7", "НДС 7%", NULL, "Без НДС", "сколько-то"};
    g_autoptr(KabOrder) order = kab_order_new();

    for (guint i = 0; i < G_N_ELEMENTS(rates); i++) {
        add(order, "a", 10050, 2000); /* 7 % of 201,00: 14,07; of 100,50: 7,035 */
        kab_order_get_line(order, i)->vat = g_strdup(rates[i]);
        kab_order_get_line(order, i)->shipped.milli = 1000;
    }
    g_assert_true(kab_order_recount(order, NULL));
    g_assert_cmpint(order->vat.minor, ==, 0);
    g_assert_cmpint(order->total.minor, ==, 5 * 20100);
    g_assert_cmpint(order->shipped.minor, ==, 5 * 10050);
    order->vat_on_top = TRUE;
    g_assert_true(kab_order_recount(order, NULL));
    g_assert_cmpint(kab_order_get_line(order, 0)->sum.minor, ==, 20100);
    g_assert_cmpint(order->vat.minor, ==, 2 * 1407);
    g_assert_cmpint(order->total.minor, ==, 5 * 20100 + 2 * 1407);
    g_assert_cmpint(order->shipped.minor, ==, 5 * 10050 + 2 * 704);
    g_assert_true(kab_order_set_percents(order, 100, 100, NULL));
    g_assert_cmpint(kab_order_get_line(order, 0)->paid.minor, ==, 21507);
    g_assert_cmpint(kab_order_get_line(order, 2)->paid.minor, ==, 20100);
    g_assert_cmpint(order->paid.minor, ==, order->total.minor);
    g_assert_cmpint(order->shipped.minor, ==, order->total.minor);
    g_assert_cmpint(kab_order_get_paid_percent(order), ==, 100);
    order->paid.minor = 5 * 20100;
    g_assert_cmpint(kab_order_get_paid_percent(order), ==, 97);
}

/* A part that is not all is never 100 %, one that is not nothing never 0; a half is rounded up. */
static void
test_percents(void)
{
    static const struct {
        gint64 part;
        gint64 whole;
        int percent;
    } rows[] = {
        {0, 100, 0},
        {-5, 100, 0},
        {5, 0, 0},
        {1, 100000, 1},
        {49, 10000, 1},
        {25, 1000, 3},
        {24, 1000, 2},
        {99999, 100000, 99},
        {100, 100, 100},
        {101, 100, 100},
        {G_MAXINT64 - 1, G_MAXINT64, 99},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(KabOrder) order = kab_order_new();

        order->total.minor = rows[i].whole;
        order->paid.minor = order->shipped.minor = rows[i].part;
        g_assert_cmpint(kab_order_get_paid_percent(order), ==, rows[i].percent);
        g_assert_cmpint(kab_order_get_shipped_percent(order), ==, rows[i].percent);
    }
}

/* That goods are on their way says nothing of the partner's will, unless the partner wanted to
 * refuse and was told that it is too late. */
static void
test_confirmed(void)
{
    static const struct {
        KabDecision decision;
        KabDecisionResult result;
        gint64 decided;
        gint64 shipped;
        gboolean confirmed;
    } rows[] = {
        {KAB_DECISION_NONE, KAB_DECISION_UNHEARD, 0, 0, FALSE},
        {KAB_DECISION_NONE, KAB_DECISION_UNHEARD, 0, 1, FALSE},
        {KAB_DECISION_NONE, KAB_DECISION_UNHEARD, 2, 1, FALSE},
        {KAB_DECISION_CONFIRM, KAB_DECISION_UNHEARD, 2, 0, TRUE},
        {KAB_DECISION_CONFIRM, KAB_DECISION_TAKEN, 2, 0, TRUE},
        {KAB_DECISION_CONFIRM, KAB_DECISION_TAKEN, 1, 0, FALSE},
        {KAB_DECISION_CONFIRM, KAB_DECISION_OUTDATED, 1, 1, FALSE},
        {KAB_DECISION_REFUSE, KAB_DECISION_UNHEARD, 2, 1, FALSE},
        {KAB_DECISION_REFUSE, KAB_DECISION_SHIPPED, 2, 1, TRUE},
        {KAB_DECISION_REFUSE, KAB_DECISION_SHIPPED, 1, 1, FALSE},
        {KAB_DECISION_REFUSE, KAB_DECISION_SHIPPED, 2, 0, FALSE},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(KabOrder) order = kab_order_new();

        add(order, "a", 1, 1000);
        kab_order_get_line(order, 0)->shipped.milli = rows[i].shipped;
        order->revision = 2;
        order->decision = rows[i].decision;
        order->decision_result = rows[i].result;
        order->decided_revision = rows[i].decided;
        g_assert_cmpint(kab_order_is_confirmed(order), ==, rows[i].confirmed);
    }
}

static void
test_can(void)
{
    g_autoptr(KabOrder) order = kab_order_new();

    order->status = KAB_ORDER_DRAFT;
    g_assert_true(kab_order_can(order, KAB_ORDER_PLACE));
    g_assert_false(kab_order_can(order, KAB_ORDER_REFUSE));
    order->status = KAB_ORDER_AWAITING_PARTNER;
    g_assert_true(kab_order_can(order, KAB_ORDER_CONFIRM));
    g_assert_true(kab_order_can(order, KAB_ORDER_REFUSE));
    g_assert_false(kab_order_can(order, KAB_ORDER_TAKE));
    order->shipped.minor = 1;
    g_assert_true(kab_order_can(order, KAB_ORDER_CONFIRM));
    g_assert_false(kab_order_can(order, KAB_ORDER_REFUSE));
    order->status = KAB_ORDER_COMPLETED;
    order->shipped.minor = 0;
    g_assert_false(kab_order_can(order, KAB_ORDER_REFUSE));
}

static void
test_decisions(void)
{
    g_autoptr(GError) error = NULL;
    KabDecision decision;

    for (int i = KAB_DECISION_NONE; i <= KAB_DECISION_REFUSE; i++) {
        g_assert_true(
            kab_decision_from_nick(kab_decision_to_nick((KabDecision)i), &decision, NULL));
        g_assert_cmpint(decision, ==, i);
    }
    g_assert_false(kab_decision_from_nick(NULL, &decision, NULL));
    g_assert_false(kab_decision_from_nick("maybe", &decision, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
}

int
main(int argc, char *argv[])
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/order/lines", test_lines);
    g_test_add_func("/order/recount", test_recount);
    g_test_add_func("/order/recount-errors", test_recount_errors);
    g_test_add_func("/order/vat-on-top", test_vat_on_top);
    g_test_add_func("/order/percents", test_percents);
    g_test_add_func("/order/confirmed", test_confirmed);
    g_test_add_func("/order/can", test_can);
    g_test_add_func("/order/decisions", test_decisions);
    return g_test_run();
}
