/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-order-details.h"
#include "kab-percent-row.h"
#include "kab-value-row.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _KabOrderDetails {
    AdwBin parent_instance;

    GtkWidget *progress_group;
    KabValueRow *status_row;
    KabValueRow *state_row;
    KabValueRow *manager_row;
    KabValueRow *reason_row;
    KabValueRow *ship_date_row;
    KabPercentRow *paid_row;
    KabPercentRow *shipped_row;
    KabValueRow *partner_row;
    KabValueRow *user_row;
    KabValueRow *phone_row;
    KabValueRow *email_row;
    KabValueRow *delivery_row;
    KabValueRow *wished_row;
    KabValueRow *warehouse_row;
    KabValueRow *comment_row;

    gboolean for_base;
};

G_DEFINE_FINAL_TYPE(KabOrderDetails, kab_order_details, ADW_TYPE_BIN)

enum {
    PROP_0,
    PROP_FOR_BASE,
    N_PROPS,
};

static GParamSpec *props[N_PROPS];

static void
kab_order_details_set_property(GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    KabOrderDetails *self = KAB_ORDER_DETAILS(object);

    if (id == PROP_FOR_BASE) {
        self->for_base = g_value_get_boolean(value);
        gtk_widget_set_visible(self->progress_group, !self->for_base);
    } else {
        G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
    }
}

static void
kab_order_details_dispose(GObject *object)
{
    adw_bin_set_child(ADW_BIN(object), NULL); /* before the template forgets it */
    gtk_widget_dispose_template(GTK_WIDGET(object), KAB_TYPE_ORDER_DETAILS);
    G_OBJECT_CLASS(kab_order_details_parent_class)->dispose(object);
}

static void
kab_order_details_class_init(KabOrderDetailsClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_order_details_dispose;
    G_OBJECT_CLASS(klass)->set_property = kab_order_details_set_property;

    /** KabOrderDetails:for-base: whether the manager reads it: the partner is told, and how far the
     * order is stands elsewhere. */
    props[PROP_FOR_BASE] = g_param_spec_boolean("for-base", NULL, NULL, FALSE,
                                                G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
    g_object_class_install_properties(G_OBJECT_CLASS(klass), N_PROPS, props);

    g_type_ensure(KAB_TYPE_PERCENT_ROW);
    g_type_ensure(KAB_TYPE_VALUE_ROW);
    gtk_widget_class_set_template_from_resource(
        widget_class, "/org/kabinet/Kabinet/widgets/kab-order-details.ui");
    gtk_widget_class_bind_template_child(widget_class, KabOrderDetails, state_row);
    gtk_widget_class_bind_template_child(widget_class, KabOrderDetails, status_row);
    gtk_widget_class_bind_template_child(widget_class, KabOrderDetails, progress_group);
    gtk_widget_class_bind_template_child(widget_class, KabOrderDetails, manager_row);
    gtk_widget_class_bind_template_child(widget_class, KabOrderDetails, reason_row);
    gtk_widget_class_bind_template_child(widget_class, KabOrderDetails, ship_date_row);
    gtk_widget_class_bind_template_child(widget_class, KabOrderDetails, paid_row);
    gtk_widget_class_bind_template_child(widget_class, KabOrderDetails, shipped_row);
    gtk_widget_class_bind_template_child(widget_class, KabOrderDetails, user_row);
    gtk_widget_class_bind_template_child(widget_class, KabOrderDetails, partner_row);
    gtk_widget_class_bind_template_child(widget_class, KabOrderDetails, phone_row);
    gtk_widget_class_bind_template_child(widget_class, KabOrderDetails, email_row);
    gtk_widget_class_bind_template_child(widget_class, KabOrderDetails, delivery_row);
    gtk_widget_class_bind_template_child(widget_class, KabOrderDetails, wished_row);
    gtk_widget_class_bind_template_child(widget_class, KabOrderDetails, warehouse_row);
    gtk_widget_class_bind_template_child(widget_class, KabOrderDetails, comment_row);
}

static void
kab_order_details_init(KabOrderDetails *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
}

static void
show_dates(KabOrderDetails *self, const KabOrder *order)
{
    g_autofree char *wished = kab_date_format_local(order->wished_date);
    g_autofree char *ship = kab_date_format_local(order->ship_date);
    g_autofree char *change = g_strconcat(wished, " → ", ship, NULL);
    gboolean other = *wished != '\0' && *ship != '\0' && strcmp(wished, ship) != 0;

    kab_value_row_set_value(self->wished_row, wished);
    kab_value_row_set_value(self->ship_date_row, other ? change : ship);
    kab_value_row_set_changed(self->ship_date_row, other);
}

void
kab_order_details_set_order(KabOrderDetails *self, const KabOrder *order)
{
    gboolean has_address = order->address != NULL && *order->address != '\0';

    kab_value_row_set_value(self->status_row, order->client_status == KAB_CLIENT_OTHER
                                                  ? kab_order_get_client_status_title(order)
                                                  : NULL);
    kab_value_row_set_value(self->state_row, kab_order_state_to_title(order->state));
    kab_value_row_set_value(self->manager_row, order->manager);
    kab_value_row_set_value(self->reason_row, order->reason);
    kab_percent_row_set_percent(self->paid_row, kab_order_get_paid_percent(order));
    kab_percent_row_set_percent(self->shipped_row, kab_order_get_shipped_percent(order));
    kab_value_row_set_value(self->partner_row, self->for_base ? order->partner_name : NULL);
    kab_value_row_set_value(self->user_row, order->user_name);
    kab_value_row_set_value(self->phone_row, order->phone);
    kab_value_row_set_value(self->email_row, order->email);
    adw_preferences_row_set_title(ADW_PREFERENCES_ROW(self->delivery_row),
                                  has_address ? _("Delivery") : _("Pickup"));
    kab_value_row_set_value(self->delivery_row,
                            has_address ? order->address : _("from the warehouse"));
    kab_value_row_set_value(self->warehouse_row, order->warehouse_name);
    kab_value_row_set_value(self->comment_row, order->comment);
    show_dates(self, order);
}
