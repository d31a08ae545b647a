/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-item.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define KAB_TYPE_PAGED_LIST (kab_paged_list_get_type())

/**
 * KabPagedList:
 *
 * A #GListModel of #KabItem over a list that is fetched page by page, where each page tells how the
 * next one is asked for. It grows at its end when somebody asks for more. Of the pages only the
 * last ones looked at are kept: for the others it knows how to ask again, and an item of such a
 * page has no value until its page has come again.
 *
 * Quantities that were typed (kab_item_get_draft()) outlive the pages.
 */
G_DECLARE_FINAL_TYPE(KabPagedList, kab_paged_list, KAB, PAGED_LIST, GObject)

/**
 * KabPagedSource:
 * @fetch: begins to fetch the page after @after, %NULL for the first one
 * @finish: gives its items (element-type KabItem) (transfer full), and in @next how the page behind
 *   it is asked for; %NULL for none
 * @destroy: frees the values of the items
 *
 * Where the pages come from.
 */
typedef struct {
    void (*fetch)(gpointer data, const char *after, GCancellable *cancellable,
                  GAsyncReadyCallback callback, gpointer callback_data);
    GPtrArray *(*finish)(GObject *from, GAsyncResult *result, char **next, GError **error);
    GDestroyNotify destroy;
} KabPagedSource;

/**
 * kab_paged_list_new:
 * @source: where the pages come from; a constant
 * @data: for @source; after kab_paged_list_stop() it is not used any more
 * @max_pages: how many pages are kept
 *
 * Returns: (transfer full): an empty list
 */
KabPagedList *kab_paged_list_new(const KabPagedSource *source, gpointer data, guint max_pages);

/** kab_paged_list_restart: fetches another list; what is shown stays until its first page comes. */
void kab_paged_list_restart(KabPagedList *self);

/** kab_paged_list_refresh: fetches the first page and those looked at last again, in place. */
void kab_paged_list_refresh(KabPagedList *self);

/** kab_paged_list_more: fetches the page at the end, if there is one. */
void kab_paged_list_more(KabPagedList *self);

/** kab_paged_list_has_more: whether there is a page behind the end. */
gboolean kab_paged_list_has_more(KabPagedList *self);

/** kab_paged_list_is_loading: whether something is being fetched. */
gboolean kab_paged_list_is_loading(KabPagedList *self);

/** kab_paged_list_stop: gives up what is being fetched; no signal comes after this. */
void kab_paged_list_stop(KabPagedList *self);

/**
 * kab_paged_list_foreach:
 * @self: a list
 * @func: called with each item that has a value
 * @data: for @func
 */
void kab_paged_list_foreach(KabPagedList *self, void (*func)(KabItem *item, gpointer data),
                            gpointer data);

/** kab_paged_list_count_kept: how many items are in memory. */
guint kab_paged_list_count_kept(KabPagedList *self);

G_END_DECLS
