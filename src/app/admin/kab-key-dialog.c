/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-dialog-fit.h"
#include "kab-key-dialog.h"
#include "kab-save-file.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _KabKeyDialog {
    AdwWindow parent_instance;

    GtkLabel *id_label;
    GtkLabel *secret_label;
    GtkLabel *message_label;

    KabNewKey *key;                /* (owned) */
    GtkFileChooserNative *chooser; /* (owned) (nullable) */
    GCancellable *cancellable;     /* (owned) */
    gboolean taken;                /* the secret was copied or saved */
    gboolean warned;               /* that it was not */
};

G_DEFINE_FINAL_TYPE(KabKeyDialog, kab_key_dialog, ADW_TYPE_WINDOW)

static void
wipe_and_free(gpointer text)
{
    explicit_bzero(text, strlen(text));
    g_free(text);
}

static void
say(KabKeyDialog *self, const char *css, const char *text)
{
    const char *classes[] = {css, NULL};

    gtk_label_set_text(self->message_label, text);
    gtk_widget_set_css_classes(GTK_WIDGET(self->message_label), classes);
}

/* What nobody can see once more does not go by one press of Escape. */
static gboolean
on_close_request(KabKeyDialog *self)
{
    if (self->taken || self->warned)
        return FALSE;
    self->warned = TRUE;
    say(self, "error",
        _("The secret is shown only now: copy or save it first. Who closes once more, closes."));
    return TRUE;
}

static void
on_copy_id(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    KabKeyDialog *self = KAB_KEY_DIALOG(widget);

    gdk_clipboard_set_text(gtk_widget_get_clipboard(widget), self->key->client_id);
    say(self, "dim-label", _("The Client ID is copied"));
}

static void
on_copy_secret(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    KabKeyDialog *self = KAB_KEY_DIALOG(widget);

    gdk_clipboard_set_text(gtk_widget_get_clipboard(widget), self->key->client_secret);
    self->taken = TRUE;
    say(self, "dim-label", _("The Client Secret is copied"));
}

static void
on_saved(GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
    KabKeyDialog *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(GFile) file = kab_save_file_finish(result, &error);
    g_autofree char *name = NULL;
    g_autofree char *text = NULL;

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (file == NULL) {
        say(self, "error", error->message);
        return;
    }
    name = g_file_get_parse_name(file);
    text = g_strdup_printf(_("Saved to %s, which only you can read"), name);
    self->taken = TRUE;
    say(self, "success", text);
}

/* As the portal's command writes it. Both are made by the portal, of letters and digits. */
static GBytes *
describe(const KabNewKey *key)
{
    char *text = g_strdup_printf("{\n  \"client_id\" : \"%s\",\n  \"client_secret\" : \"%s\"\n}\n",
                                 key->client_id, key->client_secret);

    return g_bytes_new_with_free_func(text, strlen(text), wipe_and_free, text);
}

void
kab_key_dialog_save(KabKeyDialog *self, const char *path)
{
    g_autoptr(GBytes) bytes = describe(self->key);

    kab_save_file_private_async(path, bytes, self->cancellable, on_saved, self);
}

static void
on_chosen(KabKeyDialog *self, int response)
{
    g_autoptr(GFile) file = NULL;

    if (response == GTK_RESPONSE_ACCEPT)
        file = gtk_file_chooser_get_file(GTK_FILE_CHOOSER(self->chooser));
    g_clear_object(&self->chooser);
    if (file != NULL)
        kab_key_dialog_save(self, g_file_peek_path(file));
}

static void
on_save(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    KabKeyDialog *self = KAB_KEY_DIALOG(widget);

    if (self->chooser != NULL)
        return;
    self->chooser = gtk_file_chooser_native_new(_("Save the key"), GTK_WINDOW(self),
                                                GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
    gtk_native_dialog_set_modal(GTK_NATIVE_DIALOG(self->chooser), TRUE);
    gtk_file_chooser_set_current_name(GTK_FILE_CHOOSER(self->chooser), "kabinet-key.json");
    g_signal_connect_object(self->chooser, "response", G_CALLBACK(on_chosen), self,
                            G_CONNECT_SWAPPED);
    gtk_native_dialog_show(GTK_NATIVE_DIALOG(self->chooser));
}

static void
kab_key_dialog_dispose(GObject *object)
{
    KabKeyDialog *self = KAB_KEY_DIALOG(object);

    g_cancellable_cancel(self->cancellable);
    g_clear_object(&self->chooser);
    if (self->secret_label != NULL)
        gtk_label_set_text(self->secret_label, "");
    gtk_widget_dispose_template(GTK_WIDGET(self), KAB_TYPE_KEY_DIALOG);
    G_OBJECT_CLASS(kab_key_dialog_parent_class)->dispose(object);
}

static void
kab_key_dialog_finalize(GObject *object)
{
    KabKeyDialog *self = KAB_KEY_DIALOG(object);

    g_clear_object(&self->cancellable);
    g_clear_pointer(&self->key, kab_new_key_free);
    G_OBJECT_CLASS(kab_key_dialog_parent_class)->finalize(object);
}

static void
kab_key_dialog_class_init(KabKeyDialogClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_key_dialog_dispose;
    G_OBJECT_CLASS(klass)->finalize = kab_key_dialog_finalize;
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/admin/kab-key-dialog.ui");
    gtk_widget_class_bind_template_child(widget_class, KabKeyDialog, id_label);
    gtk_widget_class_bind_template_child(widget_class, KabKeyDialog, secret_label);
    gtk_widget_class_bind_template_child(widget_class, KabKeyDialog, message_label);
    gtk_widget_class_bind_template_callback(widget_class, on_close_request);
    gtk_widget_class_install_action(widget_class, "key.copy-id", NULL, on_copy_id);
    gtk_widget_class_install_action(widget_class, "key.copy-secret", NULL, on_copy_secret);
    gtk_widget_class_install_action(widget_class, "key.save", NULL, on_save);
    gtk_widget_class_add_binding_action(widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
kab_key_dialog_init(KabKeyDialog *self)
{
    self->cancellable = g_cancellable_new();
    gtk_widget_init_template(GTK_WIDGET(self));
}

GtkWindow *
kab_key_dialog_new(GtkWindow *parent, KabNewKey *key)
{
    KabKeyDialog *self = g_object_new(KAB_TYPE_KEY_DIALOG, "transient-for", parent, NULL);

    kab_dialog_fit(GTK_WINDOW(self));
    self->key = key;
    gtk_label_set_text(self->id_label, key->client_id);
    gtk_label_set_text(self->secret_label, key->client_secret);
    return GTK_WINDOW(self);
}
