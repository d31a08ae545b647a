/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-text-scale.h"

/* Of a screen whose letters are not enlarged, in 1024ths of a dot. */
#define USUAL_DPI (96 * 1024)

int
kab_text_scale(GtkWidget *widget, int width)
{
    int dpi = 0;

    g_object_get(gtk_widget_get_settings(widget), "gtk-xft-dpi", &dpi, NULL);
    return dpi > 0 ? (int)((gint64)width * dpi / USUAL_DPI) : width;
}
