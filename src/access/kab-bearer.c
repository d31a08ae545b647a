/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-bearer.h"
#include "kab-error.h"

#include <glib/gi18n-lib.h>

KabUser *
kab_bearer_read(KabRows *rows, KabTime *used_at, GError **error)
{
    g_autoptr(GError) local = NULL;
    g_autoptr(KabUser) user = NULL;

    if (rows == NULL)
        return NULL;
    if (!kab_rows_next(rows, &local)) {
        if (local == NULL)
            local = g_error_new_literal(KAB_ERROR, KAB_ERROR_UNAUTHORIZED,
                                        _("The session has ended; sign in again"));
        g_propagate_error(error, g_steal_pointer(&local));
        return NULL;
    }
    user = g_new0(KabUser, 1);
    user->id = kab_user_id_of(kab_rows_get_text(rows, 0));
    user->partner_id = kab_partner_id_of(kab_rows_get_text(rows, 1));
    user->login = kab_rows_dup_text(rows, 2);
    user->name = kab_rows_dup_text(rows, 3);
    user->email = kab_rows_dup_text(rows, 4);
    user->phone = kab_rows_dup_text(rows, 5);
    user->active = TRUE;
    *used_at = kab_rows_get_int(rows, 7);
    user->partner_name = kab_rows_dup_text(rows, 8);
    user->language = kab_rows_dup_text(rows, 9);
    user->has_password = kab_rows_get_int(rows, 10) != 0;
    if (!kab_role_from_nick(kab_rows_get_text(rows, 6), &user->role, error))
        return NULL;
    return g_steal_pointer(&user);
}
