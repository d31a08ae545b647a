/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client-catalogue.h"
#include "kab-data-page.h"
#include "kab-item.h"

G_BEGIN_DECLS

#define KAB_TYPE_LIST_PAGE (kab_list_page_get_type())

/**
 * KabListPage:
 *
 * A long list of objects of a service, newest first, which comes page by page while it is scrolled,
 * and a choice of what is listed.
 */
G_DECLARE_DERIVABLE_TYPE(KabListPage, kab_list_page, KAB, LIST_PAGE, KabDataPage)

/**
 * KabListPageClass:
 * @list: asks for what comes after @after, a hundred at most
 * @list_finish: what was answered
 * @make_item: (transfer full): an item of one object of the answer, which it takes
 * @make_row: a widget that shows an item
 * @set_row: shows @item in the widget, or forgets what it shows if @item is %NULL
 * @dup_name: (transfer full): what a screen reader calls the item
 * @open: opens the card of an object
 * @is_filtered: (nullable): whether not everything is listed, for another reason than the choice
 */
struct _KabListPageClass {
    KabDataPageClass parent_class;

    void (*list)(KabListPage *self, const char *after, guint limit, GCancellable *cancellable,
                 GAsyncReadyCallback callback, gpointer data);
    KabPage *(*list_finish)(KabClient *client, GAsyncResult *result, GError **error);
    KabItem *(*make_item)(gpointer value);
    GtkWidget *(*make_row)(KabListPage *self);
    void (*set_row)(GtkWidget *row, KabItem *item);
    char *(*dup_name)(KabItem *item);
    void (*open)(KabListPage *self, KabItem *item);
    gboolean (*is_filtered)(KabListPage *self);
};

/**
 * KabListPageTexts:
 * @icon_name: the picture of an empty list
 * @list_name: what a screen reader calls the list
 * @empty_title: said when there is nothing at all
 * @empty_text: more about it
 * @nothing_text: said when there is nothing of what was chosen
 *
 * What a list says, translated.
 */
typedef struct {
    const char *icon_name;
    const char *list_name;
    const char *empty_title;
    const char *empty_text;
    const char *nothing_text;
} KabListPageTexts;

/**
 * kab_list_page_set_up:
 * @self: a new page
 * @texts: what it says
 * @filter_name: (nullable): what a screen reader calls the choice; %NULL for no choice
 * @filters: (array zero-terminated=1) (nullable): what can be chosen, translated; the first one is
 *   everything
 */
void kab_list_page_set_up(KabListPage *self, const KabListPageTexts *texts, const char *filter_name,
                          const char *const *filters);

/** kab_list_page_set_nothing_text: says @text, (nullable) and translated, when there is nothing of
 * what was chosen; it may quote what was typed. */
void kab_list_page_set_nothing_text(KabListPage *self, const char *text);

/**
 * kab_list_page_add_tools:
 * @self: a page that has a choice
 * @search: stands before the choice, on a line of its own where there is little room
 * @others: stands behind it
 *
 * More to say what is listed.
 */
void kab_list_page_add_tools(KabListPage *self, GtkWidget *search, GtkWidget *others);

/**
 * kab_list_page_set_live:
 * @self: a new page
 *
 * What is new appears before the rest when the page loads again, but for while the pointer is over
 * the list or the list is scrolled: then a button says how much is new, and shows it.
 */
void kab_list_page_set_live(KabListPage *self);

/** kab_list_page_show_news: goes to the beginning of the list, with what is new. */
void kab_list_page_show_news(KabListPage *self);

/** kab_list_page_get_first_key: (nullable): the key of the first item that is shown */
const char *kab_list_page_get_first_key(KabListPage *self);

/** kab_list_page_add_button: what can be done beside the list, on a page without a choice. */
void kab_list_page_add_button(KabListPage *self, GtkWidget *button);

/** kab_list_page_find: (transfer none) (nullable): the item with this key, if it is listed */
KabItem *kab_list_page_find(KabListPage *self, const char *key);

/** kab_list_page_set_footer: what stands below the list. */
void kab_list_page_set_footer(KabListPage *self, GtkWidget *footer);

/** kab_list_page_ask_anew: what is wanted is another list than what is shown. */
void kab_list_page_ask_anew(KabListPage *self);

/** kab_list_page_is_for_base: whether it lists objects of a base, and not of a portal. */
gboolean kab_list_page_is_for_base(KabListPage *self);

/** kab_list_page_get_filter: which of the filters is chosen; 0 is everything. */
guint kab_list_page_get_filter(KabListPage *self);

G_END_DECLS
