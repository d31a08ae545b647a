/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client.h"
#include "kab-order.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * kab_draft_undo_make_toast:
 * @client: a connection to a portal
 * @draft: a draft that was deleted; copied
 * @window: (nullable): where it is opened when it is there again
 *
 * The draft is gone already, whatever becomes of the window; "Undo" makes it anew and opens it.
 *
 * Returns: (transfer full): "Draft deleted" with "Undo"
 */
AdwToast *kab_draft_undo_make_toast(KabClient *client, const KabOrder *draft, GtkWindow *window);

G_END_DECLS
