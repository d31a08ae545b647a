/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "http-fixture.h"
#include "test-folder.h"
#include "test-raw.h"

#include <string.h>

/* Soon enough for a test, late enough for a slow machine. */
#define SOON_MS 400
#define SLOW 100

static const KabHttpServerOptions quick = {
    .limits = {.head_ms = SOON_MS, .stall_ms = SOON_MS, .idle_ms = SOON_MS}};
static const KabHttpServerOptions few = {.limits = {.connections = 3}};
static const KabHttpServerOptions few_each = {.limits = {.per_client = 2}};
static const KabHttpServerOptions proxied = {.behind_proxy = TRUE};

#define GET_OPEN "GET /open HTTP/1.1\r\nHost: a\r\n\r\n"
#define GET_OPEN_CLOSE "GET /open HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"

static char *
say(HttpFixture *fixture, const char *request)
{
    g_autoptr(GSocketConnection) connection = test_raw_connect(fixture->address);

    test_raw_write(connection, request);
    return test_raw_read(connection);
}

static void
assert_said(HttpFixture *fixture, const char *request, const char *begin, const char *holds)
{
    g_autofree char *reply = say(fixture, request);

    if (!g_str_has_prefix(reply, begin) || strstr(reply, holds) == NULL)
        g_test_message("%.60s: %.300s", request, reply);
    g_assert_true(g_str_has_prefix(reply, begin));
    g_assert_nonnull(strstr(reply, holds));
}

static void
assert_answers(HttpFixture *fixture)
{
    assert_said(fixture, GET_OPEN_CLOSE, "HTTP/1.1 200", "nobody");
}

/* Reads until the text "nobody" of an answer is there. */
static void
read_answer(GSocketConnection *connection)
{
    GInputStream *stream = g_io_stream_get_input_stream(G_IO_STREAM(connection));
    g_autoptr(GString) text = g_string_new(NULL);
    char byte;

    while (strstr(text->str, "nobody") == NULL) {
        g_assert_cmpint(g_input_stream_read(stream, &byte, 1, NULL, NULL), ==, 1);
        g_string_append_c(text, byte);
    }
    g_assert_true(g_str_has_prefix(text->str, "HTTP/1.1 200"));
}

/* Connections that have begun to say something are ended in time, each in its way. */
static void
test_slow_clients(HttpFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    static const char *const beginnings[] = {
        "",
        "GET /open HTTP/1.1\r\nHos",
        "POST /echo HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer a\r\nContent-Length: 10\r\n\r\nbeg",
        "POST /echo HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer a\r\n"
        "Transfer-Encoding: chunked\r\n\r\n5\r\nbeg",
        "POST /nowhere HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nbeg",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(beginnings); i++) {
        g_autofree char *reply = NULL;

        g_test_message("%s", beginnings[i]);
        reply = say(fixture, beginnings[i]);
        g_assert_null(strstr(reply, " 200 "));
    }
    g_assert_cmpuint(fixture->n_authorized, ==, 0);
}

/* However the bytes drip, there is an end. */
static void
test_dripping_client(HttpFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GSocketConnection) connection = test_raw_connect(fixture->address);
    gint64 begun = g_get_monotonic_time();

    g_assert_true(test_raw_write(connection, "POST /echo HTTP/1.1\r\nHost: a\r\n"
                                             "Authorization: Bearer a\r\n"
                                             "Content-Length: 5000\r\n\r\n"));
    while (test_raw_write(connection, "x")) {
        g_assert_cmpint(g_get_monotonic_time() - begun, <, 20 * G_USEC_PER_SEC);
        g_usleep(20000);
    }
    g_assert_cmpint(g_get_monotonic_time() - begun, >, SOON_MS * 1000);
    g_assert_cmpuint(fixture->n_authorized, ==, 0);
}

/* An answer that nobody takes is not kept for ever. */
static void
test_client_does_not_read(HttpFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GSocketConnection) connection = test_raw_connect(fixture->address);
    GSocket *socket = g_socket_connection_get_socket(connection);

    g_assert_true(test_raw_write(connection, "GET /big HTTP/1.1\r\nHost: a\r\n\r\n"));
    g_assert_true(g_socket_condition_timed_wait(socket, G_IO_HUP, 20 * G_USEC_PER_SEC, NULL, NULL));
    assert_answers(fixture);
}

static void
test_idle_connections(HttpFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GSocketConnection) connection = test_raw_connect(fixture->address);
    g_autofree char *rest = NULL;

    for (int i = 0; i < 3; i++) {
        g_assert_true(test_raw_write(connection, GET_OPEN));
        read_answer(connection);
        g_usleep(SOON_MS * 1000 / 4);
    }
    rest = test_raw_read(connection);
    g_assert_cmpstr(rest, ==, "");
}

static guint
count_files(void)
{
    g_autoptr(GDir) folder = g_dir_open("/proc/self/fd", 0, NULL);
    guint n = 0;

    while (g_dir_read_name(folder) != NULL)
        n++;
    return n;
}

/* Whoever asks, is answered and goes leaves nothing behind. */
static void
test_clients_that_go(HttpFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    gint64 end = g_get_monotonic_time() + 20 * G_USEC_PER_SEC;
    guint before;

    assert_answers(fixture);
    before = count_files();
    for (int i = 0; i < 20; i++) {
        g_autoptr(GSocketConnection) connection = test_raw_connect(fixture->address);

        g_assert_true(test_raw_write(connection, GET_OPEN));
        if (i % 2 == 0)
            read_answer(connection);
    }
    while (count_files() > before) {
        g_assert_cmpint(g_get_monotonic_time(), <, end);
        g_usleep(2000);
    }
}

/* A service that takes its time is none of the client's fault. */
static void
test_slow_service(HttpFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GSocketConnection) connection = test_raw_connect(fixture->address);
    char byte;

    g_assert_true(test_raw_write(connection, "GET /slow HTTP/1.1\r\nHost: a\r\n\r\n"));
    http_fixture_wait_slow(fixture, 1);
    g_assert_false(g_socket_condition_timed_wait(g_socket_connection_get_socket(connection),
                                                 G_IO_IN | G_IO_HUP, (gint64)SOON_MS * 3 * 1000,
                                                 NULL, NULL));
    http_fixture_let_go(fixture);
    g_assert_cmpint(g_input_stream_read(g_io_stream_get_input_stream(G_IO_STREAM(connection)),
                                        &byte, 1, NULL, NULL),
                    ==, 1);
    g_assert_cmpint(byte, ==, 'H');
}

/* A hundred clients that say half a sentence do not stop anybody else. */
static void
test_many_slow_clients(HttpFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GPtrArray) slow = g_ptr_array_new_with_free_func(g_object_unref);
    gint64 begun;

    for (int i = 0; i < SLOW; i++) {
        GSocketConnection *connection = test_raw_connect(fixture->address);

        g_ptr_array_add(slow, connection);
        g_assert_true(test_raw_write(connection, i % 2 == 0 ? "GET /open HT"
                                                            : "POST /echo HTTP/1.1\r\nHost: a\r\n"
                                                              "Authorization: Bearer a\r\n"
                                                              "Content-Length: 100\r\n\r\nb"));
    }
    begun = g_get_monotonic_time();
    for (int i = 0; i < 20; i++)
        assert_answers(fixture);
    g_assert_cmpint(g_get_monotonic_time() - begun, <, 5 * G_USEC_PER_SEC);
}

/* Waits until a new connection is answered again. */
static void
wait_for_place(HttpFixture *fixture)
{
    gint64 end = g_get_monotonic_time() + 20 * G_USEC_PER_SEC;

    for (;;) {
        g_autofree char *reply = say(fixture, GET_OPEN_CLOSE);

        if (g_str_has_prefix(reply, "HTTP/1.1 200"))
            return;
        g_assert_true(*reply == '\0' || g_str_has_prefix(reply, "HTTP/1.1 503"));
        g_assert_cmpint(g_get_monotonic_time(), <, end);
        g_usleep(2000);
    }
}

static void
fill(HttpFixture *fixture, GPtrArray *taken, guint n)
{
    for (guint i = 0; i < n; i++) {
        GSocketConnection *connection = test_raw_connect(fixture->address);

        g_ptr_array_add(taken, connection);
        g_assert_true(test_raw_write(connection, GET_OPEN));
        read_answer(connection);
    }
}

static void
test_connections_are_bounded(HttpFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    guint n = fixture->options.limits.per_client > 0 ? fixture->options.limits.per_client
                                                     : fixture->options.limits.connections;

    for (int i = 0; i < 3; i++) {
        g_autoptr(GPtrArray) taken = g_ptr_array_new_with_free_func(g_object_unref);

        fill(fixture, taken, n);
        assert_said(fixture, "", "HTTP/1.1 503", "Retry-After");
        assert_said(fixture,
                    "POST /echo HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer a\r\n"
                    "Content-Length: 1\r\n\r\nx",
                    "HTTP/1.1 503", "Retry-After");
        /* Those that are there are answered all the same. */
        g_assert_true(test_raw_write(g_ptr_array_index(taken, 0), GET_OPEN));
        read_answer(g_ptr_array_index(taken, 0));
        g_ptr_array_set_size(taken, 0);
        wait_for_place(fixture);
    }
    g_assert_cmpuint(fixture->n_authorized, ==, 0);
}

static void
test_heads_are_bounded(HttpFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *long_text = g_strnfill(20000, 'a');
    g_autofree char *path = g_strdup_printf("GET /%s HTTP/1.1\r\nHost: a\r\n\r\n", long_text);
    g_autofree char *query =
        g_strdup_printf("GET /query?text=%s HTTP/1.1\r\nHost: a\r\n\r\n", long_text);
    g_autofree char *longest = g_strdup_printf(
        "GET /query?text=%.16000s HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", long_text);
    g_autofree char *header = g_strdup_printf(
        "GET /open HTTP/1.1\r\nHost: a\r\nX-A: %s\r\nX-B: %s\r\n\r\n", long_text, long_text);
    g_autoptr(GString) many = g_string_new("GET /open HTTP/1.1\r\nHost: a\r\n");
    g_autoptr(GString) endless = g_string_new("GET /open HTTP/1.1\r\nHost: a\r\n");
    g_autofree char *reply = NULL;

    for (int i = 0; i < 101; i++)
        g_string_append_printf(many, "X-%d: a\r\n", i);
    g_string_append(many, "\r\n");
    for (int i = 0; i < 50; i++)
        g_string_append_printf(endless, "X-%d: %s\r\n", i, long_text);
    assert_said(fixture, path, "HTTP/1.1 414", "\"status\":414");
    assert_said(fixture, query, "HTTP/1.1 414", "too-big");
    assert_said(fixture, longest, "HTTP/1.1 200", "aaaa");
    assert_said(fixture, header, "HTTP/1.1 431", "\"status\":431");
    assert_said(fixture, many->str, "HTTP/1.1 431", "too-big");
    reply = say(fixture, endless->str);
    g_assert_null(strstr(reply, " 200 "));
    assert_answers(fixture);
}

/* Only a proxy that is expected is believed, and only an address. */
static void
test_remote(HttpFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    static const struct {
        const char *headers;
        const char *told; /* (nullable): not believed */
    } rows[] = {
        {"", NULL},
        {"X-Real-IP: 203.0.113.7\r\n", "203.0.113.7"},
        {"x-real-ip: 2001:db8::1\r\n", "2001:db8::1"},
        {"X-Real-IP: portal.example\r\n", NULL},
        {"X-Real-IP: 203.0.113.7, 203.0.113.8\r\n", NULL},
        {"X-Real-IP: 203.0.113.7\r\nX-Real-IP: 203.0.113.8\r\n", NULL},
        {"X-Real-IP: <b>\r\n", NULL},
        {"X-Real-IP: 203.0.113.777\r\n", NULL},
        {"X-Forwarded-For: 203.0.113.7\r\n", NULL},
    };
    const char *peer = g_str_has_prefix(fixture->address, "unix:") ? "unix" : "127.0.0.1";

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        gboolean believed = fixture->options.behind_proxy && rows[i].told != NULL;
        g_autofree char *end = g_strdup_printf("\r\n\r\n%s", believed ? rows[i].told : peer);
        g_autofree char *request = g_strdup_printf(
            "GET /remote HTTP/1.1\r\nHost: a\r\nConnection: close\r\n%s\r\n", rows[i].headers);
        g_autofree char *reply = say(fixture, request);

        g_test_message("%s", rows[i].headers);
        g_assert_true(g_str_has_suffix(reply, end));
    }
}

#define ADD(name, options, function)                                                             \
    g_test_add("/http-guard/" name, HttpFixture, options, http_fixture_set_up, function,         \
               http_fixture_tear_down);                                                          \
    g_test_add("/http-guard/tcp/" name, HttpFixture, options, http_fixture_set_up_tcp, function, \
               http_fixture_tear_down)
#define ADD_UNIX(name, options, function)                                                \
    g_test_add("/http-guard/" name, HttpFixture, options, http_fixture_set_up, function, \
               http_fixture_tear_down)
#define ADD_TCP(name, options, function)                                                         \
    g_test_add("/http-guard/tcp/" name, HttpFixture, options, http_fixture_set_up_tcp, function, \
               http_fixture_tear_down)

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD_TCP("slow", &quick, test_slow_clients);
    ADD("dripping", &quick, test_dripping_client);
    ADD_UNIX("not-reading", &quick, test_client_does_not_read);
    ADD("idle", &quick, test_idle_connections);
    ADD("gone-idle", NULL, test_clients_that_go);
    ADD_TCP("slow-service", &quick, test_slow_service);
    ADD("many-slow", NULL, test_many_slow_clients);
    ADD("connections", &few, test_connections_are_bounded);
    ADD_TCP("connections-each", &few_each, test_connections_are_bounded);
    ADD_TCP("heads", NULL, test_heads_are_bounded);
    ADD("remote", NULL, test_remote);
    ADD("remote-proxied", &proxied, test_remote);
    return g_test_run();
}
