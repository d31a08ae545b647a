/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client-pictures.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_THUMBNAIL (kab_thumbnail_get_type())

/**
 * KabThumbnail:
 *
 * A picture of a product in a square that keeps its size, whatever comes: nothing while the picture
 * is fetched, a quiet sign if there is none. It is fetched and decoded beside the main thread.
 */
G_DECLARE_FINAL_TYPE(KabThumbnail, kab_thumbnail, KAB, THUMBNAIL, GtkWidget)

/** kab_thumbnail_set_size: the side of the square, in pixels of the screen's design. */
void kab_thumbnail_set_size(KabThumbnail *self, int size);

/**
 * kab_thumbnail_show:
 * @self: a thumbnail
 * @client: a connection to a portal
 * @product_id: a product
 * @n: which of its pictures, from 1
 * @hash: (nullable): the picture's SHA-256; %NULL: there is none
 *
 * What was being fetched before is given up.
 */
void kab_thumbnail_show(KabThumbnail *self, KabClient *client, KabProductId product_id, guint n,
                        const char *hash);

/** kab_thumbnail_stop: does not fetch any more what is not here yet; what is shown stays. */
void kab_thumbnail_stop(KabThumbnail *self);

/** kab_thumbnail_clear: shows nothing, and gives up what is being fetched. */
void kab_thumbnail_clear(KabThumbnail *self);

/** kab_thumbnail_has_picture: whether the picture is there to be seen. */
gboolean kab_thumbnail_has_picture(KabThumbnail *self);

G_END_DECLS
