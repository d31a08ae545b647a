/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-order-form.h"
#include "kab-client-order-page.h"
#include "kab-goods-dialog.h"
#include "ui-test.h"

#include <string.h>

static KabDataPage *
make_page(void)
{
    g_autoptr(KabClient) client = NULL;

    fake_reset();
    fake_fill(10, 3, FALSE);
    fake_get_order(0)->client_status = KAB_CLIENT_ON_APPROVAL;
    client = fake_client_new_signed_in("fake:base", "admin");
    return kab_client_order_page_new(client, fake_get_order(0)->id);
}

static GtkWindow *
show(KabDataPage *page)
{
    GtkWindow *window = ui_show(page, 900, 900);

    ui_wait_state(page, KAB_PAGE_CONTENT);
    return window;
}

static GtkWidget *
form_child(KabDataPage *page, const char *name)
{
    GtkWidget *form = ui_child(page, KAB_TYPE_CLIENT_ORDER_PAGE, "order_form");

    return GTK_WIDGET(gtk_widget_get_template_child(form, KAB_TYPE_CLIENT_ORDER_FORM, name));
}

static gboolean
is_saved(gpointer data G_GNUC_UNUSED)
{
    return g_str_equal(ui_get_toast(), "Saved");
}

static void
test_states(void)
{
    ui_check_states(make_page, FAKE_CLIENT_ORDER);
}

static void
test_save(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    GtkWidget *status = form_child(page, "status_dropdown");
    GtkWidget *spin = ui_find(GTK_WIDGET(page), GTK_TYPE_SPIN_BUTTON, "Quantity of “Hammer”");
    GtkWidget *paid = ui_find(GTK_WIDGET(page), GTK_TYPE_SPIN_BUTTON, "Paid, %");
    const KabOrder *order;

    gtk_drop_down_set_selected(GTK_DROP_DOWN(status), KAB_CLIENT_TO_FULFIL);
    gtk_drop_down_set_selected(GTK_DROP_DOWN(form_child(page, "state_dropdown")), 5);
    gtk_spin_button_set_value(GTK_SPIN_BUTTON(spin), 4);
    gtk_spin_button_set_value(GTK_SPIN_BUTTON(paid), 30);
    ui_click(GTK_WIDGET(page), "Remove “Drill”");
    g_assert_true(ui_has_text(GTK_WIDGET(page), "Not saved yet"));

    /* What was entered outlives a reload. */
    kab_data_page_reload(page);
    ui_settle();
    g_assert_cmpfloat(gtk_spin_button_get_value(GTK_SPIN_BUTTON(paid)), ==, 30);

    ui_click(GTK_WIDGET(page), "Save");
    ui_wait_for(is_saved, NULL);
    order = fake_get_order(0);
    g_assert_cmpint(order->client_status, ==, KAB_CLIENT_TO_FULFIL);
    g_assert_cmpstr(order->state, ==, "Готов к отгрузке"); /* as the base calls it */
    g_assert_cmpint(kab_order_get_paid_percent(order), ==, 30);
    g_assert_cmpuint(order->lines->len, ==, 2);
    g_assert_cmpint(kab_order_get_line(order, 1)->quantity.milli, ==, 4000);
    ui_wait_text(GTK_WIDGET(page), "To be fulfilled");
    ui_close(window, page);
}

static guint
count_wheels(GtkWidget *widget)
{
    g_autoptr(GListModel) controllers = gtk_widget_observe_controllers(widget);
    guint n = 0;

    for (guint i = 0; i < g_list_model_get_n_items(controllers); i++) {
        g_autoptr(GtkEventController) controller = g_list_model_get_item(controllers, i);

        n += GTK_IS_EVENT_CONTROLLER_SCROLL(controller) &&
             gtk_event_controller_get_propagation_phase(controller) != GTK_PHASE_NONE;
    }
    return n;
}

static guint
count_spins(GtkWidget *widget)
{
    guint n = GTK_IS_SPIN_BUTTON(widget);

    if (n > 0)
        g_assert_cmpuint(count_wheels(widget), ==, 0);
    for (GtkWidget *child = gtk_widget_get_first_child(widget); child != NULL;
         child = gtk_widget_get_next_sibling(child))
        n += count_spins(child);
    return n;
}

/* Who scrolls the page changes no price under the pointer. */
static void
test_wheel(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);

    g_assert_cmpuint(count_spins(GTK_WIDGET(page)), >=, 6);
    ui_close(window, page);
}

/* What the goods cost, and when they will be shipped. */
static void
test_price_and_day(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    GtkWidget *price = ui_find(GTK_WIDGET(page), GTK_TYPE_SPIN_BUTTON, "Price of “Hammer”");
    GtkWidget *day = form_child(page, "ship_row");
    const KabOrderLine *line;
    g_autofree char *before = NULL;
    g_autofree char *was = NULL;

    g_assert_nonnull(price);
    before = kab_money_format(kab_order_get_line(fake_get_order(0), 1)->ordered_price);
    gtk_spin_button_set_value(GTK_SPIN_BUTTON(price), 99.9);
    gtk_editable_set_text(GTK_EDITABLE(day), "no day");
    ui_click(GTK_WIDGET(page), "Save");
    ui_settle();
    g_assert_cmpuint(fake_count_calls(FAKE_SET_CLIENT_ORDER), ==, 0);
    g_assert_cmpfloat(gtk_spin_button_get_value(GTK_SPIN_BUTTON(price)), ==, 99.9);
    gtk_editable_set_text(GTK_EDITABLE(day), "2030-05-17");
    ui_click(GTK_WIDGET(page), "Save");
    ui_wait_for(is_saved, NULL);
    line = kab_order_get_line(fake_get_order(0), 1);
    g_assert_cmpint(line->price.minor, ==, 9990);
    g_assert_cmpstr(fake_get_order(0)->ship_date.text, ==, "2030-05-17");
    was = g_strdup_printf("%s · ordered at %s", line->article, before);
    g_assert_true(ui_has_text(GTK_WIDGET(page), was));
    ui_close(window, page);
}

static GtkWidget *
find_dialog(void)
{
    g_autoptr(GList) windows = gtk_window_list_toplevels();

    for (GList *l = windows; l != NULL; l = l->next)
        if (KAB_IS_GOODS_DIALOG(l->data))
            return l->data;
    return NULL;
}

static gboolean
is_gone(gpointer data G_GNUC_UNUSED)
{
    return find_dialog() == NULL;
}

static GtkWidget *
open_dialog(KabDataPage *page)
{
    GtkWidget *dialog, *entry;

    ui_act(GTK_WIDGET(page), "client-order.add-line");
    ui_settle();
    dialog = find_dialog();
    g_assert_nonnull(dialog);
    entry = ui_child(dialog, KAB_TYPE_GOODS_DIALOG, "search_entry");
    g_assert_true(gtk_widget_is_ancestor(gtk_root_get_focus(GTK_ROOT(dialog)), entry));
    return dialog;
}

static void
look_for(GtkWidget *dialog, const char *text)
{
    GtkWidget *entry = ui_child(dialog, KAB_TYPE_GOODS_DIALOG, "search_entry");

    gtk_editable_set_text(GTK_EDITABLE(entry), text);
    g_signal_emit_by_name(entry, "search-changed");
}

/* Found by its name, taken by Enter. */
static void
choose(KabDataPage *page, const char *text)
{
    GtkWidget *dialog = open_dialog(page);

    look_for(dialog, text);
    ui_wait_text(dialog, text);
    g_signal_emit_by_name(ui_child(dialog, KAB_TYPE_GOODS_DIALOG, "search_entry"), "activate");
    ui_wait_for(is_gone, NULL);
}

/* One of it, at the partner's price. */
static void
test_add_line(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    guint before = fake_get_order(0)->lines->len;
    const KabOrderLine *line;

    choose(page, "Respirator");
    g_assert_cmpstr(ui_get_toast(), ==, "Added: Respirator");
    g_assert_true(ui_has_text(GTK_WIDGET(page), "Not saved yet"));
    ui_click(GTK_WIDGET(page), "Save");
    ui_wait_for(is_saved, NULL);
    g_assert_cmpuint(fake_get_order(0)->lines->len, ==, before + 1);
    line = kab_order_get_line(fake_get_order(0), before);
    g_assert_cmpint(line->quantity.milli, ==, KAB_QUANTITY_ONE);
    g_assert_cmpint(line->price.minor, >, 0);
    fake_get_product(6)->has_price = FALSE;
    choose(page, "Helmet");
    g_assert_cmpstr(ui_get_toast(), ==, "Added, and without a price for this partner: Helmet");
    choose(page, "Respirator"); /* twice is once */
    g_assert_cmpstr(ui_get_toast(), ==, "“Respirator” is in the order already");
    ui_close(window, page);
}

static void
test_find_line(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    GtkWidget *dialog = open_dialog(page);

    look_for(dialog, "nothing like it");
    ui_wait_text(dialog, "No goods are called so. Try other words.");
    fake_fail(FAKE_GOODS, KAB_ERROR_BUSY, "No connection");
    look_for(dialog, "Respirator");
    ui_wait_text(dialog, "No connection");
    fake_hold(FAKE_GOODS);
    look_for(dialog, "Helmet");
    ui_close(window, page); /* while it looks */
    g_assert_null(find_dialog());
}

/* A closed client order stays closed: nothing else is offered. */
static void
test_closed_order(void)
{
    KabDataPage *page = make_page();
    GtkWidget *status = form_child(page, "status_dropdown");
    GtkWindow *window;

    fake_get_order(0)->client_status = KAB_CLIENT_CLOSED;
    window = show(page);
    g_assert_cmpuint(g_list_model_get_n_items(gtk_drop_down_get_model(GTK_DROP_DOWN(status))), ==,
                     1);
    ui_close(window, page);
}

static void
test_conflict(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    GtkWidget *paid = ui_find(GTK_WIDGET(page), GTK_TYPE_SPIN_BUTTON, "Paid, %");

    gtk_spin_button_set_value(GTK_SPIN_BUTTON(paid), 30);
    fake_get_order(0)->version++;
    g_assert_true(kab_order_set_percents(fake_get_order(0), 70, -1, NULL));
    ui_click(GTK_WIDGET(page), "Save");
    ui_settle();
    g_assert_nonnull(strstr(ui_get_toast(), "was changed meanwhile"));
    g_assert_cmpfloat(gtk_spin_button_get_value(GTK_SPIN_BUTTON(paid)), ==, 70);
    ui_close(window, page);
}

static void
test_failed_save(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    GtkWidget *paid = ui_find(GTK_WIDGET(page), GTK_TYPE_SPIN_BUTTON, "Paid, %");

    gtk_spin_button_set_value(GTK_SPIN_BUTTON(paid), 30);
    fake_fail(FAKE_SET_CLIENT_ORDER, KAB_ERROR_STATE, "It is closed");
    ui_click(GTK_WIDGET(page), "Save");
    ui_settle();
    g_assert_cmpstr(ui_get_toast(), ==, "It is closed");
    g_assert_cmpfloat(gtk_spin_button_get_value(GTK_SPIN_BUTTON(paid)), ==, 30);
    ui_close(window, page);
}

/* The manager and the partner write to each other; what is entered in the form stays meanwhile. */
static void
test_comments(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window;
    GtkWidget *paid;
    GtkWidget *text;

    fake_add_comment(0, FALSE, "Anna", "Can it come a day earlier?");
    window = show(page);
    ui_wait_text(GTK_WIDGET(page), "Can it come a day earlier?");
    paid = ui_find(GTK_WIDGET(page), GTK_TYPE_SPIN_BUTTON, "Paid, %");
    gtk_spin_button_set_value(GTK_SPIN_BUTTON(paid), 30);
    text = ui_find(GTK_WIDGET(page), ADW_TYPE_ENTRY_ROW, "Write a comment");
    gtk_editable_set_text(GTK_EDITABLE(text), "On Thursday");
    ui_click(GTK_WIDGET(page), "Send");
    ui_wait_text(GTK_WIDGET(page), "On Thursday");
    g_assert_cmpfloat(gtk_spin_button_get_value(GTK_SPIN_BUTTON(paid)), ==, 30);
    ui_close(window, page);
}

static gboolean
has_saved(gpointer data G_GNUC_UNUSED)
{
    return g_str_has_prefix(ui_get_toast(), "Saved to ") &&
           g_str_has_suffix(ui_get_toast(), ".pdf");
}

/* The invoice is of what is saved; while it is on its way, it is not asked for twice. */
static void
test_invoice(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    GtkWidget *paid = ui_find(GTK_WIDGET(page), GTK_TYPE_SPIN_BUTTON, "Paid, %");

    fake_hold(FAKE_DOCUMENT_FILE);
    ui_act(GTK_WIDGET(page), "client-order.download-invoice");
    ui_act(GTK_WIDGET(page), "client-order.print-invoice");
    g_assert_cmpuint(fake_count_held(FAKE_DOCUMENT_FILE), ==, 1);
    ui_wait_text(GTK_WIDGET(page), "Cancel"); /* after a second */
    fake_release_all(FAKE_DOCUMENT_FILE);
    ui_wait_for(has_saved, NULL);
    g_assert_false(ui_can_click(GTK_WIDGET(page), "Cancel"));
    gtk_spin_button_set_value(GTK_SPIN_BUTTON(paid), 30);
    ui_act(GTK_WIDGET(page), "client-order.open-invoice");
    g_assert_cmpstr(ui_get_toast(), ==, "Save first: the invoice is of what is saved.");
    g_assert_cmpuint(fake_count_calls(FAKE_DOCUMENT_FILE), ==, 1);
    ui_close(window, page);
    /* Closed while it is on its way. */
    page = make_page();
    window = show(page);
    fake_hold(FAKE_DOCUMENT_FILE);
    ui_act(GTK_WIDGET(page), "client-order.print-invoice");
    ui_close(window, page);
}

/* A word of the base that is not known is shown as it is, and stays. */
static void
test_unknown_status(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window;

    fake_get_order(0)->client_status = KAB_CLIENT_OTHER;
    fake_get_order(0)->client_status_text = g_strdup("У директора");
    window = show(page);
    g_assert_true(ui_has_text(GTK_WIDGET(page), "У директора"));
    gtk_spin_button_set_value(
        GTK_SPIN_BUTTON(ui_find(GTK_WIDGET(page), GTK_TYPE_SPIN_BUTTON, "Paid, %")), 30);
    ui_click(GTK_WIDGET(page), "Save");
    ui_wait_for(is_saved, NULL);
    g_assert_cmpint(fake_get_order(0)->client_status, ==, KAB_CLIENT_OTHER);
    ui_close(window, page);
}

static void
test_closed_while_saving(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    GtkWidget *paid = ui_find(GTK_WIDGET(page), GTK_TYPE_SPIN_BUTTON, "Paid, %");

    gtk_spin_button_set_value(GTK_SPIN_BUTTON(paid), 30);
    fake_hold(FAKE_SET_CLIENT_ORDER);
    ui_click(GTK_WIDGET(page), "Save");
    g_assert_cmpuint(fake_count_held(FAKE_SET_CLIENT_ORDER), ==, 1);
    ui_close(window, page);
}

static void
test_keyboard(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    GtkWidget *paid = ui_find(GTK_WIDGET(page), GTK_TYPE_SPIN_BUTTON, "Paid, %");

    gtk_widget_grab_focus(form_child(page, "status_dropdown"));
    ui_key(GTK_WIDGET(window), "space");
    ui_key(GTK_WIDGET(window), "Down");
    ui_key(GTK_WIDGET(window), "Return");
    gtk_widget_grab_focus(paid);
    ui_key(GTK_WIDGET(window), "ctrl+a");
    ui_key(GTK_WIDGET(window), "4");
    ui_key(GTK_WIDGET(window), "5");
    ui_key(GTK_WIDGET(window), "ctrl+s"); /* what is typed counts without Enter */
    ui_wait_for(is_saved, NULL);
    g_assert_cmpint(kab_order_get_paid_percent(fake_get_order(0)), ==, 45);
    g_assert_cmpint(fake_get_order(0)->client_status, ==, KAB_CLIENT_TO_FULFIL);
    ui_close(window, page);
}

/* Only who may see the exchange is led there. */
static void
test_exchange(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);

    g_assert_null(ui_find(GTK_WIDGET(page), GTK_TYPE_BUTTON, "Show the exchange"));
    kab_client_order_page_show_exchange(KAB_CLIENT_ORDER_PAGE(page), TRUE);
    g_assert_true(ui_can_click(GTK_WIDGET(page), "Show the exchange"));
    ui_close(window, page);
}

int
main(int argc, char **argv)
{
    ui_test_init(&argc, &argv);
    g_test_add_func("/client-order-page/invoice", test_invoice);
    g_test_add_func("/client-order/states", test_states);
    g_test_add_func("/client-order/exchange", test_exchange);
    g_test_add_func("/client-order/save", test_save);
    g_test_add_func("/client-order/price-and-day", test_price_and_day);
    g_test_add_func("/client-order/wheel", test_wheel);
    g_test_add_func("/client-order/closed-order", test_closed_order);
    g_test_add_func("/client-order/comments", test_comments);
    g_test_add_func("/client-order/unknown-status", test_unknown_status);
    g_test_add_func("/client-order/add-line", test_add_line);
    g_test_add_func("/client-order/find-line", test_find_line);
    g_test_add_func("/client-order/conflict", test_conflict);
    g_test_add_func("/client-order/failed-save", test_failed_save);
    g_test_add_func("/client-order/closed-while-saving", test_closed_while_saving);
    g_test_add_func("/client-order/keyboard", test_keyboard);
    return g_test_run();
}
