/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-error.h"
#include "kab-quantity.h"

#include <locale.h>

static void
test_parse(void)
{
    static const struct {
        const char *text;
        gint64 milli;
    } good[] = {{"1", 1000},   {"22,25", 22250},   {"22.25", 22250},
                {"-3", -3000}, {"0.0005", 1},      {"-0.0005", -1},
                {"0.0004", 0}, {"1 000", 1000000}, {"2.0015", 2002}};
    g_autoptr(GError) error = NULL;
    KabQuantity quantity;

    for (gsize i = 0; i < G_N_ELEMENTS(good); i++) {
        g_assert_true(kab_quantity_parse(good[i].text, &quantity, NULL));
        g_assert_cmpint(quantity.milli, ==, good[i].milli);
    }
    g_assert_false(kab_quantity_parse("две", &quantity, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
    g_clear_error(&error);
    g_assert_false(kab_quantity_parse("9223372036854775.808", &quantity, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_RANGE);
}

static void
test_check_order(void)
{
    static const gint64 bad[] = {0, -1, G_MININT64, KAB_QUANTITY_MAX + 1, G_MAXINT64};
    static const gint64 good[] = {1, 500, KAB_QUANTITY_ONE, KAB_QUANTITY_MAX};

    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(GError) error = NULL;

        g_assert_false(kab_quantity_check_order((KabQuantity){bad[i]}, &error));
        g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(good); i++)
        g_assert_true(kab_quantity_check_order((KabQuantity){good[i]}, NULL));
}

static void
test_add(void)
{
    g_autoptr(GError) error = NULL;
    KabQuantity sum;

    g_assert_true(kab_quantity_add((KabQuantity){1500}, (KabQuantity){-500}, &sum, NULL));
    g_assert_cmpint(sum.milli, ==, 1000);
    g_assert_false(kab_quantity_add((KabQuantity){G_MININT64}, (KabQuantity){-1}, &sum, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_RANGE);
}

static void
test_format(void)
{
    g_autofree char *whole = kab_quantity_format((KabQuantity){1234000});
    g_autofree char *part = kab_quantity_format((KabQuantity){-22250});
    g_autofree char *number = kab_quantity_format_number((KabQuantity){1234005});

    g_assert_cmpstr(whole, ==,
                    "1\xc2\xa0"
                    "234");
    g_assert_cmpstr(part, ==, "-22.25");
    g_assert_cmpstr(number, ==, "1234.005");
}

int
main(int argc, char *argv[])
{
    g_test_init(&argc, &argv, NULL);
    setlocale(LC_ALL, "C");
    g_test_add_func("/quantity/parse", test_parse);
    g_test_add_func("/quantity/check-order", test_check_order);
    g_test_add_func("/quantity/add", test_add);
    g_test_add_func("/quantity/format", test_format);
    return g_test_run();
}
