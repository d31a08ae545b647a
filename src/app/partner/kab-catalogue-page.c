/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-basket-bar.h"
#include "kab-catalogue-page.h"
#include "kab-client-catalogue.h"
#include "kab-group-list.h"
#include "kab-item.h"
#include "kab-keys.h"
#include "kab-outbox.h"
#include "kab-page-view.h"
#include "kab-paged-list.h"
#include "kab-preferences.h"
#include "kab-product-list.h"
#include "kab-spinner.h"
#include "kab-stack.h"

#include <glib/gi18n-lib.h>

#define PAGE_SIZE 100
#define PAGES_KEPT 50

struct _KabCataloguePage {
    KabDataPage parent_instance;

    KabPageView *view;
    AdwFlap *flap;
    GtkWidget *groups_button;
    KabGroupList *group_list;
    GtkLabel *group_label;
    GtkSearchEntry *search_entry;
    GtkSpinner *spinner;
    GtkStack *stack;
    KabProductList *product_list;
    GtkToggleButton *list_button;
    GtkToggleButton *grid_button;
    AdwStatusPage *nothing_page;
    KabBasketBar *basket_bar;

    KabPagedList *products; /* (owned) */
    KabOutbox *outbox;      /* (owned) */
    guint fold_idle;
    gboolean groups_asked;
    char *shown;        /* (owned) (nullable): the query whose products are in the list */
    gboolean new_query; /* what is asked for is another query than that */
};

G_DEFINE_FINAL_TYPE(KabCataloguePage, kab_catalogue_page, KAB_TYPE_DATA_PAGE)

static gboolean
has_filter(KabCataloguePage *self)
{
    return *gtk_editable_get_text(GTK_EDITABLE(self->search_entry)) != '\0' ||
           kab_group_list_get_selected(self->group_list) != NULL;
}

static char *
make_query(KabCataloguePage *self)
{
    const char *group = kab_group_list_get_selected(self->group_list);

    return g_strconcat(group != NULL ? group : "", "\n",
                       gtk_editable_get_text(GTK_EDITABLE(self->search_entry)), NULL);
}

static void
fetch_products(gpointer data, const char *after, GCancellable *cancellable,
               GAsyncReadyCallback callback, gpointer callback_data)
{
    KabCataloguePage *self = data;
    g_autofree char *text = g_strdup(gtk_editable_get_text(GTK_EDITABLE(self->search_entry)));

    g_strstrip(text);
    kab_spinner_set(self->spinner, TRUE);
    kab_client_list_products_async(kab_data_page_get_client(KAB_DATA_PAGE(self)),
                                   kab_group_list_get_selected(self->group_list),
                                   *text != '\0' ? text : NULL, after, PAGE_SIZE, cancellable,
                                   callback, callback_data);
}

static GPtrArray *
finish_products(GObject *from, GAsyncResult *result, char **next, GError **error)
{
    g_autoptr(KabPage) page = kab_client_list_products_finish(KAB_CLIENT(from), result, error);
    GPtrArray *items;

    if (page == NULL)
        return NULL;
    items = g_ptr_array_new_with_free_func(g_object_unref);
    for (guint i = 0; i < page->items->len; i++) {
        KabProduct *product = g_steal_pointer(&page->items->pdata[i]);

        g_ptr_array_add(items,
                        kab_item_new(product->id.text, product, (GDestroyNotify)kab_product_free));
    }
    *next = g_steal_pointer(&page->next);
    return items;
}

static const KabPagedSource product_source = {fetch_products, finish_products,
                                              (GDestroyNotify)kab_product_free};

static void
show_stack(KabCataloguePage *self)
{
    guint n = g_list_model_get_n_items(G_LIST_MODEL(self->products));

    kab_stack_show(self->stack, n == 0 ? "nothing" : "list");
}

static void
on_products_loaded(KabCataloguePage *self, gboolean first)
{
    guint n = g_list_model_get_n_items(G_LIST_MODEL(self->products));

    kab_spinner_set(self->spinner, kab_paged_list_is_loading(self->products));
    if (first && self->new_query) {
        kab_product_list_scroll_to_top(self->product_list);
        self->new_query = FALSE;
    }
    if (first) {
        g_free(self->shown);
        self->shown = make_query(self);
    }
    kab_product_list_watch_end(self->product_list);
    show_stack(self);
    if (first)
        kab_data_page_loaded(KAB_DATA_PAGE(self), n == 0 && !has_filter(self));
    else
        kab_data_page_answered(KAB_DATA_PAGE(self));
}

/* The products of another query are no answer to this one. */
static void
show_unanswered(KabCataloguePage *self)
{
    g_autofree char *query = make_query(self);

    if (self->shown == NULL || g_strcmp0(self->shown, query) == 0)
        show_stack(self);
    else
        kab_stack_show(self->stack, "unanswered");
}

static void
on_products_failed(KabCataloguePage *self, gboolean first, const GError *error)
{
    kab_spinner_set(self->spinner, kab_paged_list_is_loading(self->products));
    if (!first) {
        kab_data_page_fail(KAB_DATA_PAGE(self), error);
        return;
    }
    show_unanswered(self);
    kab_data_page_fail_load(KAB_DATA_PAGE(self), error);
}

static void
on_query_changed(KabCataloguePage *self)
{
    gtk_label_set_text(self->group_label, kab_group_list_get_selected_title(self->group_list));
    self->new_query = TRUE;
    kab_paged_list_restart(self->products);
}

static void
on_group_selected(KabCataloguePage *self)
{
    if (adw_flap_get_folded(self->flap))
        adw_flap_set_reveal_flap(self->flap, FALSE);
    on_query_changed(self);
}

static gboolean
show_groups_button(gpointer data)
{
    KabCataloguePage *self = data;

    self->fold_idle = 0;
    gtk_widget_set_visible(self->groups_button, adw_flap_get_folded(self->flap));
    return G_SOURCE_REMOVE;
}

/* A flap folds while sizes are being allocated: nothing may be shown or hidden then. */
static void
on_flap_folded(KabCataloguePage *self)
{
    if (self->fold_idle == 0)
        self->fold_idle = g_idle_add(show_groups_button, self);
}

static void
load_view(KabCataloguePage *self)
{
    g_autoptr(GSettings) preferences = kab_preferences_new();
    g_autofree char *view = kab_preferences_dup(preferences, "catalogue-view");

    gtk_toggle_button_set_active(
        g_strcmp0(view, "grid") == 0 ? self->grid_button : self->list_button, TRUE);
}

static void
store_view(KabCataloguePage *self)
{
    g_autoptr(GSettings) preferences = kab_preferences_new();

    kab_preferences_set(preferences, "catalogue-view",
                        kab_product_list_is_grid(self->product_list) ? "grid" : "list");
}

static void
on_view_toggled(KabCataloguePage *self)
{
    kab_product_list_set_grid(self->product_list, gtk_toggle_button_get_active(self->grid_button));
    store_view(self);
}

static void
on_groups_listed(GObject *source, GAsyncResult *result, gpointer data)
{
    KabCataloguePage *self = data;
    g_autoptr(GError) error = NULL;
    GPtrArray *groups = kab_client_list_groups_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    self->groups_asked = FALSE;
    if (groups == NULL)
        kab_data_page_fail(KAB_DATA_PAGE(self), error);
    else
        kab_group_list_set_groups(self->group_list, groups);
}

static void
on_basket_got(GObject *source, GAsyncResult *result, gpointer data)
{
    KabCataloguePage *self = data;
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
kab_catalogue_page_load(KabDataPage *page)
{
    KabCataloguePage *self = KAB_CATALOGUE_PAGE(page);

    gtk_widget_set_visible(GTK_WIDGET(self->basket_bar), kab_data_page_may(page, KAB_RIGHT_ORDER));
    if (!self->groups_asked) {
        self->groups_asked = TRUE;
        kab_client_list_groups_async(kab_data_page_get_client(page),
                                     kab_data_page_get_cancellable(page), on_groups_listed, self);
    }
    kab_client_get_basket_async(kab_data_page_get_client(page), kab_data_page_begin_load(page),
                                on_basket_got, self);
    if (kab_page_view_get_state(self->view) == KAB_PAGE_LOADING || self->new_query)
        kab_paged_list_restart(self->products);
    else
        kab_paged_list_refresh(self->products);
    kab_product_list_watch_end(self->product_list);
}

/* @data: what stands in the basket, by product. */
static void
set_in_basket(KabItem *item, gpointer data)
{
    KabProduct *product = kab_item_get_value(item);
    const KabOrderLine *line = g_hash_table_lookup(data, product->id.text);
    gint64 milli = line != NULL ? line->quantity.milli : 0;

    if (product->in_basket.milli == milli)
        return;
    product->in_basket.milli = milli;
    kab_item_touch(item);
}

/* The basket with what was entered here, whether it is at the portal or waits. */
static void
show_basket(KabCataloguePage *self, KabOrder *basket)
{
    g_autoptr(GHashTable) lines = g_hash_table_new(g_str_hash, g_str_equal);

    for (guint i = 0; i < basket->lines->len; i++) {
        KabOrderLine *line = kab_order_get_line(basket, i);

        g_hash_table_insert(lines, line->product_id.text, line);
    }
    kab_paged_list_foreach(self->products, set_in_basket, lines);
    kab_basket_bar_set_basket(self->basket_bar, basket);
    if (gtk_widget_get_mapped(GTK_WIDGET(self)))
        kab_data_page_tell_basket(KAB_DATA_PAGE(self), basket->lines->len);
}

static void
on_outbox_changed(KabCataloguePage *self, KabOrder *basket)
{
    show_basket(self, basket);
    if (gtk_widget_get_mapped(GTK_WIDGET(self)))
        kab_data_page_answered(KAB_DATA_PAGE(self));
}

static void
on_outbox_failed(KabCataloguePage *self, const GError *error)
{
    if (!gtk_widget_get_mapped(GTK_WIDGET(self)))
        return; /* it loads when it is shown again */
    kab_data_page_fail(KAB_DATA_PAGE(self), error);
    kab_data_page_reload(KAB_DATA_PAGE(self));
}

static void
on_row_add(KabCataloguePage *self, KabItem *item, gint64 milli)
{
    KabProduct *product = kab_item_get_value(item);
    g_autoptr(GError) error = NULL;
    KabQuantity quantity;

    if (!kab_quantity_add(product->in_basket, (KabQuantity){milli}, &quantity, &error) ||
        !kab_product_check_step(product->name, product->unit, product->step, quantity, &error)) {
        kab_data_page_fail(KAB_DATA_PAGE(self), error);
        return;
    }
    product->in_basket = quantity;
    kab_item_set_draft(item, 0);
    kab_item_touch(item);
    kab_outbox_set_product(self->outbox, product, quantity);
}

static void
on_row_open(KabCataloguePage *self, KabItem *item)
{
    gtk_widget_activate_action(GTK_WIDGET(self), "win.open-product", "s", kab_item_get_key(item));
}

static void
on_add_focused(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *args G_GNUC_UNUSED)
{
    kab_product_list_add_focused(KAB_CATALOGUE_PAGE(widget)->product_list);
}

static void
on_switch_view(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *args G_GNUC_UNUSED)
{
    KabCataloguePage *self = KAB_CATALOGUE_PAGE(widget);

    if (!gtk_widget_get_mapped(widget))
        return;
    gtk_toggle_button_set_active(
        kab_product_list_is_grid(self->product_list) ? self->list_button : self->grid_button, TRUE);
}

static void
on_search_stopped(KabCataloguePage *self)
{
    gtk_editable_set_text(GTK_EDITABLE(self->search_entry), "");
}

/* Down or Enter leads from the search entry into its results. */
static void
on_search_activated(KabCataloguePage *self)
{
    gtk_widget_child_focus(GTK_WIDGET(self->product_list), GTK_DIR_TAB_FORWARD);
}

static void
kab_catalogue_page_dispose(GObject *object)
{
    KabCataloguePage *self = KAB_CATALOGUE_PAGE(object);

    g_clear_handle_id(&self->fold_idle, g_source_remove);
    if (self->products != NULL)
        kab_paged_list_stop(self->products);
    g_clear_object(&self->outbox);
    g_clear_object(&self->products);
    g_clear_pointer(&self->shown, g_free);
    adw_bin_set_child(ADW_BIN(object), NULL); /* before the template forgets it */
    gtk_widget_dispose_template(GTK_WIDGET(self), KAB_TYPE_CATALOGUE_PAGE);
    G_OBJECT_CLASS(kab_catalogue_page_parent_class)->dispose(object);
}

static void
kab_catalogue_page_constructed(GObject *object)
{
    KabCataloguePage *self = KAB_CATALOGUE_PAGE(object);

    G_OBJECT_CLASS(kab_catalogue_page_parent_class)->constructed(object);
    kab_product_list_set_products(self->product_list, kab_data_page_get_client(KAB_DATA_PAGE(self)),
                                  self->products);
    self->outbox = g_object_ref(kab_outbox_of(kab_data_page_get_client(KAB_DATA_PAGE(self))));
    g_signal_connect_object(self->outbox, "changed", G_CALLBACK(on_outbox_changed), self,
                            G_CONNECT_SWAPPED);
    g_signal_connect_object(self->outbox, "kept", G_CALLBACK(show_basket), self, G_CONNECT_SWAPPED);
    g_signal_connect_object(self->outbox, "failed", G_CALLBACK(on_outbox_failed), self,
                            G_CONNECT_SWAPPED);
}

static void
bind_callbacks(GtkWidgetClass *widget_class)
{
    gtk_widget_class_bind_template_callback(widget_class, on_query_changed);
    gtk_widget_class_bind_template_callback(widget_class, on_group_selected);
    gtk_widget_class_bind_template_callback(widget_class, on_flap_folded);
    gtk_widget_class_bind_template_callback(widget_class, on_view_toggled);
    gtk_widget_class_bind_template_callback(widget_class, on_row_add);
    gtk_widget_class_bind_template_callback(widget_class, on_row_open);
    gtk_widget_class_bind_template_callback(widget_class, on_search_stopped);
    gtk_widget_class_bind_template_callback(widget_class, on_search_activated);
}

static void
bind_children(GtkWidgetClass *widget_class)
{
    gtk_widget_class_bind_template_child(widget_class, KabCataloguePage, view);
    gtk_widget_class_bind_template_child(widget_class, KabCataloguePage, flap);
    gtk_widget_class_bind_template_child(widget_class, KabCataloguePage, groups_button);
    gtk_widget_class_bind_template_child(widget_class, KabCataloguePage, group_list);
    gtk_widget_class_bind_template_child(widget_class, KabCataloguePage, group_label);
    gtk_widget_class_bind_template_child(widget_class, KabCataloguePage, search_entry);
    gtk_widget_class_bind_template_child(widget_class, KabCataloguePage, spinner);
    gtk_widget_class_bind_template_child(widget_class, KabCataloguePage, stack);
    gtk_widget_class_bind_template_child(widget_class, KabCataloguePage, nothing_page);
    gtk_widget_class_bind_template_child(widget_class, KabCataloguePage, list_button);
    gtk_widget_class_bind_template_child(widget_class, KabCataloguePage, grid_button);
    gtk_widget_class_bind_template_child(widget_class, KabCataloguePage, product_list);
    gtk_widget_class_bind_template_child(widget_class, KabCataloguePage, basket_bar);
}

static void
install_actions(GtkWidgetClass *widget_class)
{
    gtk_widget_class_install_action(widget_class, "catalogue.add", NULL, on_add_focused);
    gtk_widget_class_install_action(widget_class, "catalogue.switch-view", NULL, on_switch_view);
    gtk_widget_class_add_binding_action(widget_class, GDK_KEY_plus, 0, "catalogue.add", NULL);
    gtk_widget_class_add_binding_action(widget_class, GDK_KEY_KP_Add, 0, "catalogue.add", NULL);
    gtk_widget_class_add_binding_action(widget_class, GDK_KEY_Return, GDK_CONTROL_MASK,
                                        "catalogue.add", NULL);
}

static void
kab_catalogue_page_class_init(KabCataloguePageClass *klass)
{
    static const char *const kinds[] = {"partner", "goods", NULL};
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_catalogue_page_dispose;
    G_OBJECT_CLASS(klass)->constructed = kab_catalogue_page_constructed;
    KAB_DATA_PAGE_CLASS(klass)->load = kab_catalogue_page_load;
    KAB_DATA_PAGE_CLASS(klass)->kinds = kinds;

    g_type_ensure(KAB_TYPE_BASKET_BAR);
    g_type_ensure(KAB_TYPE_GROUP_LIST);
    g_type_ensure(KAB_TYPE_PAGE_VIEW);
    g_type_ensure(KAB_TYPE_PRODUCT_LIST);
    gtk_widget_class_set_template_from_resource(
        widget_class, "/org/kabinet/Kabinet/partner/kab-catalogue-page.ui");
    bind_children(widget_class);
    bind_callbacks(widget_class);
    install_actions(widget_class);
}

static void
kab_catalogue_page_init(KabCataloguePage *self)
{
    static const KabKey keys[] = {
        {"<Control>t", "catalogue.switch-view", NULL},
        {NULL, NULL, NULL},
    };

    gtk_widget_init_template(GTK_WIDGET(self));
    kab_data_page_set_view(KAB_DATA_PAGE(self), self->view);
    self->products = kab_paged_list_new(&product_source, self, PAGES_KEPT);
    g_signal_connect_object(self->products, "loaded", G_CALLBACK(on_products_loaded), self,
                            G_CONNECT_SWAPPED);
    g_signal_connect_object(self->products, "failed", G_CALLBACK(on_products_failed), self,
                            G_CONNECT_SWAPPED);
    kab_keys_add(GTK_WIDGET(self), keys);
    load_view(self);
    kab_stack_show(self->stack, "list");
}

KabDataPage *
kab_catalogue_page_new(KabClient *client)
{
    return g_object_new(KAB_TYPE_CATALOGUE_PAGE, "client", client, NULL);
}

void
kab_catalogue_page_focus_search(KabCataloguePage *self)
{
    gtk_widget_grab_focus(GTK_WIDGET(self->search_entry));
    gtk_editable_select_region(GTK_EDITABLE(self->search_entry), 0, -1);
}
