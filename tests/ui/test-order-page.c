/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-order-page.h"
#include "ui-test.h"

#include <glib/gstdio.h>
#include <string.h>

static KabDataPage *
make_page_of(guint i)
{
    g_autoptr(KabClient) client = NULL;

    fake_reset();
    fake_fill(10, 14, FALSE);
    client = fake_client_new_signed_in("fake:portal", "anna");
    return kab_order_page_new(client, fake_get_order(i)->id);
}

/* The first order of the world awaits the partner's confirmation. */
static KabDataPage *
make_page(void)
{
    return make_page_of(0);
}

static GtkWindow *
show(KabDataPage *page)
{
    GtkWindow *window = ui_show(page, 900, 900);

    ui_wait_state(page, KAB_PAGE_CONTENT);
    return window;
}

static gboolean
has_button(KabDataPage *page, const char *name)
{
    return ui_find(GTK_WIDGET(page), GTK_TYPE_BUTTON, name) != NULL;
}

static void
test_states(void)
{
    ui_check_states(make_page, FAKE_ORDER);
}

static void
test_content(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);

    g_assert_cmpstr(kab_data_page_get_title(page), ==, "Order 0000-000014");
    g_assert_true(ui_has_text(GTK_WIDGET(page), "3 → 2\xc2\xa0pcs"));
    g_assert_true(ui_has_text(GTK_WIDGET(page), "Ivan Petrov"));
    g_assert_true(ui_has_text(GTK_WIDGET(page), "Example street 1, 100000 Example"));
    g_assert_true(has_button(page, "Confirm"));
    g_assert_true(has_button(page, "Refuse"));
    g_assert_true(has_button(page, "Download invoice"));
    g_assert_false(has_button(page, "Place order"));
    ui_close(window, page);
}

/* What cannot be done now is absent, or the page says why. */
static void
test_buttons(void)
{
    KabDataPage *page = make_page_of(1); /* in progress */
    GtkWindow *window;

    g_assert_true(kab_order_set_percents(fake_get_order(1), -1, 10, NULL));
    fake_get_order(1)->has_invoice = FALSE;
    window = show(page);
    g_assert_false(has_button(page, "Confirm"));
    g_assert_false(has_button(page, "Refuse"));
    g_assert_false(has_button(page, "Download invoice"));
    g_assert_true(
        ui_has_text(GTK_WIDGET(page), "Shipping has begun: the order can no longer be refused."));
    ui_close(window, page);

    page = make_page_of(4); /* a draft */
    window = show(page);
    g_assert_true(has_button(page, "Place order"));
    g_assert_true(has_button(page, "Delete draft"));
    ui_click(GTK_WIDGET(page), "Place order");
    ui_wait_text(GTK_WIDGET(page), "New");
    g_assert_false(has_button(page, "Place order"));
    ui_close(window, page);

    page = make_page_of(4);
    window = show(page);
    ui_click(GTK_WIDGET(page), "Delete draft");
    ui_settle();
    g_assert_cmpstr(ui_get_toast(), ==, "Draft deleted");
    ui_close(window, page);
}

static void
test_confirm(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    GtkWidget *button = ui_find(GTK_WIDGET(page), GTK_TYPE_BUTTON, "Confirm");

    fake_hold(FAKE_DECIDE);
    ui_click(GTK_WIDGET(page), "Confirm");
    g_assert_false(gtk_widget_is_sensitive(button)); /* not twice */
    fake_release_all(FAKE_DECIDE);
    ui_wait_text(GTK_WIDGET(page), "In progress");
    g_assert_false(has_button(page, "Confirm"));
    g_assert_true(has_button(page, "Refuse"));
    ui_close(window, page);
}

/* The manager was faster: the partner sees the order as it is now, before deciding on it. */
static void
test_conflict(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);

    fake_get_order(0)->revision++;
    kab_order_get_line(fake_get_order(0), 0)->quantity.milli = 1000;
    ui_click(GTK_WIDGET(page), "Confirm");
    ui_wait_text(GTK_WIDGET(page), "3 → 1\xc2\xa0pcs");
    g_assert_nonnull(strstr(ui_get_toast(), "changed the order meanwhile"));
    g_assert_cmpint(fake_get_order(0)->status, ==, KAB_ORDER_AWAITING_PARTNER);
    ui_click(GTK_WIDGET(page), "Confirm");
    ui_wait_text(GTK_WIDGET(page), "In progress");
    ui_close(window, page);
}

static GtkWindow *
find_dialog(void)
{
    GListModel *windows = gtk_window_get_toplevels();

    for (guint i = 0; i < g_list_model_get_n_items(windows); i++) {
        g_autoptr(GtkWindow) window = g_list_model_get_item(windows, i);

        if (ADW_IS_MESSAGE_DIALOG(window) && gtk_widget_get_mapped(GTK_WIDGET(window)))
            return window;
    }
    return NULL;
}

static gboolean
has_dialog(gpointer data G_GNUC_UNUSED)
{
    return find_dialog() != NULL;
}

static void
test_refuse(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    GtkWidget *entry;

    ui_click(GTK_WIDGET(page), "Refuse");
    ui_wait_for(has_dialog, NULL);
    entry = ui_find(GTK_WIDGET(find_dialog()), GTK_TYPE_ENTRY, "Reason");
    gtk_editable_set_text(GTK_EDITABLE(entry), "Too late");
    ui_click(GTK_WIDGET(find_dialog()), "Refuse the order");
    ui_wait_text(GTK_WIDGET(page), "Refused");
    g_assert_cmpstr(fake_get_last_reason(), ==, "Too late");
    ui_close(window, page);

    page = make_page();
    window = show(page);
    ui_click(GTK_WIDGET(page), "Refuse");
    ui_wait_for(has_dialog, NULL);
    ui_close(window, page); /* with the question open */
    g_assert_null(find_dialog());
}

static gboolean
has_toast(gpointer data G_GNUC_UNUSED)
{
    return g_str_has_prefix(ui_get_toast(), "Saved to ");
}

static void
test_invoice(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    const char *folder = g_get_user_special_dir(G_USER_DIRECTORY_DOWNLOAD);
    g_autofree char *first = g_build_filename(folder, "0000-000014.pdf", NULL);
    g_autofree char *second = g_build_filename(folder, "0000-000014 (2).pdf", NULL);
    g_autofree char *third = g_build_filename(folder, "given.pdf", NULL);

    ui_click(GTK_WIDGET(page), "Download invoice");
    ui_wait_for(has_toast, NULL);
    g_assert_true(g_file_test(first, G_FILE_TEST_IS_REGULAR));
    g_assert_nonnull(strstr(ui_get_toast(), first));
    ui_watch_toasts(page);
    ui_click(GTK_WIDGET(page), "Download invoice"); /* never over a file that is there */
    ui_wait_for(has_toast, NULL);
    g_assert_true(g_file_test(second, G_FILE_TEST_IS_REGULAR));
    ui_watch_toasts(page);
    kab_order_page_save_invoice_to(KAB_ORDER_PAGE(page), third);
    ui_wait_for(has_toast, NULL);
    g_assert_true(g_file_test(third, G_FILE_TEST_IS_REGULAR));

    fake_fail(FAKE_DOCUMENT_FILE, KAB_ERROR_NOT_FOUND, "The base has not sent it yet");
    ui_click(GTK_WIDGET(page), "Download invoice");
    ui_settle();
    g_assert_cmpstr(ui_get_toast(), ==, "The base has not sent it yet");
    g_remove(first);
    g_remove(second);
    g_remove(third);
    ui_close(window, page);
}

static void
test_closed_while_deciding(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);

    fake_hold(FAKE_DECIDE);
    ui_click(GTK_WIDGET(page), "Confirm");
    ui_close(window, page);

    page = make_page();
    window = show(page);
    fake_hold(FAKE_DOCUMENT_FILE);
    ui_click(GTK_WIDGET(page), "Download invoice");
    ui_close(window, page);
}

static void
test_keyboard(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);

    gtk_window_set_focus(window, NULL);
    ui_key(GTK_WIDGET(window), "Tab"); /* the first thing to do is the one to confirm */
    ui_key(GTK_WIDGET(window), "Return");
    ui_wait_text(GTK_WIDGET(page), "In progress");
    ui_close(window, page);
}

int
main(int argc, char **argv)
{
    ui_test_init(&argc, &argv);
    g_test_add_func("/order/states", test_states);
    g_test_add_func("/order/content", test_content);
    g_test_add_func("/order/buttons", test_buttons);
    g_test_add_func("/order/confirm", test_confirm);
    g_test_add_func("/order/conflict", test_conflict);
    g_test_add_func("/order/refuse", test_refuse);
    g_test_add_func("/order/invoice", test_invoice);
    g_test_add_func("/order/closed-while-deciding", test_closed_while_deciding);
    g_test_add_func("/order/keyboard", test_keyboard);
    return g_test_run();
}
