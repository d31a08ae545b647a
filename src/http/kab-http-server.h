/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-http-address.h"
#include "kab-http-limits.h"
#include "kab-http-router.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * KabHttpServer:
 *
 * Listens on one address, on a thread of its own; requests are carried out on worker threads.
 */
typedef struct _KabHttpServer KabHttpServer;

/**
 * KabHttpServerOptions:
 * @behind_proxy: whether a proxy of this machine tells the client's address in X-Real-IP; from
 *   other peers, and without this, that header means nothing
 * @limits: what one client may take
 */
typedef struct {
    gboolean behind_proxy;
    KabHttpLimits limits;
} KabHttpServerOptions;

/**
 * kab_http_server_start:
 * @router: the service's routes; has to outlive the server
 * @listen: where to listen; the file of a Unix socket that nobody listens on any more is replaced
 * @options: (nullable): %NULL for clients that come without a proxy, with the usual limits
 * @error: return location: %KAB_HTTP_ERROR_LISTEN
 *
 * Returns: (transfer full) (nullable): the server, which answers now
 */
KabHttpServer *kab_http_server_start(KabHttpRouter *router, GSocketAddress *listen,
                                     const KabHttpServerOptions *options, GError **error);

/**
 * kab_http_server_tell:
 * @server: a server
 * @topic: (nullable): what is told of; %NULL tells everybody
 * @text: what is said
 *
 * Tells those who listen; any thread may.
 */
void kab_http_server_tell(KabHttpServer *server, const char *topic, const char *text);

/** kab_http_server_has_listeners: whether somebody may listen; any thread may ask. */
gboolean kab_http_server_has_listeners(KabHttpServer *server);

/**
 * kab_http_server_stop:
 * @server: (transfer full) (nullable): a server
 *
 * Ends the requests that are under way and sends their answers, then stops listening and frees the
 * server.
 */
void kab_http_server_stop(KabHttpServer *server);

G_END_DECLS
