/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-app-config.h"
#include "kab-session.h"

G_BEGIN_DECLS

/* The two ends of a session: where they are, by what they are trusted, and whether they answer. All
 * calls are finished with kab_session_sign_in_finish(), and one that fails leaves what was so as it
 * was. @base says which end is meant: the base, or else the portal. */

/**
 * kab_session_new_for:
 * @config: where the ends are, and by what they are trusted
 * @error: return location: %KAB_ERROR_INVALID for an address or a file that is none
 *
 * Returns: (transfer full) (nullable): a session in which nobody is signed in
 */
KabSession *kab_session_new_for(const KabAppConfig *config, GError **error);

/** kab_session_is_embedded: whether both ends run in this program. */
gboolean kab_session_is_embedded(KabSession *self);

/** kab_session_get_ca_file: (transfer none) (nullable): the file of the authorities that the end is
 * trusted by; %NULL: those that the system knows */
const char *kab_session_get_ca_file(KabSession *self, gboolean base);

/** kab_session_get_base_login: (transfer none) (nullable): who signs in at the base, if it is
 * another one than at the portal */
const char *kab_session_get_base_login(KabSession *self);

/**
 * kab_session_check_async:
 * @self: a session
 * @base: which end
 * @cancellable: (nullable): to stop it
 * @callback: what to call then
 * @data: for @callback
 *
 * Asks the end, over a new connection, whether it answers and still knows the person; somebody who
 * could not be signed in at the base because it did not answer is so then. Fails as any call does:
 * with %KAB_ERROR_UNAUTHORIZED the end answers, but knows nobody.
 */
void kab_session_check_async(KabSession *self, gboolean base, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data);

/**
 * kab_session_trust_async:
 * @self: a session
 * @base: which end
 * @ca_file: (nullable): another file of authorities; %NULL: those that the system knows
 * @cancellable: (nullable): to stop it
 * @callback: what to call then
 * @data: for @callback
 *
 * Trusts the end by these from now on, if it can be reached so.
 */
void kab_session_trust_async(KabSession *self, gboolean base, const char *ca_file,
                             GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer data);

/**
 * kab_session_connect_async:
 * @self: a session
 * @address: the base's address
 * @ca_file: (nullable): the file of the authorities that it is trusted by
 * @login: who signs in there
 * @password: the password, which is kept nowhere
 * @cancellable: (nullable): to stop it
 * @callback: what to call then
 * @data: for @callback
 *
 * Signs in at a base, which takes the place of the one before; its session is kept if the portal's
 * is. Fails with %KAB_ERROR_INVALID for an address or a file that is none, and with
 * %KAB_ERROR_NOT_FOUND if no base answers there.
 */
void kab_session_connect_async(KabSession *self, const char *address, const char *ca_file,
                               const char *login, const char *password, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer data);

/**
 * kab_session_set_base:
 * @self: a session
 * @base: (nullable): a connection to a base, with who is signed in there; %NULL: to none
 * @ca_file: (nullable): what it is trusted by
 * @login: (nullable): who signs in there, if it is another one than at the portal
 *
 * The base of this session from now on. The session at the one before goes on: it can be set again,
 * or be ended by kab_session_end_at().
 */
void kab_session_set_base(KabSession *self, KabClient *base, const char *ca_file,
                          const char *login);

/** kab_session_end_at: ends the session at @base, which is not the session's any more, and forgets
 * what was kept of it. */
void kab_session_end_at(KabSession *self, KabClient *base);

G_END_DECLS
