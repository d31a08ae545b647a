/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-list-page.h"

G_BEGIN_DECLS

#define KAB_TYPE_JOURNAL_PAGE (kab_journal_page_get_type())

/**
 * KabJournalPage:
 *
 * What went between the ends, as one of them saw it. New entries come by themselves.
 */
G_DECLARE_FINAL_TYPE(KabJournalPage, kab_journal_page, KAB, JOURNAL_PAGE, KabListPage)

/** kab_journal_page_new: @client: a connection to a portal */
KabDataPage *kab_journal_page_new(KabClient *client);

/** kab_journal_page_new_for_base: @client: a connection to a base */
KabDataPage *kab_journal_page_new_for_base(KabClient *client);

G_END_DECLS
