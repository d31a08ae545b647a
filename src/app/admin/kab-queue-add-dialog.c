/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-queue.h"
#include "kab-dialog-fit.h"
#include "kab-kind-title.h"
#include "kab-queue-add-dialog.h"
#include "kab-shrink.h"
#include "kab-spinner.h"
#include "kab-story.h"

#include <glib/gi18n-lib.h>

#define WIDTH 480
#define HEIGHT 340

struct _KabQueueAddDialog {
    AdwWindow parent_instance;

    GtkWidget *button;
    GtkWidget *form;
    GtkDropDown *kind_dropdown;
    AdwEntryRow *object_row;
    GtkLabel *error_label;
    GtkSpinner *spinner;

    KabClient *client;         /* (owned) */
    GCancellable *cancellable; /* (owned) */
    GPtrArray *kinds;          /* (owned) (element-type utf8): what the end sends */
    gboolean adding;
};

G_DEFINE_FINAL_TYPE(KabQueueAddDialog, kab_queue_add_dialog, ADW_TYPE_WINDOW)

enum {
    QUEUED,
    N_SIGNALS,
};

static guint signals[N_SIGNALS];

static char *
dup_text(KabQueueAddDialog *self)
{
    return g_strstrip(g_strdup(gtk_editable_get_text(GTK_EDITABLE(self->object_row))));
}

static void
update(KabQueueAddDialog *self)
{
    g_autofree char *text = dup_text(self);

    gtk_widget_action_set_enabled(GTK_WIDGET(self), "queue-add.add",
                                  !self->adding && *text != '\0');
    /* A text that turns insensitive under the cursor does not notice that the focus went. */
    if (self->adding)
        gtk_window_set_focus(GTK_WINDOW(self), NULL);
    gtk_widget_set_sensitive(self->form, !self->adding);
    kab_spinner_set(self->spinner, self->adding);
}

/* @error: (nullable) */
static void
tell(KabQueueAddDialog *self, const GError *error)
{
    self->adding = FALSE;
    gtk_label_set_text(self->error_label, error != NULL ? error->message : "");
    gtk_widget_set_visible(GTK_WIDGET(self->error_label), error != NULL);
    update(self);
    if (error != NULL)
        gtk_widget_grab_focus(GTK_WIDGET(self->object_row));
}

static void
on_changed(KabQueueAddDialog *self)
{
    if (self->client != NULL)
        tell(self, NULL);
}

static void
on_object_activated(KabQueueAddDialog *self)
{
    gtk_widget_activate_action(GTK_WIDGET(self), "queue-add.add", NULL);
}

static void
on_put(GObject *source, GAsyncResult *result, gpointer data)
{
    KabQueueAddDialog *self = data;
    g_autoptr(GError) error = NULL;

    kab_client_put_queue_finish(KAB_CLIENT(source), result, &error);
    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    tell(self, error);
    if (error != NULL)
        return;
    g_signal_emit(self, signals[QUEUED], 0);
    gtk_window_destroy(GTK_WINDOW(self));
}

static const char *
get_kind(KabQueueAddDialog *self)
{
    return g_ptr_array_index(self->kinds, gtk_drop_down_get_selected(self->kind_dropdown));
}

static void
on_found(GObject *source, GAsyncResult *result, gpointer data)
{
    KabQueueAddDialog *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(KabFoundObject) found =
        kab_client_find_object_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (found == NULL)
        tell(self, error);
    else
        kab_client_put_queue_async(self->client, get_kind(self), found->id, self->cancellable,
                                   on_put, self);
}

static void
on_add(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    KabQueueAddDialog *self = KAB_QUEUE_ADD_DIALOG(widget);
    g_autofree char *text = dup_text(self);

    tell(self, NULL);
    self->adding = TRUE;
    update(self);
    kab_client_find_object_async(self->client, get_kind(self), text, self->cancellable, on_found,
                                 self);
}

static void
kab_queue_add_dialog_dispose(GObject *object)
{
    KabQueueAddDialog *self = KAB_QUEUE_ADD_DIALOG(object);

    if (self->cancellable != NULL)
        g_cancellable_cancel(self->cancellable);
    g_clear_object(&self->cancellable);
    g_clear_object(&self->client);
    g_clear_pointer(&self->kinds, g_ptr_array_unref);
    gtk_widget_dispose_template(GTK_WIDGET(self), KAB_TYPE_QUEUE_ADD_DIALOG);
    G_OBJECT_CLASS(kab_queue_add_dialog_parent_class)->dispose(object);
}

static void
kab_queue_add_dialog_class_init(KabQueueAddDialogClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_queue_add_dialog_dispose;

    /** KabQueueAddDialog::queued: the object is in the queue. */
    signals[QUEUED] = g_signal_new("queued", KAB_TYPE_QUEUE_ADD_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

    gtk_widget_class_set_template_from_resource(
        widget_class, "/org/kabinet/Kabinet/admin/kab-queue-add-dialog.ui");
    gtk_widget_class_bind_template_child(widget_class, KabQueueAddDialog, button);
    gtk_widget_class_bind_template_child(widget_class, KabQueueAddDialog, form);
    gtk_widget_class_bind_template_child(widget_class, KabQueueAddDialog, kind_dropdown);
    gtk_widget_class_bind_template_child(widget_class, KabQueueAddDialog, object_row);
    gtk_widget_class_bind_template_child(widget_class, KabQueueAddDialog, error_label);
    gtk_widget_class_bind_template_child(widget_class, KabQueueAddDialog, spinner);
    gtk_widget_class_bind_template_callback(widget_class, on_changed);
    gtk_widget_class_bind_template_callback(widget_class, on_object_activated);

    gtk_widget_class_install_action(widget_class, "queue-add.add", NULL, on_add);
    gtk_widget_class_add_binding_action(widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
kab_queue_add_dialog_init(KabQueueAddDialog *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
    kab_shrink_buttons(self->button);
    self->cancellable = g_cancellable_new();
    self->kinds = g_ptr_array_new();
    kab_shrink_drop_down(self->kind_dropdown);
}

/* Orders first: they are what people ask for. */
static void
fill_kinds(KabQueueAddDialog *self, gboolean base)
{
    const char *first = base ? "client-order" : "order";
    g_autoptr(GtkStringList) titles = gtk_string_list_new(NULL);
    const char *kind;

    g_ptr_array_add(self->kinds, (gpointer)first);
    for (guint i = 0; (kind = kab_kind_title_nth(i)) != NULL; i++)
        if (kab_story_sends(base, kind) && !g_str_equal(kind, first))
            g_ptr_array_add(self->kinds, (gpointer)kind);
    for (guint i = 0; i < self->kinds->len; i++)
        gtk_string_list_append(titles, kab_kind_title_of(g_ptr_array_index(self->kinds, i)));
    gtk_drop_down_set_model(self->kind_dropdown, G_LIST_MODEL(titles));
}

GtkWindow *
kab_queue_add_dialog_new(GtkWidget *over, KabClient *client, gboolean base)
{
    GtkRoot *root = gtk_widget_get_root(over);
    KabQueueAddDialog *self =
        g_object_new(KAB_TYPE_QUEUE_ADD_DIALOG, "transient-for", GTK_IS_WINDOW(root) ? root : NULL,
                     "default-width", WIDTH, "default-height", HEIGHT, NULL);

    kab_dialog_fit(GTK_WINDOW(self));
    fill_kinds(self, base);
    self->client = g_object_ref(client);
    update(self);
    gtk_widget_grab_focus(GTK_WIDGET(self->object_row));
    return GTK_WINDOW(self);
}
