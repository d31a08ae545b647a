/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-users.h"
#include "kab-key-undo.h"
#include "kab-undo-toast.h"

#include <glib/gi18n-lib.h>

/* It outlives the page that the key was on. */
typedef struct {
    KabClient *client; /* (owned) */
    char *client_id;   /* (owned) */
    GWeakRef window;
    KabKeySettledFunc settled;
    GWeakRef object;
} Undo;

static void
undo_free(gpointer data)
{
    Undo *undo = data;

    g_object_unref(undo->client);
    g_free(undo->client_id);
    g_weak_ref_clear(&undo->window);
    g_weak_ref_clear(&undo->object);
    g_free(undo);
}

static Undo *
undo_new(KabClient *client, const char *client_id, GtkWindow *window, KabKeySettledFunc settled,
         gpointer object)
{
    Undo *undo = g_new0(Undo, 1);

    undo->client = g_object_ref(client);
    undo->client_id = g_strdup(client_id);
    undo->settled = settled;
    g_weak_ref_init(&undo->window, window);
    g_weak_ref_init(&undo->object, object);
    return undo;
}

/* The page that could tell of it is gone. */
static void
tell(GtkWindow *window, const GError *error)
{
    GtkWidget *dialog =
        adw_message_dialog_new(window, _("The key could not be revoked"), error->message);

    adw_message_dialog_add_responses(ADW_MESSAGE_DIALOG(dialog), "close", _("Close"), NULL);
    gtk_window_present(GTK_WINDOW(dialog));
}

static void
settle(Undo *undo, const GError *error)
{
    g_autoptr(GObject) object = g_weak_ref_get(&undo->object);
    g_autoptr(GtkWindow) window = g_weak_ref_get(&undo->window);

    if (object != NULL)
        undo->settled(object, error);
    else if (window != NULL && error != NULL)
        tell(window, error);
}

static void
on_revoked(GObject *source, GAsyncResult *result, gpointer data)
{
    Undo *undo = data;
    g_autoptr(GError) error = NULL;

    kab_client_user_done_finish(KAB_CLIENT(source), result, &error);
    settle(undo, error);
    undo_free(undo);
}

static void
undo_revoke(gpointer data)
{
    settle(data, NULL);
}

static void
revoke_for_good(gpointer data)
{
    const Undo *undo = data;
    g_autoptr(GtkWindow) window = g_weak_ref_get((GWeakRef *)&undo->window);
    g_autoptr(GObject) object = g_weak_ref_get((GWeakRef *)&undo->object);

    kab_client_revoke_key_async(
        undo->client, undo->client_id, NULL, on_revoked,
        undo_new(undo->client, undo->client_id, window, undo->settled, object));
}

AdwToast *
kab_key_undo_make_toast(KabClient *client, const char *client_id, GtkWindow *window,
                        KabKeySettledFunc settled, gpointer object)
{
    g_autofree char *text = g_strdup_printf(_("The key %s is revoked"), client_id);

    return kab_undo_toast_new(text, undo_revoke, revoke_for_good,
                              undo_new(client, client_id, window, settled, object), undo_free);
}
