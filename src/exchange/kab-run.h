/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-end.h"
#include "kab-queue-entry.h"

G_BEGIN_DECLS

/**
 * KabRunProgress:
 * @done: entries that are through
 * @total: entries that were due when the run began
 * @data: as given to kab_run()
 */
typedef void (*KabRunProgress)(gint64 done, gint64 total, gpointer data);

/**
 * kab_run:
 * @end: this end
 * @cause: why it runs, for the journal: "by hand", "schedule"
 * @cancellable: (nullable): to stop it; what was not sent waits
 * @progress: (nullable): told after every batch
 * @data: for @progress
 * @error: return location: %KAB_ERROR_BUSY if a run is under way, %KAB_ERROR_STATE if the other end
 *   is not connected, storage
 *
 * Runs the exchange once: sends what is due in the queue.
 *
 * Returns: (transfer full) (nullable): what it did; an unreachable other end is no error here but
 *   told in it
 */
KabRunResult *kab_run(KabEnd *end, const char *cause, GCancellable *cancellable,
                      KabRunProgress progress, gpointer data, GError **error);

/**
 * kab_run_is_held:
 * @db: a connection
 * @now: the present moment
 * @out: (out): whether the other end is left alone for now
 * @error: return location
 *
 * After runs that ended early, runs that nobody asked for wait: a second after the first, twice as
 * long after every further one, five minutes at most. A run by hand does not wait.
 *
 * Returns: %FALSE on error
 */
gboolean kab_run_is_held(KabDb *db, KabTime now, gboolean *out, GError **error);

G_END_DECLS
