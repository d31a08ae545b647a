/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-orders.h"
#include "kab-draft-undo.h"
#include "kab-weak.h"

#include <glib/gi18n-lib.h>

/* It outlives the page that the draft was on. */
typedef struct {
    KabClient *client;     /* (owned) */
    KabOrder *draft;       /* (owned) */
    char key[KAB_ID_SIZE]; /* pressed twice, it is made once */
    GWeakRef window;
} Undo;

static void
undo_free(gpointer data)
{
    Undo *undo = data;

    g_object_unref(undo->client);
    kab_order_free(undo->draft);
    g_weak_ref_clear(&undo->window);
    g_free(undo);
}

static void
on_made(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(GtkWindow) window = kab_weak_take(data);
    g_autoptr(GError) error = NULL;
    g_autoptr(KabOrder) order = kab_client_order_finish(KAB_CLIENT(source), result, &error);

    if (window == NULL)
        return;
    if (order != NULL) {
        gtk_widget_activate_action(GTK_WIDGET(window), "win.open-order", "s", order->id.text);
        return;
    }
    /* The page that could tell of it is gone. */
    {
        GtkWidget *dialog =
            adw_message_dialog_new(window, _("The draft could not be restored"), error->message);

        adw_message_dialog_add_responses(ADW_MESSAGE_DIALOG(dialog), "close", _("Close"), NULL);
        gtk_window_present(GTK_WINDOW(dialog));
    }
}

static void
on_button_clicked(AdwToast *toast G_GNUC_UNUSED, gpointer data)
{
    Undo *undo = data;
    g_autoptr(GtkWindow) window = g_weak_ref_get(&undo->window);

    kab_client_make_draft_async(undo->client, undo->draft, undo->key, NULL, on_made,
                                kab_weak_new(window));
}

AdwToast *
kab_draft_undo_make_toast(KabClient *client, const KabOrder *draft, GtkWindow *window)
{
    AdwToast *toast = adw_toast_new(_("Draft deleted"));
    Undo *undo = g_new0(Undo, 1);

    undo->client = g_object_ref(client);
    undo->draft = kab_order_copy(draft);
    kab_id_fill_random(undo->key);
    g_weak_ref_init(&undo->window, window);
    adw_toast_set_button_label(toast, _("Undo"));
    g_signal_connect(toast, "button-clicked", G_CALLBACK(on_button_clicked), undo);
    g_object_set_data_full(G_OBJECT(toast), "undo", undo, undo_free);
    return toast;
}
