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
on_action(GSimpleAction *action G_GNUC_UNUSED, GVariant *parameter, gpointer data)
{
    g_free(*(char **)data);
    *(char **)data = parameter != NULL ? g_variant_dup_string(parameter, NULL) : g_strdup("done");
}

/* What the window would do, kept in @done. */
static void
add_action(GtkWindow *window, const char *name, const GVariantType *type, char **done)
{
    g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new();
    g_autoptr(GSimpleAction) action = g_simple_action_new(name, type);

    g_signal_connect(action, "activate", G_CALLBACK(on_action), done);
    g_action_map_add_action(G_ACTION_MAP(group), G_ACTION(action));
    gtk_widget_insert_action_group(GTK_WIDGET(window), "win", G_ACTION_GROUP(group));
}

static gboolean
is_done(gpointer data)
{
    return *(char **)data != NULL;
}

/* Deleted at once; taken back, it is there again and open, also when its page is gone. */
static void
test_delete_undone(void)
{
    KabDataPage *page = make_page_of(4);
    GtkWindow *window = show(page);
    g_autofree char *opened = NULL;

    add_action(window, "open-order", G_VARIANT_TYPE_STRING, &opened);
    ui_click(GTK_WIDGET(page), "Delete draft");
    ui_settle();
    g_assert_cmpint(fake_get_order(4)->status, !=, KAB_ORDER_DRAFT);
    ui_click_toast();
    ui_wait_for(is_done, &opened);
    g_assert_cmpstr(opened, ==, fake_get_order(0)->id.text);
    g_assert_cmpint(fake_get_order(0)->status, ==, KAB_ORDER_DRAFT);
    g_assert_cmpuint(fake_get_order(0)->lines->len, ==, 3);
    ui_close(window, page);
}

static GtkWindow *find_dialog(void);

static gboolean
has_dialog(gpointer data G_GNUC_UNUSED)
{
    return find_dialog() != NULL;
}

/* What is no longer sold is named before the basket is shown; an error keeps the key. */
static void
test_repeat(void)
{
    KabDataPage *page = make_page_of(3); /* completed */
    GtkWindow *window = show(page);
    g_autofree char *shown = NULL;
    g_autofree char *key = NULL;

    add_action(window, "show-basket", NULL, &shown);
    fake_fail(FAKE_REPEAT, KAB_ERROR_BUSY, "The portal cannot be reached");
    ui_click(GTK_WIDGET(page), "Repeat");
    ui_settle();
    key = g_strdup(fake_get_last_key());
    fake_fail(FAKE_REPEAT, -1, NULL);
    fake_skip("Old <drill>", KAB_SKIP_NOT_SOLD);
    ui_click(GTK_WIDGET(page), "Repeat");
    ui_wait_for(has_dialog, NULL);
    g_assert_cmpstr(fake_get_last_key(), ==, key);
    g_assert_null(shown);
    g_assert_true(ui_has_text(GTK_WIDGET(find_dialog()), "Old <drill>"));
    g_assert_true(ui_has_text(GTK_WIDGET(find_dialog()), "no longer sold"));
    ui_click(GTK_WIDGET(find_dialog()), "Close");
    ui_wait_for(is_done, &shown);
    g_assert_cmpuint(fake_get_basket()->lines->len, ==, 3);

    g_clear_pointer(&shown, g_free);
    gtk_window_set_focus(window, NULL);
    ui_key(GTK_WIDGET(window), "Tab");
    ui_key(GTK_WIDGET(window), "ctrl+d");
    ui_wait_for(is_done, &shown);
    g_assert_cmpstr(fake_get_last_key(), !=, key);
    fake_hold(FAKE_REPEAT);
    ui_click(GTK_WIDGET(page), "Repeat");
    ui_close(window, page);

    page = make_page_of(4); /* a draft */
    window = show(page);
    g_assert_false(has_button(page, "Repeat"));
    ui_click(GTK_WIDGET(page), "Put into the basket");
    ui_settle();
    g_assert_cmpuint(fake_get_basket()->lines->len, ==, 3);
    ui_close(window, page);
}

static void
test_history(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window;

    for (int i = 0; i < 5; i++)
        fake_add_history(FALSE, "Anna Orlova", "edited", NULL, 0);
    fake_add_history(FALSE, "Anna Orlova", "placed", NULL, 0);
    fake_add_history(TRUE, "base", "awaiting-manager", "0000-000014", 0);
    fake_add_history(TRUE, "Ivan Petrov", "awaiting-partner", NULL, 2);
    window = show(page);
    ui_wait_text(GTK_WIDGET(page), "Ready for your confirmation");
    g_assert_true(ui_has_text(GTK_WIDGET(page), "The manager is looking at it"));
    ui_click(GTK_WIDGET(page), "Show all of it");
    g_assert_false(has_button(page, "Show all of it"));
    ui_close(window, page);

    page = make_page();
    fake_hold(FAKE_HISTORY);
    window = show(page);
    ui_close(window, page);
}

/* Whoever waits too long waits no more, and the page stays. */
static void
test_invoice_cancelled(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    g_autofree char *opened = NULL;
    g_autofree char *cached = NULL;

    fake_hold(FAKE_DOCUMENT_FILE);
    ui_click(GTK_WIDGET(page), "Download invoice");
    ui_wait_text(GTK_WIDGET(page), "Cancel"); /* after a second */
    ui_click(GTK_WIDGET(page), "Cancel");
    ui_settle();
    g_assert_cmpstr(ui_get_toast(), ==, "Not downloaded");
    g_assert_false(has_button(page, "Cancel"));
    fake_release_all(FAKE_DOCUMENT_FILE);

    add_action(window, "open-uri", G_VARIANT_TYPE_STRING, &opened);
    ui_act(GTK_WIDGET(page), "order.open-invoice");
    ui_wait_for(is_done, &opened);
    g_assert_nonnull(strstr(opened, "/kabinet/documents/0000-000014.pdf"));
    cached = g_filename_from_uri(opened, NULL, NULL);
    g_assert_true(g_file_test(cached, G_FILE_TEST_IS_REGULAR));
    ui_close(window, page);
}

static GtkWindow *
find_printing(void)
{
    GListModel *windows = gtk_window_get_toplevels();

    for (guint i = 0; i < g_list_model_get_n_items(windows); i++) {
        g_autoptr(GtkWindow) window = g_list_model_get_item(windows, i);

        if (g_str_equal(G_OBJECT_TYPE_NAME(window), "GtkPrintUnixDialog"))
            return window;
    }
    return NULL;
}

static gboolean
is_printing(gpointer data G_GNUC_UNUSED)
{
    return find_printing() != NULL;
}

/* It asks for a printer; whoever wants none, or leaves, is told nothing. */
static void
test_print(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);

    ui_act(GTK_WIDGET(page), "order.print-invoice");
    ui_wait_for(is_printing, NULL);
    gtk_window_close(find_printing());
    ui_settle();
    g_assert_null(find_printing());
    g_assert_cmpstr(ui_get_toast(), ==, "");
    ui_act(GTK_WIDGET(page), "order.print-invoice");
    ui_wait_for(is_printing, NULL);
    ui_close(window, page); /* with the question open */
    g_assert_null(find_printing());
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
    GtkWindow *window = show(page);
    const char *folder = g_get_user_special_dir(G_USER_DIRECTORY_DOWNLOAD);
    g_autofree char *csv = g_build_filename(folder, "0000-000014.csv", NULL);
    g_autofree char *text = NULL;

    gtk_widget_activate_action(GTK_WIDGET(page), "order.export", "s", "csv");
    ui_wait_for(is_saved, NULL);
    g_assert_true(g_file_get_contents(csv, &text, NULL, NULL));
    g_assert_nonnull(strstr(text, "\"ART-0001\";\"Gloves\";\"pcs\";3;2;125,50;251,00;\"RUB\""));
    g_remove(csv);
    gtk_widget_activate_action(GTK_WIDGET(page), "order.export", "s", "xlsx");
    ui_close(window, page);
}

/* A line of a draft that was removed comes back. */
static void
test_draft_undo(void)
{
    KabDataPage *page = make_page_of(4);
    GtkWindow *window = show(page);
    const char *name = kab_order_get_line(fake_get_order(4), 0)->name;
    g_autofree char *spin = g_strdup_printf("Quantity of “%s”", name);
    g_autofree char *remove = g_strdup_printf("Remove “%s”", name);

    ui_click(GTK_WIDGET(page), remove);
    ui_settle();
    g_assert_null(ui_find(GTK_WIDGET(page), GTK_TYPE_SPIN_BUTTON, spin));
    ui_act(GTK_WIDGET(page), "order.undo");
    ui_settle();
    g_assert_nonnull(ui_find(GTK_WIDGET(page), GTK_TYPE_SPIN_BUTTON, spin));
    ui_close(window, page);
}

static void
test_confirm(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    GtkWidget *button = ui_find(GTK_WIDGET(page), GTK_TYPE_BUTTON, "Confirm");
    GtkWidget *focus;

    gtk_widget_grab_focus(button);
    fake_hold(FAKE_DECIDE);
    ui_click(GTK_WIDGET(page), "Confirm");
    g_assert_false(gtk_widget_is_sensitive(button)); /* not twice */
    fake_release_all(FAKE_DECIDE);
    ui_wait_text(GTK_WIDGET(page), "In progress");
    g_assert_false(has_button(page, "Confirm"));
    g_assert_true(has_button(page, "Refuse"));
    /* Enter pressed once more refuses nothing. */
    focus = gtk_window_get_focus(window);
    g_assert_nonnull(focus);
    g_assert_true(focus != ui_find(GTK_WIDGET(page), GTK_TYPE_BUTTON, "Refuse"));
    ui_close(window, page);
}

/* Nor is it taken when “Confirm” goes by itself. */
static void
test_confirm_goes(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);

    gtk_widget_grab_focus(ui_find(GTK_WIDGET(page), GTK_TYPE_BUTTON, "Confirm"));
    fake_get_order(0)->status = KAB_ORDER_IN_PROGRESS;
    kab_data_page_reload(page);
    ui_wait_text(GTK_WIDGET(page), "In progress");
    ui_settle();
    g_assert_nonnull(gtk_window_get_focus(window));
    g_assert_true(gtk_window_get_focus(window) !=
                  ui_find(GTK_WIDGET(page), GTK_TYPE_BUTTON, "Refuse"));
    ui_close(window, page);
}

/* What was pressed when the session had ended was not done, which is said. */
static void
test_session_ended(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);

    fake_fail(FAKE_DECIDE, KAB_ERROR_UNAUTHORIZED, "Sign in first");
    ui_click(GTK_WIDGET(page), "Confirm");
    ui_settle();
    g_assert_cmpstr(ui_get_toast(), ==,
                    "Nothing was changed: the session had ended. Do it once more.");
    ui_close(window, page);
}

static gboolean
can_confirm(gpointer page)
{
    return ui_can_click(page, "Confirm");
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
    /* A press that was meant for what stood there before is not taken for this. */
    g_assert_false(ui_can_click(GTK_WIDGET(page), "Confirm"));
    ui_wait_for(can_confirm, page);
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
    g_test_add_func("/order/delete-undone", test_delete_undone);
    g_test_add_func("/order/repeat", test_repeat);
    g_test_add_func("/order/history", test_history);
    g_test_add_func("/order/invoice-cancelled", test_invoice_cancelled);
    g_test_add_func("/order/print", test_print);
    g_test_add_func("/order/export", test_export);
    g_test_add_func("/order/draft-undo", test_draft_undo);
    g_test_add_func("/order/confirm", test_confirm);
    g_test_add_func("/order/confirm-goes", test_confirm_goes);
    g_test_add_func("/order/session-ended", test_session_ended);
    g_test_add_func("/order/conflict", test_conflict);
    g_test_add_func("/order/refuse", test_refuse);
    g_test_add_func("/order/invoice", test_invoice);
    g_test_add_func("/order/closed-while-deciding", test_closed_while_deciding);
    g_test_add_func("/order/keyboard", test_keyboard);
    return g_test_run();
}
