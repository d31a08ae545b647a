/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * kab_user_undo_make_toast:
 * @client: a connection to the service
 * @user: a user who is deleted, and who may not sign in any more already
 * @was_active: whether the user could before
 * @window: (nullable): where it is told if something fails
 *
 * Password, keys and sessions go with a user and cannot be made again. So the user is deleted only
 * when the toast goes; until then "Undo" gives everything back. If the program ends meanwhile, the
 * user stays deactivated.
 *
 * Returns: (transfer full): "… is deleted" with "Undo"
 */
AdwToast *kab_user_undo_make_toast(KabClient *client, const KabUser *user, gboolean was_active,
                                   GtkWindow *window);

G_END_DECLS
