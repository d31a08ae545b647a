/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-error.h"
#include "kab-limits.h"

/* What is left is the limit less the debt, less what is open; an advance is more. */
static void
test_limits(void)
{
    static const struct {
        gboolean has_limit;
        gint64 limit;
        gint64 debt;
        gint64 overdue;
        gint64 open;
        gint64 total;
        gboolean may;
    } rows[] = {
        {TRUE, 100, 0, 0, 0, 100, TRUE},   {TRUE, 100, 0, 0, 0, 101, FALSE},
        {TRUE, 100, 60, 0, 30, 10, TRUE},  {TRUE, 100, 60, 0, 30, 11, FALSE},
        {TRUE, 100, -50, 0, 0, 150, TRUE}, {TRUE, 100, -50, 0, 0, 151, FALSE},
        {TRUE, 0, 0, 0, 0, 1, FALSE},      {FALSE, 0, 1000, 0, 1000, 1000, TRUE},
        {FALSE, 0, 0, 1, 0, 1, FALSE},     {TRUE, 100, 200, 0, 0, 0, FALSE},
        {TRUE, 1000, 0, 1, 0, 1, FALSE},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        const KabLimits limits = {.has_limit = rows[i].has_limit,
                                  .credit_limit = kab_money_new(rows[i].limit, "RUB"),
                                  .debt = kab_money_new(rows[i].debt, "RUB"),
                                  .overdue = kab_money_new(rows[i].overdue, "RUB"),
                                  .open = kab_money_new(rows[i].open, "RUB")};
        g_autoptr(GError) error = NULL;

        g_assert_cmpint(kab_limits_check(&limits, kab_money_new(rows[i].total, "RUB"), &error), ==,
                        rows[i].may);
        if (!rows[i].may)
            g_assert_error(error, KAB_ERROR, KAB_ERROR_STATE);
        /* What cannot be compared with a limit is not taken for less. */
        g_assert_cmpint(kab_limits_check(&limits, kab_money_new(1, "EUR"), NULL), ==,
                        !rows[i].has_limit && rows[i].overdue == 0);
    }
}

/* Figures that no sum holds are an error, never a leave to order. */
static void
test_limits_out_of_range(void)
{
    const KabLimits limits = {.has_limit = TRUE,
                              .credit_limit = kab_money_new(G_MAXINT64, "RUB"),
                              .debt = kab_money_new(G_MAXINT64, "RUB"),
                              .overdue = kab_money_new(0, "RUB"),
                              .open = kab_money_new(1, "RUB")};
    g_autoptr(GError) error = NULL;

    g_assert_false(kab_limits_check(&limits, kab_money_new(1, "RUB"), &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_RANGE);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/limits/check", test_limits);
    g_test_add_func("/limits/range", test_limits_out_of_range);
    return g_test_run();
}
