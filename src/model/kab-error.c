/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-error.h"

#include <string.h>

G_DEFINE_QUARK(kab - error - quark, kab_error)

int
kab_error_clip(const char *text, int max)
{
    const char *end;

    if (text == NULL)
        return 0;
    g_utf8_validate(text, (gssize)strnlen(text, (gsize)max), &end);
    return (int)(end - text);
}

gboolean
kab_error_pass(GError **error, GError **local)
{
    if (*local == NULL)
        return TRUE;
    g_propagate_error(error, g_steal_pointer(local));
    return FALSE;
}
