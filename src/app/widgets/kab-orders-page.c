/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-exchange.h"
#include "kab-client-orders.h"
#include "kab-format.h"
#include "kab-order-row.h"
#include "kab-orders-page.h"

#include <glib/gi18n-lib.h>

struct _KabOrdersPage {
    KabListPage parent_instance;
};

G_DEFINE_FINAL_TYPE(KabOrdersPage, kab_orders_page, KAB_TYPE_LIST_PAGE)

static void
kab_orders_page_list(KabListPage *page, const char *after, guint limit, GCancellable *cancellable,
                     GAsyncReadyCallback callback, gpointer data)
{
    KabClient *client = kab_data_page_get_client(KAB_DATA_PAGE(page));
    guint filter = kab_list_page_get_filter(page);
    const KabOrderQuery query = {
        .status = filter > 0 ? kab_order_status_to_nick((KabOrderStatus)(filter - 1)) : NULL};

    if (kab_list_page_is_for_base(page))
        kab_client_list_client_orders_async(client, after, limit, cancellable, callback, data);
    else
        kab_client_list_orders_async(client, &query, after, limit, cancellable, callback, data);
}

static KabItem *
kab_orders_page_make_item(gpointer value)
{
    KabOrder *order = value;

    return kab_item_new(order->id.text, order, (GDestroyNotify)kab_order_free);
}

static GtkWidget *
kab_orders_page_make_row(KabListPage *page)
{
    return kab_order_row_new(kab_list_page_is_for_base(page));
}

static void
kab_orders_page_set_row(GtkWidget *row, KabItem *item)
{
    kab_order_row_set_item(KAB_ORDER_ROW(row), item);
}

static char *
kab_orders_page_dup_name(KabItem *item)
{
    return kab_format_order_name(kab_item_get_value(item));
}

static void
kab_orders_page_open(KabListPage *page, KabItem *item)
{
    gtk_widget_activate_action(GTK_WIDGET(page),
                               kab_list_page_is_for_base(page) ? "win.open-client-order"
                                                               : "win.open-order",
                               "s", kab_item_get_key(item));
}

static void
set_up_partners(KabOrdersPage *self)
{
    const KabListPageTexts texts = {
        .icon_name = "kab-orders-symbolic",
        .list_name = _("Orders"),
        .empty_title = _("No orders yet"),
        .empty_text = _("Your orders appear here as soon as you place the first one."),
        .nothing_text = _("There are no orders in this status."),
    };
    const char *filters[KAB_ORDER_N_STATUSES + 2] = {_("All statuses")};

    for (int i = 0; i < KAB_ORDER_N_STATUSES; i++)
        filters[i + 1] = kab_order_status_to_title((KabOrderStatus)i);
    kab_data_page_set_title(KAB_DATA_PAGE(self), _("Orders"));
    kab_list_page_set_up(KAB_LIST_PAGE(self), &texts, _("Status"), filters);
}

static void
set_up_client_orders(KabOrdersPage *self)
{
    const KabListPageTexts texts = {
        .icon_name = "kab-orders-symbolic",
        .list_name = _("Client orders"),
        .empty_title = _("No client orders yet"),
        .empty_text = _("Orders of the portal become client orders when the exchange runs."),
    };

    kab_data_page_set_title(KAB_DATA_PAGE(self), _("Client orders"));
    kab_list_page_set_up(KAB_LIST_PAGE(self), &texts, NULL, NULL);
}

static void
kab_orders_page_constructed(GObject *object)
{
    KabOrdersPage *self = KAB_ORDERS_PAGE(object);

    G_OBJECT_CLASS(kab_orders_page_parent_class)->constructed(object);
    if (kab_list_page_is_for_base(KAB_LIST_PAGE(self)))
        set_up_client_orders(self);
    else
        set_up_partners(self);
}

static void
kab_orders_page_class_init(KabOrdersPageClass *klass)
{
    KabListPageClass *list_class = KAB_LIST_PAGE_CLASS(klass);

    G_OBJECT_CLASS(klass)->constructed = kab_orders_page_constructed;
    list_class->list = kab_orders_page_list;
    list_class->list_finish = kab_client_list_orders_finish;
    list_class->make_item = kab_orders_page_make_item;
    list_class->make_row = kab_orders_page_make_row;
    list_class->set_row = kab_orders_page_set_row;
    list_class->dup_name = kab_orders_page_dup_name;
    list_class->open = kab_orders_page_open;
}

static void
kab_orders_page_init(KabOrdersPage *self G_GNUC_UNUSED)
{
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
