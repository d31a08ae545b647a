/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_RESEND_DIALOG (kab_resend_dialog_get_type())

/**
 * KabResendDialog:
 *
 * Edits a copy of a message that was not taken, and sends it. It emits "sent" with what came of it,
 * in words, when the copy was taken, and closes; otherwise it says why not and stays.
 */
G_DECLARE_FINAL_TYPE(KabResendDialog, kab_resend_dialog, KAB, RESEND_DIALOG, AdwWindow)

/**
 * kab_resend_dialog_new:
 * @over: the widget in whose window it belongs
 * @client: a connection to the end whose journal tells of the message
 * @id: the entry of the journal
 * @message: the message, JSON with kind, id, version and body
 *
 * Returns: (transfer none): the dialog, to be presented
 */
GtkWindow *kab_resend_dialog_new(GtkWidget *over, KabClient *client, gint64 id,
                                 const char *message);

G_END_DECLS
