/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-access.h"
#include "kab-sessions.h"

G_BEGIN_DECLS

/**
 * kab_sign_in_check:
 * @access: the service's access
 * @db: a connection outside a transaction
 * @name: a login, an e-mail or a telephone
 * @password: what somebody typed
 * @address: where from
 * @verified: (out) (transfer full) (nullable): what was right, for kab_users_is_current()
 * @wait: (out): seconds to wait after %KAB_ERROR_BUSY, otherwise 0
 * @error: return location: %KAB_ERROR_UNAUTHORIZED, always in the same words; %KAB_ERROR_BUSY to
 *   whoever has to wait before the next try
 *
 * Whoever fails has to wait longer and longer, by account and by address. What strangers try
 * elsewhere does not slow down somebody who has signed in from @address before. Refusals are
 * written into the audit log.
 *
 * Returns: (transfer full) (nullable): the active user whose password it is
 */
KabUser *kab_sign_in_check(KabAccess *access, KabDb *db, const char *name, const char *password,
                           const char *address, char **verified, guint *wait, GError **error);

/**
 * kab_sign_in:
 * @access: the service's access
 * @db: a connection outside a transaction
 * @name: a login, an e-mail or a telephone
 * @password: what somebody typed
 * @origin: where from
 * @token: (out) (transfer full): the session's token
 * @wait: (out): as of kab_sign_in_check()
 * @error: return location: as kab_sign_in_check()
 *
 * Returns: (transfer full) (nullable): who has signed in
 */
KabUser *kab_sign_in(KabAccess *access, KabDb *db, const char *name, const char *password,
                     const KabSessionOrigin *origin, char **token, guint *wait, GError **error);

/**
 * kab_sign_in_begin:
 * @access: the service's access
 * @db: a connection inside a transaction
 * @user: who has shown who it is
 * @origin: where from
 * @error: return location
 *
 * Begins a session, writes it into the audit log and remembers the address.
 *
 * Returns: (transfer full) (nullable): the session's token
 */
char *kab_sign_in_begin(KabAccess *access, KabDb *db, const KabUser *user,
                        const KabSessionOrigin *origin, GError **error);

/** kab_sign_in_know: remembers that @user has signed in from @address. */
gboolean kab_sign_in_know(KabDb *db, const KabUser *user, const char *address, GError **error);

/**
 * kab_sign_in_may:
 * @access: the service's access
 * @what: what is tried, such as "reset"
 * @who: (nullable): what it is tried on; %NULL: a network tries
 * @address: where from
 * @wait: (out): as of kab_sign_in_check()
 * @error: return location: %KAB_ERROR_BUSY
 *
 * For whatever else could be tried again and again; what counts as a try, kab_sign_in_count() says.
 *
 * Returns: whether it may be tried now
 */
gboolean kab_sign_in_may(KabAccess *access, const char *what, const char *who, const char *address,
                         guint *wait, GError **error);

/** kab_sign_in_count: a try that counts for kab_sign_in_may(). */
void kab_sign_in_count(KabAccess *access, const char *what, const char *who, const char *address);

G_END_DECLS
