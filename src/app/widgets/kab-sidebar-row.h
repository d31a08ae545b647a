/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KAB_TYPE_SIDEBAR_ROW (kab_sidebar_row_get_type())

/**
 * KabSidebarRow:
 *
 * The way to a page: an icon, a title, and a number if there is something to count.
 */
G_DECLARE_FINAL_TYPE(KabSidebarRow, kab_sidebar_row, KAB, SIDEBAR_ROW, GtkListBoxRow)

/** kab_sidebar_row_new: @page: the name of the page; @title: translated. */
GtkWidget *kab_sidebar_row_new(const char *page, const char *title, const char *icon_name);

/** kab_sidebar_row_get_page: the name of the page it leads to. */
const char *kab_sidebar_row_get_page(KabSidebarRow *self);

/** kab_sidebar_row_set_count: shows @count beside the title; 0 shows nothing. */
void kab_sidebar_row_set_count(KabSidebarRow *self, guint count);

/** kab_sidebar_row_get_count: the number that is shown. */
guint kab_sidebar_row_get_count(KabSidebarRow *self);

G_END_DECLS
