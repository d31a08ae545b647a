/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-http-address.h"
#include "kab-http-listen.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <netinet/in.h>

#define BACKLOG 512

/* The socket that a killed process left is removed; one that somebody answers on is not, and no
 * other file. */
static gboolean
clear_stale_socket(GSocketAddress *listen, GError **error)
{
    g_autoptr(GSocketClient) client = NULL;
    g_autoptr(GSocketConnection) connection = NULL;
    const char *path;
    GStatBuf status;

    if (!G_IS_UNIX_SOCKET_ADDRESS(listen))
        return TRUE;
    path = g_unix_socket_address_get_path(G_UNIX_SOCKET_ADDRESS(listen));
    if (g_lstat(path, &status) != 0 || !S_ISSOCK(status.st_mode))
        return TRUE;
    client = g_socket_client_new();
    connection = g_socket_client_connect(client, G_SOCKET_CONNECTABLE(listen), NULL, NULL);
    if (connection != NULL) {
        g_set_error(error, KAB_HTTP_ERROR, KAB_HTTP_ERROR_LISTEN,
                    _("Another program listens on “%s” already"), path);
        return FALSE;
    }
    g_unlink(path);
    return TRUE;
}

/* The library's own sockets let ten clients wait, and refuse the next ones if they are Unix
 * sockets. */
static GSocket *
make_socket(GSocketAddress *address, GError **error)
{
    g_autoptr(GSocket) socket =
        g_socket_new(g_socket_address_get_family(address), G_SOCKET_TYPE_STREAM,
                     G_SOCKET_PROTOCOL_DEFAULT, error);

    if (socket == NULL)
        return NULL;
    if (g_socket_address_get_family(address) == G_SOCKET_FAMILY_IPV6)
        g_socket_set_option(socket, IPPROTO_IPV6, IPV6_V6ONLY, TRUE, NULL);
    g_socket_set_listen_backlog(socket, BACKLOG);
    if (!g_socket_bind(socket, address, TRUE, error) || !g_socket_listen(socket, error))
        return NULL;
    return g_steal_pointer(&socket);
}

gboolean
kab_http_listen(SoupServer *soup, GSocketAddress *address, GError **error)
{
    g_autoptr(GError) local = NULL;
    g_autofree char *text = NULL;
    g_autoptr(GSocket) socket = NULL;

    if (!clear_stale_socket(address, error))
        return FALSE;
    socket = make_socket(address, &local);
    if (socket == NULL || !soup_server_listen_socket(soup, socket, 0, &local)) {
        text = g_socket_connectable_to_string(G_SOCKET_CONNECTABLE(address));
        g_set_error(error, KAB_HTTP_ERROR, KAB_HTTP_ERROR_LISTEN, _("Cannot listen on %s: %s"),
                    text, local->message);
        return FALSE;
    }
    if (G_IS_UNIX_SOCKET_ADDRESS(address))
        g_chmod(g_unix_socket_address_get_path(G_UNIX_SOCKET_ADDRESS(address)), 0660);
    return TRUE;
}
