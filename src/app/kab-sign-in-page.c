/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-authority-row.h"
#include "kab-client-people.h"
#include "kab-error.h"
#include "kab-service-address.h"
#include "kab-sign-in-page.h"
#include "kab-shrink.h"
#include "kab-spinner.h"
#include "kab-stack.h"
#include "kab-wrap.h"

#include <glib/gi18n-lib.h>

struct _KabSignInPage {
    AdwBin parent_instance;

    GtkStack *stack;
    AdwEntryRow *login_row;
    AdwEntryRow *address_row;
    GtkWidget *clear_label;
    GtkButton *next_button;
    GtkLabel *who_label;
    AdwPasswordEntryRow *password_row;
    AdwActionRow *keep_row;
    GtkSwitch *keep_switch;
    GtkButton *back_button;
    GtkButton *sign_in_button;
    GtkSpinner *spinner;
    GtkLabel *message_label;
    GtkWidget *trust_button;

    KabSession *session;           /* (owned) */
    GCancellable *cancellable;     /* (owned) */
    GtkFileChooserNative *chooser; /* (owned) (nullable) */
    char *address;                 /* (owned) (nullable): the one that is asked now */
    gboolean busy;
};

G_DEFINE_FINAL_TYPE(KabSignInPage, kab_sign_in_page, ADW_TYPE_BIN)

enum {
    SIGNED_IN,
    CODE_WANTED,
    ADDRESS_CHOSEN,
    AUTHORITY_CHOSEN,
    N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
set_busy(KabSignInPage *self, gboolean busy)
{
    self->busy = busy;
    gtk_widget_action_set_enabled(GTK_WIDGET(self), "sign-in.submit", !busy);
    gtk_widget_action_set_enabled(GTK_WIDGET(self), "sign-in.back", !busy);
    gtk_widget_action_set_enabled(GTK_WIDGET(self), "sign-in.forgot", !busy);
    kab_spinner_set(self->spinner, busy);
}

static void
show_step(KabSignInPage *self, const char *name)
{
    gboolean password = g_str_equal(name, "password");
    GtkWidget *row = password ? GTK_WIDGET(self->password_row) : GTK_WIDGET(self->login_row);

    kab_stack_show(self->stack, name);
    gtk_label_set_text(self->who_label, gtk_editable_get_text(GTK_EDITABLE(self->login_row)));
    if (!kab_session_has_secrets(self->session))
        adw_action_row_set_subtitle(
            self->keep_row,
            _("The keyring is locked or not running: only until the window closes"));
    gtk_widget_grab_focus(row);
}

/* Nobody has entered where the portal is. */
static gboolean
asks_here(KabSignInPage *self)
{
    return gtk_widget_get_visible(GTK_WIDGET(self->address_row)) &&
           *gtk_editable_get_text(GTK_EDITABLE(self->address_row)) == '\0';
}

static void
on_signed_in(GObject *source, GAsyncResult *result, gpointer data)
{
    KabSignInPage *self = data;
    g_autoptr(GError) error = NULL;
    gboolean done = kab_session_sign_in_finish(KAB_SESSION(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    set_busy(self, FALSE);
    if (done) {
        g_signal_emit(self, signals[SIGNED_IN], 0);
        return;
    }
    if (g_error_matches(error, KAB_ERROR, KAB_ERROR_UNAUTHORIZED)) {
        gtk_widget_add_css_class(GTK_WIDGET(self->password_row), "error");
        kab_sign_in_page_show_message(
            self, asks_here(self)
                      ? _("The login or the password is wrong at the portal of this computer. If "
                          "your company's portal is meant, enter its address.")
                      : _("The login or the password is wrong."));
    } else {
        kab_sign_in_page_show_message(self, error->message);
    }
    gtk_widget_grab_focus(GTK_WIDGET(self->password_row));
}

/* Whether the portal that is asked is the one whose address stands there now. */
static gboolean
take_address(KabSignInPage *self)
{
    g_autofree char *address =
        kab_service_address_complete(gtk_editable_get_text(GTK_EDITABLE(self->address_row)));

    if (self->address == NULL || g_str_equal(address, self->address))
        return TRUE;
    gtk_editable_set_text(GTK_EDITABLE(self->address_row), address);
    g_signal_emit(self, signals[ADDRESS_CHOSEN], 0, address);
    if (gtk_widget_get_visible(GTK_WIDGET(self->message_label))) {
        gtk_widget_add_css_class(GTK_WIDGET(self->address_row), "error");
        gtk_widget_grab_focus(GTK_WIDGET(self->address_row));
        return FALSE;
    }
    g_free(self->address);
    self->address = g_steal_pointer(&address);
    return TRUE;
}

static void
on_address_applied(KabSignInPage *self)
{
    if (take_address(self))
        gtk_widget_grab_focus(GTK_WIDGET(self->login_row));
}

static void
on_next(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    KabSignInPage *self = KAB_SIGN_IN_PAGE(widget);
    g_autofree char *login =
        g_strstrip(g_strdup(gtk_editable_get_text(GTK_EDITABLE(self->login_row))));

    if (*login == '\0') {
        gtk_widget_add_css_class(GTK_WIDGET(self->login_row), "error");
        kab_sign_in_page_show_message(self, _("Enter your login, phone or e-mail."));
        gtk_widget_grab_focus(GTK_WIDGET(self->login_row));
        return;
    }
    kab_sign_in_page_show_message(self, NULL);
    if (take_address(self))
        show_step(self, "password");
}

static void
on_back(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    KabSignInPage *self = KAB_SIGN_IN_PAGE(widget);

    gtk_editable_set_text(GTK_EDITABLE(self->password_row), "");
    kab_sign_in_page_show_message(self, NULL);
    show_step(self, "login");
}

static void
on_submit(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    KabSignInPage *self = KAB_SIGN_IN_PAGE(widget);
    const char *password = gtk_editable_get_text(GTK_EDITABLE(self->password_row));
    g_autofree char *login =
        g_strstrip(g_strdup(gtk_editable_get_text(GTK_EDITABLE(self->login_row))));

    if (*password == '\0') {
        gtk_widget_add_css_class(GTK_WIDGET(self->password_row), "error");
        kab_sign_in_page_show_message(self, _("Enter your password."));
        gtk_widget_grab_focus(GTK_WIDGET(self->password_row));
        return;
    }
    kab_sign_in_page_show_message(self, NULL);
    set_busy(self, TRUE);
    kab_session_sign_in_async(self->session, login, password,
                              gtk_switch_get_active(self->keep_switch), self->cancellable,
                              on_signed_in, self);
}

/* The company's own authority: a file that whoever looks after the portal has. */
static void
on_authority_response(KabSignInPage *self, int response, GtkFileChooser *chooser)
{
    g_autoptr(GFile) file =
        response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file(chooser) : NULL;

    if (file != NULL && g_file_peek_path(file) != NULL)
        g_signal_emit(self, signals[AUTHORITY_CHOSEN], 0, g_file_peek_path(file));
    g_clear_object(&self->chooser);
}

static void
on_trust(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    KabSignInPage *self = KAB_SIGN_IN_PAGE(widget);

    if (self->chooser != NULL || !gtk_widget_get_visible(self->trust_button))
        return;
    self->chooser = kab_authority_chooser_new(widget);
    g_signal_connect_object(self->chooser, "response", G_CALLBACK(on_authority_response), self,
                            G_CONNECT_SWAPPED);
    gtk_native_dialog_show(GTK_NATIVE_DIALOG(self->chooser));
}

static void
on_reset(GObject *source, GAsyncResult *result, gpointer data)
{
    KabSignInPage *self = data;
    g_autoptr(GError) error = NULL;

    kab_client_letter_finish(KAB_CLIENT(source), result, &error);
    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    set_busy(self, FALSE);
    if (error == NULL)
        g_signal_emit(self, signals[CODE_WANTED], 0,
                      _("If the portal knows you, a letter with a code is on its way."));
    else
        kab_sign_in_page_show_message(self, error->message);
}

static void
on_forgot(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    KabSignInPage *self = KAB_SIGN_IN_PAGE(widget);
    g_autofree char *login =
        g_strstrip(g_strdup(gtk_editable_get_text(GTK_EDITABLE(self->login_row))));

    kab_sign_in_page_show_message(self, NULL);
    set_busy(self, TRUE);
    kab_client_reset_async(kab_session_get_portal(self->session), login, self->cancellable,
                           on_reset, self);
}

static void
on_code(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    if (take_address(KAB_SIGN_IN_PAGE(widget)))
        g_signal_emit(widget, signals[CODE_WANTED], 0, NULL);
}

static void
on_login_entered(KabSignInPage *self)
{
    gtk_widget_activate_action(GTK_WIDGET(self), "sign-in.next", NULL);
}

static void
on_password_entered(KabSignInPage *self)
{
    gtk_widget_activate_action(GTK_WIDGET(self), "sign-in.submit", NULL);
}

static void
on_text_changed(GtkWidget *row)
{
    gtk_widget_remove_css_class(row, "error");
}

/* Before a password goes there. */
static void
on_address_typed(KabSignInPage *self)
{
    g_autofree char *address =
        kab_service_address_complete(gtk_editable_get_text(GTK_EDITABLE(self->address_row)));

    on_text_changed(GTK_WIDGET(self->address_row));
    gtk_widget_set_visible(self->clear_label, kab_service_address_is_clear(address));
}

static void
on_map(KabSignInPage *self)
{
    gtk_widget_grab_focus(GTK_WIDGET(self->login_row));
}

static void
kab_sign_in_page_dispose(GObject *object)
{
    KabSignInPage *self = KAB_SIGN_IN_PAGE(object);

    g_cancellable_cancel(self->cancellable);
    g_clear_object(&self->cancellable);
    g_clear_object(&self->session);
    g_clear_object(&self->chooser);
    g_clear_pointer(&self->address, g_free);
    gtk_widget_dispose_template(GTK_WIDGET(self), KAB_TYPE_SIGN_IN_PAGE);
    G_OBJECT_CLASS(kab_sign_in_page_parent_class)->dispose(object);
}

static void
bind_children(GtkWidgetClass *widget_class)
{
    gtk_widget_class_bind_template_child(widget_class, KabSignInPage, stack);
    gtk_widget_class_bind_template_child(widget_class, KabSignInPage, login_row);
    gtk_widget_class_bind_template_child(widget_class, KabSignInPage, address_row);
    gtk_widget_class_bind_template_child(widget_class, KabSignInPage, clear_label);
    gtk_widget_class_bind_template_child(widget_class, KabSignInPage, next_button);
    gtk_widget_class_bind_template_child(widget_class, KabSignInPage, who_label);
    gtk_widget_class_bind_template_child(widget_class, KabSignInPage, password_row);
    gtk_widget_class_bind_template_child(widget_class, KabSignInPage, keep_row);
    gtk_widget_class_bind_template_child(widget_class, KabSignInPage, keep_switch);
    gtk_widget_class_bind_template_child(widget_class, KabSignInPage, back_button);
    gtk_widget_class_bind_template_child(widget_class, KabSignInPage, sign_in_button);
    gtk_widget_class_bind_template_child(widget_class, KabSignInPage, spinner);
    gtk_widget_class_bind_template_child(widget_class, KabSignInPage, message_label);
    gtk_widget_class_bind_template_child(widget_class, KabSignInPage, trust_button);
}

static void
kab_sign_in_page_class_init(KabSignInPageClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_sign_in_page_dispose;

    /** KabSignInPage::signed-in: somebody is signed in now. */
    signals[SIGNED_IN] = g_signal_new("signed-in", KAB_TYPE_SIGN_IN_PAGE, G_SIGNAL_RUN_LAST, 0,
                                      NULL, NULL, NULL, G_TYPE_NONE, 0);

    /** KabSignInPage::code-wanted: somebody has, or will get, a code; with a message, or NULL. */
    signals[CODE_WANTED] = g_signal_new("code-wanted", KAB_TYPE_SIGN_IN_PAGE, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

    /** KabSignInPage::address-chosen: another portal is to be asked; "": the one that runs here.
     * The handler sets a session for it, or shows a message. */
    signals[ADDRESS_CHOSEN] =
        g_signal_new("address-chosen", KAB_TYPE_SIGN_IN_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                     NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

    /** KabSignInPage::authority-chosen: the file of a certificate authority to trust. */
    signals[AUTHORITY_CHOSEN] =
        g_signal_new("authority-chosen", KAB_TYPE_SIGN_IN_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                     NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

    g_type_ensure(KAB_TYPE_WRAP);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/kab-sign-in-page.ui");
    bind_children(widget_class);
    gtk_widget_class_bind_template_callback(widget_class, on_login_entered);
    gtk_widget_class_bind_template_callback(widget_class, on_address_applied);
    gtk_widget_class_bind_template_callback(widget_class, on_address_typed);
    gtk_widget_class_bind_template_callback(widget_class, on_password_entered);
    gtk_widget_class_bind_template_callback(widget_class, on_text_changed);
    gtk_widget_class_bind_template_callback(widget_class, on_map);

    gtk_widget_class_install_action(widget_class, "sign-in.next", NULL, on_next);
    gtk_widget_class_install_action(widget_class, "sign-in.back", NULL, on_back);
    gtk_widget_class_install_action(widget_class, "sign-in.submit", NULL, on_submit);
    gtk_widget_class_install_action(widget_class, "sign-in.trust", NULL, on_trust);
    gtk_widget_class_install_action(widget_class, "sign-in.forgot", NULL, on_forgot);
    gtk_widget_class_install_action(widget_class, "sign-in.code", NULL, on_code);
}

static void
kab_sign_in_page_init(KabSignInPage *self)
{
    self->cancellable = g_cancellable_new();
    gtk_widget_init_template(GTK_WIDGET(self));
    kab_shrink_buttons(GTK_WIDGET(self));
    kab_stack_show(self->stack, "login");
}

KabSignInPage *
kab_sign_in_page_new(KabSession *session)
{
    KabSignInPage *self = g_object_new(KAB_TYPE_SIGN_IN_PAGE, NULL);

    self->session = g_object_ref(session);
    return self;
}

void
kab_sign_in_page_show_message(KabSignInPage *self, const char *text)
{
    gtk_label_set_text(self->message_label, text != NULL ? text : "");
    gtk_widget_set_visible(GTK_WIDGET(self->message_label), text != NULL);
    gtk_widget_set_visible(self->trust_button,
                           text != NULL &&
                               kab_client_is_untrusted(kab_session_get_portal(self->session)));
}

void
kab_sign_in_page_set_session(KabSignInPage *self, KabSession *session)
{
    g_set_object(&self->session, session);
}

void
kab_sign_in_page_set_login(KabSignInPage *self, const char *login)
{
    gtk_editable_set_text(GTK_EDITABLE(self->login_row), login);
    gtk_editable_set_position(GTK_EDITABLE(self->login_row), -1);
}

void
kab_sign_in_page_show_address(KabSignInPage *self, const char *address, gboolean may_be_here)
{
    if (may_be_here)
        adw_preferences_row_set_title(ADW_PREFERENCES_ROW(self->address_row),
                                      _("Portal address; empty: this computer"));
    gtk_editable_set_text(GTK_EDITABLE(self->address_row), address);
    gtk_widget_set_visible(GTK_WIDGET(self->address_row), TRUE);
    g_free(self->address);
    self->address = g_strdup(address);
}
