/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-audit-page.h"
#include "kab-users-page.h"
#include "ui-test.h"

static KabDataPage *
make_page(void)
{
    g_autoptr(KabClient) client = NULL;

    fake_reset();
    fake_fill_users();
    client = fake_client_new_signed_in("fake:portal", "admin");
    return kab_users_page_new(client, FALSE);
}

static GtkWindow *
show(KabDataPage *page)
{
    GtkWindow *window = ui_show(page, 1000, 700);

    ui_wait_state(page, KAB_PAGE_CONTENT);
    ui_settle();
    return window;
}

typedef struct {
    KabDataPage *page;
    const char *text;
} Text;

static gboolean
is_gone(gpointer data)
{
    const Text *text = data;

    return !ui_has_text(GTK_WIDGET(text->page), text->text);
}

static void
wait_gone(KabDataPage *page, const char *text)
{
    Text gone = {page, text};

    ui_wait_for(is_gone, &gone);
}

static void
choose(KabDataPage *page, const char *name, guint n)
{
    GtkWidget *dropdown = ui_find(GTK_WIDGET(page), GTK_TYPE_DROP_DOWN, name);

    g_assert_nonnull(dropdown);
    gtk_drop_down_set_selected(GTK_DROP_DOWN(dropdown), n);
    ui_settle();
}

static void
test_states(void)
{
    ui_check_states(make_page, FAKE_USERS);
}

static gboolean
shows_ivan_alone(gpointer page)
{
    return ui_has_text(page, "Ivan Petrov") && !ui_has_text(page, "Elena Smirnova");
}

static void
test_find(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    GtkWidget *search = ui_find(GTK_WIDGET(page), GTK_TYPE_SEARCH_ENTRY, "Search in the users");

    g_assert_true(ui_has_text(GTK_WIDGET(page), "Anna Orlova"));
    g_assert_true(ui_has_text(GTK_WIDGET(page), "Registration"));
    choose(page, "Role", 2);
    wait_gone(page, "Anna Orlova");
    g_assert_true(ui_has_text(GTK_WIDGET(page), "Pavel Gone"));
    choose(page, "Active or not", 1);
    wait_gone(page, "Pavel Gone");
    choose(page, "Active or not", 0);
    choose(page, "Role", 0);
    g_assert_true(kab_data_page_focus_search(page));
    gtk_editable_set_text(GTK_EDITABLE(search), "Nobody");
    ui_wait_text(GTK_WIDGET(page), "No user is like that. Try other words or another role.");
    gtk_editable_set_text(GTK_EDITABLE(search), "Ivan");
    ui_wait_for(shows_ivan_alone, page);
    ui_close(window, page);
}

static KabDataPage *
make_audit(void)
{
    g_autoptr(KabClient) client = NULL;

    fake_reset();
    fake_fill_users();
    fake_add_audit("command line: root", "price", "alfa", "prices of 1 products");
    client = fake_client_new_signed_in("fake:portal", "admin");
    return kab_audit_page_new(client, "");
}

static void
test_audit_states(void)
{
    ui_check_states(make_audit, FAKE_AUDIT);
}

static gboolean
shows_manager_alone(gpointer page)
{
    return ui_has_text(page, "manager · Signed in · manager") &&
           !ui_has_text(page, "admin · User · anna");
}

static void
test_audit(void)
{
    KabDataPage *page = make_audit();
    GtkWindow *window = show(page);
    GtkWidget *who = ui_find(GTK_WIDGET(page), GTK_TYPE_SEARCH_ENTRY, "Login of who did it");

    g_assert_true(ui_has_text(GTK_WIDGET(page), "manager · Signed in · manager"));
    g_assert_true(ui_has_text(GTK_WIDGET(page), "command line: root · Price · alfa"));
    choose(page, "Action", 7);
    wait_gone(page, "manager · Signed in · manager");
    g_assert_true(ui_has_text(GTK_WIDGET(page), "admin · User · anna"));
    choose(page, "Action", 0);
    gtk_editable_set_text(GTK_EDITABLE(who), "manager");
    ui_wait_for(shows_manager_alone, page);
    ui_close(window, page);
}

int
main(int argc, char *argv[])
{
    ui_test_init(&argc, &argv);
    g_test_add_func("/users-page/states", test_states);
    g_test_add_func("/users-page/find", test_find);
    g_test_add_func("/users-page/audit-states", test_audit_states);
    g_test_add_func("/users-page/audit", test_audit);
    return g_test_run();
}
