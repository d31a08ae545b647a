/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-db.h"
#include "kab-seal.h"
#include "kab-user.h"

G_BEGIN_DECLS

/**
 * kab_access_migrate:
 * @db: a connection outside a transaction
 * @path: (nullable): the database's file
 * @error: return location: as of kab_migrate()
 *
 * Returns: whether the room's part of the schema is up to date
 */
gboolean kab_access_migrate(KabDb *db, const char *path, GError **error);

/**
 * KabAccess:
 *
 * Says who stands behind a request. Any thread may use it.
 */
typedef struct _KabAccess KabAccess;

/**
 * kab_access_new:
 * @seal: the service's seal, for the audit log; has to outlive it
 *
 * Returns: (transfer full): the access
 */
KabAccess *kab_access_new(KabSeal *seal);

void kab_access_free(KabAccess *access);

/**
 * kab_access_check:
 * @access: the service's access
 * @db: a connection outside a transaction
 * @authorization: (nullable): the value of the request's Authorization header
 * @address: where the request comes from
 * @error: return location: %KAB_ERROR_UNAUTHORIZED, %KAB_ERROR_BUSY after too many attempts
 *
 * Knows "Bearer" with the token of a session or of a key, and "Basic" with login and password for
 * users with the role "exchange" (1C's HTTP services know nothing else). A password that was right
 * is not hashed again for some minutes.
 *
 * Returns: (transfer full) (nullable): who it is
 */
KabUser *kab_access_check(KabAccess *access, KabDb *db, const char *authorization,
                          const char *address, GError **error);

/**
 * kab_access_may_tell:
 * @access: the service's access
 * @what: something that is written down whenever it happens
 *
 * Whoever is refused again and again shall not fill the disk with it.
 *
 * Returns: whether it may be written down: once a minute
 */
gboolean kab_access_may_tell(KabAccess *access, const char *what);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabAccess, kab_access_free)

G_END_DECLS
