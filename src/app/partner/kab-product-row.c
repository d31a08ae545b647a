/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-format.h"
#include "kab-product-row.h"
#include "kab-product.h"
#include "kab-quantity-spin.h"
#include "kab-reflow.h"

#include <glib/gi18n-lib.h>

struct _KabProductRow {
    AdwBin parent_instance;

    GtkLabel *name_label;
    GtkLabel *detail_label;
    GtkLabel *stock_label;
    GtkLabel *basket_label;
    GtkLabel *price_label;
    GtkBox *order_box;
    GtkSpinButton *spin;
    GtkButton *add_button;

    KabItem *item; /* (owned) (nullable) */
    gulong changed_id;
    gboolean may_order;
    gboolean setting; /* the spin is being set by the program */
};

G_DEFINE_FINAL_TYPE(KabProductRow, kab_product_row, ADW_TYPE_BIN)

enum {
    ADD,
    N_SIGNALS,
};

static guint signals[N_SIGNALS];

static char *
format_stock(const KabProduct *product)
{
    g_autofree char *amount = NULL;

    if (!product->has_stock)
        return g_strdup("");
    if (product->stock.milli <= 0)
        return g_strdup(_("Out of stock"));
    amount = kab_format_amount(product->stock, product->unit);
    return g_strdup_printf(_("%s in stock"), amount);
}

static void
name_controls(KabProductRow *self, const KabProduct *product)
{
    g_autofree char *add = g_strdup_printf(_("Add “%s” to the basket"), product->name);
    g_autofree char *quantity = g_strdup_printf(_("Quantity of “%s”"), product->name);

    gtk_accessible_update_property(GTK_ACCESSIBLE(self->add_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                   add, -1);
    gtk_accessible_update_property(GTK_ACCESSIBLE(self->spin), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                   quantity, -1);
    gtk_widget_set_tooltip_text(GTK_WIDGET(self->add_button), add);
}

static void
show(KabProductRow *self)
{
    const KabProduct *product = kab_item_get_value(self->item);
    g_autofree char *price =
        product->has_price ? kab_money_format(product->price) : g_strdup(_("No price"));
    g_autofree char *stock = format_stock(product);
    const char *article = product->article != NULL ? product->article : "";
    gint64 draft = kab_item_get_draft(self->item);

    gtk_label_set_text(self->name_label, product->name);
    gtk_label_set_text(self->detail_label, article);
    gtk_widget_set_visible(GTK_WIDGET(self->detail_label), *article != '\0');
    gtk_label_set_text(self->stock_label, stock);
    gtk_widget_set_visible(GTK_WIDGET(self->stock_label), *stock != '\0');
    if (product->has_stock && product->stock.milli > 0)
        gtk_widget_remove_css_class(GTK_WIDGET(self->stock_label), "none");
    else
        gtk_widget_add_css_class(GTK_WIDGET(self->stock_label), "none");
    gtk_label_set_text(self->price_label, price);

    gtk_widget_set_visible(GTK_WIDGET(self->basket_label), product->in_basket.milli > 0);
    if (product->in_basket.milli > 0) {
        g_autofree char *amount = kab_format_amount(product->in_basket, product->unit);
        g_autofree char *text = g_strdup_printf(_("%s in the basket"), amount);

        gtk_label_set_text(self->basket_label, text);
    }
    gtk_widget_set_visible(GTK_WIDGET(self->order_box), self->may_order && product->has_price);
    self->setting = TRUE;
    kab_quantity_spin_set(self->spin, (KabQuantity){draft != 0 ? draft : KAB_QUANTITY_ONE});
    self->setting = FALSE;
    name_controls(self, product);
}

static void
on_spin_value_changed(KabProductRow *self)
{
    if (!self->setting && self->item != NULL)
        kab_item_set_draft(self->item, kab_quantity_spin_get(self->spin).milli);
}

static void
on_add_clicked(KabProductRow *self)
{
    kab_product_row_add(self);
}

static void
kab_product_row_dispose(GObject *object)
{
    kab_product_row_set_item(KAB_PRODUCT_ROW(object), NULL);
    gtk_widget_dispose_template(GTK_WIDGET(object), KAB_TYPE_PRODUCT_ROW);
    G_OBJECT_CLASS(kab_product_row_parent_class)->dispose(object);
}

static void
kab_product_row_class_init(KabProductRowClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_product_row_dispose;

    /** KabProductRow::add: put this many thousandths more of the item into the basket. */
    signals[ADD] = g_signal_new("add", KAB_TYPE_PRODUCT_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 2, KAB_TYPE_ITEM, G_TYPE_INT64);

    g_type_ensure(KAB_TYPE_REFLOW);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/partner/kab-product-row.ui");
    gtk_widget_class_bind_template_child(widget_class, KabProductRow, name_label);
    gtk_widget_class_bind_template_child(widget_class, KabProductRow, detail_label);
    gtk_widget_class_bind_template_child(widget_class, KabProductRow, stock_label);
    gtk_widget_class_bind_template_child(widget_class, KabProductRow, basket_label);
    gtk_widget_class_bind_template_child(widget_class, KabProductRow, price_label);
    gtk_widget_class_bind_template_child(widget_class, KabProductRow, order_box);
    gtk_widget_class_bind_template_child(widget_class, KabProductRow, spin);
    gtk_widget_class_bind_template_child(widget_class, KabProductRow, add_button);
    gtk_widget_class_bind_template_callback(widget_class, on_spin_value_changed);
    gtk_widget_class_bind_template_callback(widget_class, on_add_clicked);
}

static void
kab_product_row_init(KabProductRow *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
    kab_quantity_spin_prepare(self->spin);
    /* Enter behind a quantity puts it into the basket. */
    g_signal_connect_object(gtk_editable_get_delegate(GTK_EDITABLE(self->spin)), "activate",
                            G_CALLBACK(on_add_clicked), self, G_CONNECT_SWAPPED);
}

KabProductRow *
kab_product_row_new(gboolean may_order)
{
    KabProductRow *self = g_object_new(KAB_TYPE_PRODUCT_ROW, NULL);

    self->may_order = may_order;
    return self;
}

void
kab_product_row_set_item(KabProductRow *self, KabItem *item)
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
kab_product_row_get_item(KabProductRow *self)
{
    return self->item;
}

void
kab_product_row_add(KabProductRow *self)
{
    const KabProduct *product;
    KabQuantity quantity;

    if (self->item == NULL || !self->may_order)
        return;
    product = kab_item_get_value(self->item);
    gtk_spin_button_update(self->spin); /* what is typed counts without Enter */
    quantity = kab_quantity_spin_get(self->spin);
    if (product->has_price && kab_quantity_check_order(quantity, NULL))
        g_signal_emit(self, signals[ADD], 0, self->item, quantity.milli);
}
