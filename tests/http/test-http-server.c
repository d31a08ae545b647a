/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "http-fixture.h"
#include "kab-error.h"
#include "kab-wire-problem.h"
#include "test-folder.h"
#include "test-json.h"
#include "test-log.h"
#include "test-raw.h"

#include <glib/gstdio.h>
#include <string.h>

static void
assert_text(const KabHttpAnswer *answer, guint status, const char *expected)
{
    g_autofree char *text = http_fixture_text(answer);

    g_assert_cmpuint(answer->status, ==, status);
    g_assert_cmpstr(text, ==, expected);
}

static void
assert_problem(const KabHttpAnswer *answer, guint status, const char *code)
{
    g_autofree char *text = http_fixture_text(answer);
    g_autoptr(JsonNode) node = test_json_parse(text);

    g_assert_cmpuint(answer->status, ==, status);
    g_assert_cmpstr(answer->content_type, ==, KAB_PROBLEM_TYPE);
    g_assert_cmpstr(test_json_text(node, "code"), ==, code);
    g_assert_cmpint(test_json_int(node, "status"), ==, status);
}

static void
test_answers(HttpFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GBytes) body = g_bytes_new_static("тело\0x", 10);
    g_autoptr(KabHttpAnswer) open = http_fixture_ask(fixture, "GET", "/open", NULL);
    g_autoptr(KabHttpAnswer) who = http_fixture_ask(fixture, "GET", "/who", NULL);
    g_autoptr(KabHttpAnswer) echo = http_fixture_ask(fixture, "POST", "/echo", body);
    g_autoptr(KabHttpAnswer) empty = http_fixture_ask(fixture, "GET", "/empty", NULL);
    g_autoptr(KabHttpAnswer) big = http_fixture_ask(fixture, "GET", "/big", NULL);

    assert_text(open, 200, "nobody");
    assert_text(who, 200, "manager");
    g_assert_true(g_bytes_equal(echo->body, body));
    assert_text(empty, 204, "");
    g_assert_cmpuint(g_bytes_get_size(big->body), ==, 8 * 1024 * 1024);
}

static void
test_places_are_decoded_once(HttpFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    static const struct {
        const char *path;
        const char *text; /* (nullable): no such address */
    } rows[] = {
        {"/place/a/b", "a|b"},
        {"/place/%D0%B6/a%20b", "ж|a b"},
        {"/place/%252F/%2525", "%2F|%25"},
        {"/place/a%2Fb/c", NULL},
        {"/place/a%2Fb", NULL},
        {"/place/%FF/b", NULL},
        {"/place/../place/a/b", "a|b"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(KabHttpAnswer) answer = http_fixture_ask(fixture, "GET", rows[i].path, NULL);

        g_test_message("%s", rows[i].path);
        if (rows[i].text != NULL)
            assert_text(answer, 200, rows[i].text);
        else
            assert_problem(answer, 404, "not-found");
    }
}

static void
test_query_is_text(HttpFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    static const struct {
        const char *path;
        const char *text; /* (nullable): it is refused */
    } rows[] = {
        {"/query", "(none)"},
        {"/query?text=", ""},
        {"/query?text=a+b%26%D0%B6", "a b&ж"},
        {"/query?other=1&text=x", "x"},
        {"/query?text=%FC", NULL},
        {"/query?text=%D0", NULL},
        {"/query?text=a%00b", "a"},
        {"/query?%FC=a", NULL},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(KabHttpAnswer) answer = http_fixture_ask(fixture, "GET", rows[i].path, NULL);

        g_test_message("%s", rows[i].path);
        if (rows[i].text != NULL)
            assert_text(answer, 200, rows[i].text);
        else
            assert_problem(answer, 400, "invalid");
    }
}

static void
test_problems(HttpFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabHttpAnswer) nowhere = http_fixture_ask(fixture, "GET", "/nowhere", NULL);
    g_autoptr(KabHttpAnswer) method = http_fixture_ask(fixture, "DELETE", "/open", NULL);
    g_autoptr(KabHttpAnswer) denied = http_fixture_ask(fixture, "GET", "/admin", NULL);
    g_autoptr(KabHttpAnswer) broken = NULL;
    g_autofree char *text = NULL;

    assert_problem(nowhere, 404, "not-found");
    assert_problem(method, 400, "invalid");
    assert_problem(denied, 403, "denied");
    test_log_expect("/secret/path");
    broken = http_fixture_ask(fixture, "GET", "/broken", NULL);
    test_log_assert_said();
    assert_problem(broken, 500, "failed");
    text = http_fixture_text(broken);
    g_assert_null(strstr(text, "secret"));
}

static void
test_body_is_bounded(HttpFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    static const struct {
        gsize size;
        gboolean good;
    } rows[] = {{0, TRUE},
                {HTTP_FIXTURE_MAX, TRUE},
                {HTTP_FIXTURE_MAX + 1, FALSE},
                {HTTP_FIXTURE_MAX * 3, FALSE}};

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GBytes) body = g_bytes_new_take(g_malloc0(rows[i].size + 1), rows[i].size);
        g_autoptr(KabHttpAnswer) answer = http_fixture_ask(fixture, "POST", "/echo", body);

        if (rows[i].good) {
            g_assert_cmpuint(answer->status, ==, 200);
            g_assert_cmpuint(g_bytes_get_size(answer->body), ==, rows[i].size);
        } else {
            assert_problem(answer, 413, "too-big");
        }
    }
}

static guint
count_memory_mib(void)
{
    g_autofree char *text = NULL;
    g_auto(GStrv) fields = NULL;

    g_assert_true(g_file_get_contents("/proc/self/statm", &text, NULL, NULL));
    fields = g_strsplit(text, " ", -1);
    return (guint)(g_ascii_strtoull(fields[1], NULL, 10) * 4096 / 1024 / 1024);
}

/* Whoever sends for ever to an address that does not take it is cut off, and nothing is kept. */
static void
assert_cut_off(HttpFixture *fixture, const char *head, const char *piece)
{
    g_autoptr(GSocketConnection) connection = test_raw_connect(fixture->address);
    g_autoptr(KabHttpAnswer) still_there = NULL;
    guint before = count_memory_mib();
    guint sent = 0;

    g_assert_true(test_raw_write(connection, head));
    while (sent < 2000 && test_raw_write(connection, piece))
        sent++;
    g_assert_cmpuint(sent, <, 200);
    g_assert_cmpuint(count_memory_mib(), <, before + 20);
    still_there = http_fixture_ask(fixture, "GET", "/open", NULL);
    assert_text(still_there, 200, "nobody");
}

static void
test_endless_bodies(HttpFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    static const char *const heads[] = {
        "POST /echo HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer a\r\n",
        "POST /echo HTTP/1.1\r\nHost: a\r\n",
        "POST /nowhere HTTP/1.1\r\nHost: a\r\n",
        "POST /open HTTP/1.1\r\nHost: a\r\n",
        "GET /open HTTP/1.1\r\nHost: a\r\n",
    };
    g_autofree char *piece = g_strnfill(65536, 'x');
    g_autofree char *chunk = g_strdup_printf("10000\r\n%s\r\n", piece);

    for (gsize i = 0; i < G_N_ELEMENTS(heads); i++) {
        g_autofree char *length =
            g_strconcat(heads[i], "Content-Length: 99999999999\r\n\r\n", NULL);
        g_autofree char *chunked =
            g_strconcat(heads[i], "Transfer-Encoding: chunked\r\n\r\n", NULL);

        assert_cut_off(fixture, length, piece);
        assert_cut_off(fixture, chunked, chunk);
    }
    g_assert_cmpuint(fixture->n_authorized, ==, 0);
}

/* A client that asks first is answered before it sends anything. */
static void
test_asked_before_the_body(HttpFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    static const struct {
        const char *request;
        const char *answer;
    } rows[] = {
        {"POST /echo HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer a\r\nExpect: 100-continue\r\n"
         "Content-Length: 99999999999\r\n\r\n",
         "HTTP/1.1 413"},
        {"POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 500\r\n\r\n",
         "HTTP/1.1 401"},
        {"POST /nowhere HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n",
         "HTTP/1.1 404"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GSocketConnection) connection = test_raw_connect(fixture->address);
        g_autofree char *reply = NULL;

        g_assert_true(test_raw_write(connection, rows[i].request));
        reply = test_raw_read(connection);
        g_assert_true(g_str_has_prefix(reply, rows[i].answer));
    }
    g_assert_cmpuint(fixture->n_authorized, ==, 0);
}

/* Without a sign-in nothing is carried out, and nobody is looked up. */
static void
test_no_sign_in(HttpFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GSocketConnection) connection = test_raw_connect(fixture->address);
    g_autofree char *reply = NULL;

    g_assert_true(test_raw_write(connection, "POST /echo HTTP/1.1\r\nHost: a\r\n"
                                             "Content-Length: 5\r\n\r\nbegin"));
    reply = test_raw_read(connection);
    g_assert_true(g_str_has_prefix(reply, "HTTP/1.1 401"));
    g_assert_nonnull(strstr(reply, "WWW-Authenticate"));
    g_assert_cmpuint(fixture->n_authorized, ==, 0);
}

static void
test_chunks_are_bounded(HttpFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GSocketConnection) connection = test_raw_connect(fixture->address);
    g_autofree char *piece = g_strnfill(8192, 'x');
    g_autofree char *chunk = g_strdup_printf("2000\r\n%s\r\n", piece);
    g_autofree char *reply = NULL;

    g_assert_true(test_raw_write(connection, "POST /echo HTTP/1.1\r\nHost: a\r\n"
                                             "Authorization: Bearer a\r\n"
                                             "Transfer-Encoding: chunked\r\n\r\n"));
    for (int i = 0; i < 5; i++)
        test_raw_write(connection, chunk);
    test_raw_write(connection, "0\r\n\r\n");
    reply = test_raw_read(connection);
    g_assert_true(g_str_has_prefix(reply, "HTTP/1.1 413"));
}

static void
test_nonsense(HttpFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    static const char *const requests[] = {
        "\r\n\r\n",
        "nonsense\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
        "POST /echo HTTP/1.1\r\nAuthorization: Bearer a\r\nContent-Length: -1\r\n\r\n",
        "POST /echo HTTP/1.1\r\nAuthorization: Bearer a\r\nContent-Length: 5\r\n\r\nab",
        "POST /echo HTTP/1.1\r\nAuthorization: Bearer a\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
        "GET /place/%/% HTTP/1.1\r\nHost: a\r\n\r\n",
    };
    g_autoptr(KabHttpAnswer) still_there = NULL;

    for (gsize i = 0; i < G_N_ELEMENTS(requests); i++) {
        g_autoptr(GSocketConnection) connection = test_raw_connect(fixture->address);
        g_autofree char *reply = NULL;

        test_raw_write(connection, requests[i]);
        g_socket_shutdown(g_socket_connection_get_socket(connection), FALSE, TRUE, NULL);
        reply = test_raw_read(connection);
        g_test_message("%zu: %.20s", i, reply);
        g_assert_null(strstr(reply, " 200 "));
    }
    still_there = http_fixture_ask(fixture, "GET", "/open", NULL);
    assert_text(still_there, 200, "nobody");
}

/* The desktop is closed while its request runs, or while its answer is on the way. */
static void
test_client_goes_away(HttpFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabHttpAnswer) still_there = NULL;

    for (int i = 0; i < 3; i++) {
        g_autoptr(GSocketConnection) connection = test_raw_connect(fixture->address);

        g_assert_true(test_raw_write(connection, "GET /slow HTTP/1.1\r\nHost: a\r\n\r\n"));
        http_fixture_wait_slow(fixture, (guint)i + 1);
        g_io_stream_close(G_IO_STREAM(connection), NULL, NULL);
    }
    http_fixture_let_go(fixture);
    for (int i = 0; i < 5; i++) {
        g_autoptr(GSocketConnection) connection = test_raw_connect(fixture->address);
        char byte;

        g_assert_true(test_raw_write(connection, "GET /big HTTP/1.1\r\nHost: a\r\n\r\n"));
        g_assert_cmpint(g_input_stream_read(g_io_stream_get_input_stream(G_IO_STREAM(connection)),
                                            &byte, 1, NULL, NULL),
                        ==, 1);
    }
    still_there = http_fixture_ask(fixture, "GET", "/open", NULL);
    assert_text(still_there, 200, "nobody");
}

static gpointer
ask_slow(gpointer data)
{
    return http_fixture_ask(data, "GET", "/slow", NULL);
}

static gpointer
stop(gpointer data)
{
    HttpFixture *fixture = data;

    kab_http_server_stop(g_steal_pointer(&fixture->server));
    return NULL;
}

/* Whoever was heard is answered, wholly. */
static void
test_stop_ends_what_runs(HttpFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    GThread *asking = g_thread_new("asking", ask_slow, fixture);
    GThread *stopping;
    KabHttpAnswer *answer;

    http_fixture_wait_slow(fixture, 1);
    stopping = g_thread_new("stopping", stop, fixture);
    http_fixture_let_go(fixture);
    answer = g_thread_join(asking);
    g_assert_cmpuint(answer->status, ==, 200);
    g_assert_cmpuint(g_bytes_get_size(answer->body), ==, 8 * 1024 * 1024);
    kab_http_answer_free(answer);
    g_thread_join(stopping);
}

/* A client that does not read its answer does not hold up the end for ever. */
static void
test_stop_does_not_wait_for_ever(HttpFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GSocketConnection) connection = test_raw_connect(fixture->address);
    g_autoptr(GSocketConnection) idle = test_raw_connect(fixture->address);
    char byte;

    g_assert_true(test_raw_write(connection, "GET /big HTTP/1.1\r\nHost: a\r\n\r\n"));
    g_assert_cmpint(g_input_stream_read(g_io_stream_get_input_stream(G_IO_STREAM(connection)),
                                        &byte, 1, NULL, NULL),
                    ==, 1);
    stop(fixture);
}

static void
test_address_in_use(HttpFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(KabHttpAnswer) still_there = NULL;

    g_assert_null(http_fixture_try_start(fixture, fixture->address, &error));
    g_assert_error(error, KAB_HTTP_ERROR, KAB_HTTP_ERROR_LISTEN);
    g_assert_null(strchr(error->message, '\n'));
    still_there = http_fixture_ask(fixture, "GET", "/open", NULL);
    assert_text(still_there, 200, "nobody");
}

static void
test_stale_socket_is_replaced(HttpFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *listen = g_strdup_printf("unix:%s/stale", fixture->folder);
    g_autofree char *path = test_folder_path(fixture->folder, "stale");
    g_autoptr(GSocketAddress) address = kab_http_address_parse_listen(listen, NULL);
    g_autoptr(GSocket) killed =
        g_socket_new(G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, NULL);
    g_autoptr(GError) error = NULL;
    KabHttpServer *server;
    GStatBuf status;

    g_assert_true(g_socket_bind(killed, address, FALSE, NULL));
    g_assert_true(g_socket_close(killed, NULL));
    g_assert_true(g_file_test(path, G_FILE_TEST_EXISTS));
    server = http_fixture_try_start(fixture, listen, &error);
    g_assert_no_error(error);
    g_assert_cmpint(g_stat(path, &status), ==, 0);
    g_assert_cmpint(status.st_mode & 0007, ==, 0);
    kab_http_server_stop(server);
    g_assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
}

static void
test_other_files_are_not_removed(HttpFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *listen = g_strdup_printf("unix:%s/diary.txt", fixture->folder);
    g_autofree char *path = test_folder_path(fixture->folder, "diary.txt");
    g_autoptr(GError) error = NULL;

    test_file_write(path, "dear diary", -1);
    g_assert_null(http_fixture_try_start(fixture, listen, &error));
    g_assert_error(error, KAB_HTTP_ERROR, KAB_HTTP_ERROR_LISTEN);
    g_assert_true(test_folder_holds(fixture->folder, "dear diary"));
}

static void
test_folder_that_is_not_there(HttpFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GError) error = NULL;

    g_assert_null(http_fixture_try_start(fixture, "unix:/nowhere/at/all", &error));
    g_assert_error(error, KAB_HTTP_ERROR, KAB_HTTP_ERROR_LISTEN);
    g_assert_nonnull(strstr(error->message, "/nowhere/at/all"));
}

static gpointer
ask_open(gpointer data)
{
    g_autoptr(KabHttpClient) client = http_fixture_client(data);
    KabHttpCall call = {.method = "GET", .path = "/who", .authorization = "Bearer a"};

    for (int i = 0; i < 50; i++) {
        g_autoptr(KabHttpAnswer) answer = kab_http_client_send(client, &call, NULL, NULL);

        g_assert_nonnull(answer);
        g_assert_cmpuint(answer->status, ==, 200);
    }
    return NULL;
}

static void
test_many_at_once(HttpFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    GThread *threads[6];

    for (gsize i = 0; i < G_N_ELEMENTS(threads); i++)
        threads[i] = g_thread_new("asking", ask_open, fixture);
    for (gsize i = 0; i < G_N_ELEMENTS(threads); i++)
        g_thread_join(threads[i]);
    g_assert_cmpuint(fixture->n_authorized, ==, 300);
}

#define ADD(name, function)                                                                    \
    g_test_add("/http-server/" name, HttpFixture, NULL, http_fixture_set_up, function,         \
               http_fixture_tear_down);                                                        \
    g_test_add("/http-server/tcp/" name, HttpFixture, NULL, http_fixture_set_up_tcp, function, \
               http_fixture_tear_down)
#define ADD_UNIX(name, function)                                                       \
    g_test_add("/http-server/" name, HttpFixture, NULL, http_fixture_set_up, function, \
               http_fixture_tear_down)

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    test_log_init();
    ADD("answers", test_answers);
    ADD_UNIX("places", test_places_are_decoded_once);
    ADD_UNIX("query", test_query_is_text);
    ADD("problems", test_problems);
    ADD("body", test_body_is_bounded);
    ADD("asked-before", test_asked_before_the_body);
    ADD("no-sign-in", test_no_sign_in);
    ADD("chunks", test_chunks_are_bounded);
    ADD("endless", test_endless_bodies);
    ADD_UNIX("nonsense", test_nonsense);
    ADD("client-goes-away", test_client_goes_away);
    ADD("stop", test_stop_ends_what_runs);
    ADD("stop-now", test_stop_does_not_wait_for_ever);
    ADD("in-use", test_address_in_use);
    ADD_UNIX("stale", test_stale_socket_is_replaced);
    ADD_UNIX("other-files", test_other_files_are_not_removed);
    ADD_UNIX("no-folder", test_folder_that_is_not_there);
    ADD("many", test_many_at_once);
    return g_test_run();
}
