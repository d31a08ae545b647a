/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-format.h"
#include "kab-order-row.h"
#include "kab-reflow.h"
#include "kab-status-badge.h"
#include "kab-wrap.h"

#include <glib/gi18n-lib.h>

struct _KabOrderRow {
    AdwBin parent_instance;

    GtkLabel *title_label;
    GtkLabel *detail_label;
    GtkLabel *state_label;
    GtkLabel *total_label;
    KabStatusBadge *badge;
    GtkButton *open_button;

    KabItem *item; /* (owned) (nullable) */
    gulong changed_id;
    gboolean client_order;
};

G_DEFINE_FINAL_TYPE(KabOrderRow, kab_order_row, ADW_TYPE_BIN)

static void
show(KabOrderRow *self)
{
    const KabOrder *order = kab_item_get_value(self->item);
    g_autofree char *title = kab_format_order_name(order);
    g_autofree char *date = kab_format_order_date(order);
    g_autofree char *link = kab_format_order_link(order);
    g_autofree char *total = kab_money_format(order->total);
    const char *who = self->client_order ? order->partner_name : order->manager;
    /* Until it has a number, the name is the title. */
    const char *called = order->number != NULL && order->name != NULL ? order->name : "";
    g_autofree char *detail = kab_format_join(date, called, who != NULL ? who : "", NULL);
    const char *state = order->state != NULL ? kab_order_state_to_title(order->state) : "";

    gtk_label_set_text(self->title_label, title);
    gtk_label_set_text(self->detail_label, detail);
    gtk_label_set_text(self->state_label, state);
    gtk_widget_set_visible(GTK_WIDGET(self->state_label), *state != '\0');
    gtk_label_set_text(self->total_label, total);
    if (self->client_order)
        kab_status_badge_set_client_order(self->badge, order);
    else
        kab_status_badge_set_order(self->badge, order->status);

    gtk_accessible_update_property(GTK_ACCESSIBLE(self->open_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                   link, -1);
    gtk_actionable_set_action_target(GTK_ACTIONABLE(self->open_button), "s", order->id.text);
    gtk_actionable_set_action_name(GTK_ACTIONABLE(self->open_button),
                                   self->client_order ? "win.open-client-order" : "win.open-order");
}

static void
kab_order_row_dispose(GObject *object)
{
    kab_order_row_set_item(KAB_ORDER_ROW(object), NULL);
    gtk_widget_dispose_template(GTK_WIDGET(object), KAB_TYPE_ORDER_ROW);
    G_OBJECT_CLASS(kab_order_row_parent_class)->dispose(object);
}

static void
kab_order_row_class_init(KabOrderRowClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_order_row_dispose;
    g_type_ensure(KAB_TYPE_REFLOW);
    g_type_ensure(KAB_TYPE_STATUS_BADGE);
    g_type_ensure(KAB_TYPE_WRAP);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/widgets/kab-order-row.ui");
    gtk_widget_class_bind_template_child(widget_class, KabOrderRow, title_label);
    gtk_widget_class_bind_template_child(widget_class, KabOrderRow, detail_label);
    gtk_widget_class_bind_template_child(widget_class, KabOrderRow, state_label);
    gtk_widget_class_bind_template_child(widget_class, KabOrderRow, total_label);
    gtk_widget_class_bind_template_child(widget_class, KabOrderRow, badge);
    gtk_widget_class_bind_template_child(widget_class, KabOrderRow, open_button);
}

static void
kab_order_row_init(KabOrderRow *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
}

GtkWidget *
kab_order_row_new(gboolean client_order)
{
    KabOrderRow *self = g_object_new(KAB_TYPE_ORDER_ROW, NULL);

    self->client_order = client_order;
    return GTK_WIDGET(self);
}

void
kab_order_row_set_item(KabOrderRow *self, KabItem *item)
{
    if (self->item != NULL)
        g_clear_signal_handler(&self->changed_id, self->item);
    g_set_object(&self->item, item);
    if (item == NULL)
        return;
    self->changed_id = g_signal_connect_swapped(item, "changed", G_CALLBACK(show), self);
    show(self);
}

KabItem *
kab_order_row_get_item(KabOrderRow *self)
{
    return self->item;
}
