/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-item.h"
#include "kab-json-value.h"
#include "kab-json-view.h"
#include "kab-shrink.h"
#include "kab-stack.h"
#include "kab-wrap.h"

#include <glib/gi18n-lib.h>

/* What is unfolded at first. */
#define OPEN_DEPTH 4
#define OPEN_ROWS 80
/* Characters of one value in the tree; the text has all of them. */
#define MAX_SHOWN 2000

struct _KabJsonView {
    AdwBin parent_instance;

    GtkWidget *tools;
    GtkToggleButton *tree_button;
    GtkToggleButton *text_button;
    GtkStack *stack;
    GtkListView *list_view;
    GtkTextView *text_view;

    KabJsonValue *value; /* (owned) (nullable): NULL if the text is no JSON */
    char *text;          /* (owned) (nullable): as it is shown */
};

G_DEFINE_FINAL_TYPE(KabJsonView, kab_json_view, ADW_TYPE_BIN)

enum {
    COPIED,
    N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* The tree. */

/* The items borrow the values: they go before them. */
static void
keep(gpointer value G_GNUC_UNUSED)
{
}

static GListStore *
make_items(const KabJsonValue *value)
{
    GListStore *store = g_list_store_new(KAB_TYPE_ITEM);

    for (guint i = 0; value->children != NULL && i < value->children->len; i++) {
        KabJsonValue *child = g_ptr_array_index(value->children, i);
        g_autofree char *key =
            child->name != NULL ? g_strdup(child->name) : g_strdup_printf("%u", i + 1);
        g_autoptr(KabItem) item = kab_item_new(key, child, keep);

        g_list_store_append(store, item);
    }
    return store;
}

static GListModel *
open_item(gpointer item, gpointer data G_GNUC_UNUSED)
{
    const KabJsonValue *value = kab_item_get_value(item);

    return value->children != NULL && value->children->len > 0 ? G_LIST_MODEL(make_items(value))
                                                               : NULL;
}

static void
unfold(GtkTreeListModel *tree)
{
    for (guint i = 0; i < g_list_model_get_n_items(G_LIST_MODEL(tree)); i++) {
        g_autoptr(GtkTreeListRow) row = gtk_tree_list_model_get_row(tree, i);

        if (g_list_model_get_n_items(G_LIST_MODEL(tree)) > OPEN_ROWS)
            return;
        if (gtk_tree_list_row_get_depth(row) < OPEN_DEPTH)
            gtk_tree_list_row_set_expanded(row, TRUE);
    }
}

static void
show_tree(KabJsonView *self)
{
    GtkTreeListModel *tree = gtk_tree_list_model_new(G_LIST_MODEL(make_items(self->value)), FALSE,
                                                     FALSE, open_item, NULL, NULL);
    g_autoptr(GtkNoSelection) selection = NULL;

    unfold(tree);
    selection = gtk_no_selection_new(G_LIST_MODEL(tree));
    gtk_list_view_set_model(self->list_view, GTK_SELECTION_MODEL(selection));
}

/* Rows. */

static char *
describe(const KabJsonValue *value)
{
    guint n = value->children != NULL ? value->children->len : 0;

    switch (value->type) {
    case KAB_JSON_OBJECT:
        return g_strdup_printf("{%u}", n);
    case KAB_JSON_ARRAY:
        return g_strdup_printf("[%u]", n);
    default:
        break;
    }
    if (g_utf8_strlen(value->text, -1) > MAX_SHOWN) {
        g_autofree char *begin = g_utf8_substring(value->text, 0, MAX_SHOWN);

        return g_strconcat(begin, "…", NULL);
    }
    return value->type == KAB_JSON_TEXT ? g_strdup_printf("“%s”", value->text)
                                        : g_strdup(value->text);
}

static GtkWidget *
add_label(GtkWidget *box, const char *css)
{
    GtkWidget *label = gtk_label_new(NULL);

    gtk_label_set_xalign(GTK_LABEL(label), 0);
    gtk_label_set_wrap(GTK_LABEL(label), TRUE);
    gtk_label_set_wrap_mode(GTK_LABEL(label), PANGO_WRAP_WORD_CHAR);
    gtk_widget_set_valign(label, GTK_ALIGN_START);
    gtk_widget_add_css_class(label, css);
    gtk_box_append(GTK_BOX(box), label);
    return label;
}

static void
on_row_setup(KabJsonView *self G_GNUC_UNUSED, GtkListItem *list_item)
{
    GtkWidget *expander = gtk_tree_expander_new();
    GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 9);

    add_label(box, "dim-label");
    gtk_widget_set_hexpand(add_label(box, "json-value"), TRUE);
    gtk_tree_expander_set_child(GTK_TREE_EXPANDER(expander), box);
    gtk_list_item_set_child(list_item, expander);
}

static void
on_row_bind(KabJsonView *self G_GNUC_UNUSED, GtkListItem *list_item)
{
    GtkTreeListRow *row = gtk_list_item_get_item(list_item);
    GtkWidget *expander = gtk_list_item_get_child(list_item);
    GtkWidget *box = gtk_tree_expander_get_child(GTK_TREE_EXPANDER(expander));
    g_autoptr(KabItem) item = gtk_tree_list_row_get_item(row);
    g_autofree char *text = describe(kab_item_get_value(item));
    g_autofree char *name = g_strdup_printf("%s: %s", kab_item_get_key(item), text);

    gtk_tree_expander_set_list_row(GTK_TREE_EXPANDER(expander), row);
    gtk_label_set_text(GTK_LABEL(gtk_widget_get_first_child(box)), kab_item_get_key(item));
    gtk_label_set_text(GTK_LABEL(gtk_widget_get_last_child(box)), text);
    gtk_accessible_update_property(GTK_ACCESSIBLE(gtk_widget_get_parent(expander)),
                                   GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
on_row_unbind(KabJsonView *self G_GNUC_UNUSED, GtkListItem *list_item)
{
    GtkWidget *expander = gtk_list_item_get_child(list_item);

    gtk_tree_expander_set_list_row(GTK_TREE_EXPANDER(expander), NULL);
}

static void
on_row_activated(KabJsonView *self, guint position)
{
    GListModel *model = G_LIST_MODEL(gtk_list_view_get_model(self->list_view));
    g_autoptr(GtkTreeListRow) row = g_list_model_get_item(model, position);

    if (row != NULL && gtk_tree_list_row_is_expandable(row))
        gtk_tree_list_row_set_expanded(row, !gtk_tree_list_row_get_expanded(row));
}

/* The view. */

static void
update_stack(KabJsonView *self)
{
    const char *name = "nothing";

    if (self->text != NULL && *self->text != '\0')
        name = self->value != NULL && gtk_toggle_button_get_active(self->tree_button) ? "tree"
                                                                                      : "text";
    gtk_widget_set_visible(self->tools, !g_str_equal(name, "nothing"));
    kab_stack_show(self->stack, name);
}

static void
on_toggled(KabJsonView *self)
{
    update_stack(self);
}

static void
on_copy_clicked(KabJsonView *self)
{
    gdk_clipboard_set_text(gtk_widget_get_clipboard(GTK_WIDGET(self)), self->text);
    g_signal_emit(self, signals[COPIED], 0, _("Copied"));
}

static void
forget(KabJsonView *self)
{
    if (self->list_view != NULL)
        gtk_list_view_set_model(self->list_view, NULL);
    g_clear_pointer(&self->value, kab_json_value_free);
    g_clear_pointer(&self->text, g_free);
}

static void
kab_json_view_dispose(GObject *object)
{
    forget(KAB_JSON_VIEW(object));
    adw_bin_set_child(ADW_BIN(object), NULL); /* before the template forgets it */
    gtk_widget_dispose_template(GTK_WIDGET(object), KAB_TYPE_JSON_VIEW);
    G_OBJECT_CLASS(kab_json_view_parent_class)->dispose(object);
}

static void
kab_json_view_class_init(KabJsonViewClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_json_view_dispose;

    /* With the words that tell it. */
    signals[COPIED] = g_signal_new("copied", KAB_TYPE_JSON_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

    g_type_ensure(KAB_TYPE_WRAP);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/admin/kab-json-view.ui");
    gtk_widget_class_bind_template_child(widget_class, KabJsonView, tools);
    gtk_widget_class_bind_template_child(widget_class, KabJsonView, tree_button);
    gtk_widget_class_bind_template_child(widget_class, KabJsonView, text_button);
    gtk_widget_class_bind_template_child(widget_class, KabJsonView, stack);
    gtk_widget_class_bind_template_child(widget_class, KabJsonView, list_view);
    gtk_widget_class_bind_template_child(widget_class, KabJsonView, text_view);
    gtk_widget_class_bind_template_callback(widget_class, on_toggled);
    gtk_widget_class_bind_template_callback(widget_class, on_copy_clicked);
    gtk_widget_class_bind_template_callback(widget_class, on_row_setup);
    gtk_widget_class_bind_template_callback(widget_class, on_row_bind);
    gtk_widget_class_bind_template_callback(widget_class, on_row_unbind);
    gtk_widget_class_bind_template_callback(widget_class, on_row_activated);
}

static void
kab_json_view_init(KabJsonView *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
    kab_shrink_buttons(self->tools);
    update_stack(self);
}

void
kab_json_view_set_text(KabJsonView *self, const char *name, const char *text)
{
    GtkTextBuffer *buffer = gtk_text_view_get_buffer(self->text_view);

    gtk_accessible_update_property(GTK_ACCESSIBLE(self->list_view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                   name, -1);
    gtk_accessible_update_property(GTK_ACCESSIBLE(self->text_view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                   name, -1);
    forget(self);
    if (text != NULL && *text != '\0') {
        self->value = kab_json_value_parse(text, NULL);
        self->text = kab_json_make_pretty(text);
    }
    if (self->value != NULL && self->value->children == NULL)
        g_clear_pointer(&self->value, kab_json_value_free); /* a single value is no tree */
    gtk_text_buffer_set_text(buffer, self->text != NULL ? self->text : "", -1);
    gtk_widget_set_sensitive(GTK_WIDGET(self->tree_button), self->value != NULL);
    if (self->value != NULL)
        show_tree(self);
    update_stack(self);
}
