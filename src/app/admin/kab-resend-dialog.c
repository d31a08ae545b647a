/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-journal.h"
#include "kab-dialog-fit.h"
#include "kab-format.h"
#include "kab-json-value.h"
#include "kab-keys.h"
#include "kab-resend-dialog.h"
#include "kab-shrink.h"
#include "kab-spinner.h"

#include <glib/gi18n-lib.h>

#define WIDTH 720
#define HEIGHT 640
#define MAX_REASON 400

struct _KabResendDialog {
    AdwWindow parent_instance;

    GtkWidget *button;
    GtkWidget *form;
    GtkTextView *text_view;
    GtkLabel *error_label;
    AdwEntryRow *reason_row;
    GtkSpinner *spinner;

    KabClient *client;         /* (owned) */
    GCancellable *cancellable; /* (owned) */
    gint64 id;
    gboolean sending;
};

G_DEFINE_FINAL_TYPE(KabResendDialog, kab_resend_dialog, ADW_TYPE_WINDOW)

enum {
    SENT,
    N_SIGNALS,
};

static guint signals[N_SIGNALS];

static char *
dup_text(KabResendDialog *self)
{
    GtkTextBuffer *buffer = gtk_text_view_get_buffer(self->text_view);
    GtkTextIter start, end;

    gtk_text_buffer_get_bounds(buffer, &start, &end);
    return gtk_text_buffer_get_text(buffer, &start, &end, FALSE);
}

static char *
dup_reason(KabResendDialog *self)
{
    return g_strstrip(g_strdup(gtk_editable_get_text(GTK_EDITABLE(self->reason_row))));
}

/* @text: (nullable): what is wrong */
static void
tell(KabResendDialog *self, const char *text)
{
    gtk_label_set_text(self->error_label, text != NULL ? text : "");
    gtk_widget_set_visible(GTK_WIDGET(self->error_label), text != NULL);
}

/* Returns: (nullable): what is wrong with the text; %NULL: it is an object */
static char *
find_fault(const char *text)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(KabJsonValue) value = kab_json_value_parse(text, &error);

    if (value == NULL)
        return g_strdup(error->message);
    return value->type == KAB_JSON_OBJECT ? NULL : g_strdup(_("A message is a JSON object"));
}

static void
update(KabResendDialog *self)
{
    g_autofree char *text = dup_text(self);
    g_autofree char *reason = dup_reason(self);
    g_autofree char *fault = find_fault(text);
    gboolean too_long = g_utf8_strlen(reason, -1) > MAX_REASON;

    if (fault == NULL && too_long)
        fault = g_strdup_printf(_("The reason is longer than %d characters"), MAX_REASON);
    if (!self->sending)
        tell(self, fault);
    gtk_widget_action_set_enabled(GTK_WIDGET(self), "resend.send",
                                  !self->sending && fault == NULL && *reason != '\0');
    /* A text that turns insensitive under the cursor does not notice that the focus went. */
    if (self->sending)
        gtk_window_set_focus(GTK_WINDOW(self), NULL);
    gtk_widget_set_sensitive(self->form, !self->sending);
    kab_spinner_set(self->spinner, self->sending);
}

static void
on_changed(KabResendDialog *self)
{
    if (self->cancellable != NULL && self->text_view != NULL)
        update(self);
}

static void
on_reason_activated(KabResendDialog *self)
{
    gtk_widget_activate_action(GTK_WIDGET(self), "resend.send", NULL);
}

/* What came of it, if the copy was taken. */
static const char *
get_success(const char *outcome)
{
    if (g_str_equal(outcome, "applied"))
        return _("The copy was taken");
    if (g_str_equal(outcome, "duplicate"))
        return _("This version is there already: nothing has changed");
    if (g_str_equal(outcome, "stale"))
        return _("A newer version is there already: nothing has changed");
    return NULL;
}

static void
on_resent(GObject *source, GAsyncResult *result, gpointer data)
{
    KabResendDialog *self = data;
    g_autoptr(GError) error = NULL;
    g_autofree char *detail = NULL;
    g_autofree char *outcome =
        kab_client_resend_finish(KAB_CLIENT(source), result, &detail, &error);
    const char *success = outcome != NULL ? get_success(outcome) : NULL;
    g_autofree char *told = NULL;

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    self->sending = FALSE;
    update(self);
    if (success != NULL) {
        g_signal_emit(self, signals[SENT], 0, success);
        gtk_window_destroy(GTK_WINDOW(self));
        return;
    }
    told = outcome != NULL ? g_strdup_printf(_("The copy was not taken: %s"),
                                             detail != NULL ? detail : kab_format_outcome(outcome))
                           : g_strdup(error->message);
    tell(self, told);
    gtk_widget_grab_focus(GTK_WIDGET(self->text_view));
}

static void
on_send(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    KabResendDialog *self = KAB_RESEND_DIALOG(widget);
    g_autofree char *text = dup_text(self);
    g_autofree char *reason = dup_reason(self);

    self->sending = TRUE;
    tell(self, NULL);
    update(self);
    kab_client_resend_async(self->client, self->id, text, reason, self->cancellable, on_resent,
                            self);
}

static void
kab_resend_dialog_dispose(GObject *object)
{
    KabResendDialog *self = KAB_RESEND_DIALOG(object);

    if (self->cancellable != NULL)
        g_cancellable_cancel(self->cancellable);
    g_clear_object(&self->cancellable);
    g_clear_object(&self->client);
    gtk_widget_dispose_template(GTK_WIDGET(self), KAB_TYPE_RESEND_DIALOG);
    G_OBJECT_CLASS(kab_resend_dialog_parent_class)->dispose(object);
}

static void
kab_resend_dialog_class_init(KabResendDialogClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_resend_dialog_dispose;

    /** KabResendDialog::sent: the copy was taken; in words. */
    signals[SENT] = g_signal_new("sent", KAB_TYPE_RESEND_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/admin/kab-resend-dialog.ui");
    gtk_widget_class_bind_template_child(widget_class, KabResendDialog, button);
    gtk_widget_class_bind_template_child(widget_class, KabResendDialog, form);
    gtk_widget_class_bind_template_child(widget_class, KabResendDialog, text_view);
    gtk_widget_class_bind_template_child(widget_class, KabResendDialog, error_label);
    gtk_widget_class_bind_template_child(widget_class, KabResendDialog, reason_row);
    gtk_widget_class_bind_template_child(widget_class, KabResendDialog, spinner);
    gtk_widget_class_bind_template_callback(widget_class, on_changed);
    gtk_widget_class_bind_template_callback(widget_class, on_reason_activated);

    gtk_widget_class_install_action(widget_class, "resend.send", NULL, on_send);
    gtk_widget_class_add_binding_action(widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
kab_resend_dialog_init(KabResendDialog *self)
{
    static const KabKey keys[] = {
        {"<Control>Return", "resend.send", NULL},
        {NULL, NULL, NULL},
    };

    gtk_widget_init_template(GTK_WIDGET(self));
    kab_shrink_buttons(self->button);
    self->cancellable = g_cancellable_new();
    kab_keys_add(GTK_WIDGET(self), keys);
    g_signal_connect_object(gtk_text_view_get_buffer(self->text_view), "changed",
                            G_CALLBACK(on_changed), self, G_CONNECT_SWAPPED);
}

GtkWindow *
kab_resend_dialog_new(GtkWidget *over, KabClient *client, gint64 id, const char *message)
{
    GtkRoot *root = gtk_widget_get_root(over);
    KabResendDialog *self =
        g_object_new(KAB_TYPE_RESEND_DIALOG, "transient-for", GTK_IS_WINDOW(root) ? root : NULL,
                     "default-width", WIDTH, "default-height", HEIGHT, NULL);

    kab_dialog_fit(GTK_WINDOW(self));
    self->client = g_object_ref(client);
    self->id = id;
    gtk_text_buffer_set_text(gtk_text_view_get_buffer(self->text_view), message, -1);
    update(self);
    gtk_widget_grab_focus(GTK_WIDGET(self->text_view));
    return GTK_WINDOW(self);
}
