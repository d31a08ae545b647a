/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-http-address.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define UNIX_PREFIX "unix:"
/* What a path of a Unix socket may hold, with its end (sun_path of unix(7)). */
#define UNIX_PATH_MAX 108

G_DEFINE_QUARK(kab - http - error - quark, kab_http_error)

static GSocketAddress *
parse_unix(const char *path, GError **error)
{
    if (*path == '\0' || strlen(path) >= UNIX_PATH_MAX) {
        g_set_error(error, KAB_HTTP_ERROR, KAB_HTTP_ERROR_ADDRESS,
                    _("The path of a Unix socket has 1 to %d bytes: “%.*s”"), UNIX_PATH_MAX - 1,
                    kab_error_clip(path, 200), path);
        return NULL;
    }
    return g_unix_socket_address_new(path);
}

GSocketAddress *
kab_http_address_parse_listen(const char *text, GError **error)
{
    g_autofree char *host = NULL;
    const char *colon = strrchr(text, ':');
    GSocketAddress *address = NULL;
    guint64 port = 0;

    if (g_str_has_prefix(text, UNIX_PREFIX))
        return parse_unix(text + strlen(UNIX_PREFIX), error);
    if (colon != NULL && g_ascii_string_to_unsigned(colon + 1, 10, 1, 65535, &port, NULL)) {
        gsize length = (gsize)(colon - text);

        if (length > 2 && text[0] == '[' && text[length - 1] == ']')
            host = g_strndup(text + 1, length - 2);
        else
            host = g_strndup(text, length);
        address = g_inet_socket_address_new_from_string(host, (guint)port);
    }
    if (address == NULL)
        g_set_error(error, KAB_HTTP_ERROR, KAB_HTTP_ERROR_ADDRESS,
                    _("“%.*s” is not an address to listen on, such as 127.0.0.1:8080, "
                      "[::1]:8080 or unix:/run/kabinet.sock"),
                    kab_error_clip(text, 200), text);
    return address;
}

gboolean
kab_http_address_parse_service(const char *text, char **base, GSocketConnectable **connectable,
                               GError **error)
{
    g_autoptr(GUri) uri = NULL;
    GSocketAddress *address;
    gsize length;

    *connectable = NULL;
    if (g_str_has_prefix(text, UNIX_PREFIX)) {
        address = parse_unix(text + strlen(UNIX_PREFIX), error);
        if (address == NULL)
            return FALSE;
        *connectable = G_SOCKET_CONNECTABLE(address);
        *base = g_strdup("http://localhost");
        return TRUE;
    }
    uri = strpbrk(text, " \t\r\n") == NULL ? g_uri_parse(text, G_URI_FLAGS_NONE, NULL) : NULL;
    if (uri == NULL || g_uri_get_host(uri) == NULL || *g_uri_get_host(uri) == '\0' ||
        g_uri_get_userinfo(uri) != NULL || g_uri_get_query(uri) != NULL ||
        (strcmp(g_uri_get_scheme(uri), "http") != 0 &&
         strcmp(g_uri_get_scheme(uri), "https") != 0)) {
        g_set_error(error, KAB_HTTP_ERROR, KAB_HTTP_ERROR_ADDRESS,
                    _("“%.*s” is not the address of a service, such as https://portal.example or "
                      "http://127.0.0.1:8080"),
                    kab_error_clip(text, 200), text);
        return FALSE;
    }
    *base = g_uri_to_string(uri);
    length = strlen(*base);
    while (length > 0 && (*base)[length - 1] == '/')
        (*base)[--length] = '\0';
    return TRUE;
}
