/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "http-fixture.h"

#include "kab-error.h"
#include "test-folder.h"

#include <string.h>

#define BIG (8 * 1024 * 1024)

static KabUser *
authorize(gpointer service, const KabHttpRequest *request, GError **error)
{
    HttpFixture *fixture = service;
    const char *authorization = request->authorization;
    KabUser *user;

    if (authorization == NULL || strcmp(authorization, "Bearer nobody") == 0) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_UNAUTHORIZED, "Sign in first");
        return NULL;
    }
    g_mutex_lock(&fixture->lock);
    fixture->n_authorized++;
    g_mutex_unlock(&fixture->lock);
    user = g_new0(KabUser, 1);
    user->login = g_strdup("manager");
    user->role = KAB_ROLE_MANAGER;
    return user;
}

static void
answer_text(KabHttpResponse *response, const char *text)
{
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));

    kab_http_response_set_bytes(response, 200, "text/plain", bytes);
}

static gboolean
on_open(gpointer service G_GNUC_UNUSED, const KabHttpRequest *request G_GNUC_UNUSED,
        const KabUser *user, KabHttpResponse *response, GError **error G_GNUC_UNUSED)
{
    answer_text(response, user != NULL ? user->login : "nobody");
    return TRUE;
}

static gboolean
on_echo(gpointer service G_GNUC_UNUSED, const KabHttpRequest *request,
        const KabUser *user G_GNUC_UNUSED, KabHttpResponse *response, GError **error G_GNUC_UNUSED)
{
    kab_http_response_set_bytes(response, 200, "application/octet-stream", request->body);
    return TRUE;
}

static gboolean
on_place(gpointer service G_GNUC_UNUSED, const KabHttpRequest *request,
         const KabUser *user G_GNUC_UNUSED, KabHttpResponse *response, GError **error G_GNUC_UNUSED)
{
    g_autofree char *text = g_strdup_printf("%s|%s", kab_http_request_get_param(request, 0),
                                            kab_http_request_get_param(request, 1));

    answer_text(response, text);
    return TRUE;
}

static gboolean
on_query(gpointer service G_GNUC_UNUSED, const KabHttpRequest *request,
         const KabUser *user G_GNUC_UNUSED, KabHttpResponse *response, GError **error G_GNUC_UNUSED)
{
    const char *text = kab_http_request_get_query(request, "text");

    answer_text(response, text != NULL ? text : "(none)");
    return TRUE;
}

/* What happens inside is nobody's business outside. */
static gboolean
on_broken(gpointer service G_GNUC_UNUSED, const KabHttpRequest *request G_GNUC_UNUSED,
          const KabUser *user G_GNUC_UNUSED, KabHttpResponse *response G_GNUC_UNUSED,
          GError **error)
{
    g_set_error_literal(error, G_FILE_ERROR, G_FILE_ERROR_ACCES, "/secret/path: Permission denied");
    return FALSE;
}

static gboolean
on_big(gpointer service G_GNUC_UNUSED, const KabHttpRequest *request G_GNUC_UNUSED,
       const KabUser *user G_GNUC_UNUSED, KabHttpResponse *response, GError **error G_GNUC_UNUSED)
{
    g_autoptr(GBytes) bytes = g_bytes_new_take(g_malloc0(BIG), BIG);

    kab_http_response_set_bytes(response, 200, "application/octet-stream", bytes);
    return TRUE;
}

static gboolean
on_empty(gpointer service G_GNUC_UNUSED, const KabHttpRequest *request G_GNUC_UNUSED,
         const KabUser *user G_GNUC_UNUSED, KabHttpResponse *response G_GNUC_UNUSED,
         GError **error G_GNUC_UNUSED)
{
    return TRUE;
}

static gboolean
on_slow(gpointer service, const KabHttpRequest *request G_GNUC_UNUSED,
        const KabUser *user G_GNUC_UNUSED, KabHttpResponse *response, GError **error)
{
    HttpFixture *fixture = service;

    g_mutex_lock(&fixture->lock);
    fixture->n_slow++;
    g_cond_broadcast(&fixture->changed);
    while (!fixture->go_on)
        g_cond_wait(&fixture->changed, &fixture->lock);
    g_mutex_unlock(&fixture->lock);
    return on_big(service, request, user, response, error);
}

static gboolean
on_remote(gpointer service G_GNUC_UNUSED, const KabHttpRequest *request,
          const KabUser *user G_GNUC_UNUSED, KabHttpResponse *response,
          GError **error G_GNUC_UNUSED)
{
    answer_text(response, request->remote);
    return TRUE;
}

/* Whoever listens says to what. */
static gboolean
on_live(gpointer service G_GNUC_UNUSED, const KabHttpRequest *request,
        const KabUser *user G_GNUC_UNUSED, KabHttpResponse *response, GError **error G_GNUC_UNUSED)
{
    kab_http_response_set_live(response, kab_http_request_get_query(request, "topic"));
    return TRUE;
}

static const KabHttpRoute routes[] = {
    {"GET", "/live", FALSE, KAB_RIGHT_NONE, 0, on_live},
    {"GET", "/remote", TRUE, KAB_RIGHT_NONE, 0, on_remote},
    {"GET", "/open", TRUE, KAB_RIGHT_NONE, 0, on_open},
    {"GET", "/who", FALSE, KAB_RIGHT_NONE, 0, on_open},
    {"POST", "/echo", FALSE, KAB_RIGHT_NONE, HTTP_FIXTURE_MAX, on_echo},
    {"GET", "/place/{a}/{b}", FALSE, KAB_RIGHT_NONE, 0, on_place},
    {"GET", "/query", TRUE, KAB_RIGHT_NONE, 0, on_query},
    {"GET", "/broken", TRUE, KAB_RIGHT_NONE, 0, on_broken},
    {"GET", "/big", TRUE, KAB_RIGHT_NONE, 0, on_big},
    {"GET", "/empty", TRUE, KAB_RIGHT_NONE, 0, on_empty},
    {"GET", "/admin", FALSE, KAB_RIGHT_EXCHANGE_ADMIN, 0, on_open},
    {"GET", "/slow", TRUE, KAB_RIGHT_NONE, 0, on_slow},
};

static void
prepare(HttpFixture *fixture, const KabHttpServerOptions *options)
{
    memset(fixture, 0, sizeof *fixture);
    if (options != NULL)
        fixture->options = *options;
    g_mutex_init(&fixture->lock);
    g_cond_init(&fixture->changed);
    fixture->folder = test_folder_new();
    fixture->router = kab_http_router_new(fixture, authorize);
    kab_http_router_add(fixture->router, "", routes, G_N_ELEMENTS(routes));
}

KabHttpServer *
http_fixture_try_start(HttpFixture *fixture, const char *listen, GError **error)
{
    g_autoptr(GError) local = NULL;
    g_autoptr(GSocketAddress) address = kab_http_address_parse_listen(listen, &local);

    g_assert_no_error(local);
    return kab_http_server_start(fixture->router, address, &fixture->options, error);
}

void
http_fixture_set_up(HttpFixture *fixture, gconstpointer data)
{
    g_autoptr(GError) error = NULL;

    prepare(fixture, data);
    fixture->address = g_strdup_printf("unix:%s/server", fixture->folder);
    fixture->server = http_fixture_try_start(fixture, fixture->address, &error);
    g_assert_no_error(error);
}

/* A port that was free a moment ago may be taken now: then another one is tried. */
void
http_fixture_set_up_tcp(HttpFixture *fixture, gconstpointer data)
{
    prepare(fixture, data);
    for (int i = 0; i < 10 && fixture->server == NULL; i++) {
        g_autoptr(GSocketListener) listener = g_socket_listener_new();
        guint16 port = g_socket_listener_add_any_inet_port(listener, NULL, NULL);

        g_socket_listener_close(listener);
        g_free(fixture->address);
        fixture->address = g_strdup_printf("127.0.0.1:%u", port);
        fixture->server = http_fixture_try_start(fixture, fixture->address, NULL);
    }
    g_assert_nonnull(fixture->server);
}

void
http_fixture_tear_down(HttpFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    http_fixture_let_go(fixture);
    kab_http_server_stop(fixture->server);
    kab_http_router_free(fixture->router);
    g_free(fixture->address);
    test_folder_remove(fixture->folder);
    g_mutex_clear(&fixture->lock);
    g_cond_clear(&fixture->changed);
}

KabHttpClient *
http_fixture_client(HttpFixture *fixture)
{
    g_autofree char *address = g_str_has_prefix(fixture->address, "unix:")
                                   ? g_strdup(fixture->address)
                                   : g_strconcat("http://", fixture->address, NULL);
    g_autoptr(GError) error = NULL;
    KabHttpClient *client = kab_http_client_new(address, 20, 16 * 1024 * 1024, &error);

    g_assert_no_error(error);
    return client;
}

KabHttpAnswer *
http_fixture_ask(HttpFixture *fixture, const char *method, const char *path, GBytes *body)
{
    g_autoptr(KabHttpClient) client = http_fixture_client(fixture);
    KabHttpCall call = {
        .method = method,
        .path = path,
        .authorization = "Bearer somebody",
        .content_type = "text/plain",
        .body = body,
    };
    g_autoptr(GError) error = NULL;
    KabHttpAnswer *answer = kab_http_client_send(client, &call, NULL, &error);

    g_assert_no_error(error);
    return answer;
}

char *
http_fixture_text(const KabHttpAnswer *answer)
{
    gsize size;
    const char *bytes = g_bytes_get_data(answer->body, &size);

    return size > 0 ? g_strndup(bytes, size) : g_strdup("");
}

void
http_fixture_wait_slow(HttpFixture *fixture, guint n)
{
    gint64 end = g_get_monotonic_time() + 20 * G_USEC_PER_SEC;

    g_mutex_lock(&fixture->lock);
    while (fixture->n_slow < n)
        g_assert_true(g_cond_wait_until(&fixture->changed, &fixture->lock, end));
    g_mutex_unlock(&fixture->lock);
}

void
http_fixture_let_go(HttpFixture *fixture)
{
    g_mutex_lock(&fixture->lock);
    fixture->go_on = TRUE;
    g_cond_broadcast(&fixture->changed);
    g_mutex_unlock(&fixture->lock);
}
