/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-settlements-page.h"
#include "ui-test.h"

#include <glib/gstdio.h>
#include <string.h>

static KabDataPage *
make_page_for(const char *login)
{
    g_autoptr(KabClient) client = NULL;
    KabLimits *limits = fake_get_limits();

    fake_reset();
    limits->has_limit = TRUE;
    limits->credit_limit = kab_money_new(50000000, "RUB");
    limits->debt = kab_money_new(12500000, "RUB");
    limits->overdue = kab_money_new(0, "RUB");
    limits->open = kab_money_new(4321000, "RUB");
    client = fake_client_new_signed_in("fake:portal", login);
    return kab_settlements_page_new(client);
}

static KabDataPage *
make_page(void)
{
    return make_page_for("anna");
}

static GtkWindow *
show(KabDataPage *page)
{
    GtkWindow *window = ui_show(page, 900, 900);

    ui_wait_state(page, KAB_PAGE_CONTENT);
    ui_settle();
    return window;
}

static void
test_states(void)
{
    ui_check_states(make_page, FAKE_LIMITS);
}

static void
test_limits(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);

    g_assert_true(ui_has_text(GTK_WIDGET(page), "125\xc2\xa0"
                                                "000.00\xc2\xa0₽"));
    g_assert_true(ui_has_text(GTK_WIDGET(page), "331\xc2\xa0"
                                                "790.00\xc2\xa0₽"));
    ui_close(window, page);

    page = make_page();
    fake_get_limits()->has_limit = FALSE;
    fake_get_limits()->overdue.minor = 150000;
    window = show(page);
    g_assert_true(ui_has_text(GTK_WIDGET(page), "1\xc2\xa0"
                                                "500.00\xc2\xa0₽ are overdue"));
    g_assert_true(ui_has_text(GTK_WIDGET(page), "none"));
    g_assert_false(ui_has_text(GTK_WIDGET(page), "Can still be ordered"));
    ui_close(window, page);

    page = make_page();
    fake_get_limits()->debt.minor = -150000;
    window = show(page);
    g_assert_true(ui_has_text(GTK_WIDGET(page), "Overpayment"));
    g_assert_true(ui_has_text(GTK_WIDGET(page), "1\xc2\xa0"
                                                "500.00\xc2\xa0₽"));
    g_assert_false(ui_has_text(GTK_WIDGET(page), "Debt"));
    ui_close(window, page);

    page = make_page();
    memset(fake_get_limits(), 0, sizeof(KabLimits));
    window = show(page);
    g_assert_true(ui_has_text(GTK_WIDGET(page), "The company has not told anything about it."));
    g_assert_false(ui_has_text(GTK_WIDGET(page), "Debt"));
    ui_close(window, page);
}

static void
test_ask(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    GtkWidget *from = ui_find(GTK_WIDGET(page), ADW_TYPE_ENTRY_ROW, "First day");
    GtkWidget *to = ui_find(GTK_WIDGET(page), ADW_TYPE_ENTRY_ROW, "Last day");

    gtk_editable_set_text(GTK_EDITABLE(from), "soon");
    ui_click(GTK_WIDGET(page), "Ask for the act");
    ui_settle();
    g_assert_cmpstr(ui_get_toast(), ==, "“soon” is not a date such as 2026-01-31");
    gtk_editable_set_text(GTK_EDITABLE(from), "2126-02-01");
    gtk_editable_set_text(GTK_EDITABLE(to), "2126-01-01");
    ui_click(GTK_WIDGET(page), "Ask for the act");
    ui_settle();
    g_assert_cmpstr(ui_get_toast(), ==, "The first day is after the last one");
    gtk_editable_set_text(GTK_EDITABLE(to), "2126-03-01");
    gtk_editable_set_text(GTK_EDITABLE(from), "soon");
    ui_click(GTK_WIDGET(page), "Ask for the act");
    ui_settle();
    g_assert_true(gtk_widget_has_css_class(from, "error"));
    gtk_editable_set_text(GTK_EDITABLE(from), "1.7.2026");
    g_assert_false(gtk_widget_has_css_class(from, "error"));
    gtk_editable_set_text(GTK_EDITABLE(to), "2026-06-30"); /* before the first day */
    ui_click(GTK_WIDGET(page), "Ask for the act");
    ui_settle();
    g_assert_cmpuint(fake_count_calls(FAKE_ASK_DOCUMENT), ==, 0);
    gtk_editable_set_text(GTK_EDITABLE(to), "2026-09-30");
    ui_click(GTK_WIDGET(page), "Ask for the act");
    ui_wait_text(GTK_WIDGET(page), "2026-07-01 to 2026-09-30");
    g_assert_true(ui_has_text(GTK_WIDGET(page), "Being prepared"));
    g_assert_cmpstr(fake_get_act(0)->from.text, ==, "2026-07-01");
    ui_close(window, page);
}

static gboolean
has_toast(gpointer data G_GNUC_UNUSED)
{
    return g_str_has_prefix(ui_get_toast(), "Saved to ");
}

static void
test_acts(void)
{
    KabDataPage *page = make_page();
    const char *folder = g_get_user_special_dir(G_USER_DIRECTORY_DOWNLOAD);
    g_autofree char *path =
        g_build_filename(folder, "reconciliation-2026-09-01-2026-09-28.pdf", NULL);
    GtkWindow *window;

    fake_add_act(9, KAB_DOCUMENT_READY);
    fake_add_act(10, KAB_DOCUMENT_FAILED);
    window = show(page);
    g_assert_true(ui_has_text(GTK_WIDGET(page), "The organisation's requisites are not entered"));
    ui_click(GTK_WIDGET(page), "Download: 2026-09-01 to 2026-09-28");
    ui_wait_for(has_toast, NULL);
    g_assert_true(g_file_test(path, G_FILE_TEST_IS_REGULAR));
    g_remove(path);
    ui_click(GTK_WIDGET(page), "Ask again: 2026-10-01 to 2026-10-28");
    ui_wait_text(GTK_WIDGET(page), "Being prepared");
    ui_close(window, page);
}

/* Who may not order reads, and asks for nothing. */
static void
test_viewer(void)
{
    KabDataPage *page = make_page_for("viewer");
    GtkWindow *window;

    fake_add_act(10, KAB_DOCUMENT_FAILED);
    window = show(page);
    g_assert_true(ui_has_text(GTK_WIDGET(page), "Debt"));
    g_assert_null(ui_find(GTK_WIDGET(page), GTK_TYPE_BUTTON, "Ask for the act"));
    g_assert_null(
        ui_find(GTK_WIDGET(page), GTK_TYPE_BUTTON, "Ask again: 2026-10-01 to 2026-10-28"));
    ui_close(window, page);
}

static void
test_closed_while_asking(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);

    fake_hold(FAKE_ASK_DOCUMENT);
    ui_click(GTK_WIDGET(page), "Ask for the act");
    g_assert_cmpuint(fake_count_held(FAKE_ASK_DOCUMENT), ==, 1);
    ui_close(window, page);

    page = make_page();
    fake_add_act(9, KAB_DOCUMENT_READY);
    window = show(page);
    fake_hold(FAKE_DOCUMENT_FILE);
    ui_click(GTK_WIDGET(page), "Download: 2026-09-01 to 2026-09-28");
    g_assert_cmpuint(fake_count_held(FAKE_DOCUMENT_FILE), ==, 1);
    ui_close(window, page);
}

static void
test_keyboard(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);

    gtk_window_set_focus(window, NULL);
    for (int i = 0; i < 10 && fake_count_calls(FAKE_ASK_DOCUMENT) == 0; i++) {
        GtkWidget *focus;

        ui_key(GTK_WIDGET(window), "Tab");
        focus = gtk_root_get_focus(GTK_ROOT(window));
        if (GTK_IS_BUTTON(focus) &&
            g_strcmp0(gtk_button_get_label(GTK_BUTTON(focus)), "Ask for the act") == 0)
            ui_key(GTK_WIDGET(window), "Return");
    }
    ui_wait_text(GTK_WIDGET(page), "Being prepared");
    ui_close(window, page);
}

int
main(int argc, char **argv)
{
    ui_test_init(&argc, &argv);
    g_test_add_func("/settlements/states", test_states);
    g_test_add_func("/settlements/limits", test_limits);
    g_test_add_func("/settlements/ask", test_ask);
    g_test_add_func("/settlements/acts", test_acts);
    g_test_add_func("/settlements/viewer", test_viewer);
    g_test_add_func("/settlements/closed-while-asking", test_closed_while_asking);
    g_test_add_func("/settlements/keyboard", test_keyboard);
    return g_test_run();
}
