/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-http-client-private.h"
#include "kab-http-feed.h"

#define MAX_TEXT 65536
#define PING_S 25

struct _KabHttpFeed {
    GObject parent_instance;

    SoupWebsocketConnection *socket; /* (owned) */
};

G_DEFINE_FINAL_TYPE(KabHttpFeed, kab_http_feed, G_TYPE_OBJECT)

enum {
    TEXT,
    CLOSED,
    N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
on_message(KabHttpFeed *self, int type, GBytes *bytes)
{
    gsize size;
    const char *data = g_bytes_get_data(bytes, &size);
    g_autofree char *text = NULL;

    if (type != SOUP_WEBSOCKET_DATA_TEXT)
        return;
    text = g_strndup(data, size);
    g_signal_emit(self, signals[TEXT], 0, text);
}

static void
on_closed(KabHttpFeed *self)
{
    g_signal_emit(self, signals[CLOSED], 0);
}

static void
kab_http_feed_dispose(GObject *object)
{
    kab_http_feed_close(KAB_HTTP_FEED(object));
    G_OBJECT_CLASS(kab_http_feed_parent_class)->dispose(object);
}

static void
kab_http_feed_class_init(KabHttpFeedClass *klass)
{
    G_OBJECT_CLASS(klass)->dispose = kab_http_feed_dispose;

    /** KabHttpFeed::text: what the service says. */
    signals[TEXT] = g_signal_new("text", KAB_TYPE_HTTP_FEED, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_STRING);
    /** KabHttpFeed::closed: nothing comes any more. */
    signals[CLOSED] = g_signal_new("closed", KAB_TYPE_HTTP_FEED, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
kab_http_feed_init(KabHttpFeed *self G_GNUC_UNUSED)
{
}

typedef struct {
    KabHttpClient *client;
    SoupMessage *message; /* (owned) */
} Opening;

static void
opening_free(gpointer data)
{
    g_object_unref(((Opening *)data)->message);
    g_free(data);
}

static void
on_opened(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(GTask) task = data;
    Opening *opening = g_task_get_task_data(task);
    GError *local = NULL;
    GError *error = NULL;
    SoupWebsocketConnection *socket =
        soup_session_websocket_connect_finish(SOUP_SESSION(source), result, &local);
    KabHttpFeed *self;

    if (socket == NULL) {
        kab_http_client_take_error(opening->client, opening->message, &error, local);
        g_task_return_error(task, error);
        return;
    }
    self = g_object_new(KAB_TYPE_HTTP_FEED, NULL);
    self->socket = socket;
    soup_websocket_connection_set_max_incoming_payload_size(socket, MAX_TEXT);
    soup_websocket_connection_set_keepalive_interval(socket, PING_S);
    g_signal_connect_object(socket, "message", G_CALLBACK(on_message), self, G_CONNECT_SWAPPED);
    g_signal_connect_object(socket, "closed", G_CALLBACK(on_closed), self, G_CONNECT_SWAPPED);
    g_task_return_pointer(task, self, g_object_unref);
}

void
kab_http_feed_open_async(KabHttpClient *client, GObject *source, const KabHttpCall *call,
                         GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    GTask *task = g_task_new(source, cancellable, callback, data);
    GError *error = NULL;
    SoupMessage *message = kab_http_client_make_message(client, call, &error);
    Opening *opening;

    if (message == NULL) {
        g_task_return_error(task, error);
        g_object_unref(task);
        return;
    }
    opening = g_new0(Opening, 1);
    opening->client = client;
    opening->message = message;
    g_task_set_task_data(task, opening, opening_free);
    soup_session_websocket_connect_async(kab_http_client_get_session(client), message, NULL, NULL,
                                         G_PRIORITY_DEFAULT, cancellable, on_opened, task);
}

KabHttpFeed *
kab_http_feed_open_finish(GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}

void
kab_http_feed_close(KabHttpFeed *self)
{
    if (self->socket == NULL)
        return;
    g_signal_handlers_disconnect_by_data(self->socket, self);
    if (soup_websocket_connection_get_state(self->socket) == SOUP_WEBSOCKET_STATE_OPEN)
        soup_websocket_connection_close(self->socket, SOUP_WEBSOCKET_CLOSE_GOING_AWAY, NULL);
    g_clear_object(&self->socket);
}
