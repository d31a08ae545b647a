/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-order.h"
#include "kab-time.h"

#include <glib.h>

G_BEGIN_DECLS

/** KAB_HISTORY_MAX_CHANGES: of how many changed lines it is kept what became of them. */
#define KAB_HISTORY_MAX_CHANGES 50

/**
 * KabHistoryEntry:
 * @at: when
 * @who: whose name; "" for the company as such
 * @by_base: whether the company did it, not the partner
 * @what: what: "placed", "saved", "edited", "confirmed", "refused", "changed", or the nick of the
 *   status that the order came to
 * @number: (nullable): the number that the base gave then
 * @state: (nullable): the state that the base gave then
 * @lines: how many lines the manager changed, added or cancelled then
 * @changes: (nullable): the first %KAB_HISTORY_MAX_CHANGES of them: an order of these lines alone,
 *   in which what is ordered is what stood there before
 * @ship_date: (nullable): when the company will ship it, as it said then; "" if it took that back
 * @warehouse: (nullable): the name of the warehouse that the company chose then
 * @shipped: how much was shipped from then on, in percent; -1: nothing new
 * @paid: how much was paid from then on, in percent; -1: nothing new
 *
 * Something that happened to an order.
 */
typedef struct {
    KabTime at;
    char *who;
    gboolean by_base;
    char *what;
    char *number;
    char *state;
    gint64 lines;
    KabOrder *changes;
    char *ship_date;
    char *warehouse;
    int shipped;
    int paid;
} KabHistoryEntry;

/** kab_history_entry_new: (transfer full): nothing said yet; the texts are %NULL. */
KabHistoryEntry *kab_history_entry_new(void);

void kab_history_entry_free(KabHistoryEntry *entry);

/**
 * kab_history_entry_add_change:
 * @entry: an entry
 * @before: (nullable): the line before; %NULL if it was added
 * @after: (nullable): the line then; %NULL if it was taken out
 *
 * Counts one more changed line, and keeps what became of it unless there are too many.
 */
void kab_history_entry_add_change(KabHistoryEntry *entry, const KabOrderLine *before,
                                  const KabOrderLine *after);

/** kab_history_entry_make_title: (transfer full): what was done, a sentence for people. */
char *kab_history_entry_make_title(const KabHistoryEntry *entry);

/** kab_history_entry_make_detail: (transfer full): more about it; "" for nothing. */
char *kab_history_entry_make_detail(const KabHistoryEntry *entry);

/** kab_history_entry_get_who: (transfer none): who did it, for people. */
const char *kab_history_entry_get_who(const KabHistoryEntry *entry);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabHistoryEntry, kab_history_entry_free)

G_END_DECLS
