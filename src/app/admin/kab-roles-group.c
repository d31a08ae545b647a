/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-roles.h"
#include "kab-roles-group.h"
#include "kab-shrink.h"
#include "kab-undo-toast.h"
#include "kab-weak.h"

#include <glib/gi18n-lib.h>

#define MAP "kab-role-map"

struct _KabRolesGroup {
    AdwBin parent_instance;

    KabDataPage *page; /* the one that it is in */
    AdwPreferencesGroup *group;
    GtkWidget *fill_button;
    GPtrArray *rows; /* (element-type GtkWidget) */
};

G_DEFINE_FINAL_TYPE(KabRolesGroup, kab_roles_group, ADW_TYPE_BIN)

static void fill(KabRolesGroup *self, const GPtrArray *maps);

/* What a role of the base can be at the portal. */
static const KabRole own_roles[] = {KAB_ROLE_MANAGER};
static const KabRole contact_roles[] = {KAB_ROLE_HEAD, KAB_ROLE_BUYER, KAB_ROLE_VIEWER};

static const KabRole *
list_roles(gboolean own, guint *n)
{
    *n = own ? G_N_ELEMENTS(own_roles) : G_N_ELEMENTS(contact_roles);
    return own ? own_roles : contact_roles;
}

static KabRoleMap *
copy_map(const KabRoleMap *map, const KabRole *role)
{
    return kab_role_map_new(map->own, map->text, role, map->people);
}

/* Takes back what was filled; it may outlive the group. */
typedef struct {
    KabClient *client; /* (owned) */
    GPtrArray *maps;   /* (owned): without their roles */
    GWeakRef group;
} Undo;

static void
undo_free(gpointer data)
{
    Undo *undo = data;

    g_object_unref(undo->client);
    g_ptr_array_unref(undo->maps);
    g_weak_ref_clear(&undo->group);
    g_free(undo);
}

static void
on_undone(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(KabRolesGroup) self = kab_weak_take(data);
    g_autoptr(GError) error = NULL;
    g_autoptr(KabRoleMaps) maps = kab_client_roles_finish(KAB_CLIENT(source), result, &error);

    if (self == NULL || gtk_widget_get_root(GTK_WIDGET(self)) == NULL)
        return; /* the page is gone */
    if (maps == NULL) {
        kab_data_page_fail_change(self->page, error);
        return;
    }
    kab_data_page_answered(self->page);
    fill(self, maps->items);
}

static void
on_undo(gpointer data)
{
    Undo *undo = data;
    g_autoptr(KabRolesGroup) self = g_weak_ref_get(&undo->group);

    kab_client_set_roles_async(undo->client, undo->maps, NULL, on_undone, kab_weak_new(self));
}

static void
say_filled(KabRolesGroup *self, const GPtrArray *filled)
{
    Undo *undo;
    g_autofree char *text =
        g_strdup_printf(g_dngettext(GETTEXT_PACKAGE, "%u role was filled by default",
                                    "%u roles were filled by default", filled->len),
                        filled->len);

    if (filled->len == 0) {
        kab_data_page_say(self->page, _("Each role has one at the portal already"));
        return;
    }
    undo = g_new0(Undo, 1);
    undo->client = g_object_ref(kab_data_page_get_client(self->page));
    undo->maps = g_ptr_array_new_with_free_func((GDestroyNotify)kab_role_map_free);
    for (guint i = 0; i < filled->len; i++)
        g_ptr_array_add(undo->maps, copy_map(g_ptr_array_index(filled, i), NULL));
    g_weak_ref_init(&undo->group, self);
    kab_data_page_add_toast(self->page, kab_undo_toast_new(text, on_undo, NULL, undo, undo_free));
}

static void
on_filled(GObject *source, GAsyncResult *result, gpointer data)
{
    KabRolesGroup *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(KabRoleMaps) maps = kab_client_roles_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    gtk_widget_set_sensitive(self->fill_button, TRUE);
    if (maps == NULL) {
        kab_data_page_fail_change(self->page, error);
        return;
    }
    kab_data_page_answered(self->page);
    fill(self, maps->items);
    say_filled(self, maps->filled);
}

static void
on_fill(KabRolesGroup *self)
{
    gtk_widget_set_sensitive(self->fill_button, FALSE); /* until it is answered */
    kab_client_fill_roles_async(kab_data_page_get_client(self->page),
                                kab_data_page_get_cancellable(self->page), on_filled, self);
}

static void
on_set(GObject *source, GAsyncResult *result, gpointer data)
{
    KabRolesGroup *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(KabRoleMaps) maps = kab_client_roles_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (maps == NULL) {
        kab_data_page_fail_change(self->page, error);
        kab_roles_group_load(self); /* what is so stands there again */
        return;
    }
    kab_data_page_answered(self->page);
    fill(self, maps->items);
}

static void
on_chosen(AdwComboRow *row, GParamSpec *pspec G_GNUC_UNUSED, KabRolesGroup *self)
{
    const KabRoleMap *map = g_object_get_data(G_OBJECT(row), MAP);
    g_autoptr(GPtrArray) maps = g_ptr_array_new_with_free_func((GDestroyNotify)kab_role_map_free);
    guint selected = adw_combo_row_get_selected(row);
    guint n;
    const KabRole *roles = list_roles(map->own, &n);

    g_ptr_array_add(maps,
                    copy_map(map, selected > 0 && selected <= n ? &roles[selected - 1] : NULL));
    kab_client_set_roles_async(kab_data_page_get_client(self->page), maps,
                               kab_data_page_get_cancellable(self->page), on_set, self);
}

static char *
describe(const KabRoleMap *map)
{
    guint n = (guint)MIN(map->people, G_MAXINT);

    if (map->own)
        return g_strdup_printf(g_dngettext(GETTEXT_PACKAGE, "%u own user", "%u own users", n), n);
    return g_strdup_printf(
        g_dngettext(GETTEXT_PACKAGE, "%u contact person", "%u contact persons", n), n);
}

/* What people call a role of the base. */
static const char *
name_role(const KabRoleMap *map)
{
    KabRole role;

    if (*map->text == '\0')
        return _("No role told");
    return map->own && kab_role_from_nick(map->text, &role, NULL) ? kab_role_to_title(role)
                                                                  : map->text;
}

static GtkWidget *
make_row(KabRolesGroup *self, const KabRoleMap *map)
{
    GtkWidget *row = adw_combo_row_new();
    g_autoptr(GtkStringList) titles = gtk_string_list_new(NULL);
    g_autofree char *text = describe(map);
    g_autofree char *usual = g_strdup_printf(
        _("Not said: %s"), kab_role_to_title(map->own ? KAB_ROLE_MANAGER : KAB_ROLE_BUYER));
    guint n;
    const KabRole *roles = list_roles(map->own, &n);

    gtk_string_list_append(titles, usual);
    for (guint i = 0; i < n; i++)
        gtk_string_list_append(titles, kab_role_to_title(roles[i]));
    adw_preferences_row_set_use_markup(ADW_PREFERENCES_ROW(row), FALSE);
    adw_preferences_row_set_title(ADW_PREFERENCES_ROW(row), name_role(map));
    adw_action_row_set_subtitle(ADW_ACTION_ROW(row), text);
    adw_combo_row_set_model(ADW_COMBO_ROW(row), G_LIST_MODEL(titles));
    for (guint i = 0; map->mapped && i < n; i++)
        if (roles[i] == map->role)
            adw_combo_row_set_selected(ADW_COMBO_ROW(row), i + 1);
    if (!map->mapped)
        gtk_widget_add_css_class(row, "warning");
    g_object_set_data_full(G_OBJECT(row), MAP, copy_map(map, map->mapped ? &map->role : NULL),
                           (GDestroyNotify)kab_role_map_free);
    g_signal_connect_object(row, "notify::selected", G_CALLBACK(on_chosen), self, 0);
    return row;
}

/* Where roles would stand is told before there is one. */
static GtkWidget *
make_nobody_row(void)
{
    GtkWidget *row = adw_action_row_new();

    adw_preferences_row_set_title(ADW_PREFERENCES_ROW(row), _("There is nobody to publish yet"));
    gtk_widget_add_css_class(row, "dim-label");
    return row;
}

static void
add_row(KabRolesGroup *self, GtkWidget *row)
{
    adw_preferences_group_add(self->group, row);
    g_ptr_array_add(self->rows, row);
}

static void
fill(KabRolesGroup *self, const GPtrArray *maps)
{
    for (guint i = 0; i < self->rows->len; i++)
        adw_preferences_group_remove(self->group, g_ptr_array_index(self->rows, i));
    g_ptr_array_set_size(self->rows, 0);
    for (guint i = 0; i < maps->len; i++)
        add_row(self, make_row(self, g_ptr_array_index(maps, i)));
    if (maps->len == 0)
        add_row(self, make_nobody_row());
    gtk_widget_set_visible(self->fill_button, maps->len > 0);
    gtk_widget_set_visible(GTK_WIDGET(self), TRUE);
}

static void
on_got(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(KabRoleMaps) maps = kab_client_roles_finish(KAB_CLIENT(source), result, &error);

    /* Why there are none is told by the page. */
    if (maps != NULL)
        fill(data, maps->items);
}

static void
kab_roles_group_finalize(GObject *object)
{
    g_ptr_array_unref(KAB_ROLES_GROUP(object)->rows);
    G_OBJECT_CLASS(kab_roles_group_parent_class)->finalize(object);
}

static void
kab_roles_group_class_init(KabRolesGroupClass *klass)
{
    G_OBJECT_CLASS(klass)->finalize = kab_roles_group_finalize;
}

static void
kab_roles_group_init(KabRolesGroup *self)
{
    self->rows = g_ptr_array_new();
    self->group = ADW_PREFERENCES_GROUP(adw_preferences_group_new());
    self->fill_button = gtk_button_new_with_label(_("Fill by default"));
    gtk_widget_set_valign(self->fill_button, GTK_ALIGN_CENTER);
    kab_shrink_buttons(self->fill_button);
    g_signal_connect_swapped(self->fill_button, "clicked", G_CALLBACK(on_fill), self);
    adw_preferences_group_set_title(self->group, _("Roles"));
    adw_preferences_group_set_description(
        self->group, _("Which role at the portal people get when they are published, by their role "
                       "at the base. Whoever is published already keeps the role."));
    adw_preferences_group_set_header_suffix(self->group, self->fill_button);
    adw_bin_set_child(ADW_BIN(self), GTK_WIDGET(self->group));
    gtk_widget_set_visible(GTK_WIDGET(self), FALSE);
}

GtkWidget *
kab_roles_group_new(KabDataPage *page)
{
    KabRolesGroup *self = g_object_new(KAB_TYPE_ROLES_GROUP, NULL);

    self->page = page;
    return GTK_WIDGET(self);
}

void
kab_roles_group_load(KabRolesGroup *self)
{
    kab_client_list_roles_async(kab_data_page_get_client(self->page),
                                kab_data_page_get_cancellable(self->page), on_got, self);
}
