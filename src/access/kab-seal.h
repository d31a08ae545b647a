/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * KabSeal:
 *
 * Keeps a service's own secrets (the password for the other end, say) unreadable in its database:
 * the key lies in a file beside it that only the owner can read. Any thread may use it.
 */
typedef struct _KabSeal KabSeal;

/**
 * kab_seal_open:
 * @path: the key's file; made if it is not there
 * @error: return location: %KAB_ERROR_CORRUPT, or why the file cannot be read or written
 *
 * Returns: (transfer full) (nullable): the seal
 */
KabSeal *kab_seal_open(const char *path, GError **error);

void kab_seal_free(KabSeal *seal);

/** kab_seal_close_text: (transfer full): @secret sealed, as text. */
char *kab_seal_close_text(KabSeal *seal, const char *secret);

/**
 * kab_seal_open_text:
 * @seal: a seal
 * @sealed: what kab_seal_close_text() gave
 * @error: return location: %KAB_ERROR_CORRUPT if it was sealed with another key or damaged
 *
 * Returns: (transfer full) (nullable): the secret
 */
char *kab_seal_open_text(KabSeal *seal, const char *sealed, GError **error);

/**
 * kab_seal_mark:
 * @seal: a seal
 * @bytes: (array length=size): something
 * @size: how many bytes
 *
 * Returns: (transfer full): a keyed BLAKE2b hash in hexadecimal, which nobody without the key can
 *   make
 */
char *kab_seal_mark(KabSeal *seal, const void *bytes, gsize size);

/** kab_random_token: (transfer full): 256 random bits as 43 characters that need no quoting. */
char *kab_random_token(void);

/** kab_hash_token: (transfer full): what to keep of a token: its BLAKE2b hash in hexadecimal. */
char *kab_hash_token(const char *token);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabSeal, kab_seal_free)

G_END_DECLS
