/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-http-address.h"

#include <gio/gunixsocketaddress.h>

static void
test_listen(void)
{
    static const struct {
        const char *text;
        const char *address; /* (nullable): it is none */
    } rows[] = {
        {"127.0.0.1:8080", "127.0.0.1:8080"},
        {"0.0.0.0:1", "0.0.0.0:1"},
        {"[::1]:8080", "[::1]:8080"},
        {"[::]:65535", "[::]:65535"},
        {"127.0.0.1:0", NULL},
        {"127.0.0.1:65536", NULL},
        {"127.0.0.1:-1", NULL},
        {"127.0.0.1:", NULL},
        {"127.0.0.1", NULL},
        {":8080", NULL},
        {"8080", NULL},
        {"localhost:8080", NULL},
        {"http://127.0.0.1:8080", NULL},
        {"[]:80", NULL},
        {"[::1:80", NULL},
        {"", NULL},
        {"unix:", NULL},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GSocketAddress) address = kab_http_address_parse_listen(rows[i].text, &error);
        g_autofree char *text = NULL;

        if (rows[i].address == NULL) {
            g_assert_null(address);
            g_assert_error(error, KAB_HTTP_ERROR, KAB_HTTP_ERROR_ADDRESS);
            continue;
        }
        g_assert_no_error(error);
        text = g_socket_connectable_to_string(G_SOCKET_CONNECTABLE(address));
        g_assert_cmpstr(text, ==, rows[i].address);
    }
}

static void
test_unix(void)
{
    g_autofree char *longest = g_strnfill(107, 'a');
    g_autofree char *longer = g_strnfill(108, 'a');
    g_autofree char *good = g_strconcat("unix:", longest, NULL);
    g_autofree char *bad = g_strconcat("unix:", longer, NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(GSocketAddress) address = kab_http_address_parse_listen(good, &error);

    g_assert_no_error(error);
    g_assert_cmpstr(g_unix_socket_address_get_path(G_UNIX_SOCKET_ADDRESS(address)), ==, longest);
    g_assert_null(kab_http_address_parse_listen(bad, &error));
    g_assert_error(error, KAB_HTTP_ERROR, KAB_HTTP_ERROR_ADDRESS);
}

static void
test_service(void)
{
    static const struct {
        const char *text;
        const char *base; /* (nullable): it is none */
    } rows[] = {
        {"http://127.0.0.1:8080", "http://127.0.0.1:8080"},
        {"https://portal.example", "https://portal.example"},
        {"https://portal.example/", "https://portal.example"},
        {"https://portal.example/path//", "https://portal.example/path"},
        {"HTTPS://portal.example", "https://portal.example"},
        {"http://[::1]:80/a", "http://[::1]:80/a"},
        {"unix:/run/portal", "http://localhost"},
        {"portal.example", NULL},
        {"ftp://portal.example", NULL},
        {"http://", NULL},
        {"http:///path", NULL},
        {"https://portal.example/?a=b", NULL},
        {"https://user@portal.example", NULL},
        {"https://user:password@portal.example", NULL},
        {"https://por tal", NULL},
        {"https://portal.example:99999", NULL},
        {"", NULL},
        {"unix:", NULL},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *base = NULL;
        g_autoptr(GSocketConnectable) connectable = NULL;
        gboolean good = kab_http_address_parse_service(rows[i].text, &base, &connectable, &error);

        g_test_message("%s", rows[i].text);
        g_assert_cmpint(good, ==, rows[i].base != NULL);
        if (good)
            g_assert_cmpstr(base, ==, rows[i].base);
        else
            g_assert_error(error, KAB_HTTP_ERROR, KAB_HTTP_ERROR_ADDRESS);
        g_assert_cmpint(connectable != NULL, ==, good && g_str_has_prefix(rows[i].text, "unix:"));
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/http-address/listen", test_listen);
    g_test_add_func("/http-address/unix", test_unix);
    g_test_add_func("/http-address/service", test_service);
    return g_test_run();
}
