/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-seal.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#define BASE64 sodium_base64_VARIANT_URLSAFE_NO_PADDING

struct _KabSeal {
    guint8 key[crypto_secretbox_KEYBYTES];
};

static gboolean
file_error(GError **error, const char *path)
{
    g_set_error(error, G_FILE_ERROR, g_file_error_from_errno(errno), _("The key file “%s”: %s"),
                path, g_strerror(errno));
    return FALSE;
}

static gboolean
read_key(KabSeal *seal, const char *path, GError **error)
{
    int fd = g_open(path, O_RDONLY | O_CLOEXEC, 0);
    gssize n;
    char end;

    if (fd < 0)
        return file_error(error, path);
    n = read(fd, seal->key, sizeof seal->key);
    if (n != (gssize)sizeof seal->key || read(fd, &end, 1) != 0) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_CORRUPT,
                    _("The key file “%s” is damaged; the secrets have to be entered anew"), path);
        g_close(fd, NULL);
        return FALSE;
    }
    return g_close(fd, error);
}

/* Written under another name first, so that two who begin at once end with the same whole key. */
static gboolean
make_key(KabSeal *seal, const char *path, GError **error)
{
    g_autofree char *temporary = g_strdup_printf("%s.%d.new", path, (int)getpid());
    int fd = g_open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    gboolean done;

    if (fd < 0)
        return file_error(error, path);
    randombytes_buf(seal->key, sizeof seal->key);
    done = write(fd, seal->key, sizeof seal->key) == (gssize)sizeof seal->key && fsync(fd) == 0;
    g_close(fd, NULL);
    if (!done || (link(temporary, path) != 0 && errno != EEXIST)) {
        file_error(error, path);
        g_unlink(temporary);
        return FALSE;
    }
    g_unlink(temporary);
    return read_key(seal, path, error);
}

KabSeal *
kab_seal_open(const char *path, GError **error)
{
    g_autoptr(KabSeal) seal = g_new0(KabSeal, 1);

    if (sodium_init() < 0) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_FAILED, _("Encryption does not start"));
        return NULL;
    }
    if (g_file_test(path, G_FILE_TEST_EXISTS) ? !read_key(seal, path, error)
                                              : !make_key(seal, path, error))
        return NULL;
    return g_steal_pointer(&seal);
}

void
kab_seal_free(KabSeal *seal)
{
    if (seal == NULL)
        return;
    sodium_memzero(seal->key, sizeof seal->key);
    g_free(seal);
}

char *
kab_seal_close_text(KabSeal *seal, const char *secret)
{
    gsize length = strlen(secret);
    gsize size = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + length;
    g_autofree guint8 *box = g_malloc(size);
    char *text = g_malloc(sodium_base64_encoded_len(size, BASE64));

    randombytes_buf(box, crypto_secretbox_NONCEBYTES);
    crypto_secretbox_easy(box + crypto_secretbox_NONCEBYTES, (const guint8 *)secret, length, box,
                          seal->key);
    sodium_bin2base64(text, sodium_base64_encoded_len(size, BASE64), box, size, BASE64);
    return text;
}

char *
kab_seal_open_text(KabSeal *seal, const char *sealed, GError **error)
{
    gsize length = strlen(sealed);
    g_autofree guint8 *box = g_malloc(length + 1);
    gsize size = 0;
    gsize overhead = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
    g_autofree char *secret = NULL;

    if (sodium_base642bin(box, length + 1, sealed, length, NULL, &size, NULL, BASE64) == 0 &&
        size >= overhead) {
        secret = g_malloc0(size - overhead + 1);
        if (crypto_secretbox_open_easy((guint8 *)secret, box + crypto_secretbox_NONCEBYTES,
                                       size - crypto_secretbox_NONCEBYTES, box, seal->key) == 0)
            return g_steal_pointer(&secret);
    }
    g_set_error_literal(error, KAB_ERROR, KAB_ERROR_CORRUPT,
                        _("A kept secret cannot be read: the key file is another one. Enter the "
                          "secret anew"));
    return NULL;
}

/* The key that seals is not the key that marks. */
char *
kab_seal_mark(KabSeal *seal, const void *bytes, gsize size)
{
    guint8 key[crypto_generichash_KEYBYTES];
    guint8 hash[crypto_generichash_BYTES];
    char *text = g_malloc(sizeof hash * 2 + 1);

    crypto_generichash(key, sizeof key, (const guint8 *)"kabinet mark", 12, seal->key,
                       sizeof seal->key);
    crypto_generichash(hash, sizeof hash, bytes, size, key, sizeof key);
    sodium_memzero(key, sizeof key);
    return sodium_bin2hex(text, sizeof hash * 2 + 1, hash, sizeof hash);
}

char *
kab_random_token(void)
{
    guint8 bytes[32];
    char *text = g_malloc(sodium_base64_ENCODED_LEN(sizeof bytes, BASE64));

    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2base64(text, sodium_base64_ENCODED_LEN(sizeof bytes, BASE64), bytes, sizeof bytes,
                      BASE64);
    return text;
}

char *
kab_hash_token(const char *token)
{
    guint8 hash[crypto_generichash_BYTES];
    char *text = g_malloc(sizeof hash * 2 + 1);

    crypto_generichash(hash, sizeof hash, (const guint8 *)token, strlen(token), NULL, 0);
    return sodium_bin2hex(text, sizeof hash * 2 + 1, hash, sizeof hash);
}
