/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-bearer.h"
#include "kab-error.h"
#include "kab-seal.h"
#include "kab-sessions.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_SESSIONS 50
#define DAY_MS G_GINT64_CONSTANT(86400000)
#define IDLE_MS (7 * DAY_MS)
#define LIFETIME_MS (90 * DAY_MS)
/* The last use is written down at most this often: a write a request would be too many. */
#define TOUCH_MS G_GINT64_CONSTANT(60000)

#define INSERT_SESSION                                                                    \
    "INSERT INTO session (token_hash, user_id, created_at, used_at, id, address, client," \
    " partner_id) VALUES ($1, $2, $3, $3, $4, $5, $6, $7)"
#define DELETE_SESSION "DELETE FROM session WHERE token_hash = $1"
#define DELETE_OLD_SESSIONS "DELETE FROM session WHERE used_at < $1 OR created_at < $2"
/* A person has some desktops; whoever signs in without end ends the oldest. */
#define DELETE_SURPLUS                                                                \
    "DELETE FROM session WHERE user_id = $1 AND token_hash NOT IN (SELECT token_hash" \
    " FROM session WHERE user_id = $1 ORDER BY used_at DESC, created_at DESC LIMIT $2)"
#define TOUCH_SESSION "UPDATE session SET used_at = $1 WHERE token_hash = $2"
/* A session for another partner is over when its user may not act for that partner any more. */
#define SELECT_SESSION                                                                      \
    "SELECT u.id, coalesce(s.partner_id, u.partner_id), u.login, u.name, u.email, u.phone," \
    " coalesce(m.role, u.role), s.used_at,"                                                 \
    " CASE WHEN s.partner_id IS NULL THEN u.partner_name ELSE m.partner_name END,"          \
    " u.language, u.password_hash IS NOT NULL"                                              \
    " FROM session s JOIN user u ON u.id = s.user_id"                                       \
    " LEFT JOIN membership m ON m.user_id = s.user_id AND m.partner_id = s.partner_id"      \
    " WHERE s.token_hash = $1 AND s.used_at >= $2 AND s.created_at >= $3 AND u.active = 1"  \
    " AND (s.partner_id IS NULL OR m.partner_id IS NOT NULL)"
#define SELECT_SESSIONS                                                             \
    "SELECT id, created_at, used_at, address, client, token_hash = $1 FROM session" \
    " WHERE user_id = $2 AND used_at >= $3 AND created_at >= $4 ORDER BY used_at DESC, id"
#define DELETE_ONE "DELETE FROM session WHERE user_id = $1 AND id = $2"
#define DELETE_ALL "DELETE FROM session WHERE user_id = $1"
/* The own partner is told by NULL, so that it may be another one later. */
#define SWITCH_PARTNER                                                                    \
    "UPDATE session SET partner_id = (SELECT m.partner_id FROM membership m"              \
    " WHERE m.user_id = $1 AND m.partner_id = $2) WHERE token_hash = $3 AND user_id = $1" \
    " AND ($2 = (SELECT partner_id FROM user WHERE id = $1)"                              \
    " OR EXISTS (SELECT 1 FROM membership m WHERE m.user_id = $1 AND m.partner_id = $2))"

char *
kab_sessions_begin(KabDb *db, KabUserId id, const KabSessionOrigin *origin, GError **error)
{
    static const KabSessionOrigin nowhere = {0};
    const KabSessionOrigin *from = origin != NULL ? origin : &nowhere;
    g_autofree char *token = kab_random_token();
    g_autofree char *hash = kab_hash_token(token);
    g_autofree char *name = g_uuid_string_random();
    KabTime now = kab_time_now();

    if (!kab_db_run(db, DELETE_OLD_SESSIONS,
                    KAB_BIND(kab_int(now - IDLE_MS), kab_int(now - LIFETIME_MS)), error) ||
        !kab_db_run(db, INSERT_SESSION,
                    KAB_BIND(kab_text(hash), kab_text(id.text), kab_int(now), kab_text(name),
                             kab_text(from->address), kab_text(from->client),
                             kab_text(from->partner_id)),
                    error) ||
        !kab_db_run(db, DELETE_SURPLUS, KAB_BIND(kab_text(id.text), kab_int(MAX_SESSIONS)), error))
        return NULL;
    return g_steal_pointer(&token);
}

KabUser *
kab_sessions_check(KabDb *db, const char *token, KabTime now, GError **error)
{
    g_autofree char *hash = kab_hash_token(token);
    g_autoptr(KabUser) user = NULL;
    g_autoptr(KabRows) rows = kab_db_query(
        db, SELECT_SESSION,
        KAB_BIND(kab_text(hash), kab_int(now - IDLE_MS), kab_int(now - LIFETIME_MS)), error);
    KabTime used_at = 0;

    user = kab_bearer_read(rows, &used_at, error);
    g_clear_pointer(&rows, kab_rows_free);
    if (user != NULL && now - used_at > TOUCH_MS &&
        !kab_db_run(db, TOUCH_SESSION, KAB_BIND(kab_int(now), kab_text(hash)), error))
        return NULL;
    return g_steal_pointer(&user);
}

gboolean
kab_sessions_end(KabDb *db, const char *token, GError **error)
{
    g_autofree char *hash = kab_hash_token(token);

    return kab_db_run(db, DELETE_SESSION, KAB_BIND(kab_text(hash)), error);
}

void
kab_session_free(KabSession *session)
{
    if (session == NULL)
        return;
    g_free(session->id);
    g_free(session->address);
    g_free(session->client);
    g_free(session);
}

GPtrArray *
kab_sessions_list(KabDb *db, KabUserId id, const char *token, KabTime now, GError **error)
{
    g_autofree char *hash = token != NULL ? kab_hash_token(token) : g_strdup("");
    g_autoptr(GPtrArray) sessions =
        g_ptr_array_new_with_free_func((GDestroyNotify)kab_session_free);
    g_autoptr(KabRows) rows =
        kab_db_query(db, SELECT_SESSIONS,
                     KAB_BIND(kab_text(hash), kab_text(id.text), kab_int(now - IDLE_MS),
                              kab_int(now - LIFETIME_MS)),
                     error);
    g_autoptr(GError) local = NULL;

    if (rows == NULL)
        return NULL;
    while (kab_rows_next(rows, &local)) {
        KabSession *session = g_new0(KabSession, 1);

        session->id = kab_rows_dup_text(rows, 0);
        session->created_at = kab_rows_get_int(rows, 1);
        session->used_at = kab_rows_get_int(rows, 2);
        session->address = kab_rows_dup_text(rows, 3);
        session->client = kab_rows_dup_text(rows, 4);
        session->current = kab_rows_get_int(rows, 5) != 0;
        g_ptr_array_add(sessions, session);
    }
    return kab_error_pass(error, &local) ? g_steal_pointer(&sessions) : NULL;
}

static gboolean
find_none(GError **error, const char *message)
{
    g_set_error_literal(error, KAB_ERROR, KAB_ERROR_NOT_FOUND, message);
    return FALSE;
}

gboolean
kab_sessions_end_id(KabDb *db, KabUserId id, const char *session_id, GError **error)
{
    if (session_id == NULL)
        return kab_db_run(db, DELETE_ALL, KAB_BIND(kab_text(id.text)), error);
    return kab_db_run(db, DELETE_ONE, KAB_BIND(kab_text(id.text), kab_text(session_id)), error) &&
           (kab_db_get_changes(db) > 0 || find_none(error, _("There is no such session")));
}

gboolean
kab_sessions_switch(KabDb *db, const char *token, const KabUser *user, const char *partner_id,
                    GError **error)
{
    g_autofree char *hash = kab_hash_token(token);

    return kab_db_run(db, SWITCH_PARTNER,
                      KAB_BIND(kab_text(user->id.text), kab_text(partner_id), kab_text(hash)),
                      error) &&
           (kab_db_get_changes(db) > 0 ||
            find_none(error, _("There is no such partner that you may act for")));
}
