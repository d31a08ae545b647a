/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-users.h"
#include "kab-undo-toast.h"
#include "kab-user-undo.h"
#include "kab-weak.h"

#include <glib/gi18n-lib.h>

/* It outlives the page that the user was on. */
typedef struct {
    KabClient *client; /* (owned) */
    KabUserId id;
    gboolean was_active;
    GWeakRef window;
} Undo;

static void
undo_free(gpointer data)
{
    Undo *undo = data;

    g_object_unref(undo->client);
    g_weak_ref_clear(&undo->window);
    g_free(undo);
}

/* The page that could tell of it is gone. */
static void
tell(GtkWindow *window, const char *title, const GError *error)
{
    GtkWidget *dialog = adw_message_dialog_new(window, title, error->message);

    adw_message_dialog_add_responses(ADW_MESSAGE_DIALOG(dialog), "close", _("Close"), NULL);
    gtk_window_present(GTK_WINDOW(dialog));
}

static void
reload(GtkWindow *window)
{
    gtk_widget_activate_action(GTK_WIDGET(window), "win.reload", NULL);
}

static void
on_restored(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(GtkWindow) window = kab_weak_take(data);
    g_autoptr(GError) error = NULL;
    g_autoptr(KabUser) user = kab_client_user_finish(KAB_CLIENT(source), result, &error);

    if (window == NULL)
        return;
    if (user == NULL)
        tell(window, _("The user could not be restored"), error);
    reload(window);
}

static void
undo_delete(gpointer data)
{
    Undo *undo = data;
    g_autoptr(GtkWindow) window = g_weak_ref_get(&undo->window);

    kab_client_set_user_active_async(undo->client, undo->id, undo->was_active, NULL, on_restored,
                                     kab_weak_new(window));
}

static void
on_deleted(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(GtkWindow) window = kab_weak_take(data);
    g_autoptr(GError) error = NULL;
    gboolean done = kab_client_user_done_finish(KAB_CLIENT(source), result, &error);

    if (window == NULL)
        return;
    if (!done)
        tell(window, _("The user is deactivated, but could not be deleted"), error);
    reload(window);
}

static void
delete_for_good(gpointer data)
{
    Undo *undo = data;
    g_autoptr(GtkWindow) window = g_weak_ref_get(&undo->window);

    kab_client_delete_user_async(undo->client, undo->id, NULL, on_deleted, kab_weak_new(window));
}

AdwToast *
kab_user_undo_make_toast(KabClient *client, const KabUser *user, gboolean was_active,
                         GtkWindow *window)
{
    g_autofree char *text = g_strdup_printf(_("“%s” is deleted"), user->name);
    Undo *undo = g_new0(Undo, 1);

    undo->client = g_object_ref(client);
    undo->id = user->id;
    undo->was_active = was_active;
    g_weak_ref_init(&undo->window, window);
    return kab_undo_toast_new(text, undo_delete, delete_for_good, undo, undo_free);
}
