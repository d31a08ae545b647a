/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client.h"

G_BEGIN_DECLS

/* The token of a session, in the Secret Service. That may wait for a person who unlocks it: the
 * window does not wait with it for longer than two seconds (%G_IO_ERROR_TIMED_OUT). */

/** kab_token_store_async: keeps the token of @client, in which somebody is signed in. */
void kab_token_store_async(KabClient *client, GAsyncReadyCallback callback, gpointer data);

/** kab_token_store_finish: whether it is kept. */
gboolean kab_token_store_finish(KabClient *client, GAsyncResult *result, GError **error);

/** kab_token_lookup_async: asks for the token that is kept for the service of @client. */
void kab_token_lookup_async(KabClient *client, GAsyncReadyCallback callback, gpointer data);

/** kab_token_lookup_finish: (transfer full) (nullable): %NULL without @error set: none is kept */
char *kab_token_lookup_finish(KabClient *client, GAsyncResult *result, GError **error);

/** kab_token_clear: forgets what is kept. */
void kab_token_clear(KabClient *client);

G_END_DECLS
