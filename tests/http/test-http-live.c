/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "http-fixture.h"
#include "kab-http-feed.h"
#include "test-raw.h"

#include <string.h>

/* What has come over one WebSocket. */
typedef struct {
    KabHttpClient *client;
    KabHttpFeed *feed;
    GString *heard;
    gboolean closed;
    gboolean done;
    GError *error;
} Ear;

static void
on_text(Ear *ear, const char *text)
{
    g_string_append_printf(ear->heard, "%s;", text);
}

static void
on_closed(Ear *ear)
{
    ear->closed = TRUE;
}

static void
on_opened(GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
    Ear *ear = data;

    ear->feed = kab_http_feed_open_finish(result, &ear->error);
    ear->done = TRUE;
}

static gboolean
on_late(gpointer data G_GNUC_UNUSED)
{
    g_error("nothing has come in 20 seconds");
    return G_SOURCE_REMOVE;
}

#define WAIT_FOR(condition)                                    \
    do {                                                       \
        guint late = g_timeout_add_seconds(20, on_late, NULL); \
                                                               \
        while (!(condition))                                   \
            g_main_context_iteration(NULL, TRUE);              \
        g_source_remove(late);                                 \
    } while (0)

static void
ear_open(Ear *ear, HttpFixture *fixture, const char *topic, const char *authorization)
{
    g_autofree char *path = g_strconcat("/live?topic=", topic, NULL);
    const KabHttpCall call = {.method = "GET", .path = path, .authorization = authorization};

    memset(ear, 0, sizeof *ear);
    ear->heard = g_string_new(NULL);
    ear->client = http_fixture_client(fixture);
    kab_http_feed_open_async(ear->client, NULL, &call, NULL, on_opened, ear);
    WAIT_FOR(ear->done);
    if (ear->feed == NULL)
        return;
    g_signal_connect_swapped(ear->feed, "text", G_CALLBACK(on_text), ear);
    g_signal_connect_swapped(ear->feed, "closed", G_CALLBACK(on_closed), ear);
}

static void
ear_close(Ear *ear)
{
    if (ear->feed != NULL)
        g_signal_handlers_disconnect_by_data(ear->feed, ear);
    g_clear_object(&ear->feed);
    g_clear_error(&ear->error);
    g_string_free(ear->heard, TRUE);
    g_clear_pointer(&ear->client, kab_http_client_free);
}

/* Each hears what it listens to, and what everybody is told. */
static void
test_topics(HttpFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    Ear alfa;
    Ear beta;

    g_assert_false(kab_http_server_has_listeners(fixture->server));
    ear_open(&alfa, fixture, "alfa", "Bearer a");
    ear_open(&beta, fixture, "beta", "Bearer b");
    g_assert_no_error(alfa.error);
    g_assert_no_error(beta.error);
    g_assert_true(kab_http_server_has_listeners(fixture->server));
    kab_http_server_tell(fixture->server, "alfa", "1");
    kab_http_server_tell(fixture->server, "beta", "2");
    kab_http_server_tell(fixture->server, "gamma", "3");
    kab_http_server_tell(fixture->server, NULL, "4");
    WAIT_FOR(strchr(alfa.heard->str, '4') != NULL && strchr(beta.heard->str, '4') != NULL);
    g_assert_cmpstr(alfa.heard->str, ==, "1;4;");
    g_assert_cmpstr(beta.heard->str, ==, "2;4;");
    ear_close(&alfa);
    ear_close(&beta);
}

static void
test_refused(HttpFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabHttpAnswer) plain = http_fixture_ask(fixture, "GET", "/live?topic=a", NULL);
    g_autofree char *text = http_fixture_text(plain);
    Ear stranger;

    g_assert_cmpuint(plain->status, ==, 400);
    g_assert_nonnull(strstr(text, "WebSocket"));
    ear_open(&stranger, fixture, "alfa", NULL);
    g_assert_null(stranger.feed);
    g_assert_error(stranger.error, KAB_HTTP_ERROR, KAB_HTTP_ERROR_CUT);
    g_assert_false(kab_http_server_has_listeners(fixture->server));
    ear_close(&stranger);
}

/* A service that stops ends what it has open, at once. */
static void
test_stop(HttpFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    Ear ear;

    ear_open(&ear, fixture, "alfa", "Bearer a");
    g_assert_no_error(ear.error);
    g_clear_pointer(&fixture->server, kab_http_server_stop);
    WAIT_FOR(ear.closed);
    g_assert_cmpstr(ear.heard->str, ==, "");
    ear_close(&ear);
}

/* Who listens leaves room for who asks: half of the connections. */
static void
test_many(HttpFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    Ear ears[4];
    g_autoptr(KabHttpAnswer) answer = NULL;

    for (gsize i = 0; i < G_N_ELEMENTS(ears); i++)
        ear_open(&ears[i], fixture, "alfa", "Bearer a");
    for (gsize i = 0; i < G_N_ELEMENTS(ears); i++)
        g_assert_true((ears[i].feed != NULL) == (i < 3));
    answer = http_fixture_ask(fixture, "GET", "/who", NULL);
    g_assert_cmpuint(answer->status, ==, 200);
    for (gsize i = 0; i < G_N_ELEMENTS(ears); i++)
        ear_close(&ears[i]);
}

/* A client that goes is forgotten, and makes room. */
static void
test_gone(HttpFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    for (int i = 0; i < 12; i++) {
        Ear ear = {.feed = NULL};

        /* The server may not have noticed yet that the one before is gone. */
        while (ear.feed == NULL) {
            if (ear.heard != NULL)
                ear_close(&ear);
            ear_open(&ear, fixture, "alfa", "Bearer a");
        }
        ear_close(&ear);
    }
}

#define HANDSHAKE                                          \
    "GET /live?topic=a HTTP/1.1\r\nHost: localhost\r\n"    \
    "Authorization: Bearer a\r\nUpgrade: websocket\r\n"    \
    "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n" \
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"

/* A client has nothing to say; one that sends something, be it nonsense, is sent away. */
static void
test_talker(HttpFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    static const char *const says[] = {
        "\x81\x82\x01\x02\x03\x04\x69\x6b", /* a text frame: "hi" */
        "\x81\xff\xff\xff\xff\xff\xff\xff\xff\xff"
        "1234", /* one of 2^64 bytes */
        "GET /open HTTP/1.1\r\nHost: localhost\r\n\r\n",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(says); i++) {
        g_autoptr(GSocketConnection) connection = test_raw_connect(fixture->address);
        g_autofree char *answer = NULL;

        g_assert_true(test_raw_write(connection, HANDSHAKE));
        g_assert_true(test_raw_write(connection, says[i]));
        answer = test_raw_read(connection);

        g_assert_true(g_str_has_prefix(answer, "HTTP/1.1 101"));
        g_assert_null(strstr(answer, "HTTP/1.1 200"));
    }
}

/* One that pings without end, and reads nothing, is cut off; others do not notice. */
static void
test_pings(HttpFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GSocketConnection) connection = test_raw_connect(fixture->address);
    GOutputStream *output = g_io_stream_get_output_stream(G_IO_STREAM(connection));
    g_autofree char *pings = g_malloc0(6000);
    g_autoptr(KabHttpAnswer) answer = NULL;

    for (gsize i = 0; i + 6 <= 6000; i += 6)
        memcpy(pings + i, "\x89\x80\x01\x02\x03\x04", 6);
    g_assert_true(test_raw_write(connection, HANDSHAKE));
    for (int i = 0; i < 10000; i++)
        if (!g_output_stream_write_all(output, pings, 6000, NULL, NULL, NULL))
            break;
    answer = http_fixture_ask(fixture, "GET", "/who", NULL);
    g_assert_cmpuint(answer->status, ==, 200);
    while (kab_http_server_has_listeners(fixture->server))
        g_usleep(1000);
}

int
main(int argc, char **argv)
{
    static const KabHttpServerOptions few = {.limits.connections = 6};

    g_test_init(&argc, &argv, NULL);
#define ADD(name, options, function)                                                    \
    g_test_add("/http/live/" name, HttpFixture, options, http_fixture_set_up, function, \
               http_fixture_tear_down)
    ADD("topics", NULL, test_topics);
    ADD("refused", NULL, test_refused);
    ADD("stop", NULL, test_stop);
    ADD("many", &few, test_many);
    ADD("gone", &few, test_gone);
    ADD("talker", NULL, test_talker);
    ADD("pings", NULL, test_pings);
    return g_test_run();
}
