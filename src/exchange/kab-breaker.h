/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-db.h"
#include "kab-time.h"

G_BEGIN_DECLS

/* The circuit breaker: an other end that keeps failing is left alone for a while. */

/**
 * kab_breaker_fail:
 * @db: a connection
 * @since: when the run began that failed
 * @why: what went wrong, in a sentence
 * @retry_after: seconds that the other end asks to be left alone; 0: it did not say
 * @error: return location
 *
 * Notes that a run ended early. Runs that nobody asked for wait now: a second after the first
 * failure, twice as long after every further one, five minutes at most, and not less than
 * @retry_after. A run by hand does not wait.
 *
 * Returns: whether it is stored
 */
gboolean kab_breaker_fail(KabDb *db, KabTime since, const char *why, guint retry_after,
                          GError **error);

/** kab_breaker_get_failures: how many runs in a row ended early. */
gboolean kab_breaker_get_failures(KabDb *db, gint64 *out, GError **error);

/** kab_breaker_succeed: the other end answers as it should. */
gboolean kab_breaker_succeed(KabDb *db, GError **error);

/** kab_breaker_counts: whether @held_until holds at @now: not if it has passed, nor if it is so far
 * away that the clock must have been set back since. */
gboolean kab_breaker_counts(KabTime held_until, KabTime now);

/**
 * kab_breaker_is_held:
 * @db: a connection
 * @now: the present moment
 * @out: (out): whether the other end is left alone for now
 * @error: return location
 *
 * Returns: %FALSE on error
 */
gboolean kab_breaker_is_held(KabDb *db, KabTime now, gboolean *out, GError **error);

G_END_DECLS
