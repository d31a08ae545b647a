/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_PASSWORD_DIALOG (kab_password_dialog_get_type())

/**
 * KabPasswordDialog:
 *
 * Asks for the password of a session that has ended, over the pages, which stay as they are.
 *
 * Signals: "renewed": the session goes on; "left": the person wants to sign out instead.
 */
G_DECLARE_FINAL_TYPE(KabPasswordDialog, kab_password_dialog, KAB, PASSWORD_DIALOG, AdwWindow)

/** kab_password_dialog_new: (transfer full): a dialog over @parent. */
KabPasswordDialog *kab_password_dialog_new(GtkWindow *parent, KabSession *session);

G_END_DECLS
