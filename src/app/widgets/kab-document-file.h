/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client.h"
#include "kab-document.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * KabDocumentPlace:
 * @KAB_DOCUMENT_TO_DOWNLOADS: a new file, in the person's download folder
 * @KAB_DOCUMENT_TO_CACHE: a file to look at, over the one of last time
 */
typedef enum {
    KAB_DOCUMENT_TO_DOWNLOADS,
    KAB_DOCUMENT_TO_CACHE,
} KabDocumentPlace;

/**
 * kab_document_file_download_async:
 * @client: a connection
 * @id: the document; at a base, the client order whose invoice it is
 * @base: whether the connection is to a base
 * @name: what a new file is to be called
 * @place: where to
 * @path: (nullable): the file to write instead
 *
 * Downloads the file of a document.
 */
void kab_document_file_download_async(KabClient *client, KabDocumentId id, gboolean base,
                                      const char *name, KabDocumentPlace place, const char *path,
                                      GCancellable *cancellable, GAsyncReadyCallback callback,
                                      gpointer data);

/** kab_document_file_download_finish: (transfer full): the file */
GFile *kab_document_file_download_finish(GAsyncResult *result, GError **error);

/** kab_document_file_make_toast: (transfer full): "Saved to ..." with "Open" */
AdwToast *kab_document_file_make_toast(GFile *file);

G_END_DECLS
