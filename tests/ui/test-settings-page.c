/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-settings-page.h"
#include "ui-test.h"

#include <string.h>

static KabDataPage *
make_page(void)
{
    g_autoptr(KabClient) client = NULL;

    fake_reset();
    client = fake_client_new_signed_in("fake:portal", "admin");
    return kab_settings_page_new(client, FALSE);
}

static GtkWindow *
show(KabDataPage *page)
{
    GtkWindow *window = ui_show(page, 1000, 700);

    ui_wait_state(page, KAB_PAGE_CONTENT);
    return window;
}

static GtkWidget *
find_entry(KabDataPage *page, const char *title)
{
    GtkWidget *row = ui_find(GTK_WIDGET(page), GTK_TYPE_LIST_BOX_ROW, title);

    g_assert_nonnull(row);
    return row;
}

static void
enter(KabDataPage *page, const char *title, const char *text)
{
    gtk_editable_set_text(GTK_EDITABLE(find_entry(page, title)), text);
    ui_settle();
}

static void
test_states(void)
{
    ui_check_states(make_page, FAKE_SETTINGS);
}

static void
test_save(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);

    g_assert_false(ui_can_click(GTK_WIDGET(page), "Save"));
    enter(page, "Address of the other end", "https://1c.example.com");
    fake_hold(FAKE_SET_SETTINGS);
    ui_key(GTK_WIDGET(window), "ctrl+s");
    ui_wait_held(FAKE_SET_SETTINGS);
    ui_key(GTK_WIDGET(window), "ctrl+s"); /* pressed twice */
    g_assert_cmpuint(fake_count_held(FAKE_SET_SETTINGS), ==, 1);
    fake_release_all(FAKE_SET_SETTINGS);
    ui_settle();
    g_assert_cmpstr(ui_get_toast(), ==, "The settings are saved");
    g_assert_cmpstr(fake_get_setting("exchange.address"), ==, "https://1c.example.com");
    g_assert_cmpstr(fake_get_setting("exchange.schedule"), ==, "05:00");
    g_assert_false(ui_can_click(GTK_WIDGET(page), "Save"));
    ui_close(window, page);
}

/* The field is marked, what was entered stays, and the message says what is wrong. */
static void
test_refused(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    GtkWidget *row;

    enter(page, "Address of the other end", "ftp://1c");
    fake_fail(FAKE_SET_SETTINGS, KAB_ERROR_INVALID, "exchange.address: “ftp://1c” is no address");
    ui_click(GTK_WIDGET(page), "Save");
    ui_wait_text(GTK_WIDGET(page), "exchange.address: “ftp://1c” is no address");
    row = find_entry(page, "Address of the other end");
    g_assert_true(gtk_widget_has_css_class(row, "error"));
    g_assert_cmpstr(gtk_editable_get_text(GTK_EDITABLE(row)), ==, "ftp://1c");
    kab_data_page_reload(page); /* nothing that was entered is lost */
    ui_settle();
    g_assert_cmpstr(gtk_editable_get_text(GTK_EDITABLE(row)), ==, "ftp://1c");
    ui_close(window, page);
}

static void
test_check(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);

    ui_click(GTK_WIDGET(page), "Check integration");
    ui_wait_text(GTK_WIDGET(page), "The service is available");
    fake_set_problem("The Client Secret is not accepted: enter it again under “HTTP service”");
    ui_key(GTK_WIDGET(window), "ctrl+Return");
    ui_wait_text(GTK_WIDGET(page),
                 "The Client Secret is not accepted: enter it again under “HTTP service”");
    g_assert_true(gtk_widget_has_css_class(
        find_entry(page, "Client Secret (entered; type to replace it)"), "error"));
    enter(page, "Address of the other end", "https://1c.example.com");
    ui_click(GTK_WIDGET(page), "Check integration");
    ui_wait_text(GTK_WIDGET(page), "Save first: what is saved is checked.");
    g_assert_cmpuint(fake_count_calls(FAKE_CHECK), ==, 2);
    ui_close(window, page);
}

/* A secret is never shown, and is not sent if nobody enters another one. */
static void
test_secret(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    GtkWidget *row = find_entry(page, "Client Secret (entered; type to replace it)");

    g_assert_true(ADW_IS_PASSWORD_ENTRY_ROW(row));
    g_assert_cmpstr(gtk_editable_get_text(GTK_EDITABLE(row)), ==, "");
    gtk_editable_set_text(GTK_EDITABLE(row), "new secret");
    ui_click(GTK_WIDGET(page), "Save");
    ui_wait_calls(FAKE_SET_SETTINGS, 0);
    ui_settle();
    g_assert_cmpstr(fake_get_set_secret(), ==, "new secret");
    row = find_entry(page, "Client Secret (entered; type to replace it)");
    g_assert_cmpstr(gtk_editable_get_text(GTK_EDITABLE(row)), ==, "");
    ui_close(window, page);
}

static void
test_schedule(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);

    enter(page, "Schedule of the exchange", "0");
    ui_wait_text(GTK_WIDGET(page), "none: the schedule is off");
    enter(page, "Schedule of the exchange", "often");
    ui_wait_text(GTK_WIDGET(page), "Seconds or mm:ss are expected, such as 300 or 05:00");
    ui_close(window, page);
}

/* A switch works at once, and says again what is so if it was refused. */
static void
test_kinds(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    GtkWidget *row;

    ui_wait_text(GTK_WIDGET(page), "14 in the queue");
    row = find_entry(page, "Picture");
    adw_action_row_activate(ADW_ACTION_ROW(row));
    ui_settle();
    g_assert_true(fake_is_kind_off(2));
    fake_fail(FAKE_SET_KIND, KAB_ERROR_DENIED, "You may not do that");
    row = find_entry(page, "Product");
    adw_action_row_activate(ADW_ACTION_ROW(row));
    ui_settle();
    g_assert_cmpstr(ui_get_toast(), ==, "You may not do that");
    g_assert_false(fake_is_kind_off(1));
    g_assert_true(gtk_switch_get_active(
        GTK_SWITCH(adw_action_row_get_activatable_widget(ADW_ACTION_ROW(row)))));
    ui_close(window, page);
}

/* What a word of the base means is said where it is told that it is not known. */
static void
test_words(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window;
    GtkWidget *row;

    fake_set_word("У директора", NULL);
    window = show(page);
    ui_wait_text(GTK_WIDGET(page), "Status · 2 orders have it");
    row = find_entry(page, "У директора");
    adw_combo_row_set_selected(ADW_COMBO_ROW(row), 2);
    ui_settle();
    g_assert_cmpstr(fake_get_meaning(), ==, "to-fulfil");
    g_assert_false(ui_has_text(GTK_WIDGET(page), "Status · 2 orders have it"));
    row = find_entry(page, "У директора");
    g_assert_cmpuint(adw_combo_row_get_selected(ADW_COMBO_ROW(row)), ==, 2);
    adw_combo_row_set_selected(ADW_COMBO_ROW(row), 0);
    ui_settle();
    g_assert_null(fake_get_meaning());
    ui_close(window, page);
}

int
main(int argc, char *argv[])
{
    ui_test_init(&argc, &argv);
    g_test_add_func("/settings-page/states", test_states);
    g_test_add_func("/settings-page/save", test_save);
    g_test_add_func("/settings-page/refused", test_refused);
    g_test_add_func("/settings-page/check", test_check);
    g_test_add_func("/settings-page/secret", test_secret);
    g_test_add_func("/settings-page/schedule", test_schedule);
    g_test_add_func("/settings-page/kinds", test_kinds);
    g_test_add_func("/settings-page/words", test_words);
    return g_test_run();
}
