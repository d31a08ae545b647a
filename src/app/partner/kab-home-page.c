/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-catalogue.h"
#include "kab-client-orders.h"
#include "kab-client-tasks.h"
#include "kab-format.h"
#include "kab-home-page.h"
#include "kab-keys.h"
#include "kab-news-list.h"
#include "kab-notice.h"
#include "kab-order-row.h"
#include "kab-outbox.h"
#include "kab-page-view.h"
#include "kab-reflow.h"

#include <glib/gi18n-lib.h>

#define N_RECENT 5
#define MAX_TASKS 100 /* that are counted */

struct _KabHomePage {
    KabDataPage parent_instance;

    KabPageView *view;
    GtkLabel *greeting_label;
    GtkLabel *partner_label;
    KabNotice *order_notice;
    KabNotice *task_notice;
    GtkLabel *count_label;
    GtkLabel *sum_label;
    GtkWidget *basket_card;
    KabNotice *viewer_notice;
    GtkBox *visit_box;
    GtkLabel *visit_label;
    GtkLabel *visit_detail_label;
    GtkListBox *visit_list;
    KabNewsList *news_list;
    GtkBox *recent_box;
    GtkListBox *recent_list;
    AdwStatusPage *no_orders_page;

    KabOrder *basket; /* (owned) (nullable): answered, while the orders are still awaited */
};

G_DEFINE_FINAL_TYPE(KabHomePage, kab_home_page, KAB_TYPE_DATA_PAGE)

static void
on_order_clicked(KabHomePage *self)
{
    gboolean has_products = self->basket != NULL && self->basket->lines->len > 0;

    gtk_widget_activate_action(GTK_WIDGET(self),
                               has_products ? "win.show-basket" : "win.show-catalogue", NULL);
}

static void
show_basket(KabHomePage *self)
{
    guint n = self->basket->lines->len;
    g_autofree char *count = n > 0 ? kab_format_products(n) : g_strdup(_("The basket is empty"));
    g_autofree char *sum = kab_money_format(self->basket->total);

    gtk_label_set_text(self->count_label, count);
    gtk_label_set_text(self->sum_label, n > 0 ? sum : _("Choose products in the catalogue"));
    gtk_widget_set_css_classes(GTK_WIDGET(self->sum_label),
                               n > 0 ? (const char *[]){"title-1", "numeric", NULL}
                                     : (const char *[]){"dim-label", NULL});
    kab_data_page_tell_basket(KAB_DATA_PAGE(self), n);
}

/* Shows @orders in @list; takes them. */
static void
fill_list(GtkListBox *list, GPtrArray *orders)
{
    GtkListBoxRow *old;

    while ((old = gtk_list_box_get_row_at_index(list, 0)) != NULL)
        gtk_list_box_remove(list, GTK_WIDGET(old));
    for (guint i = 0; i < orders->len; i++) {
        KabOrder *order = g_steal_pointer(&orders->pdata[i]);
        g_autofree char *name = kab_format_order_name(order);
        GtkWidget *row = kab_order_row_new(FALSE);
        GtkWidget *list_row = gtk_list_box_row_new();
        g_autoptr(KabItem) item =
            kab_item_new(order->id.text, order, (GDestroyNotify)kab_order_free);

        kab_order_row_set_item(KAB_ORDER_ROW(row), item);
        gtk_list_box_row_set_child(GTK_LIST_BOX_ROW(list_row), row);
        gtk_accessible_update_property(GTK_ACCESSIBLE(list_row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       name, -1);
        gtk_list_box_append(list, list_row);
    }
}

static void
show_orders(KabHomePage *self, KabPage *page)
{
    gboolean some = page->items->len > 0;

    fill_list(self->recent_list, page->items);
    gtk_widget_set_visible(GTK_WIDGET(self->recent_box), some);
    gtk_widget_set_visible(GTK_WIDGET(self->no_orders_page), !some);
}

static void
on_orders_listed(GObject *source, GAsyncResult *result, gpointer data)
{
    KabHomePage *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(KabPage) page = kab_client_list_orders_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (page == NULL) {
        kab_data_page_fail_load(KAB_DATA_PAGE(self), error);
        return;
    }
    show_basket(self);
    show_orders(self, page);
    kab_data_page_loaded(KAB_DATA_PAGE(self), FALSE);
}

static void
on_basket_got(GObject *source, GAsyncResult *result, gpointer data)
{
    KabHomePage *self = data;
    g_autoptr(GError) error = NULL;
    KabOrder *basket = kab_client_basket_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (basket == NULL) {
        kab_data_page_fail_load(KAB_DATA_PAGE(self), error);
        return;
    }
    g_clear_pointer(&self->basket, kab_order_free);
    self->basket = basket;
    kab_outbox_apply(kab_outbox_of(KAB_CLIENT(source)), basket);
    kab_client_list_orders_async(KAB_CLIENT(source), NULL, NULL, N_RECENT,
                                 kab_data_page_begin_load(KAB_DATA_PAGE(self)), on_orders_listed,
                                 self);
}

static void
show_tasks(KabHomePage *self, const KabPage *page)
{
    const KabUser *user = kab_client_get_user(kab_data_page_get_client(KAB_DATA_PAGE(self)));
    g_autofree char *title = NULL;
    guint n = 0;

    for (guint i = 0; user != NULL && i < page->items->len; i++)
        n += kab_task_check_executor(g_ptr_array_index(page->items, i), user, NULL);
    title = page->next != NULL
                ? g_strdup_printf(_("More than %u tasks wait for your decision"), n)
                : g_strdup_printf(g_dngettext(GETTEXT_PACKAGE, "%u task waits for your decision",
                                              "%u tasks wait for your decision", n),
                                  n);

    kab_notice_tell(self->task_notice, n > 0 ? title : NULL, NULL);
}

static void
on_tasks_listed(GObject *source, GAsyncResult *result, gpointer data)
{
    KabHomePage *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(KabPage) page = kab_client_list_tasks_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (page == NULL)
        kab_data_page_fail(KAB_DATA_PAGE(self), error);
    else
        show_tasks(self, page);
}

static void
on_row_activated(KabHomePage *self, GtkListBoxRow *row)
{
    KabItem *item = kab_order_row_get_item(KAB_ORDER_ROW(gtk_list_box_row_get_child(row)));

    gtk_widget_activate_action(GTK_WIDGET(self), "win.open-order", "s", kab_item_get_key(item));
}

static void
on_hide_visit(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    gtk_widget_set_visible(GTK_WIDGET(KAB_HOME_PAGE(widget)->visit_box), FALSE);
}

/* "3 orders · 1 document" */
static char *
describe_visit(const KabVisit *visit)
{
    g_autofree char *orders = g_strdup_printf(
        g_dngettext(GETTEXT_PACKAGE, "%u order changed", "%u orders changed", visit->n_orders),
        visit->n_orders);
    g_autofree char *documents =
        g_strdup_printf(g_dngettext(GETTEXT_PACKAGE, "%u document changed", "%u documents changed",
                                    visit->n_documents),
                        visit->n_documents);

    return kab_format_join(visit->n_orders > 0 ? orders : "",
                           visit->n_documents > 0 ? documents : "", NULL);
}

/* Whoever may only look is told so once, and sees nothing that is for ordering. */
static void
show_rights(KabHomePage *self)
{
    gboolean may_order = kab_data_page_may(KAB_DATA_PAGE(self), KAB_RIGHT_ORDER);

    gtk_widget_set_visible(self->basket_card, may_order);
    kab_notice_tell(
        self->viewer_notice, may_order ? NULL : _("You may look at goods, prices and orders here"),
        may_order ? NULL : _("Whoever orders needs the role of a buyer; the supplier gives it."));
    if (!may_order)
        adw_status_page_set_description(self->no_orders_page,
                                        _("The orders of your company appear here."));
}

static void
kab_home_page_load(KabDataPage *page)
{
    KabHomePage *self = KAB_HOME_PAGE(page);
    KabClient *client = kab_data_page_get_client(page);
    const KabUser *user = kab_client_get_user(client);

    if (user != NULL) {
        g_autofree char *greeting = g_strdup_printf(_("Welcome, %s"), user->name);

        gtk_label_set_text(self->greeting_label, greeting);
        gtk_label_set_text(self->partner_label,
                           user->partner_name != NULL ? user->partner_name : "");
        if (kab_role_may(user->role, KAB_RIGHT_TASKS))
            kab_client_list_tasks_async(client, TRUE, NULL, MAX_TASKS,
                                        kab_data_page_get_cancellable(page), on_tasks_listed, self);
    }
    show_rights(self);
    kab_news_list_load(self->news_list, page);
    kab_client_get_basket_async(client, kab_data_page_begin_load(page), on_basket_got, self);
}

static void
kab_home_page_dispose(GObject *object)
{
    KabHomePage *self = KAB_HOME_PAGE(object);

    g_clear_pointer(&self->basket, kab_order_free);
    adw_bin_set_child(ADW_BIN(object), NULL); /* before the template forgets it */
    gtk_widget_dispose_template(GTK_WIDGET(self), KAB_TYPE_HOME_PAGE);
    G_OBJECT_CLASS(kab_home_page_parent_class)->dispose(object);
}

static void
kab_home_page_class_init(KabHomePageClass *klass)
{
    static const char *const kinds[] = {"order", "task", "news", "basket", NULL};
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    KAB_DATA_PAGE_CLASS(klass)->kinds = kinds;
    G_OBJECT_CLASS(klass)->dispose = kab_home_page_dispose;
    KAB_DATA_PAGE_CLASS(klass)->load = kab_home_page_load;

    g_type_ensure(KAB_TYPE_NEWS_LIST);
    g_type_ensure(KAB_TYPE_NOTICE);
    g_type_ensure(KAB_TYPE_PAGE_VIEW);
    g_type_ensure(KAB_TYPE_REFLOW);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/partner/kab-home-page.ui");
    gtk_widget_class_bind_template_child(widget_class, KabHomePage, view);
    gtk_widget_class_bind_template_child(widget_class, KabHomePage, greeting_label);
    gtk_widget_class_bind_template_child(widget_class, KabHomePage, partner_label);
    gtk_widget_class_bind_template_child(widget_class, KabHomePage, count_label);
    gtk_widget_class_bind_template_child(widget_class, KabHomePage, order_notice);
    gtk_widget_class_bind_template_child(widget_class, KabHomePage, task_notice);
    gtk_widget_class_bind_template_child(widget_class, KabHomePage, sum_label);
    gtk_widget_class_bind_template_child(widget_class, KabHomePage, visit_box);
    gtk_widget_class_bind_template_child(widget_class, KabHomePage, visit_label);
    gtk_widget_class_bind_template_child(widget_class, KabHomePage, visit_detail_label);
    gtk_widget_class_bind_template_child(widget_class, KabHomePage, visit_list);
    gtk_widget_class_bind_template_child(widget_class, KabHomePage, news_list);
    gtk_widget_class_bind_template_child(widget_class, KabHomePage, basket_card);
    gtk_widget_class_bind_template_child(widget_class, KabHomePage, viewer_notice);
    gtk_widget_class_bind_template_child(widget_class, KabHomePage, recent_box);
    gtk_widget_class_bind_template_child(widget_class, KabHomePage, recent_list);
    gtk_widget_class_bind_template_child(widget_class, KabHomePage, no_orders_page);
    gtk_widget_class_bind_template_callback(widget_class, on_order_clicked);
    gtk_widget_class_bind_template_callback(widget_class, on_row_activated);
    gtk_widget_class_install_action(widget_class, "home.hide-visit", NULL, on_hide_visit);
}

static void
kab_home_page_init(KabHomePage *self)
{
    static const KabKey keys[] = {
        {"<Control>h", "home.hide-visit", NULL},
        {NULL, NULL, NULL},
    };

    gtk_widget_init_template(GTK_WIDGET(self));
    kab_keys_add(GTK_WIDGET(self), keys);
    kab_data_page_set_view(KAB_DATA_PAGE(self), self->view);
}

KabDataPage *
kab_home_page_new(KabClient *client)
{
    return g_object_new(KAB_TYPE_HOME_PAGE, "client", client, NULL);
}

void
kab_home_page_set_visit(KabHomePage *self, const KabVisit *visit)
{
    gboolean some =
        visit != NULL && visit->at != 0 && (visit->n_orders > 0 || visit->n_documents > 0);
    g_autoptr(GPtrArray) orders = NULL;
    g_autofree char *moment = NULL;
    g_autofree char *title = NULL;
    g_autofree char *detail = NULL;

    gtk_widget_set_visible(GTK_WIDGET(self->visit_box), some);
    if (!some)
        return;
    moment = kab_format_moment(visit->at);
    title = g_strdup_printf(_("Since your last visit, %s"), moment);
    detail = describe_visit(visit);
    orders = g_ptr_array_copy(visit->orders, (GCopyFunc)(void (*)(void))kab_order_copy, NULL);
    gtk_label_set_text(self->visit_label, title);
    gtk_label_set_text(self->visit_detail_label, detail);
    fill_list(self->visit_list, orders);
    gtk_widget_set_visible(GTK_WIDGET(self->visit_list), orders->len > 0);
}

void
kab_home_page_set_waiting(KabHomePage *self, guint n)
{
    g_autofree char *title =
        g_strdup_printf(g_dngettext(GETTEXT_PACKAGE, "%u order waits for your confirmation",
                                    "%u orders wait for your confirmation", n),
                        n);

    kab_notice_tell(self->order_notice, n > 0 ? title : NULL, NULL);
}
