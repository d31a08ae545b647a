/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-db.h"
#include "kab-user.h"

G_BEGIN_DECLS

/**
 * kab_users_put:
 * @db: a connection
 * @user: a user
 * @error: return location: %KAB_ERROR_INVALID, %KAB_ERROR_CONFLICT if somebody else has the login
 *   or the e-mail
 *
 * Adds a user, or changes the one with this id. The password stays as it is, and the memberships
 * and the language where they are not told. A user who is not active any more is signed out
 * everywhere, and so is one whose partner changes; sessions for a partner that the user may not act
 * for any more end.
 *
 * Returns: whether it is stored
 */
gboolean kab_users_put(KabDb *db, const KabUser *user, GError **error);

/**
 * kab_users_set_active:
 * @db: a connection
 * @id: a user
 * @active: whether the user may sign in
 * @error: return location
 *
 * By an administrator of this service: what the other end says of it does not count until this is
 * taken back.
 *
 * Returns: whether it is stored
 */
gboolean kab_users_set_active(KabDb *db, KabUserId id, gboolean active, GError **error);

/** kab_users_deactivate: deactivates a user, whatever else is known of it, until somebody activates
 * it. */
gboolean kab_users_deactivate(KabDb *db, KabUserId id, GError **error);

/**
 * kab_users_find:
 * @db: a connection
 * @name: a login, an e-mail or a telephone, in any case
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the user; %NULL without @error set if there is none
 */
KabUser *kab_users_find(KabDb *db, const char *name, GError **error);

/**
 * kab_users_load:
 * @db: a connection
 * @name: a login, an e-mail or a telephone, in any case
 * @error: return location: %KAB_ERROR_NOT_FOUND
 *
 * Returns: (transfer full) (nullable): the user
 */
KabUser *kab_users_load(KabDb *db, const char *name, GError **error);

/** kab_users_find_id: (transfer full) (nullable): as kab_users_find(), by the user's id. */
KabUser *kab_users_find_id(KabDb *db, KabUserId id, GError **error);

/** kab_users_load_memberships: reads the other partners that @user may act for. */
gboolean kab_users_load_memberships(KabDb *db, KabUser *user, GError **error);

/**
 * kab_users_delete:
 * @db: a connection
 * @id: a user
 * @error: return location
 *
 * Removes a user with all sessions and keys; removing one who is not there is no error.
 *
 * Returns: whether it is gone
 */
gboolean kab_users_delete(KabDb *db, KabUserId id, GError **error);

/**
 * KabUserQuery:
 * @text: (nullable): words, all of which are in login, name, e-mail, telephone or partner
 * @role: (nullable): only those with this role, by its nick
 * @active: (nullable): only "true" or "false"
 *
 * Which users are listed.
 */
typedef struct {
    const char *text;
    const char *role;
    const char *active;
} KabUserQuery;

/**
 * kab_users_list:
 * @db: a connection
 * @query: (nullable): which users; %NULL: all
 * @after: (nullable): what @next was on the page before
 * @limit: how many at most
 * @next: (out) (transfer full) (nullable): where the next page begins; %NULL: this was the last
 * @error: return location: %KAB_ERROR_INVALID for @query
 *
 * Returns: (transfer full) (nullable) (element-type KabUser): users, by login
 */
GPtrArray *kab_users_list(KabDb *db, const KabUserQuery *query, const char *after, guint limit,
                          char **next, GError **error);

/** kab_users_set_language: sets the language of letters to a user: "ru" or "en". */
gboolean kab_users_set_language(KabDb *db, KabUserId id, const char *language, GError **error);

/**
 * kab_users_set_password:
 * @db: a connection outside a transaction
 * @id: a user
 * @password: the new password
 * @error: return location: %KAB_ERROR_INVALID, also for a password that is too common;
 *   %KAB_ERROR_NOT_FOUND
 *
 * Ends all sessions and codes of the user.
 *
 * Returns: whether it is stored
 */
gboolean kab_users_set_password(KabDb *db, KabUserId id, const char *password, GError **error);

/**
 * kab_users_set_password_hash:
 * @db: a connection
 * @id: a user
 * @hash: (nullable): what kab_password_hash() gave; %NULL takes the password away
 * @error: return location
 *
 * As kab_users_set_password(), inside a transaction of the caller's, who has made the hash before:
 * that takes long.
 *
 * Returns: whether it is stored
 */
gboolean kab_users_set_password_hash(KabDb *db, KabUserId id, const char *hash, GError **error);

/**
 * kab_users_check_password:
 * @db: a connection outside a transaction
 * @name: a login, an e-mail or a telephone
 * @password: what somebody typed
 * @error: return location: %KAB_ERROR_UNAUTHORIZED, always in the same words
 *
 * Takes as long for a login that is not there as for a wrong password.
 *
 * Returns: (transfer full) (nullable): the active user whose password it is
 */
KabUser *kab_users_check_password(KabDb *db, const char *name, const char *password,
                                  GError **error);

/**
 * kab_users_verify_password:
 * @db: a connection outside a transaction
 * @name: as of kab_users_check_password()
 * @password: as of kab_users_check_password()
 * @verified: (out) (transfer full): what was right, for kab_users_is_current()
 * @error: return location: as of kab_users_check_password()
 *
 * Returns: (transfer full) (nullable): as of kab_users_check_password()
 */
KabUser *kab_users_verify_password(KabDb *db, const char *name, const char *password,
                                   char **verified, GError **error);

/**
 * kab_users_is_current:
 * @db: a connection inside the transaction that relies on it
 * @id: a user
 * @verified: what kab_users_verify_password() gave
 * @error: return location: %KAB_ERROR_UNAUTHORIZED if it is not so any more
 *
 * Verifying a password takes long: meanwhile it may have been changed, or its user deactivated.
 *
 * Returns: whether the user is active and the password is still the same
 */
gboolean kab_users_is_current(KabDb *db, KabUserId id, const char *verified, GError **error);

G_END_DECLS
