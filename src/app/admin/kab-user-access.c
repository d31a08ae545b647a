/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-account.h"
#include "kab-client-users.h"
#include "kab-error.h"
#include "kab-format.h"
#include "kab-key-dialog.h"
#include "kab-key-undo.h"
#include "kab-keys.h"
#include "kab-shrink.h"
#include "kab-user-access.h"
#include "kab-wrap.h"

#include <glib/gi18n-lib.h>

struct _KabUserAccess {
    AdwBin parent_instance;

    AdwPreferencesGroup *password_group;
    AdwPasswordEntryRow *password_row;
    GtkWidget *code_button;
    AdwPreferencesGroup *keys_group;
    AdwPreferencesGroup *sessions_group;
    GtkWidget *end_all_button;

    KabDataPage *page; /* (weak): whose part it is */
    GtkWindow *dialog; /* (nullable): the key that is shown */
    GPtrArray *rows;   /* (element-type GtkWidget): those that were made of what was told */
    KabUserId id;
    char *login; /* (owned) (nullable) */
    gboolean is_program;
    gboolean may_code; /* a letter can be sent */
    gboolean busy;     /* a change is on its way */
    char *revoking;    /* (owned) (nullable): the key that is revoked unless that is undone */
};

G_DEFINE_FINAL_TYPE(KabUserAccess, kab_user_access, ADW_TYPE_BIN)

static void
enable(KabUserAccess *self, const char *action, gboolean enabled)
{
    gtk_widget_action_set_enabled(GTK_WIDGET(self), action, enabled && !self->busy);
}

static gboolean
is_typed(KabUserAccess *self)
{
    return *gtk_editable_get_text(GTK_EDITABLE(self->password_row)) != '\0';
}

static void
set_busy(KabUserAccess *self, gboolean busy)
{
    self->busy = busy;
    enable(self, "access.set-password", is_typed(self));
    enable(self, "access.send-code", self->may_code);
    enable(self, "access.add-key", self->is_program);
    enable(self, "access.revoke-key", self->revoking == NULL);
    enable(self, "access.end-session", TRUE);
    enable(self, "access.end-all", TRUE);
}

/* Finishes a change; FALSE if there is nothing more to do. What has ended by itself has ended. */
static gboolean
finish(KabUserAccess *self, gboolean done, const GError *error, const char *text)
{
    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return FALSE;
    set_busy(self, FALSE);
    if (!done) {
        kab_data_page_fail(self->page, error);
        return FALSE;
    }
    kab_data_page_answered(self->page);
    kab_data_page_say(self->page, text);
    kab_data_page_reload(self->page);
    return TRUE;
}

/* Password. */

static void
on_password_set(GObject *source, GAsyncResult *result, gpointer data)
{
    KabUserAccess *self = data;
    g_autoptr(GError) error = NULL;
    gboolean done = kab_client_user_done_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, KAB_ERROR, KAB_ERROR_INVALID)) {
        gtk_widget_add_css_class(GTK_WIDGET(self->password_row), "error");
        gtk_widget_grab_focus(GTK_WIDGET(self->password_row));
    } else if (done) {
        gtk_editable_set_text(GTK_EDITABLE(self->password_row), "");
    }
    finish(self, done, error, _("The password is set; all sessions of the user ended"));
}

static void
on_set_password(GtkWidget *widget, const char *name G_GNUC_UNUSED,
                GVariant *parameter G_GNUC_UNUSED)
{
    KabUserAccess *self = KAB_USER_ACCESS(widget);

    if (self->busy)
        return;
    set_busy(self, TRUE);
    kab_client_set_user_password_async(kab_data_page_get_client(self->page), self->id,
                                       gtk_editable_get_text(GTK_EDITABLE(self->password_row)),
                                       kab_data_page_get_cancellable(self->page), on_password_set,
                                       self);
}

static void
on_password_typed(KabUserAccess *self)
{
    gtk_widget_remove_css_class(GTK_WIDGET(self->password_row), "error");
    set_busy(self, self->busy);
}

static void
on_password_entered(KabUserAccess *self)
{
    gtk_widget_activate_action(GTK_WIDGET(self), "access.set-password", NULL);
}

static void
on_code_sent(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(GError) error = NULL;
    gboolean done = kab_client_user_done_finish(KAB_CLIENT(source), result, &error);

    finish(data, done, error, _("A letter with a code is on its way"));
}

static void
on_send_code(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    KabUserAccess *self = KAB_USER_ACCESS(widget);

    if (self->busy)
        return;
    set_busy(self, TRUE);
    kab_client_send_code_async(kab_data_page_get_client(self->page), self->id,
                               kab_data_page_get_cancellable(self->page), on_code_sent, self);
}

/* Keys. */

static void
on_dialog_gone(gpointer data, GObject *gone G_GNUC_UNUSED)
{
    KAB_USER_ACCESS(data)->dialog = NULL;
}

static void
on_key_added(GObject *source, GAsyncResult *result, gpointer data)
{
    KabUserAccess *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(KabNewKey) key = kab_client_add_key_finish(KAB_CLIENT(source), result, &error);
    GtkRoot *root;

    if (!finish(self, key != NULL, error, _("The key is made")))
        return;
    root = gtk_widget_get_root(GTK_WIDGET(self));
    self->dialog =
        kab_key_dialog_new(GTK_IS_WINDOW(root) ? GTK_WINDOW(root) : NULL, g_steal_pointer(&key));
    g_object_weak_ref(G_OBJECT(self->dialog), on_dialog_gone, self);
    gtk_window_present(self->dialog);
}

static void
on_add_key(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    KabUserAccess *self = KAB_USER_ACCESS(widget);

    if (self->busy || self->dialog != NULL)
        return;
    set_busy(self, TRUE);
    kab_client_add_key_async(kab_data_page_get_client(self->page), self->id,
                             kab_data_page_get_cancellable(self->page), on_key_added, self);
}

static void
on_key_settled(gpointer object, const GError *error)
{
    KabUserAccess *self = object;

    g_clear_pointer(&self->revoking, g_free);
    set_busy(self, self->busy);
    if (error != NULL)
        kab_data_page_fail(self->page, error);
    kab_data_page_reload(self->page);
}

static void
on_revoke_key(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter)
{
    KabUserAccess *self = KAB_USER_ACCESS(widget);
    GtkRoot *root = gtk_widget_get_root(widget);

    if (self->busy || self->revoking != NULL)
        return;
    self->revoking = g_variant_dup_string(parameter, NULL);
    set_busy(self, FALSE);
    kab_data_page_add_toast(
        self->page, kab_key_undo_make_toast(kab_data_page_get_client(self->page), self->revoking,
                                            GTK_IS_WINDOW(root) ? GTK_WINDOW(root) : NULL,
                                            on_key_settled, self));
    kab_data_page_reload(self->page);
}

/* Sessions. */

static void
on_session_ended(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(GError) error = NULL;
    gboolean done = kab_client_user_done_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, KAB_ERROR, KAB_ERROR_NOT_FOUND)) {
        g_clear_error(&error); /* it has ended by itself */
        done = TRUE;
    }
    finish(data, done, error, _("The session has ended"));
}

static void
end_session(KabUserAccess *self, const char *session_id)
{
    if (self->busy)
        return;
    set_busy(self, TRUE);
    kab_client_end_user_session_async(kab_data_page_get_client(self->page), self->id, session_id,
                                      kab_data_page_get_cancellable(self->page), on_session_ended,
                                      self);
}

static void
on_end_session(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter)
{
    end_session(KAB_USER_ACCESS(widget), g_variant_get_string(parameter, NULL));
}

static void
on_end_all(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    end_session(KAB_USER_ACCESS(widget), NULL);
}

/* What is shown. */

static GtkWidget *
add_row(KabUserAccess *self, AdwPreferencesGroup *group, const char *title, const char *subtitle)
{
    GtkWidget *row = adw_action_row_new();

    adw_preferences_row_set_use_markup(ADW_PREFERENCES_ROW(row), FALSE);
    adw_preferences_row_set_title(ADW_PREFERENCES_ROW(row), title);
    adw_action_row_set_subtitle(ADW_ACTION_ROW(row), subtitle);
    adw_preferences_group_add(group, row);
    g_ptr_array_add(self->rows, row);
    return row;
}

static void
add_button(GtkWidget *row, const char *label, const char *name, const char *action,
           const char *target)
{
    GtkWidget *button = gtk_button_new_with_label(label);

    gtk_accessible_update_property(GTK_ACCESSIBLE(button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
    gtk_widget_set_valign(button, GTK_ALIGN_CENTER);
    gtk_actionable_set_action_target(GTK_ACTIONABLE(button), "s", target);
    gtk_actionable_set_action_name(GTK_ACTIONABLE(button), action);
    adw_action_row_add_suffix(ADW_ACTION_ROW(row), button);
}

static void
forget_rows(KabUserAccess *self)
{
    for (guint i = 0; i < self->rows->len; i++) {
        GtkWidget *row = g_ptr_array_index(self->rows, i);
        GtkWidget *group = gtk_widget_get_ancestor(row, ADW_TYPE_PREFERENCES_GROUP);

        adw_preferences_group_remove(ADW_PREFERENCES_GROUP(group), row);
    }
    g_ptr_array_set_size(self->rows, 0);
}

static void
show_session(KabUserAccess *self, const KabSignedIn *session)
{
    g_autofree char *used = kab_format_ago(session->used_at);
    g_autofree char *since = kab_format_moment(session->created_at);
    g_autofree char *last = g_strdup_printf(_("used %s"), used);
    g_autofree char *began = g_strdup_printf(_("since %s"), since);
    g_autofree char *text = kab_format_join(
        kab_format_address(session->address != NULL ? session->address : ""), began, last, NULL);
    g_autofree char *client =
        kab_format_program(session->client != NULL ? session->client : _("Unknown program"));
    g_autofree char *name = g_strdup_printf(_("End: %s"), client);
    GtkWidget *row = add_row(self, self->sessions_group, client, text);

    add_button(row, _("End"), name, "access.end-session", session->id);
}

static void
show_sessions(KabUserAccess *self, const KabPage *page)
{
    gtk_widget_set_visible(self->end_all_button, page->items->len > 1);
    for (guint i = 0; i < page->items->len; i++)
        show_session(self, g_ptr_array_index(page->items, i));
    if (page->items->len == 0)
        add_row(self, self->sessions_group, _("Nobody is signed in"), NULL);
}

static void
show_key(KabUserAccess *self, const KabKeyInfo *key)
{
    g_autofree char *created = kab_format_moment(key->created_at);
    g_autofree char *made = g_strdup_printf(_("made %s"), created);
    g_autofree char *ago = key->used_at != 0 ? kab_format_ago(key->used_at) : NULL;
    g_autofree char *used =
        ago != NULL ? g_strdup_printf(_("used %s"), ago) : g_strdup(_("never used"));
    g_autofree char *moment = key->revoked_at != 0 ? kab_format_moment(key->revoked_at) : NULL;
    gboolean revoking = g_strcmp0(key->client_id, self->revoking) == 0;
    g_autofree char *revoked = moment != NULL ? g_strdup_printf(_("revoked %s"), moment)
                               : revoking     ? g_strdup(_("being revoked"))
                                              : g_strdup("");
    g_autofree char *text = kab_format_join(made, used, revoked, NULL);
    g_autofree char *name = g_strdup_printf(_("Revoke the key %s"), key->client_id);
    GtkWidget *row = add_row(self, self->keys_group, key->client_id, text);

    if (key->revoked_at == 0 && !revoking)
        add_button(row, _("Revoke"), name, "access.revoke-key", key->client_id);
    else
        gtk_widget_add_css_class(row, "dim-label");
}

static void
show_keys(KabUserAccess *self, const KabPage *page)
{
    guint n = 0;

    for (guint i = page->items->len; i > 0; i--) {
        const KabKeyInfo *key = g_ptr_array_index(page->items, i - 1);

        if (!g_str_equal(key->login, self->login))
            continue;
        show_key(self, key);
        n++;
    }
    if (n == 0)
        add_row(self, self->keys_group, _("No keys yet"),
                _("A program signs in with Client ID and Client Secret."));
}

static void
on_keys_listed(GObject *source, GAsyncResult *result, gpointer data)
{
    KabUserAccess *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(KabPage) page = kab_client_list_keys_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (page == NULL) {
        kab_data_page_fail_load(self->page, error);
        return;
    }
    show_keys(self, page);
    kab_data_page_loaded(self->page, FALSE);
}

static void
on_sessions_listed(GObject *source, GAsyncResult *result, gpointer data)
{
    KabUserAccess *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(KabPage) page =
        kab_client_list_user_sessions_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (page == NULL) {
        kab_data_page_fail_load(self->page, error);
        return;
    }
    forget_rows(self);
    show_sessions(self, page);
    if (self->is_program)
        kab_client_list_keys_async(KAB_CLIENT(source), kab_data_page_begin_load(self->page),
                                   on_keys_listed, self);
    else
        kab_data_page_loaded(self->page, FALSE);
}

static void
show_code_button(KabUserAccess *self, const KabUser *user)
{
    gtk_button_set_label(GTK_BUTTON(self->code_button), user->has_password
                                                            ? _("Reset and send a letter")
                                                            : _("Send an invitation"));
    kab_shrink_buttons(self->code_button);
    gtk_widget_set_visible(self->code_button, self->may_code);
}

void
kab_user_access_load(KabUserAccess *self, KabDataPage *page, const KabUser *user, gboolean base)
{
    self->page = page;
    self->id = user->id;
    g_free(self->login);
    self->login = g_strdup(user->login);
    self->is_program = user->role == KAB_ROLE_EXCHANGE;
    self->may_code = !base && !self->is_program && user->active && user->email != NULL &&
                     user->role != KAB_ROLE_ADMINISTRATOR;
    show_code_button(self, user);
    gtk_widget_set_visible(GTK_WIDGET(self->keys_group), self->is_program);
    adw_preferences_group_set_description(
        self->password_group, self->is_program ? _("For programs that sign in with login and "
                                                   "password, as the portal does at the base.")
                              : user->has_password
                                  ? _("With a new password all sessions of the user end.")
                                  : _("No password is set: the user cannot sign in yet."));
    set_busy(self, self->busy);
    kab_client_list_user_sessions_async(kab_data_page_get_client(page), self->id,
                                        kab_data_page_begin_load(page), on_sessions_listed, self);
}

static void
kab_user_access_dispose(GObject *object)
{
    KabUserAccess *self = KAB_USER_ACCESS(object);

    if (self->dialog != NULL) {
        g_object_weak_unref(G_OBJECT(self->dialog), on_dialog_gone, self);
        gtk_window_destroy(g_steal_pointer(&self->dialog));
    }
    adw_bin_set_child(ADW_BIN(object), NULL); /* before the template forgets it */
    g_clear_pointer(&KAB_USER_ACCESS(object)->revoking, g_free);
    gtk_widget_dispose_template(GTK_WIDGET(object), KAB_TYPE_USER_ACCESS);
    G_OBJECT_CLASS(kab_user_access_parent_class)->dispose(object);
}

static void
kab_user_access_finalize(GObject *object)
{
    KabUserAccess *self = KAB_USER_ACCESS(object);

    g_ptr_array_unref(self->rows);
    g_free(self->login);
    G_OBJECT_CLASS(kab_user_access_parent_class)->finalize(object);
}

static void
kab_user_access_class_init(KabUserAccessClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_user_access_dispose;
    G_OBJECT_CLASS(klass)->finalize = kab_user_access_finalize;
    g_type_ensure(KAB_TYPE_WRAP);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/admin/kab-user-access.ui");
    gtk_widget_class_bind_template_child(widget_class, KabUserAccess, password_group);
    gtk_widget_class_bind_template_child(widget_class, KabUserAccess, password_row);
    gtk_widget_class_bind_template_child(widget_class, KabUserAccess, code_button);
    gtk_widget_class_bind_template_child(widget_class, KabUserAccess, keys_group);
    gtk_widget_class_bind_template_child(widget_class, KabUserAccess, sessions_group);
    gtk_widget_class_bind_template_child(widget_class, KabUserAccess, end_all_button);
    gtk_widget_class_bind_template_callback(widget_class, on_password_typed);
    gtk_widget_class_bind_template_callback(widget_class, on_password_entered);
    gtk_widget_class_install_action(widget_class, "access.set-password", NULL, on_set_password);
    gtk_widget_class_install_action(widget_class, "access.send-code", NULL, on_send_code);
    gtk_widget_class_install_action(widget_class, "access.add-key", NULL, on_add_key);
    gtk_widget_class_install_action(widget_class, "access.revoke-key", "s", on_revoke_key);
    gtk_widget_class_install_action(widget_class, "access.end-session", "s", on_end_session);
    gtk_widget_class_install_action(widget_class, "access.end-all", NULL, on_end_all);
}

static void
kab_user_access_init(KabUserAccess *self)
{
    static const KabKey keys[] = {
        {"<Control>n", "access.add-key", NULL},
        {"<Control>i", "access.send-code", NULL},
        {"<Control><Shift>e", "access.end-all", NULL},
        {NULL, NULL, NULL},
    };

    self->rows = g_ptr_array_new();
    gtk_widget_init_template(GTK_WIDGET(self));
    kab_keys_add(GTK_WIDGET(self), keys);
    set_busy(self, FALSE);
}
