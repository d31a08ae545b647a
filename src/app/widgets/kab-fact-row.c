/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-fact-row.h"
#include "kab-reflow.h"

struct _KabFactRow {
    AdwBin parent_instance;

    GtkLabel *title_label;
    GtkLabel *detail_label;
    GtkLabel *text_label;
    KabStatusBadge *badge;
    GtkButton *button;

    KabFactRowShow show;
    KabItem *item; /* (owned) (nullable) */
    gulong changed_id;
};

G_DEFINE_FINAL_TYPE(KabFactRow, kab_fact_row, ADW_TYPE_BIN)

static void
on_item_changed(KabFactRow *self, KabItem *item)
{
    self->show(self, item);
}

static void
kab_fact_row_dispose(GObject *object)
{
    kab_fact_row_set_item(KAB_FACT_ROW(object), NULL);
    adw_bin_set_child(ADW_BIN(object), NULL); /* before the template forgets it */
    gtk_widget_dispose_template(GTK_WIDGET(object), KAB_TYPE_FACT_ROW);
    G_OBJECT_CLASS(kab_fact_row_parent_class)->dispose(object);
}

static void
kab_fact_row_class_init(KabFactRowClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_fact_row_dispose;
    g_type_ensure(KAB_TYPE_REFLOW);
    g_type_ensure(KAB_TYPE_STATUS_BADGE);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/widgets/kab-fact-row.ui");
    gtk_widget_class_bind_template_child(widget_class, KabFactRow, title_label);
    gtk_widget_class_bind_template_child(widget_class, KabFactRow, detail_label);
    gtk_widget_class_bind_template_child(widget_class, KabFactRow, text_label);
    gtk_widget_class_bind_template_child(widget_class, KabFactRow, badge);
    gtk_widget_class_bind_template_child(widget_class, KabFactRow, button);
}

static void
kab_fact_row_init(KabFactRow *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
}

GtkWidget *
kab_fact_row_new(KabFactRowShow show)
{
    KabFactRow *self = g_object_new(KAB_TYPE_FACT_ROW, NULL);

    self->show = show;
    return GTK_WIDGET(self);
}

void
kab_fact_row_set_item(KabFactRow *self, KabItem *item)
{
    if (self->item != NULL)
        g_clear_signal_handler(&self->changed_id, self->item);
    g_set_object(&self->item, item);
    if (item == NULL)
        return;
    self->changed_id = g_signal_connect_swapped(item, "changed", G_CALLBACK(on_item_changed), self);
    self->show(self, item);
}

static void
set_text(GtkLabel *label, const char *text)
{
    gtk_label_set_text(label, text != NULL ? text : "");
    gtk_widget_set_visible(GTK_WIDGET(label), text != NULL && *text != '\0');
}

void
kab_fact_row_set_texts(KabFactRow *self, const char *title, const char *detail, const char *text)
{
    gtk_label_set_text(self->title_label, title);
    set_text(self->detail_label, detail);
    set_text(self->text_label, text);
}

KabStatusBadge *
kab_fact_row_get_badge(KabFactRow *self)
{
    gtk_widget_set_visible(GTK_WIDGET(self->badge), TRUE);
    return self->badge;
}

void
kab_fact_row_set_button(KabFactRow *self, const char *icon_name, const char *tooltip,
                        const char *name, const char *action, const char *target)
{
    gtk_button_set_icon_name(self->button, icon_name);
    gtk_widget_set_tooltip_text(GTK_WIDGET(self->button), tooltip);
    gtk_accessible_update_property(GTK_ACCESSIBLE(self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                   name, -1);
    gtk_actionable_set_action_target(GTK_ACTIONABLE(self->button), "s", target);
    gtk_actionable_set_action_name(GTK_ACTIONABLE(self->button), action);
    gtk_widget_set_visible(GTK_WIDGET(self->button), TRUE);
}
