/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-data-page.h"
#include "kab-session.h"

G_BEGIN_DECLS

#define KAB_TYPE_MAIN_VIEW (kab_main_view_get_type())

/**
 * KabMainView:
 *
 * What somebody who is signed in sees: the sidebar and the pages of the role. An opened card, of an
 * order or a task, lies over the page it was opened from, until kab_main_view_back().
 */
G_DECLARE_FINAL_TYPE(KabMainView, kab_main_view, KAB, MAIN_VIEW, AdwBin)

KabMainView *kab_main_view_new(KabSession *session);

/** kab_main_view_retire: (transfer full): hears nothing any more, and goes page by page, so that
 * nobody waits for it: @self is a child of a stack which is not shown, and leaves it in the end. */
void kab_main_view_retire(KabMainView *self);

/** kab_main_view_show_page: @name: such as "orders"; %FALSE if the role has no such page. */
gboolean kab_main_view_show_page(KabMainView *self, const char *name);

/** kab_main_view_show_nth: shows the page behind the @n-th row of the sidebar, from 0. */
void kab_main_view_show_nth(KabMainView *self, guint n);

/** kab_main_view_step: shows the next page of the sidebar (@by 1), or the one before (-1); the
 * first one follows the last. */
void kab_main_view_step(KabMainView *self, int by);

/** kab_main_view_open: shows a card; @name: such as "order", see kab-pages.h; @id: of the object */
void kab_main_view_open(KabMainView *self, const char *name, const char *id);

/** kab_main_view_open_account: shows the account of who is signed in at the portal. */
void kab_main_view_open_account(KabMainView *self);

/** kab_main_view_back: leaves an opened card. */
void kab_main_view_back(KabMainView *self);

/** kab_main_view_search: goes to the catalogue's search entry. */
void kab_main_view_search(KabMainView *self);

/** kab_main_view_get_page: (transfer none) (nullable): the page that is shown */
KabDataPage *kab_main_view_get_page(KabMainView *self);

/** kab_main_view_get_basket_count: how many products the sidebar says are in the basket. */
guint kab_main_view_get_basket_count(KabMainView *self);

G_END_DECLS
