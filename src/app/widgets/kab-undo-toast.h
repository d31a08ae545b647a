/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * KabUndoFunc:
 * @data: what was handed to kab_undo_toast_new()
 *
 * What is done when a person presses "Undo", or when nobody has.
 */
typedef void (*KabUndoFunc)(gpointer data);

/**
 * kab_undo_toast_new:
 * @text: what has been done; plain text
 * @undo: takes it back; called once at most
 * @keep: (nullable): called once if the toast goes, or its window, and nobody has undone it
 * @data: for both; it has to outlive the page
 * @destroy: frees @data when the toast is gone
 *
 * Returns: (transfer full): a toast with "Undo"
 */
AdwToast *kab_undo_toast_new(const char *text, KabUndoFunc undo, KabUndoFunc keep, gpointer data,
                             GDestroyNotify destroy);

/** kab_undo_toast_press: what its button does; pressed twice, it is done once. */
void kab_undo_toast_press(AdwToast *toast);

G_END_DECLS
