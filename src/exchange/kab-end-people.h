/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-audit.h"
#include "kab-codes.h"
#include "kab-end.h"
#include "kab-sign-in.h"

G_BEGIN_DECLS

/* What is done to users, alike at both ends and for commands, desktops and the exchange: each with
 * its entry in the audit log and what the end does about it (see #KabUserChangedFunc), in one
 * transaction. */

/**
 * kab_end_people_put:
 * @end: an end
 * @db: a connection
 * @actor: who does it
 * @user: a user
 * @error: return location: as kab_users_put()
 *
 * Returns: whether it is stored
 */
gboolean kab_end_people_put(KabEnd *end, KabDb *db, const KabActor *actor, const KabUser *user,
                            GError **error);

/**
 * kab_end_people_add:
 * @end: an end
 * @db: a connection
 * @actor: who does it
 * @user: a new user of the company's own; its id is made here
 * @error: return location: as kab_users_put(); %KAB_ERROR_INVALID for people of partners, whom the
 *   base publishes
 *
 * Returns: whether it is stored
 */
gboolean kab_end_people_add(KabEnd *end, KabDb *db, const KabActor *actor, KabUser *user,
                            GError **error);

/**
 * kab_end_people_create_key:
 * @end: an end
 * @db: a connection
 * @actor: who does it
 * @user: whom a program shall act for
 * @client_id: (out) (transfer full): as of kab_keys_create()
 * @client_secret: (out) (transfer full): as of kab_keys_create()
 * @error: return location: %KAB_ERROR_DENIED if the user may not use HTTP services
 *
 * Returns: whether it is stored
 */
gboolean kab_end_people_create_key(KabEnd *end, KabDb *db, const KabActor *actor,
                                   const KabUser *user, char **client_id, char **client_secret,
                                   GError **error);

/** kab_end_people_revoke_key: kab_keys_revoke() with its entry in the audit log. */
gboolean kab_end_people_revoke_key(KabEnd *end, KabDb *db, const KabActor *actor,
                                   const char *client_id, GError **error);

/**
 * kab_end_people_set_active:
 * @end: an end
 * @db: a connection
 * @actor: who does it
 * @user: a user
 * @active: whether the user may sign in
 * @here: whether it is decided at this end: then it stays so, whatever the other end says; the
 * other end can only deactivate by this
 * @error: return location
 *
 * Whatever else is known of the user, and however wrong that is.
 *
 * Returns: whether it is stored
 */
gboolean kab_end_people_set_active(KabEnd *end, KabDb *db, const KabActor *actor,
                                   const KabUser *user, gboolean active, gboolean here,
                                   GError **error);

/** kab_end_people_delete: deletes @user; as kab_users_delete(). */
gboolean kab_end_people_delete(KabEnd *end, KabDb *db, const KabActor *actor, const KabUser *user,
                               GError **error);

/**
 * kab_end_people_set_password:
 * @end: an end
 * @db: a connection outside a transaction
 * @actor: who does it
 * @user: whose password
 * @password: (nullable): the new password; %NULL takes it away: the user has to be invited anew
 * @error: return location: %KAB_ERROR_INVALID
 *
 * Ends all sessions of the user.
 *
 * Returns: whether it is stored
 */
gboolean kab_end_people_set_password(KabEnd *end, KabDb *db, const KabActor *actor,
                                     const KabUser *user, const char *password, GError **error);

/**
 * kab_end_people_change_password:
 * @end: an end
 * @db: a connection outside a transaction
 * @user: who changes the own password
 * @before: the password so far
 * @password: the new one
 * @origin: where from; the new session is for the partner that @user acts for
 * @wait: (out): as of kab_sign_in_check()
 * @error: return location: as kab_sign_in_check(), %KAB_ERROR_INVALID
 *
 * Ends all sessions of the user and begins one.
 *
 * Returns: (transfer full) (nullable): the new session's token
 */
char *kab_end_people_change_password(KabEnd *end, KabDb *db, const KabUser *user,
                                     const char *before, const char *password,
                                     const KabSessionOrigin *origin, guint *wait, GError **error);

/**
 * kab_end_people_use_code:
 * @end: an end
 * @db: a connection outside a transaction
 * @code: a code, as somebody typed it
 * @password: the new password
 * @origin: where from
 * @token: (out) (transfer full): the new session's token
 * @error: return location: as kab_codes_use(); %KAB_ERROR_INVALID for the password, and then the
 *   code is not used up
 *
 * Returns: (transfer full) (nullable): who has a password now and is signed in
 */
KabUser *kab_end_people_use_code(KabEnd *end, KabDb *db, const char *code, const char *password,
                                 const KabSessionOrigin *origin, char **token, GError **error);

/**
 * kab_end_people_end_sessions:
 * @end: an end
 * @db: a connection outside a transaction
 * @actor: who does it
 * @user: whose sessions
 * @session_id: (nullable): one of them; %NULL: all
 * @error: return location: %KAB_ERROR_NOT_FOUND
 *
 * Returns: whether they have ended
 */
gboolean kab_end_people_end_sessions(KabEnd *end, KabDb *db, const KabActor *actor,
                                     const KabUser *user, const char *session_id, GError **error);

/** kab_end_audit: kab_audit_add() with the end's seal, as a part of the transaction or by itself.
 */
gboolean kab_end_audit(KabEnd *end, KabDb *db, const KabActor *actor, const char *action,
                       const char *object, const char *detail, GError **error);

/** kab_end_session_to_json: (transfer full): a #KabSession for desktops and scripts. */
JsonNode *kab_end_session_to_json(gconstpointer session);

/** kab_end_key_to_json: (transfer full): a #KabKey for desktops and scripts. */
JsonNode *kab_end_key_to_json(gconstpointer key);

/** kab_end_audit_to_json: (transfer full): a #KabAuditEntry for desktops and scripts. */
JsonNode *kab_end_audit_to_json(gconstpointer entry);

G_END_DECLS
