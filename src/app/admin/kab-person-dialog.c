/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-dialog-fit.h"
#include "kab-person-dialog.h"
#include "kab-shrink.h"
#include "kab-spinner.h"

#include <glib/gi18n-lib.h>

struct _KabPersonDialog {
    AdwWindow parent_instance;

    GtkWidget *form;
    GtkWidget *partner_row;
    GtkDropDown *partner_dropdown;
    GtkEditable *name_row;
    GtkEditable *inn_row;
    GtkEditable *kpp_row;
    GtkEditable *email_row;
    GtkEditable *phone_row;
    GtkWidget *publish_group;
    GtkWidget *publish_row;
    GtkSwitch *publish_switch;
    GtkEditable *login_row;
    AdwComboRow *role_row;
    GtkSpinner *spinner;
    GtkLabel *message_label;

    KabClient *client; /* (owned) */
    KabPersonDialogKind kind;
    char id[KAB_ID_SIZE]; /* of the person, who may be a new one */
    gboolean own;
    char *name;                /* (owned) (nullable): as it is */
    char *email;               /* (owned) (nullable): as it is */
    char *phone;               /* (owned) (nullable): as it is */
    GPtrArray *partners;       /* (owned) (nullable) (element-type KabShortPartner) */
    GCancellable *cancellable; /* (owned) */
    gboolean busy;
};

G_DEFINE_FINAL_TYPE(KabPersonDialog, kab_person_dialog, ADW_TYPE_WINDOW)

enum {
    SAVED,
    N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const KabRole roles[] = {KAB_ROLE_HEAD, KAB_ROLE_BUYER,
                                KAB_ROLE_VIEWER}; /* the template's */

static char *
dup_text(GtkEditable *row)
{
    return g_strstrip(g_strdup(gtk_editable_get_text(row)));
}

static void
set_busy(KabPersonDialog *self, gboolean busy)
{
    self->busy = busy;
    kab_spinner_set(self->spinner, busy);
    /* A text that turns insensitive under the cursor does not notice that the focus went. */
    if (busy)
        gtk_root_set_focus(GTK_ROOT(self), NULL);
    gtk_widget_set_sensitive(self->form, !busy);
    gtk_widget_action_set_enabled(GTK_WIDGET(self), "person.save", !busy);
}

static void
fail(KabPersonDialog *self, const char *text)
{
    set_busy(self, FALSE);
    gtk_label_set_text(self->message_label, text);
}

static void
end(KabPersonDialog *self, const char *text)
{
    g_signal_emit(self, signals[SAVED], 0, text);
    gtk_window_destroy(GTK_WINDOW(self));
}

static gboolean
publishes(KabPersonDialog *self)
{
    return gtk_widget_get_visible(self->publish_group) &&
           gtk_switch_get_active(self->publish_switch);
}

static void
on_publish_changed(KabPersonDialog *self)
{
    gboolean published = gtk_switch_get_active(self->publish_switch);

    gtk_widget_set_visible(GTK_WIDGET(self->login_row), published);
    gtk_widget_set_visible(GTK_WIDGET(self->role_row), published && !self->own);
}

/* Saving: a contact person first, then the publication. */

static void
on_published(GObject *source, GAsyncResult *result, gpointer data)
{
    KabPersonDialog *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(KabPublication) row =
        kab_client_publication_finish(KAB_CLIENT(source), result, &error);
    g_autofree char *text = NULL;

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (row == NULL) {
        fail(self, error->message);
        return;
    }
    text = g_strdup_printf(_("%s is published with the login %s"), row->name, row->login);
    end(self, text);
}

static void
publish(KabPersonDialog *self)
{
    g_autofree char *login = dup_text(self->login_row);
    guint selected = adw_combo_row_get_selected(self->role_row);
    KabRole role = roles[MIN(selected, G_N_ELEMENTS(roles) - 1)];

    kab_client_publish_async(self->client, self->id, login, self->own ? NULL : &role,
                             self->cancellable, on_published, self);
}

static void
on_contact_put(GObject *source, GAsyncResult *result, gpointer data)
{
    KabPersonDialog *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(KabPublication) row =
        kab_client_publication_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (row == NULL)
        fail(self, error->message);
    else if (publishes(self))
        publish(self);
    else
        end(self, _("The contact person is saved"));
}

static const char *
changed(const char *text, const char *before)
{
    return g_strcmp0(text, before != NULL ? before : "") != 0 ? text : NULL;
}

static void
put_contact(KabPersonDialog *self)
{
    g_autofree char *name = dup_text(self->name_row);
    g_autofree char *email = dup_text(self->email_row);
    g_autofree char *phone = dup_text(self->phone_row);
    guint i = gtk_drop_down_get_selected(self->partner_dropdown);
    const char *new_name = changed(name, self->name);
    const char *new_email = changed(email, self->email);
    const char *new_phone = changed(phone, self->phone);
    const KabShortPartner *partner = self->partners != NULL && i < self->partners->len
                                         ? g_ptr_array_index(self->partners, i)
                                         : NULL;

    if (new_name != NULL || new_email != NULL || new_phone != NULL)
        kab_client_put_contact_async(self->client, self->id,
                                     partner != NULL ? partner->id.text : NULL, new_name, new_email,
                                     new_phone, self->cancellable, on_contact_put, self);
    else if (publishes(self))
        publish(self);
    else
        gtk_window_destroy(GTK_WINDOW(self)); /* as it was */
}

static void
on_partner_added(GObject *source, GAsyncResult *result, gpointer data)
{
    KabPersonDialog *self = data;
    g_autoptr(GError) error = NULL;

    kab_client_add_partner_finish(KAB_CLIENT(source), result, &error);
    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (error != NULL)
        fail(self, error->message);
    else
        end(self, _("The partner is added: its contact persons can be added now"));
}

static void
add_partner(KabPersonDialog *self)
{
    g_autofree char *name = dup_text(self->name_row);
    g_autofree char *inn = dup_text(self->inn_row);
    g_autofree char *kpp = dup_text(self->kpp_row);

    kab_client_add_partner_async(self->client, name, inn, kpp, self->cancellable, on_partner_added,
                                 self);
}

static gboolean
check(KabPersonDialog *self)
{
    g_autofree char *name = dup_text(self->name_row);

    if (*name == '\0') {
        fail(self, _("Enter the name."));
        gtk_widget_grab_focus(GTK_WIDGET(self->name_row));
        return FALSE;
    }
    if (self->kind == KAB_PERSON_DIALOG_CONTACT &&
        (self->partners == NULL || self->partners->len == 0)) {
        fail(self, _("There is no partner yet: add it first."));
        return FALSE;
    }
    return TRUE;
}

static void
on_save(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    KabPersonDialog *self = KAB_PERSON_DIALOG(widget);

    if (self->busy || !check(self))
        return;
    gtk_label_set_text(self->message_label, "");
    set_busy(self, TRUE);
    if (self->kind == KAB_PERSON_DIALOG_PARTNER)
        add_partner(self);
    else if (!self->own)
        put_contact(self);
    else if (publishes(self))
        publish(self);
    else
        gtk_window_destroy(GTK_WINDOW(self));
}

/* What is shown. */

static void
on_partners_listed(GObject *source, GAsyncResult *result, gpointer data)
{
    KabPersonDialog *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(KabPage) page = kab_client_list_partners_finish(KAB_CLIENT(source), result, &error);
    g_autoptr(GtkStringList) names = gtk_string_list_new(NULL);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (page == NULL) {
        fail(self, error->message);
        return;
    }
    for (guint i = 0; i < page->items->len; i++)
        gtk_string_list_append(names, ((KabShortPartner *)g_ptr_array_index(page->items, i))->name);
    self->partners = g_ptr_array_ref(page->items);
    gtk_drop_down_set_model(self->partner_dropdown, G_LIST_MODEL(names));
}

static void
show_row(KabPersonDialog *self, const KabPublication *row)
{
    g_strlcpy(self->id, row->id, sizeof self->id);
    self->own = row->kind == KAB_PUBLICATION_USER;
    self->name = g_strdup(row->name);
    self->email = g_strdup(row->email);
    self->phone = g_strdup(row->phone);
    gtk_editable_set_text(self->name_row, row->name);
    gtk_editable_set_text(self->email_row, row->email != NULL ? row->email : "");
    gtk_editable_set_text(self->phone_row, row->phone != NULL ? row->phone : "");
    gtk_editable_set_text(self->login_row, row->login != NULL ? row->login : "");
    gtk_switch_set_active(self->publish_switch, row->published);
    /* Taking back has a command of its own. */
    gtk_widget_set_visible(self->publish_row, !row->published);
    for (guint i = 0; row->published && i < G_N_ELEMENTS(roles); i++)
        if (roles[i] == row->role)
            adw_combo_row_set_selected(self->role_row, i);
}

/* An own user is changed where the users of the base are. */
static void
show_fields(KabPersonDialog *self)
{
    gboolean partner = self->kind == KAB_PERSON_DIALOG_PARTNER;

    if (partner)
        adw_preferences_row_set_title(ADW_PREFERENCES_ROW(self->name_row), _("Name"));
    gtk_widget_set_visible(self->partner_row, self->kind == KAB_PERSON_DIALOG_CONTACT);
    gtk_widget_set_visible(GTK_WIDGET(self->inn_row), partner);
    gtk_widget_set_visible(GTK_WIDGET(self->kpp_row), partner);
    gtk_widget_set_visible(GTK_WIDGET(self->email_row), !partner);
    gtk_widget_set_visible(GTK_WIDGET(self->phone_row), !partner);
    gtk_widget_set_visible(self->publish_group, !partner);
    gtk_widget_set_sensitive(GTK_WIDGET(self->name_row), !self->own);
    gtk_widget_set_sensitive(GTK_WIDGET(self->email_row), !self->own);
    gtk_widget_set_sensitive(GTK_WIDGET(self->phone_row), !self->own);
    on_publish_changed(self);
}

static void
on_entered(KabPersonDialog *self)
{
    gtk_widget_activate_action(GTK_WIDGET(self), "person.save", NULL);
}

static void
kab_person_dialog_dispose(GObject *object)
{
    KabPersonDialog *self = KAB_PERSON_DIALOG(object);

    g_cancellable_cancel(self->cancellable);
    gtk_widget_dispose_template(GTK_WIDGET(self), KAB_TYPE_PERSON_DIALOG);
    G_OBJECT_CLASS(kab_person_dialog_parent_class)->dispose(object);
}

static void
kab_person_dialog_finalize(GObject *object)
{
    KabPersonDialog *self = KAB_PERSON_DIALOG(object);

    g_clear_object(&self->cancellable);
    g_clear_object(&self->client);
    g_clear_pointer(&self->partners, g_ptr_array_unref);
    g_free(self->name);
    g_free(self->email);
    g_free(self->phone);
    G_OBJECT_CLASS(kab_person_dialog_parent_class)->finalize(object);
}

static void
kab_person_dialog_class_init(KabPersonDialogClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_person_dialog_dispose;
    G_OBJECT_CLASS(klass)->finalize = kab_person_dialog_finalize;
    signals[SAVED] = g_signal_new("saved", KAB_TYPE_PERSON_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/admin/kab-person-dialog.ui");
    gtk_widget_class_bind_template_child(widget_class, KabPersonDialog, form);
    gtk_widget_class_bind_template_child(widget_class, KabPersonDialog, partner_row);
    gtk_widget_class_bind_template_child(widget_class, KabPersonDialog, partner_dropdown);
    gtk_widget_class_bind_template_child(widget_class, KabPersonDialog, name_row);
    gtk_widget_class_bind_template_child(widget_class, KabPersonDialog, inn_row);
    gtk_widget_class_bind_template_child(widget_class, KabPersonDialog, kpp_row);
    gtk_widget_class_bind_template_child(widget_class, KabPersonDialog, email_row);
    gtk_widget_class_bind_template_child(widget_class, KabPersonDialog, phone_row);
    gtk_widget_class_bind_template_child(widget_class, KabPersonDialog, publish_group);
    gtk_widget_class_bind_template_child(widget_class, KabPersonDialog, publish_row);
    gtk_widget_class_bind_template_child(widget_class, KabPersonDialog, publish_switch);
    gtk_widget_class_bind_template_child(widget_class, KabPersonDialog, login_row);
    gtk_widget_class_bind_template_child(widget_class, KabPersonDialog, role_row);
    gtk_widget_class_bind_template_child(widget_class, KabPersonDialog, spinner);
    gtk_widget_class_bind_template_child(widget_class, KabPersonDialog, message_label);
    gtk_widget_class_bind_template_callback(widget_class, on_publish_changed);
    gtk_widget_class_bind_template_callback(widget_class, on_entered);
    gtk_widget_class_install_action(widget_class, "person.save", NULL, on_save);
    gtk_widget_class_add_binding_action(widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
    gtk_widget_class_add_binding_action(widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "person.save",
                                        NULL);
}

static void
kab_person_dialog_init(KabPersonDialog *self)
{
    self->cancellable = g_cancellable_new();
    gtk_widget_init_template(GTK_WIDGET(self));
    kab_shrink_drop_down(self->partner_dropdown);
    adw_combo_row_set_selected(self->role_row, 1);
    set_busy(self, FALSE);
}

GtkWindow *
kab_person_dialog_new(GtkWindow *parent, KabClient *client, KabPersonDialogKind kind,
                      const KabPublication *row)
{
    const char *const titles[] = {_("New contact person"), _("New partner"), _("Contact person")};
    KabPersonDialog *self = g_object_new(KAB_TYPE_PERSON_DIALOG, "transient-for", parent, NULL);

    kab_dialog_fit(GTK_WINDOW(self));
    self->client = g_object_ref(client);
    self->kind = kind;
    kab_id_fill_random(self->id);
    gtk_window_set_title(GTK_WINDOW(self), row != NULL && row->kind == KAB_PUBLICATION_USER
                                               ? _("User")
                                               : titles[kind]);
    gtk_switch_set_active(self->publish_switch, kind == KAB_PERSON_DIALOG_CONTACT);
    if (row != NULL)
        show_row(self, row);
    show_fields(self);
    if (kind == KAB_PERSON_DIALOG_CONTACT)
        kab_client_list_partners_async(client, self->cancellable, on_partners_listed, self);
    gtk_widget_grab_focus(GTK_WIDGET(self->name_row));
    return GTK_WINDOW(self);
}
