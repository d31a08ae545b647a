/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-outbox.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * kab_unsent_dialog_new:
 * @parent: (nullable): the window
 * @outbox: where the order waits
 * @order: what counts of it
 * @error: why the portal will not have it
 *
 * Says that an order that was saved here is refused, and carries out what the person wants.
 *
 * Returns: (transfer full): a dialog
 */
GtkWidget *kab_unsent_dialog_new(GtkWindow *parent, KabOutbox *outbox, const KabOrder *order,
                                 const GError *error);

G_END_DECLS
