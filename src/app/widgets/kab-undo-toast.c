/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-undo-toast.h"

#include <glib/gi18n-lib.h>

#define KEY "kab-undo"
#define TIMEOUT_S 8

typedef struct {
    KabUndoFunc undo;
    KabUndoFunc keep; /* (nullable) */
    gpointer data;
    GDestroyNotify destroy;
    gboolean decided;
} Undo;

static void
undo_free(gpointer data)
{
    Undo *undo = data;

    /* The window went before the toast did: what was said is done. */
    if (!undo->decided && undo->keep != NULL)
        undo->keep(undo->data);
    undo->destroy(undo->data);
    g_free(undo);
}

static void
on_button_clicked(AdwToast *toast)
{
    Undo *undo = g_object_get_data(G_OBJECT(toast), KEY);

    if (undo->decided)
        return;
    undo->decided = TRUE;
    undo->undo(undo->data);
}

static void
on_dismissed(AdwToast *toast)
{
    Undo *undo = g_object_get_data(G_OBJECT(toast), KEY);

    if (undo->decided)
        return;
    undo->decided = TRUE;
    if (undo->keep != NULL)
        undo->keep(undo->data);
}

AdwToast *
kab_undo_toast_new(const char *text, KabUndoFunc undo, KabUndoFunc keep, gpointer data,
                   GDestroyNotify destroy)
{
    g_autofree char *markup = g_markup_escape_text(text, -1);
    AdwToast *toast = adw_toast_new(markup);
    Undo *made = g_new0(Undo, 1);

    made->undo = undo;
    made->keep = keep;
    made->data = data;
    made->destroy = destroy;
    adw_toast_set_button_label(toast, _("Undo"));
    adw_toast_set_timeout(toast, TIMEOUT_S);
    g_object_set_data_full(G_OBJECT(toast), KEY, made, undo_free);
    g_signal_connect(toast, "button-clicked", G_CALLBACK(on_button_clicked), NULL);
    g_signal_connect(toast, "dismissed", G_CALLBACK(on_dismissed), NULL);
    return toast;
}

void
kab_undo_toast_press(AdwToast *toast)
{
    on_button_clicked(toast);
    adw_toast_dismiss(toast);
}
