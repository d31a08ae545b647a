/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-run-log.h"

#include <glib/gi18n-lib.h>

#define RUN_COLUMNS                                                                      \
    "id, cause, started_at, coalesce(ended_at, 0), done, total, sent, rejected, failed," \
    " received, error"
#define SELECT_RUN "SELECT " RUN_COLUMNS " FROM run WHERE id = $1"
#define SELECT_OPEN \
    "SELECT " RUN_COLUMNS " FROM run WHERE ended_at IS NULL ORDER BY started_at DESC LIMIT 1"
/* The run may have begun meanwhile. */
#define INSERT_REQUEST                                                   \
    "INSERT INTO run (id, cause, started_at) VALUES ($1, 'by hand', $2)" \
    " ON CONFLICT (id) DO NOTHING"
#define ASK_TO_STOP "UPDATE run SET cancelled_by = $1 WHERE ended_at IS NULL"
#define SELECT_STOPPER "SELECT cancelled_by FROM run WHERE id = $1"
#define CLOSE_KILLED "UPDATE run SET ended_at = $1, error = $2 WHERE ended_at IS NULL AND id <> $3"
#define UPSERT_RUN                                                                              \
    "INSERT INTO run (id, cause, started_at, total) VALUES ($1, $2, $3, $4)"                    \
    " ON CONFLICT (id) DO UPDATE SET cause = excluded.cause, started_at = excluded.started_at," \
    " total = excluded.total, ended_at = NULL, error = NULL"
#define UPDATE_PROGRESS                                                                          \
    "UPDATE run SET done = $1, total = $2, sent = $3, rejected = $4, failed = $5, received = $6" \
    " WHERE id = $7"
#define UPDATE_END                                                                   \
    "UPDATE run SET ended_at = $1, done = $2, total = $3, sent = $4, rejected = $5," \
    " failed = $6, received = $7, error = $8 WHERE id = $9"
#define DELETE_OLD "DELETE FROM run WHERE started_at < $1"

/* The run of the only row, which @taken gives; NULL without @error set if there is none. */
static KabRunResult *
read_run(KabRows *taken, GError **error)
{
    g_autoptr(KabRows) rows = taken;
    g_autoptr(KabRunResult) run = NULL;
    g_autoptr(GError) local = NULL;

    if (rows == NULL)
        return NULL;
    if (!kab_rows_next(rows, &local)) {
        kab_error_pass(error, &local);
        return NULL;
    }
    run = g_new0(KabRunResult, 1);
    run->id = kab_rows_dup_text(rows, 0);
    run->cause = kab_rows_dup_text(rows, 1);
    run->started_at = kab_rows_get_int(rows, 2);
    run->ended_at = kab_rows_get_int(rows, 3);
    run->done = kab_rows_get_int(rows, 4);
    run->total = kab_rows_get_int(rows, 5);
    run->sent = kab_rows_get_int(rows, 6);
    run->rejected = kab_rows_get_int(rows, 7);
    run->failed = kab_rows_get_int(rows, 8);
    run->received = kab_rows_get_int(rows, 9);
    run->error = kab_rows_dup_text(rows, 10);
    return g_steal_pointer(&run);
}

KabRunResult *
kab_run_load(KabDb *db, const char *id, GError **error)
{
    g_autoptr(GError) local = NULL;
    KabRunResult *run =
        read_run(kab_db_query(db, SELECT_RUN, KAB_BIND(kab_text(id)), &local), &local);

    if (run == NULL && local == NULL)
        local = g_error_new_literal(KAB_ERROR, KAB_ERROR_NOT_FOUND, _("There is no such run"));
    kab_error_pass(error, &local);
    return run;
}

KabRunResult *
kab_run_find_open(KabDb *db, GError **error)
{
    return read_run(kab_db_query(db, SELECT_OPEN, KAB_BIND_NONE, error), error);
}

gboolean
kab_run_request(KabDb *db, const char *id, GError **error)
{
    return kab_db_run(db, INSERT_REQUEST, KAB_BIND(kab_text(id), kab_int(kab_time_now())), error);
}

gboolean
kab_run_ask_to_stop(KabDb *db, const char *who, GError **error)
{
    return kab_db_run(db, ASK_TO_STOP, KAB_BIND(kab_text(who)), error);
}

gboolean
kab_run_get_stopper(KabDb *db, const char *id, char **who, GError **error)
{
    return kab_db_get_text(db, SELECT_STOPPER, KAB_BIND(kab_text(id)), who, error);
}

gboolean
kab_run_note_begin(KabDb *db, const KabRunResult *run, GError **error)
{
    return kab_db_run(db, CLOSE_KILLED,
                      KAB_BIND(kab_int(run->started_at), kab_text(_("The run was interrupted")),
                               kab_text(run->id)),
                      error) &&
           kab_db_run(db, UPSERT_RUN,
                      KAB_BIND(kab_text(run->id), kab_text(run->cause), kab_int(run->started_at),
                               kab_int(run->total)),
                      error);
}

gboolean
kab_run_note_progress(KabDb *db, const KabRunResult *run, GError **error)
{
    return kab_db_run(db, UPDATE_PROGRESS,
                      KAB_BIND(kab_int(run->done), kab_int(MAX(run->done, run->total)),
                               kab_int(run->sent), kab_int(run->rejected), kab_int(run->failed),
                               kab_int(run->received), kab_text(run->id)),
                      error);
}

gboolean
kab_run_note_end(KabDb *db, KabRunResult *run, GError **error)
{
    run->ended_at = kab_time_now();
    run->total = MAX(run->done, run->total);
    return kab_db_run(db, UPDATE_END,
                      KAB_BIND(kab_int(run->ended_at), kab_int(run->done), kab_int(run->total),
                               kab_int(run->sent), kab_int(run->rejected), kab_int(run->failed),
                               kab_int(run->received), kab_text(run->error), kab_text(run->id)),
                      error);
}

gboolean
kab_run_forget(KabDb *db, KabTime before, GError **error)
{
    return kab_db_run(db, DELETE_OLD, KAB_BIND(kab_int(before)), error);
}
