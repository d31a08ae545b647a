/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-shrink.h"

void
kab_shrink_buttons(GtkWidget *widget)
{
    GtkWidget *text = GTK_IS_BUTTON(widget) ? gtk_button_get_child(GTK_BUTTON(widget)) : NULL;

    if (GTK_IS_LABEL(text)) {
        gtk_label_set_wrap(GTK_LABEL(text), TRUE);
        gtk_label_set_wrap_mode(GTK_LABEL(text), PANGO_WRAP_WORD_CHAR);
        gtk_label_set_justify(GTK_LABEL(text), GTK_JUSTIFY_CENTER);
    }
    for (GtkWidget *child = gtk_widget_get_first_child(widget); child != NULL;
         child = gtk_widget_get_next_sibling(child))
        kab_shrink_buttons(child);
}

static void
on_choice_setup(GtkSignalListItemFactory *factory G_GNUC_UNUSED, GtkListItem *item,
                gpointer data G_GNUC_UNUSED)
{
    GtkWidget *label = gtk_label_new(NULL);

    gtk_label_set_xalign(GTK_LABEL(label), 0);
    gtk_label_set_ellipsize(GTK_LABEL(label), PANGO_ELLIPSIZE_END);
    gtk_list_item_set_child(item, label);
}

static void
on_choice_bind(GtkSignalListItemFactory *factory G_GNUC_UNUSED, GtkListItem *item,
               gpointer data G_GNUC_UNUSED)
{
    GtkStringObject *string = gtk_list_item_get_item(item);

    gtk_label_set_text(GTK_LABEL(gtk_list_item_get_child(item)),
                       gtk_string_object_get_string(string));
}

void
kab_shrink_drop_down(GtkDropDown *dropdown)
{
    g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new();
    GtkWidget *button = gtk_widget_get_first_child(GTK_WIDGET(dropdown));

    /* It has the focus, and GTK gives it no name. */
    gtk_accessible_update_relation(GTK_ACCESSIBLE(button), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                   dropdown, NULL, -1);
    g_signal_connect(factory, "setup", G_CALLBACK(on_choice_setup), NULL);
    g_signal_connect(factory, "bind", G_CALLBACK(on_choice_bind), NULL);
    gtk_drop_down_set_list_factory(dropdown, gtk_drop_down_get_factory(dropdown));
    gtk_drop_down_set_factory(dropdown, factory);
}
