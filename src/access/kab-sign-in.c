/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-access-private.h"
#include "kab-contact.h"
#include "kab-error.h"
#include "kab-network.h"
#include "kab-sign-in.h"
#include "kab-users.h"

#include <glib/gi18n-lib.h>

/* Whole offices share an address; a person mistypes a password now and then. */
#define FREE_OF_ADDRESS 30
#define FREE_OF_ACCOUNT 5
#define LONGEST_MS G_GINT64_CONSTANT(900000)
/* Strangers everywhere can make somebody wait who comes from a new place, but not for long. */
#define LONGEST_OF_ACCOUNT_MS G_GINT64_CONSTANT(30000)
#define KNOWN_MS G_GINT64_CONSTANT(7776000000) /* 90 days */

#define SELECT_KNOWN "SELECT used_at FROM known_address WHERE user_id = $1 AND address = $2"
#define UPSERT_KNOWN                                                            \
    "INSERT INTO known_address (user_id, address, used_at) VALUES ($1, $2, $3)" \
    " ON CONFLICT (user_id, address) DO UPDATE SET used_at = excluded.used_at"
#define DELETE_KNOWN "DELETE FROM known_address WHERE user_id = $1 AND used_at < $2"

/* What is counted of a try to sign in. */
typedef struct {
    char *address; /* (owned): all that comes from there */
    char *account; /* (owned): all that is tried on the account */
    char *pair;    /* (owned): what is tried on the account from there */
} Keys;

static void
keys_clear(Keys *keys)
{
    g_free(keys->address);
    g_free(keys->account);
    g_free(keys->pair);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Keys, keys_clear)

/* By what was typed, so that nothing can be learned of who is who. */
static void
keys_init(Keys *keys, const char *name, const char *address)
{
    g_autofree char *phone = *name == '+' ? kab_contact_normalise_phone(name, NULL) : NULL;
    g_autofree char *folded = g_utf8_casefold(phone != NULL ? phone : name, -1);
    g_autofree char *network = kab_network_of(address);

    keys->address = g_strdup_printf("from %s", network);
    keys->account = g_strdup_printf("account %.400s", folded);
    keys->pair = g_strdup_printf("account %.400s from %s", folded, network);
}

static gint64
now_ms(void)
{
    return g_get_monotonic_time() / 1000;
}

static gboolean
refuse_for_now(gint64 wait_ms, guint *wait, GError **error)
{
    *wait = (guint)((wait_ms + 999) / 1000);
    if (*wait == 0)
        return TRUE;
    g_set_error(error, KAB_ERROR, KAB_ERROR_BUSY,
                g_dngettext(GETTEXT_PACKAGE, "Too many attempts: try again in %u second",
                            "Too many attempts: try again in %u seconds", *wait),
                *wait);
    return FALSE;
}

/* The same reads for an account that is not there. */
static gboolean
may_try(KabAccess *access, KabDb *db, const KabUser *user, const char *address, const Keys *keys,
        guint *wait, GError **error)
{
    g_autofree char *network = kab_network_of(address);
    gint64 now = now_ms();
    gint64 used_at = 0;
    gboolean known;
    gint64 wait_ms;

    *wait = 0;
    if (!kab_db_get_int(db, SELECT_KNOWN,
                        KAB_BIND(kab_text(user != NULL ? user->id.text : ""), kab_text(network)),
                        &known, &used_at, error))
        return FALSE;
    known = known && used_at > kab_time_now() - KNOWN_MS;
    wait_ms = kab_throttle_get_wait(access->throttle, keys->pair, FREE_OF_ACCOUNT, LONGEST_MS, now);
    if (!known) {
        gint64 account = kab_throttle_get_wait(access->throttle, keys->account, FREE_OF_ACCOUNT,
                                               LONGEST_OF_ACCOUNT_MS, now);
        gint64 all = kab_throttle_get_wait(access->throttle, keys->address, FREE_OF_ADDRESS,
                                           LONGEST_MS, now);

        wait_ms = MAX(wait_ms, MAX(account, all));
    }
    return refuse_for_now(wait_ms, wait, error);
}

/* Who it is that fails is written down only if it is somebody: people type passwords where logins
 * belong. */
static gboolean
tell_refused(KabAccess *access, KabDb *db, const KabUser *user, const char *address,
             const char *why, GError **error)
{
    const KabActor actor = {user != NULL ? user->login : "", address};
    g_autoptr(KabTransaction) transaction = kab_db_begin(db, error);

    return transaction != NULL &&
           kab_audit_add(db, access->seal, &actor, KAB_AUDIT_REFUSED, "sign-in", why, error) &&
           kab_transaction_commit(transaction, error);
}

/* Who has to wait is told without any work: that is written down once a minute. */
static gboolean
tell_waiting(KabAccess *access, KabDb *db, const KabUser *user, const char *address,
             const Keys *keys, GError **error)
{
    return !kab_access_may_tell(access, keys->pair) ||
           tell_refused(access, db, user, address, "too many attempts", error);
}

static void
note_failure(KabAccess *access, const Keys *keys)
{
    gint64 now = now_ms();

    kab_throttle_note(access->throttle, keys->address, now);
    kab_throttle_note(access->throttle, keys->account, now);
    kab_throttle_note(access->throttle, keys->pair, now);
}

KabUser *
kab_sign_in_check(KabAccess *access, KabDb *db, const char *name, const char *password,
                  const char *address, char **verified, guint *wait, GError **error)
{
    g_auto(Keys) keys = {0};
    g_autoptr(GError) local = NULL;
    g_autoptr(KabUser) known = kab_users_find(db, name, &local);
    g_autoptr(KabUser) user = NULL;

    *wait = 0;
    *verified = NULL;
    if (!kab_error_pass(error, &local))
        return NULL;
    keys_init(&keys, name, address);
    if (!may_try(access, db, known, address, &keys, wait, &local)) {
        if (*wait > 0 && !tell_waiting(access, db, known, address, &keys, error))
            return NULL;
        kab_error_pass(error, &local);
        return NULL;
    }
    user = kab_users_verify_password(db, name, password, verified, &local);
    if (user == NULL) {
        note_failure(access, &keys);
        if (g_error_matches(local, KAB_ERROR, KAB_ERROR_UNAUTHORIZED) &&
            !tell_refused(access, db, known, address,
                          known != NULL ? "wrong password, or not active" : "unknown login", error))
            return NULL;
        kab_error_pass(error, &local);
        return NULL;
    }
    kab_throttle_forget(access->throttle, keys.account);
    kab_throttle_forget(access->throttle, keys.pair);
    return g_steal_pointer(&user);
}

gboolean
kab_sign_in_know(KabDb *db, const KabUser *user, const char *address, GError **error)
{
    g_autofree char *network = kab_network_of(address);
    KabTime now = kab_time_now();

    return kab_db_run(db, UPSERT_KNOWN,
                      KAB_BIND(kab_text(user->id.text), kab_text(network), kab_int(now)), error) &&
           kab_db_run(db, DELETE_KNOWN, KAB_BIND(kab_text(user->id.text), kab_int(now - KNOWN_MS)),
                      error);
}

char *
kab_sign_in_begin(KabAccess *access, KabDb *db, const KabUser *user, const KabSessionOrigin *origin,
                  GError **error)
{
    const KabActor actor = {user->login, origin->address};
    g_autofree char *token = kab_sessions_begin(db, user->id, origin, error);

    if (token == NULL || !kab_sign_in_know(db, user, origin->address, error) ||
        !kab_audit_add(db, access->seal, &actor, KAB_AUDIT_SIGN_IN, user->login, origin->client,
                       error))
        return NULL;
    return g_steal_pointer(&token);
}

KabUser *
kab_sign_in(KabAccess *access, KabDb *db, const char *name, const char *password,
            const KabSessionOrigin *origin, char **token, guint *wait, GError **error)
{
    g_autofree char *verified = NULL;
    g_autoptr(KabUser) user =
        kab_sign_in_check(access, db, name, password, origin->address, &verified, wait, error);
    g_autoptr(KabTransaction) transaction = user != NULL ? kab_db_begin(db, error) : NULL;
    g_autofree char *begun = NULL;

    if (transaction == NULL || !kab_users_is_current(db, user->id, verified, error))
        return NULL;
    begun = kab_sign_in_begin(access, db, user, origin, error);
    if (begun == NULL || !kab_transaction_commit(transaction, error))
        return NULL;
    *token = g_steal_pointer(&begun);
    return g_steal_pointer(&user);
}

static char *
make_key(const char *what, const char *who, const char *address)
{
    g_autofree char *network = kab_network_of(address);

    return who != NULL ? g_strdup_printf("%s of %.400s", what, who)
                       : g_strdup_printf("%s from %s", what, network);
}

gboolean
kab_sign_in_may(KabAccess *access, const char *what, const char *who, const char *address,
                guint *wait, GError **error)
{
    g_autofree char *key = make_key(what, who, address);

    return refuse_for_now(kab_throttle_get_wait(access->throttle, key,
                                                who != NULL ? FREE_OF_ACCOUNT : FREE_OF_ADDRESS,
                                                LONGEST_MS, now_ms()),
                          wait, error);
}

void
kab_sign_in_count(KabAccess *access, const char *what, const char *who, const char *address)
{
    g_autofree char *key = make_key(what, who, address);

    kab_throttle_note(access->throttle, key, now_ms());
}
