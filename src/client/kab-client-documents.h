/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client-catalogue.h"
#include "kab-client.h"
#include "kab-document.h"

G_BEGIN_DECLS

/**
 * kab_client_list_documents_async:
 * @self: a connection to a portal
 * @order_id: (nullable): the documents about this order: one of every kind, also those that are not
 *   issued; %NULL: the partner's acts of reconciliation, newest first
 */
void kab_client_list_documents_async(KabClient *self, const char *order_id,
                                     GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer data);

/** kab_client_list_documents_finish: (transfer full) (element-type KabDocument) */
GPtrArray *kab_client_list_documents_finish(KabClient *self, GAsyncResult *result, GError **error);

/**
 * kab_client_ask_document_async:
 * @self: a connection to a portal
 * @document: its kind, order_id, from and to count
 *
 * Asks the company for a document, or asks again for one that could not be issued. Asking twice is
 * asking once.
 */
void kab_client_ask_document_async(KabClient *self, const KabDocument *document,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer data);

/** kab_client_ask_document_finish: (transfer full): how far the document is */
KabDocument *kab_client_ask_document_finish(KabClient *self, GAsyncResult *result, GError **error);

/** kab_client_get_document_file_async: the file of a document that is ready. */
void kab_client_get_document_file_async(KabClient *self, KabDocumentId id,
                                        GCancellable *cancellable, GAsyncReadyCallback callback,
                                        gpointer data);

/** kab_client_get_client_invoice_async: the invoice of a client order, of a base, as it is issued
 * now. Finish with kab_client_get_document_file_finish(). */
void kab_client_get_client_invoice_async(KabClient *self, KabOrderId id, GCancellable *cancellable,
                                         GAsyncReadyCallback callback, gpointer data);

/** kab_client_get_document_file_finish: (transfer full): the bytes */
GBytes *kab_client_get_document_file_finish(KabClient *self, GAsyncResult *result, GError **error);

G_END_DECLS
