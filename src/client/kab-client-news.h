/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client.h"
#include "kab-news.h"

G_BEGIN_DECLS

/**
 * kab_client_publish_news_async:
 * @self: a connection to a portal
 * @news: its id, title and text; the same again publishes nothing new
 * @cancellable: (nullable): to stop it
 * @callback: what to call then; finish with kab_client_news_finish(), which also answers
 *   %KAB_ERROR_INVALID
 * @data: for @callback
 *
 * Publishes it to all partners, now.
 */
void kab_client_publish_news_async(KabClient *self, const KabNews *news, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer data);

/** kab_client_remove_news_async: takes the piece of news @id back; finish with
 * kab_client_news_finish(). */
void kab_client_remove_news_async(KabClient *self, const char *id, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer data);

/** kab_client_news_finish: %KAB_ERROR_NOT_FOUND for what is not there any more. */
gboolean kab_client_news_finish(KabClient *self, GAsyncResult *result, GError **error);

G_END_DECLS
