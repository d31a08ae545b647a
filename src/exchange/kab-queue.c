/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-journal.h"
#include "kab-kind.h"
#include "kab-queue.h"

#include <glib/gi18n-lib.h>

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
    " attempts = 0, next_attempt_at = excluded.next_attempt_at,"                             \
    " state = CASE queue.state WHEN 'processing' THEN 'processing' ELSE 'waiting' END"
#define ENTRY_COLUMNS \
    "id, kind, object_id, version, state, attempts, created_at, next_attempt_at, error"
#define SELECT_FIRST "SELECT " ENTRY_COLUMNS " FROM queue ORDER BY rank, id LIMIT $1"
#define SELECT_AFTER                      \
    "SELECT " ENTRY_COLUMNS " FROM queue" \
    " WHERE (rank, id) > (SELECT rank, id FROM queue WHERE id = $1) ORDER BY rank, id LIMIT $2"
#define SELECT_COUNTS "SELECT state, count(*), min(created_at) FROM queue GROUP BY state"
#define SELECT_LAST_RUN \
    "SELECT ended_at, error FROM run WHERE ended_at IS NOT NULL ORDER BY started_at DESC LIMIT 1"
/* What a run that died had claimed is due as well: the next run takes it over. */
#define COUNT_DUE                               \
    "SELECT count(*) FROM (SELECT 1 FROM queue" \
    " WHERE (state = 'waiting' AND next_attempt_at <= $1) OR state = 'processing' LIMIT 1000)"
#define RELEASE "UPDATE queue SET state = 'waiting' WHERE state = 'processing'"
#define CLAIM                                                                 \
    "UPDATE queue SET state = 'processing' WHERE id IN (SELECT id FROM queue" \
    " WHERE state = 'waiting' AND next_attempt_at <= $1 ORDER BY rank, id LIMIT $2)"
#define SELECT_CLAIMED \
    "SELECT " ENTRY_COLUMNS " FROM queue WHERE state = 'processing' ORDER BY rank, id"
#define DELETE_DONE "DELETE FROM queue WHERE id = $1 AND version = $2"
#define UNCLAIM "UPDATE queue SET state = 'waiting', error = $1 WHERE id = $2"
#define FAIL                                                                          \
    "UPDATE queue SET state = CASE version WHEN $1 THEN 'failed' ELSE 'waiting' END," \
    " attempts = attempts + 1, error = $2 WHERE id = $3"
#define RETRY_LATER                                                                        \
    "UPDATE queue SET state = CASE WHEN attempts + 1 >= $1 AND version = $2 THEN 'failed'" \
    " ELSE 'waiting' END, attempts = attempts + 1, next_attempt_at = $3, error = $4 WHERE id = $5"

#define FAILED " state = 'failed' AND ($1 IS NULL OR kind = $1) AND ($2 IS NULL OR object_id = $2)"
#define RETRY                                                                             \
    "UPDATE queue SET state = 'waiting', attempts = 0, next_attempt_at = 0, error = NULL" \
    " WHERE" FAILED
#define JOURNAL_DISCARDED                                                                        \
    "INSERT INTO journal_object (journal_id, kind, object_id, version, attempt, outcome, error)" \
    " SELECT $1, kind, object_id, version, attempts, 'discarded', error FROM queue"              \
    " WHERE state = 'failed' AND ($2 IS NULL OR kind = $2) AND ($3 IS NULL OR object_id = $3)"
#define DISCARD "DELETE FROM queue WHERE" FAILED

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

/* Takes the rows, which may be NULL with @error set. */
static GPtrArray *
read_entries(KabRows *taken, GError **error)
{
    g_autoptr(KabRows) rows = taken;
    g_autoptr(GPtrArray) entries =
        g_ptr_array_new_with_free_func((GDestroyNotify)kab_queue_entry_free);
    g_autoptr(GError) local = NULL;

    if (rows == NULL)
        return NULL;
    while (kab_rows_next(rows, &local)) {
        g_autoptr(KabQueueEntry) entry = g_new0(KabQueueEntry, 1);

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
        g_ptr_array_add(entries, g_steal_pointer(&entry));
    }
    if (local != NULL) {
        g_propagate_error(error, g_steal_pointer(&local));
        return NULL;
    }
    return g_steal_pointer(&entries);
}

GPtrArray *
kab_queue_list(KabDb *db, gint64 after, guint limit, GError **error)
{
    if (after == 0)
        return read_entries(kab_db_query(db, SELECT_FIRST, KAB_BIND(kab_int(limit)), error), error);
    return read_entries(
        kab_db_query(db, SELECT_AFTER, KAB_BIND(kab_int(after), kab_int(limit)), error), error);
}

static gboolean
read_counts(KabDb *db, KabExchangeState *state, GError **error)
{
    g_autoptr(KabRows) rows = kab_db_query(db, SELECT_COUNTS, KAB_BIND_NONE, error);
    g_autoptr(GError) local = NULL;

    if (rows == NULL)
        return FALSE;
    while (kab_rows_next(rows, &local)) {
        KabTime oldest_at = kab_rows_get_int(rows, 2);
        KabQueueState of;

        if (!kab_queue_state_from_nick(kab_rows_get_text(rows, 0), &of, error))
            return FALSE;
        state->counts[of] = kab_rows_get_int(rows, 1);
        if (state->oldest_at == 0 || oldest_at < state->oldest_at)
            state->oldest_at = oldest_at;
    }
    return kab_error_pass(error, &local);
}

KabExchangeState *
kab_queue_get_state(KabDb *db, GError **error)
{
    g_autoptr(KabExchangeState) state = g_new0(KabExchangeState, 1);
    g_autoptr(KabRows) rows = NULL;
    g_autoptr(GError) local = NULL;

    if (!read_counts(db, state, error))
        return NULL;
    rows = kab_db_query(db, SELECT_LAST_RUN, KAB_BIND_NONE, error);
    if (rows == NULL)
        return NULL;
    if (kab_rows_next(rows, &local)) {
        state->last_run_at = kab_rows_get_int(rows, 0);
        state->last_error = kab_rows_dup_text(rows, 1);
    }
    if (local != NULL) {
        g_propagate_error(error, g_steal_pointer(&local));
        return NULL;
    }
    return g_steal_pointer(&state);
}

gboolean
kab_queue_count_due(KabDb *db, KabTime now, gint64 *out, GError **error)
{
    return kab_db_get_int(db, COUNT_DUE, KAB_BIND(kab_int(now)), NULL, out, error);
}

gboolean
kab_queue_release(KabDb *db, GError **error)
{
    return kab_db_run(db, RELEASE, KAB_BIND_NONE, error);
}

GPtrArray *
kab_queue_claim(KabDb *db, KabTime now, guint limit, GError **error)
{
    g_autoptr(KabTransaction) transaction = kab_db_begin(db, error);
    g_autoptr(GPtrArray) entries = NULL;

    if (transaction == NULL ||
        !kab_db_run(db, CLAIM, KAB_BIND(kab_int(now), kab_int(limit)), error))
        return NULL;
    entries = read_entries(kab_db_query(db, SELECT_CLAIMED, KAB_BIND_NONE, error), error);
    if (entries == NULL || !kab_transaction_commit(transaction, error))
        return NULL;
    return g_steal_pointer(&entries);
}

gboolean
kab_queue_done(KabDb *db, const KabQueueEntry *entry, GError **error)
{
    if (!kab_db_run(db, DELETE_DONE, KAB_BIND(kab_int(entry->id), kab_int(entry->version)), error))
        return FALSE;
    return kab_db_get_changes(db) > 0 || kab_queue_unclaim(db, entry, NULL, error);
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
kab_queue_retry(KabDb *db, const KabQueueFilter *filter, gint64 *out, GError **error)
{
    if (!kab_db_run(db, RETRY, KAB_BIND(kab_text(filter->kind), kab_text(filter->object_id)),
                    error))
        return FALSE;
    *out = kab_db_get_changes(db);
    return TRUE;
}

gboolean
kab_queue_discard(KabDb *db, const KabQueueFilter *filter, const char *who, gint64 *out,
                  GError **error)
{
    g_autoptr(KabTransaction) transaction = kab_db_begin(db, error);
    KabJournalEntry entry = {
        .at = kab_time_now(),
        .peer = who,
        .what = "discard",
        .outcome = "ok",
    };
    gint64 id;

    if (transaction == NULL || !kab_journal_add(db, &entry, &id, error) ||
        !kab_db_run(db, JOURNAL_DISCARDED,
                    KAB_BIND(kab_int(id), kab_text(filter->kind), kab_text(filter->object_id)),
                    error) ||
        !kab_db_run(db, DISCARD, KAB_BIND(kab_text(filter->kind), kab_text(filter->object_id)),
                    error))
        return FALSE;
    *out = kab_db_get_changes(db);
    return *out == 0 || kab_transaction_commit(transaction, error);
}
