/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * kab_network_of:
 * @address: (nullable): an Internet address as text, or what else a client is known by
 *
 * Who has an IPv6 address has a whole network of them (RFC 6177): what is counted by client is
 * counted by /64.
 *
 * Returns: (transfer full): the network of an IPv6 address that is not this machine's; otherwise
 *   @address, an IPv4 address in IPv6 form as IPv4
 */
char *kab_network_of(const char *address);

G_END_DECLS
