/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-authority-row.h"
#include "kab-connection-group.h"
#include "kab-error.h"
#include "kab-format.h"
#include "kab-service-address.h"
#include "kab-session-ends.h"
#include "kab-shrink.h"
#include "kab-spinner.h"
#include "kab-value-row.h"

#include <glib/gi18n-lib.h>

struct _KabConnectionGroup {
    AdwBin parent_instance;

    AdwPreferencesGroup *group;
    GtkSpinner *spinner;
    GtkWidget *check_button;
    AdwActionRow *status_row;
    GtkImage *status_image;
    KabValueRow *address_row;
    GtkWidget *clear_row;
    KabValueRow *user_row;
    KabAuthorityRow *trust_row;
    GtkLabel *message_label;

    KabDataPage *page;   /* the one that it is in */
    KabSession *session; /* (owned) */
    gboolean base;
    GCancellable *cancellable; /* (owned) (nullable): of what is asked now */
};

G_DEFINE_FINAL_TYPE(KabConnectionGroup, kab_connection_group, ADW_TYPE_BIN)

enum {
    NOBODY,
    N_SIGNALS,
};

static guint signals[N_SIGNALS];

static KabClient *
get_client(KabConnectionGroup *self)
{
    return self->base ? kab_session_get_base(self->session) : kab_session_get_portal(self->session);
}

static void
show_status(KabConnectionGroup *self, const char *icon, const char *css, const char *title,
            const char *text)
{
    const char *classes[] = {css, NULL};

    gtk_image_set_from_icon_name(self->status_image, icon);
    gtk_widget_set_css_classes(GTK_WIDGET(self->status_image), classes);
    adw_preferences_row_set_title(ADW_PREFERENCES_ROW(self->status_row), title);
    adw_action_row_set_subtitle(self->status_row, text != NULL ? text : "");
}

static void
show_message(KabConnectionGroup *self, const char *text)
{
    gtk_label_set_text(self->message_label, text != NULL ? text : "");
    gtk_widget_set_visible(GTK_WIDGET(self->message_label), text != NULL);
}

/* What is asked now is the only thing that is. */
static GCancellable *
begin(KabConnectionGroup *self)
{
    g_cancellable_cancel(self->cancellable);
    g_clear_object(&self->cancellable);
    self->cancellable = g_cancellable_new();
    kab_spinner_set(self->spinner, TRUE);
    show_message(self, NULL);
    return self->cancellable;
}

/* The error of the portal is one of the whole window: it is told there too. */
static void
tell(KabConnectionGroup *self, const GError *error)
{
    if (self->base)
        return;
    if (g_error_matches(error, KAB_ERROR, KAB_ERROR_BUSY) ||
        (g_error_matches(error, KAB_ERROR, KAB_ERROR_UNAUTHORIZED) &&
         kab_client_get_user(get_client(self)) != NULL))
        kab_data_page_fail(self->page, error);
}

static void
on_checked(GObject *source, GAsyncResult *result, gpointer data)
{
    KabConnectionGroup *self = data;
    g_autoptr(GError) error = NULL;
    gboolean done = kab_session_sign_in_finish(KAB_SESSION(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    kab_spinner_set(self->spinner, FALSE);
    if (done || g_error_matches(error, KAB_ERROR, KAB_ERROR_UNAUTHORIZED))
        show_status(self, done ? "emblem-ok-symbolic" : "dialog-warning-symbolic",
                    done ? "success" : "warning",
                    self->base ? _("The base answers.") : _("The portal answers."),
                    done ? NULL : _("Nobody is signed in there, or the session has ended."));
    else
        show_status(self, "network-offline-symbolic", "error",
                    self->base ? _("The base does not answer") : _("The portal does not answer"),
                    error->message);
    if (g_error_matches(error, KAB_ERROR, KAB_ERROR_UNAUTHORIZED))
        g_signal_emit(self, signals[NOBODY], 0);
    if (!done)
        tell(self, error);
    else if (!self->base)
        kab_data_page_answered(self->page);
}

void
kab_connection_group_check(KabConnectionGroup *self)
{
    GCancellable *cancellable;

    if (get_client(self) == NULL)
        return;
    cancellable = begin(self);
    show_status(self, "network-transmit-receive-symbolic", "dim-label", _("Asking…"), NULL);
    kab_session_check_async(self->session, self->base, cancellable, on_checked, self);
}

static void
on_check(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    kab_connection_group_check(KAB_CONNECTION_GROUP(widget));
}

static void
on_trusted(GObject *source, GAsyncResult *result, gpointer data)
{
    KabConnectionGroup *self = data;
    g_autoptr(GError) error = NULL;
    gboolean done = kab_session_sign_in_finish(KAB_SESSION(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (done) {
        kab_connection_group_show(self);
        kab_connection_group_check(self);
        kab_data_page_say(self->page, _("From now on it is trusted by these"));
    } else {
        g_autofree char *text = g_strdup_printf(_("Nothing was changed: %s"), error->message);

        kab_connection_group_check(self);
        show_message(self, text);
    }
}

static void
on_authority_chosen(KabConnectionGroup *self, const char *file)
{
    kab_session_trust_async(self->session, self->base, file, begin(self), on_trusted, self);
}

static char *
describe_user(KabClient *client)
{
    const KabUser *user = kab_client_get_user(client);

    return user != NULL
               ? kab_format_join(user->name, user->login, kab_role_to_title(user->role), NULL)
               : g_strdup(_("nobody"));
}

void
kab_connection_group_show(KabConnectionGroup *self)
{
    KabClient *client = get_client(self);
    gboolean embedded = kab_session_is_embedded(self->session);
    g_autofree char *user = client != NULL ? describe_user(client) : NULL;
    const char *address;

    gtk_widget_set_visible(GTK_WIDGET(self), client != NULL);
    if (client == NULL) {
        g_cancellable_cancel(self->cancellable);
        return;
    }
    address = kab_client_get_address(client);
    kab_value_row_set_value(self->address_row, embedded ? _("runs in this program") : address);
    gtk_widget_set_visible(self->clear_row, !embedded && kab_service_address_is_clear(address));
    kab_value_row_set_value(self->user_row, user);
    kab_authority_row_set_file(self->trust_row, kab_session_get_ca_file(self->session, self->base));
    /* Where there is no TLS there is nothing to trust; the form of a base has a row of its own. */
    gtk_widget_set_visible(GTK_WIDGET(self->trust_row),
                           !embedded && !g_str_has_prefix(address, "unix:") &&
                               !g_str_has_prefix(address, "http:") &&
                               (!self->base || kab_client_get_user(client) != NULL));
}

static void
kab_connection_group_dispose(GObject *object)
{
    KabConnectionGroup *self = KAB_CONNECTION_GROUP(object);

    g_cancellable_cancel(self->cancellable);
    g_clear_object(&self->cancellable);
    g_clear_object(&self->session);
    gtk_widget_dispose_template(GTK_WIDGET(object), KAB_TYPE_CONNECTION_GROUP);
    G_OBJECT_CLASS(kab_connection_group_parent_class)->dispose(object);
}

static void
kab_connection_group_class_init(KabConnectionGroupClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_connection_group_dispose;

    /** KabConnectionGroup::nobody: the end answers, but knows nobody. */
    signals[NOBODY] = g_signal_new("nobody", KAB_TYPE_CONNECTION_GROUP, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

    g_type_ensure(KAB_TYPE_AUTHORITY_ROW);
    g_type_ensure(KAB_TYPE_VALUE_ROW);
    gtk_widget_class_set_template_from_resource(
        widget_class, "/org/kabinet/Kabinet/admin/kab-connection-group.ui");
    gtk_widget_class_bind_template_child(widget_class, KabConnectionGroup, group);
    gtk_widget_class_bind_template_child(widget_class, KabConnectionGroup, spinner);
    gtk_widget_class_bind_template_child(widget_class, KabConnectionGroup, check_button);
    gtk_widget_class_bind_template_child(widget_class, KabConnectionGroup, status_row);
    gtk_widget_class_bind_template_child(widget_class, KabConnectionGroup, status_image);
    gtk_widget_class_bind_template_child(widget_class, KabConnectionGroup, address_row);
    gtk_widget_class_bind_template_child(widget_class, KabConnectionGroup, clear_row);
    gtk_widget_class_bind_template_child(widget_class, KabConnectionGroup, user_row);
    gtk_widget_class_bind_template_child(widget_class, KabConnectionGroup, trust_row);
    gtk_widget_class_bind_template_child(widget_class, KabConnectionGroup, message_label);
    gtk_widget_class_bind_template_callback(widget_class, on_authority_chosen);
    gtk_widget_class_install_action(widget_class, "connection.check", NULL, on_check);
}

static void
kab_connection_group_init(KabConnectionGroup *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
    kab_shrink_buttons(GTK_WIDGET(self));
}

void
kab_connection_group_attach(KabConnectionGroup *self, KabDataPage *page, KabSession *session,
                            gboolean base)
{
    g_autofree char *name = NULL;
    const char *title = base ? _("Base") : _("Portal");

    self->page = page;
    self->base = base;
    g_set_object(&self->session, session);
    adw_preferences_group_set_title(self->group, title);
    name = g_strdup_printf(_("Check again: %s"), title);
    gtk_accessible_update_property(GTK_ACCESSIBLE(self->check_button),
                                   GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
    kab_connection_group_show(self);
}
