/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * KabThrottle:
 *
 * Makes whoever tries again and again wait longer and longer. It is kept in memory, bounded, and
 * forgets what has been quiet for an hour. Any thread may use it.
 */
typedef struct _KabThrottle KabThrottle;

KabThrottle *kab_throttle_new(void);
void kab_throttle_free(KabThrottle *throttle);

/**
 * kab_throttle_get_wait:
 * @throttle: a throttle
 * @key: who or what tries
 * @free_tries: how many tries cost nothing
 * @longest: the longest wait, in milliseconds
 * @now: milliseconds of the monotonic clock
 *
 * After @free_tries, one second, then two, doubling up to @longest.
 *
 * Returns: milliseconds that @key has to wait before the next try; 0 for none
 */
gint64 kab_throttle_get_wait(KabThrottle *throttle, const char *key, guint free_tries,
                             gint64 longest, gint64 now);

/** kab_throttle_note: a try that counts. */
void kab_throttle_note(KabThrottle *throttle, const char *key, gint64 now);

/** kab_throttle_forget: @key has shown that it may. */
void kab_throttle_forget(KabThrottle *throttle, const char *key);

/** kab_throttle_get_size: how many keys are kept. */
guint kab_throttle_get_size(KabThrottle *throttle);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabThrottle, kab_throttle_free)

G_END_DECLS
