/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-decimal.h"
#include "kab-error.h"

static void
test_clip(void)
{
    g_assert_cmpint(kab_error_clip(NULL, 10), ==, 0);
    g_assert_cmpint(kab_error_clip("", 10), ==, 0);
    g_assert_cmpint(kab_error_clip("abc", 10), ==, 3);
    g_assert_cmpint(kab_error_clip("abc", 2), ==, 2);
    g_assert_cmpint(kab_error_clip("абв", 4), ==, 4);
    g_assert_cmpint(kab_error_clip("абв", 5), ==, 4);
    g_assert_cmpint(kab_error_clip("аб\xffв", 10), ==, 4);
}

/* A message goes into JSON and onto the screen, both of which want UTF-8. */
static void
test_messages_are_utf8(void)
{
    g_autoptr(GError) error = NULL;
    gint64 value;

    g_assert_false(kab_decimal_parse("1 тысяча двести тридцать четыре рубля", 2, &value, &error));
    g_assert_true(g_utf8_validate(error->message, -1, NULL));
}

int
main(int argc, char *argv[])
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/error/clip", test_clip);
    g_test_add_func("/error/messages-are-utf8", test_messages_are_utf8);
    return g_test_run();
}
