/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-client-live.h"
#include "kab-client-orders.h"
#include "kab-error.h"
#include "kab-http-server.h"
#include "test-folder.h"

#include <string.h>

/* A portal of which only the changes are there, and whose every answer a test decides. */
typedef struct {
    char *folder;
    char *address;
    KabHttpRouter *router;
    KabHttpServer *server;
    GMutex lock;
    gint64 seq;         /* of the newest change */
    gint64 goods;       /* their number */
    gboolean strangers; /* nobody is signed in any more */
    gboolean closed;    /* no WebSocket is opened */
    int asked;          /* how often for changes */
    int person;         /* who signs in */
    int visits;         /* how often the visit was asked for */
    gint64 noted;       /* how far the user has seen */

    KabClient *client;
    KabClientLive *live;
    GString *heard; /* kinds and ids */
    int states[4];  /* how often each was entered */
    guint resets;
    gboolean ended;
    char *why;
} Fixture;

static KabUser *
authorize(gpointer service, const KabHttpRequest *request G_GNUC_UNUSED, GError **error)
{
    Fixture *f = service;
    KabUser *user = NULL;

    g_mutex_lock(&f->lock);
    if (!f->strangers) {
        user = g_new0(KabUser, 1);
        user->role = KAB_ROLE_BUYER;
    }
    g_mutex_unlock(&f->lock);
    if (user == NULL)
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_UNAUTHORIZED, "Sign in first");
    return user;
}

static void
answer(KabHttpResponse *response, const char *text)
{
    g_autoptr(GBytes) body = g_bytes_new(text, strlen(text));

    kab_http_response_set_bytes(response, 200, "application/json", body);
}

/* Change number n is of the order that ends with n. */
static gboolean
on_changes(gpointer service, const KabHttpRequest *request, const KabUser *user G_GNUC_UNUSED,
           KabHttpResponse *response, GError **error G_GNUC_UNUSED)
{
    Fixture *f = service;
    const char *after = kab_http_request_get_query(request, "after");
    g_autoptr(GString) text = g_string_new("{\"items\":[");
    gint64 first = after != NULL ? g_ascii_strtoll(after, NULL, 10) + 1 : G_MAXINT64;

    g_mutex_lock(&f->lock);
    f->asked++;
    for (gint64 i = first; i <= f->seq; i++)
        g_string_append_printf(text,
                               "%s{\"seq\":%d,\"kind\":\"order\","
                               "\"id\":\"90000000-0000-4000-8000-%012d\","
                               "\"at\":\"2026-09-01T06:00:00.000Z\"}",
                               i > first ? "," : "", (int)i, (int)i);
    g_string_append_printf(text, "],\"seq\":%d,\"goods\":%d}", (int)f->seq, (int)f->goods);
    g_mutex_unlock(&f->lock);
    answer(response, text->str);
    return TRUE;
}

static gboolean
on_totals(gpointer service G_GNUC_UNUSED, const KabHttpRequest *request G_GNUC_UNUSED,
          const KabUser *user G_GNUC_UNUSED, KabHttpResponse *response,
          GError **error G_GNUC_UNUSED)
{
    answer(response,
           "{\"count\":3,\"totals\":[{\"count\":3,\"total\":\"10.00\",\"currency\":\"RUB\"}]}");
    return TRUE;
}

static gboolean
on_visit(gpointer service, const KabHttpRequest *request G_GNUC_UNUSED,
         const KabUser *user G_GNUC_UNUSED, KabHttpResponse *response, GError **error G_GNUC_UNUSED)
{
    g_atomic_int_inc(&((Fixture *)service)->visits);
    answer(response,
           "{\"seq\":3,\"at\":\"2026-09-01T06:00:00.000Z\",\"n_orders\":2,\"orders\":[]}");
    return TRUE;
}

static gboolean
on_note(gpointer service, const KabHttpRequest *request, const KabUser *user G_GNUC_UNUSED,
        KabHttpResponse *response G_GNUC_UNUSED, GError **error)
{
    Fixture *f = service;
    g_autoptr(JsonNode) node = kab_http_request_parse_json(request, error);

    g_mutex_lock(&f->lock);
    f->noted = json_object_get_int_member(json_node_get_object(node), "seq");
    g_mutex_unlock(&f->lock);
    return TRUE;
}

static gboolean
on_live(gpointer service, const KabHttpRequest *request G_GNUC_UNUSED,
        const KabUser *user G_GNUC_UNUSED, KabHttpResponse *response, GError **error)
{
    Fixture *f = service;
    gboolean closed;

    g_mutex_lock(&f->lock);
    closed = f->closed;
    g_mutex_unlock(&f->lock);
    if (closed)
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_NOT_FOUND, "There is no such address");
    else
        kab_http_response_set_live(response, "");
    return !closed;
}

/* Whoever signs in is the person of this number. */
static gboolean
on_sign_in(gpointer service, const KabHttpRequest *request G_GNUC_UNUSED,
           const KabUser *user G_GNUC_UNUSED, KabHttpResponse *response,
           GError **error G_GNUC_UNUSED)
{
    Fixture *f = service;
    g_autofree char *text = NULL;

    g_mutex_lock(&f->lock);
    f->strangers = FALSE;
    text = g_strdup_printf("{\"token\":\"token-%d\",\"user\":{\"id\":"
                           "\"70000000-0000-4000-8000-%012d\",\"login\":\"anna\","
                           "\"name\":\"Anna\",\"role\":\"buyer\",\"active\":true}}",
                           f->person, f->person);
    g_mutex_unlock(&f->lock);
    answer(response, text);
    return TRUE;
}

static const KabHttpRoute routes[] = {
    {"POST", "/api/v1/session", TRUE, KAB_RIGHT_NONE, 1000, on_sign_in},
    {"GET", "/api/v1/changes", FALSE, KAB_RIGHT_NONE, 0, on_changes},
    {"GET", "/api/v1/orders/totals", FALSE, KAB_RIGHT_NONE, 0, on_totals},
    {"GET", "/api/v1/visit", FALSE, KAB_RIGHT_NONE, 0, on_visit},
    {"PUT", "/api/v1/visit", FALSE, KAB_RIGHT_NONE, 1000, on_note},
    {"GET", "/api/v1/live", FALSE, KAB_RIGHT_NONE, 0, on_live},
};

static void
start_server(Fixture *f)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GSocketAddress) listen = kab_http_address_parse_listen(f->address, &error);

    g_assert_no_error(error);
    f->server = kab_http_server_start(f->router, listen, NULL, &error);
    g_assert_no_error(error);
}

static void
on_changed(Fixture *f, const char *kind, const char *id)
{
    g_string_append_printf(f->heard, "%s%s;", kind, *id != '\0' ? id + strlen(id) - 1 : "");
}

static void
on_state(Fixture *f, int state, const char *why)
{
    f->states[state]++;
    g_free(f->why);
    f->why = g_strdup(why);
}

static void
on_reset(Fixture *f)
{
    f->resets++;
}

static void
on_ended(Fixture *f)
{
    f->ended = TRUE;
}

static void
set_up(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GError) error = NULL;

    memset(f, 0, sizeof *f);
    g_mutex_init(&f->lock);
    f->folder = test_folder_new();
    f->address = g_strdup_printf("unix:%s/portal", f->folder);
    f->router = kab_http_router_new(f, authorize);
    kab_http_router_add(f->router, "", routes, G_N_ELEMENTS(routes));
    f->seq = 5;
    f->heard = g_string_new(NULL);
    start_server(f);
    f->client = kab_client_new(f->address, &error);
    g_assert_no_error(error);
    kab_client_resume_async(f->client, "token", NULL, NULL, NULL); /* sets the token */
    f->live = kab_client_live_new(f->client);
    g_signal_connect_swapped(f->live, "changed", G_CALLBACK(on_changed), f);
    g_signal_connect_swapped(f->live, "state", G_CALLBACK(on_state), f);
    g_signal_connect_swapped(f->live, "reset", G_CALLBACK(on_reset), f);
    g_signal_connect_swapped(f->live, "session-ended", G_CALLBACK(on_ended), f);
}

static void
tear_down(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    gpointer live = f->live;

    g_object_add_weak_pointer(live, &live);
    g_object_unref(f->live);
    g_clear_object(&f->client);
    while (live != NULL)
        g_main_context_iteration(NULL, TRUE);
    kab_http_server_stop(f->server);
    kab_http_router_free(f->router);
    test_folder_remove(f->folder);
    g_free(f->address);
    g_free(f->why);
    g_string_free(f->heard, TRUE);
    g_mutex_clear(&f->lock);
}

static gboolean
on_late(gpointer data)
{
    g_error("not within 30 seconds: %s", (const char *)data);
    return G_SOURCE_REMOVE;
}

#define WAIT_FOR(condition)                                                      \
    do {                                                                         \
        guint late = g_timeout_add_seconds(30, on_late, (gpointer)(#condition)); \
                                                                                 \
        while (!(condition))                                                     \
            g_main_context_iteration(NULL, TRUE);                                \
        g_source_remove(late);                                                   \
    } while (0)

static void
set_seq(Fixture *f, gint64 seq)
{
    g_mutex_lock(&f->lock);
    f->seq = seq;
    g_mutex_unlock(&f->lock);
}

static gint64
get_noted(Fixture *f)
{
    gint64 noted;

    g_mutex_lock(&f->lock);
    noted = f->noted;
    g_mutex_unlock(&f->lock);
    return noted;
}

static int
get_asked(Fixture *f)
{
    int asked;

    g_mutex_lock(&f->lock);
    asked = f->asked;
    g_mutex_unlock(&f->lock);
    return asked;
}

/* What is there at the beginning is no change; what comes is told, once; and the portal knows how
 * far the person has seen it. */
static void
test_listen(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    kab_client_live_start(f->live);
    WAIT_FOR(f->states[KAB_LIVE_LISTENING] == 1);
    g_assert_cmpuint(kab_client_live_get_visit(f->live)->n_orders, ==, 2);
    WAIT_FOR(get_noted(f) == 5);
    WAIT_FOR(get_asked(f) >= 2); /* once more when the WebSocket is open */
    g_assert_cmpstr(f->heard->str, ==, "");
    set_seq(f, 7);
    kab_http_server_tell(f->server, NULL, "{\"changed\":true}");
    WAIT_FOR(strchr(f->heard->str, '7') != NULL);
    g_assert_cmpstr(f->heard->str, ==, "order6;order7;");
    for (int i = 0; i < 50; i++) /* however often it is told */
        kab_http_server_tell(f->server, NULL, "{\"changed\":true}");
    set_seq(f, 8);
    kab_http_server_tell(f->server, NULL, "{\"changed\":true}");
    WAIT_FOR(strchr(f->heard->str, '8') != NULL);
    g_assert_cmpstr(f->heard->str, ==, "order6;order7;order8;");
    WAIT_FOR(get_noted(f) == 8);
    g_assert_cmpint(g_atomic_int_get(&f->visits), ==, 1);
}

/* Goods have a number of their own, for all partners: that they changed is told, and is no visit.
 */
static void
test_goods(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    f->goods = 88;
    kab_client_live_start(f->live);
    WAIT_FOR(f->states[KAB_LIVE_LISTENING] == 1);
    WAIT_FOR(get_asked(f) >= 2);
    g_assert_cmpstr(f->heard->str, ==, "");
    g_mutex_lock(&f->lock);
    f->goods = 91;
    g_mutex_unlock(&f->lock);
    kab_http_server_tell(f->server, NULL, "{\"changed\":true}");
    WAIT_FOR(f->heard->len > 0);
    set_seq(f, 6);
    kab_http_server_tell(f->server, NULL, "{\"changed\":true}");
    WAIT_FOR(strchr(f->heard->str, '6') != NULL);
    g_assert_cmpstr(f->heard->str, ==, "goods;order6;");
}

/* Where no WebSocket gets through, it asks. */
static void
test_poll(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    f->closed = TRUE;
    kab_client_live_start(f->live);
    WAIT_FOR(f->states[KAB_LIVE_POLLING] == 1);
    set_seq(f, 6);
    WAIT_FOR(strcmp(f->heard->str, "order6;") == 0);
    g_assert_cmpint(f->states[KAB_LIVE_OFFLINE], ==, 0);
}

/* The portal goes and comes back: what came in between is heard. */
static void
test_offline(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    kab_client_live_start(f->live);
    WAIT_FOR(f->states[KAB_LIVE_LISTENING] == 1);
    g_clear_pointer(&f->server, kab_http_server_stop);
    WAIT_FOR(f->states[KAB_LIVE_OFFLINE] == 1);
    g_assert_nonnull(strstr(f->why, "nothing listens there"));
    set_seq(f, 6);
    start_server(f);
    kab_client_live_hurry(f->live);
    WAIT_FOR(f->states[KAB_LIVE_LISTENING] == 2);
    WAIT_FOR(strcmp(f->heard->str, "order6;") == 0);
    g_assert_cmpint(f->states[KAB_LIVE_OFFLINE], ==, 1);
}

static void
on_signed_in(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(GError) error = NULL;

    kab_client_sign_in_finish(KAB_CLIENT(source), result, &error);
    g_assert_no_error(error);
    *(gboolean *)data = TRUE;
}

static void
sign_in(Fixture *f, int person)
{
    gboolean done = FALSE;

    f->person = person;
    kab_client_sign_in_async(f->client, "anna", "right", NULL, on_signed_in, &done);
    WAIT_FOR(done);
}

typedef struct {
    GArray *totals;
    GError *error;
    gboolean done;
} Counted;

static void
on_counted(GObject *source, GAsyncResult *result, gpointer data)
{
    Counted *counted = data;

    counted->totals = kab_client_count_orders_finish(KAB_CLIENT(source), result, &counted->error);
    counted->done = TRUE;
}

static Counted
count_orders(Fixture *f, const char *text)
{
    const KabOrderQuery query = {.text = text};
    Counted counted = {NULL, NULL, FALSE};

    kab_client_count_orders_async(f->client, &query, NULL, on_counted, &counted);
    WAIT_FOR(counted.done);
    return counted;
}

static void
assert_counted(Fixture *f, gboolean known)
{
    Counted counted = count_orders(f, "gloves");

    g_assert_true((counted.error == NULL) == known);
    g_clear_error(&counted.error);
    g_clear_pointer(&counted.totals, g_array_unref);
}

/* Who signs in again after the session has ended has lost nothing; somebody else sees nothing. */
static void
test_remembered_again(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    for (int person = 1; person <= 2; person++) {
        sign_in(f, 1);
        assert_counted(f, TRUE);
        f->strangers = TRUE;
        assert_counted(f, FALSE);
        sign_in(f, person);
        g_clear_pointer(&f->server, kab_http_server_stop);
        assert_counted(f, person == 1);
        start_server(f);
    }
}

/* What was looked at can be looked at again without a connection, and that it is old is told; what
 * was not cannot. */
static void
test_remembered(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    Counted counted = count_orders(f, "gloves");

    g_assert_no_error(counted.error);
    g_assert_cmpuint(counted.totals->len, ==, 1);
    g_array_unref(counted.totals);
    g_assert_null(kab_client_get_trouble(f->client));
    g_clear_pointer(&f->server, kab_http_server_stop);
    counted = count_orders(f, "gloves");
    g_assert_no_error(counted.error);
    g_assert_cmpint(g_array_index(counted.totals, KabOrderTotal, 0).count, ==, 3);
    g_array_unref(counted.totals);
    g_assert_nonnull(strstr(kab_client_get_trouble(f->client), "There is no connection"));
    counted = count_orders(f, "hammers");
    g_assert_error(counted.error, KAB_ERROR, KAB_ERROR_BUSY);
    g_clear_error(&counted.error);
    start_server(f);
    counted = count_orders(f, "gloves");
    g_assert_null(kab_client_get_trouble(f->client));
    g_array_unref(counted.totals);
    /* Somebody who is not signed in any more sees nothing of it. */
    f->strangers = TRUE;
    counted = count_orders(f, "gloves");
    g_assert_error(counted.error, KAB_ERROR, KAB_ERROR_UNAUTHORIZED);
    g_clear_error(&counted.error);
    g_clear_pointer(&f->server, kab_http_server_stop);
    counted = count_orders(f, "gloves");
    g_assert_error(counted.error, KAB_ERROR, KAB_ERROR_BUSY);
    g_clear_error(&counted.error);
}

/* There is nobody at the beginning either. */
static void
test_begins_offline(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_clear_pointer(&f->server, kab_http_server_stop);
    kab_client_live_start(f->live);
    WAIT_FOR(f->states[KAB_LIVE_OFFLINE] == 1);
    start_server(f);
    WAIT_FOR(f->states[KAB_LIVE_LISTENING] == 1); /* by itself */
    g_assert_cmpstr(f->heard->str, ==, "");
}

/* A portal whose data were set back. */
static void
test_set_back(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    kab_client_live_start(f->live);
    WAIT_FOR(f->states[KAB_LIVE_LISTENING] == 1);
    WAIT_FOR(get_asked(f) >= 2);
    set_seq(f, 2);
    kab_http_server_tell(f->server, NULL, "{\"changed\":true}");
    WAIT_FOR(f->resets == 1);
    set_seq(f, 3);
    kab_http_server_tell(f->server, NULL, "{\"changed\":true}");
    WAIT_FOR(strcmp(f->heard->str, "order3;") == 0);
}

static void
test_session_ended(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    kab_client_live_start(f->live);
    WAIT_FOR(f->states[KAB_LIVE_LISTENING] == 1);
    g_mutex_lock(&f->lock);
    f->strangers = TRUE;
    g_mutex_unlock(&f->lock);
    kab_http_server_tell(f->server, NULL, "{\"changed\":true}");
    WAIT_FOR(f->ended);
    g_mutex_lock(&f->lock);
    f->strangers = FALSE;
    g_mutex_unlock(&f->lock);
    set_seq(f, 6);
    kab_client_resume_async(f->client, "token", NULL, NULL, NULL);
    kab_client_live_start(f->live); /* somebody has signed in again */
    WAIT_FOR(strcmp(f->heard->str, "order6;") == 0);
    g_assert_cmpint(g_atomic_int_get(&f->visits), ==, 1);
}

static void
stop(Fixture *f)
{
    kab_client_live_stop(f->live);
}

/* Whoever is told may end it. */
static void
test_stopped_while_told(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_signal_connect_swapped(f->live, "changed", G_CALLBACK(stop), f);
    kab_client_live_start(f->live);
    WAIT_FOR(f->states[KAB_LIVE_LISTENING] == 1);
    WAIT_FOR(get_asked(f) >= 2);
    set_seq(f, 9);
    kab_http_server_tell(f->server, NULL, "{\"changed\":true}");
    WAIT_FOR(f->heard->len > 0);
    g_assert_cmpstr(f->heard->str, ==, "order6;");
    kab_client_live_stop(f->live);
}

/* Let go at any moment, it is gone. */
static void
test_let_go(Fixture *f, gconstpointer data)
{
    kab_client_live_start(f->live);
    for (int i = 0; i < GPOINTER_TO_INT(data); i++)
        g_main_context_iteration(NULL, TRUE);
    kab_client_live_stop(f->live);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(name, function) \
    g_test_add("/client-live/" name, Fixture, NULL, set_up, function, tear_down)
    ADD("listen", test_listen);
    ADD("goods", test_goods);
    ADD("poll", test_poll);
    ADD("offline", test_offline);
    ADD("remembered-again", test_remembered_again);
    ADD("begins-offline", test_begins_offline);
    ADD("remembered", test_remembered);
    ADD("set-back", test_set_back);
    ADD("session-ended", test_session_ended);
    ADD("stopped-while-told", test_stopped_while_told);
    for (int i = 0; i < 8; i++) {
        g_autofree char *name = g_strdup_printf("/client-live/let-go-%d", i);

        g_test_add(name, Fixture, GINT_TO_POINTER(i * 3), set_up, test_let_go, tear_down);
    }
    return g_test_run();
}
