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
    entry->ship_date = g_strdup("2026-03-01");
    entry->warehouse = g_strdup("Main");
    entry->shipped = 0;
    entry->paid = 50;
    all = kab_history_entry_make_detail(entry);
    g_assert_cmpstr(all, ==,
                    "number 0000-000001 given · 2 lines changed · to be shipped on 2026-03-01 · "
                    "warehouse: Main · shipped: 0 % · paid: 50 %");
    *entry->ship_date = '\0';
    g_clear_pointer(&all, g_free);
    all = kab_history_entry_make_detail(entry);
    g_assert_nonnull(strstr(all, " · no date of shipping any more · "));
}

static KabOrderLine
make_line(const char *name, gint64 milli, gint64 minor)
{
    KabOrderLine line = {.name = (char *)name, .unit = (char *)"pcs"};

    line.product_id = kab_product_id_new();
    line.quantity.milli = milli;
    line.price = kab_money_new(minor, "RUB");
    return line;
}

/* What became of a line: changed, added, taken out; and not of more lines than anybody reads. */
static void
test_changes(void)
{
    g_autoptr(KabHistoryEntry) entry = kab_history_entry_new();
    KabOrderLine before = make_line("Gloves", 3000, 12000);
    KabOrderLine after = make_line("Gloves", 2000, 13000);
    const KabOrderLine *line;

    kab_history_entry_add_change(entry, &before, &after);
    kab_history_entry_add_change(entry, NULL, &after);
    kab_history_entry_add_change(entry, &before, NULL);
    g_assert_cmpint(entry->lines, ==, 3);
    line = kab_order_get_line(entry->changes, 0);
    g_assert_cmpint(line->ordered.milli, ==, 3000);
    g_assert_cmpint(line->ordered_price.minor, ==, 12000);
    g_assert_cmpint(line->quantity.milli, ==, 2000);
    g_assert_cmpint(line->price.minor, ==, 13000);
    g_assert_cmpint(kab_order_get_line(entry->changes, 1)->ordered.milli, ==, 0);
    g_assert_cmpint(kab_order_get_line(entry->changes, 2)->quantity.milli, ==, 0);
    for (int i = 0; i < KAB_HISTORY_MAX_CHANGES; i++)
        kab_history_entry_add_change(entry, &before, &after);
    g_assert_cmpint(entry->lines, ==, KAB_HISTORY_MAX_CHANGES + 3);
    g_assert_cmpuint(entry->changes->lines->len, ==, KAB_HISTORY_MAX_CHANGES);
}

/* What the partner ordered came to another sum, as soon as the company has changed it. */
static void
test_ordered_total(void)
{
    g_autoptr(KabOrder) order = kab_order_new();
    KabOrderLine line = make_line("Gloves", 3000, 12000);
    KabMoney total = {0};

    line.ordered.milli = 5000;
    line.ordered_price = kab_money_new(11000, "RUB");
    kab_order_append_line(order, &line);
    line = make_line("Helmet", 1000, 50000); /* which the manager added */
    line.ordered_price = kab_money_new(0, "RUB");
    kab_order_append_line(order, &line);
    g_assert_true(kab_order_recount(order, NULL));
    g_assert_false(kab_order_find_ordered_total(order, &total)); /* nobody has it yet */
    order->revision = 2;
    g_assert_true(kab_order_find_ordered_total(order, &total));
    g_assert_cmpint(total.minor, ==, 55000);
    g_assert_cmpint(order->total.minor, ==, 86000);
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
    g_test_add_func("/history/changes", test_changes);
    g_test_add_func("/history/ordered-total", test_ordered_total);
    g_test_add_func("/history/wishes", test_wishes);
    g_test_add_func("/history/repriced", test_repriced);
    g_test_add_func("/history/names", test_names);
    return g_test_run();
}
