/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client-live.h"
#include "kab-client.h"

G_BEGIN_DECLS

#define KAB_TYPE_SESSION (kab_session_get_type())

/**
 * KabSession:
 *
 * One person, signed in at a portal and, if the person's role has something to do there, at a base.
 * Tokens are kept in the Secret Service, or nowhere.
 *
 * Signals: "notice" with a text that the person should know; "switched" when the person acts for
 * another partner; "ends-changed" and "base-changed", see kab-session-ends.h.
 */
G_DECLARE_FINAL_TYPE(KabSession, kab_session, KAB, SESSION, GObject)

/**
 * kab_session_new:
 * @portal_address: the portal
 * @base_address: (nullable): the base
 * @error: return location: %KAB_ERROR_INVALID for an address that is none
 *
 * Returns: (transfer full): a session in which nobody is signed in
 */
KabSession *kab_session_new(const char *portal_address, const char *base_address, GError **error);

/** kab_session_get_portal: (transfer none): the connection to the portal. */
KabClient *kab_session_get_portal(KabSession *self);

/** kab_session_get_base: (transfer none) (nullable): the connection to the base. */
KabClient *kab_session_get_base(KabSession *self);

/** kab_session_get_user: (transfer none) (nullable): who is signed in, at the portal if there. */
const KabUser *kab_session_get_user(KabSession *self);

/** kab_session_portal_may: whether the person is signed in at the portal and may do it there. */
gboolean kab_session_portal_may(KabSession *self, KabRight right);

/** kab_session_base_may: whether the person is signed in at the base and may do it there. */
gboolean kab_session_base_may(KabSession *self, KabRight right);

/**
 * kab_session_sign_in_async:
 * @self: a session
 * @login: login, phone or e-mail
 * @password: the password
 * @keep: whether the next start shall go on with this session
 * @cancellable: (nullable): to stop it
 * @callback: what to call then
 * @data: for @callback
 *
 * Signs in at the portal, and at the base who has something to do there. Somebody whom only the
 * base knows is signed in there alone.
 */
void kab_session_sign_in_async(KabSession *self, const char *login, const char *password,
                               gboolean keep, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer data);

/**
 * kab_session_use_code_async:
 * @self: a session
 * @code: a code from a letter of the portal, as it was typed
 * @password: the new password
 * @cancellable: (nullable): to stop it
 * @callback: what to call then; finish with kab_session_sign_in_finish()
 * @data: for @callback
 *
 * Sets a password at the portal and signs in there.
 */
void kab_session_use_code_async(KabSession *self, const char *code, const char *password,
                                GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer data);

/**
 * kab_session_resume_async:
 *
 * Goes on with the session of an earlier start. Finish with kab_session_sign_in_finish(), which
 * answers %KAB_ERROR_NOT_FOUND if there is none.
 */
void kab_session_resume_async(KabSession *self, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data);

/** kab_session_sign_in_finish: whether somebody is signed in now. */
gboolean kab_session_sign_in_finish(KabSession *self, GAsyncResult *result, GError **error);

/**
 * kab_session_switch_async:
 * @self: a session
 * @partner_id: another partner that the person may act for
 * @cancellable: (nullable): to stop it
 * @callback: what to call then; finish with kab_session_sign_in_finish()
 * @data: for @callback
 *
 * Acts for that partner from now on. What was shown before belongs to the other one.
 */
void kab_session_switch_async(KabSession *self, KabPartnerId partner_id, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data);

/**
 * kab_session_change_password_async:
 *
 * As kab_client_change_password_async() at the portal; finish with kab_session_sign_in_finish().
 * The new session is kept if the one before was.
 */
void kab_session_change_password_async(KabSession *self, const char *before, const char *password,
                                       GCancellable *cancellable, GAsyncReadyCallback callback,
                                       gpointer data);

/** kab_session_sign_out: ends the session and forgets what was kept. */
void kab_session_sign_out(KabSession *self);

/** kab_session_is_kept: whether the session is, or may be, in the keyring for the next start */
gboolean kab_session_is_kept(KabSession *self);

/** kab_session_has_secrets: %FALSE once it is known that no Secret Service works here. */
gboolean kab_session_has_secrets(KabSession *self);

/** kab_session_get_live: (transfer none) (nullable): what is heard of the portal's changes; of who
 * sees a partner's pages, from the sign-in on. */
KabClientLive *kab_session_get_live(KabSession *self);

/** kab_session_get_login: (nullable): who signed in, also if the session has ended since. */
const char *kab_session_get_login(KabSession *self);

/**
 * kab_session_renew_async:
 * @self: a session that has ended
 * @password: the password of who was signed in
 * @cancellable: (nullable): to stop it
 * @callback: what to call then; finish with kab_session_sign_in_finish()
 * @data: for @callback
 *
 * Signs the same person in again, for the same partner; nothing that was entered is lost.
 */
void kab_session_renew_async(KabSession *self, const char *password, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data);

G_END_DECLS
