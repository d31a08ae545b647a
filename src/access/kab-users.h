/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-db.h"
#include "kab-user.h"

G_BEGIN_DECLS

/**
 * kab_users_put:
 * @db: a connection
 * @user: a user
 * @error: return location: %KAB_ERROR_INVALID, %KAB_ERROR_CONFLICT if somebody else has the login,
 *   the e-mail or the telephone
 *
 * Adds a user, or changes the one with this id. The password stays as it is. A user who is not
 * active any more is signed out everywhere.
 *
 * Returns: whether it is stored
 */
gboolean kab_users_put(KabDb *db, const KabUser *user, GError **error);

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

/** kab_users_list: (transfer full) (nullable) (element-type KabUser): all users, by login. */
GPtrArray *kab_users_list(KabDb *db, GError **error);

/**
 * kab_users_set_password:
 * @db: a connection outside a transaction
 * @id: a user
 * @password: the new password
 * @error: return location: %KAB_ERROR_INVALID
 *
 * Ends all sessions of the user.
 *
 * Returns: whether it is stored
 */
gboolean kab_users_set_password(KabDb *db, KabUserId id, const char *password, GError **error);

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

G_END_DECLS
