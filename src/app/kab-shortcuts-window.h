/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * kab_shortcuts_window_new:
 * @parent: (nullable): the window that has the keys
 *
 * Returns: (transfer none): a window that tells of all keys, and can be searched; as wide as
 *   @parent at most
 */
GtkWindow *kab_shortcuts_window_new(GtkWindow *parent);

G_END_DECLS
