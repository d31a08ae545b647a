/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client-users.h"

G_BEGIN_DECLS

/* The exchange user of a service: whom the other end signs in as. */

/** KAB_EXCHANGE_LOGIN: the login that it is made with. */
#define KAB_EXCHANGE_LOGIN "EX"

/**
 * kab_client_make_exchange_user_async:
 * @self: a connection of who may change users
 * @with_key: whether the other end signs in with a key (at a portal), or with a password (at a
 * base)
 * @cancellable: (nullable): to stop it
 * @callback: what to call then
 * @data: for @callback
 *
 * Makes the exchange user unless there is one, and a new key or password for it.
 */
void kab_client_make_exchange_user_async(KabClient *self, gboolean with_key,
                                         GCancellable *cancellable, GAsyncReadyCallback callback,
                                         gpointer data);

/**
 * kab_client_make_exchange_user_finish:
 *
 * Returns: (transfer full) (nullable): Client ID and Client Secret, or login and password;
 *   %KAB_ERROR_CONFLICT if somebody else has the login
 */
KabNewKey *kab_client_make_exchange_user_finish(KabClient *self, GAsyncResult *result,
                                                GError **error);

G_END_DECLS
