/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-db.h"
#include "kab-queue-entry.h"
#include "kab-time.h"

#include <glib.h>

G_BEGIN_DECLS

/* What a change of an object and a run do with the queue; what people do with it is in
 * kab-queue-admin.h. */

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
 * kab_queue_has_due:
 * @db: a connection
 * @now: the present moment
 * @out: (out): whether a run would send something now
 * @error: return location
 *
 * Returns: %FALSE on error
 */
gboolean kab_queue_has_due(KabDb *db, KabTime now, gboolean *out, GError **error);

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
 * kab_queue_list_due:
 * @db: a connection
 * @now: the present moment
 * @limit: how many at most
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type KabQueueEntry): entries that are due and that
 *   no run has claimed, in the order of sending; they are left as they are
 */
GPtrArray *kab_queue_list_due(KabDb *db, KabTime now, guint limit, GError **error);

/**
 * kab_queue_find:
 * @db: a connection
 * @kind: a kind
 * @object_id: an object
 * @error: return location
 *
 * Returns: (transfer full) (nullable): its entry; %NULL without @error set if it is not queued
 */
KabQueueEntry *kab_queue_find(KabDb *db, const char *kind, const char *object_id, GError **error);

/* For runs, which hold the lock of kab_end_lock_run(). */

/** kab_queue_release: gives back what a run that died had claimed. */
gboolean kab_queue_release(KabDb *db, GError **error);

/**
 * kab_queue_claim:
 * @db: a connection, inside a transaction
 * @now: the present moment
 * @limit: how many at most
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type KabQueueEntry): entries that are due, in the
 *   order of sending, now in processing
 */
GPtrArray *kab_queue_claim(KabDb *db, KabTime now, guint limit, GError **error);

/* What became of an entry. One that changed meanwhile waits for a run again. */

/** kab_queue_done: the other end has it. */
gboolean kab_queue_done(KabDb *db, const KabQueueEntry *entry, GError **error);

/** kab_queue_unclaim: it was not tried; it waits as before. */
gboolean kab_queue_unclaim(KabDb *db, const KabQueueEntry *entry, const char *why, GError **error);

/** kab_queue_fail: it waits for a person. */
gboolean kab_queue_fail(KabDb *db, const KabQueueEntry *entry, const char *why, GError **error);

/**
 * kab_queue_retry_later:
 * @db: a connection
 * @entry: an entry that was tried
 * @why: what went wrong
 * @max_attempts: after so many it has failed
 * @next_attempt_at: otherwise, when it may be tried again
 * @error: return location
 *
 * Returns: whether it is stored
 */
gboolean kab_queue_retry_later(KabDb *db, const KabQueueEntry *entry, const char *why,
                               gint64 max_attempts, KabTime next_attempt_at, GError **error);

/**
 * kab_queue_wait_for:
 * @db: a connection
 * @entry: an entry that was tried
 * @why: what it waits for, in a sentence
 * @max_attempts: after so many it has failed
 * @kind: the kind of the object that the other end has to have before
 * @object_id: that object, which is queued
 * @error: return location
 *
 * Returns: whether it is stored
 */
gboolean kab_queue_wait_for(KabDb *db, const KabQueueEntry *entry, const char *why,
                            gint64 max_attempts, const char *kind, const char *object_id,
                            GError **error);

/** kab_queue_wake: what waits for objects that are not queued any more is due. */
gboolean kab_queue_wake(KabDb *db, GError **error);

G_END_DECLS
