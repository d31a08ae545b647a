/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-basket-bar.h"
#include "kab-format.h"

#include <glib/gi18n-lib.h>

struct _KabBasketBar {
    AdwBin parent_instance;

    GtkLabel *label;
};

G_DEFINE_FINAL_TYPE(KabBasketBar, kab_basket_bar, ADW_TYPE_BIN)

static void
kab_basket_bar_dispose(GObject *object)
{
    gtk_widget_dispose_template(GTK_WIDGET(object), KAB_TYPE_BASKET_BAR);
    G_OBJECT_CLASS(kab_basket_bar_parent_class)->dispose(object);
}

static void
kab_basket_bar_class_init(KabBasketBarClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_basket_bar_dispose;
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/partner/kab-basket-bar.ui");
    gtk_widget_class_bind_template_child(widget_class, KabBasketBar, label);
}

static void
kab_basket_bar_init(KabBasketBar *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
}

void
kab_basket_bar_set_basket(KabBasketBar *self, const KabOrder *basket)
{
    g_autofree char *count = kab_format_products(basket->lines->len);
    g_autofree char *sum = kab_money_format(basket->total);
    g_autofree char *text = kab_format_join(count, sum, NULL);

    gtk_label_set_text(self->label, basket->lines->len > 0 ? text : _("The basket is empty"));
}
