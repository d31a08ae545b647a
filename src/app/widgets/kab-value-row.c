/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-value-row.h"
#include "kab-wrap.h"

struct _KabValueRow {
    AdwPreferencesRow parent_instance;

    GtkLabel *title_label;
    GtkLabel *value_label;
};

G_DEFINE_FINAL_TYPE(KabValueRow, kab_value_row, ADW_TYPE_PREFERENCES_ROW)

static void
kab_value_row_dispose(GObject *object)
{
    gtk_widget_dispose_template(GTK_WIDGET(object), KAB_TYPE_VALUE_ROW);
    G_OBJECT_CLASS(kab_value_row_parent_class)->dispose(object);
}

static void
kab_value_row_class_init(KabValueRowClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_value_row_dispose;
    g_type_ensure(KAB_TYPE_WRAP);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/widgets/kab-value-row.ui");
    gtk_widget_class_bind_template_child(widget_class, KabValueRow, title_label);
    gtk_widget_class_bind_template_child(widget_class, KabValueRow, value_label);
}

static void
kab_value_row_init(KabValueRow *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
}

void
kab_value_row_set_value(KabValueRow *self, const char *value)
{
    gboolean empty = value == NULL || *value == '\0';

    gtk_label_set_text(self->value_label, empty ? "" : value);
    gtk_widget_set_visible(GTK_WIDGET(self), !empty);
}

void
kab_value_row_set_changed(KabValueRow *self, gboolean changed)
{
    gtk_widget_set_halign(GTK_WIDGET(self->value_label), changed ? GTK_ALIGN_END : GTK_ALIGN_FILL);
    if (changed)
        gtk_widget_add_css_class(GTK_WIDGET(self->value_label), "changed");
    else
        gtk_widget_remove_css_class(GTK_WIDGET(self->value_label), "changed");
}

const char *
kab_value_row_get_value(KabValueRow *self)
{
    return gtk_label_get_text(self->value_label);
}
