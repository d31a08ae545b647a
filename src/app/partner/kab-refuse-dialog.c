/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-format.h"
#include "kab-refuse-dialog.h"

#include <glib/gi18n-lib.h>

AdwMessageDialog *
kab_refuse_dialog_new(GtkWindow *parent, const KabOrder *order)
{
    g_autofree char *name = kab_format_order_name(order);
    AdwMessageDialog *dialog =
        ADW_MESSAGE_DIALOG(adw_message_dialog_new(parent, _("Refuse the order?"), name));
    GtkWidget *entry = gtk_entry_new();

    gtk_entry_set_placeholder_text(GTK_ENTRY(entry), _("Reason, if you like"));
    gtk_entry_set_activates_default(GTK_ENTRY(entry), TRUE);
    gtk_accessible_update_property(GTK_ACCESSIBLE(entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                   _("Reason"), -1);
    adw_message_dialog_set_extra_child(dialog, entry);
    adw_message_dialog_add_responses(dialog, "cancel", _("Cancel"), "refuse", _("Refuse the order"),
                                     NULL);
    adw_message_dialog_set_response_appearance(dialog, "refuse", ADW_RESPONSE_DESTRUCTIVE);
    adw_message_dialog_set_default_response(dialog, "refuse");
    adw_message_dialog_set_close_response(dialog, "cancel");
    gtk_window_set_destroy_with_parent(GTK_WINDOW(dialog), TRUE);
    return dialog;
}

char *
kab_refuse_dialog_dup_reason(AdwMessageDialog *dialog)
{
    GtkWidget *entry = adw_message_dialog_get_extra_child(dialog);
    char *reason = g_strstrip(g_strdup(gtk_editable_get_text(GTK_EDITABLE(entry))));

    if (*reason == '\0')
        g_clear_pointer(&reason, g_free);
    return reason;
}
