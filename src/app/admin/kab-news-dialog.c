/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-dialog-fit.h"
#include "kab-news-dialog.h"
#include "kab-spinner.h"

#include <glib/gi18n-lib.h>

struct _KabNewsDialog {
    AdwWindow parent_instance;

    GtkWidget *form;
    GtkEditable *title_row;
    GtkTextView *text_view;
    GtkSpinner *spinner;
    GtkLabel *message_label;

    KabClient *client;         /* (owned) */
    char id[KAB_ID_SIZE];      /* pressed twice, it is published once */
    GCancellable *cancellable; /* (owned) */
    gboolean busy;
    gboolean published;
};

G_DEFINE_FINAL_TYPE(KabNewsDialog, kab_news_dialog, ADW_TYPE_WINDOW)

enum {
    PUBLISHED,
    LEFT,
    N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
set_busy(KabNewsDialog *self, gboolean busy)
{
    self->busy = busy;
    kab_spinner_set(self->spinner, busy);
    /* A text that turns insensitive under the cursor does not notice that the focus went. */
    if (busy)
        gtk_root_set_focus(GTK_ROOT(self), NULL);
    gtk_widget_set_sensitive(self->form, !busy);
    gtk_widget_action_set_enabled(GTK_WIDGET(self), "news.publish", !busy);
}

KabNews *
kab_news_dialog_dup_news(KabNewsDialog *self)
{
    KabNews *news = g_new0(KabNews, 1);
    GtkTextBuffer *buffer = gtk_text_view_get_buffer(self->text_view);
    GtkTextIter start, end;

    gtk_text_buffer_get_bounds(buffer, &start, &end);
    g_strlcpy(news->id, self->id, sizeof news->id);
    news->author = g_strdup("");
    news->title = g_strstrip(g_strdup(gtk_editable_get_text(self->title_row)));
    news->text = g_strstrip(gtk_text_buffer_get_text(buffer, &start, &end, FALSE));
    return news;
}

static void
on_answered(GObject *source, GAsyncResult *result, gpointer data)
{
    KabNewsDialog *self = data;
    g_autoptr(GError) error = NULL;

    kab_client_news_finish(KAB_CLIENT(source), result, &error);
    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    set_busy(self, FALSE);
    if (error != NULL) {
        gtk_label_set_text(self->message_label, error->message);
        gtk_widget_grab_focus(GTK_WIDGET(self->title_row));
        return;
    }
    self->published = TRUE;
    g_signal_emit(self, signals[PUBLISHED], 0);
    gtk_window_destroy(GTK_WINDOW(self));
}

static void
on_publish(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    KabNewsDialog *self = KAB_NEWS_DIALOG(widget);
    g_autoptr(KabNews) news = kab_news_dialog_dup_news(self);
    g_autoptr(GError) error = NULL;

    if (self->busy)
        return;
    if (!kab_news_check(news, &error)) {
        gtk_label_set_text(self->message_label, error->message);
        gtk_widget_grab_focus(GTK_WIDGET(self->title_row));
        return;
    }
    gtk_label_set_text(self->message_label, "");
    set_busy(self, TRUE);
    kab_client_publish_news_async(self->client, news, self->cancellable, on_answered, self);
}

static gboolean
on_close_request(KabNewsDialog *self)
{
    if (!self->published)
        g_signal_emit(self, signals[LEFT], 0);
    return FALSE;
}

static void
kab_news_dialog_dispose(GObject *object)
{
    KabNewsDialog *self = KAB_NEWS_DIALOG(object);

    g_cancellable_cancel(self->cancellable);
    gtk_widget_dispose_template(GTK_WIDGET(self), KAB_TYPE_NEWS_DIALOG);
    G_OBJECT_CLASS(kab_news_dialog_parent_class)->dispose(object);
}

static void
kab_news_dialog_finalize(GObject *object)
{
    KabNewsDialog *self = KAB_NEWS_DIALOG(object);

    g_clear_object(&self->cancellable);
    g_clear_object(&self->client);
    G_OBJECT_CLASS(kab_news_dialog_parent_class)->finalize(object);
}

static void
kab_news_dialog_class_init(KabNewsDialogClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);
    GType type = KAB_TYPE_NEWS_DIALOG;

    G_OBJECT_CLASS(klass)->dispose = kab_news_dialog_dispose;
    G_OBJECT_CLASS(klass)->finalize = kab_news_dialog_finalize;
    signals[PUBLISHED] =
        g_signal_new("published", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
    signals[LEFT] =
        g_signal_new("left", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/admin/kab-news-dialog.ui");
    gtk_widget_class_bind_template_child(widget_class, KabNewsDialog, form);
    gtk_widget_class_bind_template_child(widget_class, KabNewsDialog, title_row);
    gtk_widget_class_bind_template_child(widget_class, KabNewsDialog, text_view);
    gtk_widget_class_bind_template_child(widget_class, KabNewsDialog, spinner);
    gtk_widget_class_bind_template_child(widget_class, KabNewsDialog, message_label);
    gtk_widget_class_bind_template_callback(widget_class, on_close_request);
    gtk_widget_class_install_action(widget_class, "news.publish", NULL, on_publish);
    gtk_widget_class_add_binding_action(widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
    gtk_widget_class_add_binding_action(widget_class, GDK_KEY_Return, GDK_CONTROL_MASK,
                                        "news.publish", NULL);
}

static void
kab_news_dialog_init(KabNewsDialog *self)
{
    self->cancellable = g_cancellable_new();
    gtk_widget_init_template(GTK_WIDGET(self));
    kab_spinner_set(self->spinner, FALSE);
}

KabNewsDialog *
kab_news_dialog_new(GtkWindow *parent, KabClient *client, const KabNews *draft)
{
    KabNewsDialog *self = g_object_new(KAB_TYPE_NEWS_DIALOG, "transient-for", parent, NULL);

    kab_dialog_fit(GTK_WINDOW(self));
    self->client = g_object_ref(client);
    if (draft != NULL) {
        gtk_editable_set_text(self->title_row, draft->title);
        gtk_text_buffer_set_text(gtk_text_view_get_buffer(self->text_view), draft->text, -1);
    }
    /* Of another text, it would be a conflict if the one before has come through after all. */
    kab_id_fill_random(self->id);
    gtk_widget_grab_focus(GTK_WIDGET(self->title_row));
    return self;
}
