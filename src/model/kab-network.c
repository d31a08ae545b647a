/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-network.h"

#include <arpa/inet.h>
#include <netinet/in.h>

char *
kab_network_of(const char *address)
{
    struct in6_addr bytes;
    const guint8 *b = bytes.s6_addr;

    if (address == NULL || inet_pton(AF_INET6, address, &bytes) != 1 ||
        IN6_IS_ADDR_LOOPBACK(&bytes))
        return g_strdup(address != NULL ? address : "");
    if (IN6_IS_ADDR_V4MAPPED(&bytes))
        return g_strdup_printf("%u.%u.%u.%u", b[12], b[13], b[14], b[15]);
    return g_strdup_printf("%02x%02x:%02x%02x:%02x%02x:%02x%02x::/64", b[0], b[1], b[2], b[3], b[4],
                           b[5], b[6], b[7]);
}
