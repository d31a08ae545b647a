/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-authority-row.h"
#include "kab-base-form.h"
#include "kab-error.h"
#include "kab-keys.h"
#include "kab-service-address.h"
#include "kab-session-ends.h"
#include "kab-shrink.h"
#include "kab-spinner.h"
#include "kab-wrap.h"

#include <glib/gi18n-lib.h>

struct _KabBaseForm {
    AdwBin parent_instance;

    AdwPreferencesGroup *group;
    GtkWidget *address_row;
    GtkWidget *login_row;
    GtkWidget *password_row;
    KabAuthorityRow *trust_row;
    GtkWidget *clear_label;
    GtkLabel *message_label;
    GtkSpinner *spinner;
    GtkWidget *cancel_button;

    KabDataPage *page;         /* the one that it is in */
    KabSession *session;       /* (owned) */
    GCancellable *cancellable; /* (owned) */
};

G_DEFINE_FINAL_TYPE(KabBaseForm, kab_base_form, ADW_TYPE_BIN)

enum {
    CONNECTED,
    CANCELLED,
    N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const char *
get_text(GtkWidget *row)
{
    return gtk_editable_get_text(GTK_EDITABLE(row));
}

static void
set_text(GtkWidget *row, const char *text)
{
    gtk_editable_set_text(GTK_EDITABLE(row), text != NULL ? text : "");
}

/* @row: (nullable): what has to be entered in another way */
static void
show_message(KabBaseForm *self, const char *text, GtkWidget *row)
{
    gtk_label_set_text(self->message_label, text != NULL ? text : "");
    gtk_widget_set_visible(GTK_WIDGET(self->message_label), text != NULL);
    if (row == NULL)
        return;
    gtk_widget_add_css_class(row, "error");
    gtk_widget_grab_focus(row);
}

static void
set_busy(KabBaseForm *self, gboolean busy)
{
    gtk_widget_action_set_enabled(GTK_WIDGET(self), "base-form.connect", !busy);
    kab_data_page_freeze(self->page, GTK_WIDGET(self->group), busy);
    kab_spinner_set(self->spinner, busy);
}

static void
blame(KabBaseForm *self, const GError *error)
{
    if (g_error_matches(error, KAB_ERROR, KAB_ERROR_UNAUTHORIZED))
        show_message(self, _("The login or the password is wrong."), self->password_row);
    else if (g_error_matches(error, KAB_ERROR, KAB_ERROR_INVALID))
        show_message(self, error->message, GTK_WIDGET(self->trust_row));
    else if (g_error_matches(error, KAB_ERROR, KAB_ERROR_NOT_FOUND) ||
             g_error_matches(error, KAB_ERROR, KAB_ERROR_FAILED))
        show_message(self, error->message, self->address_row);
    else
        show_message(self, error->message, NULL);
}

static void
on_connected(GObject *source, GAsyncResult *result, gpointer data)
{
    KabBaseForm *self = data;
    g_autoptr(GError) error = NULL;
    gboolean done = kab_session_sign_in_finish(KAB_SESSION(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    set_busy(self, FALSE);
    if (!done) {
        blame(self, error);
        return;
    }
    set_text(self->password_row, NULL);
    g_signal_emit(self, signals[CONNECTED], 0);
}

/* Whether all is there; what cannot be an address is said before a password goes there. */
static gboolean
check(KabBaseForm *self)
{
    g_autofree char *address = kab_service_address_complete(get_text(self->address_row));
    g_autoptr(KabClient) client = NULL;
    g_autoptr(GError) error = NULL;

    show_message(self, NULL, NULL);
    set_text(self->address_row, address);
    client = *address != '\0' ? kab_client_new(address, &error) : NULL;
    if (*address == '\0')
        show_message(self, _("Enter the base’s address."), self->address_row);
    else if (client == NULL)
        show_message(self, error->message, self->address_row);
    else if (*get_text(self->login_row) == '\0')
        show_message(self, _("Enter the login at the base."), self->login_row);
    else if (*get_text(self->password_row) == '\0')
        show_message(self, _("Enter the password at the base."), self->password_row);
    else
        return TRUE;
    return FALSE;
}

static void
on_connect(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    KabBaseForm *self = KAB_BASE_FORM(widget);
    g_autofree char *login = g_strstrip(g_strdup(get_text(self->login_row)));

    set_text(self->login_row, login);
    if (!check(self))
        return;
    g_cancellable_cancel(self->cancellable);
    g_clear_object(&self->cancellable);
    self->cancellable = g_cancellable_new();
    set_busy(self, TRUE);
    kab_session_connect_async(self->session, get_text(self->address_row),
                              kab_authority_row_get_file(self->trust_row), login,
                              get_text(self->password_row), self->cancellable, on_connected, self);
}

static void
on_cancel(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    KabBaseForm *self = KAB_BASE_FORM(widget);

    g_cancellable_cancel(self->cancellable);
    set_busy(self, FALSE);
    set_text(self->password_row, NULL);
    g_signal_emit(self, signals[CANCELLED], 0);
}

static void
on_entered(KabBaseForm *self)
{
    gtk_widget_activate_action(GTK_WIDGET(self), "base-form.connect", NULL);
}

static void
on_typed(GtkWidget *row)
{
    gtk_widget_remove_css_class(row, "error");
}

static void
on_address_typed(KabBaseForm *self)
{
    g_autofree char *address = kab_service_address_complete(get_text(self->address_row));

    on_typed(self->address_row);
    gtk_widget_set_visible(self->clear_label, kab_service_address_is_clear(address));
}

static void
on_authority_chosen(KabAuthorityRow *row, const char *file)
{
    on_typed(GTK_WIDGET(row));
    kab_authority_row_set_file(row, file);
}

static void
kab_base_form_dispose(GObject *object)
{
    KabBaseForm *self = KAB_BASE_FORM(object);

    g_cancellable_cancel(self->cancellable);
    g_clear_object(&self->cancellable);
    g_clear_object(&self->session);
    gtk_widget_dispose_template(GTK_WIDGET(object), KAB_TYPE_BASE_FORM);
    G_OBJECT_CLASS(kab_base_form_parent_class)->dispose(object);
}

static void
kab_base_form_class_init(KabBaseFormClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_base_form_dispose;

    /** KabBaseForm::connected: somebody is signed in at the base that was entered. */
    signals[CONNECTED] = g_signal_new("connected", KAB_TYPE_BASE_FORM, G_SIGNAL_RUN_LAST, 0, NULL,
                                      NULL, NULL, G_TYPE_NONE, 0);
    /** KabBaseForm::cancelled: what is so stays so. */
    signals[CANCELLED] = g_signal_new("cancelled", KAB_TYPE_BASE_FORM, G_SIGNAL_RUN_LAST, 0, NULL,
                                      NULL, NULL, G_TYPE_NONE, 0);

    g_type_ensure(KAB_TYPE_AUTHORITY_ROW);
    g_type_ensure(KAB_TYPE_WRAP);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/admin/kab-base-form.ui");
    gtk_widget_class_bind_template_child(widget_class, KabBaseForm, group);
    gtk_widget_class_bind_template_child(widget_class, KabBaseForm, address_row);
    gtk_widget_class_bind_template_child(widget_class, KabBaseForm, login_row);
    gtk_widget_class_bind_template_child(widget_class, KabBaseForm, password_row);
    gtk_widget_class_bind_template_child(widget_class, KabBaseForm, trust_row);
    gtk_widget_class_bind_template_child(widget_class, KabBaseForm, clear_label);
    gtk_widget_class_bind_template_child(widget_class, KabBaseForm, message_label);
    gtk_widget_class_bind_template_child(widget_class, KabBaseForm, spinner);
    gtk_widget_class_bind_template_child(widget_class, KabBaseForm, cancel_button);
    gtk_widget_class_bind_template_callback(widget_class, on_address_typed);
    gtk_widget_class_bind_template_callback(widget_class, on_typed);
    gtk_widget_class_bind_template_callback(widget_class, on_entered);
    gtk_widget_class_bind_template_callback(widget_class, on_authority_chosen);
    gtk_widget_class_install_action(widget_class, "base-form.connect", NULL, on_connect);
    gtk_widget_class_install_action(widget_class, "base-form.cancel", NULL, on_cancel);
}

static void
kab_base_form_init(KabBaseForm *self)
{
    static const KabKey keys[] = {{"<Control>Return", "base-form.connect", NULL},
                                  {"<Control>period", "base-form.cancel", NULL},
                                  {NULL, NULL, NULL}};

    gtk_widget_init_template(GTK_WIDGET(self));
    kab_keys_add(GTK_WIDGET(self), keys);
    kab_shrink_buttons(GTK_WIDGET(self));
}

void
kab_base_form_attach(KabBaseForm *self, KabDataPage *page, KabSession *session)
{
    self->page = page;
    g_set_object(&self->session, session);
}

void
kab_base_form_fill(KabBaseForm *self, gboolean may_cancel)
{
    KabClient *base = kab_session_get_base(self->session);
    const char *login = kab_session_get_base_login(self->session);
    gboolean embedded = kab_session_is_embedded(self->session);

    show_message(self, NULL, NULL);
    adw_preferences_group_set_title(self->group,
                                    base == NULL ? _("Connect a base") : _("Sign in at the base"));
    set_text(self->address_row, base != NULL ? kab_client_get_address(base) : NULL);
    set_text(self->login_row, login != NULL ? login : kab_session_get_login(self->session));
    set_text(self->password_row, NULL);
    /* One authority of a company vouches for both, as a rule. */
    kab_authority_row_set_file(self->trust_row,
                               kab_session_get_ca_file(self->session, base != NULL));
    gtk_widget_set_visible(self->address_row, !embedded);
    gtk_widget_set_visible(GTK_WIDGET(self->trust_row), !embedded);
    gtk_widget_set_visible(self->cancel_button, may_cancel);
    gtk_widget_action_set_enabled(GTK_WIDGET(self), "base-form.cancel", may_cancel);
}
