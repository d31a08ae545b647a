/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Secrets of the desktop, in the Secret Service and nowhere else. */

/**
 * kab_secrets_store_async:
 * @address: the service that the secret is for
 * @what: what it is, such as "session"
 * @secret: the secret
 * @cancellable: (nullable): to stop it; a Secret Service may wait for a person for ever
 */
void kab_secrets_store_async(const char *address, const char *what, const char *secret,
                             GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer data);

/** kab_secrets_store_finish: %FALSE if it could not be kept; see kab_secrets_is_unavailable() */
gboolean kab_secrets_store_finish(GAsyncResult *result, GError **error);

/** kab_secrets_lookup_async: asks for what kab_secrets_store_async() kept. */
void kab_secrets_lookup_async(const char *address, const char *what, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data);

/** kab_secrets_lookup_finish: (nullable) (transfer full): NULL without error: nothing is kept */
char *kab_secrets_lookup_finish(GAsyncResult *result, GError **error);

/** kab_secrets_clear_async: forgets what kab_secrets_store_async() kept. */
void kab_secrets_clear_async(const char *address, const char *what, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data);

gboolean kab_secrets_clear_finish(GAsyncResult *result, GError **error);

/** kab_secrets_is_unavailable: whether @error says that no Secret Service works here. */
gboolean kab_secrets_is_unavailable(const GError *error);

/**
 * kab_secrets_warm_up:
 *
 * Opens the connection to the Secret Service on a thread of its own, so that who soon asks need not
 * wait for the keys that both sides agree on. Whatever fails fails again then.
 */
void kab_secrets_warm_up(void);

G_END_DECLS
