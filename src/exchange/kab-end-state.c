/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-alarms.h"
#include "kab-end-state.h"
#include "kab-error.h"
#include "kab-link.h"
#include "kab-queue-admin.h"
#include "kab-run-log.h"

#define MINUTE_MS 60000
/* What was rejected, or takes no part, waits for a person, not for the other end. */
#define SELECT_THROUGH                                                   \
    "SELECT through_at, (SELECT coalesce(min(created_at), 0) FROM queue" \
    " WHERE state <> 'failed' AND off = 0) FROM exchange_state"

/* Somebody who has not connected the ends yet has something else to do first. */
static gboolean
read_standstill(KabEnd *end, KabDb *db, KabExchangeState *state, GError **error)
{
    g_autoptr(KabRows) rows = kab_db_query(db, SELECT_THROUGH, KAB_BIND_NONE, error);
    g_autoptr(GError) local = NULL;
    KabTime through = 0;
    KabTime oldest = 0;
    gint64 minutes;

    if (rows == NULL)
        return FALSE;
    if (kab_rows_next(rows, &local)) {
        through = kab_rows_get_int(rows, 0);
        oldest = kab_rows_get_int(rows, 1);
    }
    if (!kab_error_pass(error, &local) ||
        !kab_settings_get_number(kab_end_get_settings(end), db, "exchange.alarm", &minutes, error))
        return FALSE;
    if (minutes > 0 && oldest != 0 && (state->connected || through != 0) &&
        kab_time_now() - MAX(through, oldest) >= minutes * MINUTE_MS)
        state->still_since = MAX(through, oldest);
    return TRUE;
}

KabExchangeState *
kab_end_load_state(KabEnd *end, KabDb *db, GError **error)
{
    g_autoptr(KabExchangeState) state = kab_queue_get_state(db, error);
    g_autoptr(KabLink) link = NULL;
    g_autoptr(GError) local = NULL;

    if (state == NULL)
        return NULL;
    state->alarms = kab_alarms_list(end, db, error);
    if (state->alarms == NULL)
        return NULL;
    link = kab_link_open(end, db, NULL);
    state->connected = link != NULL;
    state->version = g_strdup(PACKAGE_VERSION);
    state->running = kab_end_is_running(end) || kab_end_has_request(end);
    state->next_run_at = kab_end_get_next_run(end);
    if (state->running)
        state->run = kab_run_find_open(db, &local);
    if (!kab_error_pass(error, &local) || !read_standstill(end, db, state, error))
        return NULL;
    return g_steal_pointer(&state);
}
