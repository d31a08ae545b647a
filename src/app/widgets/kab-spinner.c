/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-spinner.h"

/* Not a binding of "visible" to "spinning": GTK 4.8 notifies before it sets. */
void
kab_spinner_set(GtkSpinner *spinner, gboolean spinning)
{
    gtk_spinner_set_spinning(spinner, spinning);
    gtk_widget_set_visible(GTK_WIDGET(spinner), spinning);
}
