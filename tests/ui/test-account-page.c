/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-account-page.h"
#include "kab-basket-page.h"
#include "kab-format.h"
#include "kab-main-view.h"
#include "kab-window.h"
#include "ui-test.h"

static KabSession *session; /* of the page that was made last */

static gboolean
is_set(gpointer data)
{
    return *(gboolean *)data;
}

static void
on_signed_in(GObject *source, GAsyncResult *result, gpointer data)
{
    g_assert_true(kab_session_sign_in_finish(KAB_SESSION(source), result, NULL));
    *(gboolean *)data = TRUE;
}

static KabDataPage *
make_page_for(const char *login)
{
    gboolean done = FALSE;

    g_clear_object(&session);
    session = kab_session_new("fake:portal", NULL, NULL);
    kab_session_sign_in_async(session, login, "right", FALSE, NULL, on_signed_in, &done);
    ui_wait_for(is_set, &done);
    return kab_account_page_new(session);
}

static KabDataPage *
make_page(void)
{
    fake_reset();
    fake_add_session("there", "Kabinet 1 at home libsoup/3.2.3");
    return make_page_for("anna");
}

static GtkWindow *
show(KabDataPage *page)
{
    GtkWindow *window = ui_show(page, 800, 1000);

    ui_wait_state(page, KAB_PAGE_CONTENT);
    ui_settle();
    return window;
}

static void
close_page(GtkWindow *window, KabDataPage *page)
{
    ui_close(window, page);
    kab_session_sign_out(session);
    g_clear_object(&session);
}

static gboolean
has_toast(gpointer text)
{
    return g_str_equal(ui_get_toast(), text);
}

static void
wait_toast(const char *text)
{
    ui_wait_for(has_toast, (gpointer)text);
    ui_settle();
}

static void
type(KabDataPage *page, const char *name, const char *text)
{
    GtkWidget *row = ui_find(GTK_WIDGET(page), ADW_TYPE_PASSWORD_ENTRY_ROW, name);

    gtk_editable_set_text(GTK_EDITABLE(row), text);
}

static void
test_states(void)
{
    ui_check_states(make_page, FAKE_ACCOUNT);
    g_clear_object(&session);
}

static void
test_person(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);

    g_assert_true(ui_has_text(GTK_WIDGET(page), "anna"));
    g_assert_true(ui_has_text(GTK_WIDGET(page), "Buyer"));
    /* One partner: nothing to choose. */
    g_assert_false(ui_has_text(GTK_WIDGET(page), "Partners"));
    close_page(window, page);
}

static void
test_language(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    GtkWidget *row = ui_find(GTK_WIDGET(page), ADW_TYPE_COMBO_ROW, "Language of letters");

    g_assert_cmpuint(fake_count_calls(FAKE_SET_ACCOUNT), ==, 0);
    adw_combo_row_set_selected(ADW_COMBO_ROW(row), 1);
    wait_toast("Letters come in the chosen language from now on");
    g_assert_cmpstr(fake_get_language(), ==, "en");

    /* What was refused is not shown as if it were so. */
    fake_fail(FAKE_SET_ACCOUNT, KAB_ERROR_FAILED, "Not today");
    adw_combo_row_set_selected(ADW_COMBO_ROW(row), 0);
    wait_toast("Not today");
    g_assert_cmpuint(adw_combo_row_get_selected(ADW_COMBO_ROW(row)), ==, 1);
    close_page(window, page);
}

static void
test_sessions(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);

    g_assert_true(ui_has_text(GTK_WIDGET(page), "This session"));
    g_assert_cmpstr(kab_format_address("unix"), ==, "this computer");
    g_assert_cmpstr(kab_format_address("192.0.2.7"), ==, "192.0.2.7");
    g_assert_true(ui_has_text(GTK_WIDGET(page), "Kabinet 1 at home"));
    ui_click(GTK_WIDGET(page), "End: Kabinet 1 at home");
    wait_toast("The session has ended");
    g_assert_false(ui_has_text(GTK_WIDGET(page), "Kabinet 1 at home"));
    g_assert_true(ui_has_text(GTK_WIDGET(page), "This session"));
    close_page(window, page);
}

static void
test_password(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    GtkWidget *row = ui_find(GTK_WIDGET(page), ADW_TYPE_PASSWORD_ENTRY_ROW, "New password");

    type(page, "New password", "a long pass phrase");
    ui_click(GTK_WIDGET(page), "Change password");
    wait_toast("Enter the password so far and a new one.");
    g_assert_true(kab_data_page_is_edited(page));
    type(page, "Password so far", "wrong");
    ui_click(GTK_WIDGET(page), "Change password");
    wait_toast("The password is wrong");
    type(page, "Password so far", "right");
    type(page, "New password", "short");
    ui_click(GTK_WIDGET(page), "Change password");
    wait_toast("The password is too short");
    g_assert_true(gtk_widget_has_css_class(row, "error"));
    type(page, "New password", "a long pass phrase");
    g_assert_false(gtk_widget_has_css_class(row, "error"));
    ui_click(GTK_WIDGET(page), "Change password");
    wait_toast("The password is changed; your other sessions ended");
    g_assert_cmpstr(gtk_editable_get_text(GTK_EDITABLE(row)), ==, "");
    g_assert_false(kab_data_page_is_edited(page));
    g_assert_false(ui_has_text(GTK_WIDGET(page), "Kabinet 1 at home"));
    close_page(window, page);
}

static void
test_closed_while_changing(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);

    fake_hold(FAKE_SET_ACCOUNT);
    ui_click(GTK_WIDGET(page), "End: Kabinet 1 at home");
    g_assert_cmpuint(fake_count_held(FAKE_SET_ACCOUNT), ==, 1);
    close_page(window, page);
}

static void
test_keyboard(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);

    gtk_window_set_focus(window, NULL);
    for (int i = 0; i < 30 && fake_count_calls(FAKE_SET_ACCOUNT) == 0; i++) {
        GtkWidget *focus;

        ui_key(GTK_WIDGET(window), "Tab");
        focus = gtk_root_get_focus(GTK_ROOT(window));
        if (GTK_IS_BUTTON(focus) && g_strcmp0(gtk_button_get_label(GTK_BUTTON(focus)), "End") == 0)
            ui_key(GTK_WIDGET(window), "Return");
    }
    wait_toast("The session has ended");
    close_page(window, page);
}

static gboolean
has_view(gpointer data)
{
    return kab_window_get_main_view(data) != NULL;
}

static gboolean
is_null(gpointer data)
{
    return *(gpointer *)data == NULL;
}

static gboolean
acts_for_other(gpointer data)
{
    const KabUser *user = kab_session_get_user(kab_window_get_session(data));

    return user != NULL && g_str_equal(user->partner_id.text, FAKE_OTHER_PARTNER);
}

static gboolean
is_other_chosen(gpointer window)
{
    GtkWidget *choice = ui_find(window, GTK_TYPE_CHECK_BUTTON, "Wheels and Deals");

    return choice != NULL && gtk_check_button_get_active(GTK_CHECK_BUTTON(choice));
}

static KabDataPage *
get_page(KabWindow *window)
{
    return kab_main_view_get_page(kab_window_get_main_view(window));
}

static KabWindow *
open_window(void)
{
    const KabAppConfig config = {.portal_address = "fake:portal"};
    KabWindow *window = kab_window_new(NULL, &config);

    gtk_window_present(GTK_WINDOW(window));
    ui_wait_text(GTK_WIDGET(window), "Sign in to Kabinet");
    gtk_editable_set_text(
        GTK_EDITABLE(ui_find(GTK_WIDGET(window), ADW_TYPE_ENTRY_ROW, "Login, phone or e-mail")),
        "anna");
    ui_click(GTK_WIDGET(window), "Next");
    gtk_editable_set_text(
        GTK_EDITABLE(ui_find(GTK_WIDGET(window), ADW_TYPE_PASSWORD_ENTRY_ROW, "Password")),
        "right");
    ui_click(GTK_WIDGET(window), "Sign in");
    ui_wait_for(has_view, window);
    ui_settle();
    return window;
}

/* With another partner all pages are that one's: none of the one before is left. */
static void
test_switch(void)
{
    gpointer window;
    KabDataPage *before;
    GtkWidget *choice;

    fake_reset();
    fake_fill(10, 3, FALSE);
    fake_add_partner();
    window = open_window();
    g_assert_true(ui_has_text(window, "Horns and Hooves"));
    ui_act(window, "win.show-basket");
    before = get_page(window);
    g_object_add_weak_pointer(G_OBJECT(before), (gpointer *)&before);
    ui_act(window, "win.account");
    ui_wait_text(window, "Partners");
    choice = ui_find(window, GTK_TYPE_CHECK_BUTTON, "Wheels and Deals");
    g_assert_false(gtk_check_button_get_active(GTK_CHECK_BUTTON(choice)));
    gtk_check_button_set_active(GTK_CHECK_BUTTON(choice), TRUE);
    ui_wait_for(acts_for_other, window);
    ui_wait_for(is_null, &before);
    ui_settle();
    g_assert_true(ui_has_text(window, "Wheels and Deals"));
    g_assert_false(ui_has_text(window, "Horns and Hooves"));
    g_assert_true(fake_live_is_started());

    /* And back; what fails leaves the person where it was. */
    ui_act(window, "win.account");
    ui_wait_text(window, "Partners");
    fake_fail(FAKE_SET_ACCOUNT, KAB_ERROR_BUSY, "Nobody there");
    choice = ui_find(window, GTK_TYPE_CHECK_BUTTON, "Horns and Hooves");
    gtk_check_button_set_active(GTK_CHECK_BUTTON(choice), TRUE);
    ui_settle();
    g_assert_true(acts_for_other(window));
    g_assert_true(fake_live_is_started());
    ui_wait_for(is_other_chosen, window);

    g_object_add_weak_pointer(G_OBJECT(window), &window);
    gtk_window_destroy(GTK_WINDOW(window));
    ui_wait_for(is_null, &window);
}

int
main(int argc, char **argv)
{
    ui_test_init(&argc, &argv);
    g_test_add_func("/account/states", test_states);
    g_test_add_func("/account/person", test_person);
    g_test_add_func("/account/language", test_language);
    g_test_add_func("/account/sessions", test_sessions);
    g_test_add_func("/account/password", test_password);
    g_test_add_func("/account/closed-while-changing", test_closed_while_changing);
    g_test_add_func("/account/keyboard", test_keyboard);
    g_test_add_func("/account/switch", test_switch);
    return g_test_run();
}
