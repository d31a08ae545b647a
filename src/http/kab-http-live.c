/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-http-drip.h"
#include "kab-http-live.h"

#include <glib/gi18n-lib.h>

/* Proxies end a connection on which nothing moves for a minute. */
#define PING_S 25
#define LIFETIME_S 600
/* Then a client that does not take its leave is cut off. */
#define LEAVE_S 5
/* A client has nothing to say: it answers pings, and sends some of its own. */
#define MAX_INCOMING 4096

struct _KabHttpLive {
    guint max;
    int *count;           /* atomic, of the server */
    GPtrArray *listeners; /* (owned) (element-type Listener) */
};

typedef struct {
    KabHttpLive *live;
    char *topic;                     /* (owned) */
    SoupServerMessage *message;      /* (owned) (nullable): until its answer is written */
    SoupWebsocketConnection *socket; /* (owned) (nullable): from then on */
    GIOStream *connection;           /* (owned) (nullable): under it */
    GSource *lifetime;               /* (owned) (nullable) */
} Listener;

static void
stop_lifetime(Listener *listener)
{
    if (listener->lifetime == NULL)
        return;
    g_source_destroy(listener->lifetime);
    g_clear_pointer(&listener->lifetime, g_source_unref);
}

static void
listener_free(gpointer data)
{
    Listener *listener = data;

    stop_lifetime(listener);
    if (listener->message != NULL)
        g_signal_handlers_disconnect_by_data(listener->message, listener);
    if (listener->socket != NULL)
        g_signal_handlers_disconnect_by_data(listener->socket, listener);
    if (listener->connection != NULL)
        g_io_stream_close(listener->connection, NULL, NULL);
    g_clear_object(&listener->message);
    g_clear_object(&listener->socket);
    g_clear_object(&listener->connection);
    g_free(listener->topic);
    g_free(listener);
}

static void
forget(Listener *listener)
{
    KabHttpLive *live = listener->live;

    g_ptr_array_remove_fast(live->listeners, listener);
    g_atomic_int_set(live->count, (int)live->listeners->len);
}

static void
on_closed(SoupWebsocketConnection *socket G_GNUC_UNUSED, gpointer data)
{
    forget(data);
}

static void
on_message(SoupWebsocketConnection *socket, int type G_GNUC_UNUSED, GBytes *bytes G_GNUC_UNUSED,
           gpointer data G_GNUC_UNUSED)
{
    if (soup_websocket_connection_get_state(socket) == SOUP_WEBSOCKET_STATE_OPEN)
        soup_websocket_connection_close(socket, SOUP_WEBSOCKET_CLOSE_POLICY_VIOLATION, NULL);
}

static void
start_lifetime(Listener *listener, guint seconds, GSourceFunc over)
{
    stop_lifetime(listener);
    listener->lifetime = g_timeout_source_new_seconds(seconds);
    g_source_set_callback(listener->lifetime, over, listener, NULL);
    g_source_attach(listener->lifetime, g_main_context_get_thread_default());
}

static gboolean
on_left(gpointer data)
{
    forget(data);
    return G_SOURCE_REMOVE;
}

/* It is told so; one that does not read is cut off then. */
static gboolean
on_lifetime(gpointer data)
{
    Listener *listener = data;

    if (soup_websocket_connection_get_state(listener->socket) == SOUP_WEBSOCKET_STATE_OPEN)
        soup_websocket_connection_close(listener->socket, SOUP_WEBSOCKET_CLOSE_GOING_AWAY, NULL);
    start_lifetime(listener, LEAVE_S, on_left);
    return G_SOURCE_REMOVE;
}

/* The answer 101 is written: what comes now is no HTTP any more. */
static void
on_upgraded(SoupServerMessage *message, gpointer data)
{
    Listener *listener = data;
    g_autoptr(GIOStream) stream = NULL;

    listener->connection = soup_server_message_steal_connection(message);
    stream = kab_http_drip_wrap(g_object_ref(listener->connection), MAX_INCOMING);
    g_signal_handlers_disconnect_by_data(message, listener);
    listener->socket =
        soup_websocket_connection_new(stream, soup_server_message_get_uri(message),
                                      SOUP_WEBSOCKET_CONNECTION_SERVER, NULL, NULL, NULL);
    g_clear_object(&listener->message);
    soup_websocket_connection_set_keepalive_interval(listener->socket, PING_S);
    soup_websocket_connection_set_max_incoming_payload_size(listener->socket, MAX_INCOMING);
    g_signal_connect(listener->socket, "message", G_CALLBACK(on_message), listener);
    g_signal_connect(listener->socket, "closed", G_CALLBACK(on_closed), listener);
    start_lifetime(listener, LIFETIME_S, on_lifetime);
}

/* The client went before the answer was written. */
static void
on_finished(SoupServerMessage *message G_GNUC_UNUSED, gpointer data)
{
    forget(data);
}

KabHttpLive *
kab_http_live_new(guint max, int *count)
{
    KabHttpLive *self = g_new0(KabHttpLive, 1);

    self->max = max;
    self->count = count;
    self->listeners = g_ptr_array_new_with_free_func(listener_free);
    return self;
}

void
kab_http_live_free(KabHttpLive *self)
{
    if (self == NULL)
        return;
    g_ptr_array_unref(self->listeners);
    g_free(self);
}

gboolean
kab_http_live_begin(KabHttpLive *self, SoupServerMessage *message, const char *topic,
                    GError **error)
{
    Listener *listener;

    if (!soup_websocket_server_check_handshake(message, NULL, NULL, NULL, NULL)) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID,
                            _("Only a WebSocket is answered at this address"));
        return FALSE;
    }
    if (self->listeners->len >= self->max) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_BUSY,
                            _("There are too many connections; try again later"));
        return FALSE;
    }
    if (!soup_websocket_server_process_handshake(message, NULL, NULL, NULL, NULL)) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID,
                            _("Only a WebSocket is answered at this address"));
        return FALSE;
    }
    listener = g_new0(Listener, 1);
    listener->live = self;
    listener->topic = g_strdup(topic);
    listener->message = g_object_ref(message);
    g_ptr_array_add(self->listeners, listener);
    g_atomic_int_set(self->count, (int)self->listeners->len);
    g_signal_connect(message, "wrote-informational", G_CALLBACK(on_upgraded), listener);
    g_signal_connect(message, "finished", G_CALLBACK(on_finished), listener);
    return TRUE;
}

void
kab_http_live_tell(KabHttpLive *self, const char *topic, const char *text)
{
    for (guint i = 0; i < self->listeners->len; i++) {
        Listener *listener = g_ptr_array_index(self->listeners, i);

        if (listener->socket != NULL && (topic == NULL || g_str_equal(listener->topic, topic)) &&
            soup_websocket_connection_get_state(listener->socket) == SOUP_WEBSOCKET_STATE_OPEN)
            soup_websocket_connection_send_text(listener->socket, text);
    }
}
