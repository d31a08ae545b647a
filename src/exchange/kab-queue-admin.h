/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-db.h"
#include "kab-queue-entry.h"

G_BEGIN_DECLS

/* What people see of the queue, and do with it. */

/**
 * KabQueueFilter:
 * @kind: (nullable): only entries of this kind
 * @object_id: (nullable): only the entries of this object
 * @state: (nullable): only entries in this state (its nick)
 * @error: (nullable): only entries with this error
 *
 * Which entries are meant; without any of it, all of them.
 */
typedef struct {
    const char *kind;
    const char *object_id;
    const char *state;
    const char *error;
} KabQueueFilter;

/**
 * kab_queue_list:
 * @db: a connection
 * @filter: (nullable): which entries
 * @after: (nullable): what @next was on the page before
 * @limit: how many at most
 * @next: (out) (optional) (nullable) (transfer full): where the next page begins; %NULL at the end
 * @error: return location: %KAB_ERROR_INVALID for @after
 *
 * Returns: (transfer full) (nullable) (element-type KabQueueEntry): entries in the order of sending
 */
GPtrArray *kab_queue_list(KabDb *db, const KabQueueFilter *filter, const char *after, guint limit,
                          char **next, GError **error);

/**
 * kab_queue_count:
 * @db: a connection
 * @filter: which entries
 * @out: (out): how many there are that kab_queue_retry() or kab_queue_discard() would take: not
 *   those that a run is sending
 * @error: return location
 *
 * Returns: %FALSE on error
 */
gboolean kab_queue_count(KabDb *db, const KabQueueFilter *filter, gint64 *out, GError **error);

/**
 * kab_queue_retry:
 * @db: a connection outside a transaction
 * @filter: which entries
 * @who: who does it, for the journal
 * @out: (out): how many there were
 * @error: return location
 *
 * "Retry now": they are due, with all their attempts.
 *
 * Returns: whether it is stored
 */
gboolean kab_queue_retry(KabDb *db, const KabQueueFilter *filter, const char *who, gint64 *out,
                         GError **error);

/**
 * kab_queue_discard:
 * @db: a connection outside a transaction
 * @filter: which entries
 * @who: who does it, for the journal
 * @out: (out): how many there were
 * @error: return location
 *
 * Takes entries out of the queue; the journal keeps what they were, and who did it.
 *
 * Returns: whether it is stored
 */
gboolean kab_queue_discard(KabDb *db, const KabQueueFilter *filter, const char *who, gint64 *out,
                           GError **error);

/**
 * kab_queue_put_by_hand:
 * @db: a connection outside a transaction
 * @kind: a kind that this end sends
 * @object_id: an object that is there
 * @who: who does it, for the journal
 * @error: return location
 *
 * Returns: whether it is stored
 */
gboolean kab_queue_put_by_hand(KabDb *db, const char *kind, const char *object_id, const char *who,
                               GError **error);

/**
 * kab_queue_list_causes:
 * @db: a connection
 * @error: return location
 *
 * Returns: (transfer full) (nullable): why entries have failed, the most frequent cause first, a
 *   hundred at most, each with "error", "kind", "count", "oldest_at", "newest_at" and, of
 *   the newest of them, "object"
 */
JsonArray *kab_queue_list_causes(KabDb *db, GError **error);

/**
 * kab_queue_pause:
 * @db: a connection outside a transaction
 * @who: who does it
 * @error: return location
 *
 * From now on nothing of the queue is sent or fetched, until kab_queue_resume(). What comes from
 * the other end is taken as before.
 *
 * Returns: whether it is stored
 */
gboolean kab_queue_pause(KabDb *db, const char *who, GError **error);

/** kab_queue_resume: ends kab_queue_pause(). */
gboolean kab_queue_resume(KabDb *db, const char *who, GError **error);

/** kab_queue_is_paused: %FALSE on error. */
gboolean kab_queue_is_paused(KabDb *db, gboolean *out, GError **error);

/**
 * kab_queue_get_state:
 * @db: a connection
 * @error: return location
 *
 * Returns: (transfer full) (nullable): counts, the oldest entry, the last run, pause, the other
 *   end's failure
 */
KabExchangeState *kab_queue_get_state(KabDb *db, GError **error);

G_END_DECLS
