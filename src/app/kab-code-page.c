/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-people.h"
#include "kab-code-page.h"
#include "kab-error.h"
#include "kab-invitation.h"
#include "kab-shrink.h"
#include "kab-spinner.h"
#include "kab-wrap.h"

#include <glib/gi18n-lib.h>

struct _KabCodePage {
    AdwBin parent_instance;

    GtkLabel *portal_label;
    GtkLabel *message_label;
    AdwEntryRow *code_row;
    AdwPasswordEntryRow *password_row;
    GtkButton *renew_button;
    GtkSpinner *spinner;

    KabSession *session;       /* (owned) */
    GCancellable *cancellable; /* (owned) */
};

G_DEFINE_FINAL_TYPE(KabCodePage, kab_code_page, ADW_TYPE_BIN)

enum {
    SIGNED_IN,
    BACK,
    N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
set_busy(KabCodePage *self, gboolean busy)
{
    gtk_widget_action_set_enabled(GTK_WIDGET(self), "code.submit", !busy);
    gtk_widget_action_set_enabled(GTK_WIDGET(self), "code.renew", !busy);
    gtk_widget_action_set_enabled(GTK_WIDGET(self), "code.back", !busy);
    kab_spinner_set(self->spinner, busy);
}

/* Says what is wrong with a row, and goes there. */
static void
blame(KabCodePage *self, gpointer row, const char *text)
{
    gtk_widget_add_css_class(row, "error");
    kab_code_page_show_message(self, text);
    gtk_widget_grab_focus(row);
}

static void
on_used(GObject *source, GAsyncResult *result, gpointer data)
{
    KabCodePage *self = data;
    g_autoptr(GError) error = NULL;
    gboolean done = kab_session_sign_in_finish(KAB_SESSION(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    set_busy(self, FALSE);
    if (done) {
        g_signal_emit(self, signals[SIGNED_IN], 0);
        return;
    }
    gtk_widget_set_visible(GTK_WIDGET(self->renew_button),
                           g_error_matches(error, KAB_ERROR, KAB_ERROR_STATE));
    if (g_error_matches(error, KAB_ERROR, KAB_ERROR_INVALID))
        blame(self, self->password_row, error->message);
    else if (g_error_matches(error, KAB_ERROR, KAB_ERROR_NOT_FOUND) ||
             g_error_matches(error, KAB_ERROR, KAB_ERROR_STATE))
        blame(self, self->code_row, error->message);
    else
        kab_code_page_show_message(self, error->message);
}

static void
on_submit(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    KabCodePage *self = KAB_CODE_PAGE(widget);
    const char *password = gtk_editable_get_text(GTK_EDITABLE(self->password_row));
    g_autofree char *code =
        kab_invitation_normalise(gtk_editable_get_text(GTK_EDITABLE(self->code_row)));

    if (code == NULL) {
        blame(self, self->code_row,
              _("The code has 26 letters and digits; hyphens and spaces do not matter."));
        return;
    }
    if (*password == '\0') {
        blame(self, self->password_row, _("Choose a password of at least 8 characters."));
        return;
    }
    kab_code_page_show_message(self, NULL);
    set_busy(self, TRUE);
    kab_session_use_code_async(self->session, code, password, self->cancellable, on_used, self);
}

static void
on_renewed(GObject *source, GAsyncResult *result, gpointer data)
{
    KabCodePage *self = data;
    g_autoptr(GError) error = NULL;

    kab_client_letter_finish(KAB_CLIENT(source), result, &error);
    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    set_busy(self, FALSE);
    if (error != NULL) {
        kab_code_page_show_message(self, error->message);
        return;
    }
    gtk_widget_set_visible(GTK_WIDGET(self->renew_button), FALSE);
    gtk_editable_set_text(GTK_EDITABLE(self->code_row), "");
    kab_code_page_show_message(self, _("A letter with another code is on its way."));
    gtk_widget_grab_focus(GTK_WIDGET(self->code_row));
}

static void
on_renew(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    KabCodePage *self = KAB_CODE_PAGE(widget);

    kab_code_page_show_message(self, NULL);
    set_busy(self, TRUE);
    kab_client_renew_code_async(kab_session_get_portal(self->session),
                                gtk_editable_get_text(GTK_EDITABLE(self->code_row)),
                                self->cancellable, on_renewed, self);
}

static void
on_back(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    g_signal_emit(widget, signals[BACK], 0);
}

static void
on_entered(KabCodePage *self)
{
    gtk_widget_activate_action(GTK_WIDGET(self), "code.submit", NULL);
}

static void
on_code_entered(KabCodePage *self)
{
    gtk_widget_grab_focus(GTK_WIDGET(self->password_row));
}

static void
on_text_changed(GtkWidget *row)
{
    gtk_widget_remove_css_class(row, "error");
}

static void
on_map(KabCodePage *self)
{
    gboolean known = *gtk_editable_get_text(GTK_EDITABLE(self->code_row)) != '\0';

    gtk_widget_grab_focus(known ? GTK_WIDGET(self->password_row) : GTK_WIDGET(self->code_row));
}

static void
kab_code_page_dispose(GObject *object)
{
    KabCodePage *self = KAB_CODE_PAGE(object);

    g_cancellable_cancel(self->cancellable);
    g_clear_object(&self->cancellable);
    g_clear_object(&self->session);
    gtk_widget_dispose_template(GTK_WIDGET(self), KAB_TYPE_CODE_PAGE);
    G_OBJECT_CLASS(kab_code_page_parent_class)->dispose(object);
}

static void
kab_code_page_class_init(KabCodePageClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_code_page_dispose;

    /** KabCodePage::signed-in: the password is set, and its owner is signed in now. */
    signals[SIGNED_IN] = g_signal_new("signed-in", KAB_TYPE_CODE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                      NULL, NULL, G_TYPE_NONE, 0);
    /** KabCodePage::back: there is a password after all. */
    signals[BACK] = g_signal_new("back", KAB_TYPE_CODE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);

    g_type_ensure(KAB_TYPE_WRAP);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/kab-code-page.ui");
    gtk_widget_class_bind_template_child(widget_class, KabCodePage, portal_label);
    gtk_widget_class_bind_template_child(widget_class, KabCodePage, message_label);
    gtk_widget_class_bind_template_child(widget_class, KabCodePage, code_row);
    gtk_widget_class_bind_template_child(widget_class, KabCodePage, password_row);
    gtk_widget_class_bind_template_child(widget_class, KabCodePage, renew_button);
    gtk_widget_class_bind_template_child(widget_class, KabCodePage, spinner);
    gtk_widget_class_bind_template_callback(widget_class, on_entered);
    gtk_widget_class_bind_template_callback(widget_class, on_code_entered);
    gtk_widget_class_bind_template_callback(widget_class, on_text_changed);
    gtk_widget_class_bind_template_callback(widget_class, on_map);

    gtk_widget_class_install_action(widget_class, "code.submit", NULL, on_submit);
    gtk_widget_class_install_action(widget_class, "code.renew", NULL, on_renew);
    gtk_widget_class_install_action(widget_class, "code.back", NULL, on_back);
}

static void
kab_code_page_init(KabCodePage *self)
{
    self->cancellable = g_cancellable_new();
    gtk_widget_init_template(GTK_WIDGET(self));
    kab_shrink_buttons(GTK_WIDGET(self));
}

KabCodePage *
kab_code_page_new(KabSession *session, const char *code)
{
    KabCodePage *self = g_object_new(KAB_TYPE_CODE_PAGE, NULL);
    const char *address = kab_client_get_address(kab_session_get_portal(session));
    g_autofree char *text = g_strdup_printf(_("Portal: %s"), address);

    self->session = g_object_ref(session);
    /* A link comes from a letter, and a letter from anybody: whose portal it is has to be seen. */
    gtk_label_set_text(self->portal_label, text);
    gtk_widget_set_visible(GTK_WIDGET(self->portal_label), !g_str_has_prefix(address, "unix:"));
    if (code != NULL)
        gtk_editable_set_text(GTK_EDITABLE(self->code_row), code);
    return self;
}

void
kab_code_page_show_message(KabCodePage *self, const char *text)
{
    gtk_label_set_text(self->message_label, text != NULL ? text : "");
    gtk_widget_set_visible(GTK_WIDGET(self->message_label), text != NULL);
}
