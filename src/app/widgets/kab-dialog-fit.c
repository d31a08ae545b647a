/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-dialog-fit.h"

/* -1, which leaves the size to the content, is less than any. */
void
kab_dialog_fit(GtkWindow *self)
{
    GtkWindow *parent = gtk_window_get_transient_for(self);
    int width, height;

    if (parent == NULL || gtk_widget_get_width(GTK_WIDGET(parent)) == 0)
        return;
    gtk_window_get_default_size(self, &width, &height);
    gtk_window_set_default_size(self, MIN(width, gtk_widget_get_width(GTK_WIDGET(parent))),
                                MIN(height, gtk_widget_get_height(GTK_WIDGET(parent))));
}
