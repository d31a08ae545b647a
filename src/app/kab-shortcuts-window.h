/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * kab_shortcuts_window_new:
 * @parent: (nullable): the window that has the keys
 * @session: (nullable): who is signed in
 *
 * Returns: (transfer none): a window that tells of the keys of all pages that @session has, and can
 *   be searched; as wide as @parent at most
 */
GtkWindow *kab_shortcuts_window_new(GtkWindow *parent, KabSession *session);

G_END_DECLS
