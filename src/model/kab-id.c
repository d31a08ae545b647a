/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-id.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The name space of this product's version 5 UUIDs; chosen once, at random. */
static const guint8 name_space[16] = {0x5b, 0x1e, 0x37, 0xc4, 0x90, 0x6d, 0x4f, 0x2a,
                                      0x8f, 0x13, 0xe6, 0x7a, 0x02, 0xbd, 0x4c, 0x99};

static void
format(const guint8 bytes[16], char out[KAB_ID_SIZE])
{
    static const char hex[] = "0123456789abcdef";
    char *p = out;

    for (int i = 0; i < 16; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            *p++ = '-';
        *p++ = hex[bytes[i] >> 4];
        *p++ = hex[bytes[i] & 15];
    }
    *p = '\0';
}

void
kab_id_fill_random(char out[KAB_ID_SIZE])
{
    g_autofree char *uuid = g_uuid_string_random();

    g_strlcpy(out, uuid, KAB_ID_SIZE);
}

void
kab_id_fill_from_source(const char *kind, const char *source, char out[KAB_ID_SIZE])
{
    g_autoptr(GChecksum) sum = NULL;
    guint8 digest[20];
    gsize length = sizeof digest;

    if (kab_id_fill_parsed(source, out, NULL))
        return;
    sum = g_checksum_new(G_CHECKSUM_SHA1);
    g_checksum_update(sum, name_space, sizeof name_space);
    g_checksum_update(sum, (const guchar *)kind, (gssize)strlen(kind) + 1);
    g_checksum_update(sum, (const guchar *)source, (gssize)strlen(source));
    g_checksum_get_digest(sum, digest, &length);
    digest[6] = (guint8)((digest[6] & 0x0f) | 0x50);
    digest[8] = (guint8)((digest[8] & 0x3f) | 0x80);
    format(digest, out);
}

gboolean
kab_id_fill_parsed(const char *text, char out[KAB_ID_SIZE], GError **error)
{
    if (text == NULL || !g_uuid_string_is_valid(text)) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("“%.*s” is not an identifier"),
                    kab_error_clip(text, 60), text != NULL ? text : "");
        return FALSE;
    }
    for (gsize i = 0; i < KAB_ID_SIZE; i++)
        out[i] = g_ascii_tolower(text[i]);
    return TRUE;
}
