/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-client-people.h"
#include "kab-codes.h"
#include "kab-error.h"
#include "kab-users.h"
#include "test-pair.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <string.h>

#define PASSWORD "four words of somebody"

typedef struct {
    gboolean done;
    gboolean letter;
    gboolean good;
    GError *error;
} Waiting;

static void
on_answered(GObject *source, GAsyncResult *result, gpointer data)
{
    Waiting *waiting = data;

    g_clear_error(&waiting->error);
    waiting->good = waiting->letter
                        ? kab_client_letter_finish(KAB_CLIENT(source), result, &waiting->error)
                        : kab_client_sign_in_finish(KAB_CLIENT(source), result, &waiting->error);
    waiting->done = TRUE;
}

static gboolean
is_good(Waiting *waiting)
{
    while (!waiting->done)
        g_main_context_iteration(NULL, TRUE);
    waiting->done = FALSE;
    return waiting->good;
}

static char *
make_code(TestPair *test, const char *login, KabTime at)
{
    g_autoptr(KabUser) user = kab_users_load(test->portal, login, NULL);

    return kab_codes_create(test->portal, user->id, KAB_CODE_INVITATION, at, NULL);
}

/* The first sign-in with a code, and the same session at the next start. */
static void
test_first_sign_in(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    const char *address = kab_pair_get_portal_address(test->pair);
    g_autoptr(KabClient) client = kab_client_new(address, NULL);
    g_autoptr(KabClient) later = kab_client_new(address, NULL);
    g_autofree char *code = make_code(test, "alfa-buyer", kab_time_now());
    Waiting waiting = {0};

    kab_client_use_code_async(client, code, "12345678", NULL, on_answered, &waiting);
    g_assert_false(is_good(&waiting));
    g_assert_error(waiting.error, KAB_ERROR, KAB_ERROR_INVALID);
    kab_client_use_code_async(client, code, PASSWORD, NULL, on_answered, &waiting);
    g_assert_true(is_good(&waiting));
    g_assert_cmpstr(kab_client_get_user(client)->login, ==, "alfa-buyer");
    kab_client_resume_async(later, kab_client_get_token(client), NULL, on_answered, &waiting);
    g_assert_true(is_good(&waiting));
    g_assert_cmpstr(kab_client_get_user(later)->partner_name, ==, "Альфа");
    kab_client_use_code_async(client, code, PASSWORD, NULL, on_answered, &waiting);
    g_assert_false(is_good(&waiting));
    g_assert_error(waiting.error, KAB_ERROR, KAB_ERROR_NOT_FOUND);
    g_clear_error(&waiting.error);
}

static void
test_letters(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabClient) client = kab_client_new(kab_pair_get_portal_address(test->pair), NULL);
    g_autofree char *expired =
        make_code(test, "alfa-buyer", kab_time_now() - G_GINT64_CONSTANT(80) * 3600 * 1000);
    gint64 before = test_pair_count(test->portal, "SELECT count(*) FROM letter");
    Waiting waiting = {.letter = TRUE};

    kab_client_reset_async(client, "nobody", NULL, on_answered, &waiting);
    g_assert_true(is_good(&waiting));
    g_assert_cmpint(test_pair_count(test->portal, "SELECT count(*) FROM letter"), ==, before);
    kab_client_renew_code_async(client, "nonsense", NULL, on_answered, &waiting);
    g_assert_false(is_good(&waiting));
    g_assert_error(waiting.error, KAB_ERROR, KAB_ERROR_NOT_FOUND);
    g_assert_true(kab_db_script(test->portal, "DELETE FROM letter", NULL));
    kab_client_renew_code_async(client, expired, NULL, on_answered, &waiting);
    g_assert_true(is_good(&waiting));
    g_assert_cmpint(test_pair_count(test->portal, "SELECT count(*) FROM letter"), ==, 1);
    g_clear_error(&waiting.error);
}

static gboolean
on_incoming(GThreadedSocketService *service G_GNUC_UNUSED, GSocketConnection *connection,
            GObject *source G_GNUC_UNUSED, gpointer data)
{
    GInputStream *input = g_io_stream_get_input_stream(G_IO_STREAM(connection));
    g_autofree char *answer =
        g_strdup_printf("HTTP/1.1 %s\r\nContent-Type: text/html\r\nConnection: close\r\n"
                        "Content-Length: 4\r\n\r\n<p/>",
                        (const char *)data);
    char buffer[4096];

    g_input_stream_read(input, buffer, sizeof buffer, NULL, NULL);
    g_output_stream_write_all(g_io_stream_get_output_stream(G_IO_STREAM(connection)), answer,
                              strlen(answer), NULL, NULL, NULL);
    /* Until the client has it all: it closes. */
    while (g_input_stream_read(input, buffer, sizeof buffer, NULL, NULL) > 0)
        ;
    return TRUE;
}

/* A web server that is no portal; and a proxy before a portal that does not run. */
static void
test_foreign(void)
{
    static const struct {
        const char *status;
        gboolean foreign;
    } rows[] = {
        {"404 Not Found", TRUE},
        {"200 OK", TRUE},
        {"501 No", TRUE},
        {"502 Bad", FALSE},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *folder = g_dir_make_tmp("kab-XXXXXX", NULL);
        g_autofree char *path = g_build_filename(folder, "socket", NULL);
        g_autofree char *address = g_strconcat("unix:", path, NULL);
        g_autoptr(GSocketAddress) socket = g_unix_socket_address_new(path);
        GSocketService *service = g_threaded_socket_service_new(1);
        g_autoptr(KabClient) client = kab_client_new(address, NULL);
        Waiting waiting = {0};

        g_assert_true(g_socket_listener_add_address(G_SOCKET_LISTENER(service), socket,
                                                    G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT,
                                                    NULL, NULL, NULL));
        g_signal_connect(service, "run", G_CALLBACK(on_incoming), (gpointer)rows[i].status);
        g_socket_service_start(service);
        kab_client_sign_in_async(client, "anna", "secret", NULL, on_answered, &waiting);
        g_assert_false(is_good(&waiting));
        g_assert_true(rows[i].foreign == g_str_has_prefix(waiting.error->message,
                                                          "There is no Kabinet portal at this "));
        g_clear_error(&waiting.error);
        g_socket_service_stop(service);
        g_object_unref(service);
        g_remove(path);
        g_rmdir(folder);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    PAIR_TEST("/client-people/first-sign-in", test_first_sign_in);
    PAIR_TEST("/client-people/letters", test_letters);
    g_test_add_func("/client-people/foreign", test_foreign);
    return g_test_run();
}
