/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-orders-page.h"
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

int
main(int argc, char **argv)
{
    ui_test_init(&argc, &argv);
    g_test_add_func("/orders/states", test_states);
    g_test_add_func("/orders/content", test_content);
    g_test_add_func("/orders/empty", test_empty);
    g_test_add_func("/orders/keyboard", test_keyboard);
    return g_test_run();
}
