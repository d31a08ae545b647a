/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-unsent-dialog.h"

#include <glib/gi18n-lib.h>

static void
on_response(KabOutbox *outbox, const char *response)
{
    if (g_str_equal(response, "again"))
        kab_outbox_retry(outbox);
    else if (g_str_equal(response, "delete"))
        kab_outbox_give_up(outbox);
}

/* What the person wrote into it, on lines. */
static char *
describe(const KabOrder *order, const GError *error)
{
    GString *text = g_string_new(error->message);
    const char *const texts[] = {order->name, order->comment, order->address};

    g_string_append_printf(
        text, "\n\n%s",
        _("Nothing of it is lost: its goods are in the basket at the portal, and what you entered "
          "after it waits too."));
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        if (texts[i] != NULL && *texts[i] != '\0')
            g_string_append_printf(text, "\n%s", texts[i]);
    return g_string_free(text, FALSE);
}

GtkWidget *
kab_unsent_dialog_new(GtkWindow *parent, KabOutbox *outbox, const KabOrder *order,
                      const GError *error)
{
    g_autofree char *body = describe(order, error);
    GtkWidget *dialog =
        adw_message_dialog_new(parent, _("The order that was saved here was not taken"), NULL);

    adw_message_dialog_set_body(ADW_MESSAGE_DIALOG(dialog), body);
    adw_message_dialog_add_responses(ADW_MESSAGE_DIALOG(dialog), "later", _("Later"), "delete",
                                     _("Back to the basket"), "again", _("Try again"), NULL);
    adw_message_dialog_set_default_response(ADW_MESSAGE_DIALOG(dialog), "again");
    adw_message_dialog_set_close_response(ADW_MESSAGE_DIALOG(dialog), "later");
    g_signal_connect_object(dialog, "response", G_CALLBACK(on_response), outbox, G_CONNECT_SWAPPED);
    return dialog;
}
