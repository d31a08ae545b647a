/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-paged-list-private.h"

/* Somebody types some quantities, not thousands. */
#define DRAFTS_MAX 1000

static void
cancel(GCancellable **cancellable)
{
    if (*cancellable != NULL)
        g_cancellable_cancel(*cancellable);
    g_clear_object(cancellable);
}

void
kab_paged_page_free(gpointer data)
{
    KabPagedPage *page = data;

    cancel(&page->fetching);
    g_clear_pointer(&page->items, g_ptr_array_unref);
    g_free(page->after);
    g_free(page);
}

KabPagedPage *
kab_paged_get_page(KabPagedList *self, guint k)
{
    return g_ptr_array_index(self->pages, k);
}

guint
kab_paged_count_items(KabPagedList *self)
{
    const KabPagedPage *last =
        self->pages->len > 0 ? kab_paged_get_page(self, self->pages->len - 1) : NULL;

    return last != NULL ? last->start + last->n : 0;
}

void
kab_paged_set_starts(KabPagedList *self, guint from)
{
    for (guint k = MAX(from, 1); k < self->pages->len; k++)
        kab_paged_get_page(self, k)->start =
            kab_paged_get_page(self, k - 1)->start + kab_paged_get_page(self, k - 1)->n;
}

guint
kab_paged_find_page(KabPagedList *self, guint position)
{
    guint low = 0;
    guint high = self->pages->len - 1;

    while (low < high) {
        guint middle = (low + high + 1) / 2;

        if (kab_paged_get_page(self, middle)->start <= position)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

static void
keep_draft(KabPagedList *self, KabItem *item)
{
    gint64 draft = kab_item_get_draft(item);

    if (kab_item_get_value(item) == NULL)
        return;
    if (draft == 0)
        g_hash_table_remove(self->drafts, kab_item_get_key(item));
    else if (g_hash_table_size(self->drafts) < DRAFTS_MAX)
        g_hash_table_replace(self->drafts, g_strdup(kab_item_get_key(item)),
                             g_memdup2(&draft, sizeof draft));
}

void
kab_paged_restore_draft(KabPagedList *self, KabItem *item)
{
    const gint64 *draft = g_hash_table_lookup(self->drafts, kab_item_get_key(item));

    if (draft != NULL)
        kab_item_set_draft(item, *draft);
}

void
kab_paged_keep_drafts(KabPagedList *self, const KabPagedPage *page)
{
    for (guint i = 0; page->items != NULL && i < page->items->len; i++)
        keep_draft(self, g_ptr_array_index(page->items, i));
}

/* Whoever cancels counts too. */
void
kab_paged_give_up(KabPagedList *self, GCancellable **slot)
{
    if (*slot != NULL)
        self->n_fetches--;
    cancel(slot);
}

static void
drop_page(KabPagedList *self, KabPagedPage *page)
{
    kab_paged_give_up(self, &page->fetching);
    kab_paged_keep_drafts(self, page);
    g_clear_pointer(&page->items, g_ptr_array_unref);
    page->wanted = FALSE;
}

/* Forgets the pages not looked at for longest. */
void
kab_paged_drop_pages(KabPagedList *self)
{
    guint kept = 0;

    for (guint k = 0; k < self->pages->len; k++)
        kept += kab_paged_get_page(self, k)->items != NULL;
    for (; kept > self->max_pages; kept--) {
        KabPagedPage *oldest = NULL;

        for (guint k = 0; k < self->pages->len; k++) {
            KabPagedPage *page = kab_paged_get_page(self, k);

            if (page->items != NULL && (oldest == NULL || page->used < oldest->used))
                oldest = page;
        }
        drop_page(self, oldest);
    }
}

KabPagedPage *
kab_paged_add_page(KabPagedList *self, const char *after, GPtrArray *items)
{
    KabPagedPage *page = g_new0(KabPagedPage, 1);

    page->after = g_strdup(after);
    page->start = kab_paged_count_items(self);
    page->items = g_ptr_array_ref(items);
    page->n = items->len;
    page->used = ++self->clock;
    for (guint i = 0; i < items->len; i++)
        kab_paged_restore_draft(self, g_ptr_array_index(items, i));
    g_ptr_array_add(self->pages, page);
    return page;
}
