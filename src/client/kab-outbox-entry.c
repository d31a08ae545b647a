/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-outbox-entry.h"

void
kab_outbox_entry_clear(KabOutboxEntry *entry)
{
    g_free(entry->key);
    kab_order_free(entry->details);
}

GArray *
kab_outbox_entries_new(void)
{
    GArray *entries = g_array_new(FALSE, TRUE, sizeof(KabOutboxEntry));

    g_array_set_clear_func(entries, (GDestroyNotify)kab_outbox_entry_clear);
    return entries;
}

void
kab_outbox_entries_prepend(GArray *entries, GArray *left, gboolean behind_first)
{
    g_array_insert_vals(entries, behind_first && entries->len > 0 ? 1 : 0, left->data, left->len);
    g_array_set_clear_func(left, NULL);
    g_array_set_size(left, 0);
}

/* The line of the product, which is added if it can be; NULL if it is not known by name. */
static KabOrderLine *
need_line(KabOrder *basket, const KabOutboxEntry *entry)
{
    KabOrderLine *line = kab_order_find_line(basket, entry->product_id);

    if (line != NULL || entry->details == NULL)
        return line;
    kab_order_append_line(basket, kab_order_get_line(entry->details, 0));
    if (*basket->total.currency == '\0')
        basket->total = kab_money_new(0, kab_order_get_line(basket, 0)->price.currency);
    return kab_order_find_line(basket, entry->product_id);
}

static void
apply_quantity(KabOrder *basket, const KabOutboxEntry *entry)
{
    KabOrderLine *line = need_line(basket, entry);

    if (line != NULL)
        line->quantity = line->ordered = entry->quantity;
    for (guint i = 0; line != NULL && entry->quantity.milli == 0 && i < basket->lines->len; i++)
        if (kab_order_get_line(basket, i) == line) {
            kab_order_remove_line(basket, i);
            return;
        }
}

void
kab_outbox_entries_apply(GArray *entries, KabOrder *basket)
{
    for (guint i = 0; i < entries->len; i++) {
        const KabOutboxEntry *entry = &g_array_index(entries, KabOutboxEntry, i);

        if (entry->key == NULL)
            apply_quantity(basket, entry);
        else
            g_array_set_size(basket->lines, 0);
    }
    if (entries->len > 0)
        kab_order_recount(basket, NULL);
}
