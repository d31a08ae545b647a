/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-picture.h"

#include <glib/gi18n-lib.h>
#include <string.h>

const char *
kab_picture_find_type(GBytes *file)
{
    static const struct {
        const char *magic;
        gsize size;
        gsize at;
        const char *type;
    } types[] = {
        {"\xff\xd8\xff", 3, 0, "image/jpeg"},
        {"\x89PNG\r\n\x1a\n", 8, 0, "image/png"},
        {"GIF87a", 6, 0, "image/gif"},
        {"GIF89a", 6, 0, "image/gif"},
        /* RIFF, four bytes of length, WEBP */
        {"WEBP", 4, 8, "image/webp"},
    };
    gsize size;
    const char *data = g_bytes_get_data(file, &size);

    for (gsize i = 0; i < G_N_ELEMENTS(types); i++)
        if (size > types[i].at + types[i].size &&
            memcmp(data + types[i].at, types[i].magic, types[i].size) == 0 &&
            (types[i].at == 0 || memcmp(data, "RIFF", 4) == 0))
            return types[i].type;
    return NULL;
}

const char *
kab_picture_check(GBytes *file, GError **error)
{
    const char *type = kab_picture_find_type(file);

    if (g_bytes_get_size(file) > KAB_PICTURE_MAX_BYTES) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_RANGE, _("The picture has more than %d KiB"),
                    KAB_PICTURE_MAX_BYTES / 1024);
        return NULL;
    }
    if (type == NULL)
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID,
                            _("The file is no picture in JPEG, PNG, WebP or GIF"));
    return type;
}

char *
kab_picture_hash(GBytes *file)
{
    return g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, file);
}

gboolean
kab_picture_is_hash(const char *text)
{
    return text != NULL && strlen(text) == KAB_PICTURE_HASH_SIZE - 1 &&
           strspn(text, "0123456789abcdef") == KAB_PICTURE_HASH_SIZE - 1;
}
