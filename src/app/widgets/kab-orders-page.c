/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-exchange.h"
#include "kab-client-orders.h"
#include "kab-format.h"
#include "kab-item.h"
#include "kab-order-row.h"
#include "kab-orders-page.h"
#include "kab-page-view.h"
#include "kab-pager.h"
#include "kab-stack.h"

#include <glib/gi18n-lib.h>

#define PAGE_SIZE 100

struct _KabOrdersPage {
    KabDataPage parent_instance;

    KabPageView *view;
    GtkWidget *filter_box;
    GtkDropDown *status_dropdown;
    GtkStack *stack;
    GtkScrolledWindow *scrolled;
    GtkListView *list_view;

    GListStore *orders; /* (owned) (element-type KabItem) */
    KabPager *pager;    /* (owned) */
    gboolean for_base;
    gboolean loading_more; /* the load is that of a further page */
    gboolean
        new_query; /* the answer that is waited for belongs to another filter than what is shown */
};

G_DEFINE_FINAL_TYPE(KabOrdersPage, kab_orders_page, KAB_TYPE_DATA_PAGE)

enum {
    PROP_0,
    PROP_FOR_BASE,
    N_PROPS,
};

static GParamSpec *props[N_PROPS];

/* The status that is chosen; NULL for all. */
static const char *
get_status(KabOrdersPage *self)
{
    guint selected = gtk_drop_down_get_selected(self->status_dropdown);

    if (self->for_base || selected == 0 || selected == GTK_INVALID_LIST_POSITION)
        return NULL;
    return kab_order_status_to_nick((KabOrderStatus)(selected - 1));
}

static GPtrArray *
take_orders(KabPage *page)
{
    GPtrArray *items = g_ptr_array_new_with_free_func(g_object_unref);

    for (guint i = 0; i < page->items->len; i++) {
        KabOrder *order = g_steal_pointer(&page->items->pdata[i]);

        g_ptr_array_add(items, kab_item_new(order->id.text, order, (GDestroyNotify)kab_order_free));
    }
    return items;
}

static void
show_orders(KabOrdersPage *self, KabPage *page)
{
    g_autoptr(GPtrArray) items = take_orders(page);
    gboolean kept = FALSE;
    guint n = g_list_model_get_n_items(G_LIST_MODEL(self->orders));

    if (self->new_query)
        g_list_store_splice(self->orders, 0, n, items->pdata, items->len);
    else
        kept = kab_item_merge(self->orders, items, page->next != NULL);
    self->new_query = FALSE;
    kab_pager_set_next(self->pager, kept ? kab_pager_get_next(self->pager) : page->next);
    n = g_list_model_get_n_items(G_LIST_MODEL(self->orders));
    kab_stack_show(self->stack, n > 0 ? "list" : "nothing");
    kab_data_page_loaded(KAB_DATA_PAGE(self), n == 0 && get_status(self) == NULL);
}

static void
add_orders(KabOrdersPage *self, KabPage *page)
{
    g_autoptr(GPtrArray) items = take_orders(page);

    g_list_store_splice(self->orders, g_list_model_get_n_items(G_LIST_MODEL(self->orders)), 0,
                        items->pdata, items->len);
    kab_pager_set_next(self->pager, page->next);
    kab_data_page_answered(KAB_DATA_PAGE(self));
}

/* What either call answered; there is only one load at a time. */
static void
take_answer(KabOrdersPage *self, KabPage *page, const GError *error)
{
    if (page == NULL)
        kab_data_page_fail_load(KAB_DATA_PAGE(self), error);
    else if (self->loading_more)
        add_orders(self, page);
    else
        show_orders(self, page);
}

static void
on_orders_listed(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(KabPage) page = kab_client_list_orders_finish(KAB_CLIENT(source), result, &error);

    if (!g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        take_answer(data, page, error);
}

static void
on_client_orders_listed(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(KabPage) page =
        kab_client_list_client_orders_finish(KAB_CLIENT(source), result, &error);

    if (!g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        take_answer(data, page, error);
}

static void
list_orders(KabOrdersPage *self, const char *after)
{
    KabClient *client = kab_data_page_get_client(KAB_DATA_PAGE(self));
    GCancellable *cancellable = kab_data_page_begin_load(KAB_DATA_PAGE(self));

    self->loading_more = after != NULL;
    if (self->for_base)
        kab_client_list_client_orders_async(client, after, PAGE_SIZE, cancellable,
                                            on_client_orders_listed, self);
    else
        kab_client_list_orders_async(client, get_status(self), after, PAGE_SIZE, cancellable,
                                     on_orders_listed, self);
}

static void
kab_orders_page_load(KabDataPage *page)
{
    list_orders(KAB_ORDERS_PAGE(page), NULL);
}

static void
on_pager_more(KabOrdersPage *self)
{
    list_orders(self, kab_pager_get_next(self->pager));
}

static void
on_status_selected(KabOrdersPage *self)
{
    if (!gtk_widget_get_mapped(GTK_WIDGET(self)))
        return;
    self->new_query = TRUE;
    list_orders(self, NULL);
}

static void
on_row_activated(KabOrdersPage *self, guint position)
{
    g_autoptr(KabItem) item = g_list_model_get_item(G_LIST_MODEL(self->orders), position);

    if (item != NULL)
        gtk_widget_activate_action(GTK_WIDGET(self),
                                   self->for_base ? "win.open-client-order" : "win.open-order", "s",
                                   kab_item_get_key(item));
}

static void
on_row_setup(KabOrdersPage *self, GtkListItem *item)
{
    gtk_list_item_set_child(item, kab_order_row_new(self->for_base));
}

static void
on_row_bind(KabOrdersPage *self G_GNUC_UNUSED, GtkListItem *item)
{
    KabItem *order_item = gtk_list_item_get_item(item);
    GtkWidget *row = gtk_list_item_get_child(item);
    g_autofree char *name = kab_format_order_name(kab_item_get_value(order_item));

    kab_order_row_set_item(KAB_ORDER_ROW(row), order_item);
    gtk_accessible_update_property(GTK_ACCESSIBLE(gtk_widget_get_parent(row)),
                                   GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
on_row_unbind(KabOrdersPage *self G_GNUC_UNUSED, GtkListItem *item)
{
    kab_order_row_set_item(KAB_ORDER_ROW(gtk_list_item_get_child(item)), NULL);
}

static void
fill_statuses(KabOrdersPage *self)
{
    g_autoptr(GtkStringList) titles = gtk_string_list_new(NULL);

    gtk_string_list_append(titles, _("All statuses"));
    for (int i = 0; i < KAB_ORDER_N_STATUSES; i++)
        gtk_string_list_append(titles, kab_order_status_to_title((KabOrderStatus)i));
    gtk_drop_down_set_model(self->status_dropdown, G_LIST_MODEL(titles));
}

static void
kab_orders_page_set_property(GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    KabOrdersPage *self = KAB_ORDERS_PAGE(object);

    if (id == PROP_FOR_BASE)
        self->for_base = g_value_get_boolean(value);
    else
        G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
}

static void
kab_orders_page_constructed(GObject *object)
{
    KabOrdersPage *self = KAB_ORDERS_PAGE(object);

    G_OBJECT_CLASS(kab_orders_page_parent_class)->constructed(object);
    gtk_widget_set_visible(self->filter_box, !self->for_base);
    if (self->for_base) {
        kab_data_page_set_title(KAB_DATA_PAGE(self), _("Client orders"));
        g_object_set(self->view, "empty-title", _("No client orders yet"), "empty-description",
                     _("Orders of the portal become client orders when the exchange runs."), NULL);
    }
}

static void
kab_orders_page_dispose(GObject *object)
{
    KabOrdersPage *self = KAB_ORDERS_PAGE(object);

    if (self->list_view != NULL)
        gtk_list_view_set_model(self->list_view, NULL);
    g_clear_object(&self->pager);
    g_clear_object(&self->orders);
    adw_bin_set_child(ADW_BIN(object), NULL); /* before the template forgets it */
    gtk_widget_dispose_template(GTK_WIDGET(self), KAB_TYPE_ORDERS_PAGE);
    G_OBJECT_CLASS(kab_orders_page_parent_class)->dispose(object);
}

static void
kab_orders_page_class_init(KabOrdersPageClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS(klass);
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    object_class->set_property = kab_orders_page_set_property;
    object_class->constructed = kab_orders_page_constructed;
    object_class->dispose = kab_orders_page_dispose;
    KAB_DATA_PAGE_CLASS(klass)->load = kab_orders_page_load;

    /** KabOrdersPage:for-base: whether it lists the client orders of a base. */
    props[PROP_FOR_BASE] =
        g_param_spec_boolean("for-base", NULL, NULL, FALSE,
                             G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
    g_object_class_install_properties(object_class, N_PROPS, props);

    g_type_ensure(KAB_TYPE_PAGE_VIEW);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/widgets/kab-orders-page.ui");
    gtk_widget_class_bind_template_child(widget_class, KabOrdersPage, view);
    gtk_widget_class_bind_template_child(widget_class, KabOrdersPage, filter_box);
    gtk_widget_class_bind_template_child(widget_class, KabOrdersPage, status_dropdown);
    gtk_widget_class_bind_template_child(widget_class, KabOrdersPage, stack);
    gtk_widget_class_bind_template_child(widget_class, KabOrdersPage, scrolled);
    gtk_widget_class_bind_template_child(widget_class, KabOrdersPage, list_view);
    gtk_widget_class_bind_template_callback(widget_class, on_status_selected);
    gtk_widget_class_bind_template_callback(widget_class, on_row_activated);
    gtk_widget_class_bind_template_callback(widget_class, on_row_setup);
    gtk_widget_class_bind_template_callback(widget_class, on_row_bind);
    gtk_widget_class_bind_template_callback(widget_class, on_row_unbind);
}

static void
kab_orders_page_init(KabOrdersPage *self)
{
    g_autoptr(GtkNoSelection) selection = NULL;

    gtk_widget_init_template(GTK_WIDGET(self));
    kab_stack_show(self->stack, "list");
    kab_data_page_set_view(KAB_DATA_PAGE(self), self->view);
    fill_statuses(self);
    self->orders = g_list_store_new(KAB_TYPE_ITEM);
    selection = gtk_no_selection_new(g_object_ref(G_LIST_MODEL(self->orders)));
    gtk_list_view_set_model(self->list_view, GTK_SELECTION_MODEL(selection));
    self->pager = kab_pager_new(self->scrolled);
    g_signal_connect_object(self->pager, "more", G_CALLBACK(on_pager_more), self,
                            G_CONNECT_SWAPPED);
}

KabDataPage *
kab_orders_page_new(KabClient *client)
{
    return g_object_new(KAB_TYPE_ORDERS_PAGE, "client", client, NULL);
}

KabDataPage *
kab_orders_page_new_for_base(KabClient *client)
{
    return g_object_new(KAB_TYPE_ORDERS_PAGE, "client", client, "for-base", TRUE, NULL);
}
