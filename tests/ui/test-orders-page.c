/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-orders-page.h"
#include "kab-period-button.h"
#include "ui-test.h"

static KabDataPage *
make_page(void)
{
    g_autoptr(KabClient) client = NULL;

    fake_reset();
    fake_fill(10, 14, FALSE);
    client = fake_client_new_signed_in("fake:portal", "anna");
    return kab_orders_page_new(client);
}

static KabDataPage *
make_base_page(void)
{
    g_autoptr(KabClient) client = NULL;

    fake_reset();
    fake_fill(10, 14, FALSE);
    client = fake_client_new_signed_in("fake:base", "admin");
    return kab_orders_page_new_for_base(client);
}

static void
test_states(void)
{
    ui_check_states(make_page, FAKE_ORDERS);
    ui_check_states(make_base_page, FAKE_CLIENT_ORDERS);
}

static void
test_content(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = ui_show(page, 900, 700);
    GtkWidget *statuses = ui_child(page, KAB_TYPE_LIST_PAGE, "filter_dropdown");

    ui_wait_text(GTK_WIDGET(page), "Order 0000-000014");
    g_assert_true(ui_has_text(GTK_WIDGET(page), "Awaiting your confirmation"));
    g_assert_nonnull(ui_find(GTK_WIDGET(page), GTK_TYPE_BUTTON, "Open order 0000-000014"));

    gtk_drop_down_set_selected(GTK_DROP_DOWN(statuses), KAB_ORDER_REFUSED + 1);
    ui_wait_text(GTK_WIDGET(page), "Order 0000-000005");
    ui_settle();
    g_assert_false(ui_has_text(GTK_WIDGET(page), "Order 0000-000014"));
    ui_close(window, page);
}

static void
test_empty(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window;
    GtkWidget *statuses = ui_child(page, KAB_TYPE_LIST_PAGE, "filter_dropdown");

    fake_reset();
    window = ui_show(page, 900, 700);
    ui_wait_state(page, KAB_PAGE_EMPTY);
    g_assert_true(ui_has_text(GTK_WIDGET(page), "No orders yet"));
    fake_add_order(KAB_ORDER_NEW, NULL);
    kab_data_page_reload(page);
    ui_wait_text(GTK_WIDGET(page), "Order not numbered yet");
    gtk_drop_down_set_selected(GTK_DROP_DOWN(statuses), KAB_ORDER_REFUSED + 1);
    ui_wait_text(GTK_WIDGET(page), "Nothing found");
    ui_close(window, page);
}

static void
on_open_action(GSimpleAction *action G_GNUC_UNUSED, GVariant *parameter, gpointer data)
{
    g_free(*(char **)data);
    *(char **)data = g_variant_dup_string(parameter, NULL);
}

static void
test_keyboard(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = ui_show(page, 900, 700);
    GtkWidget *list = ui_child(page, KAB_TYPE_LIST_PAGE, "list_view");
    g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new();
    g_autoptr(GSimpleAction) action = g_simple_action_new("open-order", G_VARIANT_TYPE_STRING);
    g_autofree char *opened = NULL;

    g_signal_connect(action, "activate", G_CALLBACK(on_open_action), &opened);
    g_action_map_add_action(G_ACTION_MAP(group), G_ACTION(action));
    gtk_widget_insert_action_group(GTK_WIDGET(window), "win", G_ACTION_GROUP(group));
    ui_wait_text(GTK_WIDGET(page), "Order 0000-000014");
    gtk_widget_child_focus(list, GTK_DIR_TAB_FORWARD);
    ui_key(GTK_WIDGET(window), "Down");
    ui_key(GTK_WIDGET(window), "Return");
    g_assert_cmpstr(opened, ==, fake_get_order(1)->id.text);
    ui_click(GTK_WIDGET(page), "Open order 0000-000014");
    g_assert_cmpstr(opened, ==, fake_get_order(0)->id.text);
    ui_close(window, page);
}

static void
search(KabDataPage *page, const char *text)
{
    GtkWidget *entry = ui_find(GTK_WIDGET(page), GTK_TYPE_SEARCH_ENTRY, "Search in the orders");

    gtk_editable_set_text(GTK_EDITABLE(entry), text);
}

/* The manager's desk: by what the client order is, by words and by days. */
static void
test_client_orders(void)
{
    KabDataPage *page = make_base_page();
    GtkWindow *window = ui_show(page, 900, 700);
    GtkWidget *statuses = ui_child(page, KAB_TYPE_LIST_PAGE, "filter_dropdown");

    ui_wait_state(page, KAB_PAGE_CONTENT);
    gtk_drop_down_set_selected(GTK_DROP_DOWN(statuses), KAB_CLIENT_ON_APPROVAL + 1);
    ui_settle();
    g_assert_cmpstr(fake_get_last_query()->client_status, ==, "on-approval");
    g_assert_null(fake_get_last_query()->status);
    gtk_drop_down_set_selected(GTK_DROP_DOWN(statuses), 0);
    search(page, "14");
    ui_wait_calls(FAKE_CLIENT_ORDERS, 1);
    ui_settle();
    g_assert_cmpstr(fake_get_last_query()->text, ==, "14");
    search(page, "no such words");
    ui_wait_text(GTK_WIDGET(page), "Nothing found");
    ui_close(window, page);
}

/* The sum of the fourteen orders stands there too; it is the fake's affair. */
static gboolean
has_count_below(GtkWidget *root)
{
    if (GTK_IS_LABEL(root) && g_str_has_prefix(gtk_label_get_text(GTK_LABEL(root)), "14 orders · "))
        return TRUE;
    for (GtkWidget *child = gtk_widget_get_first_child(root); child != NULL;
         child = gtk_widget_get_next_sibling(child))
        if (has_count_below(child))
            return TRUE;
    return FALSE;
}

static gboolean
has_count(gpointer page)
{
    return has_count_below(page);
}

/* Words, days and status together; the totals are of everything that is like that. */
static void
test_search(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = ui_show(page, 900, 700);
    GtkWidget *period;

    ui_wait_text(GTK_WIDGET(page), "Order 0000-000014");
    ui_settle();
    ui_wait_for(has_count, page);
    search(page, " 0005 ");
    ui_wait_calls(FAKE_TOTALS, 1);
    ui_wait_text(GTK_WIDGET(page), "Order 0000-000005");
    ui_settle();
    g_assert_cmpstr(fake_get_last_query()->text, ==, "0005");
    g_assert_false(ui_has_text(GTK_WIDGET(page), "Order 0000-000014"));
    search(page, "nothing like that");
    ui_wait_text(GTK_WIDGET(page), "Nothing found");
    ui_wait_text(GTK_WIDGET(page), "0 orders");
    search(page, "");
    ui_wait_text(GTK_WIDGET(page), "Order 0000-000014");

    period = ui_find(GTK_WIDGET(page), KAB_TYPE_PERIOD_BUTTON, NULL);
    kab_period_button_set(KAB_PERIOD_BUTTON(period), kab_date_of("2026-01-01"),
                          kab_date_of("2026-01-01"));
    ui_settle();
    g_assert_cmpstr(fake_get_last_query()->from.text, ==, "2026-01-01");
    g_assert_cmpstr(fake_get_last_query()->to.text, ==, "2026-01-01");
    g_assert_true(ui_has_text(GTK_WIDGET(page), "Order 0000-000014"));
    g_assert_false(ui_has_text(GTK_WIDGET(page), "Order 0000-000005"));
    ui_close(window, page);
}

static void
test_search_by_keyboard(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = ui_show(page, 400, 700);

    ui_wait_text(GTK_WIDGET(page), "Order 0000-000014");
    g_assert_true(kab_data_page_focus_search(page));
    ui_key(GTK_WIDGET(window), "5");
    ui_wait_text(GTK_WIDGET(page), "Order 0000-000005");
    ui_settle();
    g_assert_false(ui_has_text(GTK_WIDGET(page), "Order 0000-000014"));
    fake_hold(FAKE_TOTALS);
    kab_data_page_reload(page);
    ui_close(window, page);
}

static gboolean
is_saved(gpointer data G_GNUC_UNUSED)
{
    return g_str_has_prefix(ui_get_toast(), "Saved to ");
}

static void
test_export(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = ui_show(page, 900, 700);
    GtkWidget *statuses = ui_child(page, KAB_TYPE_LIST_PAGE, "filter_dropdown");

    ui_wait_text(GTK_WIDGET(page), "Order 0000-000014");
    gtk_drop_down_set_selected(GTK_DROP_DOWN(statuses), KAB_ORDER_REFUSED + 1);
    ui_settle();
    gtk_widget_activate_action(GTK_WIDGET(page), "orders.export", "s", "csv");
    ui_wait_for(is_saved, NULL);
    g_assert_cmpstr(fake_get_last_query()->status, ==, "refused");

    /* Cancelled while it waits, and closed while it waits. */
    ui_watch_toasts(page);
    fake_hold(FAKE_ORDERS);
    gtk_widget_activate_action(GTK_WIDGET(page), "orders.export", "s", "xlsx");
    ui_click(GTK_WIDGET(page), "Cancel");
    ui_settle();
    g_assert_cmpstr(ui_get_toast(), ==, "Nothing was exported");
    g_assert_null(ui_find(GTK_WIDGET(page), GTK_TYPE_BUTTON, "Cancel"));
    gtk_widget_activate_action(GTK_WIDGET(page), "orders.export", "s", "xlsx");
    ui_close(window, page);
}

int
main(int argc, char **argv)
{
    ui_test_init(&argc, &argv);
    g_test_add_func("/orders/states", test_states);
    g_test_add_func("/orders/content", test_content);
    g_test_add_func("/orders/empty", test_empty);
    g_test_add_func("/orders/search", test_search);
    g_test_add_func("/orders/search-by-keyboard", test_search_by_keyboard);
    g_test_add_func("/orders/export", test_export);
    g_test_add_func("/orders/client-orders", test_client_orders);
    g_test_add_func("/orders/keyboard", test_keyboard);
    return g_test_run();
}
