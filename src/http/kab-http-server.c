/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-http-guard.h"
#include "kab-http-live.h"
#include "kab-http-listen.h"
#include "kab-http-reply.h"
#include "kab-http-server.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <libsoup/soup.h>
#include <string.h>

#define WORKERS 4
#define SLOW_WORKERS 2
/* Whoever would have to wait longer than some seconds for a worker is told to come again. */
#define MAX_SLOW 200
#define MAX_CLIENT 200
#define SEND_MS G_GINT64_CONSTANT(2000)
#define ROUTE_KEY "kab-route"
#define PARAMS_KEY "kab-params"
#define SIZE_KEY "kab-size"
#define MAX_KEY "kab-max"

struct _KabHttpServer {
    KabHttpRouter *router;
    GSocketAddress *listen; /* (owned) */
    KabHttpServerOptions options;
    GThreadPool *workers;  /* (owned) */
    GThreadPool *slow;     /* (owned): for what works on passwords */
    GThread *thread;       /* (owned) */
    GMainContext *context; /* (owned) */
    GMainLoop *loop;       /* (owned) */
    SoupServer *soup;      /* (owned): of the thread */
    KabHttpGuard *guard;   /* (owned): of the thread */
    KabHttpLive *live;     /* (owned): of the thread */
    int listeners;         /* atomic: how many */

    GMutex lock;
    GCond changed;
    gboolean ready;
    gboolean stopping;
    guint pending; /* requests that workers have */
    guint unsent;  /* those, and answers that are on the way */
    GError *error; /* (nullable) (owned): why it could not listen */
};

typedef struct {
    KabHttpServer *server;
    SoupServerMessage *message; /* (owned) */
    const KabHttpRoute *route;
    KabHttpRequest *request; /* (owned) */
    KabHttpResponse response;
} Job;

static void
job_free(Job *job)
{
    g_object_unref(job->message);
    kab_http_request_free(job->request);
    kab_http_response_clear(&job->response);
    g_free(job);
}

static void
on_got_chunk(SoupServerMessage *message, GBytes *chunk, gpointer data G_GNUC_UNUSED)
{
    gsize size = GPOINTER_TO_SIZE(g_object_get_data(G_OBJECT(message), SIZE_KEY));
    SoupMessageBody *body = soup_server_message_get_request_body(message);

    gsize max = GPOINTER_TO_SIZE(g_object_get_data(G_OBJECT(message), MAX_KEY));

    size += g_bytes_get_size(chunk);
    g_object_set_data(G_OBJECT(message), SIZE_KEY, GSIZE_TO_POINTER(size));
    if (size <= max)
        return;
    soup_message_body_set_accumulate(body, FALSE);
    soup_message_body_truncate(body);
    /* Somebody who goes on far beyond the limit is not worth an answer. */
    if (size > max * 2 + 1024 * 1024)
        g_socket_close(soup_server_message_get_socket(message), NULL);
}

static gboolean
is_too_big(SoupServerMessage *message, const KabHttpRoute *route)
{
    SoupMessageHeaders *headers = soup_server_message_get_request_headers(message);
    goffset length = soup_message_headers_get_content_length(headers);

    return soup_message_headers_get_encoding(headers) == SOUP_ENCODING_CONTENT_LENGTH &&
           length > (goffset)route->max_body;
}

static void
on_early(SoupServer *soup G_GNUC_UNUSED, SoupServerMessage *message, const char *path,
         GHashTable *query G_GNUC_UNUSED, gpointer data)
{
    KabHttpServer *server = data;
    SoupMessageHeaders *headers = soup_server_message_get_request_headers(message);
    GPtrArray *params = NULL;
    gboolean known = FALSE;
    const KabHttpRoute *route;
    const char *text = NULL;
    guint status = kab_http_guard_check_head(server->guard, message, &text);

    g_signal_connect(message, "got-chunk", G_CALLBACK(on_got_chunk), NULL);
    if (status != 0) {
        kab_http_refuse_with(message, status, status == 503 ? KAB_ERROR_BUSY : KAB_ERROR_RANGE,
                             text);
        return;
    }
    route = kab_http_router_find(server->router, soup_server_message_get_method(message), path,
                                 &params, &known);
    if (route == NULL) {
        kab_http_refuse(message, known ? KAB_ERROR_INVALID : KAB_ERROR_NOT_FOUND,
                        known ? _("This address does not know the method")
                              : _("There is no such address"));
        return;
    }
    g_object_set_data_full(G_OBJECT(message), PARAMS_KEY, params,
                           (GDestroyNotify)g_ptr_array_unref);
    if (!route->open && soup_message_headers_get_one(headers, "Authorization") == NULL) {
        kab_http_refuse(message, KAB_ERROR_UNAUTHORIZED, _("Sign in first"));
        return;
    }
    g_object_set_data(G_OBJECT(message), MAX_KEY, GSIZE_TO_POINTER(route->max_body));
    if (is_too_big(message, route)) {
        kab_http_refuse(message, KAB_ERROR_RANGE, _("The request is too big"));
        return;
    }
    g_object_set_data(G_OBJECT(message), ROUTE_KEY, (gpointer)route);
}

static char *
dup_header(SoupMessageHeaders *headers, const char *name)
{
    const char *value = soup_message_headers_get_one(headers, name);

    return value != NULL && g_utf8_validate(value, -1, NULL) ? g_strdup(value) : NULL;
}

/* What a program calls itself is kept and shown: a line of a bounded length. */
static char *
dup_client(SoupMessageHeaders *headers)
{
    g_autofree char *client = dup_header(headers, "User-Agent");
    char *clipped = client != NULL
                        ? g_utf8_substring(client, 0, MIN(g_utf8_strlen(client, -1), MAX_CLIENT))
                        : NULL;

    for (char *p = clipped; p != NULL && *p != '\0'; p++)
        if (g_ascii_iscntrl(*p))
            *p = ' ';
    return clipped;
}

/* The library decodes whatever bytes there are. */
static gboolean
is_text(GHashTable *query)
{
    GHashTableIter iter;
    gpointer name;
    gpointer value;

    if (query == NULL)
        return TRUE;
    g_hash_table_iter_init(&iter, query);
    while (g_hash_table_iter_next(&iter, &name, &value))
        if (!g_utf8_validate(name, -1, NULL) || !g_utf8_validate(value, -1, NULL))
            return FALSE;
    return TRUE;
}

/* Whether the peer is a program of this machine, such as a proxy. */
static gboolean
is_local(SoupServerMessage *message)
{
    GSocketAddress *peer = soup_server_message_get_remote_address(message);

    return !G_IS_INET_SOCKET_ADDRESS(peer) ||
           g_inet_address_get_is_loopback(
               g_inet_socket_address_get_address(G_INET_SOCKET_ADDRESS(peer)));
}

/* Where a request comes from. Whoever reaches the service without the proxy could write into the
 * proxy's header what he likes. */
static char *
find_remote(KabHttpServer *server, SoupServerMessage *message)
{
    const char *peer = soup_server_message_get_remote_host(message);
    const char *told = soup_message_headers_get_list(
        soup_server_message_get_request_headers(message), "X-Real-IP");
    g_autoptr(GInetAddress) client = NULL;

    if (server->options.behind_proxy && told != NULL && is_local(message))
        client = g_inet_address_new_from_string(told);
    if (client != NULL)
        return g_inet_address_to_string(client);
    return g_strdup(peer != NULL ? peer : "unix");
}

static KabHttpRequest *
make_request(KabHttpServer *server, SoupServerMessage *message, const char *path, GHashTable *query)
{
    KabHttpRequest *request = g_new0(KabHttpRequest, 1);
    SoupMessageHeaders *headers = soup_server_message_get_request_headers(message);
    GPtrArray *params = g_object_get_data(G_OBJECT(message), PARAMS_KEY);

    request->method = g_strdup(soup_server_message_get_method(message));
    request->path = g_strdup(path);
    request->params = g_ptr_array_ref(params);
    request->query = query != NULL ? g_hash_table_ref(query) : NULL;
    request->authorization = dup_header(headers, "Authorization");
    request->partner = dup_header(headers, "Kabinet-Partner");
    request->language = dup_header(headers, "Accept-Language");
    request->idempotency_key = dup_header(headers, "Idempotency-Key");
    request->client = dup_client(headers);
    request->content_type = g_strdup(soup_message_headers_get_content_type(headers, NULL));
    request->remote = find_remote(server, message);
    request->body = soup_message_body_flatten(soup_server_message_get_request_body(message));
    return request;
}

/* The answer is sent, or the client is gone. */
static void
on_finished(SoupServerMessage *message G_GNUC_UNUSED, gpointer data)
{
    KabHttpServer *server = data;

    g_mutex_lock(&server->lock);
    server->unsent--;
    g_cond_signal(&server->changed);
    g_mutex_unlock(&server->lock);
}

/* Who works on it; NULL if too many wait already. Basic may have a password in it that is not known
 * yet. */
static GThreadPool *
choose_workers(KabHttpServer *server, const KabHttpRoute *route, SoupServerMessage *message)
{
    const char *authorization = soup_message_headers_get_one(
        soup_server_message_get_request_headers(message), "Authorization");

    if (!route->slow &&
        (authorization == NULL || g_ascii_strncasecmp(authorization, "Basic ", 6) != 0))
        return server->workers;
    return g_thread_pool_unprocessed(server->slow) < MAX_SLOW ? server->slow : NULL;
}

static void
on_request(SoupServer *soup G_GNUC_UNUSED, SoupServerMessage *message, const char *path,
           GHashTable *query, gpointer data)
{
    KabHttpServer *server = data;
    const KabHttpRoute *route = g_object_get_data(G_OBJECT(message), ROUTE_KEY);
    gsize size = GPOINTER_TO_SIZE(g_object_get_data(G_OBJECT(message), SIZE_KEY));
    GThreadPool *workers;
    gboolean stopping;
    Job *job;

    /* The early handler has refused it. */
    if (route == NULL)
        return;
    if (size > route->max_body) {
        kab_http_refuse(message, KAB_ERROR_RANGE, _("The request is too big"));
        return;
    }
    if (!is_text(query)) {
        kab_http_refuse(message, KAB_ERROR_INVALID, _("The query is not UTF-8"));
        return;
    }
    workers = choose_workers(server, route, message);
    if (workers == NULL) {
        kab_http_refuse(message, KAB_ERROR_BUSY, _("Too many people sign in at once: try again"));
        return;
    }
    g_mutex_lock(&server->lock);
    stopping = server->stopping;
    if (!stopping) {
        server->pending++;
        server->unsent++;
    }
    g_mutex_unlock(&server->lock);
    if (stopping) {
        kab_http_refuse(message, KAB_ERROR_BUSY, _("The service is being stopped"));
        return;
    }
    job = g_new0(Job, 1);
    job->server = server;
    job->message = g_object_ref(message);
    job->route = route;
    job->request = make_request(server, message, path, query);
    g_signal_connect(message, "finished", G_CALLBACK(on_finished), server);
    kab_http_guard_hold(server->guard, message);
    soup_server_message_pause(message);
    g_thread_pool_push(workers, job, NULL);
}

/* A WebSocket instead of an answer; what the library calls the end of such a request is not it. */
static gboolean
begin_live(KabHttpServer *server, Job *job)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *topic = g_steal_pointer(&job->response.topic);

    if (topic == NULL)
        return FALSE;
    if (!kab_http_live_begin(server->live, job->message, topic, &error)) {
        kab_http_response_set_error(&job->response, error);
        return FALSE;
    }
    kab_http_guard_leave(server->guard, job->message);
    g_signal_handlers_disconnect_by_data(job->message, server);
    on_finished(job->message, server);
    return TRUE;
}

/* On the server's thread again. */
static gboolean
deliver(gpointer data)
{
    Job *job = data;
    KabHttpServer *server = job->server;

    if (!begin_live(server, job)) {
        kab_http_reply(job->message, &job->response);
        kab_http_guard_release(server->guard, job->message);
    }
    soup_server_message_unpause(job->message);
    job_free(job);
    g_mutex_lock(&server->lock);
    server->pending--;
    g_cond_signal(&server->changed);
    g_mutex_unlock(&server->lock);
    return G_SOURCE_REMOVE;
}

static void
work(gpointer data, gpointer user_data G_GNUC_UNUSED)
{
    Job *job = data;

    kab_http_router_carry_out(job->server->router, job->route, job->request, &job->response);
    g_main_context_invoke(job->server->context, deliver, job);
}

static gpointer
run_thread(gpointer data)
{
    KabHttpServer *server = data;
    gboolean listening;

    g_main_context_push_thread_default(server->context);
    server->soup =
        g_object_new(SOUP_TYPE_SERVER, "server-header", "Kabinet", "raw-paths", TRUE, NULL);
    soup_server_add_early_handler(server->soup, NULL, on_early, server, NULL);
    soup_server_add_handler(server->soup, NULL, on_request, server, NULL);
    server->guard = kab_http_guard_new(server->soup, &server->options.limits);
    /* Whoever listens must not keep out who asks. */
    server->live =
        kab_http_live_new(kab_http_guard_get_connections(server->guard) / 2, &server->listeners);
    listening = kab_http_listen(server->soup, server->listen, &server->error);
    g_mutex_lock(&server->lock);
    server->ready = TRUE;
    g_cond_signal(&server->changed);
    g_mutex_unlock(&server->lock);
    if (listening)
        g_main_loop_run(server->loop);
    g_clear_pointer(&server->live, kab_http_live_free);
    soup_server_disconnect(server->soup);
    /* What the library put off has to be done here, not by nobody. */
    while (g_main_context_iteration(server->context, FALSE))
        ;
    g_clear_object(&server->soup);
    g_clear_pointer(&server->guard, kab_http_guard_free);
    g_main_context_pop_thread_default(server->context);
    return NULL;
}

static void
free_server(KabHttpServer *server)
{
    g_thread_join(server->thread);
    g_thread_pool_free(server->workers, FALSE, TRUE);
    g_thread_pool_free(server->slow, FALSE, TRUE);
    g_main_loop_unref(server->loop);
    g_main_context_unref(server->context);
    g_object_unref(server->listen);
    g_mutex_clear(&server->lock);
    g_cond_clear(&server->changed);
    g_clear_error(&server->error);
    g_free(server);
}

KabHttpServer *
kab_http_server_start(KabHttpRouter *router, GSocketAddress *listen,
                      const KabHttpServerOptions *options, GError **error)
{
    static const KabHttpServerOptions usual = {.limits.per_client = KAB_HTTP_PER_CLIENT};
    KabHttpServer *server = g_new0(KabHttpServer, 1);

    server->router = router;
    server->options = options != NULL ? *options : usual;
    server->listen = g_object_ref(listen);
    g_mutex_init(&server->lock);
    g_cond_init(&server->changed);
    server->context = g_main_context_new();
    server->loop = g_main_loop_new(server->context, FALSE);
    server->workers = g_thread_pool_new(work, NULL, WORKERS, FALSE, NULL);
    server->slow = g_thread_pool_new(work, NULL, SLOW_WORKERS, FALSE, NULL);
    server->thread = g_thread_new("http", run_thread, server);
    g_mutex_lock(&server->lock);
    while (!server->ready)
        g_cond_wait(&server->changed, &server->lock);
    g_mutex_unlock(&server->lock);
    if (server->error != NULL) {
        g_propagate_error(error, g_steal_pointer(&server->error));
        free_server(server);
        return NULL;
    }
    return server;
}

typedef struct {
    KabHttpServer *server;
    char *topic;
    char *text;
} Telling;

static gboolean
tell(gpointer data)
{
    Telling *telling = data;
    KabHttpServer *server = telling->server;

    if (server->live != NULL)
        kab_http_live_tell(server->live, telling->topic, telling->text);
    return G_SOURCE_REMOVE;
}

static void
telling_free(gpointer data)
{
    Telling *telling = data;

    g_free(telling->topic);
    g_free(telling->text);
    g_free(telling);
}

void
kab_http_server_tell(KabHttpServer *server, const char *topic, const char *text)
{
    Telling *telling = g_new0(Telling, 1);

    telling->server = server;
    telling->topic = g_strdup(topic);
    telling->text = g_strdup(text);
    g_main_context_invoke_full(server->context, G_PRIORITY_DEFAULT, tell, telling, telling_free);
}

gboolean
kab_http_server_has_listeners(KabHttpServer *server)
{
    return g_atomic_int_get(&server->listeners) > 0;
}

static gboolean
quit(gpointer data)
{
    g_main_loop_quit(data);
    return G_SOURCE_REMOVE;
}

void
kab_http_server_stop(KabHttpServer *server)
{
    gint64 until;

    if (server == NULL)
        return;
    g_mutex_lock(&server->lock);
    server->stopping = TRUE;
    while (server->pending > 0)
        g_cond_wait(&server->changed, &server->lock);
    /* A client that does not take its answer is not waited for. */
    until = g_get_monotonic_time() + SEND_MS * 1000;
    while (server->unsent > 0 && g_cond_wait_until(&server->changed, &server->lock, until))
        ;
    g_mutex_unlock(&server->lock);
    g_main_context_invoke(server->context, quit, server->loop);
    if (G_IS_UNIX_SOCKET_ADDRESS(server->listen))
        g_unlink(g_unix_socket_address_get_path(G_UNIX_SOCKET_ADDRESS(server->listen)));
    free_server(server);
}
