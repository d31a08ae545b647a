/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * kab_text_scale:
 * @widget: a widget
 * @width: a width for letters of the usual size
 *
 * Returns: as many letters of the size that @widget has
 */
int kab_text_scale(GtkWidget *widget, int width);

G_END_DECLS
