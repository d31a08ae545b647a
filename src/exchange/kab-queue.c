/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-kind.h"
#include "kab-queue.h"

/* A version is the greater of "one more" and the clock: it never goes back, not even in a database
 * that was restored from an old copy. */
#define NEXT_VERSION                                                                               \
    "UPDATE exchange_version SET value = max(value + 1, $1) WHERE one = 1 RETURNING value"

/* What a run has claimed stays claimed; it will see that the version is a newer one. */
#define PUT                                                                                        \
    "INSERT INTO queue (kind, rank, object_id, version, state, created_at, next_attempt_at)"       \
    " VALUES ($1, $2, $3, $4, 'waiting', $5, $5)"                                                  \
    " ON CONFLICT (kind, object_id) DO UPDATE SET version = excluded.version, error = NULL,"       \
    " attempts = 0, next_attempt_at = excluded.next_attempt_at,"                                   \
    " state = CASE queue.state WHEN 'processing' THEN 'processing' ELSE 'waiting' END"

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
