/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-peer.h"

#include "kab-error.h"
#include "kab-http-server.h"
#include "kab-json.h"

#define PATH "/trade/hs/ExchangePortal"
#define BODY_MAX (32 * 1024 * 1024)

struct _TestPeer {
    KabHttpRouter *router;
    KabHttpServer *server;
    char *address;

    GMutex lock; /* of all that follows */
    TestPeerFunc func;
    gpointer data;
    guint status; /* of the fixed answer; 0: none */
    char *content_type;
    char *body;
    gboolean accepts;
    gboolean tokens_ended;
    guint n_tokens;
    guint n_requests;
    GString *received;
};

static char *
make_token(TestPeer *peer)
{
    return g_strdup_printf("token-of-the-peer-%u", peer->n_tokens);
}

/* Whatever comes with Basic is accepted, or not, and the last token. */
static KabUser *
authorize(gpointer service, const KabHttpRequest *request, GError **error)
{
    TestPeer *peer = service;
    const char *authorization = request->authorization;
    g_autofree char *token = NULL;
    g_autofree char *bearer = NULL;
    KabUser *user = NULL;

    g_mutex_lock(&peer->lock);
    token = make_token(peer);
    bearer = g_strconcat("Bearer ", token, NULL);
    if (peer->accepts && (g_str_has_prefix(authorization, "Basic ") ||
                          (!peer->tokens_ended && g_str_equal(authorization, bearer)))) {
        user = g_new0(KabUser, 1);
        user->login = g_strdup("EX");
        user->role = KAB_ROLE_EXCHANGE;
    }
    g_mutex_unlock(&peer->lock);
    if (user == NULL)
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_UNAUTHORIZED, "Not you");
    return user;
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
on_token(gpointer service, const KabHttpRequest *request G_GNUC_UNUSED,
         const KabUser *user G_GNUC_UNUSED, KabHttpResponse *response, GError **error)
{
    TestPeer *peer = service;
    JsonObject *object;
    g_autofree char *token = NULL;

    g_mutex_lock(&peer->lock);
    if (peer->accepts) {
        peer->n_tokens++;
        peer->tokens_ended = FALSE;
        token = make_token(peer);
    }
    g_mutex_unlock(&peer->lock);
    if (token == NULL) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_UNAUTHORIZED, "Not you");
        return FALSE;
    }
    object = json_object_new();
    json_object_set_string_member(object, "access_token", token);
    kab_http_response_set_json(response, 200, kab_json_node_take(object));
    return TRUE;
}

void
test_peer_set_outcome(KabHttpResponse *response, GPtrArray *messages, KabOutcome outcome,
                      const char *detail)
{
    g_autoptr(GPtrArray) answers = g_ptr_array_new_with_free_func((GDestroyNotify)kab_answer_free);

    for (guint i = 0; i < messages->len; i++) {
        const KabMessage *message = g_ptr_array_index(messages, i);
        KabAnswer *answer = g_new0(KabAnswer, 1);

        answer->kind = g_strdup(message->kind);
        answer->id = g_strdup(message->id);
        answer->version = message->version;
        answer->outcome = outcome;
        answer->detail = g_strdup(detail);
        g_ptr_array_add(answers, answer);
    }
    kab_http_response_set_json(response, 200, kab_wire_answers_to_json(answers));
}

static void
answer(TestPeer *peer, GPtrArray *messages, gsize bytes, KabHttpResponse *response)
{
    g_autoptr(GBytes) body = NULL;

    peer->n_requests++;
    for (guint i = 0; i < messages->len; i++) {
        const KabMessage *message = g_ptr_array_index(messages, i);

        g_string_append_printf(peer->received, "%s %s\n", message->kind, message->id);
    }
    if (peer->status != 0) {
        body = g_bytes_new(peer->body, strlen(peer->body));
        kab_http_response_set_bytes(response, peer->status, peer->content_type, body);
        return;
    }
    if (peer->func != NULL)
        peer->func(peer, messages, bytes, response, peer->data);
    if (response->status == 0)
        test_peer_set_outcome(response, messages, KAB_OUTCOME_APPLIED, NULL);
}

static gboolean
on_messages(gpointer service, const KabHttpRequest *request, const KabUser *user G_GNUC_UNUSED,
            KabHttpResponse *response, GError **error)
{
    TestPeer *peer = service;
    g_autoptr(JsonNode) node = kab_http_request_parse_json(request, error);
    g_autoptr(GPtrArray) messages = NULL;

    if (node == NULL)
        return FALSE;
    messages = kab_wire_messages_from_json(json_node_get_object(node), error);
    if (messages == NULL)
        return FALSE;
    g_mutex_lock(&peer->lock);
    answer(peer, messages, g_bytes_get_size(request->body), response);
    g_mutex_unlock(&peer->lock);
    return TRUE;
}

TestPeer *
test_peer_start(const char *folder)
{
    static const KabHttpRoute routes[] = {
        {"GET", "/ping", FALSE, KAB_RIGHT_MESSAGES, 0, on_ping},
        {"POST", "/exchange/v1/messages", FALSE, KAB_RIGHT_MESSAGES, BODY_MAX, on_messages},
    };
    static const KabHttpRoute token[] = {
        {"POST", "/sys/token", TRUE, KAB_RIGHT_NONE, 1000, on_token},
    };
    TestPeer *peer = g_new0(TestPeer, 1);
    g_autoptr(GSocketAddress) listen = NULL;
    g_autoptr(GError) error = NULL;

    g_mutex_init(&peer->lock);
    peer->accepts = TRUE;
    peer->received = g_string_new(NULL);
    peer->address = g_strdup_printf("unix:%s/peer", folder);
    peer->router = kab_http_router_new(peer, authorize);
    kab_http_router_add(peer->router, "", routes, G_N_ELEMENTS(routes));
    kab_http_router_add(peer->router, PATH, routes, G_N_ELEMENTS(routes));
    kab_http_router_add(peer->router, "", token, G_N_ELEMENTS(token));
    listen = kab_http_address_parse_listen(peer->address, &error);
    g_assert_no_error(error);
    peer->server = kab_http_server_start(peer->router, listen, NULL, &error);
    g_assert_no_error(error);
    return peer;
}

void
test_peer_stop(TestPeer *peer)
{
    if (peer == NULL)
        return;
    kab_http_server_stop(peer->server);
    kab_http_router_free(peer->router);
    g_mutex_clear(&peer->lock);
    g_string_free(peer->received, TRUE);
    g_free(peer->content_type);
    g_free(peer->body);
    g_free(peer->address);
    g_free(peer);
}

const char *
test_peer_get_address(TestPeer *peer)
{
    return peer->address;
}

void
test_peer_set_func(TestPeer *peer, TestPeerFunc func, gpointer data)
{
    g_mutex_lock(&peer->lock);
    peer->func = func;
    peer->data = data;
    peer->status = 0;
    g_mutex_unlock(&peer->lock);
}

void
test_peer_answer(TestPeer *peer, guint status, const char *content_type, const char *body)
{
    g_mutex_lock(&peer->lock);
    peer->status = status;
    g_free(peer->content_type);
    peer->content_type = g_strdup(content_type);
    g_free(peer->body);
    peer->body = g_strdup(body);
    g_mutex_unlock(&peer->lock);
}

void
test_peer_end_tokens(TestPeer *peer)
{
    g_mutex_lock(&peer->lock);
    peer->tokens_ended = TRUE;
    g_mutex_unlock(&peer->lock);
}

void
test_peer_set_accepts(TestPeer *peer, gboolean accepts)
{
    g_mutex_lock(&peer->lock);
    peer->accepts = accepts;
    g_mutex_unlock(&peer->lock);
}

char *
test_peer_get_token(TestPeer *peer)
{
    char *token;

    g_mutex_lock(&peer->lock);
    token = make_token(peer);
    g_mutex_unlock(&peer->lock);
    return token;
}

guint
test_peer_count_tokens(TestPeer *peer)
{
    guint n;

    g_mutex_lock(&peer->lock);
    n = peer->n_tokens;
    g_mutex_unlock(&peer->lock);
    return n;
}

guint
test_peer_count_requests(TestPeer *peer)
{
    guint n;

    g_mutex_lock(&peer->lock);
    n = peer->n_requests;
    g_mutex_unlock(&peer->lock);
    return n;
}

char *
test_peer_dup_received(TestPeer *peer)
{
    char *text;

    g_mutex_lock(&peer->lock);
    text = g_strdup(peer->received->str);
    g_mutex_unlock(&peer->lock);
    return text;
}
