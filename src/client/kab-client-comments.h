/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client.h"
#include "kab-comment.h"

G_BEGIN_DECLS

/**
 * kab_client_list_comments_async:
 * @self: a connection to a portal or a base
 * @order_id: an order
 *
 * What partner and manager wrote to each other beside the order, oldest first.
 */
void kab_client_list_comments_async(KabClient *self, KabOrderId order_id, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer data);

/**
 * kab_client_add_comment_async:
 * @self: a connection to a portal or a base
 * @order_id: an order that has been placed
 * @id: a new id for each press of the button, the same one when the same press is tried again
 * @text: what is written
 */
void kab_client_add_comment_async(KabClient *self, KabOrderId order_id, KabCommentId id,
                                  const char *text, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer data);

/** kab_client_comments_finish: (transfer full) (element-type KabComment): after either call */
GPtrArray *kab_client_comments_finish(KabClient *self, GAsyncResult *result, GError **error);

G_END_DECLS
