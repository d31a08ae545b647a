/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-task-page.h"
#include "kab-tasks-page.h"
#include "ui-test.h"

#include <string.h>

/* The list of tasks, and the card of one. */

static KabClient *
fill(const char *login)
{
    fake_reset();
    fake_fill(10, 14, FALSE);
    fake_fill_tasks(3);
    return fake_client_new_signed_in("fake:portal", login);
}

static KabDataPage *
make_list(void)
{
    g_autoptr(KabClient) client = fill("olga");

    return kab_tasks_page_new(client);
}

static KabDataPage *
make_card_for(const char *login)
{
    g_autoptr(KabClient) client = fill(login);

    return kab_task_page_new(client, fake_get_task(0)->id, FALSE);
}

static KabDataPage *
make_card(void)
{
    return make_card_for("olga");
}

static GtkWindow *
show(KabDataPage *page)
{
    GtkWindow *window = ui_show(page, 900, 800);

    ui_wait_state(page, KAB_PAGE_CONTENT);
    return window;
}

static void
test_states(void)
{
    ui_check_states(make_list, FAKE_TASKS);
    ui_check_states(make_card, FAKE_TASK);
}

static void
test_list(void)
{
    KabDataPage *page = make_list();
    GtkWidget *filter = ui_child(page, KAB_TYPE_LIST_PAGE, "filter_dropdown");
    GtkWindow *window;

    fake_get_task(0)->state = KAB_TASK_FINISHED;
    window = ui_show(page, 900, 700);
    ui_wait_text(GTK_WIDGET(page), "Approve order 0000-000014");
    g_assert_true(ui_has_text(GTK_WIDGET(page), "Finished"));
    g_assert_nonnull(ui_find(GTK_WIDGET(page), GTK_TYPE_BUTTON, "Open: Approve order 0000-000013"));

    gtk_drop_down_set_selected(GTK_DROP_DOWN(filter), 1); /* those that wait */
    ui_settle();
    g_assert_false(ui_has_text(GTK_WIDGET(page), "Approve order 0000-000014"));
    g_assert_true(ui_has_text(GTK_WIDGET(page), "Approve order 0000-000013"));
    fake_get_task(1)->state = fake_get_task(2)->state = KAB_TASK_WITHDRAWN;
    kab_data_page_reload(page);
    ui_wait_text(GTK_WIDGET(page), "No task waits for a decision.");
    ui_close(window, page);

    page = make_list();
    fake_reset();
    window = ui_show(page, 900, 700);
    ui_wait_state(page, KAB_PAGE_EMPTY);
    g_assert_true(ui_has_text(GTK_WIDGET(page), "No tasks yet"));
    ui_close(window, page);
}

/* Whoever cannot decide sees that in the list. */
static void
test_for_others(void)
{
    g_autoptr(KabClient) client = fill("anna");
    KabDataPage *page = kab_tasks_page_new(client);
    GtkWindow *window = ui_show(page, 900, 700);
    g_autofree char *date = kab_time_format_local(fake_get_task(0)->created_at);
    g_autofree char *text = g_strdup_printf("%s · Anna · somebody else decides", date);

    ui_wait_text(GTK_WIDGET(page), text);
    ui_close(window, page);
    page = make_list();
    window = ui_show(page, 900, 700);
    ui_wait_text(GTK_WIDGET(page), "Approve order 0000-000014");
    g_assert_false(ui_has_text(GTK_WIDGET(page), text));
    ui_close(window, page);
}

static void
test_decide(void)
{
    KabDataPage *page = make_card();
    GtkWindow *window = show(page);
    GtkWidget *button = ui_find(GTK_WIDGET(page), GTK_TYPE_BUTTON, "Approved");

    g_assert_true(ui_has_text(GTK_WIDGET(page), "Horns and Hooves"));
    fake_hold(FAKE_DECIDE_TASK);
    ui_click(GTK_WIDGET(page), "Approved");
    g_assert_false(gtk_widget_is_sensitive(button)); /* not twice */
    fake_release_all(FAKE_DECIDE_TASK);
    ui_wait_text(GTK_WIDGET(page), "Decided");
    g_assert_cmpstr(fake_get_task(0)->variant, ==, "approve");
    g_assert_null(fake_get_task(0)->comment);
    g_assert_null(ui_find(GTK_WIDGET(page), GTK_TYPE_BUTTON, "Approved"));
    g_assert_true(ui_has_text(GTK_WIDGET(page), "Olga · 2026-01-01 00:00"));
    ui_close(window, page);
}

/* A variant that needs a comment is not sent without one. */
static void
test_comment(void)
{
    KabDataPage *page = make_card();
    GtkWindow *window = show(page);
    GtkWidget *comment = ui_find(GTK_WIDGET(page), ADW_TYPE_ENTRY_ROW, "Comment");

    ui_click(GTK_WIDGET(page), "Refused");
    ui_settle();
    g_assert_cmpuint(fake_count_calls(FAKE_DECIDE_TASK), ==, 0);
    g_assert_cmpstr(ui_get_toast(), ==, "“Refused” needs a comment: say why");
    gtk_editable_set_text(GTK_EDITABLE(comment), "  Too dear ");
    ui_click(GTK_WIDGET(page), "Refused");
    ui_wait_text(GTK_WIDGET(page), "Decided");
    g_assert_cmpstr(fake_get_task(0)->variant, ==, "refuse");
    g_assert_cmpstr(fake_get_task(0)->comment, ==, "Too dear");
    ui_close(window, page);
}

/* Only the executor decides; the others are told why not. */
static void
test_not_mine(void)
{
    KabDataPage *page = make_card_for("anna"); /* a buyer */
    GtkWindow *window = show(page);

    g_assert_null(ui_find(GTK_WIDGET(page), GTK_TYPE_BUTTON, "Approved"));
    g_assert_true(ui_has_text(GTK_WIDGET(page), "The task is not yours to decide"));
    ui_close(window, page);

    page = make_card();
    fake_get_task(0)->note = g_strdup("The order has been changed: there is a new task");
    fake_get_task(0)->state = KAB_TASK_WITHDRAWN;
    window = show(page);
    g_assert_null(ui_find(GTK_WIDGET(page), GTK_TYPE_BUTTON, "Approved"));
    g_assert_true(ui_has_text(GTK_WIDGET(page), "The order has been changed: there is a new task"));
    ui_close(window, page);
}

/* Somebody else was faster: the card shows how the task stands. */
static void
test_refused(void)
{
    KabDataPage *page = make_card();
    GtkWindow *window = show(page);

    fake_fail(FAKE_DECIDE_TASK, KAB_ERROR_STATE, "The task has been decided already");
    fake_get_task(0)->state = KAB_TASK_FINISHED;
    fake_get_task(0)->variant = g_strdup("remark");
    fake_get_task(0)->comment = g_strdup("Until Friday");
    ui_click(GTK_WIDGET(page), "Approved");
    ui_wait_text(GTK_WIDGET(page), "Approved with remarks");
    ui_wait_text(GTK_WIDGET(page), "Until Friday");
    g_assert_cmpstr(ui_get_toast(), ==, "The task has been decided already");
    ui_close(window, page);
}

static void
test_closed_while_deciding(void)
{
    KabDataPage *page = make_card();
    GtkWindow *window = show(page);

    fake_hold(FAKE_DECIDE_TASK);
    ui_click(GTK_WIDGET(page), "Approved");
    g_assert_cmpuint(fake_count_held(FAKE_DECIDE_TASK), ==, 1);
    ui_close(window, page);
}

static void
test_keyboard(void)
{
    KabDataPage *page = make_card();
    GtkWindow *window = show(page);

    gtk_widget_grab_focus(ui_find(GTK_WIDGET(page), ADW_TYPE_ENTRY_ROW, "Comment"));
    for (int i = 0; i < 5 && fake_get_task(0)->state == KAB_TASK_NEW; i++) {
        GtkWidget *focus;

        ui_key(GTK_WIDGET(window), "Tab");
        focus = gtk_root_get_focus(GTK_ROOT(window));
        if (GTK_IS_BUTTON(focus) &&
            g_strcmp0(gtk_button_get_label(GTK_BUTTON(focus)), "Approved") == 0)
            ui_key(GTK_WIDGET(window), "Return");
    }
    ui_wait_text(GTK_WIDGET(page), "Decided");
    ui_close(window, page);
}

int
main(int argc, char **argv)
{
    ui_test_init(&argc, &argv);
    g_test_add_func("/tasks/states", test_states);
    g_test_add_func("/tasks/list", test_list);
    g_test_add_func("/tasks/for-others", test_for_others);
    g_test_add_func("/tasks/decide", test_decide);
    g_test_add_func("/tasks/comment", test_comment);
    g_test_add_func("/tasks/not-mine", test_not_mine);
    g_test_add_func("/tasks/refused", test_refused);
    g_test_add_func("/tasks/closed-while-deciding", test_closed_while_deciding);
    g_test_add_func("/tasks/keyboard", test_keyboard);
    return g_test_run();
}
