/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-error.h"
#include "kab-vat.h"

static void
test_parse(void)
{
    static const struct {
        const char *text;
        gboolean taxed;
        gint64 rate;
    } right[] = {
        {"22", TRUE, 2200},
        {"22 %", TRUE, 2200},
        {"20%", TRUE, 2000},
        {"НДС 10%", TRUE, 1000},
        {"ндс 7", TRUE, 700},
        {"НДС5 %", TRUE, 500},
        {" 20 ", TRUE, 2000},
        {"0", TRUE, 0},
        {"0%", TRUE, 0},
        {"16.67", TRUE, 1667},
        {"16,67%", TRUE, 1667},
        {"100", TRUE, 10000},
        {NULL, FALSE, 0},
        {"", FALSE, 0},
        {"  ", FALSE, 0},
        {"Без НДС", FALSE, 0},
        {"БЕЗНДС", FALSE, 0},
        {"без  ндс.", FALSE, 0},
        {"Без налога (НДС)", FALSE, 0},
        {"none", FALSE, 0},
    };
    static const char *const wrong[] = {"101", "-1", "abc", "НДС", "20 % 10", "20/120"};
    gboolean taxed;
    gint64 rate;

    for (gsize i = 0; i < G_N_ELEMENTS(right); i++) {
        g_test_message("%s", right[i].text);
        g_assert_true(kab_vat_parse(right[i].text, &taxed, &rate));
        g_assert_cmpint(taxed, ==, right[i].taxed);
        g_assert_cmpint(rate, ==, right[i].rate);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_test_message("%s", wrong[i]);
        g_assert_false(kab_vat_parse(wrong[i], &taxed, &rate));
    }
}

/* Half away from zero, on top of a sum and within it. */
static void
test_count(void)
{
    static const struct {
        gint64 sum;
        gint64 rate;
        gint64 on_top;
        gint64 within;
    } rows[] = {
        {10050, 2000, 2010, 1675}, {10050, 700, 704, 657}, {66666, 700, 4667, 4361},
        {0, 2200, 0, 0},           {1, 2000, 0, 0},        {3, 2000, 1, 1},
        {5, 1000, 1, 0},           {-5, 1000, -1, 0},      {-10050, 700, -704, -657},
        {12200, 0, 0, 0},          {100, 10000, 100, 50},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        KabMoney vat;

        g_assert_true(
            kab_vat_count(kab_money_new(rows[i].sum, "RUB"), rows[i].rate, TRUE, &vat, NULL));
        g_assert_cmpint(vat.minor, ==, rows[i].on_top);
        g_assert_cmpstr(vat.currency, ==, "RUB");
        g_assert_true(
            kab_vat_count(kab_money_new(rows[i].sum, "RUB"), rows[i].rate, FALSE, &vat, NULL));
        g_assert_cmpint(vat.minor, ==, rows[i].within);
    }
}

int
main(int argc, char *argv[])
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/vat/parse", test_parse);
    g_test_add_func("/vat/count", test_count);
    return g_test_run();
}
