/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** test_log_init: begins to listen to the log; once, after g_test_init(). */
void test_log_init(void);

/**
 * test_log_expect:
 * @part: a constant
 *
 * Warnings and criticals that hold @part are not fatal any more, until test_log_assert_said().
 */
void test_log_expect(const char *part);

/** test_log_assert_said: that what was expected was said at least once. */
void test_log_assert_said(void);

G_END_DECLS
