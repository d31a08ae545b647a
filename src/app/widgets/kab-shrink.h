/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What lets a widget with a long text be narrow: in a small window, and with large letters. */

/** kab_shrink_buttons: the texts of all buttons in @widget, and of itself, may take two lines. */
void kab_shrink_buttons(GtkWidget *widget);

/** kab_shrink_drop_down: the chosen one may be cut off; the list of them never is. */
void kab_shrink_drop_down(GtkDropDown *dropdown);

G_END_DECLS
