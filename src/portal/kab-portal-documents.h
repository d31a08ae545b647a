/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-document.h"
#include "kab-end.h"

G_BEGIN_DECLS

/* Documents of the signed-in user's partner; one of another partner is %KAB_ERROR_NOT_FOUND, as if
 * it were not there. */

/** kab_portal_documents_list_order: (transfer full) (nullable) (element-type KabDocument): one of
 * every kind about an order, also those that are not issued. */
GPtrArray *kab_portal_documents_list_order(KabDb *db, const KabUser *user, const char *order_id,
                                           GError **error);

/** kab_portal_documents_list_acts: (transfer full) (nullable) (element-type KabDocument): the acts
 * of reconciliation, newest first. */
GPtrArray *kab_portal_documents_list_acts(KabDb *db, const KabUser *user, GError **error);

/**
 * kab_portal_documents_ask:
 * @db: a connection outside a transaction
 * @user: who asks
 * @wanted: kind, order and period count
 * @error: return location: %KAB_ERROR_INVALID, %KAB_ERROR_NOT_FOUND, %KAB_ERROR_STATE if there can
 *   be none now
 *
 * Queues the request for the base. A document about an order that is ready already is given as it
 * is; an act is made anew.
 *
 * Returns: (transfer full) (nullable): how far it is
 */
KabDocument *kab_portal_documents_ask(KabDb *db, const KabUser *user, const KabDocument *wanted,
                                      GError **error);

/**
 * kab_portal_documents_get_file:
 * @db: a connection
 * @user: who downloads
 * @id: a document
 * @document: (out) (transfer full): what it is
 * @error: return location: %KAB_ERROR_NOT_FOUND, also if it is not ready
 *
 * Returns: (transfer full) (nullable): the file
 */
GBytes *kab_portal_documents_get_file(KabDb *db, const KabUser *user, const char *id,
                                      KabDocument **document, GError **error);

/* For the exchange. */

gboolean kab_portal_build_document_request(gpointer service, KabDb *db, const char *id,
                                           JsonObject **body, GError **error);
gboolean kab_portal_need_document(gpointer service, KabDb *db, const KabMessage *message,
                                  KabReference *missing, GError **error);
gboolean kab_portal_apply_document(gpointer service, KabDb *db, const KabMessage *message,
                                   GError **error);

G_END_DECLS
