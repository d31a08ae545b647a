/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-breaker.h"
#include "kab-error.h"
#include "kab-journal.h"
#include "kab-json.h"
#include "kab-queue-admin.h"
#include "kab-queue-private.h"
#include "kab-queue.h"
#include "kab-time.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#define MATCHES                                                    \
    "($1 IS NULL OR kind = $1) AND ($2 IS NULL OR object_id = $2)" \
    " AND ($3 IS NULL OR state = $3) AND ($4 IS NULL OR error = $4)"
/* What a run is sending is the run's. */
#define IDLE MATCHES " AND state <> 'processing'"
#define SELECT_PAGE                                                                       \
    "SELECT " KAB_QUEUE_COLUMNS " FROM queue WHERE " MATCHES " AND (rank, id) > ($5, $6)" \
    " ORDER BY rank, id LIMIT $7"
#define COUNT "SELECT count(*) FROM queue WHERE " IDLE
#define RETRY                                                                              \
    "UPDATE queue SET state = 'waiting', attempts = 0, next_attempt_at = 0, error = NULL," \
    " waits_kind = NULL, waits_id = NULL WHERE " IDLE
#define DISCARD "DELETE FROM queue WHERE " IDLE
#define JOURNAL_OBJECTS                                                                          \
    "INSERT INTO journal_object (journal_id, kind, object_id, version, attempt, outcome, error)" \
    " SELECT $1, kind, object_id, version, attempts, $2, error FROM queue"                       \
    " WHERE ($3 IS NULL OR kind = $3) AND ($4 IS NULL OR object_id = $4)"                        \
    " AND ($5 IS NULL OR state = $5) AND ($6 IS NULL OR error = $6) AND state <> 'processing'"
#define SELECT_CAUSES                                                                 \
    "SELECT coalesce(g.error, ''), g.kind, g.n, g.oldest, g.newest, q.object_id FROM" \
    " (SELECT error, kind, count(*) AS n, min(created_at) AS oldest,"                 \
    " max(created_at) AS newest, max(id) AS last FROM queue WHERE state = 'failed'"   \
    " GROUP BY error, kind) g JOIN queue q ON q.id = g.last"                          \
    " ORDER BY g.n DESC, g.kind LIMIT 100"
#define PAUSE "UPDATE exchange_state SET paused_at = $1, paused_by = $2 WHERE paused_at = 0"
#define RESUME "UPDATE exchange_state SET paused_at = 0, paused_by = NULL WHERE paused_at <> 0"
#define SELECT_PAUSED "SELECT paused_at FROM exchange_state"
#define SELECT_COUNTS "SELECT state, count(*), min(created_at) FROM queue GROUP BY state"
/* Not what a clock that was ahead has left. */
#define SELECT_LAST_RUN                                                               \
    "SELECT ended_at, error FROM run WHERE ended_at IS NOT NULL AND started_at <= $1" \
    " ORDER BY started_at DESC LIMIT 1"
#define SELECT_STATE \
    "SELECT paused_at, paused_by, failing_since, failure, held_until FROM exchange_state"

/* What MATCHES takes, in its order. */
#define BIND_FILTER(filter)                                                             \
    kab_text((filter)->kind), kab_text((filter)->object_id), kab_text((filter)->state), \
        kab_text((filter)->error)

/* "RANK.ID" of the entry that the page before ended with; it need not be there any more. */
static gboolean
parse_cursor(const char *after, gint64 *rank, gint64 *id, GError **error)
{
    g_auto(GStrv) parts = g_strsplit(after, ".", 2);

    if (g_strv_length(parts) == 2 &&
        g_ascii_string_to_signed(parts[0], 10, 0, G_MAXINT32, rank, NULL) &&
        g_ascii_string_to_signed(parts[1], 10, 0, G_MAXINT64, id, NULL))
        return TRUE;
    g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID,
                        _("“after” is not from a page of this list"));
    return FALSE;
}

GPtrArray *
kab_queue_list(KabDb *db, const KabQueueFilter *filter, const char *after, guint limit, char **next,
               GError **error)
{
    const KabQueueFilter everything = {0};
    GPtrArray *entries;
    gint64 rank = -1;
    gint64 id = 0;

    if (next != NULL)
        *next = NULL;
    if (filter == NULL)
        filter = &everything;
    if (after != NULL && !parse_cursor(after, &rank, &id, error))
        return NULL;
    entries = kab_queue_read(
        kab_db_query(db, SELECT_PAGE,
                     KAB_BIND(BIND_FILTER(filter), kab_int(rank), kab_int(id), kab_int(limit)),
                     error),
        &rank, error);
    if (next != NULL && entries != NULL && entries->len > 0 && entries->len == limit) {
        const KabQueueEntry *last = g_ptr_array_index(entries, limit - 1);

        *next = g_strdup_printf("%" PRId64 ".%" PRId64, rank, last->id);
    }
    return entries;
}

gboolean
kab_queue_count(KabDb *db, const KabQueueFilter *filter, gint64 *out, GError **error)
{
    return kab_db_get_int(db, COUNT, KAB_BIND(BIND_FILTER(filter)), NULL, out, error);
}

/* What a person does is told in the journal, in the same transaction. */
static gboolean
change(KabDb *db, const KabQueueFilter *filter, const char *who, const char *what,
       const char *outcome, const char *sql, gint64 *out, GError **error)
{
    g_autoptr(KabTransaction) transaction = kab_db_begin(db, error);
    KabJournalEntry told = {.at = kab_time_now(), .peer = who, .what = what, .outcome = "ok"};
    gint64 id;

    if (transaction == NULL || !kab_journal_add(db, &told, &id, error) ||
        !kab_db_run(db, JOURNAL_OBJECTS,
                    KAB_BIND(kab_int(id), kab_text(outcome), BIND_FILTER(filter)), error) ||
        !kab_db_run(db, sql, KAB_BIND(BIND_FILTER(filter)), error))
        return FALSE;
    *out = kab_db_get_changes(db);
    /* Nobody's business that nothing was done. */
    return *out == 0 || (kab_queue_wake(db, error) && kab_transaction_commit(transaction, error));
}

gboolean
kab_queue_retry(KabDb *db, const KabQueueFilter *filter, const char *who, gint64 *out,
                GError **error)
{
    return change(db, filter, who, "retry", "again", RETRY, out, error);
}

gboolean
kab_queue_discard(KabDb *db, const KabQueueFilter *filter, const char *who, gint64 *out,
                  GError **error)
{
    return change(db, filter, who, "discard", "discarded", DISCARD, out, error);
}

gboolean
kab_queue_put_by_hand(KabDb *db, const char *kind, const char *object_id, const char *who,
                      GError **error)
{
    const KabQueueFilter filter = {.kind = kind, .object_id = object_id};
    g_autoptr(KabTransaction) transaction = kab_db_begin(db, error);
    KabJournalEntry told = {.at = kab_time_now(), .peer = who, .what = "put", .outcome = "ok"};
    gint64 id;

    return transaction != NULL && kab_queue_put(db, kind, object_id, error) &&
           kab_journal_add(db, &told, &id, error) &&
           kab_db_run(db, JOURNAL_OBJECTS,
                      KAB_BIND(kab_int(id), kab_text("queued"), BIND_FILTER(&filter)), error) &&
           kab_transaction_commit(transaction, error);
}

JsonArray *
kab_queue_list_causes(KabDb *db, GError **error)
{
    g_autoptr(JsonArray) causes = json_array_new();
    g_autoptr(KabRows) rows = kab_db_query(db, SELECT_CAUSES, KAB_BIND_NONE, error);
    g_autoptr(GError) local = NULL;

    if (rows == NULL)
        return NULL;
    while (kab_rows_next(rows, &local)) {
        JsonObject *object = json_object_new();

        json_object_set_string_member(object, "error", kab_rows_get_text(rows, 0));
        json_object_set_string_member(object, "kind", kab_rows_get_text(rows, 1));
        json_object_set_int_member(object, "count", kab_rows_get_int(rows, 2));
        kab_json_set_time(object, "oldest_at", kab_rows_get_int(rows, 3));
        kab_json_set_time(object, "newest_at", kab_rows_get_int(rows, 4));
        json_object_set_string_member(object, "object", kab_rows_get_text(rows, 5));
        json_array_add_object_element(causes, object);
    }
    return kab_error_pass(error, &local) ? g_steal_pointer(&causes) : NULL;
}

gboolean
kab_queue_pause(KabDb *db, const char *who, GError **error)
{
    g_autoptr(KabTransaction) transaction = kab_db_begin(db, error);
    KabJournalEntry told = {.at = kab_time_now(), .peer = who, .what = "pause", .outcome = "ok"};
    gint64 id;

    if (transaction == NULL ||
        !kab_db_run(db, PAUSE, KAB_BIND(kab_int(told.at), kab_text(who)), error))
        return FALSE;
    return kab_db_get_changes(db) == 0 ||
           (kab_journal_add(db, &told, &id, error) && kab_transaction_commit(transaction, error));
}

gboolean
kab_queue_resume(KabDb *db, const char *who, GError **error)
{
    g_autoptr(KabTransaction) transaction = kab_db_begin(db, error);
    KabJournalEntry told = {.at = kab_time_now(), .peer = who, .what = "resume", .outcome = "ok"};
    gint64 id;

    if (transaction == NULL || !kab_db_run(db, RESUME, KAB_BIND_NONE, error))
        return FALSE;
    return kab_db_get_changes(db) == 0 ||
           (kab_journal_add(db, &told, &id, error) && kab_transaction_commit(transaction, error));
}

gboolean
kab_queue_is_paused(KabDb *db, gboolean *out, GError **error)
{
    gint64 since = 0;
    gboolean done = kab_db_get_int(db, SELECT_PAUSED, KAB_BIND_NONE, NULL, &since, error);

    *out = since != 0;
    return done;
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
        /* What has failed waits for nothing any more. */
        if (of != KAB_QUEUE_FAILED && (state->oldest_at == 0 || oldest_at < state->oldest_at))
            state->oldest_at = oldest_at;
    }
    return kab_error_pass(error, &local);
}

static gboolean
read_last_run(KabDb *db, KabExchangeState *state, GError **error)
{
    g_autoptr(KabRows) rows =
        kab_db_query(db, SELECT_LAST_RUN, KAB_BIND(kab_int(kab_time_now())), error);
    g_autoptr(GError) local = NULL;

    if (rows == NULL)
        return FALSE;
    if (kab_rows_next(rows, &local)) {
        state->last_run_at = kab_rows_get_int(rows, 0);
        state->last_error = kab_rows_dup_text(rows, 1);
    }
    return kab_error_pass(error, &local);
}

static gboolean
read_state(KabDb *db, KabExchangeState *state, GError **error)
{
    g_autoptr(KabRows) rows = kab_db_query(db, SELECT_STATE, KAB_BIND_NONE, error);
    g_autoptr(GError) local = NULL;

    if (rows == NULL)
        return FALSE;
    if (kab_rows_next(rows, &local)) {
        state->paused_at = kab_rows_get_int(rows, 0);
        state->paused_by = kab_rows_dup_text(rows, 1);
        state->failing_since = kab_rows_get_int(rows, 2);
        state->failure = kab_rows_dup_text(rows, 3);
        state->held_until = kab_rows_get_int(rows, 4);
        if (!kab_breaker_counts(state->held_until, kab_time_now()))
            state->held_until = 0;
    }
    return kab_error_pass(error, &local);
}

KabExchangeState *
kab_queue_get_state(KabDb *db, GError **error)
{
    g_autoptr(KabExchangeState) state = g_new0(KabExchangeState, 1);

    if (!read_counts(db, state, error) || !read_last_run(db, state, error) ||
        !read_state(db, state, error))
        return NULL;
    return g_steal_pointer(&state);
}
