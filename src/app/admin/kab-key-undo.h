/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * KabKeySettledFunc:
 * @object: what was handed to kab_key_undo_make_toast()
 * @error: (nullable): why the key could not be revoked
 *
 * The key is revoked, or is not because of @error, or because the person wanted it back.
 */
typedef void (*KabKeySettledFunc)(gpointer object, const GError *error);

/**
 * kab_key_undo_make_toast:
 * @client: a connection to the service
 * @client_id: a key that is to be revoked
 * @window: (nullable): where it is told if something fails and @object is gone
 * @settled: called once, if @object is still there
 * @object: (type GObject.Object): who shows the key; it may go before
 *
 * A key that is revoked cannot be made again, and a program may work with it. So it is revoked when
 * the toast goes, or its window.
 *
 * Returns: (transfer full): that the key is revoked, with "Undo"
 */
AdwToast *kab_key_undo_make_toast(KabClient *client, const char *client_id, GtkWindow *window,
                                  KabKeySettledFunc settled, gpointer object);

G_END_DECLS
