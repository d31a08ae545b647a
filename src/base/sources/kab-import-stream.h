/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-commerceml.h"
#include "kab-import-files.h"

G_BEGIN_DECLS

/**
 * KabImportStream:
 *
 * The bytes of the files of an exchange, one file at a time, wherever they lie.
 */
typedef struct _KabImportStream KabImportStream;

/**
 * kab_import_stream_new:
 * @cancellable: (nullable): makes reading fail
 *
 * Returns: (transfer full): a stream that stands at no file
 */
KabImportStream *kab_import_stream_new(GCancellable *cancellable);

/**
 * kab_import_stream_watch:
 * @stream: a stream
 * @total_bytes: what all files will come to
 * @progress: (nullable): told what is read from now on
 * @data: for @progress
 */
void kab_import_stream_watch(KabImportStream *stream, gint64 total_bytes,
                             KabImportProgressFunc progress, gpointer data);

/**
 * kab_import_stream_open:
 * @stream: a stream
 * @file: the file to read next; it has to stay until the next one is opened
 * @error: return location: %KAB_ERROR_NOT_FOUND, %KAB_ERROR_INVALID
 *
 * Goes to the beginning of a file. The next entry of the archive that is open costs nothing.
 *
 * Returns: whether it can be read
 */
gboolean kab_import_stream_open(KabImportStream *stream, const KabImportFile *file, GError **error);

/**
 * kab_import_stream_read:
 * @stream: a stream that stands at a file
 * @buffer: (out caller-allocates): where to
 * @size: how much fits
 * @error: return location: %KAB_ERROR_INVALID, %KAB_ERROR_RANGE for an archive that unpacks to far
 *   more than files of this kind do, %G_IO_ERROR_CANCELLED
 *
 * Returns: how many bytes were read, 0 at the end, -1 on error
 */
gssize kab_import_stream_read(KabImportStream *stream, void *buffer, gsize size, GError **error);

/**
 * kab_import_stream_free:
 * @stream: (nullable): a stream
 */
void kab_import_stream_free(KabImportStream *stream);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabImportStream, kab_import_stream_free)

G_END_DECLS
