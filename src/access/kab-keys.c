/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-bearer.h"
#include "kab-error.h"
#include "kab-keys.h"
#include "kab-seal.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#define INSERT_KEY \
    "INSERT INTO api_key (client_id, user_id, secret_hash, created_at) VALUES ($1, $2, $3, $4)"
#define REVOKE_KEY "UPDATE api_key SET revoked_at = $1 WHERE client_id = $2 AND revoked_at IS NULL"
#define DELETE_TOKENS "DELETE FROM api_token WHERE client_id = $1"
#define DELETE_OLD_TOKENS "DELETE FROM api_token WHERE expires_at < $1"
#define SELECT_SECRET                                                     \
    "SELECT k.secret_hash FROM api_key k JOIN user u ON u.id = k.user_id" \
    " WHERE k.client_id = $1 AND k.revoked_at IS NULL AND u.active = 1"
#define SELECT_LOGIN \
    "SELECT u.login FROM api_key k JOIN user u ON u.id = k.user_id WHERE k.client_id = $1"
#define TOUCH_KEY "UPDATE api_key SET used_at = $1 WHERE client_id = $2"
#define INSERT_TOKEN "INSERT INTO api_token (token_hash, client_id, expires_at) VALUES ($1, $2, $3)"
#define SELECT_TOKEN                                                                           \
    "SELECT u.id, u.partner_id, u.login, u.name, u.email, u.phone, u.role, 0, u.partner_name," \
    " u.language, u.password_hash IS NOT NULL"                                                 \
    " FROM api_token t JOIN api_key k ON k.client_id = t.client_id"                            \
    " JOIN user u ON u.id = k.user_id"                                                         \
    " WHERE t.token_hash = $1 AND t.expires_at >= $2 AND k.revoked_at IS NULL AND u.active = 1"
#define SELECT_KEYS                                                      \
    "SELECT k.client_id, u.login, k.created_at, k.used_at, k.revoked_at" \
    " FROM api_key k JOIN user u ON u.id = k.user_id ORDER BY k.created_at, k.client_id"

gboolean
kab_keys_create(KabDb *db, KabUserId id, char **client_id, char **client_secret, GError **error)
{
    g_autofree char *name = g_uuid_string_random();
    g_autofree char *secret = kab_random_token();
    g_autofree char *hash = kab_hash_token(secret);

    if (!kab_db_run(
            db, INSERT_KEY,
            KAB_BIND(kab_text(name), kab_text(id.text), kab_text(hash), kab_int(kab_time_now())),
            error))
        return FALSE;
    *client_id = g_steal_pointer(&name);
    *client_secret = g_steal_pointer(&secret);
    return TRUE;
}

gboolean
kab_keys_revoke(KabDb *db, const char *client_id, GError **error)
{
    g_autoptr(KabTransaction) transaction = kab_db_begin_part(db, error);

    if (transaction == NULL ||
        !kab_db_run(db, REVOKE_KEY, KAB_BIND(kab_int(kab_time_now()), kab_text(client_id)), error))
        return FALSE;
    if (kab_db_get_changes(db) == 0) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_NOT_FOUND,
                    _("There is no key “%.100s” that could be revoked"), client_id);
        return FALSE;
    }
    return kab_db_run(db, DELETE_TOKENS, KAB_BIND(kab_text(client_id)), error) &&
           kab_transaction_commit(transaction, error);
}

void
kab_key_free(KabKey *key)
{
    if (key == NULL)
        return;
    g_free(key->client_id);
    g_free(key->login);
    g_free(key);
}

GPtrArray *
kab_keys_list(KabDb *db, GError **error)
{
    g_autoptr(GPtrArray) keys = g_ptr_array_new_with_free_func((GDestroyNotify)kab_key_free);
    g_autoptr(KabRows) rows = kab_db_query(db, SELECT_KEYS, KAB_BIND_NONE, error);
    g_autoptr(GError) local = NULL;

    if (rows == NULL)
        return NULL;
    while (kab_rows_next(rows, &local)) {
        KabKey *key = g_new0(KabKey, 1);

        key->client_id = kab_rows_dup_text(rows, 0);
        key->login = kab_rows_dup_text(rows, 1);
        key->created_at = kab_rows_get_int(rows, 2);
        key->used_at = kab_rows_get_int(rows, 3);
        key->revoked_at = kab_rows_get_int(rows, 4);
        g_ptr_array_add(keys, key);
    }
    if (local != NULL) {
        g_propagate_error(error, g_steal_pointer(&local));
        return NULL;
    }
    return g_steal_pointer(&keys);
}

gboolean
kab_keys_find_login(KabDb *db, const char *client_id, char **login, GError **error)
{
    return kab_db_get_text(db, SELECT_LOGIN, KAB_BIND(kab_text(client_id)), login, error);
}

static gboolean
secret_is_right(KabDb *db, const char *client_id, const char *client_secret, GError **error)
{
    g_autofree char *told = kab_hash_token(client_secret);
    g_autofree char *kept = NULL;

    if (!kab_db_get_text(db, SELECT_SECRET, KAB_BIND(kab_text(client_id)), &kept, error))
        return FALSE;
    if (kept != NULL && sodium_memcmp(kept, told, strlen(told)) == 0)
        return TRUE;
    g_set_error_literal(error, KAB_ERROR, KAB_ERROR_UNAUTHORIZED,
                        _("The Client ID or the Client Secret is wrong, or the key was revoked"));
    return FALSE;
}

char *
kab_keys_grant(KabDb *db, const char *client_id, const char *client_secret, KabTime now,
               GError **error)
{
    g_autofree char *token = kab_random_token();
    g_autofree char *hash = kab_hash_token(token);
    g_autoptr(KabTransaction) transaction = NULL;

    if (!secret_is_right(db, client_id, client_secret, error))
        return NULL;
    transaction = kab_db_begin(db, error);
    if (transaction == NULL || !kab_db_run(db, DELETE_OLD_TOKENS, KAB_BIND(kab_int(now)), error) ||
        !kab_db_run(db, TOUCH_KEY, KAB_BIND(kab_int(now), kab_text(client_id)), error) ||
        !kab_db_run(
            db, INSERT_TOKEN,
            KAB_BIND(kab_text(hash), kab_text(client_id), kab_int(now + KAB_TOKEN_LIFETIME * 1000)),
            error) ||
        !kab_transaction_commit(transaction, error))
        return NULL;
    return g_steal_pointer(&token);
}

KabUser *
kab_keys_check(KabDb *db, const char *token, KabTime now, GError **error)
{
    g_autofree char *hash = kab_hash_token(token);
    g_autoptr(KabRows) rows =
        kab_db_query(db, SELECT_TOKEN, KAB_BIND(kab_text(hash), kab_int(now)), error);
    KabTime unused;

    return kab_bearer_read(rows, &unused, error);
}
