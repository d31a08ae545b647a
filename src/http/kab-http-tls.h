/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * kab_http_tls_open:
 * @path: a file with certificates in PEM
 * @error: return location: %KAB_HTTP_ERROR_TLS
 *
 * Returns: (transfer full) (nullable): the authorities that it holds
 */
GTlsDatabase *kab_http_tls_open(const char *path, GError **error);

/** kab_http_tls_watch: notes what is wrong with the certificate, which is refused all the same. */
void kab_http_tls_watch(SoupMessage *message);

/**
 * kab_http_tls_explain:
 * @address: what was called
 * @message: a message that kab_http_tls_watch() knows
 * @error: how it ended
 *
 * Returns: (transfer full) (nullable): that in words, if TLS is the reason: %KAB_HTTP_ERROR_TLS,
 *   or %KAB_HTTP_ERROR_CUT if the connection only ended
 */
GError *kab_http_tls_explain(const char *address, SoupMessage *message, const GError *error);

/**
 * kab_http_tls_find_plain:
 * @address: what was called
 * @message: a message that was answered
 * @body: (array length=size): the answer
 * @size: its bytes
 *
 * Finds the answer that TLS servers give to who speaks HTTP without TLS to them.
 *
 * Returns: (transfer full) (nullable): that in words: %KAB_HTTP_ERROR_TLS
 */
GError *kab_http_tls_find_plain(const char *address, SoupMessage *message, const guint8 *body,
                                gsize size);

G_END_DECLS
