/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define KAB_TYPE_PICTURE_CACHE (kab_picture_cache_get_type())

/**
 * KabPictureCache:
 *
 * Files of pictures by their SHA-256: the last ones in memory, and more of them in a folder. What
 * is there under a name is what the name says: it never grows old. Files are read and written on
 * worker threads, all else belongs to the thread that made the cache.
 */
G_DECLARE_FINAL_TYPE(KabPictureCache, kab_picture_cache, KAB, PICTURE_CACHE, GObject)

/**
 * kab_picture_cache_new:
 * @folder: (nullable): where the files go; made if it is not there. %NULL: memory only
 * @max_memory: the most bytes in memory
 * @max_disk: the most bytes in the folder, about; the ones not looked at for longest go first
 *
 * Returns: (transfer full): a cache
 */
KabPictureCache *kab_picture_cache_new(const char *folder, gsize max_memory, gsize max_disk);

/** kab_picture_cache_find: (transfer full) (nullable): what is in memory under @hash. */
GBytes *kab_picture_cache_find(KabPictureCache *self, const char *hash);

/**
 * kab_picture_cache_load_async:
 * @self: a cache
 * @hash: a SHA-256, as kab_picture_hash() gives it
 * @cancellable: (nullable): stops it
 * @callback: called when it is done
 * @data: for @callback
 *
 * Looks in the folder too.
 */
void kab_picture_cache_load_async(KabPictureCache *self, const char *hash,
                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer data);

/** kab_picture_cache_load_finish: (transfer full) (nullable): the file; %NULL if it is not there */
GBytes *kab_picture_cache_load_finish(KabPictureCache *self, GAsyncResult *result, GError **error);

/**
 * kab_picture_cache_put_async:
 * @self: a cache
 * @hash: the SHA-256 of @file
 * @file: a picture
 * @callback: (nullable): called when it is written
 * @data: for @callback
 *
 * Keeps a picture. A folder that cannot be written to is no error: it is only a cache.
 */
void kab_picture_cache_put_async(KabPictureCache *self, const char *hash, GBytes *file,
                                 GAsyncReadyCallback callback, gpointer data);

/** kab_picture_cache_get_memory: how many bytes are in memory. */
gsize kab_picture_cache_get_memory(KabPictureCache *self);

G_END_DECLS
