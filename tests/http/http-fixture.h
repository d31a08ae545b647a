/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-http-client.h"
#include "kab-http-server.h"

G_BEGIN_DECLS

/** HTTP_FIXTURE_MAX: the most bytes that "POST /echo" takes. */
#define HTTP_FIXTURE_MAX 10000

/**
 * HttpFixture:
 * @folder: a temporary folder
 * @address: where the server listens
 * @router: routes: "GET /open", "GET /who", "POST /echo", "GET /place/{a}/{b}", "GET /broken",
 *   "GET /big", "GET /empty", "GET /query", "GET /admin", "GET /remote", "GET /slow" and "GET
 * /live"; everybody with an Authorization header is a manager
 * @server: (nullable): the server
 * @lock: of the following
 * @changed: signalled when one of them changes
 * @n_slow: how many requests stand in "GET /slow"
 * @go_on: whether they may go on
 * @n_authorized: how often somebody was signed in
 * @options: what its servers are started with
 */
typedef struct {
    char *folder;
    char *address;
    KabHttpRouter *router;
    KabHttpServer *server;
    GMutex lock;
    GCond changed;
    guint n_slow;
    gboolean go_on;
    guint n_authorized;
    KabHttpServerOptions options;
} HttpFixture;

/** http_fixture_set_up: on a Unix socket; @data is (nullable) a KabHttpServerOptions. */
void http_fixture_set_up(HttpFixture *fixture, gconstpointer data);

/** http_fixture_set_up_tcp: on a free port of 127.0.0.1. */
void http_fixture_set_up_tcp(HttpFixture *fixture, gconstpointer data);

void http_fixture_tear_down(HttpFixture *fixture, gconstpointer data);

/** http_fixture_try_start: starts a second server on @listen, which is to fail or to be stopped. */
KabHttpServer *http_fixture_try_start(HttpFixture *fixture, const char *listen, GError **error);

/** http_fixture_client: (transfer full): a client for the server. */
KabHttpClient *http_fixture_client(HttpFixture *fixture);

/** http_fixture_ask: (transfer full): asks as somebody who is signed in. */
KabHttpAnswer *http_fixture_ask(HttpFixture *fixture, const char *method, const char *path,
                                GBytes *body);

/** http_fixture_text: (transfer full): the answer's body as text. */
char *http_fixture_text(const KabHttpAnswer *answer);

/** http_fixture_wait_slow: waits until @n requests stand in "GET /slow". */
void http_fixture_wait_slow(HttpFixture *fixture, guint n);

/** http_fixture_let_go: lets them go on. */
void http_fixture_let_go(HttpFixture *fixture);

G_END_DECLS
