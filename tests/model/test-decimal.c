/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-decimal.h"
#include "kab-error.h"

typedef struct {
    const char *text;
    guint digits;
    gint64 value;
} Good;

static const Good good[] = {
    {"0", 2, 0},
    {"-0", 2, 0},
    {"37.5", 2, 3750},
    {"37,5", 2, 3750},
    {"+37,5", 2, 3750},
    {"-3", 2, -300},
    {".5", 2, 50},
    {"5.", 2, 500},
    {"  7 \n", 0, 7},
    {"1 234,56", 2, 123456},
    {"1\xc2\xa0"
     "234\xe2\x80\xaf"
     "567,8",
     2, 123456780},
    {"007", 0, 7},
    {"22.25", 3, 22250},
    {"0.004", 2, 0},
    {"0.005", 2, 1},
    {"-0.005", 2, -1},
    {"0.0049999999999999999999999", 2, 0},
    {"0.0050000000000000000000000", 2, 1},
    {"1.995", 2, 200},
    {"2.5", 0, 3},
    {"-2.5", 0, -3},
    {"2.4999", 0, 2},
    {"0.123456", 6, 123456},
    {"9223372036854775807", 0, G_MAXINT64},
    {"-9223372036854775807", 0, -G_MAXINT64},
    {"92233720368547758.07", 2, G_MAXINT64},
    {"92233720368547758.074", 2, G_MAXINT64},
    {"0000000000000000000000000000000000000000001", 0, 1},
};

static const char *const bad[] = {"",      " ",       "-",    "+",      ".",       "abc", "1a",
                                  "1.2.3", "1,234.5", "--1",  "1-",     "1. 5",    "1e3", "0x10",
                                  "NaN",   "inf",     "1 ,a", "₽ 10", "10 руб.", "٣"};

static const char *const too_large[] = {"9223372036854775808", "-9223372036854775808",
                                        "92233720368547758070", "99999999999999999999999999999999"};

static void
test_parse(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(good); i++) {
        g_autoptr(GError) error = NULL;
        gint64 value = -1;
        gboolean ok = kab_decimal_parse(good[i].text, good[i].digits, &value, &error);

        g_assert_no_error(error);
        g_assert_true(ok);
        if (value != good[i].value)
            g_test_message("“%s”", good[i].text);
        g_assert_cmpint(value, ==, good[i].value);
    }
}

static void
test_parse_bad(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(GError) error = NULL;
        gint64 value;

        if (kab_decimal_parse(bad[i], 2, &value, &error))
            g_error("“%s” was taken for a number", bad[i]);
        g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
    }
}

static void
test_parse_too_large(void)
{
    g_autoptr(GError) error = NULL;
    gint64 value;

    for (gsize i = 0; i < G_N_ELEMENTS(too_large); i++) {
        g_assert_false(kab_decimal_parse(too_large[i], 0, &value, &error));
        g_assert_error(error, KAB_ERROR, KAB_ERROR_RANGE);
        g_clear_error(&error);
    }
    g_assert_false(kab_decimal_parse("92233720368547758.08", 2, &value, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_RANGE);
    g_clear_error(&error);
    /* only the rounding goes too far */
    g_assert_false(kab_decimal_parse("92233720368547758.075", 2, &value, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_RANGE);
}

static void
assert_format(gint64 value, guint digits, guint min_digits, const char *point, const char *group,
              const char *expected)
{
    g_autofree char *text = kab_decimal_format(value, digits, min_digits, point, group);

    g_assert_cmpstr(text, ==, expected);
}

static void
test_format(void)
{
    assert_format(0, 2, 2, ".", "", "0.00");
    assert_format(0, 3, 0, ".", "", "0");
    assert_format(5, 2, 2, ",", " ", "0,05");
    assert_format(-5, 2, 2, ",", " ", "-0,05");
    assert_format(-1, 3, 0, ".", "", "-0.001");
    assert_format(123456789, 2, 2, ",", " ", "1 234 567,89");
    assert_format(100000, 2, 2, ".", "\xc2\xa0",
                  "1\xc2\xa0"
                  "000.00");
    assert_format(99999, 2, 2, ".", " ", "999.99");
    assert_format(22250, 3, 0, ".", "", "22.25");
    assert_format(22200, 3, 2, ".", "", "22.20");
    assert_format(7, 0, 0, ".", "", "7");
    assert_format(G_MAXINT64, 2, 2, ".", "", "92233720368547758.07");
    assert_format(G_MININT64, 2, 2, ".", " ", "-92 233 720 368 547 758.08");
}

static void
test_round_trip(void)
{
    static const gint64 values[] = {0,          1,          -1, 9, 10, -999, 1000, 123456789012345,
                                    G_MAXINT64, -G_MAXINT64};

    for (gsize i = 0; i < G_N_ELEMENTS(values); i++) {
        for (guint digits = 0; digits <= 6; digits++) {
            g_autofree char *text = kab_decimal_format(values[i], digits, 0, ",", "\xc2\xa0");
            gint64 value;

            g_assert_true(kab_decimal_parse(text, digits, &value, NULL));
            g_assert_cmpint(value, ==, values[i]);
        }
    }
}

static void
assert_muldiv(gint64 a, gint64 b, gint64 divisor, gint64 expected)
{
    gint64 value = 0;

    g_assert_true(kab_decimal_muldiv(a, b, divisor, &value, NULL));
    g_assert_cmpint(value, ==, expected);
}

static void
test_muldiv(void)
{
    assert_muldiv(1, 1, 2, 1);
    assert_muldiv(-1, 1, 2, -1);
    assert_muldiv(1, 1, 3, 0);
    assert_muldiv(2, 1, 3, 1);
    assert_muldiv(-2, 1, 3, -1);
    assert_muldiv(3, 1, 2, 2);
    assert_muldiv(-5, 1, 2, -3);
    assert_muldiv(12200, 2200, 12200, 2200);
    assert_muldiv(G_MAXINT64, 1000, 1000, G_MAXINT64);
    assert_muldiv(G_MININT64, 1000, 1000, G_MININT64);
    assert_muldiv(G_MAXINT64, G_MAXINT64, G_MAXINT64, G_MAXINT64);
    assert_muldiv(G_MININT64, G_MAXINT64, G_MAXINT64, G_MININT64);
}

static void
test_overflow(void)
{
    g_autoptr(GError) error = NULL;
    gint64 value = 42;

    g_assert_false(kab_decimal_muldiv(G_MAXINT64, 2, 1, &value, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_RANGE);
    g_clear_error(&error);
    g_assert_false(kab_decimal_muldiv(G_MININT64, -1, 1, &value, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_RANGE);
    g_clear_error(&error);
    g_assert_false(kab_decimal_add(G_MAXINT64, 1, &value, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_RANGE);
    g_clear_error(&error);
    g_assert_false(kab_decimal_add(G_MININT64, -1, &value, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_RANGE);
    g_assert_true(kab_decimal_add(G_MAXINT64, G_MININT64, &value, NULL));
    g_assert_cmpint(value, ==, -1);
}

int
main(int argc, char *argv[])
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/decimal/parse", test_parse);
    g_test_add_func("/decimal/parse-bad", test_parse_bad);
    g_test_add_func("/decimal/parse-too-large", test_parse_too_large);
    g_test_add_func("/decimal/format", test_format);
    g_test_add_func("/decimal/round-trip", test_round_trip);
    g_test_add_func("/decimal/muldiv", test_muldiv);
    g_test_add_func("/decimal/overflow", test_overflow);
    return g_test_run();
}
