/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define KAB_TYPE_HTTP_DRIP (kab_http_drip_get_type())

/**
 * KabHttpDrip:
 *
 * What comes from a client that has nothing to say: some bytes in all, then an error. libsoup
 * answers every ping of a WebSocket, however many there are, and keeps the answers until they are
 * read.
 */
G_DECLARE_FINAL_TYPE(KabHttpDrip, kab_http_drip, KAB, HTTP_DRIP, GFilterInputStream)

/**
 * kab_http_drip_wrap:
 * @stream: (transfer full): a connection that can be polled
 * @max: how many bytes may come
 *
 * Returns: (transfer full): the same connection, out of which no more than @max can be read
 */
GIOStream *kab_http_drip_wrap(GIOStream *stream, gsize max);

G_END_DECLS
