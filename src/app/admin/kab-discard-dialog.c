/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-discard-dialog.h"

#include <glib/gi18n-lib.h>

AdwMessageDialog *
kab_discard_dialog_new(GtkWindow *parent, guint n)
{
    g_autofree char *title = g_strdup_printf(
        g_dngettext(GETTEXT_PACKAGE, "Discard %u entry?", "Discard %u entries?", n), n);
    const char *text =
        g_dngettext(GETTEXT_PACKAGE, "The journal keeps it.", "The journal keeps them.", n);
    AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG(adw_message_dialog_new(parent, title, text));

    adw_message_dialog_add_responses(dialog, "cancel", _("Cancel"), "discard", _("Discard"), NULL);
    adw_message_dialog_set_response_appearance(dialog, "discard", ADW_RESPONSE_DESTRUCTIVE);
    /* Enter by accident loses nothing. */
    adw_message_dialog_set_default_response(dialog, "cancel");
    adw_message_dialog_set_close_response(dialog, "cancel");
    gtk_window_set_destroy_with_parent(GTK_WINDOW(dialog), TRUE);
    return dialog;
}
