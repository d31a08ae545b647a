/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** KAB_HTTP_ERROR: the error domain of HTTP itself; what a service answers is told otherwise. */
#define KAB_HTTP_ERROR (kab_http_error_quark())

/**
 * KabHttpError:
 * @KAB_HTTP_ERROR_ADDRESS: the address is not one
 * @KAB_HTTP_ERROR_RESOLVE: its name does not resolve
 * @KAB_HTTP_ERROR_CONNECT: nothing listens there
 * @KAB_HTTP_ERROR_TLS: TLS is not trusted, or is not spoken there
 * @KAB_HTTP_ERROR_TIMEOUT: no answer in time
 * @KAB_HTTP_ERROR_CUT: the connection ended in the middle
 * @KAB_HTTP_ERROR_TOO_BIG: the answer is bigger than allowed
 * @KAB_HTTP_ERROR_LISTEN: the address cannot be listened on
 */
typedef enum {
    KAB_HTTP_ERROR_ADDRESS,
    KAB_HTTP_ERROR_RESOLVE,
    KAB_HTTP_ERROR_CONNECT,
    KAB_HTTP_ERROR_TLS,
    KAB_HTTP_ERROR_TIMEOUT,
    KAB_HTTP_ERROR_CUT,
    KAB_HTTP_ERROR_TOO_BIG,
    KAB_HTTP_ERROR_LISTEN,
} KabHttpError;

GQuark kab_http_error_quark(void);

/**
 * kab_http_address_parse_listen:
 * @text: "127.0.0.1:8080", "[::1]:8080" or "unix:PATH"
 * @error: return location: %KAB_HTTP_ERROR_ADDRESS
 *
 * Returns: (transfer full) (nullable): where a service shall listen
 */
GSocketAddress *kab_http_address_parse_listen(const char *text, GError **error);

/**
 * kab_http_address_parse_service:
 * @text: "http://host:port/path", "https://host" or "unix:PATH"
 * @base: (out) (transfer full): what a request's path is appended to
 * @connectable: (out) (transfer full) (nullable): the Unix socket to connect to, if it is one
 * @error: return location: %KAB_HTTP_ERROR_ADDRESS
 *
 * Returns: whether @text is the address of a service
 */
gboolean kab_http_address_parse_service(const char *text, char **base,
                                        GSocketConnectable **connectable, GError **error);

G_END_DECLS
