/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-db.h"
#include "kab-queue-entry.h"

G_BEGIN_DECLS

/* What is kept of runs: the one under way tells here how far it is, and is told here to stop,
 * whichever process it runs in. */

/**
 * kab_run_load:
 * @db: a connection
 * @id: a run
 * @error: return location: %KAB_ERROR_NOT_FOUND
 *
 * Returns: (transfer full) (nullable): the run
 */
KabRunResult *kab_run_load(KabDb *db, const char *id, GError **error);

/** kab_run_find_open: (transfer full) (nullable): the run that has not ended, if there is one. */
KabRunResult *kab_run_find_open(KabDb *db, GError **error);

/**
 * kab_run_request:
 * @db: a connection
 * @id: an id for the run
 * @error: return location
 *
 * Notes that somebody wants a run, so that it can be asked after before it begins.
 *
 * Returns: whether it is stored
 */
gboolean kab_run_request(KabDb *db, const char *id, GError **error);

/** kab_run_ask_to_stop: the open run stops after the batch that it is sending. */
gboolean kab_run_ask_to_stop(KabDb *db, const char *who, GError **error);

/** kab_run_get_stopper: (transfer full) (nullable): who asked the run to stop. */
gboolean kab_run_get_stopper(KabDb *db, const char *id, char **who, GError **error);

/* For kab_run(). */

/** kab_run_note_begin: inside a transaction; runs before that did not end were killed. */
gboolean kab_run_note_begin(KabDb *db, const KabRunResult *run, GError **error);

/** kab_run_note_progress: how far it is. */
gboolean kab_run_note_progress(KabDb *db, const KabRunResult *run, GError **error);

/** kab_run_note_end: what it did. */
gboolean kab_run_note_end(KabDb *db, KabRunResult *run, GError **error);

/** kab_run_forget: removes the runs from before @before. */
gboolean kab_run_forget(KabDb *db, KabTime before, GError **error);

G_END_DECLS
