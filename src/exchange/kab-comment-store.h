/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-comment.h"
#include "kab-end.h"

G_BEGIN_DECLS

/* Comments beside orders, the same at both ends. */

/**
 * kab_comment_store_add:
 * @db: a connection outside a transaction
 * @comment: a comment that was written at this end, on an order that is here; whose order it is, is
 *   for the caller to check
 * @error: return location: %KAB_ERROR_INVALID, %KAB_ERROR_CONFLICT if another comment has this id
 *
 * Stores and queues it; the same comment again changes nothing.
 *
 * Returns: whether it is stored
 */
gboolean kab_comment_store_add(KabDb *db, const KabComment *comment, GError **error);

/** kab_comment_store_put: as kab_comment_store_add(), inside a transaction. */
gboolean kab_comment_store_put(KabDb *db, const KabComment *comment, GError **error);

/** kab_comment_store_list: (transfer full) (nullable) (element-type KabComment): oldest first. */
GPtrArray *kab_comment_store_list(KabDb *db, const char *order_id, GError **error);

/* For the exchange. */

gboolean kab_comment_build(gpointer service, KabDb *db, const char *id, JsonObject **body,
                           GError **error);
gboolean kab_comment_apply_at_portal(gpointer service, KabDb *db, const KabMessage *message,
                                     GError **error);
gboolean kab_comment_apply_at_base(gpointer service, KabDb *db, const KabMessage *message,
                                   GError **error);
G_END_DECLS
