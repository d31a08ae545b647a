/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-home-page.h"
#include "ui-test.h"

static KabDataPage *
make_page(void)
{
    g_autoptr(KabClient) client = NULL;

    fake_reset();
    fake_fill(10, 3, FALSE);
    fake_put_into_basket(0, 3000);
    client = fake_client_new_signed_in("fake:portal", "anna");
    return kab_home_page_new(client);
}

static void
test_states(void)
{
    ui_check_states(make_page, FAKE_BASKET);
    ui_check_states(make_page, FAKE_ORDERS);
}

static void
on_basket_changed(KabDataPage *page G_GNUC_UNUSED, guint n, gpointer data)
{
    *(guint *)data = n;
}

static void
test_content(void)
{
    KabDataPage *page = make_page();
    guint told = 0;
    GtkWindow *window;

    g_signal_connect(page, "basket-changed", G_CALLBACK(on_basket_changed), &told);
    window = ui_show(page, 700, 600);
    ui_wait_state(page, KAB_PAGE_CONTENT);
    g_assert_true(ui_has_text(GTK_WIDGET(page), "1 product"));
    g_assert_true(ui_has_text(GTK_WIDGET(page), "Order 0000-000003"));
    g_assert_nonnull(ui_find(GTK_WIDGET(page), GTK_TYPE_BUTTON, "Open order 0000-000003"));
    g_assert_nonnull(ui_find(GTK_WIDGET(page), GTK_TYPE_BUTTON, "Place an order"));
    g_assert_cmpuint(told, ==, 1);
    ui_close(window, page);
}

static void
test_empty(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window;

    fake_reset();
    window = ui_show(page, 700, 600);
    ui_wait_state(page, KAB_PAGE_CONTENT);
    ui_wait_text(GTK_WIDGET(page), "No orders yet");
    g_assert_true(ui_has_text(GTK_WIDGET(page), "The basket is empty"));
    ui_close(window, page);
}

/* A viewer looks on: nothing to order with. */
static void
test_viewer(void)
{
    g_autoptr(KabClient) client = NULL;
    KabDataPage *page;
    GtkWindow *window;

    fake_reset();
    client = fake_client_new_signed_in("fake:portal", "viewer");
    page = kab_home_page_new(client);
    window = ui_show(page, 700, 600);
    ui_wait_state(page, KAB_PAGE_CONTENT);
    g_assert_null(ui_find(GTK_WIDGET(page), GTK_TYPE_BUTTON, "Place an order"));
    g_assert_false(ui_has_text(GTK_WIDGET(page), "The basket is empty"));
    g_assert_true(ui_has_text(GTK_WIDGET(page), "You may look at goods, prices and orders here"));
    g_assert_true(ui_has_text(GTK_WIDGET(page), "The orders of your company appear here."));
    ui_close(window, page);
}

/* The partner's head sees at once that something waits. */
static void
test_tasks(void)
{
    g_autoptr(KabClient) client = NULL;
    KabDataPage *page = make_page();
    GtkWindow *window;

    fake_fill_tasks(2);
    window = ui_show(page, 700, 600); /* a buyer has none */
    ui_wait_state(page, KAB_PAGE_CONTENT);
    ui_settle();
    g_assert_cmpuint(fake_count_calls(FAKE_TASKS), ==, 0);
    ui_close(window, page);

    client = fake_client_new_signed_in("fake:portal", "olga");
    page = kab_home_page_new(client);
    window = ui_show(page, 700, 600);
    ui_wait_text(GTK_WIDGET(page), "2 tasks wait for your decision");
    g_assert_nonnull(ui_find(GTK_WIDGET(page), GTK_TYPE_BUTTON, "Tasks"));
    fake_get_task(0)->state = fake_get_task(1)->state = KAB_TASK_FINISHED;
    kab_data_page_reload(page);
    ui_settle();
    g_assert_null(ui_find(GTK_WIDGET(page), GTK_TYPE_BUTTON, "Tasks"));
    ui_close(window, page);
}

static void
on_connection(KabDataPage *page G_GNUC_UNUSED, const char *message, gpointer data)
{
    g_free(*(char **)data);
    *(char **)data = g_strdup(message);
}

/* What is shown stays while there is no connection; a banner says so. */
static void
test_offline(void)
{
    KabDataPage *page = make_page();
    g_autofree char *message = NULL;
    GtkWindow *window = ui_show(page, 700, 600);

    ui_wait_state(page, KAB_PAGE_CONTENT);
    g_signal_connect(page, "connection", G_CALLBACK(on_connection), &message);
    fake_fail(FAKE_BASKET, KAB_ERROR_BUSY, "The portal cannot be reached");
    kab_data_page_reload(page);
    ui_settle();
    g_assert_cmpstr(message, ==, "The portal cannot be reached");
    g_assert_cmpint(kab_page_view_get_state(kab_data_page_get_view(page)), ==, KAB_PAGE_CONTENT);
    fake_fail(FAKE_BASKET, -1, NULL);
    kab_data_page_reload(page);
    ui_settle();
    g_assert_null(message);
    /* What was remembered answers: there is no connection all the same. */
    fake_set_trouble("The portal cannot be reached");
    kab_data_page_reload(page);
    ui_settle();
    g_assert_cmpstr(message, ==, "The portal cannot be reached");
    ui_close(window, page);
}

int
main(int argc, char **argv)
{
    ui_test_init(&argc, &argv);
    g_test_add_func("/home/states", test_states);
    g_test_add_func("/home/content", test_content);
    g_test_add_func("/home/empty", test_empty);
    g_test_add_func("/home/viewer", test_viewer);
    g_test_add_func("/home/tasks", test_tasks);
    g_test_add_func("/home/offline", test_offline);
    return g_test_run();
}
