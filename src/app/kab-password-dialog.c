/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-password-dialog.h"
#include "kab-spinner.h"

#include <glib/gi18n-lib.h>

struct _KabPasswordDialog {
    AdwWindow parent_instance;

    GtkLabel *text_label;
    AdwPasswordEntryRow *password_row;
    GtkSpinner *spinner;
    GtkLabel *message_label;

    KabSession *session;       /* (owned) */
    GCancellable *cancellable; /* (owned) */
};

G_DEFINE_FINAL_TYPE(KabPasswordDialog, kab_password_dialog, ADW_TYPE_WINDOW)

enum {
    RENEWED,
    LEFT,
    N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
set_busy(KabPasswordDialog *self, gboolean busy)
{
    gtk_widget_action_set_enabled(GTK_WIDGET(self), "renew.sign-in", !busy);
    kab_spinner_set(self->spinner, busy);
}

static void
on_renewed(GObject *source, GAsyncResult *result, gpointer data)
{
    KabPasswordDialog *self = data;
    g_autoptr(GError) error = NULL;
    gboolean done = kab_session_sign_in_finish(KAB_SESSION(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    set_busy(self, FALSE);
    if (done) {
        g_signal_emit(self, signals[RENEWED], 0);
        gtk_window_destroy(GTK_WINDOW(self));
        return;
    }
    gtk_label_set_text(self->message_label,
                       g_error_matches(error, KAB_ERROR, KAB_ERROR_UNAUTHORIZED)
                           ? _("The password is wrong.")
                           : error->message);
    gtk_widget_grab_focus(GTK_WIDGET(self->password_row));
}

static void
on_sign_in(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    KabPasswordDialog *self = KAB_PASSWORD_DIALOG(widget);
    const char *password = gtk_editable_get_text(GTK_EDITABLE(self->password_row));

    if (*password == '\0') {
        gtk_label_set_text(self->message_label, _("Enter your password."));
        return;
    }
    gtk_label_set_text(self->message_label, "");
    set_busy(self, TRUE);
    kab_session_renew_async(self->session, password, self->cancellable, on_renewed, self);
}

static void
on_entered(KabPasswordDialog *self)
{
    gtk_widget_activate_action(GTK_WIDGET(self), "renew.sign-in", NULL);
}

static void
on_leave(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    g_signal_emit(widget, signals[LEFT], 0); /* the window takes its dialog away with its pages */
}

/* Without a session there is nothing behind it to go on with. */
static gboolean
on_close_request(KabPasswordDialog *self)
{
    gtk_widget_grab_focus(GTK_WIDGET(self->password_row));
    return TRUE;
}

static void
kab_password_dialog_dispose(GObject *object)
{
    KabPasswordDialog *self = KAB_PASSWORD_DIALOG(object);

    g_cancellable_cancel(self->cancellable);
    g_clear_object(&self->cancellable);
    g_clear_object(&self->session);
    gtk_widget_dispose_template(GTK_WIDGET(self), KAB_TYPE_PASSWORD_DIALOG);
    G_OBJECT_CLASS(kab_password_dialog_parent_class)->dispose(object);
}

static void
kab_password_dialog_class_init(KabPasswordDialogClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_password_dialog_dispose;

    /** KabPasswordDialog::renewed: the session goes on. */
    signals[RENEWED] = g_signal_new("renewed", KAB_TYPE_PASSWORD_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 0);
    /** KabPasswordDialog::left: the person wants to sign out instead. */
    signals[LEFT] = g_signal_new("left", KAB_TYPE_PASSWORD_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);

    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/kab-password-dialog.ui");
    gtk_widget_class_bind_template_child(widget_class, KabPasswordDialog, text_label);
    gtk_widget_class_bind_template_child(widget_class, KabPasswordDialog, password_row);
    gtk_widget_class_bind_template_child(widget_class, KabPasswordDialog, spinner);
    gtk_widget_class_bind_template_child(widget_class, KabPasswordDialog, message_label);
    gtk_widget_class_bind_template_callback(widget_class, on_entered);
    gtk_widget_class_bind_template_callback(widget_class, on_close_request);
    gtk_widget_class_install_action(widget_class, "renew.sign-in", NULL, on_sign_in);
    gtk_widget_class_install_action(widget_class, "renew.leave", NULL, on_leave);
}

static void
kab_password_dialog_init(KabPasswordDialog *self)
{
    self->cancellable = g_cancellable_new();
    gtk_widget_init_template(GTK_WIDGET(self));
    gtk_widget_grab_focus(GTK_WIDGET(self->password_row));
}

KabPasswordDialog *
kab_password_dialog_new(GtkWindow *parent, KabSession *session)
{
    KabPasswordDialog *self = g_object_new(KAB_TYPE_PASSWORD_DIALOG, "transient-for", parent, NULL);
    g_autofree char *text = g_strdup_printf(
        _("Enter the password of %s to go on. Nothing that you have entered is lost."),
        kab_session_get_login(session));

    self->session = g_object_ref(session);
    gtk_label_set_text(self->text_label, text);
    return self;
}
