/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-paged-list.h"

G_BEGIN_DECLS

/* What kab-paged-list.c, which asks, and kab-paged-pages.c, which keeps, share. */

typedef struct {
    char *after;            /* (nullable): how it is asked for */
    GPtrArray *items;       /* (nullable) (element-type KabItem): not kept if NULL */
    GCancellable *fetching; /* (nullable) */
    guint start;            /* where it begins in the list */
    guint n;                /* how many items it has */
    guint64 used;           /* when it was looked at last */
    gboolean wanted;        /* items of it are looked at, and have no values */
} KabPagedPage;

struct _KabPagedList {
    GObject parent_instance;

    const KabPagedSource *source;
    gpointer data;
    guint max_pages;

    GPtrArray *pages;      /* (owned) (element-type KabPagedPage) */
    char *next;            /* (owned) (nullable): how the page behind the last one is asked for */
    GCancellable *restart; /* (owned) (nullable) */
    GCancellable *more;    /* (owned) (nullable) */
    GHashTable *drafts;    /* (owned): key -> gint64 * */
    guint n_fetches;
    guint64 clock;
    guint idle;
    gboolean stopped;
};

/** kab_paged_page_free: frees a page. */
void kab_paged_page_free(gpointer data);

/** kab_paged_get_page: the page number @k. */
KabPagedPage *kab_paged_get_page(KabPagedList *self, guint k);

/** kab_paged_count_items: how many items the list has. */
guint kab_paged_count_items(KabPagedList *self);

/** kab_paged_set_starts: finds out anew where the pages from number @from on begin. */
void kab_paged_set_starts(KabPagedList *self, guint from);

/** kab_paged_find_page: the number of the page that has the item at @position. */
guint kab_paged_find_page(KabPagedList *self, guint position);

/** kab_paged_restore_draft: gives an item the quantity that was typed for it. */
void kab_paged_restore_draft(KabPagedList *self, KabItem *item);

/** kab_paged_keep_drafts: notes the quantities that were typed on a page. */
void kab_paged_keep_drafts(KabPagedList *self, const KabPagedPage *page);

/** kab_paged_give_up: cancels a request, if there is one. */
void kab_paged_give_up(KabPagedList *self, GCancellable **slot);

/** kab_paged_drop_pages: forgets the pages not looked at for longest. */
void kab_paged_drop_pages(KabPagedList *self);

/** kab_paged_add_page: adds a page at the end. */
KabPagedPage *kab_paged_add_page(KabPagedList *self, const char *after, GPtrArray *items);

G_END_DECLS
