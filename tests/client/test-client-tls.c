/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-client.h"
#include "kab-error.h"
#include "test-folder.h"
#include "test-tls.h"

#include <string.h>

#define REPLY                                                                     \
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 92\r\n" \
    "Connection: close\r\n\r\n"                                                   \
    "{\"token\":\"t\",\"user\":{\"id\":\"10000000-0000-4000-8000-000000000001\",\"login\":\"ivan\",\"role\":\"buyer\"}}"

static char *folder;

typedef struct {
    const char *name;
    const char *certificate; /* (nullable): no TLS */
    const char *scheme;
    const char *ca;   /* (nullable): the system's */
    const char *says; /* what a person reads */
} Row;

static const Row rows[] = {
    {"unknown-authority", "good", "https", NULL,
     "its certificate is of an authority that is not trusted here; a company's own authority has to "
     "be given by its file"},
    {"wrong-authority", "good", "https", "other-ca.pem",
     "its certificate is of an authority that is not trusted here; a company's own authority has to "
     "be given by its file"},
    {"expired", "expired", "https", "ca.pem", "its certificate has expired on 02/01/20"},
    {"future", "future", "https", "ca.pem",
     "its certificate is not valid before 01/01/39; is the date of this machine right?"},
    {"stranger", "stranger", "https", "ca.pem",
     "its certificate is for another name than “localhost”"},
    {"tls-to-plain", NULL, "https", "ca.pem", "perhaps there is no TLS at this address"},
    {"plain-to-tls", "good", "http", NULL,
     "if TLS is spoken there, the address begins with https://"},
};

typedef struct {
    gboolean done;
    gboolean signed_in;
    GError *error;
} Waiting;

static void
on_signed_in(GObject *source, GAsyncResult *result, gpointer data)
{
    Waiting *waiting = data;

    waiting->signed_in = kab_client_sign_in_finish(KAB_CLIENT(source), result, &waiting->error);
    waiting->done = TRUE;
}

static void
sign_in(KabClient *client, Waiting *waiting)
{
    kab_client_sign_in_async(client, "ivan", "a secret", NULL, on_signed_in, waiting);
    while (!waiting->done)
        g_main_context_iteration(NULL, TRUE);
}

static KabClient *
make_client(const char *scheme, TestTls *server, const char *ca)
{
    g_autofree char *address =
        g_strdup_printf("%s://localhost:%u", scheme, test_tls_get_port(server));
    g_autofree char *ca_file = ca != NULL ? test_folder_path(folder, ca) : NULL;
    g_autoptr(GError) error = NULL;
    KabClient *client = kab_client_new(address, &error);

    g_assert_no_error(error);
    kab_client_trust(client, ca_file, &error);
    g_assert_no_error(error);
    return client;
}

/* What a person reads says what is wrong and where; the password was told to nobody. */
static void
test_row(gconstpointer data)
{
    const Row *row = data;
    TestTls *server = test_tls_start(folder, row->certificate, REPLY);
    g_autoptr(KabClient) client = make_client(row->scheme, server, row->ca);
    Waiting waiting = {0};

    sign_in(client, &waiting);
    g_test_message("%s", waiting.error->message);
    g_assert_false(waiting.signed_in);
    g_assert_error(waiting.error, KAB_ERROR, KAB_ERROR_BUSY);
    g_assert_nonnull(strstr(waiting.error->message, kab_client_get_address(client)));
    g_assert_true(kab_client_is_untrusted(client) || g_str_equal(row->scheme, "http"));
    g_assert_nonnull(strstr(waiting.error->message, row->says));
    g_assert_cmpuint(test_tls_count(server), ==, 0);
    g_clear_error(&waiting.error);
    test_tls_stop(server);
}

static void
test_own_authority(void)
{
    TestTls *server = test_tls_start(folder, "good", REPLY);
    g_autoptr(KabClient) client = make_client("https", server, "ca.pem");
    Waiting waiting = {0};

    sign_in(client, &waiting);
    g_assert_cmpuint(test_tls_count(server), ==, 1);
    g_assert_false(g_error_matches(waiting.error, KAB_ERROR, KAB_ERROR_BUSY));
    g_clear_error(&waiting.error);
    test_tls_stop(server);
}

/* What is trusted can be changed later on, and back to what the system knows. */
static void
test_changed(void)
{
    static const char *const cas[] = {"ca.pem", NULL, "other-ca.pem", "ca.pem"};
    TestTls *server = test_tls_start(folder, "good", REPLY);
    g_autoptr(KabClient) client = make_client("https", server, NULL);

    for (gsize i = 0; i < G_N_ELEMENTS(cas); i++) {
        g_autofree char *ca = cas[i] != NULL ? test_folder_path(folder, cas[i]) : NULL;
        Waiting waiting = {0};

        g_assert_true(kab_client_trust(client, ca, NULL));
        sign_in(client, &waiting);
        g_assert_cmpint(kab_client_is_untrusted(client), ==, g_strcmp0(cas[i], "ca.pem") != 0);
        g_clear_error(&waiting.error);
    }
    g_assert_cmpuint(test_tls_count(server), ==, 2);
    test_tls_stop(server);
}

static void
test_bad_file(void)
{
    g_autoptr(KabClient) client = kab_client_new("https://localhost:1", NULL);
    g_autoptr(GError) error = NULL;

    g_assert_false(kab_client_trust(client, "/nowhere/ca.pem", &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
    g_assert_nonnull(strstr(error->message, "/nowhere/ca.pem"));
}

int
main(int argc, char **argv)
{
    int status;

    g_test_init(&argc, &argv, NULL);
    folder = test_folder_new();
    test_tls_make_certificates(folder);
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *path = g_strconcat("/client-tls/", rows[i].name, NULL);

        g_test_add_data_func(path, &rows[i], test_row);
    }
    g_test_add_func("/client-tls/own-authority", test_own_authority);
    g_test_add_func("/client-tls/changed", test_changed);
    g_test_add_func("/client-tls/bad-file", test_bad_file);
    status = g_test_run();
    test_folder_remove(folder);
    return status;
}
