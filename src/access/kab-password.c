/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-password.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#define MEMORY_BYTES (46 * 1024 * 1024)
#define PASSES 1
#define MAX_AT_A_TIME 2

/* A hash that no password of ours matches, for logins that are not there. */
#define NOBODYS_HASH                                         \
    "$argon2id$v=19$m=47104,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$" \
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

/* The memory of the process is shared by all who sign in at the same time. */
static GMutex lock;
static GCond done;
static int running;

static void
begin(void)
{
    g_mutex_lock(&lock);
    while (running >= MAX_AT_A_TIME)
        g_cond_wait(&done, &lock);
    running++;
    g_mutex_unlock(&lock);
}

static void
end(void)
{
    g_mutex_lock(&lock);
    running--;
    g_cond_signal(&done);
    g_mutex_unlock(&lock);
}

char *
kab_password_hash(const char *password, GError **error)
{
    g_autofree char *hash = g_malloc0(crypto_pwhash_STRBYTES);
    glong length = g_utf8_validate(password, -1, NULL) ? g_utf8_strlen(password, -1) : 0;
    int rc;

    if (length < KAB_PASSWORD_MIN || length > KAB_PASSWORD_MAX) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID,
                    _("A password has at least %d and at most %d characters"), KAB_PASSWORD_MIN,
                    KAB_PASSWORD_MAX);
        return NULL;
    }
    begin();
    rc = crypto_pwhash_str_alg(hash, password, strlen(password), PASSES, MEMORY_BYTES,
                               crypto_pwhash_ALG_ARGON2ID13);
    end();
    if (rc != 0) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_FAILED,
                            _("There is not enough memory to work on a password"));
        return NULL;
    }
    return g_steal_pointer(&hash);
}

gboolean
kab_password_verify(const char *hash, const char *password)
{
    gboolean same;

    begin();
    same = crypto_pwhash_str_verify(hash != NULL ? hash : NOBODYS_HASH, password,
                                    strlen(password)) == 0;
    end();
    return same && hash != NULL;
}
