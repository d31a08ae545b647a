/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-time.h"

#include <glib.h>

G_BEGIN_DECLS

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
    int shipped;
    int paid;
} KabHistoryEntry;

/** kab_history_entry_new: (transfer full): nothing said yet; the texts are %NULL. */
KabHistoryEntry *kab_history_entry_new(void);

void kab_history_entry_free(KabHistoryEntry *entry);

/** kab_history_entry_make_title: (transfer full): what was done, a sentence for people. */
char *kab_history_entry_make_title(const KabHistoryEntry *entry);

/** kab_history_entry_make_detail: (transfer full): more about it; "" for nothing. */
char *kab_history_entry_make_detail(const KabHistoryEntry *entry);

/** kab_history_entry_get_who: (transfer none): who did it, for people. */
const char *kab_history_entry_get_who(const KabHistoryEntry *entry);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabHistoryEntry, kab_history_entry_free)

G_END_DECLS
