/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client.h"
#include "kab-order.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_GOODS_DIALOG (kab_goods_dialog_get_type())

/**
 * KabGoodsDialog:
 *
 * Looks for a product that the manager adds to a client order; "chosen" has a #KabProduct, and the
 * dialog goes.
 */
G_DECLARE_FINAL_TYPE(KabGoodsDialog, kab_goods_dialog, KAB, GOODS_DIALOG, AdwWindow)

/** kab_goods_dialog_new: @over: a widget in the window that it belongs to; @client: the base */
GtkWindow *kab_goods_dialog_new(GtkWidget *over, KabClient *client, KabOrderId order_id);

G_END_DECLS
