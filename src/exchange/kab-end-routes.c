/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-end-routes.h"
#include "kab-error.h"
#include "kab-inbox.h"
#include "kab-journal.h"
#include "kab-json.h"
#include "kab-link.h"
#include "kab-queue.h"
#include "kab-run.h"
#include "kab-sessions.h"
#include "kab-users.h"
#include "kab-wire-goods.h"
#include "kab-wire-order.h"
#include "kab-wire-queue.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SMALL_BODY 16384

KabUser *
kab_end_authorize(gpointer service, const char *authorization, GError **error)
{
    KabEnd *end = service;
    g_auto(KabEndDb) db = KAB_END_DB_INIT(end, error);

    return db.db != NULL ? kab_access_check(kab_end_get_access(end), db.db, authorization, error)
                         : NULL;
}

gboolean
kab_end_parse_page(const KabHttpRequest *request, const char **after, guint *limit, GError **error)
{
    const char *text = kab_http_request_get_query(request, "limit");
    guint64 number = 100;

    if (text != NULL && !g_ascii_string_to_unsigned(text, 10, 1, 500, &number, NULL)) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID, _("limit must be from 1 to 500"));
        return FALSE;
    }
    *limit = (guint)number;
    *after = kab_http_request_get_query(request, "after");
    return TRUE;
}

JsonNode *
kab_end_page_to_json(JsonArray *items, const char *next)
{
    JsonObject *object = json_object_new();

    json_object_set_array_member(object, "items", items);
    kab_json_set_text(object, "next", next);
    return kab_json_node_take(object);
}

gboolean
kab_end_answer_order(KabHttpResponse *response, KabOrder *taken)
{
    g_autoptr(KabOrder) order = taken;

    if (order == NULL)
        return FALSE;
    kab_http_response_set_json(response, 200, kab_wire_order_to_json(order, KAB_ORDER_ALL));
    return TRUE;
}

gboolean
kab_end_answer_orders(KabHttpResponse *response, GPtrArray *taken, const char *next)
{
    g_autoptr(GPtrArray) orders = taken;
    JsonArray *items;

    if (orders == NULL)
        return FALSE;
    items = json_array_sized_new(orders->len);
    for (guint i = 0; i < orders->len; i++)
        json_array_add_element(
            items, kab_wire_order_to_json(g_ptr_array_index(orders, i), KAB_ORDER_HEAD));
    kab_http_response_set_json(response, 200, kab_end_page_to_json(items, next));
    return TRUE;
}

static gboolean
on_ping(gpointer service G_GNUC_UNUSED, const KabHttpRequest *request G_GNUC_UNUSED,
        const KabUser *user G_GNUC_UNUSED, KabHttpResponse *response, GError **error G_GNUC_UNUSED)
{
    g_autoptr(GBytes) body = g_bytes_new_static("OK", 2);

    kab_http_response_set_bytes(response, 200, "text/plain", body);
    return TRUE;
}

static gboolean
on_health(gpointer service, const KabHttpRequest *request G_GNUC_UNUSED,
          const KabUser *user G_GNUC_UNUSED, KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    gint64 due;

    if (db.db == NULL || !kab_queue_count_due(db.db, kab_time_now(), &due, error))
        return FALSE;
    return on_ping(service, request, user, response, error);
}

static gboolean
on_messages(gpointer service, const KabHttpRequest *request, const KabUser *user,
            KabHttpResponse *response, GError **error)
{
    KabEnd *end = service;
    g_auto(KabEndDb) db = KAB_END_DB_INIT(end, error);
    g_autoptr(JsonNode) node = NULL;
    g_autoptr(GPtrArray) messages = NULL;
    g_autoptr(GPtrArray) answers = NULL;
    g_autoptr(GError) local = NULL;
    g_autofree char *peer = g_strdup_printf("%s, %s", user->login, request->remote);
    g_autofree char *text = NULL;
    gsize size;
    const char *bytes;

    if (db.db == NULL)
        return FALSE;
    node = kab_http_request_parse_json(request, error);
    if (node == NULL)
        return FALSE;
    messages = kab_wire_messages_from_json(json_node_get_object(node), error);
    if (messages == NULL)
        return FALSE;
    bytes = g_bytes_get_data(request->body, &size);
    text = g_strndup(bytes, MIN(size, KAB_JOURNAL_TEXT_MAX + 1));
    answers = kab_inbox_apply(end, db.db, messages, peer, text, &local);
    if (answers == NULL) {
        /* An import holds the database: the other end shall come again, it has done nothing wrong.
         */
        if (g_error_matches(local, KAB_DB_ERROR, KAB_DB_ERROR_BUSY))
            g_set_error_literal(error, KAB_ERROR, KAB_ERROR_BUSY,
                                _("The data are being changed by an import; try again later"));
        else
            g_propagate_error(error, g_steal_pointer(&local));
        return FALSE;
    }
    kab_end_nudge(end);
    kab_http_response_set_json(response, 200, kab_wire_answers_to_json(answers));
    return TRUE;
}

/* Client ID and Client Secret from the Basic header of a token request (RFC 6749, 2.3.1). */
static gboolean
parse_client(const char *authorization, char **client_id, char **client_secret)
{
    gsize size = 0;
    g_autofree char *text = NULL;
    char *colon;

    if (authorization == NULL || g_ascii_strncasecmp(authorization, "Basic ", 6) != 0)
        return FALSE;
    text = (char *)g_base64_decode(authorization + 6, &size);
    colon = text != NULL ? memchr(text, ':', size) : NULL;
    if (colon == NULL || !g_utf8_validate(text, (gssize)size, NULL))
        return FALSE;
    *client_id = g_strndup(text, (gsize)(colon - text));
    *client_secret = g_strndup(colon + 1, size - (gsize)(colon + 1 - text));
    return TRUE;
}

static gboolean
grants_client_credentials(const KabHttpRequest *request)
{
    gsize size;
    const char *bytes = g_bytes_get_data(request->body, &size);
    g_autofree char *form = g_strndup(bytes, size);
    g_autoptr(GHashTable) fields = g_uri_parse_params(form, -1, "&", G_URI_PARAMS_WWW_FORM, NULL);
    const char *type = fields != NULL ? g_hash_table_lookup(fields, "grant_type") : NULL;

    return type != NULL && g_ascii_strcasecmp(type, "client_credentials") == 0;
}

static gboolean
on_token(gpointer service, const KabHttpRequest *request, const KabUser *user G_GNUC_UNUSED,
         KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    g_autofree char *client_id = NULL;
    g_autofree char *client_secret = NULL;
    g_autofree char *token = NULL;
    JsonObject *object;

    if (db.db == NULL)
        return FALSE;
    if (!grants_client_credentials(request)) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID,
                            _("Only the grant type client_credentials is known here"));
        return FALSE;
    }
    if (!parse_client(request->authorization, &client_id, &client_secret)) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_UNAUTHORIZED,
                            _("Client ID and Client Secret are expected as Basic authorization"));
        return FALSE;
    }
    token = kab_keys_grant(db.db, client_id, client_secret, kab_time_now(), error);
    if (token == NULL)
        return FALSE;
    object = json_object_new();
    json_object_set_string_member(object, "access_token", token);
    json_object_set_string_member(object, "id_token", token);
    json_object_set_string_member(object, "token_type", "Bearer");
    json_object_set_int_member(object, "expires_in", KAB_TOKEN_LIFETIME);
    kab_http_response_set_json(response, 200, kab_json_node_take(object));
    return TRUE;
}

/* What a desktop learns of its user. */
static JsonObject *
describe_user(const KabUser *user)
{
    g_autoptr(JsonNode) node = kab_wire_user_to_json(user);
    JsonObject *object = json_node_dup_object(node);

    json_object_set_string_member(object, "id", user->id.text);
    return object;
}

static gboolean
on_sign_in(gpointer service, const KabHttpRequest *request, const KabUser *nobody G_GNUC_UNUSED,
           KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    g_autoptr(JsonNode) node = db.db != NULL ? kab_http_request_parse_json(request, error) : NULL;
    g_autoptr(KabUser) user = NULL;
    g_autofree char *token = NULL;
    JsonObject *object;

    if (node == NULL)
        return FALSE;
    {
        KabFields fields = KAB_FIELDS_INIT(json_node_get_object(node));
        const char *login = kab_fields_need_text(&fields, "login", 320);
        const char *password = kab_fields_need_text(&fields, "password", 256);

        if (!kab_fields_finish(&fields, error))
            return FALSE;
        user = kab_users_check_password(db.db, login, password, error);
    }
    if (user == NULL)
        return FALSE;
    token = kab_sessions_begin(db.db, user->id, error);
    if (token == NULL)
        return FALSE;
    object = json_object_new();
    json_object_set_string_member(object, "token", token);
    json_object_set_object_member(object, "user", describe_user(user));
    kab_http_response_set_json(response, 200, kab_json_node_take(object));
    return TRUE;
}

static gboolean
on_sign_out(gpointer service, const KabHttpRequest *request, const KabUser *user G_GNUC_UNUSED,
            KabHttpResponse *response G_GNUC_UNUSED, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);

    if (db.db == NULL)
        return FALSE;
    if (g_ascii_strncasecmp(request->authorization, "Bearer ", 7) != 0)
        return TRUE;
    return kab_sessions_end(db.db, request->authorization + 7, error);
}

static gboolean
on_me(gpointer service G_GNUC_UNUSED, const KabHttpRequest *request G_GNUC_UNUSED,
      const KabUser *user, KabHttpResponse *response, GError **error G_GNUC_UNUSED)
{
    JsonObject *object = json_object_new();

    json_object_set_object_member(object, "user", describe_user(user));
    kab_http_response_set_json(response, 200, kab_json_node_take(object));
    return TRUE;
}

static gboolean
on_exchange(gpointer service, const KabHttpRequest *request G_GNUC_UNUSED,
            const KabUser *user G_GNUC_UNUSED, KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    g_autoptr(KabExchangeState) state = NULL;
    g_autoptr(KabLink) link = NULL;

    if (db.db == NULL)
        return FALSE;
    state = kab_queue_get_state(db.db, error);
    if (state == NULL)
        return FALSE;
    link = kab_link_open(service, db.db, NULL);
    state->connected = link != NULL;
    state->running = kab_end_is_running(service);
    kab_http_response_set_json(response, 200, kab_wire_exchange_state_to_json(state));
    return TRUE;
}

static gboolean
on_queue(gpointer service, const KabHttpRequest *request, const KabUser *user G_GNUC_UNUSED,
         KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    g_autoptr(GPtrArray) entries = NULL;
    g_autofree char *next = NULL;
    JsonArray *items;
    const char *after;
    guint limit;

    if (db.db == NULL || !kab_end_parse_page(request, &after, &limit, error))
        return FALSE;
    entries =
        kab_queue_list(db.db, after != NULL ? g_ascii_strtoll(after, NULL, 10) : 0, limit, error);
    if (entries == NULL)
        return FALSE;
    items = json_array_sized_new(entries->len);
    for (guint i = 0; i < entries->len; i++)
        json_array_add_element(items, kab_wire_queue_entry_to_json(g_ptr_array_index(entries, i)));
    if (entries->len == limit) {
        const KabQueueEntry *last = g_ptr_array_index(entries, limit - 1);

        next = g_strdup_printf("%" G_GINT64_FORMAT, last->id);
    }
    kab_http_response_set_json(response, 200, kab_end_page_to_json(items, next));
    return TRUE;
}

static gboolean
on_run(gpointer service, const KabHttpRequest *request G_GNUC_UNUSED,
       const KabUser *user G_GNUC_UNUSED, KabHttpResponse *response, GError **error)
{
    g_autoptr(KabRunResult) result =
        kab_run(service, "by hand", kab_end_get_stopped(service), NULL, NULL, error);

    if (result == NULL)
        return FALSE;
    kab_http_response_set_json(response, 200, kab_wire_run_result_to_json(result));
    return TRUE;
}

static gboolean
on_journal(gpointer service, const KabHttpRequest *request, const KabUser *user G_GNUC_UNUSED,
           KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    JsonArray *items;
    const char *after;
    guint limit;

    if (db.db == NULL || !kab_end_parse_page(request, &after, &limit, error))
        return FALSE;
    items = kab_journal_list(db.db, kab_http_request_get_query(request, "object"), limit, error);
    if (items == NULL)
        return FALSE;
    kab_http_response_set_json(response, 200, kab_end_page_to_json(items, NULL));
    return TRUE;
}

void
kab_end_routes_add(KabHttpRouter *router, const char *prefix)
{
    /* For the other end, below the path of this end's service. */
    static const KabHttpRoute peer_routes[] = {
        {"GET", "/ping", FALSE, KAB_RIGHT_MESSAGES, 0, on_ping},
        {"POST", "/exchange/v1/messages", FALSE, KAB_RIGHT_MESSAGES, KAB_MESSAGES_MAX_BYTES,
         on_messages},
    };
    static const KabHttpRoute routes[] = {
        {"GET", "/healthz", TRUE, KAB_RIGHT_NONE, 0, on_health},
        {"POST", "/sys/token", TRUE, KAB_RIGHT_NONE, SMALL_BODY, on_token},
        {"POST", "/api/v1/session", TRUE, KAB_RIGHT_NONE, SMALL_BODY, on_sign_in},
        {"DELETE", "/api/v1/session", FALSE, KAB_RIGHT_NONE, 0, on_sign_out},
        {"GET", "/api/v1/me", FALSE, KAB_RIGHT_NONE, 0, on_me},
        {"GET", "/api/v1/exchange", FALSE, KAB_RIGHT_EXCHANGE_ADMIN, 0, on_exchange},
        {"GET", "/api/v1/exchange/queue", FALSE, KAB_RIGHT_EXCHANGE_ADMIN, 0, on_queue},
        {"POST", "/api/v1/exchange/run", FALSE, KAB_RIGHT_EXCHANGE_ADMIN, SMALL_BODY, on_run},
        {"GET", "/api/v1/exchange/journal", FALSE, KAB_RIGHT_EXCHANGE_ADMIN, 0, on_journal},
    };

    kab_http_router_add(router, prefix, peer_routes, G_N_ELEMENTS(peer_routes));
    kab_http_router_add(router, "", routes, G_N_ELEMENTS(routes));
}
