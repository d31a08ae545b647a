/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-users.h"
#include "kab-fact-row.h"
#include "kab-format.h"
#include "kab-keys.h"
#include "kab-shrink.h"
#include "kab-users-page.h"

#include <glib/gi18n-lib.h>

struct _KabUsersPage {
    KabListPage parent_instance;

    GtkEditable *search_entry;
    GtkDropDown *active_dropdown;

    char *text; /* (owned) (nullable): what is searched for */
};

G_DEFINE_FINAL_TYPE(KabUsersPage, kab_users_page, KAB_TYPE_LIST_PAGE)

static const char *const active_values[] = {NULL, "true", "false"};

static KabUsersQuery
get_query(KabUsersPage *self)
{
    guint role = kab_list_page_get_filter(KAB_LIST_PAGE(self));
    guint active = gtk_drop_down_get_selected(self->active_dropdown);

    return (KabUsersQuery){
        .text = self->text,
        .role = role > 0 ? kab_role_to_nick((KabRole)(role - 1)) : NULL,
        .active = active < G_N_ELEMENTS(active_values) ? active_values[active] : NULL,
    };
}

static void
kab_users_page_list(KabListPage *page, const char *after, guint limit, GCancellable *cancellable,
                    GAsyncReadyCallback callback, gpointer data)
{
    const KabUsersQuery query = get_query(KAB_USERS_PAGE(page));

    kab_client_list_users_async(kab_data_page_get_client(KAB_DATA_PAGE(page)), &query, after, limit,
                                cancellable, callback, data);
}

static gboolean
kab_users_page_is_filtered(KabListPage *page)
{
    const KabUsersQuery query = get_query(KAB_USERS_PAGE(page));

    return query.text != NULL || query.active != NULL;
}

static KabItem *
kab_users_page_make_item(gpointer value)
{
    KabUser *user = value;

    return kab_item_new(user->id.text, user, (GDestroyNotify)kab_user_free);
}

static void
show_row(KabFactRow *row, const KabUser *user, const char *action)
{
    g_autofree char *detail = kab_format_join(user->login, kab_role_to_title(user->role),
                                              user->partner_name != NULL ? user->partner_name : "",
                                              user->email != NULL ? user->email : "", NULL);
    g_autofree char *name = g_strdup_printf(_("Open the user %s"), user->name);

    kab_fact_row_set_texts(row, user->name, detail, NULL);
    kab_status_badge_set_user(kab_fact_row_get_badge(row), kab_user_get_state(user));
    kab_fact_row_set_button(row, "go-next-symbolic", _("Open"), name, action, user->id.text);
}

static void
show_user(KabFactRow *row, KabItem *item)
{
    show_row(row, kab_item_get_value(item), "win.open-user");
}

static void
show_base_user(KabFactRow *row, KabItem *item)
{
    show_row(row, kab_item_get_value(item), "win.open-base-user");
}

static GtkWidget *
kab_users_page_make_row(KabListPage *page)
{
    return kab_fact_row_new(kab_list_page_is_for_base(page) ? show_base_user : show_user);
}

static void
kab_users_page_set_row(GtkWidget *row, KabItem *item)
{
    kab_fact_row_set_item(KAB_FACT_ROW(row), item);
}

static char *
kab_users_page_dup_name(KabItem *item)
{
    const KabUser *user = kab_item_get_value(item);

    return kab_format_join(user->name, kab_role_to_title(user->role),
                           kab_user_state_to_title(kab_user_get_state(user)), NULL);
}

static void
open_card(KabListPage *page, const char *at_portal, const char *at_base, const char *id)
{
    gtk_widget_activate_action(GTK_WIDGET(page),
                               kab_list_page_is_for_base(page) ? at_base : at_portal, "s", id);
}

static void
kab_users_page_open(KabListPage *page, KabItem *item)
{
    open_card(page, "win.open-user", "win.open-base-user", kab_item_get_key(item));
}

static void
on_new(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    open_card(KAB_LIST_PAGE(widget), "win.open-user", "win.open-base-user", "");
}

static void
on_audit(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    open_card(KAB_LIST_PAGE(widget), "win.open-audit", "win.open-base-audit", "");
}

static void
on_search_changed(KabUsersPage *self)
{
    g_autofree char *text = g_strstrip(g_strdup(gtk_editable_get_text(self->search_entry)));

    if (g_strcmp0(text, self->text != NULL ? self->text : "") == 0)
        return;
    g_free(self->text);
    self->text = *text != '\0' ? g_steal_pointer(&text) : NULL;
    kab_list_page_ask_anew(KAB_LIST_PAGE(self));
}

static GtkWidget *
make_button(const char *icon_name, const char *label, const char *action)
{
    GtkWidget *button = gtk_button_new_from_icon_name(icon_name);

    gtk_actionable_set_action_name(GTK_ACTIONABLE(button), action);
    gtk_widget_set_tooltip_text(button, label);
    gtk_accessible_update_property(GTK_ACCESSIBLE(button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                   -1);
    return button;
}

static GtkWidget *
make_search(KabUsersPage *self)
{
    GtkWidget *search = gtk_search_entry_new();

    self->search_entry = GTK_EDITABLE(search);
    gtk_widget_set_hexpand(search, TRUE);
    g_object_set(search, "placeholder-text", _("Name, login, e-mail, partner"), NULL);
    gtk_accessible_update_property(GTK_ACCESSIBLE(search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                   _("Search in the users"), -1);
    gtk_editable_set_max_width_chars(GTK_EDITABLE(search), 30);
    gtk_editable_set_width_chars(GTK_EDITABLE(search), 10);
    g_signal_connect_object(search, "search-changed", G_CALLBACK(on_search_changed), self,
                            G_CONNECT_SWAPPED);
    return search;
}

static void
add_tools(KabUsersPage *self)
{
    const char *const titles[] = {_("Active or not"), C_("user", "Active"), _("Deactivated"), NULL};
    GtkWidget *others = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 6);
    GtkWidget *active = gtk_drop_down_new_from_strings(titles);
    GtkWidget *add = make_button("list-add-symbolic", _("New user"), "users.new");

    self->active_dropdown = GTK_DROP_DOWN(active);
    kab_shrink_drop_down(self->active_dropdown);
    gtk_accessible_update_property(GTK_ACCESSIBLE(active), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                   _("Active or not"), -1);
    g_signal_connect_object(active, "notify::selected", G_CALLBACK(kab_list_page_ask_anew), self,
                            G_CONNECT_SWAPPED);
    gtk_widget_add_css_class(add, "suggested-action");
    gtk_box_append(GTK_BOX(others), active);
    gtk_box_append(GTK_BOX(others),
                   make_button("document-open-recent-symbolic", _("Who did what"), "users.audit"));
    gtk_box_append(GTK_BOX(others), add);
    kab_list_page_add_tools(KAB_LIST_PAGE(self), make_search(self), others);
}

static void
kab_users_page_constructed(GObject *object)
{
    static const KabKey keys[] = {
        {"<Control>n", "users.new", NULL},
        {"<Control>l", "users.audit", NULL},
        {NULL, NULL, NULL},
    };
    KabUsersPage *self = KAB_USERS_PAGE(object);
    const KabListPageTexts texts = {
        .icon_name = "system-users-symbolic",
        .list_name = _("Users"),
        .empty_title = _("No users yet"),
        .empty_text = "",
        .nothing_text = _("No user is like that. Try other words or another role."),
    };
    const char *filters[KAB_N_ROLES + 2] = {_("All roles")};

    G_OBJECT_CLASS(kab_users_page_parent_class)->constructed(object);
    for (int i = 0; i < KAB_N_ROLES; i++)
        filters[i + 1] = kab_role_to_title((KabRole)i);
    add_tools(self);
    kab_list_page_set_up(KAB_LIST_PAGE(self), &texts, _("Role"), filters);
    kab_keys_add(GTK_WIDGET(self), keys);
}

static void
kab_users_page_dispose(GObject *object)
{
    g_clear_pointer(&KAB_USERS_PAGE(object)->text, g_free);
    G_OBJECT_CLASS(kab_users_page_parent_class)->dispose(object);
}

static void
kab_users_page_class_init(KabUsersPageClass *klass)
{
    KabListPageClass *list_class = KAB_LIST_PAGE_CLASS(klass);

    G_OBJECT_CLASS(klass)->constructed = kab_users_page_constructed;
    G_OBJECT_CLASS(klass)->dispose = kab_users_page_dispose;
    list_class->is_filtered = kab_users_page_is_filtered;
    list_class->list = kab_users_page_list;
    list_class->list_finish = kab_client_list_users_finish;
    list_class->make_item = kab_users_page_make_item;
    list_class->make_row = kab_users_page_make_row;
    list_class->set_row = kab_users_page_set_row;
    list_class->dup_name = kab_users_page_dup_name;
    list_class->open = kab_users_page_open;

    gtk_widget_class_install_action(GTK_WIDGET_CLASS(klass), "users.new", NULL, on_new);
    gtk_widget_class_install_action(GTK_WIDGET_CLASS(klass), "users.audit", NULL, on_audit);
}

static void
kab_users_page_init(KabUsersPage *self G_GNUC_UNUSED)
{
}

KabDataPage *
kab_users_page_new(KabClient *client, gboolean base)
{
    return g_object_new(KAB_TYPE_USERS_PAGE, "client", client, "for-base", base, "title",
                        base ? _("Users of the base") : _("Users of the portal"), NULL);
}
