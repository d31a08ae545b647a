/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-password.h"

#include "kab-access-resources.h"

#include <gio/gio.h>
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

static gboolean
check_length(const char *password, GError **error)
{
    glong length = g_utf8_validate(password, -1, NULL) ? g_utf8_strlen(password, -1) : 0;

    if (length >= KAB_PASSWORD_MIN && length <= KAB_PASSWORD_MAX)
        return TRUE;
    g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID,
                _("A password has at least %d and at most %d characters"), KAB_PASSWORD_MIN,
                KAB_PASSWORD_MAX);
    return FALSE;
}

/* The list is sorted by bytes, a password a line, in lower case. */
static gboolean
is_common(const char *lower)
{
    g_autoptr(GBytes) bytes = g_resource_lookup_data(kab_access_get_resource(),
                                                     "/org/kabinet/access/common-passwords.txt",
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
    gsize size = 0;
    const char *list = bytes != NULL ? g_bytes_get_data(bytes, &size) : "";
    gsize low = 0;
    gsize high = size;

    g_return_val_if_fail(size > 0, FALSE);
    while (low < high) {
        gsize begin = low + (high - low) / 2;
        gsize end = begin;
        int order;

        while (begin > low && list[begin - 1] != '\n')
            begin--;
        while (end < high && list[end] != '\n')
            end++;
        order = strncmp(lower, list + begin, end - begin);
        if (order == 0 && strlen(lower) == end - begin)
            return TRUE;
        if (order < 0)
            high = begin;
        else
            low = end + 1;
    }
    return FALSE;
}

static gboolean
is_own(const char *lower, const char *own)
{
    g_autofree char *text = own != NULL && *own != '\0' ? g_utf8_strdown(own, -1) : NULL;

    return g_strcmp0(text, lower) == 0;
}

/* Without the digits and signs that people put behind a word. */
static gsize
length_of_stem(const char *lower)
{
    gsize length = strlen(lower);

    while (length > 0 && (g_ascii_isdigit(lower[length - 1]) || g_ascii_ispunct(lower[length - 1])))
        length--;
    return length;
}

gboolean
kab_password_check(const char *password, const KabUser *user, GError **error)
{
    g_autofree char *lower = NULL;
    g_autofree char *stem = NULL;

    if (!check_length(password, error))
        return FALSE;
    lower = g_utf8_strdown(password, -1);
    stem = g_strndup(lower, length_of_stem(lower));
    if (user != NULL && (is_own(lower, user->login) || is_own(lower, user->name) ||
                         is_own(lower, user->email) || is_own(lower, user->phone))) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID,
                            _("Your own login, name, e-mail or telephone is no password: it is "
                              "tried first"));
        return FALSE;
    }
    if (!is_common(lower) && !is_common(stem))
        return TRUE;
    g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID,
                        _("This password is among those that are tried first: choose one that "
                          "others do not have, such as four words"));
    return FALSE;
}

char *
kab_password_hash(const char *password, GError **error)
{
    g_autofree char *hash = g_malloc0(crypto_pwhash_STRBYTES);
    int rc;

    if (!check_length(password, error))
        return NULL;
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
