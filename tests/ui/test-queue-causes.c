/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-cause-row.h"
#include "kab-queue-add-dialog.h"
#include "kab-queue-page.h"
#include "ui-pages.h"
#include "ui-test.h"

#define ORDER "00000002-0000-4000-8000-000000000001"
#define ERROR "The other end rejected it: the product is not known there"

static KabDataPage *
make_page(void)
{
    g_autoptr(KabClient) client = NULL;

    fake_reset();
    fake_fill_queue(16); /* five have failed, three of them orders */
    client = fake_client_new_signed_in("fake:portal", "admin");
    return kab_queue_page_new(client);
}

static GtkWindow *
show(KabDataPage *page)
{
    GtkWindow *window = ui_show(page, 1000, 760);

    ui_wait_state(page, KAB_PAGE_CONTENT);
    ui_settle();
    return window;
}

static void
choose_causes(KabDataPage *page)
{
    GtkWidget *button = ui_find(GTK_WIDGET(page), GTK_TYPE_TOGGLE_BUTTON, "Failures by cause");

    gtk_toggle_button_set_active(GTK_TOGGLE_BUTTON(button), TRUE);
    ui_settle();
}

static void
answer_dialog(const char *response)
{
    g_autoptr(GList) windows = gtk_window_list_toplevels();

    for (GList *l = windows; l != NULL; l = l->next)
        if (ADW_IS_MESSAGE_DIALOG(l->data)) {
            adw_message_dialog_response(l->data, response);
            ui_settle();
            return;
        }
    g_assert_not_reached();
}

static void
test_causes(void)
{
    KabDataPage *page = make_page();
    g_autofree char *name = NULL;
    g_autofree char *detail = NULL;
    GtkWindow *window;
    GtkWidget *row;

    for (guint i = 0; i < 16; i++)
        fake_get_queue_entry(i)->created_at = kab_time_now() - 3600000;
    window = show(page);
    choose_causes(page);
    row = ui_find(GTK_WIDGET(page), KAB_TYPE_CAUSE_ROW, NULL);
    g_assert_nonnull(row);
    g_assert_true(ui_has_text(row, ERROR));
    name = kab_object_name_format(fake_get_queue_entry(14)->name);
    g_assert_nonnull(strstr(name, "Partner 1"));
    detail = g_strdup_printf("Order · 3 entries · the newest 1 hour ago · for example %s", name);
    g_assert_true(ui_has_text(row, detail));
    ui_click(row, "Retry: " ERROR);
    ui_click(row, "Retry: " ERROR); /* clicked twice */
    ui_wait_calls(FAKE_CAUSES, 1);
    ui_settle();
    g_assert_cmpuint(fake_count_calls(FAKE_RETRY), ==, 1);
    g_assert_cmpstr(fake_get_change(), ==, "order - failed " ERROR);
    g_assert_cmpstr(ui_get_toast(), ==, "3 entries will be sent again");
    g_assert_true(ui_has_text(GTK_WIDGET(page), "2")); /* those of the other kind */
    ui_close(window, page);
}

static void
test_discard(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    GtkWidget *row;

    choose_causes(page);
    row = ui_find(GTK_WIDGET(page), KAB_TYPE_CAUSE_ROW, NULL);
    ui_click(row, "Discard…: " ERROR);
    ui_settle();
    answer_dialog("cancel");
    g_assert_cmpuint(fake_count_calls(FAKE_DISCARD), ==, 0);
    ui_click(row, "Discard…: " ERROR);
    ui_settle();
    answer_dialog("discard");
    g_assert_cmpstr(fake_get_change(), ==, "order - failed " ERROR);
    g_assert_cmpstr(ui_get_toast(), ==, "3 entries discarded");
    ui_close(window, page);
}

/* Nothing has failed any more: the entries are shown. */
static void
test_none(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);

    choose_causes(page);
    ui_act(GTK_WIDGET(page), "queue.retry");
    ui_settle();
    g_assert_null(ui_find(GTK_WIDGET(page), KAB_TYPE_CAUSE_ROW, NULL));
    g_assert_null(ui_find(GTK_WIDGET(page), GTK_TYPE_TOGGLE_BUTTON, "Failures by cause"));
    g_assert_true(ui_has_text(GTK_WIDGET(page), "Client order 0000-000002 · Partner 2"));
    ui_close(window, page);
}

static gboolean
has_toast(gpointer text)
{
    return g_str_equal(ui_get_toast(), text);
}

static void
test_causes_fail(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window;

    fake_fail(FAKE_CAUSES, KAB_ERROR_FAILED, "The disk is full");
    window = show(page);
    ui_wait_for(has_toast, (gpointer) "The disk is full");
    g_assert_true(ui_has_text(GTK_WIDGET(page), "Client order 0000-000002 · Partner 2"));
    ui_close(window, page);
}

/* Queue by hand. */

static GtkWidget *
find_dialog(void)
{
    g_autoptr(GList) windows = gtk_window_list_toplevels();

    for (GList *l = windows; l != NULL; l = l->next)
        if (KAB_IS_QUEUE_ADD_DIALOG(l->data))
            return l->data;
    return NULL;
}

static GtkWidget *
open_dialog(KabDataPage *page)
{
    ui_act(GTK_WIDGET(page), "queue.add");
    ui_settle();
    g_assert_nonnull(find_dialog());
    return find_dialog();
}

static void
enter(GtkWidget *dialog, const char *text)
{
    GtkWidget *row = ui_child(dialog, KAB_TYPE_QUEUE_ADD_DIALOG, "object_row");

    gtk_editable_set_text(GTK_EDITABLE(row), text);
    ui_settle();
}

static void
test_add(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    GtkWidget *dialog = open_dialog(page);
    GtkWidget *kinds = ui_child(dialog, KAB_TYPE_QUEUE_ADD_DIALOG, "kind_dropdown");

    fake_set_number("14", ORDER);
    g_assert_false(ui_can_click(dialog, "Queue it"));
    enter(dialog, "15");
    ui_click(dialog, "Queue it");
    ui_wait_text(dialog, "Nothing of the kind order is called <15> here");
    gtk_drop_down_set_selected(GTK_DROP_DOWN(kinds), 1);
    enter(dialog, "14"); /* what is chosen is meant, and nothing else is queued */
    ui_click(dialog, "Queue it");
    ui_wait_text(dialog, "Nothing of the kind comment is called <14> here");
    gtk_drop_down_set_selected(GTK_DROP_DOWN(kinds), 0);
    enter(dialog, " 14 ");
    ui_click(dialog, "Queue it");
    ui_settle();
    g_assert_null(find_dialog());
    g_assert_cmpstr(fake_get_put(), ==, "order " ORDER);
    g_assert_cmpstr(ui_get_toast(), ==, "It is queued and will be sent");
    ui_close(window, page);
}

/* By what people call an object of the chosen kind. */
static void
test_add_called(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    GtkWidget *dialog = open_dialog(page);
    GtkWidget *kinds = ui_child(dialog, KAB_TYPE_QUEUE_ADD_DIALOG, "kind_dropdown");

    fake_set_called("comment", "Акт.pdf", ORDER);
    enter(dialog, "Акт.pdf");
    ui_click(dialog, "Queue it");
    ui_wait_text(dialog, "Nothing of the kind order is called <Акт.pdf> here");
    gtk_drop_down_set_selected(GTK_DROP_DOWN(kinds), 1);
    ui_click(dialog, "Queue it");
    ui_settle();
    g_assert_null(find_dialog());
    g_assert_cmpstr(fake_get_put(), ==, "comment " ORDER);
    ui_close(window, page);
}

/* An object of the chosen kind, by its id; what the service says against it is said there. */
static void
test_add_id(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    GtkWidget *dialog = open_dialog(page);
    GtkWidget *kinds = ui_child(dialog, KAB_TYPE_QUEUE_ADD_DIALOG, "kind_dropdown");

    fake_fail(FAKE_PUT_QUEUE, KAB_ERROR_NOT_FOUND, "There is no such object");
    gtk_drop_down_set_selected(GTK_DROP_DOWN(kinds), 1);
    enter(dialog, ORDER);
    ui_click(dialog, "Queue it");
    ui_wait_text(dialog, "There is no such object");
    fake_fail(FAKE_PUT_QUEUE, -1, NULL);
    ui_click(dialog, "Queue it");
    ui_settle();
    g_assert_cmpstr(fake_get_put(), ==, "comment " ORDER);
    g_assert_null(find_dialog());
    ui_close(window, page);
}

/* Nobody waits any longer. */
static void
test_add_closed(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);

    fake_hold(FAKE_FIND_OBJECT);
    enter(open_dialog(page), "14");
    ui_click(find_dialog(), "Queue it");
    ui_wait_held(FAKE_FIND_OBJECT);
    ui_close(window, page);
    g_assert_null(find_dialog());
}

/* It may have the whole of a narrow screen, with large letters too. */
static void
test_narrow(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    int minimum;

    ui_scale_text(2);
    gtk_widget_measure(gtk_widget_get_first_child(open_dialog(page)), GTK_ORIENTATION_HORIZONTAL,
                       -1, &minimum, NULL, NULL, NULL);
    g_assert_cmpint(minimum, <=, 400);
    ui_scale_text(1);
    ui_close(window, page);
}

int
main(int argc, char *argv[])
{
    ui_test_init(&argc, &argv);
    g_test_add_func("/queue-causes/causes", test_causes);
    g_test_add_func("/queue-causes/discard", test_discard);
    g_test_add_func("/queue-causes/none", test_none);
    g_test_add_func("/queue-causes/fail", test_causes_fail);
    g_test_add_func("/queue-causes/add", test_add);
    g_test_add_func("/queue-causes/add-called", test_add_called);
    g_test_add_func("/queue-causes/add-id", test_add_id);
    g_test_add_func("/queue-causes/add-closed", test_add_closed);
    g_test_add_func("/queue-causes/narrow", test_narrow);
    return g_test_run();
}
