/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TestTls:
 *
 * A server on a free port of 127.0.0.1 that answers every request with the same bytes, over TLS or
 * not. tests/lib/make-certificates.sh tells of the certificates.
 */
typedef struct _TestTls TestTls;

/** test_tls_make_certificates: makes the certificates in @folder. */
void test_tls_make_certificates(const char *folder);

/**
 * test_tls_start:
 * @folder: where the certificates are
 * @certificate: (nullable): the name of one, such as "expired"; %NULL: without TLS
 * @reply: what it answers
 *
 * Returns: (transfer full): the server
 */
TestTls *test_tls_start(const char *folder, const char *certificate, const char *reply);

/** test_tls_get_port: the port that it listens on. */
guint test_tls_get_port(TestTls *self);

/** test_tls_count: how many requests have come through to it. */
guint test_tls_count(TestTls *self);

/** test_tls_stop: (transfer full): ends it. */
void test_tls_stop(TestTls *self);

G_END_DECLS
