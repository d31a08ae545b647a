/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-basket.h"
#include "kab-history.h"
#include "kab-order-query.h"

#include "kab-error.h"

/* Every word that was ever written says something, by whom it was done. */
static void
test_titles(void)
{
    static const struct {
        const char *what;
        gboolean by_base;
        const char *title;
    } rows[] = {
        {"placed", FALSE, "Placed"},
        {"refused", FALSE, "Refused"},
        {"refused", TRUE, "Declined by the company"},
        {"awaiting-partner", TRUE, "Ready for your confirmation"},
        {"changed", TRUE, "Changed by the company"},
        {"something new", FALSE, "Changed"},
        {NULL, TRUE, "Changed by the company"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        KabHistoryEntry entry = {.what = (char *)rows[i].what, .by_base = rows[i].by_base};
        g_autofree char *title = kab_history_entry_make_title(&entry);

        g_assert_cmpstr(title, ==, rows[i].title);
    }
}

static void
test_detail(void)
{
    g_autoptr(KabHistoryEntry) entry = kab_history_entry_new();
    g_autofree char *nothing = kab_history_entry_make_detail(entry);
    g_autofree char *all = NULL;

    g_assert_cmpstr(nothing, ==, "");
    g_assert_cmpstr(kab_history_entry_get_who(entry), ==, "The company");
    entry->by_base = TRUE;
    entry->who = g_strdup("base");
    g_assert_cmpstr(kab_history_entry_get_who(entry), ==, "The company");
    entry->number = g_strdup("0000-000001");
    entry->lines = 2;
    entry->shipped = 0;
    entry->paid = 50;
    all = kab_history_entry_make_detail(entry);
    g_assert_cmpstr(all, ==,
                    "number 0000-000001 given · 2 lines changed · shipped: 0 % · paid: 50 %");
}

/* Ordered again is what the partner wanted, not what was left of it. */
static void
test_wishes(void)
{
    static const gint64 quantities[][2] = {{3000, 0}, {2000, 1000}, {0, 5000}, {0, 0}};
    g_autoptr(KabOrder) order = kab_order_new();
    g_autoptr(GArray) wishes = NULL;

    for (gsize i = 0; i < G_N_ELEMENTS(quantities); i++) {
        KabOrderLine *line = kab_order_add_line(order);

        line->product_id = kab_product_id_new();
        line->ordered.milli = quantities[i][0];
        line->quantity.milli = quantities[i][1];
    }
    wishes = kab_basket_wishes_of(order);
    g_assert_cmpuint(wishes->len, ==, 3);
    g_assert_cmpint(g_array_index(wishes, KabBasketWish, 0).quantity.milli, ==, 3000);
    g_assert_cmpint(g_array_index(wishes, KabBasketWish, 1).quantity.milli, ==, 2000);
    g_assert_cmpint(g_array_index(wishes, KabBasketWish, 2).quantity.milli, ==, 5000);
}

static void
test_repriced(void)
{
    KabOrderLine line = {.price = kab_money_new(500, "RUB")};

    g_assert_false(kab_order_line_is_repriced(&line)); /* not known */
    line.seen_price = kab_money_new(500, "RUB");
    g_assert_false(kab_order_line_is_repriced(&line));
    line.seen_price = kab_money_new(400, "RUB");
    g_assert_true(kab_order_line_is_repriced(&line));
    line.seen_price = kab_money_new(500, "USD");
    g_assert_true(kab_order_line_is_repriced(&line));
    line.price.minor = 0; /* no longer sold */
    g_assert_false(kab_order_line_is_repriced(&line));
}

static void
test_names(void)
{
    static const char *const wrong[] = {"two\nlines", "tab\there", "\xe2\x80\xaeturned",
                                        "\xe2\x80\xa8line"};
    g_autofree char *longest = g_strnfill(KAB_ORDER_MAX_NAME, 'x');
    g_autofree char *longer = g_strnfill(KAB_ORDER_MAX_NAME + 1, 'x');

    g_assert_true(kab_order_check_name(NULL, NULL));
    g_assert_true(kab_order_check_name("Запас на зиму 🙂", NULL));
    g_assert_true(kab_order_check_name(longest, NULL));
    g_assert_false(kab_order_check_name(longer, NULL));
    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autoptr(GError) error = NULL;

        g_assert_false(kab_order_check_name(wrong[i], &error));
        g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/history/titles", test_titles);
    g_test_add_func("/history/detail", test_detail);
    g_test_add_func("/history/wishes", test_wishes);
    g_test_add_func("/history/repriced", test_repriced);
    g_test_add_func("/history/names", test_names);
    return g_test_run();
}
