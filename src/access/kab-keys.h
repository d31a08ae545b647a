/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-db.h"
#include "kab-time.h"
#include "kab-user.h"

G_BEGIN_DECLS

/**
 * kab_keys_create:
 * @db: a connection
 * @id: the user that a program shall act for
 * @client_id: (out) (transfer full): its Client ID
 * @client_secret: (out) (transfer full): its Client Secret, which is kept nowhere here
 * @error: return location
 *
 * Returns: whether the key is stored
 */
gboolean kab_keys_create(KabDb *db, KabUserId id, char **client_id, char **client_secret,
                         GError **error);

/**
 * kab_keys_revoke:
 * @db: a connection
 * @client_id: a Client ID
 * @error: return location: %KAB_ERROR_NOT_FOUND
 *
 * Its tokens end at once.
 *
 * Returns: whether it is revoked
 */
gboolean kab_keys_revoke(KabDb *db, const char *client_id, GError **error);

/**
 * KabKey:
 * @client_id: Client ID
 * @login: whom it acts for
 * @created_at: when it was made
 * @used_at: when it was used last; 0 for never
 * @revoked_at: when it was revoked; 0 if it was not
 */
typedef struct {
    char *client_id;
    char *login;
    KabTime created_at;
    KabTime used_at;
    KabTime revoked_at;
} KabKey;

void kab_key_free(KabKey *key);

/** kab_keys_list: (transfer full) (nullable) (element-type KabKey): all keys, oldest first. */
GPtrArray *kab_keys_list(KabDb *db, GError **error);

/** kab_keys_find_login: whom a key acts for; %NULL in @login if there is no such key. */
gboolean kab_keys_find_login(KabDb *db, const char *client_id, char **login, GError **error);

/** KAB_TOKEN_LIFETIME: seconds that a token for a Client ID lives. */
#define KAB_TOKEN_LIFETIME 3600

/**
 * kab_keys_grant:
 * @db: a connection outside a transaction
 * @client_id: Client ID
 * @client_secret: Client Secret
 * @now: the present moment
 * @error: return location: %KAB_ERROR_UNAUTHORIZED
 *
 * OAuth 2.0 client credentials (RFC 6749, section 4.4).
 *
 * Returns: (transfer full) (nullable): a token for %KAB_TOKEN_LIFETIME
 */
char *kab_keys_grant(KabDb *db, const char *client_id, const char *client_secret, KabTime now,
                     GError **error);

/**
 * kab_keys_check:
 * @db: a connection
 * @token: what kab_keys_grant() gave
 * @now: the present moment
 * @error: return location: %KAB_ERROR_UNAUTHORIZED
 *
 * Returns: (transfer full) (nullable): whom its bearer acts for
 */
KabUser *kab_keys_check(KabDb *db, const char *token, KabTime now, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabKey, kab_key_free)

G_END_DECLS
