/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-error.h"
#include "kab-time.h"

#include <locale.h>

static void
test_parse(void)
{
    static const struct {
        const char *text;
        KabTime time;
    } good[] = {
        {"1970-01-01T00:00:00Z", 0},
        {"1970-01-01T00:00:00.001Z", 1},
        {"2026-01-31T12:00:00Z", 1769860800000},
        {"2026-01-31T15:00:00+03:00", 1769860800000},
        {"2026-01-31T07:30:00.250-04:30", 1769860800250},
        {"1969-12-31T23:59:59.999Z", -1},
    };
    static const char *const bad[] = {NULL,
                                      "",
                                      "2026-01-31",
                                      "2026-01-31T12:00:00",
                                      "2026-02-30T12:00:00Z",
                                      "2026-01-31T25:00:00Z",
                                      "31.01.2026 12:00:00",
                                      "yesterday"};

    for (gsize i = 0; i < G_N_ELEMENTS(good); i++) {
        KabTime time = 42;

        g_assert_true(kab_time_parse(good[i].text, &time, NULL));
        g_assert_cmpint(time, ==, good[i].time);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(GError) error = NULL;
        KabTime time;

        g_assert_false(kab_time_parse(bad[i], &time, &error));
        g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
    }
}

static void
assert_utc(KabTime time, const char *expected)
{
    g_autofree char *text = kab_time_format_utc(time);

    g_assert_cmpstr(text, ==, expected);
}

static void
test_format_utc(void)
{
    assert_utc(0, "");
    assert_utc(1, "1970-01-01T00:00:00.001Z");
    assert_utc(-1, "1969-12-31T23:59:59.999Z");
    assert_utc(-62135596800000, "0001-01-01T00:00:00.000Z");
    assert_utc(1769860800250, "2026-01-31T12:00:00.250Z");
    assert_utc(253402300799999, "9999-12-31T23:59:59.999Z");
    assert_utc(G_MAXINT64, "");
    assert_utc(G_MININT64, "");
}

static void
test_round_trip(void)
{
    static const KabTime times[] = {1, 999, 1769860800250, -1, -1000, -1001, -62135596800000};

    for (gsize i = 0; i < G_N_ELEMENTS(times); i++) {
        g_autofree char *text = kab_time_format_utc(times[i]);
        KabTime time = 0;

        g_assert_true(kab_time_parse(text, &time, NULL));
        g_assert_cmpint(time, ==, times[i]);
    }
}

static void
test_format_local(void)
{
    g_autofree char *moment = kab_time_format_local(1769860800250);
    g_autofree char *date = kab_time_format_local_date(1769860800250);
    g_autofree char *next_day = kab_time_format_local_date(1769893200000);
    g_autofree char *none = kab_time_format_local(0);

    g_assert_cmpstr(moment, ==, "2026-01-31 15:00");
    g_assert_cmpstr(date, ==, "2026-01-31");
    g_assert_cmpstr(next_day, ==, "2026-02-01");
    g_assert_cmpstr(none, ==, "");
}

static void
test_now(void)
{
    KabTime before = g_get_real_time() / 1000;
    KabTime now = kab_time_now();

    g_assert_cmpint(now, >=, before);
    g_assert_cmpint(now, <=, g_get_real_time() / 1000);
}

static void
test_date(void)
{
    static const char *const wrong[] = {"2026-02-29", "26-01-31",   "2026-1-31", "2026-01-31Z",
                                        "1999-12-31", "2026/01/31", "3000-01-01"};
    KabDate date;
    g_autofree char *local = NULL;

    g_assert_true(kab_date_parse("2028-02-29", &date, NULL));
    g_assert_cmpstr(date.text, ==, "2028-02-29");
    g_assert_cmpstr(kab_date_next(date).text, ==, "2028-03-01");
    g_assert_cmpint(kab_date_begin(date), ==, G_GINT64_CONSTANT(1835384400000));
    local = kab_date_format_local(date);
    g_assert_cmpstr(local, ==, "2028-02-29");
    g_assert_true(kab_date_parse("", &date, NULL));
    g_assert_cmpstr(date.text, ==, "");
    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autoptr(GError) error = NULL;

        g_assert_false(kab_date_parse(wrong[i], &date, &error));
        g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
        g_assert_cmpstr(date.text, ==, "");
    }
}

static void
test_next_day(void)
{
    static const char *const days[][2] = {
        {"2026-01-31", "2026-02-01"}, {"2026-02-28", "2026-03-01"}, {"2028-02-28", "2028-02-29"},
        {"2026-12-31", "2027-01-01"}, {"2026-06-09", "2026-06-10"}, {"", ""},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(days); i++) {
        KabDate day = kab_date_of(days[i][0]);

        g_assert_cmpstr(kab_date_next(day).text, ==, days[i][1]);
        if (*days[i][0] != '\0') /* there is no summer time here */
            g_assert_cmpint(kab_date_begin(kab_date_next(day)) - kab_date_begin(day), ==,
                            G_GINT64_CONSTANT(24) * 3600 * 1000);
    }
    g_assert_cmpstr(kab_date_of(NULL).text, ==, "");
}

static void
test_typed_date(void)
{
    static const char *const right[] = {"2026-01-31", " 31.01.2026 ", "31.1.26", "31/01/2026"};
    static const char *const wrong[] = {"31.13.2026", "31.02.2026",  "31.01/2026", "31.01.",
                                        "-1.01.2026", "31.01.2026x", "soon",       "1.1.199"};
    g_autoptr(GError) error = NULL;
    KabDate date;

    for (gsize i = 0; i < G_N_ELEMENTS(right); i++) {
        g_assert_true(kab_date_parse_typed(right[i], &date, NULL));
        g_assert_cmpstr(date.text, ==, "2026-01-31");
    }
    g_assert_true(kab_date_parse_typed("  ", &date, NULL));
    g_assert_cmpstr(date.text, ==, "");
    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++)
        g_assert_false(kab_date_parse_typed(wrong[i], &date, NULL));
    /* It is explained as it is written where the person lives. */
    g_assert_false(kab_date_parse_typed("31.13.2026", &date, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
    g_assert_cmpstr(error->message, ==, "“31.13.2026” is not a date such as 2026-01-31");
}

int
main(int argc, char *argv[])
{
    g_setenv("TZ", "MSK-3", TRUE);
    g_test_init(&argc, &argv, NULL);
    setlocale(LC_ALL, "C");
    g_test_add_func("/time/parse", test_parse);
    g_test_add_func("/time/format-utc", test_format_utc);
    g_test_add_func("/time/round-trip", test_round_trip);
    g_test_add_func("/time/format-local", test_format_local);
    g_test_add_func("/time/now", test_now);
    g_test_add_func("/time/date", test_date);
    g_test_add_func("/time/next-day", test_next_day);
    g_test_add_func("/time/typed-date", test_typed_date);
    return g_test_run();
}
