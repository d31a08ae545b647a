/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-basket-bar.h"
#include "kab-client-catalogue.h"
#include "kab-format.h"
#include "kab-outbox.h"
#include "kab-page-view.h"
#include "kab-product-page.h"
#include "kab-quantity-spin.h"
#include "kab-thumbnail.h"
#include "kab-value-row.h"
#include "kab-wrap.h"

#include <glib/gi18n-lib.h>

#define PICTURE 280
#define DAY_MS G_GINT64_CONSTANT(86400000)

struct _KabProductPage {
    KabDataPage parent_instance;

    KabPageView *view;
    KabThumbnail *thumbnail;
    GtkBox *picture_box;
    GtkLabel *picture_label;
    GtkLabel *name_label;
    GtkLabel *detail_label;
    GtkLabel *price_label;
    GtkLabel *step_label;
    GtkWidget *order_box;
    GtkSpinButton *spin;
    GtkLabel *sum_label;
    GtkLabel *basket_label;
    GtkWidget *price_group;
    GtkListBox *price_list;
    GtkWidget *stock_group;
    GtkListBox *stock_list;
    GtkWidget *description_group;
    GtkLabel *description_label;
    GtkWidget *property_group;
    GtkListBox *property_list;
    KabBasketBar *basket_bar;

    KabProductId id;
    KabProduct *product; /* (owned) (nullable) */
    KabOutbox *outbox;   /* (owned) */
    guint picture;       /* which one is shown, from 0 */
};

G_DEFINE_FINAL_TYPE(KabProductPage, kab_product_page, KAB_TYPE_DATA_PAGE)

static gboolean
may_order(KabProductPage *self)
{
    const KabUser *user = kab_client_get_user(kab_data_page_get_client(KAB_DATA_PAGE(self)));

    return user != NULL && kab_role_may(user->role, KAB_RIGHT_ORDER);
}

static void
clear_list(GtkListBox *list)
{
    GtkWidget *child;

    while ((child = gtk_widget_get_first_child(GTK_WIDGET(list))) != NULL)
        gtk_list_box_remove(list, child);
}

static GtkWidget *
add_row(GtkListBox *list, const char *title, const char *value)
{
    KabValueRow *row = g_object_new(KAB_TYPE_VALUE_ROW, "title", title, NULL);

    kab_value_row_set_value(row, value);
    gtk_list_box_append(list, GTK_WIDGET(row));
    return GTK_WIDGET(row);
}

static guint
count_pictures(KabProductPage *self)
{
    return self->product->pictures != NULL ? self->product->pictures->len : 0;
}

static void
show_picture(KabProductPage *self)
{
    guint n = count_pictures(self);
    const char *hash = n > 0 ? g_ptr_array_index(self->product->pictures, self->picture) : NULL;
    /* Translators: which picture of how many. */
    g_autofree char *text = g_strdup_printf(_("%u of %u"), self->picture + 1, n);
    g_autofree char *name =
        g_strdup_printf(_("Picture of “%s”, %u of %u"), self->product->name, self->picture + 1, n);

    kab_thumbnail_show(self->thumbnail, kab_data_page_get_client(KAB_DATA_PAGE(self)), self->id,
                       self->picture + 1, hash);
    gtk_accessible_update_property(GTK_ACCESSIBLE(self->thumbnail), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                   n > 0 ? name : _("There is no picture"), -1);
    gtk_label_set_text(self->picture_label, text);
    gtk_widget_set_visible(GTK_WIDGET(self->picture_box), n > 1);
}

static void
on_turn(GtkWidget *widget, const char *name, GVariant *args G_GNUC_UNUSED)
{
    KabProductPage *self = KAB_PRODUCT_PAGE(widget);
    guint n = self->product != NULL ? count_pictures(self) : 0;

    if (n == 0)
        return;
    self->picture = (self->picture + (g_str_equal(name, "product.next-picture") ? 1 : n - 1)) % n;
    show_picture(self);
}

static char *
format_tier(const KabProduct *product, const KabPrice *price)
{
    g_autofree char *from = kab_format_amount(price->from, product->unit);

    return price->from.milli == 0 ? g_strdup(_("Any quantity"))
                                  : g_strdup_printf(_("From %s"), from);
}

/* One price is said above already. */
static void
show_prices(KabProductPage *self)
{
    const GArray *prices = self->product->prices;

    clear_list(self->price_list);
    for (guint i = 0; prices != NULL && i < prices->len; i++) {
        const KabPrice *price = &g_array_index(prices, KabPrice, i);
        g_autofree char *title = format_tier(self->product, price);
        g_autofree char *value = kab_money_format(price->price);

        add_row(self->price_list, title, value);
    }
    gtk_widget_set_visible(self->price_group, prices != NULL && prices->len > 1);
}

static void
show_stocks(KabProductPage *self)
{
    const GPtrArray *stocks = self->product->stocks;

    clear_list(self->stock_list);
    for (guint i = 0; stocks != NULL && i < stocks->len; i++) {
        const KabProductStock *stock = g_ptr_array_index(stocks, i);
        g_autofree char *amount = kab_format_amount(stock->quantity, self->product->unit);
        g_autofree char *ago =
            stock->as_of != 0 ? kab_format_ago(stock->as_of) : g_strdup(_("age not known"));
        g_autofree char *value =
            kab_format_join(stock->quantity.milli > 0 ? amount : _("Out of stock"), ago, NULL);
        GtkWidget *row =
            add_row(self->stock_list, stock->name != NULL ? stock->name : _("In all"), value);

        if (stock->as_of != 0 && kab_time_now() - stock->as_of > DAY_MS)
            gtk_widget_add_css_class(row, "old");
    }
    gtk_widget_set_visible(self->stock_group, stocks != NULL && stocks->len > 0);
}

static gboolean
has_value(const GPtrArray *properties, const char *value)
{
    for (guint i = 0; properties != NULL && i < properties->len; i++)
        if (g_strcmp0(((const KabProperty *)properties->pdata[i])->value, value) == 0)
            return TRUE;
    return FALSE;
}

/* Many bases tell the manufacturer as a property too. */
static void
show_properties(KabProductPage *self)
{
    const KabProduct *product = self->product;
    const GPtrArray *properties = product->properties;

    clear_list(self->property_list);
    for (guint i = 0; properties != NULL && i < properties->len; i++) {
        const KabProperty *property = g_ptr_array_index(properties, i);

        add_row(self->property_list, property->name, property->value);
    }
    if (product->manufacturer != NULL && !has_value(properties, product->manufacturer))
        add_row(self->property_list, _("Manufacturer"), product->manufacturer);
    if (product->barcode != NULL)
        add_row(self->property_list, _("Barcode"), product->barcode);
    gtk_widget_set_visible(self->property_group,
                           gtk_widget_get_first_child(GTK_WIDGET(self->property_list)) != NULL);
}

/* The price that the quantity reaches, its place among the others, and the sum. */
static void
show_quantity(KabProductPage *self)
{
    KabQuantity quantity = kab_quantity_spin_get(self->spin);
    const KabPrice *reached = kab_product_find_price(self->product, quantity);
    g_autofree char *price = reached != NULL ? kab_money_format(reached->price) : NULL;
    g_autofree char *text = NULL;
    KabMoney sum;
    guint i = 0;

    for (GtkWidget *row = gtk_widget_get_first_child(GTK_WIDGET(self->price_list)); row != NULL;
         row = gtk_widget_get_next_sibling(row), i++) {
        gboolean here = &g_array_index(self->product->prices, KabPrice, i) == reached;

        gtk_accessible_update_state(GTK_ACCESSIBLE(row), GTK_ACCESSIBLE_STATE_SELECTED, here, -1);
        if (here)
            gtk_widget_add_css_class(row, "reached");
        else
            gtk_widget_remove_css_class(row, "reached");
    }
    gtk_label_set_text(self->price_label, price != NULL ? price : _("No price"));
    if (reached != NULL && kab_money_multiply(reached->price, quantity, &sum, NULL)) {
        g_autofree char *total = kab_money_format(sum);

        text = g_strdup_printf(_("Sum: %s"), total);
    }
    gtk_label_set_text(self->sum_label, text != NULL ? text : "");
}

static void
show_in_basket(KabProductPage *self)
{
    g_autofree char *amount = kab_format_amount(self->product->in_basket, self->product->unit);
    g_autofree char *text = g_strdup_printf(_("%s in the basket"), amount);

    gtk_label_set_text(self->basket_label, self->product->in_basket.milli > 0 ? text : "");
}

static void
show_head(KabProductPage *self)
{
    const KabProduct *product = self->product;
    g_autofree char *step = kab_format_amount(product->step, product->unit);
    g_autofree char *text = g_strdup_printf(_("Ordered in multiples of %s"), step);
    gboolean orderable = may_order(self) && product->has_price;

    kab_data_page_set_title(KAB_DATA_PAGE(self), product->name);
    gtk_label_set_text(self->name_label, product->name);
    gtk_label_set_text(self->detail_label, product->article != NULL ? product->article : "");
    gtk_widget_set_visible(GTK_WIDGET(self->detail_label), product->article != NULL);
    gtk_label_set_text(self->step_label, text);
    gtk_widget_set_visible(GTK_WIDGET(self->step_label), product->step.milli > 0);
    gtk_widget_set_visible(self->order_box, orderable);
    gtk_widget_set_visible(GTK_WIDGET(self->sum_label), orderable);
    kab_quantity_spin_set_step(self->spin, product->step);
    gtk_label_set_text(self->description_label,
                       product->description != NULL ? product->description : "");
    gtk_widget_set_visible(self->description_group, product->description != NULL);
}

/* Takes the product. What was typed stays when the card is loaded again. */
static void
take_product(KabProductPage *self, KabProduct *product)
{
    gboolean first = self->product == NULL;

    g_clear_pointer(&self->product, kab_product_free);
    self->product = product;
    if (self->picture >= MAX(count_pictures(self), 1))
        self->picture = 0;
    show_head(self);
    if (first)
        kab_quantity_spin_set(self->spin, kab_product_get_first_quantity(product));
    show_picture(self);
    show_prices(self);
    show_stocks(self);
    show_properties(self);
    show_quantity(self);
    show_in_basket(self);
    kab_data_page_loaded(KAB_DATA_PAGE(self), FALSE);
    /* Who opens a card goes on with the quantity. */
    if (first && gtk_widget_get_mapped(GTK_WIDGET(self->spin)))
        gtk_widget_grab_focus(GTK_WIDGET(self->spin));
}

static void
on_product_got(GObject *source, GAsyncResult *result, gpointer data)
{
    KabProductPage *self = data;
    g_autoptr(GError) error = NULL;
    KabProduct *product = kab_client_get_product_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (product == NULL)
        kab_data_page_fail_load(KAB_DATA_PAGE(self), error);
    else
        take_product(self, product);
}

static void
on_basket_got(GObject *source, GAsyncResult *result, gpointer data)
{
    KabProductPage *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(KabOrder) basket = kab_client_basket_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (basket == NULL) {
        kab_data_page_fail(KAB_DATA_PAGE(self), error);
        return;
    }
    kab_outbox_apply(self->outbox, basket);
    kab_basket_bar_set_basket(self->basket_bar, basket);
}

static void
kab_product_page_load(KabDataPage *page)
{
    KabProductPage *self = KAB_PRODUCT_PAGE(page);
    GCancellable *loading = kab_data_page_begin_load(page);

    gtk_widget_set_visible(GTK_WIDGET(self->basket_bar), may_order(self));
    kab_client_get_product_async(kab_data_page_get_client(page), self->id, loading, on_product_got,
                                 self);
    kab_client_get_basket_async(kab_data_page_get_client(page), loading, on_basket_got, self);
}

/* The basket with what was entered here, whether it is at the portal or waits. */
static void
show_basket(KabProductPage *self, KabOrder *basket)
{
    const KabOrderLine *line = kab_order_find_line(basket, self->id);

    if (self->product != NULL) {
        self->product->in_basket = line != NULL ? line->quantity : (KabQuantity){0};
        show_in_basket(self);
    }
    kab_basket_bar_set_basket(self->basket_bar, basket);
    if (gtk_widget_get_mapped(GTK_WIDGET(self)))
        kab_data_page_tell_basket(KAB_DATA_PAGE(self), basket->lines->len);
}

static void
on_outbox_changed(KabProductPage *self, KabOrder *basket)
{
    show_basket(self, basket);
    if (gtk_widget_get_mapped(GTK_WIDGET(self)))
        kab_data_page_answered(KAB_DATA_PAGE(self));
}

static void
on_outbox_failed(KabProductPage *self, const GError *error)
{
    if (!gtk_widget_get_mapped(GTK_WIDGET(self)))
        return; /* it loads when it is shown again */
    kab_data_page_fail(KAB_DATA_PAGE(self), error);
    kab_data_page_reload(KAB_DATA_PAGE(self));
}

static void
add(KabProductPage *self)
{
    KabProduct *product = self->product;
    g_autoptr(GError) error = NULL;
    KabQuantity typed;
    KabQuantity quantity;

    if (product == NULL || !product->has_price || !may_order(self))
        return;
    gtk_spin_button_update(self->spin); /* what is typed counts without Enter */
    typed = kab_quantity_spin_get(self->spin);
    if (!kab_quantity_check_order(typed, &error) ||
        !kab_quantity_add(product->in_basket, typed, &quantity, &error) ||
        !kab_product_check_step(product->name, product->unit, product->step, quantity, &error)) {
        kab_data_page_fail(KAB_DATA_PAGE(self), error);
        return;
    }
    product->in_basket = quantity;
    show_in_basket(self);
    kab_outbox_set_product(self->outbox, product, quantity);
}

static void
on_add(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *args G_GNUC_UNUSED)
{
    add(KAB_PRODUCT_PAGE(widget));
}

static void
on_spin_value_changed(KabProductPage *self)
{
    if (self->product != NULL)
        show_quantity(self);
}

static void
kab_product_page_dispose(GObject *object)
{
    KabProductPage *self = KAB_PRODUCT_PAGE(object);

    g_clear_object(&self->outbox);
    g_clear_pointer(&self->product, kab_product_free);
    adw_bin_set_child(ADW_BIN(object), NULL); /* before the template forgets it */
    gtk_widget_dispose_template(GTK_WIDGET(self), KAB_TYPE_PRODUCT_PAGE);
    G_OBJECT_CLASS(kab_product_page_parent_class)->dispose(object);
}

static void
kab_product_page_constructed(GObject *object)
{
    KabProductPage *self = KAB_PRODUCT_PAGE(object);

    G_OBJECT_CLASS(kab_product_page_parent_class)->constructed(object);
    self->outbox = g_object_ref(kab_outbox_of(kab_data_page_get_client(KAB_DATA_PAGE(self))));
    g_signal_connect_object(self->outbox, "changed", G_CALLBACK(on_outbox_changed), self,
                            G_CONNECT_SWAPPED);
    g_signal_connect_object(self->outbox, "kept", G_CALLBACK(show_basket), self, G_CONNECT_SWAPPED);
    g_signal_connect_object(self->outbox, "failed", G_CALLBACK(on_outbox_failed), self,
                            G_CONNECT_SWAPPED);
}

static void
bind_children(GtkWidgetClass *widget_class)
{
    gtk_widget_class_bind_template_child(widget_class, KabProductPage, view);
    gtk_widget_class_bind_template_child(widget_class, KabProductPage, thumbnail);
    gtk_widget_class_bind_template_child(widget_class, KabProductPage, picture_box);
    gtk_widget_class_bind_template_child(widget_class, KabProductPage, picture_label);
    gtk_widget_class_bind_template_child(widget_class, KabProductPage, name_label);
    gtk_widget_class_bind_template_child(widget_class, KabProductPage, detail_label);
    gtk_widget_class_bind_template_child(widget_class, KabProductPage, price_label);
    gtk_widget_class_bind_template_child(widget_class, KabProductPage, step_label);
    gtk_widget_class_bind_template_child(widget_class, KabProductPage, order_box);
    gtk_widget_class_bind_template_child(widget_class, KabProductPage, spin);
    gtk_widget_class_bind_template_child(widget_class, KabProductPage, sum_label);
    gtk_widget_class_bind_template_child(widget_class, KabProductPage, basket_label);
    gtk_widget_class_bind_template_child(widget_class, KabProductPage, price_group);
    gtk_widget_class_bind_template_child(widget_class, KabProductPage, price_list);
    gtk_widget_class_bind_template_child(widget_class, KabProductPage, stock_group);
    gtk_widget_class_bind_template_child(widget_class, KabProductPage, stock_list);
    gtk_widget_class_bind_template_child(widget_class, KabProductPage, description_group);
    gtk_widget_class_bind_template_child(widget_class, KabProductPage, description_label);
    gtk_widget_class_bind_template_child(widget_class, KabProductPage, property_group);
    gtk_widget_class_bind_template_child(widget_class, KabProductPage, property_list);
    gtk_widget_class_bind_template_child(widget_class, KabProductPage, basket_bar);
}

static void
install_actions(GtkWidgetClass *widget_class)
{
    gtk_widget_class_install_action(widget_class, "product.add", NULL, on_add);
    gtk_widget_class_install_action(widget_class, "product.next-picture", NULL, on_turn);
    gtk_widget_class_install_action(widget_class, "product.previous-picture", NULL, on_turn);
    gtk_widget_class_add_binding_action(widget_class, GDK_KEY_plus, 0, "product.add", NULL);
    gtk_widget_class_add_binding_action(widget_class, GDK_KEY_KP_Add, 0, "product.add", NULL);
    gtk_widget_class_add_binding_action(widget_class, GDK_KEY_Return, GDK_CONTROL_MASK,
                                        "product.add", NULL);
    gtk_widget_class_add_binding_action(widget_class, GDK_KEY_Page_Down, GDK_ALT_MASK,
                                        "product.next-picture", NULL);
    gtk_widget_class_add_binding_action(widget_class, GDK_KEY_Page_Up, GDK_ALT_MASK,
                                        "product.previous-picture", NULL);
}

static void
kab_product_page_class_init(KabProductPageClass *klass)
{
    static const char *const kinds[] = {"partner", "goods", NULL};
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_product_page_dispose;
    G_OBJECT_CLASS(klass)->constructed = kab_product_page_constructed;
    KAB_DATA_PAGE_CLASS(klass)->load = kab_product_page_load;
    KAB_DATA_PAGE_CLASS(klass)->kinds = kinds;

    g_type_ensure(KAB_TYPE_BASKET_BAR);
    g_type_ensure(KAB_TYPE_PAGE_VIEW);
    g_type_ensure(KAB_TYPE_THUMBNAIL);
    g_type_ensure(KAB_TYPE_WRAP);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/partner/kab-product-page.ui");
    bind_children(widget_class);
    gtk_widget_class_bind_template_callback(widget_class, on_spin_value_changed);
    install_actions(widget_class);
}

static void
kab_product_page_init(KabProductPage *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
    kab_data_page_set_view(KAB_DATA_PAGE(self), self->view);
    kab_thumbnail_set_size(self->thumbnail, PICTURE);
    kab_quantity_spin_prepare(self->spin);
    /* Enter behind the quantity puts it into the basket. */
    g_signal_connect_object(gtk_editable_get_delegate(GTK_EDITABLE(self->spin)), "activate",
                            G_CALLBACK(add), self, G_CONNECT_SWAPPED);
}

KabDataPage *
kab_product_page_new(KabClient *client, KabProductId id)
{
    KabProductPage *self = g_object_new(KAB_TYPE_PRODUCT_PAGE, "client", client, NULL);

    self->id = id;
    return KAB_DATA_PAGE(self);
}
