/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-group-list.h"
#include "kab-item.h"
#include "kab-product.h"

#include <glib/gi18n-lib.h>

struct _KabGroupList {
    AdwBin parent_instance;

    GtkListView *list_view;

    GPtrArray *groups;             /* (owned) (element-type KabGroup) */
    GtkSingleSelection *selection; /* (owned) */
    char *selected;                /* (owned) (nullable): NULL: all products */
    gboolean setting;              /* the model is being set by the program */
};

G_DEFINE_FINAL_TYPE(KabGroupList, kab_group_list, ADW_TYPE_BIN)

enum {
    SELECTED,
    N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
leave(gpointer value G_GNUC_UNUSED)
{
    /* The groups are owned by the array. */
}

/* The items below @parent, "" for the top, which begins with "All products". */
static GListStore *
list_below(KabGroupList *self, const char *parent)
{
    GListStore *store = g_list_store_new(KAB_TYPE_ITEM);

    if (*parent == '\0') {
        g_autoptr(KabItem) all = kab_item_new("", NULL, leave);

        g_list_store_append(store, all);
    }
    for (guint i = 0; i < self->groups->len; i++) {
        KabGroup *group = g_ptr_array_index(self->groups, i);

        if (g_str_equal(group->parent_id.text, parent)) {
            g_autoptr(KabItem) item = kab_item_new(group->id.text, group, leave);

            g_list_store_append(store, item);
        }
    }
    return store;
}

static GListModel *
create_children(gpointer object, gpointer data)
{
    KabItem *item = object;
    GListStore *store;

    if (kab_item_get_value(item) == NULL)
        return NULL;
    store = list_below(data, kab_item_get_key(item));
    if (g_list_model_get_n_items(G_LIST_MODEL(store)) == 0)
        g_clear_object(&store);
    return store != NULL ? G_LIST_MODEL(store) : NULL;
}

static const KabGroup *
find_group(KabGroupList *self, const char *id)
{
    for (guint i = 0; self->groups != NULL && id != NULL && i < self->groups->len; i++) {
        const KabGroup *group = g_ptr_array_index(self->groups, i);

        if (g_str_equal(group->id.text, id))
            return group;
    }
    return NULL;
}

static void
on_setup(GtkSignalListItemFactory *factory G_GNUC_UNUSED, GtkListItem *item,
         gpointer data G_GNUC_UNUSED)
{
    GtkWidget *expander = gtk_tree_expander_new();
    GtkWidget *label = gtk_label_new(NULL);

    gtk_label_set_xalign(GTK_LABEL(label), 0);
    gtk_label_set_wrap(GTK_LABEL(label), TRUE);
    gtk_label_set_wrap_mode(GTK_LABEL(label), PANGO_WRAP_WORD_CHAR);
    /* An expander asks for no more than its narrowest: words would be broken. */
    gtk_widget_set_hexpand(label, TRUE);
    gtk_tree_expander_set_child(GTK_TREE_EXPANDER(expander), label);
    gtk_list_item_set_child(item, expander);
}

static void
on_bind(GtkSignalListItemFactory *factory G_GNUC_UNUSED, GtkListItem *item,
        gpointer data G_GNUC_UNUSED)
{
    GtkTreeListRow *row = gtk_list_item_get_item(item);
    GtkTreeExpander *expander = GTK_TREE_EXPANDER(gtk_list_item_get_child(item));
    g_autoptr(KabItem) group_item = KAB_ITEM(gtk_tree_list_row_get_item(row));
    const KabGroup *group = kab_item_get_value(group_item);
    const char *name = group != NULL ? group->name : _("All products");
    GtkWidget *label = gtk_tree_expander_get_child(expander);

    gtk_tree_expander_set_list_row(expander, row);
    gtk_label_set_text(GTK_LABEL(label), name);
    gtk_widget_set_tooltip_text(label, name);
    gtk_accessible_update_property(GTK_ACCESSIBLE(gtk_widget_get_parent(GTK_WIDGET(expander))),
                                   GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
on_unbind(GtkSignalListItemFactory *factory G_GNUC_UNUSED, GtkListItem *item,
          gpointer data G_GNUC_UNUSED)
{
    gtk_tree_expander_set_list_row(GTK_TREE_EXPANDER(gtk_list_item_get_child(item)), NULL);
}

static void
on_selected(KabGroupList *self)
{
    GtkTreeListRow *row = gtk_single_selection_get_selected_item(self->selection);
    g_autoptr(KabItem) item = row != NULL ? KAB_ITEM(gtk_tree_list_row_get_item(row)) : NULL;
    const char *key = item != NULL ? kab_item_get_key(item) : "";

    if (self->setting || g_strcmp0(key, self->selected != NULL ? self->selected : "") == 0)
        return;
    g_free(self->selected);
    self->selected = *key != '\0' ? g_strdup(key) : NULL;
    g_signal_emit(self, signals[SELECTED], 0);
}

static void
on_activate(KabGroupList *self, guint position)
{
    g_autoptr(GtkTreeListRow) row = g_list_model_get_item(G_LIST_MODEL(self->selection), position);

    if (row != NULL && gtk_tree_list_row_is_expandable(row))
        gtk_tree_list_row_set_expanded(row, !gtk_tree_list_row_get_expanded(row));
}

static void
kab_group_list_dispose(GObject *object)
{
    KabGroupList *self = KAB_GROUP_LIST(object);

    if (self->list_view != NULL)
        gtk_list_view_set_model(self->list_view, NULL);
    g_clear_object(&self->selection);
    g_clear_pointer(&self->groups, g_ptr_array_unref);
    g_clear_pointer(&self->selected, g_free);
    gtk_widget_dispose_template(GTK_WIDGET(self), KAB_TYPE_GROUP_LIST);
    G_OBJECT_CLASS(kab_group_list_parent_class)->dispose(object);
}

static void
kab_group_list_class_init(KabGroupListClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_group_list_dispose;

    /** KabGroupList::selected: the person chose another group. */
    signals[SELECTED] = g_signal_new("selected", KAB_TYPE_GROUP_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 0);

    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/partner/kab-group-list.ui");
    gtk_widget_class_bind_template_child(widget_class, KabGroupList, list_view);
    gtk_widget_class_bind_template_callback(widget_class, on_setup);
    gtk_widget_class_bind_template_callback(widget_class, on_bind);
    gtk_widget_class_bind_template_callback(widget_class, on_unbind);
    gtk_widget_class_bind_template_callback(widget_class, on_activate);
}

static void
kab_group_list_init(KabGroupList *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
}

void
kab_group_list_set_groups(KabGroupList *self, GPtrArray *groups)
{
    GtkTreeListModel *tree;
    g_autofree char *selected = g_strdup(self->selected);

    self->setting = TRUE;
    gtk_list_view_set_model(self->list_view, NULL);
    g_clear_object(&self->selection);
    g_clear_pointer(&self->groups, g_ptr_array_unref);
    self->groups = groups;
    tree = gtk_tree_list_model_new(G_LIST_MODEL(list_below(self, "")), FALSE, FALSE,
                                   create_children, self, NULL);
    self->selection = gtk_single_selection_new(G_LIST_MODEL(tree));
    g_signal_connect_object(self->selection, "notify::selected-item", G_CALLBACK(on_selected), self,
                            G_CONNECT_SWAPPED);
    gtk_list_view_set_model(self->list_view, GTK_SELECTION_MODEL(self->selection));
    self->setting = FALSE;
    kab_group_list_select(self, selected);
    on_selected(self); /* tells it if the selected group is there no more */
}

const char *
kab_group_list_get_selected(KabGroupList *self)
{
    return self->selected;
}

const char *
kab_group_list_get_selected_title(KabGroupList *self)
{
    const KabGroup *group = find_group(self, self->selected);

    return group != NULL ? group->name : _("All products");
}

/* Opens the groups above @group, from the top, and returns where it stands then. */
static guint
reveal(KabGroupList *self, const KabGroup *group)
{
    GListModel *model = G_LIST_MODEL(self->selection);
    const KabGroup *above = find_group(self, group->parent_id.text);
    guint n;

    if (above != NULL) {
        g_autoptr(GtkTreeListRow) row = g_list_model_get_item(model, reveal(self, above));

        gtk_tree_list_row_set_expanded(row, TRUE);
    }
    n = g_list_model_get_n_items(model);
    for (guint i = 0; i < n; i++) {
        g_autoptr(GtkTreeListRow) row = g_list_model_get_item(model, i);
        g_autoptr(KabItem) item = KAB_ITEM(gtk_tree_list_row_get_item(row));

        if (g_str_equal(kab_item_get_key(item), group->id.text))
            return i;
    }
    return 0;
}

void
kab_group_list_select(KabGroupList *self, const char *group_id)
{
    const KabGroup *group = find_group(self, group_id);

    if (self->selection != NULL)
        gtk_single_selection_set_selected(self->selection, group != NULL ? reveal(self, group) : 0);
}
