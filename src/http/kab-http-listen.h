/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * kab_http_listen:
 * @soup: a server
 * @address: where to listen; the file of a Unix socket that nobody listens on any more is replaced
 * @error: return location: %KAB_HTTP_ERROR_LISTEN
 *
 * Returns: whether it listens now
 */
gboolean kab_http_listen(SoupServer *soup, GSocketAddress *address, GError **error);

G_END_DECLS
