/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-id.h"
#include "kab-page-after.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* "moment.id" */
gboolean
kab_page_parse_after(const char *after, KabTime *moment, const char **id, GError **error)
{
    char *end = NULL;

    *moment = G_MAXINT64;
    *id = "";
    if (after == NULL)
        return TRUE;
    *moment = g_ascii_strtoll(after, &end, 10);
    if (end != after && *end == '.' && strlen(end + 1) == KAB_ID_SIZE - 1) {
        *id = end + 1;
        return TRUE;
    }
    g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID,
                        _("“after” must be what “next” was on the page before"));
    return FALSE;
}

char *
kab_page_make_next(KabTime moment, const char *id)
{
    return g_strdup_printf("%" G_GINT64_FORMAT ".%s", moment, id);
}
