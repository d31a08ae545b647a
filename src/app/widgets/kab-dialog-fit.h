/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** kab_dialog_fit: makes @self, which is not shown yet, no bigger than the window it belongs to:
 * that may be the whole screen. */
void kab_dialog_fit(GtkWindow *self);

G_END_DECLS
