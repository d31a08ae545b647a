/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-http-client-private.h"
#include "kab-http-deadline.h"
#include "kab-http-tls.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

#define CHUNK 65536
/* So many times the time-out a whole call may take. */
#define DEADLINE_FACTOR 6

struct _KabHttpClient {
    SoupSession *session; /* (owned) */
    char *address;        /* (owned): as it was given, for messages */
    char *base;           /* (owned) */
    gsize max_answer;
    guint deadline;     /* seconds for a whole call */
    gboolean own_trust; /* not in the authorities that the system knows */
};

void
kab_http_answer_free(KabHttpAnswer *answer)
{
    if (answer == NULL)
        return;
    g_free(answer->content_type);
    g_clear_pointer(&answer->body, g_bytes_unref);
    g_free(answer);
}

KabHttpClient *
kab_http_client_new(const char *address, guint timeout, gsize max_answer, GError **error)
{
    g_autofree char *base = NULL;
    g_autoptr(GSocketConnectable) connectable = NULL;
    KabHttpClient *client;

    if (!kab_http_address_parse_service(address, &base, &connectable, error))
        return NULL;
    client = g_new0(KabHttpClient, 1);
    client->session = soup_session_new_with_options("timeout", timeout, "user-agent", "Kabinet ",
                                                    "remote-connectable", connectable, NULL);
    client->address = g_strdup(address);
    client->base = g_steal_pointer(&base);
    client->max_answer = max_answer;
    client->deadline = timeout * DEADLINE_FACTOR;
    return client;
}

gboolean
kab_http_client_trust(KabHttpClient *client, const char *ca_file, GError **error)
{
    g_autoptr(GTlsDatabase) database = NULL;

    if (ca_file == NULL || *ca_file == '\0') {
        /* Only what was said before has to be taken back: the system's are many to read. */
        if (client->own_trust) {
            database = g_tls_backend_get_default_database(g_tls_backend_get_default());
            soup_session_set_tls_database(client->session, database);
        }
        client->own_trust = FALSE;
        return TRUE;
    }
    database = kab_http_tls_open(ca_file, error);
    if (database == NULL)
        return FALSE;
    soup_session_set_tls_database(client->session, database);
    client->own_trust = TRUE;
    return TRUE;
}

SoupSession *
kab_http_client_get_session(KabHttpClient *client)
{
    return client->session;
}

void
kab_http_client_free(KabHttpClient *client)
{
    if (client == NULL)
        return;
    g_object_unref(client->session);
    g_free(client->address);
    g_free(client->base);
    g_free(client);
}

SoupMessage *
kab_http_client_make_message(KabHttpClient *client, const KabHttpCall *call, GError **error)
{
    g_autofree char *uri = g_strconcat(client->base, call->path, NULL);
    SoupMessage *message = soup_message_new(call->method, uri);
    SoupMessageHeaders *headers;

    if (message == NULL) {
        g_set_error(error, KAB_HTTP_ERROR, KAB_HTTP_ERROR_ADDRESS, _("“%s” is not an address"),
                    uri);
        return NULL;
    }
    soup_message_add_flags(message, SOUP_MESSAGE_NO_REDIRECT);
    kab_http_tls_watch(message);
    /* The library would ask a person, or try again with what it remembers. */
    soup_message_disable_feature(message, SOUP_TYPE_AUTH_MANAGER);
    headers = soup_message_get_request_headers(message);
    if (call->authorization != NULL)
        soup_message_headers_replace(headers, "Authorization", call->authorization);
    if (call->partner != NULL)
        soup_message_headers_replace(headers, "Kabinet-Partner", call->partner);
    if (call->language != NULL)
        soup_message_headers_replace(headers, "Accept-Language", call->language);
    if (call->idempotency_key != NULL)
        soup_message_headers_replace(headers, "Idempotency-Key", call->idempotency_key);
    if (call->body != NULL)
        soup_message_set_request_body_from_bytes(message, call->content_type, call->body);
    return message;
}

typedef struct {
    KabHttpError ours;
    const char *text;
} Mapping;

static KabHttpError
classify(const GError *error)
{
    if (error->domain == G_RESOLVER_ERROR)
        return KAB_HTTP_ERROR_RESOLVE;
    if (error->domain != G_IO_ERROR)
        return KAB_HTTP_ERROR_CUT;
    switch (error->code) {
    case G_IO_ERROR_HOST_NOT_FOUND:
        return KAB_HTTP_ERROR_RESOLVE;
    case G_IO_ERROR_TIMED_OUT:
        return KAB_HTTP_ERROR_TIMEOUT;
    case G_IO_ERROR_NOT_FOUND:
    case G_IO_ERROR_CONNECTION_REFUSED:
    case G_IO_ERROR_HOST_UNREACHABLE:
    case G_IO_ERROR_NETWORK_UNREACHABLE:
        return KAB_HTTP_ERROR_CONNECT;
    default:
        return KAB_HTTP_ERROR_CUT;
    }
}

/* Takes what the libraries below say and makes of it what a person can act on. */
static GError *
map_error(KabHttpClient *client, SoupMessage *message, const GError *error)
{
    static const Mapping mappings[] = {
        {KAB_HTTP_ERROR_RESOLVE, N_("its name does not resolve")},
        {KAB_HTTP_ERROR_CONNECT, N_("nothing listens there, or it cannot be reached")},
        {KAB_HTTP_ERROR_TIMEOUT, N_("no answer in time")},
        {KAB_HTTP_ERROR_CUT, N_("the connection ended")},
    };
    KabHttpError ours = classify(error);
    const char *text = "";
    GError *tls = kab_http_tls_explain(client->address, message, error);

    if (tls != NULL)
        return tls;
    for (gsize i = 0; i < G_N_ELEMENTS(mappings); i++)
        if (mappings[i].ours == ours)
            text = _(mappings[i].text);
    /* How a connection ended, only the library can say. */
    if (ours == KAB_HTTP_ERROR_CUT)
        return g_error_new(KAB_HTTP_ERROR, (int)ours, "%s: %s (%s)", client->address, text,
                           error->message);
    return g_error_new(KAB_HTTP_ERROR, (int)ours, "%s: %s", client->address, text);
}

void
kab_http_client_take_error(KabHttpClient *client, SoupMessage *message, GError **error,
                           GError *local)
{
    if (g_error_matches(local, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
        local->domain == KAB_HTTP_ERROR) {
        g_propagate_error(error, local);
        return;
    }
    g_propagate_error(error, map_error(client, message, local));
    g_error_free(local);
}

static gboolean
append(KabHttpClient *client, GByteArray *body, GBytes *chunk, GError **error)
{
    gsize size;
    const guint8 *data = g_bytes_get_data(chunk, &size);

    if (body->len + size > client->max_answer) {
        g_set_error(error, KAB_HTTP_ERROR, KAB_HTTP_ERROR_TOO_BIG,
                    _("The answer of %s is bigger than %u MiB"), client->address,
                    (guint)(client->max_answer / 1024 / 1024));
        return FALSE;
    }
    g_byte_array_append(body, data, (guint)size);
    return TRUE;
}

/* Seconds, or a date (RFC 9110, 10.2.3); a day at most. */
static guint
parse_retry_after(const char *text)
{
    g_autoptr(GDateTime) date = NULL;
    gint64 seconds = 0;

    if (text == NULL)
        return 0;
    if (!g_ascii_isdigit(*text)) {
        date = soup_date_time_new_from_http_string(text);
        if (date != NULL)
            seconds = g_date_time_to_unix(date) - g_get_real_time() / G_USEC_PER_SEC;
    } else {
        seconds = (gint64)MIN(g_ascii_strtoull(text, NULL, 10), G_MAXINT32);
    }
    return (guint)CLAMP(seconds, 0, 86400);
}

/* In milliseconds, as everywhere. */
static gint64
read_date(const char *text)
{
    g_autoptr(GDateTime) date = text != NULL ? soup_date_time_new_from_http_string(text) : NULL;

    return date != NULL ? g_date_time_to_unix(date) * 1000 : 0;
}

static KabHttpAnswer *
make_answer(SoupMessage *message, GByteArray *body)
{
    KabHttpAnswer *answer = g_new0(KabHttpAnswer, 1);
    SoupMessageHeaders *headers = soup_message_get_response_headers(message);
    const char *retry_after = soup_message_headers_get_one(headers, "Retry-After");

    answer->status = soup_message_get_status(message);
    answer->content_type = g_strdup(soup_message_headers_get_content_type(headers, NULL));
    answer->date = read_date(soup_message_headers_get_one(headers, "Date"));
    answer->retry_after = parse_retry_after(retry_after);
    answer->body = g_byte_array_free_to_bytes(body);
    return answer;
}

/* An answer of neither a length nor chunks ends with the connection: one without a body was cut off
 * behind a line of its headers. */
static gboolean
is_cut(SoupMessage *message, const GByteArray *body)
{
    SoupMessageHeaders *headers = soup_message_get_response_headers(message);
    guint status = soup_message_get_status(message);

    return body->len == 0 && status != 204 && status != 304 &&
           soup_message_headers_get_encoding(headers) == SOUP_ENCODING_EOF;
}

/* What is wrong with a call that has ended; NULL if nothing is. Takes @local. */
static GError *
judge(KabHttpClient *client, SoupMessage *message, const GByteArray *body,
      KabHttpDeadline *deadline, GError *local)
{
    if (kab_http_deadline_end(deadline) && local != NULL) {
        g_error_free(local);
        return g_error_new(KAB_HTTP_ERROR, KAB_HTTP_ERROR_TIMEOUT, "%s: %s", client->address,
                           _("no answer in time"));
    }
    if (local == NULL && is_cut(message, body))
        return g_error_new(KAB_HTTP_ERROR, KAB_HTTP_ERROR_CUT, "%s: %s", client->address,
                           _("the connection ended"));
    if (local == NULL)
        return kab_http_tls_find_plain(client->address, message, body->data, body->len);
    return local;
}

KabHttpAnswer *
kab_http_client_send(KabHttpClient *client, const KabHttpCall *call, GCancellable *cancellable,
                     GError **error)
{
    g_autoptr(SoupMessage) message = kab_http_client_make_message(client, call, error);
    g_autoptr(GInputStream) stream = NULL;
    g_autoptr(GByteArray) body = g_byte_array_new();
    KabHttpDeadline *deadline;
    GCancellable *inner;
    GError *local = NULL;

    if (message == NULL)
        return NULL;
    deadline = kab_http_deadline_begin(client->deadline, cancellable, TRUE);
    inner = kab_http_deadline_get_cancellable(deadline);
    stream = soup_session_send(client->session, message, inner, &local);
    while (stream != NULL) {
        g_autoptr(GBytes) chunk = g_input_stream_read_bytes(stream, CHUNK, inner, &local);

        if (chunk == NULL || g_bytes_get_size(chunk) == 0 || !append(client, body, chunk, &local))
            break;
    }
    local = judge(client, message, body, deadline, local);
    if (local != NULL) {
        kab_http_client_take_error(client, message, error, local);
        return NULL;
    }
    return make_answer(message, g_steal_pointer(&body));
}

typedef struct {
    KabHttpClient *client;
    SoupMessage *message;      /* (owned) */
    GInputStream *stream;      /* (owned) */
    GByteArray *body;          /* (owned) (nullable) */
    KabHttpDeadline *deadline; /* (owned) (nullable) */
} Sending;

static void
sending_free(gpointer data)
{
    Sending *sending = data;

    g_clear_object(&sending->message);
    g_clear_object(&sending->stream);
    g_clear_pointer(&sending->body, g_byte_array_unref);
    g_free(sending);
}

/* The call has ended, in an error if there is one, which is taken. */
static void
finish(GTask *task, GError *local)
{
    Sending *sending = g_task_get_task_data(task);
    GError *error = NULL;

    local = judge(sending->client, sending->message, sending->body, sending->deadline, local);
    sending->deadline = NULL;
    if (local != NULL) {
        kab_http_client_take_error(sending->client, sending->message, &error, local);
        g_task_return_error(task, error);
    } else {
        g_task_return_pointer(task, make_answer(sending->message, g_steal_pointer(&sending->body)),
                              (GDestroyNotify)kab_http_answer_free);
    }
    g_object_unref(task);
}

static void
on_read(GObject *source, GAsyncResult *result, gpointer data)
{
    GTask *task = data;
    Sending *sending = g_task_get_task_data(task);
    GError *local = NULL;
    g_autoptr(GBytes) chunk =
        g_input_stream_read_bytes_finish(G_INPUT_STREAM(source), result, &local);

    if (chunk == NULL ||
        (g_bytes_get_size(chunk) > 0 && !append(sending->client, sending->body, chunk, &local))) {
        finish(task, local);
        return;
    }
    if (g_bytes_get_size(chunk) > 0)
        g_input_stream_read_bytes_async(sending->stream, CHUNK, G_PRIORITY_DEFAULT,
                                        kab_http_deadline_get_cancellable(sending->deadline),
                                        on_read, task);
    else
        finish(task, NULL);
}

static void
on_sent(GObject *source, GAsyncResult *result, gpointer data)
{
    GTask *task = data;
    Sending *sending = g_task_get_task_data(task);
    GError *local = NULL;

    sending->stream = soup_session_send_finish(SOUP_SESSION(source), result, &local);
    if (sending->stream == NULL) {
        finish(task, local);
        return;
    }
    g_input_stream_read_bytes_async(sending->stream, CHUNK, G_PRIORITY_DEFAULT,
                                    kab_http_deadline_get_cancellable(sending->deadline), on_read,
                                    task);
}

void
kab_http_client_send_async(KabHttpClient *client, GObject *source, const KabHttpCall *call,
                           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    GTask *task = g_task_new(source, cancellable, callback, data);
    Sending *sending = g_new0(Sending, 1);
    GError *error = NULL;

    sending->client = client;
    sending->body = g_byte_array_new();
    g_task_set_task_data(task, sending, sending_free);
    sending->message = kab_http_client_make_message(client, call, &error);
    if (sending->message == NULL) {
        g_task_return_error(task, error);
        g_object_unref(task);
        return;
    }
    sending->deadline = kab_http_deadline_begin(client->deadline, cancellable, FALSE);
    soup_session_send_async(client->session, sending->message, G_PRIORITY_DEFAULT,
                            kab_http_deadline_get_cancellable(sending->deadline), on_sent, task);
}

KabHttpAnswer *
kab_http_client_send_finish(GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}
