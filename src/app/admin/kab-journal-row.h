/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client-journal.h"
#include "kab-item.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_JOURNAL_ROW (kab_journal_row_get_type())

/**
 * KabJournalRow:
 *
 * An entry of a journal in a list: what it was, when, with whom and how long, what came of it, and
 * why it went wrong.
 */
G_DECLARE_FINAL_TYPE(KabJournalRow, kab_journal_row, KAB, JOURNAL_ROW, AdwBin)

/** kab_journal_row_new: a row that shows nothing yet. */
GtkWidget *kab_journal_row_new(void);

/**
 * KabJournalRowTexts:
 * @icon_name: its picture
 * @title: what it is about
 * @detail: more about it
 * @error: (nullable): what is wrong
 * @outcome: (nullable): what became of it, as the journal calls it
 *
 * What a row shows.
 */
typedef struct {
    const char *icon_name;
    const char *title;
    const char *detail;
    const char *error;
    const char *outcome;
} KabJournalRowTexts;

/** kab_journal_row_show: shows @texts, of whatever the console lists. */
void kab_journal_row_show(KabJournalRow *self, const KabJournalRowTexts *texts);

/** kab_journal_row_set_button: @label: (nullable): of a button in the row; %NULL: it has none */
void kab_journal_row_set_button(KabJournalRow *self, const char *label, const char *action,
                                const char *target);

/** kab_journal_row_set_end: @end: (nullable): which end's journal it stands in, for people */
void kab_journal_row_set_end(KabJournalRow *self, const char *end);

/** kab_journal_row_show_entry: shows an entry, or what the story of an object tells. */
void kab_journal_row_show_entry(KabJournalRow *self, const KabJournalItem *item);

/** kab_journal_row_set_item: @item: (nullable): an item that holds a #KabJournalItem, or nothing */
void kab_journal_row_set_item(KabJournalRow *self, KabItem *item);

G_END_DECLS
