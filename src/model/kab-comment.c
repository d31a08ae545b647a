/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-comment.h"
#include "kab-error.h"

#include <glib/gi18n-lib.h>

void
kab_comment_free(KabComment *comment)
{
    if (comment == NULL)
        return;
    g_free(comment->author);
    g_free(comment->text);
    g_free(comment);
}

static gboolean
is_blank(const char *text)
{
    for (; *text != '\0'; text = g_utf8_next_char(text))
        if (!g_unichar_isspace(g_utf8_get_char(text)))
            return FALSE;
    return TRUE;
}

gboolean
kab_comment_check_text(const char *text, GError **error)
{
    if (text == NULL || is_blank(text)) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID, _("The comment says nothing"));
        return FALSE;
    }
    if (g_utf8_strlen(text, -1) <= KAB_COMMENT_MAX)
        return TRUE;
    g_set_error(error, KAB_ERROR, KAB_ERROR_RANGE, _("A comment has at most %d characters"),
                KAB_COMMENT_MAX);
    return FALSE;
}
