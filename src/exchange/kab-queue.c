/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-kind.h"
#include "kab-queue-private.h"
#include "kab-queue.h"

/* No entry is ever put off longer. One that is due later than this was put off by a clock that has
 * been set back since. */
#define MAX_DELAY_MS G_GINT64_CONSTANT(7200000)

/* A version is the greater of "one more" and the clock: it never goes back, not even in a database
 * that was restored from an old copy. */
#define NEXT_VERSION                                                                      \
    "UPDATE exchange_version SET value = CASE WHEN value < $1 THEN $1 ELSE value + 1 END" \
    " WHERE one = 1 RETURNING value"
/* What a run has claimed stays claimed; it will see that the version is a newer one. */
#define PUT                                                                                  \
    "INSERT INTO queue (kind, rank, object_id, version, state, created_at, next_attempt_at)" \
    " VALUES ($1, $2, $3, $4, 'waiting', $5, $5)"                                            \
    " ON CONFLICT (kind, object_id) DO UPDATE SET version = excluded.version, error = NULL," \
    " attempts = 0, next_attempt_at = excluded.next_attempt_at, waits_kind = NULL,"          \
    " waits_id = NULL,"                                                                      \
    " state = CASE queue.state WHEN 'processing' THEN 'processing' ELSE 'waiting' END"
#define DUE                                                \
    "state = 'waiting' AND off = 0 AND waits_kind IS NULL" \
    " AND (next_attempt_at <= $1 OR next_attempt_at > $2)"
/* By the moments alone, which an index has: much may wait that is not due. What a run that died had
 * claimed is due as well: the next run takes it over. */
#define READY "state = 'waiting' AND off = 0 AND waits_kind IS NULL AND next_attempt_at"
#define HAS_DUE                                                 \
    "SELECT EXISTS (SELECT 1 FROM queue WHERE " READY " <= $1)" \
    " OR EXISTS (SELECT 1 FROM queue WHERE " READY " > $2)"     \
    " OR EXISTS (SELECT 1 FROM queue WHERE state = 'processing')"
#define COUNT_DUE                                               \
    "SELECT (SELECT count(*) FROM queue WHERE " READY " <= $1)" \
    " + (SELECT count(*) FROM queue WHERE " READY " > $2)"      \
    " + (SELECT count(*) FROM queue WHERE state = 'processing')"
#define SELECT_DUE \
    "SELECT " KAB_QUEUE_COLUMNS " FROM queue WHERE " DUE " ORDER BY rank, id LIMIT $3"
#define SELECT_ONE "SELECT " KAB_QUEUE_COLUMNS " FROM queue WHERE kind = $1 AND object_id = $2"
#define RELEASE "UPDATE queue SET state = 'waiting' WHERE state = 'processing'"
#define CLAIM                                                                            \
    "UPDATE queue SET state = 'processing' WHERE id IN (SELECT id FROM queue WHERE " DUE \
    " ORDER BY rank, id LIMIT $3)"
#define SELECT_CLAIMED \
    "SELECT " KAB_QUEUE_COLUMNS " FROM queue WHERE state = 'processing' ORDER BY rank, id"
#define DELETE_DONE "DELETE FROM queue WHERE id = $1 AND version = $2"
#define NOTE_THROUGH "UPDATE exchange_state SET through_at = $1"
#define UNCLAIM "UPDATE queue SET state = 'waiting', error = $1 WHERE id = $2"
#define FAIL                                                                          \
    "UPDATE queue SET state = CASE version WHEN $1 THEN 'failed' ELSE 'waiting' END," \
    " attempts = attempts + 1, error = $2 WHERE id = $3"
#define RETRY_LATER                                                                        \
    "UPDATE queue SET state = CASE WHEN attempts + 1 >= $1 AND version = $2 THEN 'failed'" \
    " ELSE 'waiting' END, attempts = attempts + 1, next_attempt_at = $3, error = $4 WHERE id = $5"
#define WAIT_FOR                                                                           \
    "UPDATE queue SET state = CASE WHEN attempts + 1 >= $1 AND version = $2 THEN 'failed'" \
    " ELSE 'waiting' END, attempts = attempts + 1, error = $3, waits_kind = $4,"           \
    " waits_id = $5 WHERE id = $6"
#define WAKE                                                                   \
    "UPDATE queue SET waits_kind = NULL, waits_id = NULL, next_attempt_at = 0" \
    " WHERE waits_kind IS NOT NULL AND NOT EXISTS (SELECT 1 FROM queue q"      \
    " WHERE q.kind = queue.waits_kind AND q.object_id = queue.waits_id)"

gboolean
kab_queue_put(KabDb *db, const char *kind, const char *object_id, GError **error)
{
    int rank = kab_kind_get_rank(kind);
    KabTime now = kab_time_now();
    gint64 version;

    g_return_val_if_fail(rank >= 0, FALSE);
    return kab_db_get_int(db, NEXT_VERSION, KAB_BIND(kab_int(now)), NULL, &version, error) &&
           kab_db_run(db, PUT,
                      KAB_BIND(kab_text(kind), kab_int(rank), kab_text(object_id), kab_int(version),
                               kab_int(now)),
                      error);
}

GPtrArray *
kab_queue_read(KabRows *taken, gint64 *last_rank, GError **error)
{
    g_autoptr(KabRows) rows = taken;
    g_autoptr(GPtrArray) entries =
        g_ptr_array_new_with_free_func((GDestroyNotify)kab_queue_entry_free);
    g_autoptr(GError) local = NULL;

    if (rows == NULL)
        return NULL;
    while (kab_rows_next(rows, &local)) {
        KabQueueEntry *entry = g_new0(KabQueueEntry, 1);

        g_ptr_array_add(entries, entry);
        entry->id = kab_rows_get_int(rows, 0);
        entry->kind = kab_rows_dup_text(rows, 1);
        entry->object_id = kab_rows_dup_text(rows, 2);
        entry->version = kab_rows_get_int(rows, 3);
        if (!kab_queue_state_from_nick(kab_rows_get_text(rows, 4), &entry->state, error))
            return NULL;
        entry->attempts = (int)kab_rows_get_int(rows, 5);
        entry->created_at = kab_rows_get_int(rows, 6);
        entry->next_attempt_at = kab_rows_get_int(rows, 7);
        entry->error = kab_rows_dup_text(rows, 8);
        if (last_rank != NULL)
            *last_rank = kab_rows_get_int(rows, 9);
        entry->waits_kind = kab_rows_dup_text(rows, 10);
        entry->waits_id = kab_rows_dup_text(rows, 11);
    }
    return kab_error_pass(error, &local) ? g_steal_pointer(&entries) : NULL;
}

gboolean
kab_queue_has_due(KabDb *db, KabTime now, gboolean *out, GError **error)
{
    gint64 has = 0;
    gboolean done = kab_db_get_int(db, HAS_DUE, KAB_BIND(kab_int(now), kab_int(now + MAX_DELAY_MS)),
                                   NULL, &has, error);

    *out = has != 0;
    return done;
}

gboolean
kab_queue_count_due(KabDb *db, KabTime now, gint64 *out, GError **error)
{
    return kab_db_get_int(db, COUNT_DUE, KAB_BIND(kab_int(now), kab_int(now + MAX_DELAY_MS)), NULL,
                          out, error);
}

GPtrArray *
kab_queue_list_due(KabDb *db, KabTime now, guint limit, GError **error)
{
    return kab_queue_read(
        kab_db_query(db, SELECT_DUE,
                     KAB_BIND(kab_int(now), kab_int(now + MAX_DELAY_MS), kab_int(limit)), error),
        NULL, error);
}

KabQueueEntry *
kab_queue_find(KabDb *db, const char *kind, const char *object_id, GError **error)
{
    g_autoptr(GPtrArray) entries = kab_queue_read(
        kab_db_query(db, SELECT_ONE, KAB_BIND(kab_text(kind), kab_text(object_id)), error), NULL,
        error);

    return entries != NULL && entries->len > 0 ? g_ptr_array_steal_index(entries, 0) : NULL;
}

gboolean
kab_queue_release(KabDb *db, GError **error)
{
    return kab_db_run(db, RELEASE, KAB_BIND_NONE, error);
}

GPtrArray *
kab_queue_claim(KabDb *db, KabTime now, guint limit, GError **error)
{
    gboolean has;

    if (!kab_queue_has_due(db, now, &has, error))
        return NULL;
    if (!has)
        return g_ptr_array_new_with_free_func((GDestroyNotify)kab_queue_entry_free);
    if (!kab_db_run(db, CLAIM, KAB_BIND(kab_int(now), kab_int(now + MAX_DELAY_MS), kab_int(limit)),
                    error))
        return NULL;
    return kab_queue_read(kab_db_query(db, SELECT_CLAIMED, KAB_BIND_NONE, error), NULL, error);
}

gboolean
kab_queue_done(KabDb *db, const KabQueueEntry *entry, GError **error)
{
    if (!kab_db_run(db, DELETE_DONE, KAB_BIND(kab_int(entry->id), kab_int(entry->version)), error))
        return FALSE;
    if (kab_db_get_changes(db) == 0 && !kab_queue_unclaim(db, entry, NULL, error))
        return FALSE;
    return kab_db_run(db, NOTE_THROUGH, KAB_BIND(kab_int(kab_time_now())), error);
}

gboolean
kab_queue_unclaim(KabDb *db, const KabQueueEntry *entry, const char *why, GError **error)
{
    return kab_db_run(db, UNCLAIM, KAB_BIND(kab_text(why), kab_int(entry->id)), error);
}

gboolean
kab_queue_fail(KabDb *db, const KabQueueEntry *entry, const char *why, GError **error)
{
    return kab_db_run(db, FAIL,
                      KAB_BIND(kab_int(entry->version), kab_text(why), kab_int(entry->id)), error);
}

gboolean
kab_queue_retry_later(KabDb *db, const KabQueueEntry *entry, const char *why, gint64 max_attempts,
                      KabTime next_attempt_at, GError **error)
{
    return kab_db_run(db, RETRY_LATER,
                      KAB_BIND(kab_int(max_attempts), kab_int(entry->version),
                               kab_int(next_attempt_at), kab_text(why), kab_int(entry->id)),
                      error);
}

gboolean
kab_queue_wait_for(KabDb *db, const KabQueueEntry *entry, const char *why, gint64 max_attempts,
                   const char *kind, const char *object_id, GError **error)
{
    return kab_db_run(db, WAIT_FOR,
                      KAB_BIND(kab_int(max_attempts), kab_int(entry->version), kab_text(why),
                               kab_text(kind), kab_text(object_id), kab_int(entry->id)),
                      error);
}

gboolean
kab_queue_wake(KabDb *db, GError **error)
{
    return kab_db_run(db, WAKE, KAB_BIND_NONE, error);
}
