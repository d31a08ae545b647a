/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-id.h"
#include "kab-time.h"

#include <glib.h>

G_BEGIN_DECLS

/** KAB_NEWS_MAX_TITLE: the most characters of a piece of news' title. */
#define KAB_NEWS_MAX_TITLE 200

/** KAB_NEWS_MAX_TEXT: the most characters of its text. */
#define KAB_NEWS_MAX_TEXT 10000

/**
 * KabNews:
 * @id: the piece of news
 * @published_at: when it was published
 * @author: who published it; "" for the company as such
 * @title: what it is about, on one line
 * @text: plain text; may be ""
 *
 * What the company tells all its partners.
 */
typedef struct {
    char id[KAB_ID_SIZE];
    KabTime published_at;
    char *author;
    char *title;
    char *text;
} KabNews;

void kab_news_free(KabNews *news);

/**
 * kab_news_check:
 * @news: what somebody wants to publish
 * @error: return location: %KAB_ERROR_INVALID, %KAB_ERROR_RANGE
 *
 * Returns: whether its title is a line that says something, and neither it nor the text is too long
 */
gboolean kab_news_check(const KabNews *news, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabNews, kab_news_free)

G_END_DECLS
