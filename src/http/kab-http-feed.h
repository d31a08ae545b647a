/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-http-client.h"

G_BEGIN_DECLS

#define KAB_TYPE_HTTP_FEED (kab_http_feed_get_type())

/**
 * KabHttpFeed:
 *
 * The client's half of a WebSocket (RFC 6455) over which a service tells that something has
 * changed.
 *
 * Signals: "text" with what the service says; "closed" once, when nothing comes any more.
 */
G_DECLARE_FINAL_TYPE(KabHttpFeed, kab_http_feed, KAB, HTTP_FEED, GObject)

/**
 * kab_http_feed_open_async:
 * @client: a client, which has to live until the callback
 * @source: (nullable): the source object of the callback
 * @call: a GET
 * @cancellable: (nullable): to stop it
 * @callback: what to call then
 * @data: for @callback
 */
void kab_http_feed_open_async(KabHttpClient *client, GObject *source, const KabHttpCall *call,
                              GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer data);

/** kab_http_feed_open_finish: (transfer full) (nullable): the open WebSocket; errors are those
 * of kab_http_client_send(), and %KAB_HTTP_ERROR_CUT if the service, or a proxy before it, opens
 * none. */
KabHttpFeed *kab_http_feed_open_finish(GAsyncResult *result, GError **error);

/** kab_http_feed_close: ends it; "closed" is not told. */
void kab_http_feed_close(KabHttpFeed *self);

G_END_DECLS
