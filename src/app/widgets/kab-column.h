/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * KabColumn:
 * @title: its head, not translated yet
 * @context: (nullable): the context of the title's translation
 * @width: pixels, for letters of the usual size
 * @make: makes a cell
 * @fill: shows the value of a #KabItem in it
 * @expand: whether it has what the others leave
 *
 * A column of a table whose rows are #KabItem; a cell is filled again when its item changes.
 */
typedef struct {
    const char *title;
    const char *context;
    int width;
    GtkWidget *(*make)(void);
    void (*fill)(GtkWidget *cell, gconstpointer value);
    gboolean expand;
} KabColumn;

/** kab_column_append: @columns: (array length=n): a constant, all columns of @view */
void kab_column_append(GtkColumnView *view, const KabColumn *columns, gsize n);

/** kab_column_select_with_control: a click with Ctrl adds a row to what is selected, or takes it
 * away. GTK 4.8 does so in the row and again in its cell: nothing changes. */
void kab_column_select_with_control(GtkColumnView *view);

/** kab_column_make_label: (transfer floating): a cell for a text, which is cut where it ends */
GtkWidget *kab_column_make_label(void);

/** kab_column_make_text: (transfer floating): a cell for a text that is never cut: it wraps */
GtkWidget *kab_column_make_text(void);

/** kab_column_name_row: calls the row that @cell is in by what it says; GTK 4.8 gives its own
 * widget no name. */
void kab_column_name_row(GtkWidget *cell, const char *name);

/** kab_column_fill_label: @text: (nullable): shown, and told whole where it is cut */
void kab_column_fill_label(GtkWidget *cell, const char *text);

G_END_DECLS
