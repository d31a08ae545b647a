/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-document.h"
#include "kab-end.h"
#include "kab-order.h"

G_BEGIN_DECLS

/* Papers of the company. Invoices and acts of reconciliation are drawn by the base; the others are
 * files that somebody attaches. */

/**
 * kab_base_documents_issue_invoice:
 * @db: a connection inside the transaction that changes the order
 * @order: a client order, as it will be stored
 * @error: return location
 *
 * Issues the order's invoice and queues it, if there is to be one and it is not issued for this
 * revision yet.
 *
 * Returns: %FALSE on error; an invoice that cannot be issued is none
 */
gboolean kab_base_documents_issue_invoice(KabDb *db, const KabOrder *order, GError **error);

/**
 * kab_base_documents_issue_again:
 * @db: a connection outside a transaction
 * @order: a client order
 * @error: return location: %KAB_ERROR_STATE
 *
 * Issues the order's invoice anew, for example after the organisation's requisites were changed.
 *
 * Returns: (transfer full) (nullable): the invoice, stored and queued
 */
KabDocument *kab_base_documents_issue_again(KabDb *db, const KabOrder *order, GError **error);

/**
 * kab_base_documents_attach:
 * @db: a connection outside a transaction
 * @order: a client order
 * @kind: what the file is
 * @part: which of the order's papers of this kind it replaces; 0 for the one that was asked for, or
 *   a new one
 * @file_name: its name, which tells its type
 * @file: the file
 * @error: return location: %KAB_ERROR_INVALID, %KAB_ERROR_RANGE, %KAB_ERROR_STATE
 *
 * Returns: (transfer full) (nullable): the document, stored and queued
 */
KabDocument *kab_base_documents_attach(KabDb *db, const KabOrder *order, KabDocumentKind kind,
                                       int part, const char *file_name, GBytes *file,
                                       GError **error);

/**
 * kab_base_documents_decline:
 * @db: a connection outside a transaction
 * @id: a document that was asked for
 * @reason: why it cannot be issued
 * @error: return location: %KAB_ERROR_NOT_FOUND, %KAB_ERROR_INVALID, %KAB_ERROR_STATE
 *
 * Returns: (transfer full) (nullable): the document, stored and queued
 */
KabDocument *kab_base_documents_decline(KabDb *db, const char *id, const char *reason,
                                        GError **error);

/* For the exchange. */

gboolean kab_base_apply_document_request(gpointer service, KabDb *db, const KabMessage *message,
                                         GError **error);
gboolean kab_base_repeat_document_request(gpointer service, KabDb *db, const char *id,
                                          GError **error);
gboolean kab_base_build_document(gpointer service, KabDb *db, const char *id, JsonObject **body,
                                 GError **error);

G_END_DECLS
