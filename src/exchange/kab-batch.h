/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-link.h"
#include "kab-outgoing.h"

G_BEGIN_DECLS

/**
 * KabBatch:
 * @outgoing: what is sent; the error of its result ends the run
 * @link: the other end
 * @cancellable: to stop it
 * @cancelled: whether it was stopped: no fault of the other end
 * @paused: whether the queue is paused
 * @answered: whether the other end answered as it should
 * @failures: how many runs before this one ended early
 * @blamed: how many messages in a row failed, each sent by itself
 * @blame: (nullable) (owned): why the last of them did
 * @retry_after: the seconds that the other end asked to be left alone
 *
 * What a run gives to the sending of its batches.
 */
typedef struct {
    KabOutgoing outgoing;
    KabLink *link;
    GCancellable *cancellable;
    gboolean cancelled;
    gboolean paused;
    gboolean answered;
    gint64 failures;
    guint blamed;
    char *blame;
    guint retry_after;
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

/** kab_batch_cancel: the run ends here, because @why; takes it. */
void kab_batch_cancel(KabBatch *batch, char *why);

G_END_DECLS
