/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client.h"

G_BEGIN_DECLS

/**
 * KabSetupKey:
 *
 * Which key of the portal the base is told of by the set-up assistant, and which it was told of
 * before: nobody is left with a key that is forgotten.
 */
typedef struct _KabSetupKey KabSetupKey;

KabSetupKey *kab_setup_key_new(void);
void kab_setup_key_free(KabSetupKey *self);

/** kab_setup_key_set_used: the base's Client ID when the assistant began; (nullable). */
void kab_setup_key_set_used(KabSetupKey *self, const char *client_id);

/** kab_setup_key_set_made: a key was made that takes the place of the one before. */
void kab_setup_key_set_made(KabSetupKey *self, const char *client_id);

/**
 * kab_setup_key_settle:
 * @self: the keys; the present one works
 * @portal: a connection to the portal
 * @cancellable: stops it
 * @callback: what to call for each of them: see kab_client_user_done_finish()
 * @data: for @callback
 *
 * Revokes those of before.
 *
 * Returns: whether there were any
 */
gboolean kab_setup_key_settle(KabSetupKey *self, KabClient *portal, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data);

G_END_DECLS
