/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-news.h"

#include <glib/gi18n-lib.h>

void
kab_news_free(KabNews *news)
{
    if (news == NULL)
        return;
    g_free(news->author);
    g_free(news->title);
    g_free(news->text);
    g_free(news);
}

/* Whether it is one line with a letter on it. */
static gboolean
is_line(const char *text)
{
    gboolean says = FALSE;

    for (; *text != '\0'; text = g_utf8_next_char(text)) {
        gunichar c = g_utf8_get_char(text);

        if (g_unichar_iscntrl(c))
            return FALSE;
        says = says || g_unichar_isgraph(c);
    }
    return says;
}

gboolean
kab_news_check(const KabNews *news, GError **error)
{
    if (!is_line(news->title)) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID,
                            _("News need a title on one line"));
        return FALSE;
    }
    if (g_utf8_strlen(news->title, -1) > KAB_NEWS_MAX_TITLE) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_RANGE, _("A title has at most %d characters"),
                    KAB_NEWS_MAX_TITLE);
        return FALSE;
    }
    if (g_utf8_strlen(news->text, -1) > KAB_NEWS_MAX_TEXT) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_RANGE, _("News have at most %d characters"),
                    KAB_NEWS_MAX_TEXT);
        return FALSE;
    }
    return TRUE;
}
