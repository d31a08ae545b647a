/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client-journal.h"

G_BEGIN_DECLS

/* The words in which the console tells of the journal. All are for people and translated. */

/** kab_journal_format_what: (transfer full): "Messages sent · 3 objects"; what is not known as it
 * is. */
char *kab_journal_format_what(const KabJournalItem *item);

/** kab_journal_format_way: (transfer full): "To https://erp.example.com", "From 10.0.0.7", "By
 * admin". */
char *kab_journal_format_way(const KabJournalItem *item);

/** kab_journal_format_time: (transfer full): the moment to the second, today's without its date. */
char *kab_journal_format_time(KabTime at);

/** kab_journal_format_duration: (transfer full): "128 ms" or "2.5 s"; "" for what took none. */
char *kab_journal_format_duration(gint64 ms);

/** kab_journal_is_failure: whether the whole or one of its objects was not taken. */
gboolean kab_journal_is_failure(const KabJournalItem *item);

/** kab_journal_get_outcome: of the whole; "rejected" if it was done, but one of its objects was not
 * taken. */
const char *kab_journal_get_outcome(const KabJournalItem *item);

/** kab_journal_is_by_hand: whether somebody did it here, and nothing went between the ends. */
gboolean kab_journal_is_by_hand(const KabJournalItem *item);

/** kab_journal_outcome_is_failure: whether that is what @outcome says. */
gboolean kab_journal_outcome_is_failure(const char *outcome);

G_END_DECLS
