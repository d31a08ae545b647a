/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-http-guard.h"
#include "kab-network.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/resource.h>

#define CONNECTIONS 1000
#define HEAD_MS 20000
#define STALL_MS 30000
#define IDLE_MS 120000
#define TICK_MS 1000
/* Bytes in a millisecond that a body or an answer has to make on the whole. */
#define PACE 16
/* A body that does not say how long it is gets the time of this one. */
#define BODY_UNKNOWN (16 * 1024 * 1024)
#define HEADERS_MAX 100
#define HEADER_BYTES_MAX 32768
#define ADDRESS_MAX 16384
#define CLIENT_KEY "kab-client"

struct _KabHttpGuard {
    KabHttpLimits limits;
    GHashTable *clients; /* (owned): socket to Client */
    GHashTable *peers;   /* (owned): address to how many */
    GSource *tick;       /* (owned) (nullable): while there are clients */
};

typedef struct {
    KabHttpGuard *guard; /* (nullable): until the connection is gone */
    GSocket *socket;     /* (owned) */
    GSource *watch;      /* (owned) (nullable): while it is idle */
    char *peer;          /* (owned) (nullable) */
    gint64 due;          /* when its time is up, by the monotonic clock; 0: not now */
    gint64 limit;        /* which no progress can put off */
    gboolean away;       /* it has been turned away */
    gboolean left;       /* it is a WebSocket */
} Client;

static void
clear_client(gpointer data)
{
    Client *client = data;

    g_object_unref(client->socket);
    g_free(client->peer);
}

static void
stop_watch(Client *client)
{
    if (client->watch == NULL)
        return;
    g_source_destroy(client->watch);
    g_clear_pointer(&client->watch, g_source_unref);
}

static void
client_unref(gpointer client)
{
    g_rc_box_release_full(client, clear_client);
}

/* A client as it is counted; NULL on a Unix socket. */
static char *
make_peer(GSocketAddress *address)
{
    g_autofree char *text = NULL;

    if (!G_IS_INET_SOCKET_ADDRESS(address))
        return NULL;
    text =
        g_inet_address_to_string(g_inet_socket_address_get_address(G_INET_SOCKET_ADDRESS(address)));
    return kab_network_of(text);
}

static guint
count_peer(KabHttpGuard *self, const char *peer, int change)
{
    guint n;

    if (peer == NULL)
        return 0;
    n = GPOINTER_TO_UINT(g_hash_table_lookup(self->peers, peer)) + (guint)change;
    if (n == 0)
        g_hash_table_remove(self->peers, peer);
    else
        g_hash_table_insert(self->peers, g_strdup(peer), GUINT_TO_POINTER(n));
    return n;
}

static void
turn_away(Client *client)
{
    client->away = TRUE;
    client->due = 0;
    g_socket_shutdown(client->socket, TRUE, TRUE, NULL);
}

static void
stop_tick(KabHttpGuard *self)
{
    if (self->tick == NULL)
        return;
    g_source_destroy(self->tick);
    g_clear_pointer(&self->tick, g_source_unref);
}

static void
forget(KabHttpGuard *self, Client *client)
{
    stop_watch(client);
    count_peer(self, client->peer, -1);
    client->guard = NULL;
}

/* Forgets the connections that are closed; the library does not tell. What it has not closed itself
 * since it was turned away is closed here. */
static void
sweep(KabHttpGuard *self)
{
    gint64 now = g_get_monotonic_time();
    GHashTableIter iter;
    gpointer value;

    g_hash_table_iter_init(&iter, self->clients);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        Client *client = value;

        if (client->away)
            g_socket_close(client->socket, NULL);
        if (g_socket_is_closed(client->socket)) {
            forget(self, client);
            g_hash_table_iter_remove(&iter);
        } else if (client->due != 0 && client->due <= now) {
            turn_away(client);
        }
    }
}

static gboolean
on_tick(gpointer data)
{
    KabHttpGuard *self = data;

    sweep(self);
    if (g_hash_table_size(self->clients) > 0)
        return G_SOURCE_CONTINUE;
    g_clear_pointer(&self->tick, g_source_unref);
    return G_SOURCE_REMOVE;
}

static void
start_tick(KabHttpGuard *self)
{
    if (self->tick != NULL)
        return;
    self->tick = g_timeout_source_new(MIN(TICK_MS, self->limits.head_ms / 4 + 1));
    g_source_set_callback(self->tick, on_tick, self, NULL);
    g_source_attach(self->tick, g_main_context_get_thread_default());
}

static void
give_time(Client *client, guint ms, gsize bytes)
{
    gint64 now = g_get_monotonic_time();

    client->limit = now + ((gint64)ms * 2 + (gint64)(bytes / PACE)) * 1000;
    client->due = MIN(client->limit, now + (gint64)ms * 1000);
}

/* It moves: the time of standing still begins anew. */
static void
go_on(Client *client)
{
    if (client->guard != NULL && client->due != 0)
        client->due = MIN(client->limit,
                          g_get_monotonic_time() + (gint64)client->guard->limits.stall_ms * 1000);
}

static Client *
get_client(SoupServerMessage *message)
{
    Client *client = g_object_get_data(G_OBJECT(message), CLIENT_KEY);

    return client != NULL && client->guard != NULL ? client : NULL;
}

static void
on_got_headers(SoupServerMessage *message, gpointer data G_GNUC_UNUSED)
{
    Client *client = get_client(message);
    SoupMessageHeaders *headers = soup_server_message_get_request_headers(message);
    goffset length = soup_message_headers_get_encoding(headers) == SOUP_ENCODING_CHUNKED
                         ? BODY_UNKNOWN
                         : soup_message_headers_get_content_length(headers);

    if (client != NULL && !client->away)
        give_time(client, client->guard->limits.stall_ms, (gsize)CLAMP(length, 0, BODY_UNKNOWN));
}

static void
on_got_chunk(SoupServerMessage *message, GBytes *chunk G_GNUC_UNUSED, gpointer data G_GNUC_UNUSED)
{
    Client *client = get_client(message);

    if (client != NULL)
        go_on(client);
}

static void
on_wrote(SoupServerMessage *message, guint size G_GNUC_UNUSED, gpointer data G_GNUC_UNUSED)
{
    Client *client = get_client(message);

    if (client != NULL)
        go_on(client);
}

/* Something comes from an idle connection: another request, or its end. The library (3.2) looks no
 * more after a connection that ends while it is idle, and would keep its file for ever. */
static gboolean
on_watched(GSocket *socket, GIOCondition condition G_GNUC_UNUSED, gpointer data)
{
    Client *client = data;

    g_clear_pointer(&client->watch, g_source_unref);
    if (g_socket_get_available_bytes(socket) <= 0)
        g_socket_close(socket, NULL);
    return G_SOURCE_REMOVE;
}

static void
on_finished(SoupServerMessage *message, gpointer data G_GNUC_UNUSED)
{
    Client *client = get_client(message);

    if (client == NULL || client->away || client->left || g_socket_is_closed(client->socket))
        return;
    client->due = client->limit =
        g_get_monotonic_time() + (gint64)client->guard->limits.idle_ms * 1000;
    stop_watch(client);
    client->watch = g_socket_create_source(client->socket, G_IO_IN | G_IO_HUP, NULL);
    g_source_set_callback(client->watch, G_SOURCE_FUNC(on_watched), client, NULL);
    g_source_attach(client->watch, g_main_context_get_thread_default());
}

/* There is no request to answer yet; who speaks HTTP understands this all the same. */
static void
tell_busy(GSocket *socket)
{
    static const char answer[] = "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\n"
                                 "Content-Length: 0\r\nConnection: close\r\n\r\n";

    g_socket_send_with_blocking(socket, answer, sizeof answer - 1, FALSE, NULL, NULL);
}

static gboolean
is_crowded(KabHttpGuard *self, const Client *newest)
{
    return g_hash_table_size(self->clients) > self->limits.connections ||
           (self->limits.per_client > 0 &&
            count_peer(self, newest->peer, 0) > self->limits.per_client);
}

static Client *
add_client(KabHttpGuard *self, GSocket *socket, SoupServerMessage *message)
{
    Client *client = g_rc_box_new0(Client);

    client->guard = self;
    client->socket = g_object_ref(socket);
    client->peer = make_peer(soup_server_message_get_remote_address(message));
    g_hash_table_insert(self->clients, socket, client);
    count_peer(self, client->peer, 1);
    start_tick(self);
    if (is_crowded(self, client))
        sweep(self);
    if (is_crowded(self, client)) {
        tell_busy(socket);
        turn_away(client);
    }
    return client;
}

/* Also told when somebody has connected, before a request is there. */
static void
on_started(SoupServer *soup G_GNUC_UNUSED, SoupServerMessage *message, gpointer data)
{
    KabHttpGuard *self = data;
    GSocket *socket = soup_server_message_get_socket(message);
    Client *client = socket != NULL ? g_hash_table_lookup(self->clients, socket) : NULL;

    if (socket == NULL)
        return;
    if (client == NULL)
        client = add_client(self, socket, message);
    stop_watch(client);
    if (!client->away)
        client->due = client->limit = g_get_monotonic_time() + (gint64)self->limits.head_ms * 1000;
    g_object_set_data_full(G_OBJECT(message), CLIENT_KEY, g_rc_box_acquire(client), client_unref);
    g_signal_connect(message, "got-headers", G_CALLBACK(on_got_headers), NULL);
    g_signal_connect(message, "got-chunk", G_CALLBACK(on_got_chunk), NULL);
    g_signal_connect(message, "wrote-body-data", G_CALLBACK(on_wrote), NULL);
    g_signal_connect(message, "finished", G_CALLBACK(on_finished), NULL);
}

/* The library listens no more once it has no file for a client: that must not happen, and the
 * database and the other end of a pair need files too. */
static guint
find_connections(guint wanted)
{
    struct rlimit files;
    guint max = wanted > 0 ? wanted : CONNECTIONS;

    if (getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur != RLIM_INFINITY)
        max = (guint)MIN((rlim_t)max, MAX(files.rlim_cur / 3, 1));
    return max;
}

KabHttpGuard *
kab_http_guard_new(SoupServer *soup, const KabHttpLimits *limits)
{
    KabHttpGuard *self = g_new0(KabHttpGuard, 1);

    self->limits.connections = find_connections(limits->connections);
    self->limits.per_client = limits->per_client;
    self->limits.head_ms = limits->head_ms > 0 ? limits->head_ms : HEAD_MS;
    self->limits.stall_ms = limits->stall_ms > 0 ? limits->stall_ms : STALL_MS;
    self->limits.idle_ms = limits->idle_ms > 0 ? limits->idle_ms : IDLE_MS;
    self->clients = g_hash_table_new_full(NULL, NULL, NULL, client_unref);
    self->peers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_signal_connect(soup, "request-started", G_CALLBACK(on_started), self);
    return self;
}

void
kab_http_guard_free(KabHttpGuard *self)
{
    GHashTableIter iter;
    gpointer value;

    if (self == NULL)
        return;
    stop_tick(self);
    g_hash_table_iter_init(&iter, self->clients);
    while (g_hash_table_iter_next(&iter, NULL, &value))
        forget(self, value);
    g_hash_table_unref(self->clients);
    g_hash_table_unref(self->peers);
    g_free(self);
}

guint
kab_http_guard_check_head(KabHttpGuard *self G_GNUC_UNUSED, SoupServerMessage *message,
                          const char **text)
{
    Client *client = get_client(message);
    GUri *uri = soup_server_message_get_uri(message);
    const char *query = g_uri_get_query(uri);
    SoupMessageHeadersIter iter;
    const char *name;
    const char *value;
    guint n = 0;
    gsize bytes = 0;

    if (client != NULL && client->away) {
        *text = _("There are too many connections; try again later");
        return 503;
    }
    if (strlen(g_uri_get_path(uri)) + (query != NULL ? strlen(query) : 0) > ADDRESS_MAX) {
        *text = _("The address is too long");
        return 414;
    }
    soup_message_headers_iter_init(&iter, soup_server_message_get_request_headers(message));
    while (soup_message_headers_iter_next(&iter, &name, &value)) {
        bytes += strlen(name) + strlen(value) + 4;
        n++;
    }
    if (n <= HEADERS_MAX && bytes <= HEADER_BYTES_MAX)
        return 0;
    *text = _("The request has too many headers, or too long ones");
    return 431;
}

void
kab_http_guard_hold(KabHttpGuard *self G_GNUC_UNUSED, SoupServerMessage *message)
{
    Client *client = get_client(message);

    if (client != NULL)
        client->due = 0;
}

void
kab_http_guard_release(KabHttpGuard *self, SoupServerMessage *message)
{
    Client *client = get_client(message);

    if (client != NULL && !client->away)
        give_time(client, self->limits.stall_ms,
                  (gsize)soup_server_message_get_response_body(message)->length);
}

void
kab_http_guard_leave(KabHttpGuard *self G_GNUC_UNUSED, SoupServerMessage *message)
{
    Client *client = get_client(message);

    if (client == NULL)
        return;
    client->due = 0;
    client->left = TRUE;
}

guint
kab_http_guard_get_connections(KabHttpGuard *self)
{
    return self->limits.connections;
}
