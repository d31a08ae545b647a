/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** kab_spinner_set: a spinner that does not spin takes no room. */
void kab_spinner_set(GtkSpinner *spinner, gboolean spinning);

G_END_DECLS
