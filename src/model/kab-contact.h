/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * kab_contact_check_email:
 * @email: an e-mail address
 * @error: return location: %KAB_ERROR_INVALID
 *
 * One address without a name: a local part of at most 64 bytes (RFC 5321, 4.5.3.1), "@", a domain.
 * Nothing that could be taken for another header of a letter.
 *
 * Returns: whether a letter can be addressed to it
 */
gboolean kab_contact_check_email(const char *email, GError **error);

/**
 * kab_contact_normalise_phone:
 * @phone: a telephone number as people write it
 * @error: return location: %KAB_ERROR_INVALID
 *
 * To E.164: "+" and at most 15 digits. A Russian number may begin with 8 for +7; 00 is +.
 *
 * Returns: (transfer full) (nullable): the number
 */
char *kab_contact_normalise_phone(const char *phone, GError **error);

G_END_DECLS
