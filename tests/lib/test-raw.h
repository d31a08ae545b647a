/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TestRawServer:
 *
 * Something that is no HTTP server, or a broken one: it reads a request, writes fixed
 * bytes and closes the connection.
 */
typedef struct _TestRawServer TestRawServer;

/**
 * test_raw_server_start:
 * @folder: where its Unix socket shall be
 * @reply: (nullable): what it writes; %NULL: it never answers and keeps the connection
 *
 * Returns: (transfer full): the server
 */
TestRawServer *test_raw_server_start(const char *folder, const char *reply);

/** test_raw_server_get_address: "unix:PATH". */
const char *test_raw_server_get_address(TestRawServer *server);

/** test_raw_server_count: how many connections there were. */
guint test_raw_server_count(TestRawServer *server);

/** test_raw_server_stop: (transfer full): ends it. */
void test_raw_server_stop(TestRawServer *server);

/**
 * test_raw_connect:
 * @address: "unix:PATH" or "127.0.0.1:PORT"
 *
 * Returns: (transfer full): a connection, with a bound on how long it waits
 */
GSocketConnection *test_raw_connect(const char *address);

/** test_raw_write: writes a text; %FALSE if the other side does not want it. */
gboolean test_raw_write(GSocketConnection *connection, const char *text);

/** test_raw_read: (transfer full): everything until the other side closes. */
char *test_raw_read(GSocketConnection *connection);

G_END_DECLS
