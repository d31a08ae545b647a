/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-settings-page.h"
#include "ui-test.h"

#include <glib/gstdio.h>
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
    ui_wait_text(GTK_WIDGET(page), "“Address of the other end”: “ftp://1c” is no address");
    row = find_entry(page, "Address of the other end");
    g_assert_true(gtk_widget_has_css_class(row, "error"));
    g_assert_cmpstr(gtk_editable_get_text(GTK_EDITABLE(row)), ==, "ftp://1c");
    kab_data_page_reload(page); /* nothing that was entered is lost */
    ui_settle();
    g_assert_true(
        ui_has_text(GTK_WIDGET(page), "Entered and not saved yet: “Address of the other end”"));
    g_assert_cmpstr(gtk_editable_get_text(GTK_EDITABLE(row)), ==, "ftp://1c");
    ui_close(window, page);
}

static gboolean
is_there(gpointer path)
{
    return g_file_test(path, G_FILE_TEST_EXISTS);
}

/* What is saved to a file can be entered from it, and no secret is in it. */
static void
test_file(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    g_autofree char *folder = g_dir_make_tmp("kab-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "settings.json", NULL);
    g_autofree char *text = NULL;
    GtkWidget *row = find_entry(page, "Address of the other end");
    g_autofree char *before = g_strdup(gtk_editable_get_text(GTK_EDITABLE(row)));

    kab_settings_page_save_to(KAB_SETTINGS_PAGE(page), path);
    ui_wait_for(is_there, path);
    ui_settle();
    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_assert_nonnull(strstr(text, "\"exchange.address\""));
    g_assert_null(strstr(text, "exchange.client-secret"));
    enter(page, "Address of the other end", "https://another.example.com");
    kab_settings_page_load_from(KAB_SETTINGS_PAGE(page), path);
    ui_wait_text(GTK_WIDGET(page), "The file says what is set already.");
    g_assert_cmpstr(gtk_editable_get_text(GTK_EDITABLE(row)), ==, before);

    g_assert_true(g_file_set_contents(
        path, "{\"exchange.address\": \"https://new.example.com\", \"no.such\": \"1\"}", -1, NULL));
    kab_settings_page_load_from(KAB_SETTINGS_PAGE(page), path);
    ui_wait_text(GTK_WIDGET(page), "Nothing was entered: there are no such settings here: no.such\n"
                                   "Is it the file of another end?");
    g_assert_cmpstr(gtk_editable_get_text(GTK_EDITABLE(row)), ==, before);
    g_assert_true(
        g_file_set_contents(path, "{\"exchange.address\": \"https://new.example.com\"}", -1, NULL));
    kab_settings_page_load_from(KAB_SETTINGS_PAGE(page), path);
    ui_wait_text(GTK_WIDGET(page), "It is entered, and not saved yet: look at it, then save.");
    g_assert_cmpstr(gtk_editable_get_text(GTK_EDITABLE(row)), ==, "https://new.example.com");
    g_assert_true(ui_can_click(GTK_WIDGET(page), "Save"));
    g_assert_cmpuint(fake_count_calls(FAKE_SET_SETTINGS), ==, 0); /* the person saves it */

    g_assert_true(g_file_set_contents(path, "nonsense", -1, NULL));
    kab_settings_page_load_from(KAB_SETTINGS_PAGE(page), path);
    ui_settle();
    g_assert_cmpstr(gtk_editable_get_text(GTK_EDITABLE(row)), ==, "https://new.example.com");
    g_assert_false(
        ui_has_text(GTK_WIDGET(page), "It is entered, and not saved yet: look at it, then save."));
    g_assert_cmpint(g_remove(path), ==, 0);
    g_assert_cmpint(g_rmdir(folder), ==, 0);
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
    g_assert_true(gtk_widget_has_css_class(find_entry(page, "Client Secret (entered)"), "error"));
    enter(page, "Address of the other end", "https://1c.example.com");
    ui_click(GTK_WIDGET(page), "Check integration");
    ui_wait_text(GTK_WIDGET(page), "Save first: what is saved is checked.");
    g_assert_cmpuint(fake_count_calls(FAKE_CHECK), ==, 2);
    ui_close(window, page);
}

/* Whoever comes to mend something sees which field it is, once. */
static void
test_check_at_once(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window;

    fake_set_problem("The Client Secret is not accepted: enter it again under “HTTP service”");
    kab_settings_page_check(KAB_SETTINGS_PAGE(page));
    window = show(page);
    ui_wait_text(GTK_WIDGET(page),
                 "The Client Secret is not accepted: enter it again under “HTTP service”");
    g_assert_true(gtk_widget_has_css_class(find_entry(page, "Client Secret (entered)"), "error"));
    kab_data_page_reload(page);
    ui_settle();
    g_assert_cmpuint(fake_count_calls(FAKE_CHECK), ==, 1);
    ui_close(window, page);
}

static gboolean
has_secret(gpointer wanted)
{
    return g_strcmp0(fake_get_set_secret(), wanted) == 0;
}

/* A secret is never shown, and is not sent if nobody enters another one. */
static void
test_secret(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    GtkWidget *row = find_entry(page, "Client Secret (entered)");

    g_assert_true(ADW_IS_PASSWORD_ENTRY_ROW(row));
    g_assert_cmpstr(gtk_editable_get_text(GTK_EDITABLE(row)), ==, "");
    gtk_editable_set_text(GTK_EDITABLE(row), "new secret");
    ui_click(GTK_WIDGET(page), "Save");
    ui_wait_for(has_secret, (gpointer) "new secret");
    ui_settle();
    row = find_entry(page, "Client Secret (entered)");
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

    fake_set_word("status", "У директора", NULL);
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

static KabDataPage *
make_base_page(void)
{
    g_autoptr(KabClient) client = NULL;

    fake_reset();
    client = fake_client_new_signed_in("fake:base", "admin");
    return kab_settings_page_new(client, TRUE);
}

static void
test_words_of_base(void)
{
    static const struct {
        const char *kind;
        const char *subtitle;
        guint choice;
        const char *meaning;
    } rows[] = {
        {"unit", "Unit · 2 products have it", 2, "166"},
        {"vat", "VAT rate · 2 products have it", 1, "none"},
        {"currency", "Currency · 2 price types have it", 3, "EUR"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        KabDataPage *page = make_base_page();
        GtkWindow *window;

        fake_set_word(rows[i].kind, "???", NULL);
        window = show(page);
        ui_wait_text(GTK_WIDGET(page), rows[i].subtitle);
        adw_combo_row_set_selected(ADW_COMBO_ROW(find_entry(page, "???")), rows[i].choice);
        ui_settle();
        g_assert_cmpstr(fake_get_meaning(), ==, rows[i].meaning);
        adw_combo_row_set_selected(ADW_COMBO_ROW(find_entry(page, "???")), 0);
        ui_settle();
        g_assert_null(fake_get_meaning());
        ui_close(window, page);
    }
}

/* Where something would stand is seen before there is something. */
static void
test_nothing_to_map(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);

    ui_wait_text(GTK_WIDGET(page), "All words of the base are known");
    fake_set_word("status", "У директора", NULL);
    kab_data_page_reload(page);
    ui_wait_text(GTK_WIDGET(page), "Status · 2 orders have it");
    g_assert_false(ui_has_text(GTK_WIDGET(page), "All words of the base are known"));
    ui_close(window, page);

    page = make_base_page();
    window = show(page);
    ui_wait_text(GTK_WIDGET(page), "Everything that was imported is known");
    ui_wait_text(GTK_WIDGET(page), "There is nobody to publish yet");
    g_assert_false(ui_can_click(GTK_WIDGET(page), "Fill by default"));
    ui_close(window, page);
}

/* What was refused stands there as it is. */
static void
test_roles(void)
{
    KabDataPage *page = make_base_page();
    GtkWindow *window;

    fake_fill_roles();
    window = show(page);
    ui_wait_text(GTK_WIDGET(page), "14 contact persons");
    adw_combo_row_set_selected(ADW_COMBO_ROW(find_entry(page, "Директор")), 1);
    ui_settle();
    g_assert_cmpstr(fake_get_role(1), ==, "head");
    adw_combo_row_set_selected(ADW_COMBO_ROW(find_entry(page, "Директор")), 0);
    ui_settle();
    g_assert_null(fake_get_role(1));
    fake_fail(FAKE_SET_ROLES, KAB_ERROR_DENIED, "You may not do that");
    adw_combo_row_set_selected(ADW_COMBO_ROW(find_entry(page, "Sales manager")), 1);
    ui_settle();
    g_assert_cmpstr(ui_get_toast(), ==, "You may not do that");
    g_assert_cmpuint(adw_combo_row_get_selected(ADW_COMBO_ROW(find_entry(page, "Sales manager"))),
                     ==, 0);
    ui_close(window, page);
}

/* Filled at once, and exactly that is taken back. */
static void
test_fill_roles(void)
{
    KabDataPage *page = make_base_page();
    GtkWindow *window;

    fake_fill_roles();
    window = show(page);
    ui_wait_text(GTK_WIDGET(page), "14 contact persons");
    fake_hold(FAKE_FILL_ROLES);
    ui_click(GTK_WIDGET(page), "Fill by default");
    ui_wait_held(FAKE_FILL_ROLES);
    g_assert_false(ui_can_click(GTK_WIDGET(page), "Fill by default")); /* twice is once */
    fake_release_all(FAKE_FILL_ROLES);
    ui_settle();
    g_assert_cmpstr(ui_get_toast(), ==, "3 roles were filled by default");
    g_assert_cmpstr(fake_get_role(0), ==, "manager");
    g_assert_cmpstr(fake_get_role(2), ==, "buyer");
    ui_click_toast();
    ui_settle();
    for (guint i = 0; i < 3; i++)
        g_assert_null(fake_get_role(i));
    g_assert_cmpstr(fake_get_role(3), ==, "viewer");
    g_assert_cmpuint(adw_combo_row_get_selected(ADW_COMBO_ROW(find_entry(page, "No role told"))),
                     ==, 0);
    ui_close(window, page);
}

/* The page goes while the roles are filled, and before what was filled is taken back. */
static void
test_roles_closed(void)
{
    KabDataPage *page = make_base_page();
    GtkWindow *window;

    fake_fill_roles();
    window = show(page);
    ui_wait_text(GTK_WIDGET(page), "14 contact persons");
    fake_hold(FAKE_SET_ROLES);
    ui_click(GTK_WIDGET(page), "Fill by default");
    ui_settle();
    ui_click_toast();
    ui_wait_held(FAKE_SET_ROLES);
    fake_hold(FAKE_FILL_ROLES);
    ui_click(GTK_WIDGET(page), "Fill by default");
    ui_wait_held(FAKE_FILL_ROLES);
    ui_close(window, page);
    fake_release_all(FAKE_SET_ROLES);
    ui_settle();
    g_assert_null(fake_get_role(0));
}

int
main(int argc, char *argv[])
{
    ui_test_init(&argc, &argv);
    g_test_add_func("/settings-page/states", test_states);
    g_test_add_func("/settings-page/save", test_save);
    g_test_add_func("/settings-page/check-at-once", test_check_at_once);
    g_test_add_func("/settings-page/refused", test_refused);
    g_test_add_func("/settings-page/check", test_check);
    g_test_add_func("/settings-page/file", test_file);
    g_test_add_func("/settings-page/secret", test_secret);
    g_test_add_func("/settings-page/schedule", test_schedule);
    g_test_add_func("/settings-page/kinds", test_kinds);
    g_test_add_func("/settings-page/words", test_words);
    g_test_add_func("/settings-page/words-of-base", test_words_of_base);
    g_test_add_func("/settings-page/nothing-to-map", test_nothing_to_map);
    g_test_add_func("/settings-page/roles", test_roles);
    g_test_add_func("/settings-page/fill-roles", test_fill_roles);
    g_test_add_func("/settings-page/roles-closed", test_roles_closed);
    return g_test_run();
}
