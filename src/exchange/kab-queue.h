/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-db.h"
#include "kab-queue-entry.h"
#include "kab-time.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * kab_queue_put:
 * @db: a connection, inside the transaction of the object's change
 * @kind: the kind of the object, one of kab_kind_get_rank()
 * @object_id: the object
 * @error: return location
 *
 * Queues an object for the other end. The queue holds a reference: an object that is queued already
 * only gets a new version, and a failed one gets new attempts.
 *
 * Returns: whether it is queued
 */
gboolean kab_queue_put(KabDb *db, const char *kind, const char *object_id, GError **error);

/**
 * kab_queue_list:
 * @db: a connection
 * @after: only entries that come after this one in the order of sending; 0: from the beginning
 * @limit: how many at most
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type KabQueueEntry): entries in the order of sending
 */
GPtrArray *kab_queue_list(KabDb *db, gint64 after, guint limit, GError **error);

/**
 * kab_queue_get_state:
 * @db: a connection
 * @error: return location
 *
 * Returns: (transfer full) (nullable): counts, the oldest entry, the last run
 */
KabExchangeState *kab_queue_get_state(KabDb *db, GError **error);

/**
 * kab_queue_count_due:
 * @db: a connection
 * @now: the present moment
 * @out: (out): how many entries a run would send now
 * @error: return location
 *
 * Returns: %FALSE on error
 */
gboolean kab_queue_count_due(KabDb *db, KabTime now, gint64 *out, GError **error);

/**
 * KabQueueFilter:
 * @kind: (nullable): only entries of this kind
 * @object_id: (nullable): only the entries of this object
 *
 * Which failed entries are meant; without either, all of them.
 */
typedef struct {
    const char *kind;
    const char *object_id;
} KabQueueFilter;

/**
 * kab_queue_retry:
 * @db: a connection
 * @filter: which failed entries
 * @out: (out): how many there were
 * @error: return location
 *
 * Gives failed entries all their attempts again.
 *
 * Returns: whether it is stored
 */
gboolean kab_queue_retry(KabDb *db, const KabQueueFilter *filter, gint64 *out, GError **error);

/**
 * kab_queue_discard:
 * @db: a connection outside a transaction
 * @filter: which failed entries
 * @who: who does it, for the journal
 * @out: (out): how many there were
 * @error: return location
 *
 * Takes failed entries out of the queue; the journal keeps what they were, and who did it.
 *
 * Returns: whether it is stored
 */
gboolean kab_queue_discard(KabDb *db, const KabQueueFilter *filter, const char *who, gint64 *out,
                           GError **error);

/* For runs only, which hold the lock of kab_end_lock_run(). */

/** kab_queue_release: gives back what a run that died had claimed. */
gboolean kab_queue_release(KabDb *db, GError **error);

/**
 * kab_queue_claim:
 * @db: a connection
 * @now: the present moment
 * @limit: how many at most
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type KabQueueEntry): entries that are due, in the
 *   order of sending, now in processing
 */
GPtrArray *kab_queue_claim(KabDb *db, KabTime now, guint limit, GError **error);

/** kab_queue_done: the other end has it; an entry that changed meanwhile waits again. */
gboolean kab_queue_done(KabDb *db, const KabQueueEntry *entry, GError **error);

/** kab_queue_unclaim: it was not tried; it waits as before. */
gboolean kab_queue_unclaim(KabDb *db, const KabQueueEntry *entry, const char *why, GError **error);

/** kab_queue_fail: it waits for a person; an entry that changed meanwhile waits for a run. */
gboolean kab_queue_fail(KabDb *db, const KabQueueEntry *entry, const char *why, GError **error);

/**
 * kab_queue_retry_later:
 * @db: a connection
 * @entry: a claimed entry
 * @why: what went wrong
 * @max_attempts: after so many it has failed
 * @next_attempt_at: otherwise, when it may be tried again
 * @error: return location
 *
 * Returns: whether it is stored
 */
gboolean kab_queue_retry_later(KabDb *db, const KabQueueEntry *entry, const char *why,
                               gint64 max_attempts, KabTime next_attempt_at, GError **error);

G_END_DECLS
