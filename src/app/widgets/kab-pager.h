/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KAB_TYPE_PAGER (kab_pager_get_type())

/**
 * KabPager:
 *
 * Watches a scrolled list and asks for its next page before its end comes into sight. It emits
 * "more" at most once for every kab_pager_set_next().
 */
G_DECLARE_FINAL_TYPE(KabPager, kab_pager, KAB, PAGER, GObject)

/** kab_pager_new: (transfer full): watches @scrolled, which must live as long. */
KabPager *kab_pager_new(GtkScrolledWindow *scrolled);

/** kab_pager_get_next: (nullable): where the next page begins; %NULL at the end of the list */
const char *kab_pager_get_next(KabPager *self);

/** kab_pager_set_next: @next: (nullable): where the page after the one just shown begins */
void kab_pager_set_next(KabPager *self, const char *next);

/** kab_pager_set_held: whether it asks for nothing, because the list is not yet what it will be */
void kab_pager_set_held(KabPager *self, gboolean held);

G_END_DECLS
