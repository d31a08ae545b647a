/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client.h"
#include "kab-order.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * kab_invoice_file_download_async:
 * @client: a connection to a portal
 * @order: the order whose invoice is wanted
 * @path: (nullable): the file to write; %NULL: a new file, named after the order's number, in the
 *   person's download folder
 *
 * Downloads an invoice into a file.
 */
void kab_invoice_file_download_async(KabClient *client, const KabOrder *order, const char *path,
                                     GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer data);

/** kab_invoice_file_download_finish: (transfer full): the file */
GFile *kab_invoice_file_download_finish(GAsyncResult *result, GError **error);

/** kab_invoice_file_make_toast: (transfer full): "Saved to ..." with "Open" */
AdwToast *kab_invoice_file_make_toast(GFile *file);

G_END_DECLS
