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
    order->shipped_percent = 1;
    g_assert_true(kab_order_can(order, KAB_ORDER_CONFIRM));
    g_assert_false(kab_order_can(order, KAB_ORDER_REFUSE));
    order->status = KAB_ORDER_COMPLETED;
    order->shipped_percent = 0;
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
    g_test_add_func("/order/can", test_can);
    g_test_add_func("/order/decisions", test_decisions);
    return g_test_run();
}
