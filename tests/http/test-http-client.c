/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "http-fixture.h"
#include "test-raw.h"

#include <string.h>

static KabHttpAnswer *
ask(const char *address, guint timeout, gsize max, const char *path, GError **error)
{
    g_autoptr(GError) local = NULL;
    g_autoptr(KabHttpClient) client = kab_http_client_new(address, timeout, max, &local);
    KabHttpCall call = {.method = "GET", .path = path};

    g_assert_no_error(local);
    return kab_http_client_send(client, &call, NULL, error);
}

static void
assert_fails(const char *address, guint timeout, KabHttpError code)
{
    g_autoptr(GError) error = NULL;

    g_assert_null(ask(address, timeout, 1000, "/open", &error));
    g_assert_error(error, KAB_HTTP_ERROR, (int)code);
    g_assert_nonnull(strstr(error->message, address));
}

static void
test_nobody_there(HttpFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *address = g_strconcat("http://", fixture->address, NULL);

    assert_fails("unix:/nowhere/at/all", 5, KAB_HTTP_ERROR_CONNECT);
    g_clear_pointer(&fixture->server, kab_http_server_stop);
    assert_fails(address, 5, KAB_HTTP_ERROR_CONNECT);
    assert_fails("http://no.such.host.invalid", 5, KAB_HTTP_ERROR_RESOLVE);
}

static void
test_broken_answers(HttpFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    static const struct {
        const char *reply;
        KabHttpError code;
    } rows[] = {
        {"", KAB_HTTP_ERROR_CUT},
        {"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort", KAB_HTTP_ERROR_CUT},
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab", KAB_HTTP_ERROR_CUT},
        {"not HTTP at all\r\n\r\n", KAB_HTTP_ERROR_CUT},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *folder = g_strdup_printf("%s/%zu", fixture->folder, i);
        TestRawServer *raw;

        g_test_message("%s", rows[i].reply);
        g_assert_cmpint(g_mkdir_with_parents(folder, 0700), ==, 0);
        raw = test_raw_server_start(folder, rows[i].reply);
        assert_fails(test_raw_server_get_address(raw), 10, rows[i].code);
        test_raw_server_stop(raw);
    }
}

static void
test_no_answer_in_time(HttpFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    TestRawServer *raw = test_raw_server_start(fixture->folder, NULL);

    assert_fails(test_raw_server_get_address(raw), 1, KAB_HTTP_ERROR_TIMEOUT);
    test_raw_server_stop(raw);
}

static void
test_answer_too_big(HttpFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GError) error = NULL;

    g_assert_null(ask(fixture->address, 10, 1024 * 1024, "/big", &error));
    g_assert_error(error, KAB_HTTP_ERROR, KAB_HTTP_ERROR_TOO_BIG);
    g_assert_nonnull(strstr(error->message, fixture->address));
}

static void
test_redirections_are_not_followed(HttpFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    TestRawServer *raw = test_raw_server_start(
        fixture->folder, "HTTP/1.1 302 Found\r\nLocation: /open\r\nContent-Length: 0\r\n\r\n");
    g_autoptr(KabHttpAnswer) answer =
        ask(test_raw_server_get_address(raw), 10, 1000, "/open", NULL);

    g_assert_cmpuint(answer->status, ==, 302);
    g_assert_cmpuint(test_raw_server_count(raw), ==, 1);
    test_raw_server_stop(raw);
}

static void
test_retry_after(HttpFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    TestRawServer *raw = test_raw_server_start(
        fixture->folder, "HTTP/1.1 503 Busy\r\nRetry-After: 120\r\nContent-Length: 0\r\n\r\n");
    g_autoptr(KabHttpAnswer) answer =
        ask(test_raw_server_get_address(raw), 10, 1000, "/open", NULL);

    g_assert_cmpuint(answer->status, ==, 503);
    g_assert_cmpuint(answer->retry_after, ==, 120);
    test_raw_server_stop(raw);
}

static void
test_cancelled(HttpFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabHttpClient) client = http_fixture_client(fixture);
    g_autoptr(GCancellable) cancellable = g_cancellable_new();
    KabHttpCall call = {.method = "GET", .path = "/open"};
    g_autoptr(GError) error = NULL;

    g_cancellable_cancel(cancellable);
    g_assert_null(kab_http_client_send(client, &call, cancellable, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

typedef struct {
    GMainLoop *loop;
    KabHttpAnswer *answer;
    GError *error;
} Waiting;

static void
on_answer(GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
    Waiting *waiting = data;

    waiting->answer = kab_http_client_send_finish(result, &waiting->error);
    g_main_loop_quit(waiting->loop);
}

static void
ask_async(KabHttpClient *client, const char *path, GCancellable *cancellable, Waiting *waiting)
{
    KabHttpCall call = {.method = "GET", .path = path};

    waiting->answer = NULL;
    waiting->error = NULL;
    kab_http_client_send_async(client, NULL, &call, cancellable, on_answer, waiting);
    if (cancellable != NULL)
        g_cancellable_cancel(cancellable);
    g_main_loop_run(waiting->loop);
}

static void
test_async(HttpFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GMainLoop) loop = g_main_loop_new(NULL, FALSE);
    g_autoptr(KabHttpClient) client = http_fixture_client(fixture);
    g_autoptr(KabHttpClient) small = kab_http_client_new(fixture->address, 10, 1000, NULL);
    g_autoptr(GCancellable) cancellable = g_cancellable_new();
    Waiting waiting = {.loop = loop};

    ask_async(client, "/big", NULL, &waiting);
    g_assert_no_error(waiting.error);
    g_assert_cmpuint(g_bytes_get_size(waiting.answer->body), ==, 8 * 1024 * 1024);
    kab_http_answer_free(waiting.answer);

    ask_async(small, "/big", NULL, &waiting);
    g_assert_error(waiting.error, KAB_HTTP_ERROR, KAB_HTTP_ERROR_TOO_BIG);
    g_clear_error(&waiting.error);

    ask_async(client, "/big", cancellable, &waiting);
    g_assert_error(waiting.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_clear_error(&waiting.error);

    g_clear_pointer(&fixture->server, kab_http_server_stop);
    ask_async(client, "/big", NULL, &waiting);
    g_assert_error(waiting.error, KAB_HTTP_ERROR, KAB_HTTP_ERROR_CONNECT);
    g_clear_error(&waiting.error);
}

#define ADD(name, set_up, function) \
    g_test_add("/http-client/" name, HttpFixture, NULL, set_up, function, http_fixture_tear_down)

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD("nobody-there", http_fixture_set_up_tcp, test_nobody_there);
    ADD("broken-answers", http_fixture_set_up, test_broken_answers);
    ADD("timeout", http_fixture_set_up, test_no_answer_in_time);
    ADD("too-big", http_fixture_set_up, test_answer_too_big);
    ADD("redirect", http_fixture_set_up, test_redirections_are_not_followed);
    ADD("retry-after", http_fixture_set_up, test_retry_after);
    ADD("cancelled", http_fixture_set_up, test_cancelled);
    ADD("async", http_fixture_set_up, test_async);
    return g_test_run();
}
