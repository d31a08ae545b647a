/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-data-page.h"

G_BEGIN_DECLS

#define KAB_TYPE_JOURNAL_ENTRY_PAGE (kab_journal_entry_page_get_type())

/**
 * KabJournalEntryPage:
 *
 * A request between the ends: what came of it, the objects that it was about, and the texts of
 * request and answer.
 */
G_DECLARE_FINAL_TYPE(KabJournalEntryPage, kab_journal_entry_page, KAB, JOURNAL_ENTRY_PAGE,
                     KabDataPage)

/**
 * kab_journal_entry_page_new:
 * @client: a connection to the end whose journal it is
 * @id: the entry
 *
 * Returns: (transfer floating): the card
 */
KabDataPage *kab_journal_entry_page_new(KabClient *client, const char *id);

G_END_DECLS
