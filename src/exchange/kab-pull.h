/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-batch.h"

G_BEGIN_DECLS

/* "Check the queue on the portal": an end that cannot be reached fetches what waits for it,
 * applies it, and says in a second call what became of it. Whatever is lost in between is fetched
 * again and known by its version. */

/**
 * kab_pull_fetch:
 * @batch: the run
 * @more: (out): whether something was fetched, so that more may wait
 * @error: return location: storage only
 *
 * Fetches, applies and acknowledges one batch.
 *
 * Returns: %FALSE on error; a run that has to end is told in the result
 */
gboolean kab_pull_fetch(KabBatch *batch, gboolean *more, GError **error);

/**
 * kab_pull_serve:
 * @end: this end
 * @db: a connection outside a transaction
 * @peer: who asks, for the journal
 * @limit: how many messages at most
 * @error: return location
 *
 * Gives the messages that are due, in the order of sending. The queue is left as it is.
 *
 * Returns: (transfer full) (nullable): their text
 */
GBytes *kab_pull_serve(KabEnd *end, KabDb *db, const char *peer, guint limit, GError **error);

/**
 * kab_pull_note:
 * @end: this end
 * @db: a connection outside a transaction
 * @peer: who answers, for the journal
 * @answers: (element-type KabAnswer): what became of messages of kab_pull_serve()
 * @text: the text they came in, for the journal
 * @done: (out): how many of them were in the queue
 * @error: return location
 *
 * Returns: whether it is stored
 */
gboolean kab_pull_note(KabEnd *end, KabDb *db, const char *peer, GPtrArray *answers,
                       const char *text, guint *done, GError **error);

G_END_DECLS
