/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-http-client.h"
#include "test-folder.h"
#include "test-tls.h"

#include <string.h>

#define REPLY "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello"
#define REPLY_TO(status, location) \
    "HTTP/1.1 " status "\r\nLocation: " location "\r\nContent-Length: 0\r\n\r\n"

static char *folder;

static char *
path_of(const char *name)
{
    return test_folder_path(folder, name);
}

static KabHttpAnswer *
ask(const char *address, const char *ca, GError **error)
{
    g_autofree char *ca_file = ca != NULL ? path_of(ca) : NULL;
    g_autoptr(KabHttpClient) client = kab_http_client_new(address, 20, 100000, error);
    KabHttpCall call = {.method = "GET", .path = "/"};

    g_assert_nonnull(client);
    if (!kab_http_client_trust(client, ca_file, error))
        return NULL;
    return kab_http_client_send(client, &call, NULL, error);
}

typedef struct {
    const char *name;
    const char *certificate; /* (nullable): no TLS */
    const char *scheme;
    const char *host;
    const char *ca;   /* (nullable): the system's */
    const char *says; /* (nullable): it is answered */
    KabHttpError code;
} Row;

static const Row rows[] = {
    {"good", "good", "https", "localhost", "ca.pem", NULL, 0},
    {"good-address", "good", "https", "127.0.0.1", "ca.pem", NULL, 0},
    {"system", "good", "https", "localhost", NULL, "authority that is not trusted",
     KAB_HTTP_ERROR_TLS},
    {"other-ca", "good", "https", "localhost", "other-ca.pem", "authority that is not trusted",
     KAB_HTTP_ERROR_TLS},
    {"expired", "expired", "https", "localhost", "ca.pem", "has expired on", KAB_HTTP_ERROR_TLS},
    {"future", "future", "https", "localhost", "ca.pem", "is not valid before", KAB_HTTP_ERROR_TLS},
    {"stranger", "stranger", "https", "localhost", "ca.pem", "another name than “localhost”",
     KAB_HTTP_ERROR_TLS},
    {"no-tls", NULL, "https", "localhost", "ca.pem", "there is no TLS", KAB_HTTP_ERROR_TLS},
    {"plain", "good", "http", "localhost", NULL, "begins with https://", KAB_HTTP_ERROR_CUT},
    {"no-file", "good", "https", "localhost", "nowhere.pem", "nowhere.pem", KAB_HTTP_ERROR_TLS},
    {"no-certificate", "good", "https", "localhost", "server.csr", "no certificate in PEM",
     KAB_HTTP_ERROR_TLS},
    {"empty", "good", "https", "localhost", "index.txt.attr", "no certificate in PEM",
     KAB_HTTP_ERROR_TLS},
};

/* What is wrong, and where; and nothing was told to whom is not trusted. */
static void
test_row(gconstpointer data)
{
    const Row *row = data;
    TestTls *server = test_tls_start(folder, row->certificate, REPLY);
    g_autofree char *address =
        g_strdup_printf("%s://%s:%u", row->scheme, row->host, test_tls_get_port(server));
    g_autoptr(GError) error = NULL;
    g_autoptr(KabHttpAnswer) answer = ask(address, row->ca, &error);

    if (error != NULL)
        g_test_message("%s", error->message);
    if (row->says == NULL) {
        g_assert_no_error(error);
        g_assert_cmpuint(answer->status, ==, 200);
    } else {
        g_assert_null(answer);
        g_assert_error(error, KAB_HTTP_ERROR, (int)row->code);
        g_assert_nonnull(strstr(error->message, row->says));
        g_assert_true(strstr(error->message, address) != NULL ||
                      strstr(error->message, folder) != NULL);
    }
    g_assert_cmpuint(test_tls_count(server), ==, row->says == NULL);
    test_tls_stop(server);
}

/* The usual servers say it themselves. */
static void
test_told_to_speak_tls(void)
{
    static const char *const bodies[] = {
        "<center>The plain HTTP request was sent to HTTPS port</center>",
        "You're speaking plain HTTP to an SSL-enabled server port.",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(bodies); i++) {
        g_autofree char *reply =
            g_strdup_printf("HTTP/1.1 400 Bad Request\r\nContent-Type: text/html\r\n"
                            "Content-Length: %zu\r\n\r\n%s",
                            strlen(bodies[i]), bodies[i]);
        TestTls *server = test_tls_start(folder, NULL, reply);
        g_autofree char *address =
            g_strdup_printf("http://127.0.0.1:%u", test_tls_get_port(server));
        g_autoptr(GError) error = NULL;

        g_assert_null(ask(address, NULL, &error));
        g_assert_error(error, KAB_HTTP_ERROR, KAB_HTTP_ERROR_TLS);
        g_assert_nonnull(strstr(error->message, "begins with https://"));
        test_tls_stop(server);
    }
}

static void
test_redirections(void)
{
    static const char *const replies[] = {
        REPLY_TO("301 Moved Permanently", "/elsewhere"),
        REPLY_TO("302 Found", "http://127.0.0.1:1/"),
        REPLY_TO("303 See Other", "/elsewhere"),
        REPLY_TO("307 Temporary Redirect", "https://localhost:1/"),
        REPLY_TO("308 Permanent Redirect", "file:///etc/passwd"),
    };

    for (gsize i = 0; i < G_N_ELEMENTS(replies); i++) {
        TestTls *server = test_tls_start(folder, "good", replies[i]);
        g_autofree char *address =
            g_strdup_printf("https://localhost:%u", test_tls_get_port(server));
        g_autoptr(GError) error = NULL;
        g_autoptr(KabHttpAnswer) answer = ask(address, "ca.pem", &error);

        g_assert_no_error(error);
        g_assert_cmpuint(answer->status, ==, g_ascii_strtoull(replies[i] + 9, NULL, 10));
        g_assert_cmpuint(test_tls_count(server), ==, 1);
        test_tls_stop(server);
    }
}

int
main(int argc, char **argv)
{
    g_autofree char *nothing = NULL;
    int status;

    g_test_init(&argc, &argv, NULL);
    folder = test_folder_new();
    test_tls_make_certificates(folder);
    nothing = path_of("index.txt.attr");
    test_file_write(nothing, "", -1);
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *path = g_strconcat("/http-tls/", rows[i].name, NULL);

        g_test_add_data_func(path, &rows[i], test_row);
    }
    g_test_add_func("/http-tls/told", test_told_to_speak_tls);
    g_test_add_func("/http-tls/redirections", test_redirections);
    status = g_test_run();
    test_folder_remove(folder);
    return status;
}
