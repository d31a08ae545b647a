/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-pager.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define KAB_TYPE_GROWING_LIST (kab_growing_list_get_type())

/**
 * KabGrowingList:
 *
 * The items of another list; those that come at its end at once are shown some at a time. A list
 * view makes two hundred rows in one go, and the window would stand still meanwhile.
 */
G_DECLARE_FINAL_TYPE(KabGrowingList, kab_growing_list, KAB, GROWING_LIST, GObject)

/** kab_growing_list_new: (transfer full): a list that shows the items of @source */
KabGrowingList *kab_growing_list_new(GListModel *source);

/** kab_growing_list_get_source: (transfer none): the other list */
GListModel *kab_growing_list_get_source(KabGrowingList *self);

/** kab_growing_list_hold: @pager asks for nothing while the list grows: its end is not the end. */
void kab_growing_list_hold(KabGrowingList *self, KabPager *pager);

G_END_DECLS
