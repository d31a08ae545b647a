/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_QUEUE_ADD_DIALOG (kab_queue_add_dialog_get_type())

/**
 * KabQueueAddDialog:
 *
 * Asks which object shall be queued by hand, and queues it. It emits "queued" then, and closes.
 */
G_DECLARE_FINAL_TYPE(KabQueueAddDialog, kab_queue_add_dialog, KAB, QUEUE_ADD_DIALOG, AdwWindow)

/**
 * kab_queue_add_dialog_new:
 * @over: the widget in whose window it belongs
 * @client: a connection to the end whose queue it is
 * @base: whether that is a base, and not a portal
 *
 * Returns: (transfer none): the dialog, to be presented
 */
GtkWindow *kab_queue_add_dialog_new(GtkWidget *over, KabClient *client, gboolean base);

G_END_DECLS
