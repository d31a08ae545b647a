/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

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

/** kab_journal_row_set_item: @item: (nullable): an item that holds a #KabJournalItem, or nothing */
void kab_journal_row_set_item(KabJournalRow *self, KabItem *item);

G_END_DECLS
