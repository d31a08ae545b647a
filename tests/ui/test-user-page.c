/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-key-dialog.h"
#include "kab-user-page.h"
#include "ui-test.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

enum { ADMIN, BUYER, PROGRAM, MANAGER, FORMER };

static KabDataPage *
make_page_of(const char *id)
{
    g_autoptr(KabClient) client = fake_client_new_signed_in("fake:portal", "admin");

    return kab_user_page_new(client, id, FALSE);
}

static KabDataPage *
make_page(void)
{
    fake_reset();
    fake_fill_users();
    return make_page_of(fake_get_user(MANAGER)->id.text);
}

static KabDataPage *
make(guint i)
{
    fake_reset();
    fake_fill_users();
    return make_page_of(fake_get_user(i)->id.text);
}

static GtkWindow *
show(KabDataPage *page)
{
    GtkWindow *window = ui_show(page, 800, 1200);

    ui_wait_state(page, KAB_PAGE_CONTENT);
    ui_settle();
    return window;
}

static void
enter(KabDataPage *page, GType type, const char *title, const char *text)
{
    GtkWidget *row = ui_find(GTK_WIDGET(page), type, title);

    g_assert_nonnull(row);
    gtk_editable_set_text(GTK_EDITABLE(row), text);
    ui_settle();
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
test_states(void)
{
    ui_check_states(make_page, FAKE_USER);
}

static void
test_edit(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    GtkWidget *active = ui_child(page, KAB_TYPE_USER_PAGE, "active_switch");

    g_assert_false(ui_can_click(GTK_WIDGET(page), "Save"));
    enter(page, ADW_TYPE_ENTRY_ROW, "Name", "Ivan Sidorov");
    enter(page, ADW_TYPE_ENTRY_ROW, "Phone", "");
    gtk_switch_set_active(GTK_SWITCH(active), FALSE);
    kab_data_page_reload(page); /* nothing that was entered is lost */
    ui_settle();
    fake_hold(FAKE_SET_USER);
    ui_key(GTK_WIDGET(window), "ctrl+s");
    ui_key(GTK_WIDGET(window), "ctrl+s"); /* pressed twice */
    ui_wait_held(FAKE_SET_USER);
    g_assert_cmpuint(fake_count_held(FAKE_SET_USER), ==, 1);
    fake_release_all(FAKE_SET_USER);
    wait_toast("The user is saved");
    g_assert_cmpstr(fake_get_user(MANAGER)->name, ==, "Ivan Sidorov");
    g_assert_null(fake_get_user(MANAGER)->phone);
    g_assert_false(fake_get_user(MANAGER)->active);
    g_assert_cmpint(fake_get_user(MANAGER)->role, ==, KAB_ROLE_MANAGER);
    g_assert_false(kab_data_page_is_edited(page));
    ui_close(window, page);
}

static void
test_program(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    GtkWidget *program = ui_child(page, KAB_TYPE_USER_PAGE, "program_switch");

    g_assert_false(ui_has_text(GTK_WIDGET(page), "Keys"));
    gtk_switch_set_active(GTK_SWITCH(program), TRUE);
    ui_settle();
    ui_click(GTK_WIDGET(page), "Save");
    wait_toast("The user is saved");
    g_assert_cmpint(fake_get_user(MANAGER)->role, ==, KAB_ROLE_EXCHANGE);
    ui_wait_text(GTK_WIDGET(page), "No keys yet");
    ui_close(window, page);
}

/* What nobody does to oneself, and what the base says of partners' people. */
static void
test_not_here(void)
{
    KabDataPage *page = make(ADMIN);
    GtkWindow *window = show(page);

    g_assert_false(ui_can_click(GTK_WIDGET(page), "Delete user"));
    g_assert_false(gtk_widget_get_sensitive(ui_child(page, KAB_TYPE_USER_PAGE, "active_row")));
    ui_close(window, page);
    page = make(BUYER);
    window = show(page);
    g_assert_true(ui_has_text(GTK_WIDGET(page), "Buyer · Horns and Hooves"));
    g_assert_false(gtk_widget_get_visible(ui_child(page, KAB_TYPE_USER_PAGE, "role_row")));
    g_assert_true(ui_can_click(GTK_WIDGET(page), "Send an invitation"));
    ui_close(window, page);
}

static void
test_refused(void)
{
    KabDataPage *page = make_page_of((fake_reset(), fake_fill_users(), ""));
    GtkWindow *window = show(page);
    GtkWidget *email;

    g_assert_false(ui_can_click(GTK_WIDGET(page), "Save"));
    enter(page, ADW_TYPE_ENTRY_ROW, "Login", "manager");
    ui_click(GTK_WIDGET(page), "Save");
    ui_wait_text(GTK_WIDGET(page), "Somebody else has the login");
    g_assert_true(kab_data_page_is_edited(page));
    enter(page, ADW_TYPE_ENTRY_ROW, "Login", "sidorov");
    /* The field that was refused is marked, until something else stands there. */
    enter(page, ADW_TYPE_ENTRY_ROW, "E-mail", "nonsense");
    fake_fail(FAKE_SET_USER, KAB_ERROR_INVALID, "“nonsense” is not an e-mail address");
    ui_click(GTK_WIDGET(page), "Save");
    ui_wait_text(GTK_WIDGET(page), "“nonsense” is not an e-mail address");
    email = ui_find(GTK_WIDGET(page), ADW_TYPE_ENTRY_ROW, "E-mail");
    g_assert_true(gtk_widget_has_css_class(email, "error"));
    fake_fail(FAKE_SET_USER, -1, NULL);
    enter(page, ADW_TYPE_ENTRY_ROW, "E-mail", "");
    g_assert_false(gtk_widget_has_css_class(email, "error"));
    ui_click(GTK_WIDGET(page), "Save");
    wait_toast("The user is created");
    g_assert_cmpstr(fake_get_user(fake_count_users() - 1)->name, ==, "sidorov");
    ui_close(window, page);
}

static void
test_password(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    GtkWidget *row = ui_find(GTK_WIDGET(page), ADW_TYPE_PASSWORD_ENTRY_ROW, "New password");

    g_assert_false(ui_can_click(GTK_WIDGET(page), "Set password"));
    gtk_editable_set_text(GTK_EDITABLE(row), "short");
    ui_click(GTK_WIDGET(page), "Set password");
    wait_toast("The password is too short");
    g_assert_true(gtk_widget_has_css_class(row, "error"));
    gtk_editable_set_text(GTK_EDITABLE(row), "a long pass phrase");
    ui_click(GTK_WIDGET(page), "Set password");
    wait_toast("The password is set; all sessions of the user ended");
    g_assert_cmpstr(gtk_editable_get_text(GTK_EDITABLE(row)), ==, "");
    ui_wait_text(GTK_WIDGET(page), "Nobody is signed in");
    ui_click(GTK_WIDGET(page), "Reset and send a letter");
    wait_toast("A letter with a code is on its way");
    g_assert_false(fake_get_user(MANAGER)->has_password);
    ui_close(window, page);
}

static void
test_sessions(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);

    ui_click(GTK_WIDGET(page), "End: Kabinet 1 at home");
    wait_toast("The session has ended");
    g_assert_false(ui_has_text(GTK_WIDGET(page), "Kabinet 1 at home"));
    g_assert_true(ui_has_text(GTK_WIDGET(page), "Kabinet 1 in the office"));
    ui_close(window, page);
}

static GtkWindow *
find_key_dialog(void)
{
    g_autoptr(GList) windows = gtk_window_list_toplevels();

    for (GList *l = windows; l != NULL; l = l->next)
        if (KAB_IS_KEY_DIALOG(l->data))
            return l->data;
    return NULL;
}

static gboolean
is_private(gpointer path)
{
    GStatBuf status;

    return g_stat(path, &status) == 0 && (status.st_mode & 0777) == 0600;
}

/* The secret is seen once, and the file is its owner's alone, whatever was there. */
static void
test_keys(void)
{
    KabDataPage *page = make(PROGRAM);
    GtkWindow *window = show(page);
    g_autofree char *folder = g_dir_make_tmp("kab-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "key.json", NULL);
    g_autofree char *text = NULL;
    GtkWindow *dialog;

    g_assert_true(ui_has_text(GTK_WIDGET(page), "kab_7Qd2mWzT0u"));
    fake_hold(FAKE_SET_USER);
    ui_key(GTK_WIDGET(window), "ctrl+n");
    ui_key(GTK_WIDGET(window), "ctrl+n"); /* pressed twice */
    g_assert_cmpuint(fake_count_held(FAKE_SET_USER), ==, 1);
    fake_release_all(FAKE_SET_USER);
    wait_toast("The key is made");
    dialog = find_key_dialog();
    g_assert_nonnull(dialog);
    g_assert_true(ui_has_text(GTK_WIDGET(dialog), "the-secret-that-is-shown-once"));
    ui_click(GTK_WIDGET(dialog), "Copy the Client Secret");
    ui_wait_text(GTK_WIDGET(dialog), "The Client Secret is copied");
    g_assert_true(g_file_set_contents_full(path, "old", -1, G_FILE_SET_CONTENTS_NONE, 0644, NULL));
    kab_key_dialog_save(KAB_KEY_DIALOG(dialog), path);
    ui_wait_for(is_private, path);
    ui_settle();
    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_assert_nonnull(strstr(text, "the-secret-that-is-shown-once"));
    ui_click(GTK_WIDGET(dialog), "Done");
    ui_settle();
    g_assert_null(find_key_dialog());
    g_assert_false(ui_has_text(GTK_WIDGET(page), "the-secret-that-is-shown-once"));
    g_assert_true(ui_has_text(GTK_WIDGET(page), "kab_new2"));
    g_assert_null(ui_find(GTK_WIDGET(page), GTK_TYPE_BUTTON, "Revoke the key kab_1aBcD2eFgH"));
    ui_click(GTK_WIDGET(page), "Revoke the key kab_7Qd2mWzT0u");
    wait_toast("The key kab_7Qd2mWzT0u is revoked");
    g_assert_null(ui_find(GTK_WIDGET(page), GTK_TYPE_BUTTON, "Revoke the key kab_7Qd2mWzT0u"));
    g_assert_false(fake_is_revoked("kab_7Qd2mWzT0u"));
    ui_click_toast();
    ui_settle();
    ui_click(GTK_WIDGET(page), "Revoke the key kab_7Qd2mWzT0u");
    ui_settle();
    ui_dismiss_toast();
    ui_settle();
    g_assert_true(fake_is_revoked("kab_7Qd2mWzT0u"));
    g_assert_null(ui_find(GTK_WIDGET(page), GTK_TYPE_BUTTON, "Revoke the key kab_7Qd2mWzT0u"));
    g_assert_cmpint(g_remove(path), ==, 0);
    g_assert_cmpint(g_rmdir(folder), ==, 0);
    ui_close(window, page);
}

/* One press of Escape does not lose what nobody can see once more. */
static void
test_key_not_taken(void)
{
    KabDataPage *page = make(PROGRAM);
    GtkWindow *window = show(page);

    ui_key(GTK_WIDGET(window), "ctrl+n");
    wait_toast("The key is made");
    ui_key(GTK_WIDGET(find_key_dialog()), "Escape");
    ui_wait_text(
        GTK_WIDGET(find_key_dialog()),
        "The secret is shown only now: copy or save it first. Who closes once more, closes.");
    ui_key(GTK_WIDGET(find_key_dialog()), "Escape");
    ui_settle();
    g_assert_null(find_key_dialog());
    ui_close(window, page);
}

static void
test_closed(void)
{
    KabDataPage *page = make(PROGRAM);
    GtkWindow *window = show(page);

    ui_click(GTK_WIDGET(page), "New key");
    ui_settle();
    fake_hold(FAKE_SET_USER);
    ui_click(GTK_WIDGET(page), "End: Kabinet 1 at home");
    ui_wait_held(FAKE_SET_USER);
    ui_close(window, page);
    g_assert_null(find_key_dialog());
}

/* Who is deleted is out at once, and back with “Undo”. */
static void
test_delete(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    guint before = fake_count_users();

    ui_key(GTK_WIDGET(window), "ctrl+shift+Delete");
    wait_toast("“Ivan Petrov” is deleted");
    g_assert_false(fake_get_user(MANAGER)->active);
    ui_click_toast();
    ui_settle();
    g_assert_true(fake_get_user(MANAGER)->active);
    g_assert_cmpuint(fake_count_users(), ==, before);
    ui_act(GTK_WIDGET(page), "user.delete");
    ui_settle();
    ui_dismiss_toast();
    ui_settle();
    g_assert_cmpuint(fake_count_users(), ==, before - 1);
    ui_close(window, page);
}

int
main(int argc, char *argv[])
{
    ui_test_init(&argc, &argv);
    g_test_add_func("/user-page/states", test_states);
    g_test_add_func("/user-page/edit", test_edit);
    g_test_add_func("/user-page/program", test_program);
    g_test_add_func("/user-page/not-here", test_not_here);
    g_test_add_func("/user-page/refused", test_refused);
    g_test_add_func("/user-page/password", test_password);
    g_test_add_func("/user-page/sessions", test_sessions);
    g_test_add_func("/user-page/keys", test_keys);
    g_test_add_func("/user-page/key-not-taken", test_key_not_taken);
    g_test_add_func("/user-page/closed", test_closed);
    g_test_add_func("/user-page/delete", test_delete);
    return g_test_run();
}
