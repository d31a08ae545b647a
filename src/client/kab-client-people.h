/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client.h"

G_BEGIN_DECLS

/**
 * kab_client_use_code_async:
 * @self: a connection to a portal
 * @code: a code from a letter, as it was typed
 * @password: the new password
 * @cancellable: (nullable): to stop it
 * @callback: what to call then; finish with kab_client_sign_in_finish(), which also answers
 *   %KAB_ERROR_STATE for a code that has expired and %KAB_ERROR_INVALID for the password
 * @data: for @callback
 *
 * Sets a password and begins a session.
 */
void kab_client_use_code_async(KabClient *self, const char *code, const char *password,
                               GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer data);

/**
 * kab_client_renew_code_async:
 * @self: a connection to a portal
 * @code: a code that has expired
 * @cancellable: (nullable): to stop it
 * @callback: what to call then; finish with kab_client_letter_finish()
 * @data: for @callback
 *
 * Asks for a letter with another code.
 */
void kab_client_renew_code_async(KabClient *self, const char *code, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer data);

/**
 * kab_client_reset_async:
 * @self: a connection to a portal
 * @login: login, telephone or e-mail of somebody who has forgotten the password
 * @cancellable: (nullable): to stop it
 * @callback: what to call then; finish with kab_client_letter_finish()
 * @data: for @callback
 *
 * Asks for a letter with a code. Whether there is such a user is told to nobody.
 */
void kab_client_reset_async(KabClient *self, const char *login, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data);

/** kab_client_switch_async: acts for another of the user's partners; finish with
 * kab_client_sign_in_finish(). */
void kab_client_switch_async(KabClient *self, KabPartnerId partner_id, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data);

/** kab_client_set_language_async: in which language the person gets letters, "ru" or "en"; finish
 * with kab_client_sign_in_finish(). */
void kab_client_set_language_async(KabClient *self, const char *language, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer data);

/**
 * kab_client_change_password_async:
 * @self: a connection
 * @before: the password so far
 * @password: the new one
 * @cancellable: (nullable): to stop it
 * @callback: what to call then; finish with kab_client_sign_in_finish(), which also answers
 *   %KAB_ERROR_DENIED if @before is wrong and %KAB_ERROR_INVALID for the new password
 * @data: for @callback
 *
 * All of the person's sessions end; this connection goes on with a new one.
 */
void kab_client_change_password_async(KabClient *self, const char *before, const char *password,
                                      GCancellable *cancellable, GAsyncReadyCallback callback,
                                      gpointer data);

/** kab_client_letter_finish: whether the portal has taken it. */
gboolean kab_client_letter_finish(KabClient *self, GAsyncResult *result, GError **error);

G_END_DECLS
