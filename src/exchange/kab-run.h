/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-end.h"
#include "kab-queue-entry.h"

G_BEGIN_DECLS

/**
 * KabRunProgress:
 * @done: entries that are through
 * @total: entries that were due when the run began, or more if more came
 * @data: as given to kab_run()
 */
typedef void (*KabRunProgress)(gint64 done, gint64 total, gpointer data);

/**
 * kab_run:
 * @end: this end
 * @cause: why it runs, for the journal: "by hand", "schedule", "push"
 * @cancellable: (nullable): to stop it; what was not sent waits
 * @progress: (nullable): told after every batch
 * @data: for @progress
 * @error: return location: %KAB_ERROR_BUSY if a run is under way, %KAB_ERROR_STATE if the other end
 *   is not connected, storage
 *
 * Runs the exchange once: sends what is due in the queue, then fetches what waits in the other
 * end's queue if the setting says so.
 *
 * Returns: (transfer full) (nullable): what it did; an unreachable other end is no error here but
 *   told in it
 */
KabRunResult *kab_run(KabEnd *end, const char *cause, GCancellable *cancellable,
                      KabRunProgress progress, gpointer data, GError **error);

/** kab_run_as: kab_run() as the run @id, which kab_run_request() has told of. */
KabRunResult *kab_run_as(KabEnd *end, const char *id, const char *cause, GCancellable *cancellable,
                         KabRunProgress progress, gpointer data, GError **error);

/**
 * kab_run_stop:
 * @end: this end
 * @who: who wants it
 * @error: return location: %KAB_ERROR_STATE if no run is under way
 *
 * Stops the run that is under way, here or in another process; what was not sent waits.
 *
 * Returns: whether it was told
 */
gboolean kab_run_stop(KabEnd *end, const char *who, GError **error);

/**
 * kab_run_was_killed:
 * @end: this end
 * @db: a connection
 * @out: (out): whether a run began, has not ended, is not under way and not requested
 * @error: return location
 *
 * Returns: %FALSE on error
 */
gboolean kab_run_was_killed(KabEnd *end, KabDb *db, gboolean *out, GError **error);

/**
 * kab_run_forget_old:
 * @end: this end
 * @db: a connection outside a transaction
 * @more: (out): whether there is more of it
 * @error: return location
 *
 * Removes what journal and runs have kept longer than the setting says, for a twentieth of a second
 * at the most.
 *
 * Returns: whether it is stored
 */
gboolean kab_run_forget_old(KabEnd *end, KabDb *db, gboolean *more, GError **error);

G_END_DECLS
