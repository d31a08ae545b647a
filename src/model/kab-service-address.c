/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-service-address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

/* The characters of a scheme (RFC 3986, 3.1). */
#define SCHEME "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-."

/* What stands before a colon is a host if a port follows. */
static gboolean
has_scheme(const char *text)
{
    gsize length = strspn(text, SCHEME);

    return length > 0 && g_ascii_isalpha(*text) && text[length] == ':' &&
           !g_ascii_isdigit(text[length + 1]);
}

char *
kab_service_address_complete(const char *text)
{
    g_autofree char *address = g_strstrip(g_strdup(text));

    if (*address == '\0' || has_scheme(address))
        return g_steal_pointer(&address);
    return g_strconcat("https://", address, NULL);
}

static gboolean
is_loopback(const char *host)
{
    struct in_addr four;
    struct in6_addr six;

    if (inet_pton(AF_INET, host, &four) == 1)
        return ntohl(four.s_addr) >> 24 == 127;
    if (inet_pton(AF_INET6, host, &six) == 1)
        return IN6_IS_ADDR_LOOPBACK(&six);
    return g_ascii_strcasecmp(host, "localhost") == 0; /* RFC 6761, 6.3 */
}

gboolean
kab_service_address_is_clear(const char *address)
{
    g_autoptr(GUri) uri = g_uri_parse(address, G_URI_FLAGS_NONE, NULL);

    return uri != NULL && g_str_equal(g_uri_get_scheme(uri), "http") &&
           g_uri_get_host(uri) != NULL && *g_uri_get_host(uri) != '\0' &&
           !is_loopback(g_uri_get_host(uri));
}
