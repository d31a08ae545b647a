/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-error.h"
#include "kab-money.h"

#include <locale.h>

static void
test_currency(void)
{
    static const struct {
        const char *text;
        const char *code;
    } known[] = {
        {"RUB", "RUB"}, {"rub", "RUB"},  {"RUR", "RUB"},    {"643", "RUB"}, {"810", "RUB"},
        {"руб", "RUB"}, {"руб.", "RUB"}, {" РУБ. ", "RUB"}, {"USD", "USD"}, {"грн", "UAH"},
        {"UAH", "UAH"}, {"евро", "EUR"}, {"978", "EUR"},    {"051", "AMD"},
    };
    static const char *const unknown[] = {"", " ", "XXX", "000", "р", "|"};
    char code[KAB_CURRENCY_SIZE];

    for (gsize i = 0; i < G_N_ELEMENTS(known); i++) {
        g_assert_true(kab_currency_parse(known[i].text, code));
        g_assert_cmpstr(code, ==, known[i].code);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(unknown); i++)
        g_assert_false(kab_currency_parse(unknown[i], code));
    g_assert_cmpuint(kab_currency_get_digits("RUB"), ==, 2);
    g_assert_cmpuint(kab_currency_get_digits("JPY"), ==, 0);
    g_assert_cmpuint(kab_currency_get_digits("XXX"), ==, 2);
}

static void
test_parse(void)
{
    g_autoptr(GError) error = NULL;
    KabMoney money;

    g_assert_true(kab_money_parse("1 234,565", "RUB", &money, NULL));
    g_assert_cmpint(money.minor, ==, 123457);
    g_assert_cmpstr(money.currency, ==, "RUB");
    g_assert_true(kab_money_parse("-0.005", "RUB", &money, NULL));
    g_assert_cmpint(money.minor, ==, -1);
    g_assert_true(kab_money_parse("100.5", "JPY", &money, NULL));
    g_assert_cmpint(money.minor, ==, 101);
    g_assert_false(kab_money_parse("дорого", "RUB", &money, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
    g_clear_error(&error);
    g_assert_false(kab_money_parse("99999999999999999999", "RUB", &money, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_RANGE);
}

static void
test_add(void)
{
    g_autoptr(GError) error = NULL;
    KabMoney sum;

    g_assert_true(kab_money_add(kab_money_new(5, "RUB"), kab_money_new(-7, "RUB"), &sum, NULL));
    g_assert_cmpint(sum.minor, ==, -2);
    g_assert_false(kab_money_add(kab_money_new(5, "RUB"), kab_money_new(5, "USD"), &sum, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
    g_clear_error(&error);
    g_assert_false(
        kab_money_add(kab_money_new(G_MAXINT64, "RUB"), kab_money_new(1, "RUB"), &sum, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_RANGE);
}

static void
test_multiply(void)
{
    static const struct {
        gint64 price;
        gint64 milli;
        gint64 sum;
    } lines[] = {
        {3750, 1000, 3750}, {1, 500, 1},  {1, 499, 0}, {-1, 500, -1}, {333, 3000, 999},
        {9999, 333, 3330},  {0, 5000, 0}, {100, 1, 0}, {100, 5, 1},   {1285, 2500, 3213},
    };
    g_autoptr(GError) error = NULL;
    KabMoney sum;

    for (gsize i = 0; i < G_N_ELEMENTS(lines); i++) {
        g_assert_true(kab_money_multiply(kab_money_new(lines[i].price, "RUB"),
                                         (KabQuantity){lines[i].milli}, &sum, NULL));
        g_assert_cmpint(sum.minor, ==, lines[i].sum);
        g_assert_cmpstr(sum.currency, ==, "RUB");
    }
    g_assert_false(
        kab_money_multiply(kab_money_new(G_MAXINT64, "RUB"), (KabQuantity){1001}, &sum, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_RANGE);
}

static void
test_format(void)
{
    g_autofree char *number = kab_money_format_number(kab_money_new(123450, "RUB"));
    g_autofree char *negative = kab_money_format_number(kab_money_new(-5, "RUB"));
    g_autofree char *whole = kab_money_format_number(kab_money_new(1234, "JPY"));
    g_autofree char *shown = kab_money_format(kab_money_new(123450, "RUB"));
    g_autofree char *unknown = kab_money_format(kab_money_new(100, "XXX"));

    g_assert_cmpstr(number, ==, "1234.50");
    g_assert_cmpstr(negative, ==, "-0.05");
    g_assert_cmpstr(whole, ==, "1234");
    g_assert_cmpstr(shown, ==,
                    "1\xc2\xa0"
                    "234.50\xc2\xa0₽");
    g_assert_cmpstr(unknown, ==, "1.00\xc2\xa0XXX");
}

int
main(int argc, char *argv[])
{
    g_test_init(&argc, &argv, NULL);
    setlocale(LC_ALL, "C");
    g_test_add_func("/money/currency", test_currency);
    g_test_add_func("/money/parse", test_parse);
    g_test_add_func("/money/add", test_add);
    g_test_add_func("/money/multiply", test_multiply);
    g_test_add_func("/money/format", test_format);
    return g_test_run();
}
