/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-catalogue-page.h"
#include "kab-client-catalogue.h"
#include "kab-group-list.h"
#include "kab-item.h"
#include "kab-outbox.h"
#include "kab-page-view.h"
#include "kab-pager.h"
#include "kab-product-row.h"
#include "kab-spinner.h"
#include "kab-stack.h"

#include <glib/gi18n-lib.h>

#define PAGE_SIZE 100

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
    GtkScrolledWindow *scrolled;
    GtkListView *list_view;
    AdwStatusPage *nothing_page;

    GListStore *products; /* (owned) (element-type KabItem) */
    KabPager *pager;      /* (owned) */
    KabOutbox *outbox;    /* (owned) */
    guint fold_idle;
    gboolean groups_asked;
    gboolean
        new_query; /* the answer that is waited for belongs to another query than what is shown */
};

G_DEFINE_FINAL_TYPE(KabCataloguePage, kab_catalogue_page, KAB_TYPE_DATA_PAGE)

static gboolean
has_filter(KabCataloguePage *self)
{
    return *gtk_editable_get_text(GTK_EDITABLE(self->search_entry)) != '\0' ||
           kab_group_list_get_selected(self->group_list) != NULL;
}

static GPtrArray *
take_products(KabPage *page)
{
    GPtrArray *items = g_ptr_array_new_with_free_func(g_object_unref);

    for (guint i = 0; i < page->items->len; i++) {
        KabProduct *product = g_steal_pointer(&page->items->pdata[i]);

        g_ptr_array_add(items,
                        kab_item_new(product->id.text, product, (GDestroyNotify)kab_product_free));
    }
    return items;
}

static void
show_products(KabCataloguePage *self, KabPage *page)
{
    g_autoptr(GPtrArray) items = take_products(page);
    gboolean kept = FALSE;
    guint n;

    if (self->new_query) {
        g_list_store_splice(self->products, 0,
                            g_list_model_get_n_items(G_LIST_MODEL(self->products)), items->pdata,
                            items->len);
        gtk_adjustment_set_value(gtk_scrolled_window_get_vadjustment(self->scrolled), 0);
    } else {
        kept = kab_item_merge(self->products, items, page->next != NULL);
    }
    self->new_query = FALSE;
    kab_pager_set_next(self->pager, kept ? kab_pager_get_next(self->pager) : page->next);
    n = g_list_model_get_n_items(G_LIST_MODEL(self->products));
    kab_stack_show(self->stack, n > 0 ? "list" : "nothing");
    kab_data_page_loaded(KAB_DATA_PAGE(self), n == 0 && !has_filter(self));
}

static void
on_products_listed(GObject *source, GAsyncResult *result, gpointer data)
{
    KabCataloguePage *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(KabPage) page = kab_client_list_products_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    kab_spinner_set(self->spinner, FALSE);
    if (page == NULL)
        kab_data_page_fail_load(KAB_DATA_PAGE(self), error);
    else
        show_products(self, page);
}

static void
on_more_listed(GObject *source, GAsyncResult *result, gpointer data)
{
    KabCataloguePage *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(KabPage) page = kab_client_list_products_finish(KAB_CLIENT(source), result, &error);
    g_autoptr(GPtrArray) items = NULL;

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    kab_spinner_set(self->spinner, FALSE);
    if (page == NULL) {
        kab_data_page_fail(KAB_DATA_PAGE(self), error);
        return;
    }
    items = take_products(page);
    g_list_store_splice(self->products, g_list_model_get_n_items(G_LIST_MODEL(self->products)), 0,
                        items->pdata, items->len);
    kab_pager_set_next(self->pager, page->next);
    kab_data_page_answered(KAB_DATA_PAGE(self));
}

/* An answer of an older query is cancelled by beginning a newer one, and so never shown. */
static void
list_products(KabCataloguePage *self, const char *after, GAsyncReadyCallback callback)
{
    GCancellable *cancellable = kab_data_page_begin_load(KAB_DATA_PAGE(self));
    g_autofree char *text = g_strdup(gtk_editable_get_text(GTK_EDITABLE(self->search_entry)));

    g_strstrip(text);
    kab_spinner_set(self->spinner, TRUE);
    kab_client_list_products_async(kab_data_page_get_client(KAB_DATA_PAGE(self)),
                                   kab_group_list_get_selected(self->group_list),
                                   *text != '\0' ? text : NULL, after, PAGE_SIZE, cancellable,
                                   callback, self);
}

static void
on_query_changed(KabCataloguePage *self)
{
    gtk_label_set_text(self->group_label, kab_group_list_get_selected_title(self->group_list));
    self->new_query = TRUE;
    list_products(self, NULL, on_products_listed);
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
on_pager_more(KabCataloguePage *self)
{
    list_products(self, kab_pager_get_next(self->pager), on_more_listed);
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
kab_catalogue_page_load(KabDataPage *page)
{
    KabCataloguePage *self = KAB_CATALOGUE_PAGE(page);

    if (!self->groups_asked) {
        self->groups_asked = TRUE;
        kab_client_list_groups_async(kab_data_page_get_client(page),
                                     kab_data_page_get_cancellable(page), on_groups_listed, self);
    }
    list_products(self, NULL, on_products_listed);
}

/* How much of @product stands in @basket. */
static KabQuantity
count_in_basket(const KabOrder *basket, const KabProduct *product)
{
    for (guint i = 0; i < basket->lines->len; i++) {
        const KabOrderLine *line = kab_order_get_line(basket, i);

        if (g_str_equal(line->product_id.text, product->id.text))
            return line->quantity;
    }
    return (KabQuantity){0};
}

static void
on_outbox_changed(KabCataloguePage *self, KabOrder *basket)
{
    guint n = g_list_model_get_n_items(G_LIST_MODEL(self->products));

    for (guint i = 0; i < n; i++) {
        g_autoptr(KabItem) item = g_list_model_get_item(G_LIST_MODEL(self->products), i);
        KabProduct *product = kab_item_get_value(item);
        KabQuantity quantity = count_in_basket(basket, product);

        if (product->in_basket.milli != quantity.milli) {
            product->in_basket = quantity;
            kab_item_touch(item);
        }
    }
    if (!gtk_widget_get_mapped(GTK_WIDGET(self)))
        return;
    kab_data_page_tell_basket(KAB_DATA_PAGE(self), basket->lines->len);
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
    KabQuantity quantity;

    if (!kab_quantity_add(product->in_basket, (KabQuantity){milli}, &quantity, NULL))
        return;
    product->in_basket = quantity;
    kab_item_set_draft(item, 0);
    kab_item_touch(item);
    kab_outbox_set(self->outbox, product->id, quantity);
}

static void
on_row_setup(KabCataloguePage *self, GtkListItem *item)
{
    const KabUser *user = kab_client_get_user(kab_data_page_get_client(KAB_DATA_PAGE(self)));
    gboolean may_order = user != NULL && kab_role_may(user->role, KAB_RIGHT_ORDER);
    KabProductRow *row = kab_product_row_new(may_order);

    g_signal_connect_object(row, "add", G_CALLBACK(on_row_add), self, G_CONNECT_SWAPPED);
    gtk_list_item_set_child(item, GTK_WIDGET(row));
}

static void
on_row_bind(KabCataloguePage *self G_GNUC_UNUSED, GtkListItem *item)
{
    KabItem *product_item = gtk_list_item_get_item(item);
    const KabProduct *product = kab_item_get_value(product_item);
    GtkWidget *row = gtk_list_item_get_child(item);

    kab_product_row_set_item(KAB_PRODUCT_ROW(row), product_item);
    gtk_accessible_update_property(GTK_ACCESSIBLE(gtk_widget_get_parent(row)),
                                   GTK_ACCESSIBLE_PROPERTY_LABEL, product->name, -1);
}

static void
on_row_unbind(KabCataloguePage *self G_GNUC_UNUSED, GtkListItem *item)
{
    kab_product_row_set_item(KAB_PRODUCT_ROW(gtk_list_item_get_child(item)), NULL);
}

/* Enter in the list puts the row's product into the basket. */
static void
on_row_activated(KabCataloguePage *self, guint position)
{
    g_autoptr(KabItem) item = g_list_model_get_item(G_LIST_MODEL(self->products), position);
    gint64 draft = item != NULL ? kab_item_get_draft(item) : 0;
    const KabUser *user = kab_client_get_user(kab_data_page_get_client(KAB_DATA_PAGE(self)));
    const KabProduct *product = item != NULL ? kab_item_get_value(item) : NULL;

    if (product != NULL && product->has_price && user != NULL &&
        kab_role_may(user->role, KAB_RIGHT_ORDER))
        on_row_add(self, item, draft != 0 ? draft : KAB_QUANTITY_ONE);
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
    gtk_widget_child_focus(GTK_WIDGET(self->list_view), GTK_DIR_TAB_FORWARD);
}

static void
kab_catalogue_page_dispose(GObject *object)
{
    KabCataloguePage *self = KAB_CATALOGUE_PAGE(object);

    g_clear_handle_id(&self->fold_idle, g_source_remove);
    if (self->list_view != NULL)
        gtk_list_view_set_model(self->list_view, NULL);
    g_clear_object(&self->outbox);
    g_clear_object(&self->pager);
    g_clear_object(&self->products);
    adw_bin_set_child(ADW_BIN(object), NULL); /* before the template forgets it */
    gtk_widget_dispose_template(GTK_WIDGET(self), KAB_TYPE_CATALOGUE_PAGE);
    G_OBJECT_CLASS(kab_catalogue_page_parent_class)->dispose(object);
}

static void
kab_catalogue_page_constructed(GObject *object)
{
    KabCataloguePage *self = KAB_CATALOGUE_PAGE(object);

    G_OBJECT_CLASS(kab_catalogue_page_parent_class)->constructed(object);
    self->outbox = g_object_ref(kab_outbox_of(kab_data_page_get_client(KAB_DATA_PAGE(self))));
    g_signal_connect_object(self->outbox, "changed", G_CALLBACK(on_outbox_changed), self,
                            G_CONNECT_SWAPPED);
    g_signal_connect_object(self->outbox, "failed", G_CALLBACK(on_outbox_failed), self,
                            G_CONNECT_SWAPPED);
}

static void
bind_callbacks(GtkWidgetClass *widget_class)
{
    gtk_widget_class_bind_template_callback(widget_class, on_query_changed);
    gtk_widget_class_bind_template_callback(widget_class, on_group_selected);
    gtk_widget_class_bind_template_callback(widget_class, on_flap_folded);
    gtk_widget_class_bind_template_callback(widget_class, on_row_setup);
    gtk_widget_class_bind_template_callback(widget_class, on_row_bind);
    gtk_widget_class_bind_template_callback(widget_class, on_row_unbind);
    gtk_widget_class_bind_template_callback(widget_class, on_row_activated);
    gtk_widget_class_bind_template_callback(widget_class, on_search_stopped);
    gtk_widget_class_bind_template_callback(widget_class, on_search_activated);
}

static void
kab_catalogue_page_class_init(KabCataloguePageClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_catalogue_page_dispose;
    G_OBJECT_CLASS(klass)->constructed = kab_catalogue_page_constructed;
    KAB_DATA_PAGE_CLASS(klass)->load = kab_catalogue_page_load;

    g_type_ensure(KAB_TYPE_GROUP_LIST);
    g_type_ensure(KAB_TYPE_PAGE_VIEW);
    gtk_widget_class_set_template_from_resource(
        widget_class, "/org/kabinet/Kabinet/partner/kab-catalogue-page.ui");
    gtk_widget_class_bind_template_child(widget_class, KabCataloguePage, view);
    gtk_widget_class_bind_template_child(widget_class, KabCataloguePage, flap);
    gtk_widget_class_bind_template_child(widget_class, KabCataloguePage, groups_button);
    gtk_widget_class_bind_template_child(widget_class, KabCataloguePage, group_list);
    gtk_widget_class_bind_template_child(widget_class, KabCataloguePage, group_label);
    gtk_widget_class_bind_template_child(widget_class, KabCataloguePage, search_entry);
    gtk_widget_class_bind_template_child(widget_class, KabCataloguePage, spinner);
    gtk_widget_class_bind_template_child(widget_class, KabCataloguePage, stack);
    gtk_widget_class_bind_template_child(widget_class, KabCataloguePage, scrolled);
    gtk_widget_class_bind_template_child(widget_class, KabCataloguePage, list_view);
    gtk_widget_class_bind_template_child(widget_class, KabCataloguePage, nothing_page);
    bind_callbacks(widget_class);
}

static void
kab_catalogue_page_init(KabCataloguePage *self)
{
    g_autoptr(GtkNoSelection) selection = NULL;

    gtk_widget_init_template(GTK_WIDGET(self));
    kab_stack_show(self->stack, "list");
    kab_data_page_set_view(KAB_DATA_PAGE(self), self->view);
    self->products = g_list_store_new(KAB_TYPE_ITEM);
    selection = gtk_no_selection_new(g_object_ref(G_LIST_MODEL(self->products)));
    gtk_list_view_set_model(self->list_view, GTK_SELECTION_MODEL(selection));
    self->pager = kab_pager_new(self->scrolled);
    g_signal_connect_object(self->pager, "more", G_CALLBACK(on_pager_more), self,
                            G_CONNECT_SWAPPED);
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
