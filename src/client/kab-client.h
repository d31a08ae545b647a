/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-user.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define KAB_TYPE_CLIENT (kab_client_get_type())

/**
 * KabClient:
 *
 * A desktop's connection to one service, a portal or a base. It belongs to the thread that made it;
 * every call answers on that thread's main context.
 *
 * Errors of all calls: those of %KAB_ERROR that the service answered, %KAB_ERROR_UNAUTHORIZED when
 * the session has ended, %KAB_ERROR_BUSY when the service cannot be reached now (the message says
 * why in plain words), and %G_IO_ERROR_CANCELLED.
 */
G_DECLARE_FINAL_TYPE(KabClient, kab_client, KAB, CLIENT, GObject)

/**
 * kab_client_new:
 * @address: "http://host:port", "https://host" or "unix:/path/of/the/socket"
 * @error: return location: %KAB_ERROR_INVALID
 *
 * Returns: (transfer full) (nullable): a connection, not signed in
 */
KabClient *kab_client_new(const char *address, GError **error);

/**
 * kab_client_trust:
 * @self: a connection; what is connected already stays so
 * @ca_file: (nullable): a file with the certificates of authorities, in PEM; %NULL for those that
 *   the system knows
 * @error: return location: %KAB_ERROR_INVALID
 *
 * Returns: whether the file holds some, which are trusted now, and no others
 */
gboolean kab_client_trust(KabClient *self, const char *ca_file, GError **error);

/** kab_client_get_address: the address it was made with. */
const char *kab_client_get_address(KabClient *self);

/** kab_client_get_user: (nullable) (transfer none): who is signed in. */
const KabUser *kab_client_get_user(KabClient *self);

/** kab_client_is_untrusted: whether the service’s certificate was not trusted when it was asked
 * last */
gboolean kab_client_is_untrusted(KabClient *self);

/** kab_client_get_trouble: (nullable): why there is no connection, if what was answered before was
 * given last */
const char *kab_client_get_trouble(KabClient *self);

/** kab_client_get_token: (nullable): the session's token, to be kept in the Secret Service only. */
const char *kab_client_get_token(KabClient *self);

/**
 * kab_client_sign_in_async:
 * @self: a connection
 * @login: login, telephone or e-mail
 * @password: the password
 * @cancellable: (nullable): to stop it
 * @callback: what to call then
 * @data: for @callback
 *
 * Begins a session.
 */
void kab_client_sign_in_async(KabClient *self, const char *login, const char *password,
                              GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer data);

/**
 * kab_client_resume_async:
 * @self: a connection
 * @token: the token of a session that was begun earlier
 * @cancellable: (nullable): to stop it
 * @callback: what to call then; finish with kab_client_sign_in_finish()
 * @data: for @callback
 *
 * Goes on with a session.
 */
void kab_client_resume_async(KabClient *self, const char *token, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data);

/**
 * kab_client_sign_in_finish:
 * @self: a connection
 * @result: what the callback got
 * @error: return location
 *
 * Returns: whether somebody is signed in now; see kab_client_get_user()
 */
gboolean kab_client_sign_in_finish(KabClient *self, GAsyncResult *result, GError **error);

/**
 * kab_client_sign_out_async:
 * @self: a connection
 * @cancellable: (nullable): to stop it
 * @callback: (nullable): what to call then
 * @data: for @callback
 *
 * Ends the session; the user and the token are forgotten at once.
 */
void kab_client_sign_out_async(KabClient *self, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer data);

gboolean kab_client_sign_out_finish(KabClient *self, GAsyncResult *result, GError **error);

G_END_DECLS
