/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-end.h"
#include "kab-link.h"
#include "kab-queue-entry.h"

G_BEGIN_DECLS

/**
 * KabBatch:
 * @end: this end
 * @db: the run's connection
 * @link: the other end
 * @run_id: the run
 * @attempts: how often an entry may be tried
 * @result: what the run did so far; its error ends the run
 * @cancellable: (nullable): to stop it
 *
 * What a run gives to the sending of its batches.
 */
typedef struct {
    KabEnd *end;
    KabDb *db;
    KabLink *link;
    const char *run_id;
    gint64 attempts;
    KabRunResult *result;
    GCancellable *cancellable;
} KabBatch;

/**
 * kab_batch_send:
 * @batch: the run
 * @entries: (element-type KabQueueEntry): claimed entries, in order
 * @error: return location: storage only
 *
 * Builds the messages, sends them and notes what became of each entry. A batch that the other end
 * refuses as a whole is halved until the one message is found that it refuses.
 *
 * Returns: %FALSE on error; a run that has to end is told in the result
 */
gboolean kab_batch_send(KabBatch *batch, GPtrArray *entries, GError **error);

G_END_DECLS
