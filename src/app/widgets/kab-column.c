/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-column.h"
#include "kab-text-scale.h"
#include "kab-item.h"

#include <glib/gi18n-lib.h>

static void
fill(GtkListItem *item, const KabColumn *column)
{
    column->fill(gtk_list_item_get_child(item), kab_item_get_value(gtk_list_item_get_item(item)));
}

/* The list item whose cell it is. */
static G_DEFINE_QUARK(kab - column - item, item)

    static void on_setup(gpointer factory G_GNUC_UNUSED, GtkListItem *item, const KabColumn *column)
{
    gtk_list_item_set_child(item, column->make());
}

/* The value of a row may be another state of it after a reload. */
static void
on_item_changed(KabItem *value G_GNUC_UNUSED, GtkListItem *item)
{
    fill(item, g_object_get_data(G_OBJECT(item), "column"));
}

static void
on_bind(gpointer factory G_GNUC_UNUSED, GtkListItem *item, const KabColumn *column)
{
    gulong id = g_signal_connect_object(gtk_list_item_get_item(item), "changed",
                                        G_CALLBACK(on_item_changed), item, 0);

    g_object_set_data(G_OBJECT(item), "column", (gpointer)column);
    g_object_set_qdata(G_OBJECT(gtk_list_item_get_child(item)), item_quark(), item);
    g_object_set_data(G_OBJECT(item), "changed-id", GSIZE_TO_POINTER(id));
    fill(item, column);
}

static void
on_unbind(gpointer factory G_GNUC_UNUSED, GtkListItem *item, const KabColumn *column G_GNUC_UNUSED)
{
    gulong id = GPOINTER_TO_SIZE(g_object_get_data(G_OBJECT(item), "changed-id"));

    g_signal_handler_disconnect(gtk_list_item_get_item(item), id);
}

static void
append(GtkColumnView *view, const KabColumn *from)
{
    GtkListItemFactory *factory = gtk_signal_list_item_factory_new();
    const char *title = from->context != NULL
                            ? g_dpgettext2(GETTEXT_PACKAGE, from->context, from->title)
                            : g_dgettext(GETTEXT_PACKAGE, from->title);
    g_autoptr(GtkColumnViewColumn) column = gtk_column_view_column_new(title, factory);

    g_signal_connect(factory, "setup", G_CALLBACK(on_setup), (gpointer)from);
    g_signal_connect(factory, "bind", G_CALLBACK(on_bind), (gpointer)from);
    g_signal_connect(factory, "unbind", G_CALLBACK(on_unbind), (gpointer)from);
    gtk_column_view_column_set_fixed_width(column, kab_text_scale(GTK_WIDGET(view), from->width));
    gtk_column_view_column_set_expand(column, from->expand);
    gtk_column_view_column_set_resizable(column, TRUE);
    gtk_column_view_append_column(view, column);
}

void
kab_column_name_row(GtkWidget *cell, const char *name)
{
    GtkWidget *row = gtk_widget_get_parent(gtk_widget_get_parent(cell));

    gtk_accessible_update_property(GTK_ACCESSIBLE(row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
kab_column_append(GtkColumnView *view, const KabColumn *columns, gsize n)
{
    for (gsize i = 0; i < n; i++)
        append(view, &columns[i]);
}

/* What is at the point may be a label, its cell, or the row around the cells. */
static GtkListItem *
find_item(GtkWidget *view, double x, double y)
{
    GtkWidget *widget = gtk_widget_pick(view, x, y, GTK_PICK_DEFAULT);
    GtkListItem *item = NULL;

    for (; item == NULL && widget != NULL && widget != view; widget = gtk_widget_get_parent(widget))
        for (GtkWidget *inner = widget; item == NULL && inner != NULL;
             inner = GTK_IS_LIST_VIEW(inner) ? NULL : gtk_widget_get_first_child(inner))
            item = g_object_get_qdata(G_OBJECT(inner), item_quark());
    return item;
}

static void
on_pressed(GtkGesture *gesture, int n_press G_GNUC_UNUSED, double x, double y,
           gpointer data G_GNUC_UNUSED)
{
    GtkEventController *controller = GTK_EVENT_CONTROLLER(gesture);
    GtkWidget *view = gtk_event_controller_get_widget(controller);
    GtkSelectionModel *model = gtk_column_view_get_model(GTK_COLUMN_VIEW(view));
    GdkModifierType keys = gtk_event_controller_get_current_event_state(controller) &
                           (GDK_CONTROL_MASK | GDK_SHIFT_MASK);
    GtkListItem *item = keys == GDK_CONTROL_MASK ? find_item(view, x, y) : NULL;

    if (item == NULL) {
        gtk_gesture_set_state(gesture, GTK_EVENT_SEQUENCE_DENIED);
        return;
    }
    if (gtk_list_item_get_selected(item))
        gtk_selection_model_unselect_item(model, gtk_list_item_get_position(item));
    else
        gtk_selection_model_select_item(model, gtk_list_item_get_position(item), FALSE);
    gtk_gesture_set_state(gesture, GTK_EVENT_SEQUENCE_CLAIMED);
}

void
kab_column_select_with_control(GtkColumnView *view)
{
    GtkGesture *gesture = gtk_gesture_click_new();

    gtk_event_controller_set_propagation_phase(GTK_EVENT_CONTROLLER(gesture), GTK_PHASE_CAPTURE);
    g_signal_connect(gesture, "pressed", G_CALLBACK(on_pressed), NULL);
    gtk_widget_add_controller(GTK_WIDGET(view), GTK_EVENT_CONTROLLER(gesture));
}

GtkWidget *
kab_column_make_label(void)
{
    GtkWidget *label = gtk_label_new(NULL);

    gtk_label_set_xalign(GTK_LABEL(label), 0);
    gtk_label_set_ellipsize(GTK_LABEL(label), PANGO_ELLIPSIZE_END);
    gtk_widget_add_css_class(label, "numeric");
    return label;
}

/* An address that is broken has no hyphen that is not in it. */
GtkWidget *
kab_column_make_text(void)
{
    GtkWidget *label = kab_column_make_label();
    g_autoptr(PangoAttrList) attributes = pango_attr_list_new();

    pango_attr_list_insert(attributes, pango_attr_insert_hyphens_new(FALSE));
    gtk_label_set_attributes(GTK_LABEL(label), attributes);
    gtk_label_set_ellipsize(GTK_LABEL(label), PANGO_ELLIPSIZE_NONE);
    gtk_label_set_wrap(GTK_LABEL(label), TRUE);
    gtk_label_set_wrap_mode(GTK_LABEL(label), PANGO_WRAP_WORD_CHAR);
    gtk_label_set_width_chars(GTK_LABEL(label), 12);
    return label;
}

void
kab_column_fill_label(GtkWidget *cell, const char *text)
{
    gtk_label_set_text(GTK_LABEL(cell), text != NULL ? text : "");
    gtk_widget_set_tooltip_text(cell, text != NULL && *text != '\0' ? text : NULL);
}
