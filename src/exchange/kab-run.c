/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-batch.h"
#include "kab-error.h"
#include "kab-id.h"
#include "kab-journal.h"
#include "kab-link.h"
#include "kab-queue.h"
#include "kab-run.h"

#include <glib/gi18n-lib.h>

#define BATCH 500
#define DAY_MS G_GINT64_CONSTANT(86400000)

#define INSERT_RUN "INSERT INTO run (id, cause, started_at) VALUES ($1, $2, $3)"
#define UPDATE_RUN                                                                        \
    "UPDATE run SET ended_at = $1, sent = $2, rejected = $3, failed = $4, received = $5," \
    " error = $6 WHERE id = $7"
/* How often in a row runs ended early, up to now. */
#define SELECT_FAILURES                                                                   \
    "SELECT count(*), max(ended_at) FROM run WHERE ended_at IS NOT NULL AND started_at >" \
    " coalesce((SELECT max(started_at) FROM run WHERE ended_at IS NOT NULL AND error IS NULL), 0)"
#define HOLD_FIRST_MS G_GINT64_CONSTANT(1000)
#define HOLD_MAX_MS G_GINT64_CONSTANT(300000)
#define DELETE_OLD_RUNS "DELETE FROM run WHERE started_at < $1"

/* Entries are sent in the order of the queue; those that come during the run are taken along. */
static gboolean
send_all(KabBatch *batch, KabRunProgress progress, gpointer data, GError **error)
{
    gint64 total;
    gint64 through = 0;

    if (!kab_queue_count_due(batch->db, kab_time_now(), &total, error))
        return FALSE;
    while (batch->result->error == NULL) {
        g_autoptr(GPtrArray) entries = NULL;

        if (g_cancellable_is_cancelled(batch->cancellable)) {
            batch->result->error = g_strdup(_("The run was cancelled"));
            break;
        }
        entries = kab_queue_claim(batch->db, kab_time_now(), BATCH, error);
        if (entries == NULL || !kab_batch_send(batch, entries, error))
            return FALSE;
        if (entries->len == 0)
            break;
        through += entries->len;
        if (progress != NULL)
            progress(through, MAX(total, through), data);
    }
    return TRUE;
}

static gboolean
forget_old(KabEnd *end, KabDb *db, KabTime now, GError **error)
{
    gint64 days;

    if (!kab_settings_get_number(kab_end_get_settings(end), db, "journal.days", &days, error))
        return FALSE;
    return kab_journal_forget(db, now - days * DAY_MS, error) &&
           kab_db_run(db, DELETE_OLD_RUNS, KAB_BIND(kab_int(now - days * DAY_MS)), error);
}

static gboolean
begin_run(KabEnd *end, KabDb *db, const char *run_id, const char *cause, GError **error)
{
    KabTime now = kab_time_now();

    return kab_queue_release(db, error) && forget_old(end, db, now, error) &&
           kab_db_run(db, INSERT_RUN, KAB_BIND(kab_text(run_id), kab_text(cause), kab_int(now)),
                      error);
}

static gboolean
end_run(KabDb *db, const char *run_id, const KabRunResult *result, GError **error)
{
    return kab_db_run(db, UPDATE_RUN,
                      KAB_BIND(kab_int(kab_time_now()), kab_int(result->sent),
                               kab_int(result->rejected), kab_int(result->failed),
                               kab_int(result->received), kab_text(result->error),
                               kab_text(run_id)),
                      error);
}

static KabRunResult *
run_locked(KabEnd *end, KabDb *db, const char *cause, GCancellable *cancellable,
           KabRunProgress progress, gpointer data, GError **error)
{
    g_autoptr(KabRunResult) result = g_new0(KabRunResult, 1);
    g_autoptr(KabLink) link = NULL;
    char run_id[KAB_ID_SIZE];
    KabBatch batch = {.end = end, .db = db, .run_id = run_id, .result = result};

    kab_id_fill_random(run_id);
    link = kab_link_open(end, db, error);
    if (link == NULL)
        return NULL;
    batch.link = link;
    batch.cancellable = cancellable;
    if (!kab_settings_get_number(kab_end_get_settings(end), db, "exchange.attempts",
                                 &batch.attempts, error) ||
        !begin_run(end, db, run_id, cause, error) || !send_all(&batch, progress, data, error) ||
        !end_run(db, run_id, result, error))
        return NULL;
    return g_steal_pointer(&result);
}

KabRunResult *
kab_run(KabEnd *end, const char *cause, GCancellable *cancellable, KabRunProgress progress,
        gpointer data, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(end, error);
    KabRunResult *result;
    int lock;

    if (db.db == NULL)
        return NULL;
    lock = kab_end_lock_run(end, error);
    if (lock < 0)
        return NULL;
    result = run_locked(end, db.db, cause, cancellable, progress, data, error);
    kab_end_unlock_run(end, lock);
    return result;
}

gboolean
kab_run_is_held(KabDb *db, KabTime now, gboolean *out, GError **error)
{
    g_autoptr(KabRows) rows = kab_db_query(db, SELECT_FAILURES, KAB_BIND_NONE, error);
    g_autoptr(GError) local = NULL;
    gint64 failures = 0;
    KabTime last = 0;

    *out = FALSE;
    if (rows == NULL)
        return FALSE;
    if (kab_rows_next(rows, &local)) {
        failures = kab_rows_get_int(rows, 0);
        last = kab_rows_get_int(rows, 1);
    }
    if (failures > 0) {
        gint64 hold = MIN(HOLD_FIRST_MS << MIN(failures - 1, 20), HOLD_MAX_MS);

        /* A last run in the future is a clock that was set back: it holds nothing. */
        *out = last <= now && now - last < hold;
    }
    return kab_error_pass(error, &local);
}
