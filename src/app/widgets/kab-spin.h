/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** kab_spin_leave_wheel: the wheel over @spin scrolls the page that it is on, and changes nothing:
 * GTK would count up and down, whatever was meant. */
void kab_spin_leave_wheel(GtkSpinButton *spin);

G_END_DECLS
