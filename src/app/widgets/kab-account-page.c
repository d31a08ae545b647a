/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-account-page.h"
#include "kab-client-account.h"
#include "kab-client-people.h"
#include "kab-error.h"
#include "kab-format.h"
#include "kab-value-row.h"

#include <glib/gi18n-lib.h>

struct _KabAccountPage {
    KabDataPage parent_instance;

    KabPageView *view;
    KabValueRow *name_row;
    KabValueRow *login_row;
    KabValueRow *email_row;
    KabValueRow *phone_row;
    KabValueRow *role_row;
    AdwComboRow *language_row;
    AdwPreferencesGroup *partners_group;
    AdwPreferencesGroup *password_group;
    AdwPasswordEntryRow *before_row;
    AdwPasswordEntryRow *password_row;
    AdwPreferencesGroup *sessions_group;

    KabSession *session; /* (owned) */
    GPtrArray *rows;     /* (element-type GtkWidget): those that were made of the account */
    gboolean showing;    /* what is chosen is chosen by the program */
    gboolean busy;       /* a change is on its way */
};

G_DEFINE_FINAL_TYPE(KabAccountPage, kab_account_page, KAB_TYPE_DATA_PAGE)

static const char *const languages[] = {"ru", "en"}; /* as in the template */

static void
set_busy(KabAccountPage *self, gboolean busy)
{
    self->busy = busy;
    gtk_widget_set_sensitive(GTK_WIDGET(self->partners_group), !busy);
    gtk_widget_action_set_enabled(GTK_WIDGET(self), "account.change-password", !busy);
}

/* Finishes a change; FALSE if the page has to do nothing more. */
static gboolean
finish(KabAccountPage *self, gboolean done, const GError *error)
{
    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return FALSE;
    set_busy(self, FALSE);
    if (done)
        return TRUE;
    kab_data_page_fail(KAB_DATA_PAGE(self), error);
    kab_data_page_reload(KAB_DATA_PAGE(self)); /* what is chosen is not so */
    return FALSE;
}

static void
on_language_set(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(GError) error = NULL;
    gboolean done = kab_client_sign_in_finish(KAB_CLIENT(source), result, &error);

    if (finish(data, done, error))
        kab_data_page_say(data, _("Letters come in the chosen language from now on"));
}

static void
on_language_selected(KabAccountPage *self)
{
    guint i = adw_combo_row_get_selected(self->language_row);

    if (self->showing || i >= G_N_ELEMENTS(languages))
        return;
    set_busy(self, TRUE);
    kab_client_set_language_async(kab_data_page_get_client(KAB_DATA_PAGE(self)), languages[i],
                                  kab_data_page_get_cancellable(KAB_DATA_PAGE(self)),
                                  on_language_set, self);
}

/* If it is done, the pages of the other partner take the place of this one. */
static void
on_switched(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(GError) error = NULL;
    gboolean done = kab_session_sign_in_finish(KAB_SESSION(source), result, &error);

    finish(data, done, error);
}

static void
on_partner_chosen(KabAccountPage *self, GtkCheckButton *button)
{
    const char *id = g_object_get_data(G_OBJECT(button), "kab-partner");

    if (self->showing || self->busy || !gtk_check_button_get_active(button))
        return;
    set_busy(self, TRUE);
    kab_session_switch_async(self->session, kab_partner_id_of(id),
                             kab_data_page_get_cancellable(KAB_DATA_PAGE(self)), on_switched, self);
}

static void
on_session_ended(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(GError) error = NULL;
    gboolean done = kab_client_end_session_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, KAB_ERROR, KAB_ERROR_NOT_FOUND)) {
        g_clear_error(&error); /* it has ended by itself */
        done = TRUE;
    }
    if (!finish(data, done, error))
        return;
    kab_data_page_say(data, _("The session has ended"));
    kab_data_page_reload(data);
}

static void
on_end_session(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter)
{
    KabDataPage *page = KAB_DATA_PAGE(widget);

    if (KAB_ACCOUNT_PAGE(page)->busy)
        return;
    set_busy(KAB_ACCOUNT_PAGE(page), TRUE);
    kab_client_end_session_async(kab_data_page_get_client(page),
                                 g_variant_get_string(parameter, NULL),
                                 kab_data_page_get_cancellable(page), on_session_ended, page);
}

static void
blame(AdwPasswordEntryRow *row)
{
    gtk_widget_add_css_class(GTK_WIDGET(row), "error");
    gtk_widget_grab_focus(GTK_WIDGET(row));
}

static void
on_password_typed(KabAccountPage *self, GtkWidget *row)
{
    gtk_widget_remove_css_class(row, "error");
    kab_data_page_set_edited(KAB_DATA_PAGE(self),
                             *gtk_editable_get_text(GTK_EDITABLE(self->password_row)) != '\0');
}

static void
on_password_changed(GObject *source, GAsyncResult *result, gpointer data)
{
    KabAccountPage *self = data;
    g_autoptr(GError) error = NULL;
    gboolean done = kab_session_sign_in_finish(KAB_SESSION(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    set_busy(self, FALSE);
    if (!done) {
        if (g_error_matches(error, KAB_ERROR, KAB_ERROR_DENIED))
            blame(self->before_row);
        else if (g_error_matches(error, KAB_ERROR, KAB_ERROR_INVALID))
            blame(self->password_row);
        kab_data_page_fail(KAB_DATA_PAGE(self), error);
        return;
    }
    gtk_editable_set_text(GTK_EDITABLE(self->before_row), "");
    gtk_editable_set_text(GTK_EDITABLE(self->password_row), "");
    kab_data_page_say(KAB_DATA_PAGE(self), _("The password is changed; your other sessions ended"));
    kab_data_page_reload(KAB_DATA_PAGE(self));
}

static void
on_change_password(GtkWidget *widget, const char *name G_GNUC_UNUSED,
                   GVariant *parameter G_GNUC_UNUSED)
{
    KabAccountPage *self = KAB_ACCOUNT_PAGE(widget);
    const char *before = gtk_editable_get_text(GTK_EDITABLE(self->before_row));
    const char *password = gtk_editable_get_text(GTK_EDITABLE(self->password_row));

    if (*before == '\0' || *password == '\0') {
        blame(*before == '\0' ? self->before_row : self->password_row);
        kab_data_page_say(KAB_DATA_PAGE(self), _("Enter the password so far and a new one."));
        return;
    }
    set_busy(self, TRUE);
    kab_session_change_password_async(self->session, before, password,
                                      kab_data_page_get_cancellable(KAB_DATA_PAGE(self)),
                                      on_password_changed, self);
}

static void
on_password_entered(KabAccountPage *self)
{
    gtk_widget_activate_action(GTK_WIDGET(self), "account.change-password", NULL);
}

static void
add_row(KabAccountPage *self, AdwPreferencesGroup *group, GtkWidget *row)
{
    adw_preferences_group_add(group, row);
    g_ptr_array_add(self->rows, row);
}

static GtkWidget *
make_row(const char *title, const char *subtitle)
{
    GtkWidget *row = adw_action_row_new();

    adw_preferences_row_set_use_markup(ADW_PREFERENCES_ROW(row), FALSE);
    adw_preferences_row_set_title(ADW_PREFERENCES_ROW(row), title);
    adw_action_row_set_subtitle(ADW_ACTION_ROW(row), subtitle);
    return row;
}

static void
show_partners(KabAccountPage *self, const KabAccount *account)
{
    KabClient *client = kab_data_page_get_client(KAB_DATA_PAGE(self));
    const char *current = kab_client_get_user(client)->partner_id.text;
    GtkCheckButton *first = NULL;

    gtk_widget_set_visible(GTK_WIDGET(self->partners_group), account->partners->len > 1);
    for (guint i = 0; i < account->partners->len; i++) {
        const KabMembership *partner = g_ptr_array_index(account->partners, i);
        const char *name = partner->partner_name != NULL ? partner->partner_name : _("No name");
        GtkWidget *row = make_row(name, kab_role_to_title(partner->role));
        GtkWidget *button = gtk_check_button_new();

        gtk_check_button_set_group(GTK_CHECK_BUTTON(button), first);
        first = first != NULL ? first : GTK_CHECK_BUTTON(button);
        gtk_check_button_set_active(GTK_CHECK_BUTTON(button),
                                    g_str_equal(partner->partner_id.text, current));
        gtk_widget_set_valign(button, GTK_ALIGN_CENTER);
        gtk_accessible_update_property(GTK_ACCESSIBLE(button), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                       -1);
        g_object_set_data_full(G_OBJECT(button), "kab-partner", g_strdup(partner->partner_id.text),
                               g_free);
        g_signal_connect_object(button, "toggled", G_CALLBACK(on_partner_chosen), self,
                                G_CONNECT_SWAPPED);
        adw_action_row_add_prefix(ADW_ACTION_ROW(row), button);
        adw_action_row_set_activatable_widget(ADW_ACTION_ROW(row), button);
        add_row(self, self->partners_group, row);
    }
}

static GtkWidget *
make_session_end(const KabSignedIn *session, const char *client)
{
    g_autofree char *name = NULL;
    GtkWidget *end;

    if (session->current) {
        end = gtk_label_new(_("This session"));
        gtk_widget_add_css_class(end, "dim-label");
        return end;
    }
    name = g_strdup_printf(_("End: %s"), client);
    end = gtk_button_new_with_label(_("End"));
    gtk_accessible_update_property(GTK_ACCESSIBLE(end), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
    gtk_widget_set_valign(end, GTK_ALIGN_CENTER);
    gtk_actionable_set_action_name(GTK_ACTIONABLE(end), "account.end-session");
    gtk_actionable_set_action_target(GTK_ACTIONABLE(end), "s", session->id);
    return end;
}

static void
show_sessions(KabAccountPage *self, const KabAccount *account)
{
    for (guint i = 0; i < account->sessions->len; i++) {
        const KabSignedIn *session = g_ptr_array_index(account->sessions, i);
        g_autofree char *used = kab_format_ago(session->used_at);
        g_autofree char *since = kab_format_moment(session->created_at);
        g_autofree char *last = g_strdup_printf(_("used %s"), used);
        g_autofree char *began = g_strdup_printf(_("since %s"), since);
        g_autofree char *text =
            kab_format_join(kab_format_address(session->address != NULL ? session->address : ""),
                            began, last, NULL);
        g_autofree char *client =
            kab_format_program(session->client != NULL ? session->client : _("Unknown program"));
        GtkWidget *row = make_row(client, text);

        adw_action_row_add_suffix(ADW_ACTION_ROW(row), make_session_end(session, client));
        add_row(self, self->sessions_group, row);
    }
}

static void
forget_rows(KabAccountPage *self)
{
    for (guint i = 0; i < self->rows->len; i++) {
        GtkWidget *row = g_ptr_array_index(self->rows, i);
        GtkWidget *group = gtk_widget_get_ancestor(row, ADW_TYPE_PREFERENCES_GROUP);

        adw_preferences_group_remove(ADW_PREFERENCES_GROUP(group), row);
    }
    g_ptr_array_set_size(self->rows, 0);
}

static void
show_account(KabAccountPage *self, const KabAccount *account)
{
    const KabUser *user = account->user;

    self->showing = TRUE;
    forget_rows(self);
    kab_value_row_set_value(self->name_row, user->name);
    kab_value_row_set_value(self->login_row, user->login);
    kab_value_row_set_value(self->email_row, user->email);
    kab_value_row_set_value(self->phone_row, user->phone);
    kab_value_row_set_value(self->role_row, kab_role_to_title(user->role));
    adw_combo_row_set_selected(self->language_row,
                               user->language != NULL && g_str_equal(user->language, "en"));
    show_partners(self, account);
    show_sessions(self, account);
    self->showing = FALSE;
}

static void
on_account_got(GObject *source, GAsyncResult *result, gpointer data)
{
    KabAccountPage *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(KabAccount) account =
        kab_client_get_account_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (account == NULL) {
        kab_data_page_fail_load(KAB_DATA_PAGE(self), error);
        return;
    }
    show_account(self, account);
    kab_data_page_loaded(KAB_DATA_PAGE(self), FALSE);
}

static void
kab_account_page_load(KabDataPage *page)
{
    kab_client_get_account_async(kab_data_page_get_client(page), kab_data_page_begin_load(page),
                                 on_account_got, page);
}

static void
kab_account_page_dispose(GObject *object)
{
    KabAccountPage *self = KAB_ACCOUNT_PAGE(object);

    g_clear_object(&self->session);
    adw_bin_set_child(ADW_BIN(object), NULL); /* before the template forgets it */
    gtk_widget_dispose_template(GTK_WIDGET(object), KAB_TYPE_ACCOUNT_PAGE);
    G_OBJECT_CLASS(kab_account_page_parent_class)->dispose(object);
}

static void
kab_account_page_finalize(GObject *object)
{
    g_ptr_array_unref(KAB_ACCOUNT_PAGE(object)->rows);
    G_OBJECT_CLASS(kab_account_page_parent_class)->finalize(object);
}

static void
kab_account_page_class_init(KabAccountPageClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_account_page_dispose;
    G_OBJECT_CLASS(klass)->finalize = kab_account_page_finalize;
    KAB_DATA_PAGE_CLASS(klass)->load = kab_account_page_load;

    g_type_ensure(KAB_TYPE_PAGE_VIEW);
    g_type_ensure(KAB_TYPE_VALUE_ROW);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/widgets/kab-account-page.ui");
    gtk_widget_class_bind_template_child(widget_class, KabAccountPage, view);
    gtk_widget_class_bind_template_child(widget_class, KabAccountPage, name_row);
    gtk_widget_class_bind_template_child(widget_class, KabAccountPage, login_row);
    gtk_widget_class_bind_template_child(widget_class, KabAccountPage, email_row);
    gtk_widget_class_bind_template_child(widget_class, KabAccountPage, phone_row);
    gtk_widget_class_bind_template_child(widget_class, KabAccountPage, role_row);
    gtk_widget_class_bind_template_child(widget_class, KabAccountPage, language_row);
    gtk_widget_class_bind_template_child(widget_class, KabAccountPage, partners_group);
    gtk_widget_class_bind_template_child(widget_class, KabAccountPage, password_group);
    gtk_widget_class_bind_template_child(widget_class, KabAccountPage, before_row);
    gtk_widget_class_bind_template_child(widget_class, KabAccountPage, password_row);
    gtk_widget_class_bind_template_child(widget_class, KabAccountPage, sessions_group);
    gtk_widget_class_bind_template_callback(widget_class, on_language_selected);
    gtk_widget_class_bind_template_callback(widget_class, on_password_typed);
    gtk_widget_class_bind_template_callback(widget_class, on_password_entered);
    gtk_widget_class_install_action(widget_class, "account.change-password", NULL,
                                    on_change_password);
    gtk_widget_class_install_action(widget_class, "account.end-session", "s", on_end_session);
}

static void
kab_account_page_init(KabAccountPage *self)
{
    self->rows = g_ptr_array_new();
    self->showing = TRUE;
    gtk_widget_init_template(GTK_WIDGET(self));
    self->showing = FALSE;
    kab_data_page_set_view(KAB_DATA_PAGE(self), self->view);
}

KabDataPage *
kab_account_page_new(KabSession *session)
{
    KabAccountPage *self =
        g_object_new(KAB_TYPE_ACCOUNT_PAGE, "client", kab_session_get_portal(session), NULL);

    g_set_object(&self->session, session);
    return KAB_DATA_PAGE(self);
}
