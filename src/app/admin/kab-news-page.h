/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-list-page.h"

G_BEGIN_DECLS

#define KAB_TYPE_NEWS_PAGE (kab_news_page_get_type())

/**
 * KabNewsPage:
 *
 * The news that are published to all partners, newest first: they are written here, and taken back.
 */
G_DECLARE_FINAL_TYPE(KabNewsPage, kab_news_page, KAB, NEWS_PAGE, KabListPage)

/** kab_news_page_new: @client: a connection to a portal */
KabDataPage *kab_news_page_new(KabClient *client);

G_END_DECLS
