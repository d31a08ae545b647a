/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client.h"
#include "kab-product.h"

G_BEGIN_DECLS

/**
 * kab_client_get_picture_async:
 * @self: a connection to a portal
 * @product_id: a product
 * @n: which of its pictures, from 1
 * @hash: the SHA-256 that the product has of it
 * @cancellable: (nullable): stops it
 * @callback: called when it is done
 * @data: for @callback
 *
 * A picture, from memory, from the cache on the disk (`kabinet/pictures` in the XDG cache folder),
 * or from the portal. Nothing but the picture of that SHA-256 is given.
 */
void kab_client_get_picture_async(KabClient *self, KabProductId product_id, guint n,
                                  const char *hash, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer data);

/** kab_client_get_picture_finish: (transfer full): the picture's file */
GBytes *kab_client_get_picture_finish(KabClient *self, GAsyncResult *result, GError **error);

G_END_DECLS
