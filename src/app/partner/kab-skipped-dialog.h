/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-basket.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * kab_skipped_dialog_new:
 * @parent: (nullable): the window that it belongs to
 * @skipped: (element-type KabSkipped): what could not be put into the basket
 *
 * Names it, with the reason of each, however long the list is.
 *
 * Returns: (transfer none): the dialog
 */
GtkWindow *kab_skipped_dialog_new(GtkWindow *parent, GPtrArray *skipped);

G_END_DECLS
