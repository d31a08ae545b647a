/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-user.h"

#include <glib.h>

G_BEGIN_DECLS

/** KAB_PASSWORD_MIN: the fewest characters of a password. */
#define KAB_PASSWORD_MIN 8

/** KAB_PASSWORD_MAX: the most characters of a password. */
#define KAB_PASSWORD_MAX 256

/**
 * kab_password_check:
 * @password: a new password
 * @user: (nullable): whose it shall be
 * @error: return location: %KAB_ERROR_INVALID
 *
 * Its length counts, and that nobody tries it first: it is not in the list of common passwords and
 * not the user's own login, name, e-mail or telephone. It need not have this or that kind of
 * character (NIST SP 800-63B, 5.1.1.2).
 *
 * Returns: whether it may be one
 */
gboolean kab_password_check(const char *password, const KabUser *user, GError **error);

/**
 * kab_password_hash:
 * @password: a new password
 * @error: return location: %KAB_ERROR_INVALID if it is too short or too long, %KAB_ERROR_FAILED
 *
 * Argon2id with 46 MiB and one pass, as OWASP's cheat sheet on password storage advises. Takes tens
 * of milliseconds; at most two threads at a time do it, the others wait.
 *
 * Returns: (transfer full) (nullable): what to keep
 */
char *kab_password_hash(const char *password, GError **error);

/**
 * kab_password_verify:
 * @hash: (nullable): what kab_password_hash() made; without one, nothing matches, and it takes as
 *   long
 * @password: what somebody typed
 *
 * Returns: whether it is the password
 */
gboolean kab_password_verify(const char *hash, const char *password);

G_END_DECLS
