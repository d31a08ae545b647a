/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-raw.h"

#include <gio/gunixsocketaddress.h>
#include <string.h>

#define PATIENCE 20

struct _TestRawServer {
    GSocketListener *listener;
    GCancellable *cancellable;
    GThread *thread;
    char *address;
    char *reply;
    gint count;
    GPtrArray *kept; /* connections that wait for ever */
};

/* Head and body: who closes while the other side still writes has not answered. */
static void
read_request(GInputStream *stream)
{
    static const char length[] = "Content-Length: ";
    g_autoptr(GString) text = g_string_new(NULL);
    gsize wanted = G_MAXSIZE;
    char buffer[4096];

    while (text->len < wanted) {
        gssize n = g_input_stream_read(stream, buffer, sizeof buffer, NULL, NULL);
        const char *end;
        const char *found;

        if (n <= 0)
            return;
        g_string_append_len(text, buffer, n);
        end = strstr(text->str, "\r\n\r\n");
        found = strstr(text->str, length);
        if (end != NULL)
            wanted = (gsize)(end + 4 - text->str) +
                     (found != NULL && found < end
                          ? (gsize)g_ascii_strtoull(found + strlen(length), NULL, 10)
                          : 0);
    }
}

static gpointer
run(gpointer data)
{
    TestRawServer *server = data;

    for (;;) {
        GSocketConnection *connection =
            g_socket_listener_accept(server->listener, NULL, server->cancellable, NULL);

        if (connection == NULL)
            return NULL;
        g_atomic_int_inc(&server->count);
        if (server->reply == NULL) {
            g_ptr_array_add(server->kept, connection);
            continue;
        }
        read_request(g_io_stream_get_input_stream(G_IO_STREAM(connection)));
        test_raw_write(connection, server->reply);
        g_io_stream_close(G_IO_STREAM(connection), NULL, NULL);
        g_object_unref(connection);
    }
}

TestRawServer *
test_raw_server_start(const char *folder, const char *reply)
{
    TestRawServer *server = g_new0(TestRawServer, 1);
    g_autofree char *path = g_build_filename(folder, "raw", NULL);
    g_autoptr(GSocketAddress) address = g_unix_socket_address_new(path);
    g_autoptr(GError) error = NULL;

    server->listener = g_socket_listener_new();
    server->cancellable = g_cancellable_new();
    server->address = g_strconcat("unix:", path, NULL);
    server->reply = g_strdup(reply);
    server->kept = g_ptr_array_new_with_free_func(g_object_unref);
    g_socket_listener_add_address(server->listener, address, G_SOCKET_TYPE_STREAM,
                                  G_SOCKET_PROTOCOL_DEFAULT, NULL, NULL, &error);
    g_assert_no_error(error);
    server->thread = g_thread_new("raw", run, server);
    return server;
}

const char *
test_raw_server_get_address(TestRawServer *server)
{
    return server->address;
}

guint
test_raw_server_count(TestRawServer *server)
{
    return (guint)g_atomic_int_get(&server->count);
}

void
test_raw_server_stop(TestRawServer *server)
{
    g_cancellable_cancel(server->cancellable);
    g_thread_join(server->thread);
    g_socket_listener_close(server->listener);
    g_ptr_array_unref(server->kept);
    g_object_unref(server->listener);
    g_object_unref(server->cancellable);
    g_free(server->address);
    g_free(server->reply);
    g_free(server);
}

GSocketConnection *
test_raw_connect(const char *address)
{
    g_autoptr(GSocketClient) client = g_socket_client_new();
    g_autoptr(GSocketAddress) unix_address = NULL;
    g_autoptr(GError) error = NULL;
    GSocketConnection *connection;

    g_socket_client_set_timeout(client, PATIENCE);
    if (g_str_has_prefix(address, "unix:")) {
        unix_address = g_unix_socket_address_new(address + strlen("unix:"));
        connection =
            g_socket_client_connect(client, G_SOCKET_CONNECTABLE(unix_address), NULL, &error);
    } else {
        connection = g_socket_client_connect_to_host(client, address, 0, NULL, &error);
    }
    g_assert_no_error(error);
    return connection;
}

gboolean
test_raw_write(GSocketConnection *connection, const char *text)
{
    return g_output_stream_write_all(g_io_stream_get_output_stream(G_IO_STREAM(connection)), text,
                                     strlen(text), NULL, NULL, NULL);
}

char *
test_raw_read(GSocketConnection *connection)
{
    GInputStream *stream = g_io_stream_get_input_stream(G_IO_STREAM(connection));
    GString *text = g_string_new(NULL);
    g_autoptr(GError) error = NULL;
    char buffer[4096];
    gssize n;

    while ((n = g_input_stream_read(stream, buffer, sizeof buffer, NULL, &error)) > 0)
        g_string_append_len(text, buffer, n);
    g_assert_false(g_error_matches(error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT));
    return g_string_free(text, FALSE);
}
