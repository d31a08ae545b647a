/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-basket-page.h"
#include "kab-notice.h"
#include "ui-test.h"

#include <string.h>

static KabDataPage *
make_page(void)
{
    g_autoptr(KabClient) client = NULL;

    fake_reset();
    fake_fill(10, 0, FALSE);
    fake_put_into_basket(0, 3000);
    fake_put_into_basket(1, 1000);
    client = fake_client_new_signed_in("fake:portal", "anna");
    return kab_basket_page_new(client);
}

static GtkWindow *
show(KabDataPage *page)
{
    GtkWindow *window = ui_show(page, 900, 700);

    ui_wait_state(page, KAB_PAGE_CONTENT);
    return window;
}

static void
test_states(void)
{
    ui_check_states(make_page, FAKE_BASKET);
}

static void
test_empty(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window;

    fake_reset();
    window = ui_show(page, 900, 700);
    ui_wait_state(page, KAB_PAGE_EMPTY);
    g_assert_true(ui_has_text(GTK_WIDGET(page), "The basket is empty"));
    g_assert_nonnull(ui_find(GTK_WIDGET(page), GTK_TYPE_BUTTON, "Open the catalogue"));
    ui_close(window, page);
}

/* Nobody comes to the button that takes a line away before its quantity. */
static void
test_tab(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    GtkWidget *spin = ui_find(GTK_WIDGET(page), GTK_TYPE_SPIN_BUTTON, "Quantity of “Gloves”");
    GtkWidget *remove = ui_find(GTK_WIDGET(page), GTK_TYPE_BUTTON, "Remove “Gloves”");
    GtkWidget *row = gtk_widget_get_ancestor(spin, GTK_TYPE_LIST_BOX_ROW);

    for (int width = 400; width <= 900; width += 500) {
        gtk_window_set_default_size(window, width, 700);
        ui_settle();
        gtk_widget_grab_focus(row);
        g_assert_true(gtk_widget_child_focus(row, GTK_DIR_TAB_FORWARD));
        g_assert_true(gtk_widget_is_ancestor(gtk_window_get_focus(window), spin));
        while (gtk_window_get_focus(window) != remove)
            g_assert_true(gtk_widget_child_focus(row, GTK_DIR_TAB_FORWARD));
    }
    ui_close(window, page);
}

static void
test_quantity(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    GtkWidget *spin = ui_find(GTK_WIDGET(page), GTK_TYPE_SPIN_BUTTON, "Quantity of “Gloves”");

    g_assert_true(ui_has_text(GTK_WIDGET(page), "512.00\xc2\xa0₽"));
    gtk_spin_button_set_value(GTK_SPIN_BUTTON(spin), 1.5);
    g_assert_true(ui_has_text(GTK_WIDGET(page), "323.75\xc2\xa0₽")); /* at once */
    ui_settle();
    g_assert_cmpint(fake_count_calls(FAKE_SET_BASKET), ==, 1);
    g_assert_true(ui_has_text(GTK_WIDGET(page), "323.75\xc2\xa0₽"));

    /* Many changes in a row: the last one counts, and not every one is sent. */
    fake_hold(FAKE_SET_BASKET);
    for (int i = 1; i <= 10; i++)
        gtk_spin_button_set_value(GTK_SPIN_BUTTON(spin), i);
    fake_release_all(FAKE_SET_BASKET);
    ui_settle();
    g_assert_cmpint(fake_count_calls(FAKE_SET_BASKET), <=, 3);
    g_assert_true(ui_has_text(GTK_WIDGET(page), "1\xc2\xa0"
                                                "390.50\xc2\xa0₽"));

    ui_click(GTK_WIDGET(page), "Remove “Gloves”");
    ui_settle();
    g_assert_cmpuint(fake_get_basket()->lines->len, ==, 1);
    ui_click(GTK_WIDGET(page), "Remove “Hammer”");
    ui_wait_state(page, KAB_PAGE_EMPTY);
    ui_close(window, page);
}

/* What became dearer or cheaper is said in words, until it is accepted. */
static void
test_repriced(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window;

    fake_set_seen(0, 12050);
    fake_set_seen(1, 13550);
    window = show(page);
    g_assert_true(ui_has_text(GTK_WIDGET(page), "was 120.50\xc2\xa0₽, now 125.50\xc2\xa0₽"));
    g_assert_true(
        ui_has_text(GTK_WIDGET(page), "The price of 1 product changed since you added it"));
    fake_hold(FAKE_ACCEPT_PRICES);
    ui_click(GTK_WIDGET(page), "Accept the new prices");
    g_assert_false(ui_can_click(GTK_WIDGET(page), "Place order"));
    fake_release_all(FAKE_ACCEPT_PRICES);
    ui_settle();
    g_assert_null(ui_find(GTK_WIDGET(page), KAB_TYPE_NOTICE, NULL));
    g_assert_false(ui_has_text(GTK_WIDGET(page), "was 120.50\xc2\xa0₽, now 125.50\xc2\xa0₽"));
    ui_close(window, page);

    page = make_page();
    fake_set_seen(0, 12050);
    window = show(page);
    fake_hold(FAKE_ACCEPT_PRICES);
    ui_click(GTK_WIDGET(page), "Accept the new prices");
    ui_close(window, page);
}

/* A removal is taken back: by its toast, by keyboard, one after another. */
static void
test_undo(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    GtkWidget *row;

    ui_click(GTK_WIDGET(page), "Remove “Gloves”");
    g_assert_cmpstr(ui_get_toast(), ==, "“Gloves” removed");
    ui_settle();
    g_assert_cmpuint(fake_get_basket()->lines->len, ==, 1);
    ui_click_toast();
    g_assert_true(ui_has_text(GTK_WIDGET(page), "512.00\xc2\xa0₽")); /* at once */
    ui_settle();
    g_assert_cmpuint(fake_get_basket()->lines->len, ==, 2);
    g_assert_cmpint(kab_order_get_line(fake_get_basket(), 1)->quantity.milli, ==, 3000);

    /* Both, the second from the empty page, and both back. */
    row = gtk_widget_get_ancestor(
        ui_find(GTK_WIDGET(page), GTK_TYPE_SPIN_BUTTON, "Quantity of “Hammer”"),
        GTK_TYPE_LIST_BOX_ROW);
    gtk_widget_grab_focus(row);
    ui_key(GTK_WIDGET(window), "Delete");
    ui_key(GTK_WIDGET(window), "Delete");
    ui_wait_state(page, KAB_PAGE_EMPTY);
    ui_act(GTK_WIDGET(page), "basket.undo");
    ui_settle();
    ui_act(GTK_WIDGET(page), "basket.undo");
    ui_act(GTK_WIDGET(page), "basket.undo"); /* nothing more */
    ui_settle();
    g_assert_cmpuint(fake_get_basket()->lines->len, ==, 2);
    g_assert_true(ui_has_text(GTK_WIDGET(page), "512.00\xc2\xa0₽"));

    /* The second one's toast stood in the place of the first one's. */
    ui_click(GTK_WIDGET(page), "Remove “Gloves”");
    ui_click(GTK_WIDGET(page), "Remove “Hammer”");
    ui_settle();
    ui_click_toast();
    g_assert_cmpstr(ui_get_toast(), ==, "“Gloves” removed");
    ui_click_toast();
    ui_settle();
    g_assert_cmpuint(fake_get_basket()->lines->len, ==, 2);

    /* What is ordered cannot be put back. */
    row = gtk_widget_get_ancestor(
        ui_find(GTK_WIDGET(page), GTK_TYPE_SPIN_BUTTON, "Quantity of “Hammer”"),
        GTK_TYPE_LIST_BOX_ROW);
    gtk_widget_grab_focus(row);
    ui_key(GTK_WIDGET(window), "Delete");
    ui_key(GTK_WIDGET(window), "ctrl+z");
    g_assert_cmpuint(fake_get_basket()->lines->len, ==, 2);
    ui_click(GTK_WIDGET(page), "Remove “Hammer”");
    ui_click(GTK_WIDGET(page), "Place order");
    ui_wait_state(page, KAB_PAGE_EMPTY);
    ui_act(GTK_WIDGET(page), "basket.undo");
    ui_settle();
    g_assert_cmpuint(fake_get_basket()->lines->len, ==, 0);
    ui_close(window, page);
}

static void
test_clear(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);

    ui_click(GTK_WIDGET(page), "Clear the basket");
    ui_wait_state(page, KAB_PAGE_EMPTY);
    g_assert_cmpstr(ui_get_toast(), ==, "Basket cleared");
    g_assert_cmpuint(fake_count_calls(FAKE_REPLACE_BASKET), ==, 1);
    ui_click_toast();
    ui_wait_state(page, KAB_PAGE_CONTENT);
    g_assert_true(ui_has_text(GTK_WIDGET(page), "512.00\xc2\xa0₽"));

    fake_fail(FAKE_REPLACE_BASKET, KAB_ERROR_BUSY, "The portal cannot be reached");
    ui_click(GTK_WIDGET(page), "Clear the basket");
    ui_settle();
    g_assert_cmpuint(fake_get_basket()->lines->len, ==, 2);
    g_assert_true(ui_can_click(GTK_WIDGET(page), "Place order"));
    fake_fail(FAKE_REPLACE_BASKET, -1, NULL);
    fake_hold(FAKE_REPLACE_BASKET);
    ui_click(GTK_WIDGET(page), "Clear the basket");
    ui_close(window, page);
}

/* A draft has the name that its user gives it. */
static void
test_name(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    GtkWidget *name =
        ui_find(GTK_WIDGET(page), ADW_TYPE_ENTRY_ROW, "Name of the order, for yourselves");
    g_autofree char *long_name = g_strnfill(101, 'x');

    gtk_editable_set_text(GTK_EDITABLE(name), long_name);
    ui_click(GTK_WIDGET(page), "Save order");
    ui_settle();
    g_assert_cmpuint(fake_count_calls(FAKE_SUBMIT), ==, 0);
    g_assert_true(gtk_widget_has_css_class(name, "error"));
    gtk_editable_set_text(GTK_EDITABLE(name), " For the winter ");
    ui_click(GTK_WIDGET(page), "Save order");
    ui_wait_state(page, KAB_PAGE_EMPTY);
    g_assert_cmpstr(fake_get_order(0)->name, ==, "For the winter");
    g_assert_cmpstr(gtk_editable_get_text(GTK_EDITABLE(name)), ==, "");
    ui_close(window, page);
}

static void
test_place(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    GtkWidget *address = ui_find(GTK_WIDGET(page), ADW_TYPE_ENTRY_ROW, "Delivery address");
    g_autofree char *key = NULL;

    gtk_editable_set_text(GTK_EDITABLE(address), " Street 1 ");
    fake_fail(FAKE_SUBMIT, KAB_ERROR_FAILED, "The portal failed");
    ui_click(GTK_WIDGET(page), "Place order");
    ui_settle();
    key = g_strdup(fake_get_last_key());
    g_assert_cmpuint(strlen(key), ==, 36);

    /* The same press once more is the same order. */
    fake_fail(FAKE_SUBMIT, -1, NULL);
    fake_hold(FAKE_SUBMIT);
    ui_click(GTK_WIDGET(page), "Place order");
    g_assert_cmpstr(fake_get_last_key(), ==, key);
    g_assert_false(
        gtk_widget_is_sensitive(ui_find(GTK_WIDGET(page), GTK_TYPE_BUTTON, "Place order")));
    g_assert_cmpstr(fake_get_last_details()->address, ==, "Street 1");
    g_assert_cmpstr(fake_get_last_details()->phone, ==, "+7 900 000-00-00");
    fake_release_all(FAKE_SUBMIT);
    ui_wait_state(page, KAB_PAGE_EMPTY);
    g_assert_cmpstr(ui_get_toast(), ==, "Order placed");
    g_assert_cmpint(fake_get_order(0)->status, ==, KAB_ORDER_NEW);
    ui_close(window, page);
}

/* Another basket, and another button, is another order. */
static void
test_key(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    GtkWidget *spin = ui_find(GTK_WIDGET(page), GTK_TYPE_SPIN_BUTTON, "Quantity of “Gloves”");
    g_autofree char *first = NULL;
    g_autofree char *second = NULL;

    fake_fail(FAKE_SUBMIT, KAB_ERROR_FAILED, "The portal failed");
    ui_click(GTK_WIDGET(page), "Place order");
    ui_settle();
    first = g_strdup(fake_get_last_key());
    gtk_spin_button_set_value(GTK_SPIN_BUTTON(spin), 7);
    ui_settle();
    ui_click(GTK_WIDGET(page), "Place order");
    ui_settle();
    second = g_strdup(fake_get_last_key());
    g_assert_cmpstr(first, !=, second);
    ui_click(GTK_WIDGET(page), "Save order");
    ui_settle();
    g_assert_cmpstr(fake_get_last_key(), !=, second);
    ui_close(window, page);
}

/* A quantity that is still on its way is in the order. */
static void
test_place_after_change(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    GtkWidget *spin = ui_find(GTK_WIDGET(page), GTK_TYPE_SPIN_BUTTON, "Quantity of “Gloves”");

    fake_hold(FAKE_SET_BASKET);
    gtk_spin_button_set_value(GTK_SPIN_BUTTON(spin), 8);
    ui_click(GTK_WIDGET(page), "Save order");
    ui_settle();
    g_assert_cmpuint(fake_count_calls(FAKE_SUBMIT), ==, 0);
    fake_release_all(FAKE_SET_BASKET);
    ui_wait_state(page, KAB_PAGE_EMPTY);
    g_assert_cmpstr(ui_get_toast(), ==, "Order saved");
    g_assert_cmpint(fake_get_order(0)->status, ==, KAB_ORDER_DRAFT);
    ui_close(window, page);
}

static void
test_closed_while_placing(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);

    fake_hold(FAKE_SUBMIT);
    ui_click(GTK_WIDGET(page), "Place order");
    g_assert_cmpuint(fake_count_held(FAKE_SUBMIT), ==, 1);
    ui_close(window, page);
}

#define ADVICE "The order can be placed all the same."

/* What the partner may owe is said before the order is placed; the portal decides. */
static void
test_limits(void)
{
    KabDataPage *page = make_page();
    KabLimits *limits = fake_get_limits();
    GtkWindow *window;

    limits->has_limit = TRUE;
    limits->credit_limit = kab_money_new(40000, "RUB");
    limits->debt = limits->overdue = limits->open = kab_money_new(0, "RUB");
    window = show(page);
    ui_wait_text(GTK_WIDGET(page),
                 "The order exceeds the credit limit of 400.00\xc2\xa0₽: the debt is "
                 "0.00\xc2\xa0₽, orders under way are 0.00\xc2\xa0₽, and this one is "
                 "512.00\xc2\xa0₽");
    g_assert_false(ui_has_text(GTK_WIDGET(page), ADVICE));
    ui_click(GTK_WIDGET(page), "Remove “Hammer”");
    ui_settle();
    g_assert_null(ui_find(GTK_WIDGET(page), KAB_TYPE_NOTICE, NULL));
    ui_close(window, page);
}

/* Where the company only warns, the notice does not sound like a refusal. */
static void
test_limits_that_warn(void)
{
    KabDataPage *page = make_page();
    KabLimits *limits = fake_get_limits();
    GtkWindow *window;

    limits->debt = limits->open = kab_money_new(0, "RUB");
    limits->overdue = kab_money_new(100, "RUB");
    limits->advisory = TRUE;
    window = show(page);
    ui_wait_text(GTK_WIDGET(page), ADVICE);
    ui_close(window, page);
}

static void
test_wishes(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    GtkWidget *date = ui_find(GTK_WIDGET(page), ADW_TYPE_ENTRY_ROW, "Wished date");
    GtkWidget *warehouse;

    ui_wait_text(GTK_WIDGET(page), "Shipping warehouse");
    warehouse = ui_find(GTK_WIDGET(page), ADW_TYPE_COMBO_ROW, "Shipping warehouse");
    gtk_editable_set_text(GTK_EDITABLE(date), "31.02.2027");
    ui_click(GTK_WIDGET(page), "Place order");
    ui_settle();
    g_assert_cmpuint(fake_count_calls(FAKE_SUBMIT), ==, 0);
    g_assert_true(gtk_widget_has_css_class(date, "error"));
    gtk_editable_set_text(GTK_EDITABLE(date), "28.2.27");
    adw_combo_row_set_selected(ADW_COMBO_ROW(warehouse), 1);
    ui_click(GTK_WIDGET(page), "Place order");
    ui_wait_state(page, KAB_PAGE_EMPTY);
    g_assert_cmpstr(fake_get_last_details()->wished_date.text, ==, "2027-02-28");
    g_assert_cmpstr(fake_get_last_details()->warehouse_id.text, ==,
                    "00000005-0000-4000-8000-000000000000");
    ui_close(window, page);
}

static void
test_keyboard(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    GtkWidget *spin = ui_find(GTK_WIDGET(page), GTK_TYPE_SPIN_BUTTON, "Quantity of “Gloves”");

    gtk_widget_grab_focus(spin);
    ui_key(GTK_WIDGET(window), "ctrl+a");
    ui_key(GTK_WIDGET(window), "5");
    ui_key(GTK_WIDGET(window), "ctrl+Return");
    ui_wait_state(page, KAB_PAGE_EMPTY);
    g_assert_cmpint(kab_order_get_line(fake_get_order(0), 0)->quantity.milli +
                        kab_order_get_line(fake_get_order(0), 1)->quantity.milli,
                    ==, 6000);
    ui_close(window, page);
}

int
main(int argc, char **argv)
{
    ui_test_init(&argc, &argv);
    g_test_add_func("/basket/states", test_states);
    g_test_add_func("/basket/empty", test_empty);
    g_test_add_func("/basket/tab", test_tab);
    g_test_add_func("/basket/quantity", test_quantity);
    g_test_add_func("/basket/repriced", test_repriced);
    g_test_add_func("/basket/undo", test_undo);
    g_test_add_func("/basket/clear", test_clear);
    g_test_add_func("/basket/name", test_name);
    g_test_add_func("/basket/place", test_place);
    g_test_add_func("/basket/key", test_key);
    g_test_add_func("/basket/place-after-change", test_place_after_change);
    g_test_add_func("/basket/closed-while-placing", test_closed_while_placing);
    g_test_add_func("/basket/limits", test_limits);
    g_test_add_func("/basket/limits-that-warn", test_limits_that_warn);
    g_test_add_func("/basket/wishes", test_wishes);
    g_test_add_func("/basket/keyboard", test_keyboard);
    return g_test_run();
}
