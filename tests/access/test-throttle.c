/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-throttle.h"

#define MINUTE G_GINT64_CONSTANT(60000)

static void
test_grows(void)
{
    g_autoptr(KabThrottle) throttle = kab_throttle_new();
    gint64 now = 1000000;
    gint64 before = 0;

    for (int i = 0; i < 3; i++) {
        g_assert_cmpint(kab_throttle_get_wait(throttle, "ivan", 3, 15 * MINUTE, now), ==, 0);
        kab_throttle_note(throttle, "ivan", now);
    }
    for (int i = 0; i < 20; i++) {
        gint64 wait = kab_throttle_get_wait(throttle, "ivan", 3, 15 * MINUTE, now);

        g_assert_cmpint(wait, ==,
                        MIN(15 * MINUTE, i < 15 ? G_GINT64_CONSTANT(1000) << i : 15 * MINUTE));
        g_assert_cmpint(wait, >=, before);
        before = wait;
        now += wait;
        g_assert_cmpint(kab_throttle_get_wait(throttle, "ivan", 3, 15 * MINUTE, now), ==, 0);
        kab_throttle_note(throttle, "ivan", now);
    }
    g_assert_cmpint(kab_throttle_get_wait(throttle, "anna", 3, 15 * MINUTE, now), ==, 0);
    kab_throttle_forget(throttle, "ivan");
    g_assert_cmpint(kab_throttle_get_wait(throttle, "ivan", 3, 15 * MINUTE, now), ==, 0);
}

static void
test_forgets(void)
{
    g_autoptr(KabThrottle) throttle = kab_throttle_new();

    for (int i = 0; i < 10; i++)
        kab_throttle_note(throttle, "ivan", 0);
    g_assert_cmpint(kab_throttle_get_wait(throttle, "ivan", 3, 15 * MINUTE, 0), >, 0);
    g_assert_cmpint(kab_throttle_get_wait(throttle, "ivan", 3, 15 * MINUTE, 61 * MINUTE), ==, 0);
    kab_throttle_note(throttle, "ivan", 61 * MINUTE);
    g_assert_cmpint(kab_throttle_get_wait(throttle, "ivan", 3, 15 * MINUTE, 61 * MINUTE), ==, 0);
}

/* A flood of names neither fills the memory nor frees the one that is waited for. */
static void
test_bounded(void)
{
    g_autoptr(KabThrottle) throttle = kab_throttle_new();

    for (int i = 0; i < 10; i++)
        kab_throttle_note(throttle, "ivan", 1);
    for (int i = 0; i < 200000; i++) {
        g_autofree char *name = g_strdup_printf("nobody %d", i);

        kab_throttle_note(throttle, name, 2);
    }
    g_assert_cmpuint(kab_throttle_get_size(throttle), <=, 20000);
    g_assert_cmpint(kab_throttle_get_wait(throttle, "ivan", 3, 15 * MINUTE, 3), >, 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/throttle/grows", test_grows);
    g_test_add_func("/throttle/forgets", test_forgets);
    g_test_add_func("/throttle/bounded", test_bounded);
    return g_test_run();
}
