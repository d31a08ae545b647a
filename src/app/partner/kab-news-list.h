/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-data-page.h"

G_BEGIN_DECLS

#define KAB_TYPE_NEWS_LIST (kab_news_list_get_type())

/**
 * KabNewsList:
 *
 * The newest news of the company; one after the other can be unfolded. Not there if there are none.
 */
G_DECLARE_FINAL_TYPE(KabNewsList, kab_news_list, KAB, NEWS_LIST, AdwBin)

/** kab_news_list_load: loads the news for @page, which tells errors. */
void kab_news_list_load(KabNewsList *self, KabDataPage *page);

G_END_DECLS
