/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * kab_service_address_complete:
 * @text: what a person typed
 *
 * An address that says no scheme is one of HTTPS: nobody sends a password in clear by leaving
 * something out.
 *
 * Returns: (transfer full): the address without spaces around it, with a scheme; "" for nothing
 */
char *kab_service_address_complete(const char *text);

/**
 * kab_service_address_is_clear:
 * @address: an address with its scheme
 *
 * Returns: whether what goes there can be read on the way: http:// to another computer
 */
gboolean kab_service_address_is_clear(const char *address);

G_END_DECLS
