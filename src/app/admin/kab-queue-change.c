/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-queue.h"
#include "kab-discard-dialog.h"
#include "kab-queue-add-dialog.h"
#include "kab-queue-change.h"

#include <glib/gi18n-lib.h>

struct _KabQueueChange {
    GObject parent_instance;

    KabDataPage *page; /* (nullable): NULL once it was given up */
    KabClient *client; /* (owned) */
    GtkWindow *dialog; /* (nullable): asks whether to discard, or what to queue */
    char *kind;        /* (owned) (nullable): what is being discarded */
    char *object_id;   /* (owned) (nullable) */
    char *state;       /* (owned) (nullable) */
    char *error;       /* (owned) (nullable) */
    gboolean calling;
};

G_DEFINE_FINAL_TYPE(KabQueueChange, kab_queue_change, G_TYPE_OBJECT)

enum {
    CHANGED,
    ENDED,
    N_SIGNALS,
};

static guint signals[N_SIGNALS];

static GCancellable *
get_cancellable(KabQueueChange *self)
{
    return kab_data_page_get_cancellable(self->page);
}

static void
set_calling(KabQueueChange *self, gboolean calling)
{
    self->calling = calling;
    g_signal_emit(self, signals[CHANGED], 0);
}

/* @done: (nullable): what to say of it */
static void
finish(KabQueueChange *self, const char *done, const GError *error)
{
    set_calling(self, FALSE);
    if (error != NULL)
        kab_data_page_fail(self->page, error);
    else if (done != NULL)
        kab_data_page_say(self->page, done);
    g_signal_emit(self, signals[ENDED], 0, error);
}

/* Retry. */

static void
on_retried(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *done = NULL;
    gint64 n;

    kab_client_count_queue_finish(KAB_CLIENT(source), result, &n, &error);
    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    done = g_strdup_printf(g_dngettext(GETTEXT_PACKAGE, "%u entry will be sent again",
                                       "%u entries will be sent again", (gulong)n),
                           (guint)n);
    finish(data, done, error);
}

void
kab_queue_change_retry(KabQueueChange *self, const KabClientQueueFilter *filter)
{
    set_calling(self, TRUE);
    kab_client_change_queue_async(self->client, KAB_CLIENT_QUEUE_RETRY, filter,
                                  get_cancellable(self), on_retried, self);
}

/* Queue by hand. */

static void
on_put(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(GError) error = NULL;

    kab_client_put_queue_finish(KAB_CLIENT(source), result, &error);
    if (!g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        finish(data, _("It is queued and will be sent"), error);
}

void
kab_queue_change_put(KabQueueChange *self, const char *kind, const char *id)
{
    set_calling(self, TRUE);
    kab_client_put_queue_async(self->client, kind, id, get_cancellable(self), on_put, self);
}

static void
on_add_closed(KabQueueChange *self)
{
    self->dialog = NULL;
    set_calling(self, FALSE);
}

static void
on_added(KabQueueChange *self)
{
    finish(self, _("It is queued and will be sent"), NULL);
}

void
kab_queue_change_add(KabQueueChange *self, gboolean base)
{
    self->dialog = kab_queue_add_dialog_new(GTK_WIDGET(self->page), self->client, base);
    g_signal_connect_object(self->dialog, "destroy", G_CALLBACK(on_add_closed), self,
                            G_CONNECT_SWAPPED);
    g_signal_connect_object(self->dialog, "queued", G_CALLBACK(on_added), self, G_CONNECT_SWAPPED);
    gtk_window_present(self->dialog);
    set_calling(self, FALSE);
}

/* Pause. */

static void
on_paused(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(GError) error = NULL;

    kab_client_pause_finish(KAB_CLIENT(source), result, &error);
    if (!g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        finish(data, NULL, error);
}

void
kab_queue_change_pause(KabQueueChange *self, gboolean paused)
{
    set_calling(self, TRUE);
    kab_client_pause_async(self->client, paused, get_cancellable(self), on_paused, self);
}

/* Discard. */

static void
forget_filter(KabQueueChange *self)
{
    g_clear_pointer(&self->kind, g_free);
    g_clear_pointer(&self->object_id, g_free);
    g_clear_pointer(&self->state, g_free);
    g_clear_pointer(&self->error, g_free);
}

static KabClientQueueFilter
get_filter(KabQueueChange *self)
{
    return (KabClientQueueFilter){self->kind, self->object_id, self->state, self->error};
}

static void
on_undo_clicked(KabQueueChange *self, AdwToast *toast)
{
    char **what = g_object_get_data(G_OBJECT(toast), "kab-object");

    if (self->page != NULL && !kab_queue_change_is_busy(self))
        kab_queue_change_put(self, what[0], what[1]);
}

/* A single object can be queued anew: nothing is lost. */
static void
offer_undo(KabQueueChange *self, const char *done)
{
    AdwToast *toast = adw_toast_new(done);
    const char *what[] = {self->kind, self->object_id, NULL};

    adw_toast_set_button_label(toast, _("Undo"));
    g_object_set_data_full(G_OBJECT(toast), "kab-object", g_strdupv((char **)what),
                           (GDestroyNotify)g_strfreev);
    g_signal_connect_object(toast, "button-clicked", G_CALLBACK(on_undo_clicked), self,
                            G_CONNECT_SWAPPED);
    kab_data_page_add_toast(self->page, toast);
}

static void
on_discarded(GObject *source, GAsyncResult *result, gpointer data)
{
    KabQueueChange *self = data;
    g_autoptr(GError) error = NULL;
    g_autofree char *done = NULL;
    gboolean single;
    gint64 n;

    kab_client_count_queue_finish(KAB_CLIENT(source), result, &n, &error);
    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    done = g_strdup_printf(
        g_dngettext(GETTEXT_PACKAGE, "%u entry discarded", "%u entries discarded", (gulong)n),
        (guint)n);
    single = error == NULL && n == 1 && self->kind != NULL && self->object_id != NULL;
    if (single)
        offer_undo(self, done);
    finish(self, single ? NULL : done, error);
    forget_filter(self);
}

static void
on_discard_response(KabQueueChange *self, const char *response)
{
    const KabClientQueueFilter filter = get_filter(self);

    self->dialog = NULL;
    if (!g_str_equal(response, "discard")) {
        forget_filter(self);
        set_calling(self, FALSE);
        return;
    }
    set_calling(self, TRUE);
    kab_client_change_queue_async(self->client, KAB_CLIENT_QUEUE_DISCARD, &filter,
                                  get_cancellable(self), on_discarded, self);
}

static void
ask(KabQueueChange *self, gint64 n)
{
    GtkRoot *root = gtk_widget_get_root(GTK_WIDGET(self->page));

    self->dialog =
        GTK_WINDOW(kab_discard_dialog_new(GTK_IS_WINDOW(root) ? GTK_WINDOW(root) : NULL, (guint)n));
    g_signal_connect_object(self->dialog, "response", G_CALLBACK(on_discard_response), self,
                            G_CONNECT_SWAPPED);
    gtk_window_present(self->dialog);
}

static void
on_counted(GObject *source, GAsyncResult *result, gpointer data)
{
    KabQueueChange *self = data;
    g_autoptr(GError) error = NULL;
    gint64 n;

    kab_client_count_queue_finish(KAB_CLIENT(source), result, &n, &error);
    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (error != NULL || n == 0) {
        finish(self, _("No entry has failed any more"), error);
        return;
    }
    ask(self, n);
    set_calling(self, FALSE);
}

void
kab_queue_change_discard(KabQueueChange *self, const KabClientQueueFilter *filter)
{
    forget_filter(self);
    self->kind = g_strdup(filter->kind);
    self->object_id = g_strdup(filter->object_id);
    self->state = g_strdup(filter->state);
    self->error = g_strdup(filter->error);
    set_calling(self, TRUE);
    kab_client_count_queue_async(self->client, filter, get_cancellable(self), on_counted, self);
}

/* The object. */

static void
kab_queue_change_dispose(GObject *object)
{
    KabQueueChange *self = KAB_QUEUE_CHANGE(object);

    kab_queue_change_give_up(self);
    forget_filter(self);
    g_clear_object(&self->client);
    G_OBJECT_CLASS(kab_queue_change_parent_class)->dispose(object);
}

static void
kab_queue_change_class_init(KabQueueChangeClass *klass)
{
    G_OBJECT_CLASS(klass)->dispose = kab_queue_change_dispose;

    /** KabQueueChange::changed: it became busy, or free. */
    signals[CHANGED] = g_signal_new("changed", KAB_TYPE_QUEUE_CHANGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 0);
    /** KabQueueChange::ended: the queue may be another one now; why it could not be changed. */
    signals[ENDED] = g_signal_new("ended", KAB_TYPE_QUEUE_CHANGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
kab_queue_change_init(KabQueueChange *self G_GNUC_UNUSED)
{
}

KabQueueChange *
kab_queue_change_new(KabDataPage *page, KabClient *client)
{
    KabQueueChange *self = g_object_new(KAB_TYPE_QUEUE_CHANGE, NULL);

    self->page = page;
    self->client = g_object_ref(client);
    return self;
}

gboolean
kab_queue_change_is_busy(KabQueueChange *self)
{
    return self->calling || self->dialog != NULL;
}

void
kab_queue_change_give_up(KabQueueChange *self)
{
    GtkWindow *dialog = g_steal_pointer(&self->dialog);

    self->page = NULL;
    if (dialog != NULL) {
        g_signal_handlers_disconnect_by_data(dialog, self);
        gtk_window_destroy(dialog);
    }
}
