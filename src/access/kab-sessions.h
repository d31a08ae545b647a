/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-db.h"
#include "kab-time.h"
#include "kab-user.h"

G_BEGIN_DECLS

/**
 * KabSessionOrigin:
 * @address: (nullable): where from
 * @client: (nullable): with what, as the desktop calls itself
 * @partner_id: (nullable): for which partner; %NULL is the user's own
 */
typedef struct {
    const char *address;
    const char *client;
    const char *partner_id;
} KabSessionOrigin;

/**
 * kab_sessions_begin:
 * @db: a connection
 * @id: who signed in
 * @origin: (nullable): where from
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the session's token, of which only a hash is kept here
 */
char *kab_sessions_begin(KabDb *db, KabUserId id, const KabSessionOrigin *origin, GError **error);

/**
 * kab_sessions_check:
 * @db: a connection outside a transaction
 * @token: a session's token
 * @now: the present moment
 * @error: return location: %KAB_ERROR_UNAUTHORIZED
 *
 * A session ends a week after its last use and a quarter of a year after its beginning.
 *
 * Returns: (transfer full) (nullable): whose session it is
 */
KabUser *kab_sessions_check(KabDb *db, const char *token, KabTime now, GError **error);

/** kab_sessions_end: ends a session; one that is not there is no error. */
gboolean kab_sessions_end(KabDb *db, const char *token, GError **error);

/**
 * KabSession:
 * @id: (owned): what the session is named by; not its token
 * @created_at: when it began
 * @used_at: when it was used last, to a minute
 * @address: (owned) (nullable): where from
 * @client: (owned) (nullable): with what
 * @current: whether it is the session that asks
 */
typedef struct {
    char *id;
    KabTime created_at;
    KabTime used_at;
    char *address;
    char *client;
    gboolean current;
} KabSession;

void kab_session_free(KabSession *session);

/**
 * kab_sessions_list:
 * @db: a connection
 * @id: a user
 * @token: (nullable): the token of the session that asks
 * @now: the present moment
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type KabSession): the sessions that have not ended,
 *   used last first
 */
GPtrArray *kab_sessions_list(KabDb *db, KabUserId id, const char *token, KabTime now,
                             GError **error);

/**
 * kab_sessions_end_id:
 * @db: a connection
 * @id: a user
 * @session_id: (nullable): one of the user's sessions; %NULL: all of them
 * @error: return location: %KAB_ERROR_NOT_FOUND
 *
 * Returns: whether it has ended
 */
gboolean kab_sessions_end_id(KabDb *db, KabUserId id, const char *session_id, GError **error);

/**
 * kab_sessions_switch:
 * @db: a connection outside a transaction
 * @token: a session's token
 * @user: whose it is
 * @partner_id: the user's own partner, or one of the memberships
 * @error: return location: %KAB_ERROR_NOT_FOUND for every other partner
 *
 * From now on the session acts for that partner.
 *
 * Returns: whether it does
 */
gboolean kab_sessions_switch(KabDb *db, const char *token, const KabUser *user,
                             const char *partner_id, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabSession, kab_session_free)

G_END_DECLS
