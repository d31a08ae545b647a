/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-access-private.h"
#include "kab-error.h"
#include "kab-keys.h"
#include "kab-migrate.h"
#include "kab-sessions.h"
#include "kab-sign-in.h"
#include "kab-users.h"

#include "kab-access-resources.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define REMEMBER_MS G_GINT64_CONSTANT(300000)
#define REMEMBER_MAX 100
#define TELL_MS G_GINT64_CONSTANT(60000)
#define TELL_MAX 10000

#define SELECT_HASH \
    "SELECT password_hash FROM user WHERE login_key = $1 AND role = 'exchange' AND active = 1"

gboolean
kab_access_migrate(KabDb *db, const char *path, GError **error)
{
    kab_access_get_resource(); /* the linker drops resources that nobody names */
    return kab_migrate(db, path, "access", "/org/kabinet/access/migrations", error);
}

KabAccess *
kab_access_new(KabSeal *seal)
{
    KabAccess *access = g_new0(KabAccess, 1);

    access->seal = seal;
    access->throttle = kab_throttle_new();
    g_mutex_init(&access->lock);
    randombytes_buf(access->key, sizeof access->key);
    access->told = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    access->remembered = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    return access;
}

void
kab_access_free(KabAccess *access)
{
    if (access == NULL)
        return;
    g_hash_table_unref(access->remembered);
    g_hash_table_unref(access->told);
    kab_throttle_free(access->throttle);
    sodium_memzero(access->key, sizeof access->key);
    g_mutex_clear(&access->lock);
    g_free(access);
}

static KabUser *
unauthorized(GError **error, const char *message)
{
    g_set_error_literal(error, KAB_ERROR, KAB_ERROR_UNAUTHORIZED, message);
    return NULL;
}

gboolean
kab_access_may_tell(KabAccess *access, const char *what)
{
    gint64 now = g_get_monotonic_time() / 1000;
    gint64 *at;
    gboolean may;

    g_mutex_lock(&access->lock);
    at = g_hash_table_lookup(access->told, what);
    may = at == NULL || now - *at >= TELL_MS;
    if (may) {
        if (g_hash_table_size(access->told) >= TELL_MAX)
            g_hash_table_remove_all(access->told);
        at = g_new(gint64, 1);
        *at = now;
        g_hash_table_replace(access->told, g_strdup(what), at);
    }
    g_mutex_unlock(&access->lock);
    return may;
}

/* What stands for a password that was right: of no use without this process's key, and another one
 * as soon as the user's password is changed. */
static char *
make_mark(KabAccess *access, const char *credentials, const char *password_hash)
{
    crypto_generichash_state state;
    guint8 hash[crypto_generichash_BYTES];
    char *mark = g_malloc(sizeof hash * 2 + 1);

    crypto_generichash_init(&state, access->key, sizeof access->key, sizeof hash);
    crypto_generichash_update(&state, (const guint8 *)password_hash, strlen(password_hash) + 1);
    crypto_generichash_update(&state, (const guint8 *)credentials, strlen(credentials));
    crypto_generichash_final(&state, hash, sizeof hash);
    return sodium_bin2hex(mark, sizeof hash * 2 + 1, hash, sizeof hash);
}

static gboolean
is_remembered(KabAccess *access, const char *mark)
{
    gboolean known;
    gint64 *until;

    g_mutex_lock(&access->lock);
    until = g_hash_table_lookup(access->remembered, mark);
    known = until != NULL && *until > g_get_monotonic_time() / 1000;
    g_mutex_unlock(&access->lock);
    return known;
}

static void
remember(KabAccess *access, const char *mark)
{
    gint64 *until = g_new(gint64, 1);

    *until = g_get_monotonic_time() / 1000 + REMEMBER_MS;
    g_mutex_lock(&access->lock);
    if (g_hash_table_size(access->remembered) >= REMEMBER_MAX)
        g_hash_table_remove_all(access->remembered);
    g_hash_table_replace(access->remembered, g_strdup(mark), until);
    g_mutex_unlock(&access->lock);
}

/* A password was right, at the wrong door: that is a sign-in that was refused. */
static KabUser *
refuse_basic(KabAccess *access, KabDb *db, const KabUser *user, const char *address, GError **error)
{
    const KabActor actor = {user->login, address};
    g_autoptr(KabTransaction) transaction = kab_db_begin(db, error);

    if (transaction == NULL ||
        !kab_audit_add(db, access->seal, &actor, KAB_AUDIT_REFUSED, "sign-in",
                       "may not use HTTP services", error) ||
        !kab_transaction_commit(transaction, error))
        return NULL;
    return unauthorized(error, _("This user may not use HTTP services"));
}

static KabUser *
check_basic(KabAccess *access, KabDb *db, const char *encoded, const char *address, GError **error)
{
    gsize length = 0;
    g_autofree char *credentials = (char *)g_base64_decode(encoded, &length);
    g_autofree char *login_key = NULL;
    g_autofree char *hash = NULL;
    g_autofree char *mark = NULL;
    g_autoptr(KabUser) user = NULL;
    g_autofree char *verified = NULL;
    guint wait;
    char *colon;

    colon = credentials != NULL && g_utf8_validate(credentials, (gssize)length, NULL)
                ? memchr(credentials, ':', length)
                : NULL;
    if (colon == NULL)
        return unauthorized(error, _("The Authorization header is damaged"));
    *colon = '\0';
    login_key = g_utf8_casefold(credentials, -1);
    if (!kab_db_get_text(db, SELECT_HASH, KAB_BIND(kab_text(login_key)), &hash, error))
        return NULL;
    if (hash != NULL) {
        mark = make_mark(access, encoded, hash);
        if (is_remembered(access, mark))
            return kab_users_load(db, credentials, error);
    }
    user = kab_sign_in_check(access, db, credentials, colon + 1, address, &verified, &wait, error);
    if (user == NULL)
        return NULL;
    if (user->role != KAB_ROLE_EXCHANGE)
        return refuse_basic(access, db, user, address, error);
    if (mark != NULL)
        remember(access, mark);
    return kab_sign_in_know(db, user, address, error) ? g_steal_pointer(&user) : NULL;
}

static KabUser *
check_bearer(KabDb *db, const char *token, GError **error)
{
    KabTime now = kab_time_now();
    g_autoptr(GError) local = NULL;
    KabUser *user = kab_sessions_check(db, token, now, &local);

    if (user != NULL)
        return user;
    if (!g_error_matches(local, KAB_ERROR, KAB_ERROR_UNAUTHORIZED)) {
        g_propagate_error(error, g_steal_pointer(&local));
        return NULL;
    }
    return kab_keys_check(db, token, now, error);
}

KabUser *
kab_access_check(KabAccess *access, KabDb *db, const char *authorization, const char *address,
                 GError **error)
{
    if (authorization != NULL && g_ascii_strncasecmp(authorization, "Bearer ", 7) == 0)
        return check_bearer(db, authorization + 7, error);
    if (authorization != NULL && g_ascii_strncasecmp(authorization, "Basic ", 6) == 0)
        return check_basic(access, db, authorization + 6, address, error);
    return unauthorized(error, _("Sign in first"));
}
