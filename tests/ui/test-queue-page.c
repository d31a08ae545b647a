/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-queue-page.h"
#include "ui-test.h"

static KabDataPage *
make_page(void)
{
    g_autoptr(KabClient) client = NULL;

    fake_reset();
    fake_fill_queue(7);
    client = fake_client_new_signed_in("fake:portal", "admin");
    return kab_queue_page_new(client, "Portal queue");
}

static GtkWindow *
show(KabDataPage *page)
{
    GtkWindow *window = ui_show(page, 1000, 700);

    ui_wait_state(page, KAB_PAGE_CONTENT);
    return window;
}

static void
test_states(void)
{
    ui_check_states(make_page, FAKE_EXCHANGE);
    ui_check_states(make_page, FAKE_QUEUE);
}

static void
test_content(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);

    g_assert_true(ui_has_text(GTK_WIDGET(page), "3"));
    g_assert_true(ui_has_text(GTK_WIDGET(page), "Client order"));
    ui_wait_text(GTK_WIDGET(page), "The other end rejected it: the product is not known there");
    ui_close(window, page);
}

static void
test_run(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    GtkWidget *run = ui_find(GTK_WIDGET(page), GTK_TYPE_BUTTON, "Run the exchange now");

    fake_hold(FAKE_RUN);
    ui_click(GTK_WIDGET(page), "Run the exchange now");
    g_assert_false(gtk_widget_is_sensitive(run));
    ui_wait_text(GTK_WIDGET(page), "The exchange is running…");
    fake_release_all(FAKE_RUN);
    ui_wait_text(GTK_WIDGET(page), "Sent: 7, received: 1, rejected: 0, failed: 0");
    ui_wait_text(GTK_WIDGET(page), "The queue is empty");
    g_assert_true(gtk_widget_is_sensitive(run));

    fake_hold(FAKE_RUN);
    ui_click(GTK_WIDGET(page), "Run the exchange now");
    ui_settle();
    ui_click(GTK_WIDGET(page), "Cancel");
    ui_settle();
    g_assert_cmpuint(fake_count_held(FAKE_RUN), ==, 0);
    g_assert_true(gtk_widget_is_sensitive(run));
    ui_close(window, page);
}

static void
test_not_connected(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window;

    fake_set_exchange_connected(FALSE);
    window = show(page);
    g_assert_false(gtk_widget_is_sensitive(
        ui_find(GTK_WIDGET(page), GTK_TYPE_BUTTON, "Run the exchange now")));
    g_assert_true(
        ui_has_text(GTK_WIDGET(page), "The other end's address and secrets are not entered yet."));
    ui_close(window, page);
}

static void
test_closed_while_running(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);

    fake_hold(FAKE_RUN);
    ui_click(GTK_WIDGET(page), "Run the exchange now");
    ui_close(window, page);
}

static void
test_keyboard(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);

    gtk_window_set_focus(window, NULL);
    ui_key(GTK_WIDGET(window), "Tab");
    ui_key(GTK_WIDGET(window), "Return");
    ui_wait_text(GTK_WIDGET(page), "The queue is empty");
    ui_close(window, page);
}

int
main(int argc, char **argv)
{
    ui_test_init(&argc, &argv);
    g_test_add_func("/queue/states", test_states);
    g_test_add_func("/queue/content", test_content);
    g_test_add_func("/queue/run", test_run);
    g_test_add_func("/queue/not-connected", test_not_connected);
    g_test_add_func("/queue/closed-while-running", test_closed_while_running);
    g_test_add_func("/queue/keyboard", test_keyboard);
    return g_test_run();
}
