/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-sidebar-row.h"

struct _KabSidebarRow {
    GtkListBoxRow parent_instance;

    GtkImage *image;
    GtkLabel *title_label;
    GtkLabel *count_label;

    char *page; /* (owned) */
    guint count;
};

G_DEFINE_FINAL_TYPE(KabSidebarRow, kab_sidebar_row, GTK_TYPE_LIST_BOX_ROW)

static void
kab_sidebar_row_dispose(GObject *object)
{
    gtk_widget_dispose_template(GTK_WIDGET(object), KAB_TYPE_SIDEBAR_ROW);
    G_OBJECT_CLASS(kab_sidebar_row_parent_class)->dispose(object);
}

static void
kab_sidebar_row_finalize(GObject *object)
{
    g_free(KAB_SIDEBAR_ROW(object)->page);
    G_OBJECT_CLASS(kab_sidebar_row_parent_class)->finalize(object);
}

static void
kab_sidebar_row_class_init(KabSidebarRowClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_sidebar_row_dispose;
    G_OBJECT_CLASS(klass)->finalize = kab_sidebar_row_finalize;
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/widgets/kab-sidebar-row.ui");
    gtk_widget_class_bind_template_child(widget_class, KabSidebarRow, image);
    gtk_widget_class_bind_template_child(widget_class, KabSidebarRow, title_label);
    gtk_widget_class_bind_template_child(widget_class, KabSidebarRow, count_label);
}

static void
kab_sidebar_row_init(KabSidebarRow *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
}

GtkWidget *
kab_sidebar_row_new(const char *page, const char *title, const char *icon_name)
{
    KabSidebarRow *self = g_object_new(KAB_TYPE_SIDEBAR_ROW, NULL);

    self->page = g_strdup(page);
    gtk_label_set_text(self->title_label, title);
    gtk_image_set_from_icon_name(self->image, icon_name);
    gtk_accessible_update_property(GTK_ACCESSIBLE(self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
    return GTK_WIDGET(self);
}

const char *
kab_sidebar_row_get_page(KabSidebarRow *self)
{
    return self->page;
}

void
kab_sidebar_row_set_count(KabSidebarRow *self, guint count)
{
    g_autofree char *text = g_strdup_printf("%u", count);

    self->count = count;
    gtk_label_set_text(self->count_label, text);
    gtk_widget_set_visible(GTK_WIDGET(self->count_label), count > 0);
}

guint
kab_sidebar_row_get_count(KabSidebarRow *self)
{
    return self->count;
}
