/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-users.h"
#include "kab-error.h"
#include "kab-format.h"
#include "kab-keys.h"
#include "kab-spinner.h"
#include "kab-user-access.h"
#include "kab-user-page.h"
#include "kab-user-undo.h"
#include "kab-value-row.h"
#include "kab-wrap.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _KabUserPage {
    KabDataPage parent_instance;

    KabPageView *view;
    GtkSpinner *spinner;
    GtkLabel *result_label;
    GtkWidget *delete_button;
    GtkWidget *form;
    GtkEditable *name_row;
    GtkEditable *login_row;
    KabValueRow *login_value_row;
    GtkEditable *email_row;
    GtkEditable *phone_row;
    AdwComboRow *language_row;
    KabValueRow *role_value_row;
    AdwComboRow *role_row;
    GtkWidget *program_row;
    GtkSwitch *program_switch;
    GtkWidget *active_row;
    GtkSwitch *active_switch;
    GtkWidget *audit_group;
    KabUserAccess *access;

    char id[KAB_ID_SIZE]; /* "" for a new one */
    KabUser *user;        /* (owned) (nullable): as it is at the service */
    gboolean base;
    gboolean showing; /* what is entered is entered by the program */
    gboolean busy;
    gboolean was_active;
};

G_DEFINE_FINAL_TYPE(KabUserPage, kab_user_page, KAB_TYPE_DATA_PAGE)

static const char *const languages[] = {"ru", "en"};                              /* as in */
static const KabRole people_roles[] = {KAB_ROLE_ADMINISTRATOR, KAB_ROLE_MANAGER}; /* the template */

static gboolean
is_new(KabUserPage *self)
{
    return *self->id == '\0';
}

static gboolean
is_self(KabUserPage *self)
{
    const KabUser *who = kab_client_get_user(kab_data_page_get_client(KAB_DATA_PAGE(self)));

    return who != NULL && g_str_equal(who->id.text, self->id);
}

static void
set_busy(KabUserPage *self, gboolean busy)
{
    self->busy = busy;
    kab_spinner_set(self->spinner, busy);
    gtk_widget_action_set_enabled(GTK_WIDGET(self), "user.save",
                                  !busy && kab_data_page_is_edited(KAB_DATA_PAGE(self)));
    gtk_widget_action_set_enabled(GTK_WIDGET(self), "user.delete",
                                  !busy && self->user != NULL && !is_self(self));
}

static void
show_result(KabUserPage *self, const char *text)
{
    gtk_label_set_text(self->result_label, text != NULL ? text : "");
    gtk_widget_set_visible(GTK_WIDGET(self->result_label), text != NULL);
}

/* What is entered. */

static char *
dup_text(GtkEditable *row)
{
    return g_strstrip(g_strdup(gtk_editable_get_text(row)));
}

/* What was there stays where the page shows no field for it. */
static KabUser *
read_form(KabUserPage *self)
{
    KabUser *user = g_new0(KabUser, 1);
    guint language = adw_combo_row_get_selected(self->language_row);
    guint role = adw_combo_row_get_selected(self->role_row);

    if (self->user != NULL) {
        user->id = self->user->id;
        user->login = g_strdup(self->user->login);
    } else {
        user->login = dup_text(self->login_row);
    }
    user->name = dup_text(self->name_row);
    user->email = dup_text(self->email_row);
    user->phone = dup_text(self->phone_row);
    user->language = g_strdup(languages[MIN(language, G_N_ELEMENTS(languages) - 1)]);
    user->active = gtk_switch_get_active(self->active_switch);
    if (self->user != NULL && kab_role_is_partners(self->user->role))
        user->role = self->user->role;
    else if (gtk_switch_get_active(self->program_switch))
        user->role = KAB_ROLE_EXCHANGE;
    else
        user->role = people_roles[MIN(role, G_N_ELEMENTS(people_roles) - 1)];
    if (*user->name == '\0' && self->user == NULL)
        g_clear_pointer(&user->name, g_free); /* it is the login then */
    return user;
}

static gboolean
is_same(const char *a, const char *b)
{
    return g_str_equal(a != NULL ? a : "", b != NULL ? b : "");
}

static gboolean
is_changed(const KabUser *before, const KabUser *user)
{
    if (before == NULL)
        return *user->login != '\0' || !is_same(user->name, "") || !is_same(user->email, "") ||
               !is_same(user->phone, "");
    return !is_same(before->name, user->name) || !is_same(before->email, user->email) ||
           !is_same(before->phone, user->phone) || before->role != user->role ||
           before->active != user->active ||
           !is_same(before->language != NULL ? before->language : languages[0], user->language);
}

static void
on_changed(KabUserPage *self)
{
    GtkEditable *const blamed[] = {self->login_row, self->email_row, self->phone_row};
    g_autoptr(KabUser) user = NULL;

    if (self->showing)
        return;
    for (gsize i = 0; i < G_N_ELEMENTS(blamed); i++)
        gtk_widget_remove_css_class(GTK_WIDGET(blamed[i]), "error");
    user = read_form(self);
    gtk_widget_set_visible(GTK_WIDGET(self->role_row),
                           user->role != KAB_ROLE_EXCHANGE && !kab_role_is_partners(user->role));
    kab_data_page_set_edited(KAB_DATA_PAGE(self), is_changed(self->user, user));
    set_busy(self, self->busy);
}

/* What is shown. */

static void
show_role(KabUserPage *self, const KabUser *user)
{
    gboolean partners = kab_role_is_partners(user->role);
    g_autofree char *text =
        partners ? kab_format_join(kab_role_to_title(user->role),
                                   user->partner_name != NULL ? user->partner_name : "", NULL)
                 : NULL;

    kab_value_row_set_value(self->role_value_row, text);
    gtk_widget_set_visible(self->program_row, !partners);
    gtk_switch_set_active(self->program_switch, user->role == KAB_ROLE_EXCHANGE);
    adw_combo_row_set_selected(self->role_row, user->role == KAB_ROLE_MANAGER);
    gtk_widget_set_sensitive(GTK_WIDGET(self->role_row), !is_self(self));
    gtk_widget_set_sensitive(self->program_row, !is_self(self));
    gtk_widget_set_sensitive(self->active_row, !is_self(self));
}

static void
show_user(KabUserPage *self, const KabUser *user)
{
    self->showing = TRUE;
    gtk_editable_set_text(self->name_row, user->name != NULL ? user->name : "");
    kab_value_row_set_value(self->login_value_row, user->login);
    gtk_widget_set_visible(GTK_WIDGET(self->login_row), is_new(self));
    gtk_editable_set_text(self->email_row, user->email != NULL ? user->email : "");
    gtk_editable_set_text(self->phone_row, user->phone != NULL ? user->phone : "");
    adw_combo_row_set_selected(self->language_row, is_same(user->language, "en"));
    gtk_switch_set_active(self->active_switch, user->active);
    show_role(self, user);
    gtk_widget_set_visible(self->delete_button, !is_new(self));
    gtk_widget_set_visible(self->audit_group, !is_new(self));
    gtk_widget_set_visible(GTK_WIDGET(self->access), !is_new(self));
    kab_data_page_set_title(KAB_DATA_PAGE(self), is_new(self) ? _("New user") : user->name);
    self->showing = FALSE;
    on_changed(self);
}

/* Takes @user. */
static void
set_user(KabUserPage *self, KabUser *user)
{
    g_clear_pointer(&self->user, kab_user_free);
    self->user = user;
    show_user(self, user);
}

static void
on_got(GObject *source, GAsyncResult *result, gpointer data)
{
    KabUserPage *self = data;
    g_autoptr(GError) error = NULL;
    KabUser *user = kab_client_user_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (user == NULL) {
        kab_data_page_fail_load(KAB_DATA_PAGE(self), error);
        return;
    }
    set_user(self, user);
    kab_user_access_load(self->access, KAB_DATA_PAGE(self), user, self->base);
}

static void
kab_user_page_load(KabDataPage *page)
{
    KabUserPage *self = KAB_USER_PAGE(page);

    if (is_new(self)) {
        kab_data_page_loaded(page, FALSE);
    } else if (kab_data_page_is_edited(page)) {
        /* What is entered and not saved outlives what happens beside it. */
        kab_user_access_load(self->access, page, self->user, self->base);
    } else {
        kab_client_load_user_async(kab_data_page_get_client(page), kab_user_id_of(self->id),
                                   kab_data_page_begin_load(page), on_got, page);
    }
}

/* Changes. */

/* What was refused is quoted: the field that says it is marked, until something else is entered. */
static void
blame(KabUserPage *self, const GError *error)
{
    GtkEditable *const rows[] = {self->login_row, self->email_row, self->phone_row};

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *text = dup_text(rows[i]);
        g_autofree char *quoted = text != NULL ? g_strdup_printf("“%s”", text) : NULL;

        if (quoted == NULL || strstr(error->message, quoted) == NULL)
            continue;
        gtk_widget_add_css_class(GTK_WIDGET(rows[i]), "error");
        gtk_widget_grab_focus(GTK_WIDGET(rows[i]));
        return;
    }
}

static void
on_saved(GObject *source, GAsyncResult *result, gpointer data)
{
    KabUserPage *self = data;
    g_autoptr(GError) error = NULL;
    KabUser *user = kab_client_user_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    kab_data_page_freeze(KAB_DATA_PAGE(self), self->form, FALSE);
    set_busy(self, FALSE);
    if (user == NULL) {
        kab_data_page_fail(KAB_DATA_PAGE(self), error);
        show_result(self, error->message);
        blame(self, error);
        return;
    }
    kab_data_page_answered(KAB_DATA_PAGE(self));
    kab_data_page_say(KAB_DATA_PAGE(self),
                      is_new(self) ? _("The user is created") : _("The user is saved"));
    if (!is_new(self)) {
        set_user(self, user);
        kab_data_page_reload(KAB_DATA_PAGE(self));
        return;
    }
    kab_data_page_set_edited(KAB_DATA_PAGE(self), FALSE);
    {
        g_autofree char *id = g_strdup(user->id.text);

        kab_user_free(user);
        /* Its card takes the place of this page. */
        gtk_widget_activate_action(GTK_WIDGET(self),
                                   self->base ? "win.open-base-user" : "win.open-user", "s", id);
    }
}

static void
on_save(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    KabUserPage *self = KAB_USER_PAGE(widget);
    KabDataPage *page = KAB_DATA_PAGE(self);
    g_autoptr(KabUser) user = read_form(self);

    if (self->busy || !kab_data_page_is_edited(page))
        return;
    show_result(self, NULL);
    set_busy(self, TRUE);
    kab_data_page_freeze(page, self->form, TRUE);
    if (is_new(self))
        kab_client_add_user_async(kab_data_page_get_client(page), user,
                                  kab_data_page_get_cancellable(page), on_saved, self);
    else
        kab_client_set_user_async(kab_data_page_get_client(page), user,
                                  kab_data_page_get_cancellable(page), on_saved, self);
}

static void
say_deleted(KabUserPage *self)
{
    GtkRoot *root = gtk_widget_get_root(GTK_WIDGET(self));

    kab_data_page_set_edited(KAB_DATA_PAGE(self), FALSE);
    kab_data_page_add_toast(
        KAB_DATA_PAGE(self),
        kab_user_undo_make_toast(kab_data_page_get_client(KAB_DATA_PAGE(self)), self->user,
                                 self->was_active, GTK_IS_WINDOW(root) ? GTK_WINDOW(root) : NULL));
    gtk_widget_activate_action(GTK_WIDGET(self), "win.back", NULL);
}

static void
on_deactivated(GObject *source, GAsyncResult *result, gpointer data)
{
    KabUserPage *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(KabUser) user = kab_client_user_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    set_busy(self, FALSE);
    if (user == NULL) {
        kab_data_page_fail(KAB_DATA_PAGE(self), error);
        return;
    }
    kab_data_page_answered(KAB_DATA_PAGE(self));
    say_deleted(self);
}

/* The user is out at once, and gone when nobody has undone it. */
static void
on_delete(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    KabUserPage *self = KAB_USER_PAGE(widget);

    if (self->busy || self->user == NULL)
        return;
    self->was_active = self->user->active;
    set_busy(self, TRUE);
    kab_client_set_user_active_async(kab_data_page_get_client(KAB_DATA_PAGE(self)), self->user->id,
                                     FALSE, kab_data_page_get_cancellable(KAB_DATA_PAGE(self)),
                                     on_deactivated, self);
}

static void
on_audit(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    KabUserPage *self = KAB_USER_PAGE(widget);

    if (self->user != NULL)
        gtk_widget_activate_action(widget, self->base ? "win.open-base-audit" : "win.open-audit",
                                   "s", self->user->login);
}

/* The page. */

static void
kab_user_page_dispose(GObject *object)
{
    adw_bin_set_child(ADW_BIN(object), NULL); /* before the template forgets it */
    gtk_widget_dispose_template(GTK_WIDGET(object), KAB_TYPE_USER_PAGE);
    G_OBJECT_CLASS(kab_user_page_parent_class)->dispose(object);
}

static void
kab_user_page_finalize(GObject *object)
{
    g_clear_pointer(&KAB_USER_PAGE(object)->user, kab_user_free);
    G_OBJECT_CLASS(kab_user_page_parent_class)->finalize(object);
}

static void
bind_children(GtkWidgetClass *widget_class)
{
    gtk_widget_class_bind_template_child(widget_class, KabUserPage, view);
    gtk_widget_class_bind_template_child(widget_class, KabUserPage, spinner);
    gtk_widget_class_bind_template_child(widget_class, KabUserPage, result_label);
    gtk_widget_class_bind_template_child(widget_class, KabUserPage, delete_button);
    gtk_widget_class_bind_template_child(widget_class, KabUserPage, form);
    gtk_widget_class_bind_template_child(widget_class, KabUserPage, name_row);
    gtk_widget_class_bind_template_child(widget_class, KabUserPage, login_row);
    gtk_widget_class_bind_template_child(widget_class, KabUserPage, login_value_row);
    gtk_widget_class_bind_template_child(widget_class, KabUserPage, email_row);
    gtk_widget_class_bind_template_child(widget_class, KabUserPage, phone_row);
    gtk_widget_class_bind_template_child(widget_class, KabUserPage, language_row);
    gtk_widget_class_bind_template_child(widget_class, KabUserPage, role_value_row);
    gtk_widget_class_bind_template_child(widget_class, KabUserPage, role_row);
    gtk_widget_class_bind_template_child(widget_class, KabUserPage, program_row);
    gtk_widget_class_bind_template_child(widget_class, KabUserPage, program_switch);
    gtk_widget_class_bind_template_child(widget_class, KabUserPage, active_row);
    gtk_widget_class_bind_template_child(widget_class, KabUserPage, active_switch);
    gtk_widget_class_bind_template_child(widget_class, KabUserPage, audit_group);
    gtk_widget_class_bind_template_child(widget_class, KabUserPage, access);
    gtk_widget_class_bind_template_callback(widget_class, on_changed);
}

static void
kab_user_page_class_init(KabUserPageClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_user_page_dispose;
    G_OBJECT_CLASS(klass)->finalize = kab_user_page_finalize;
    KAB_DATA_PAGE_CLASS(klass)->load = kab_user_page_load;

    g_type_ensure(KAB_TYPE_PAGE_VIEW);
    g_type_ensure(KAB_TYPE_VALUE_ROW);
    g_type_ensure(KAB_TYPE_USER_ACCESS);
    g_type_ensure(KAB_TYPE_WRAP);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/admin/kab-user-page.ui");
    bind_children(widget_class);
    gtk_widget_class_install_action(widget_class, "user.save", NULL, on_save);
    gtk_widget_class_install_action(widget_class, "user.delete", NULL, on_delete);
    gtk_widget_class_install_action(widget_class, "user.audit", NULL, on_audit);
}

static void
kab_user_page_init(KabUserPage *self)
{
    static const KabKey keys[] = {
        {"<Control>s", "user.save", NULL},
        {"<Control><Shift>Delete", "user.delete", NULL},
        {"<Control>l", "user.audit", NULL},
        {NULL, NULL, NULL},
    };

    self->showing = TRUE;
    gtk_widget_init_template(GTK_WIDGET(self));
    self->showing = FALSE;
    kab_keys_add(GTK_WIDGET(self), keys);
    kab_data_page_set_view(KAB_DATA_PAGE(self), self->view);
}

KabDataPage *
kab_user_page_new(KabClient *client, const char *id, gboolean base)
{
    const KabUser nobody = {.active = TRUE, .role = KAB_ROLE_MANAGER};
    KabUserPage *self =
        g_object_new(KAB_TYPE_USER_PAGE, "client", client, "title", _("User"), NULL);

    g_strlcpy(self->id, id, sizeof self->id);
    self->base = base;
    if (is_new(self))
        show_user(self, &nobody);
    set_busy(self, FALSE);
    return KAB_DATA_PAGE(self);
}
