/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-order.h"

G_BEGIN_DECLS

/**
 * KabOutboxEntry:
 * @product_id: whose quantity in the basket is set; not set for an order
 * @quantity: how much of it shall stand there
 * @key: (owned) (nullable): the key of an order; a change of the basket has none
 * @place: whether the order is placed, or saved only
 * @details: (owned) (nullable): what counts of a new order; of a change, one line that tells how
 *   people know the product, as long as the program runs
 *
 * Something that is to be sent.
 */
typedef struct {
    KabProductId product_id;
    KabQuantity quantity;
    char *key;
    gboolean place;
    KabOrder *details;
} KabOutboxEntry;

/** kab_outbox_entries_new: (transfer full) (element-type KabOutboxEntry) */
GArray *kab_outbox_entries_new(void);

/** kab_outbox_entries_prepend: puts @left, which is empty then, before @entries; behind the first
 * one of those if @behind_first. */
void kab_outbox_entries_prepend(GArray *entries, GArray *left, gboolean behind_first);

/** kab_outbox_entries_apply: makes of @basket, as the portal told it, what stands in it after all
 * that is to be sent. */
void kab_outbox_entries_apply(GArray *entries, KabOrder *basket);

/** kab_outbox_entry_clear: frees what @entry holds. */
void kab_outbox_entry_clear(KabOutboxEntry *entry);

G_END_DECLS
