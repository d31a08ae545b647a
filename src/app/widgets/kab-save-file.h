/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * kab_save_file_async:
 * @folder: (nullable): the folder to save in; the person's download folder, or else the home folder
 * @name: the wished name of the file; what cannot stand in a name becomes "-"
 * @bytes: what to write
 *
 * Writes a new file. It never overwrites one: "(2)" and so on is added to the name then.
 */
void kab_save_file_async(const char *folder, const char *name, GBytes *bytes,
                         GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);

/**
 * kab_save_file_as_async:
 * @path: the file to write, over what may be there
 * @bytes: what to write
 *
 * Finish with kab_save_file_finish().
 */
void kab_save_file_as_async(const char *path, GBytes *bytes, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data);

/**
 * kab_save_file_private_async:
 * @path: the file to write, over what may be there
 * @bytes: what to write; it is copied nowhere
 *
 * Writes a file that only its owner can read, whoever could read the one that was there. Finish
 * with kab_save_file_finish().
 */
void kab_save_file_private_async(const char *path, GBytes *bytes, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer data);

/**
 * kab_save_file_to_cache_async:
 * @name: the wished name of the file; what cannot stand in a name becomes "-"
 * @bytes: what to write
 *
 * Writes a file to be looked at, which nobody else can read, over the one of that name. Finish with
 * kab_save_file_finish().
 */
void kab_save_file_to_cache_async(const char *name, GBytes *bytes, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer data);

/** kab_save_file_finish: (transfer full): the file that was written */
GFile *kab_save_file_finish(GAsyncResult *result, GError **error);

G_END_DECLS
