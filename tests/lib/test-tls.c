/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-tls.h"

#include <string.h>

struct _TestTls {
    GSocketListener *listener;
    GCancellable *cancellable;
    GThread *thread;
    GTlsCertificate *certificate; /* (nullable) */
    char *reply;
    guint16 port;
    gint count;
};

void
test_tls_make_certificates(const char *folder)
{
    const char *const arguments[] = {TEST_MAKE_CERTIFICATES, folder, NULL};
    g_autoptr(GError) error = NULL;
    int status = 1;

    g_spawn_sync(NULL, (char **)arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status,
                 &error);
    g_assert_no_error(error);
    g_assert_cmpint(status, ==, 0);
}

/* Whoever does not like the certificate goes away here. */
static GIOStream *
secure(TestTls *self, GIOStream *base)
{
    GIOStream *stream;

    if (self->certificate == NULL)
        return g_object_ref(base);
    stream = g_tls_server_connection_new(base, self->certificate, NULL);
    if (stream != NULL &&
        !g_tls_connection_handshake(G_TLS_CONNECTION(stream), self->cancellable, NULL))
        g_clear_object(&stream);
    return stream;
}

static void
answer(TestTls *self, GIOStream *stream)
{
    g_autoptr(GString) text = g_string_new(NULL);
    char buffer[4096];

    /* To what is no HTTP, such as the first words of TLS, it answers at once. */
    while (strstr(text->str, "\r\n\r\n") == NULL &&
           (text->len == 0 || g_ascii_isupper(*text->str))) {
        gssize n = g_input_stream_read(g_io_stream_get_input_stream(stream), buffer, sizeof buffer,
                                       self->cancellable, NULL);

        if (n <= 0)
            return;
        g_string_append_len(text, buffer, n);
    }
    if (g_ascii_isupper(*text->str))
        g_atomic_int_inc(&self->count);
    g_output_stream_write_all(g_io_stream_get_output_stream(stream), self->reply,
                              strlen(self->reply), NULL, NULL, NULL);
    g_io_stream_close(stream, NULL, NULL);
}

static gpointer
run(gpointer data)
{
    TestTls *self = data;

    for (;;) {
        g_autoptr(GSocketConnection) connection =
            g_socket_listener_accept(self->listener, NULL, self->cancellable, NULL);
        g_autoptr(GIOStream) stream = NULL;

        if (connection == NULL)
            return NULL;
        stream = secure(self, G_IO_STREAM(connection));
        if (stream != NULL)
            answer(self, stream);
    }
}

TestTls *
test_tls_start(const char *folder, const char *certificate, const char *reply)
{
    TestTls *self = g_new0(TestTls, 1);
    g_autoptr(GError) error = NULL;

    if (certificate != NULL) {
        g_autofree char *path = g_strdup_printf("%s/%s.pem", folder, certificate);
        g_autofree char *key = g_build_filename(folder, "server.key", NULL);

        self->certificate = g_tls_certificate_new_from_files(path, key, &error);
        g_assert_no_error(error);
    }
    self->listener = g_socket_listener_new();
    self->cancellable = g_cancellable_new();
    self->reply = g_strdup(reply);
    self->port = g_socket_listener_add_any_inet_port(self->listener, NULL, &error);
    g_assert_no_error(error);
    self->thread = g_thread_new("tls", run, self);
    return self;
}

guint
test_tls_get_port(TestTls *self)
{
    return self->port;
}

guint
test_tls_count(TestTls *self)
{
    return (guint)g_atomic_int_get(&self->count);
}

void
test_tls_stop(TestTls *self)
{
    g_cancellable_cancel(self->cancellable);
    g_thread_join(self->thread);
    g_socket_listener_close(self->listener);
    g_object_unref(self->listener);
    g_object_unref(self->cancellable);
    g_clear_object(&self->certificate);
    g_free(self->reply);
    g_free(self);
}
