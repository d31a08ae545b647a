/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The settings of an end in a file, as its command writes and reads them: a JSON object of texts.
 */

/**
 * kab_settings_file_make:
 * @values: (array zero-terminated=1): name, value, ...
 *
 * Returns: (transfer full): what to write
 */
GBytes *kab_settings_file_make(const char *const *values);

/**
 * kab_settings_file_read_async:
 * @path: a file of at most a mebibyte
 * @cancellable: (nullable): to stop it
 * @callback: what to call then
 * @data: for @callback
 *
 * Reads it on another thread.
 */
void kab_settings_file_read_async(const char *path, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer data);

/**
 * kab_settings_file_read_finish:
 * @result: of kab_settings_file_read_async()
 * @error: return location: those of GIO; %KAB_ERROR_INVALID if it is no such file
 *
 * Returns: (transfer full) (nullable) (element-type utf8): name, value, ... and %NULL
 */
GPtrArray *kab_settings_file_read_finish(GAsyncResult *result, GError **error);

G_END_DECLS
