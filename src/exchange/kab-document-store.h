/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-db.h"
#include "kab-document.h"

G_BEGIN_DECLS

/* Documents in the database, the same at both ends. Whose a document is, is for the caller to
 * check. */

/**
 * kab_document_store_put:
 * @db: a connection inside a transaction
 * @document: a document
 * @file: (nullable): its file
 * @error: return location
 *
 * Returns: whether it is stored, with this file or none
 */
gboolean kab_document_store_put(KabDb *db, const KabDocument *document, GBytes *file,
                                GError **error);

/** kab_document_store_delete: removes a document. */
gboolean kab_document_store_delete(KabDb *db, const char *id, GError **error);

/** kab_document_store_find: (transfer full) (nullable): %NULL without @error set if there is none.
 */
KabDocument *kab_document_store_find(KabDb *db, const char *id, GError **error);

/** kab_document_store_load: (transfer full) (nullable): as find, but %KAB_ERROR_NOT_FOUND. */
KabDocument *kab_document_store_load(KabDb *db, const char *id, GError **error);

/** kab_document_store_get_file: (transfer full) (nullable): %NULL without @error set if it has
 * none.
 */
GBytes *kab_document_store_get_file(KabDb *db, const char *id, GError **error);

/** kab_document_store_list_order: (transfer full) (nullable) (element-type KabDocument) */
GPtrArray *kab_document_store_list_order(KabDb *db, const char *order_id, GError **error);

/** kab_document_store_list_acts: (transfer full) (nullable): a partner's acts, newest first. */
GPtrArray *kab_document_store_list_acts(KabDb *db, const char *partner_id, guint limit,
                                        GError **error);

/** kab_document_store_list_preparing: (transfer full) (nullable): what waits longest first. */
GPtrArray *kab_document_store_list_preparing(KabDb *db, guint limit, GError **error);

G_END_DECLS
