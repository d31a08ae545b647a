/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-journal-entry-page.h"
#include "kab-journal-format.h"
#include "kab-json-view.h"
#include "kab-resend-dialog.h"
#include "ui-pages.h"
#include "ui-test.h"

#include <string.h>

#define ID "1"

static KabDataPage *
make_page(void)
{
    g_autoptr(KabClient) client = NULL;
    KabJournalItem *item;
    KabJournalObject *object;

    fake_reset();
    fake_add_journal(FALSE, "POST messages", "the product is not known there");
    item = fake_get_journal(0);
    object = g_ptr_array_index(item->objects, 0);
    g_free(object->outcome);
    object->outcome = g_strdup("rejected");
    g_free(item->request);
    item->request = g_strdup_printf(
        "{\"messages\":[{\"kind\":\"order\",\"id\":\"%s\",\"version\":3,\"body\":{\"number\":\"14\"}}]}",
        object->id);
    client = fake_client_new_signed_in("fake:portal", "admin");
    return kab_journal_entry_page_new(client, ID);
}

static GtkWindow *
show(KabDataPage *page)
{
    GtkWindow *window = ui_show(page, 900, 700);

    ui_wait_state(page, KAB_PAGE_CONTENT);
    ui_settle();
    return window;
}

static void
test_states(void)
{
    ui_check_states(make_page, FAKE_JOURNAL_ITEM);
}

static void
test_content(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    GtkWidget *button;

    g_assert_cmpstr(kab_data_page_get_title(page), ==, "Messages sent · 1 object");
    g_assert_true(ui_has_text(GTK_WIDGET(page), "the product is not known there"));
    g_assert_true(ui_has_text(GTK_WIDGET(page), "Rejected"));
    button = ui_find(GTK_WIDGET(page), GTK_TYPE_TOGGLE_BUTTON, "Request");
    gtk_toggle_button_set_active(GTK_TOGGLE_BUTTON(button), TRUE);
    ui_settle();
    g_assert_true(ui_has_text(GTK_WIDGET(page), "“14”")); /* unfolded */
    g_assert_true(ui_has_text(GTK_WIDGET(page), "[1]"));
    button = ui_find(GTK_WIDGET(page), GTK_TYPE_TOGGLE_BUTTON, "Answer");
    gtk_toggle_button_set_active(GTK_TOGGLE_BUTTON(button), TRUE);
    ui_settle();
    g_assert_true(ui_has_text(GTK_WIDGET(page), "There is no text"));
    ui_close(window, page);
}

static GtkTextView *
find_text(GtkWidget *root)
{
    GtkWidget *view = ui_find(root, GTK_TYPE_TEXT_VIEW, NULL);

    g_assert_nonnull(view);
    return GTK_TEXT_VIEW(view);
}

static char *
dup_text(GtkWidget *root)
{
    GtkTextBuffer *buffer = gtk_text_view_get_buffer(find_text(root));
    char *text = NULL;

    g_object_get(buffer, "text", &text, NULL);
    return text;
}

/* The request was answered, and what it was about was not taken. */
static void
test_rejected(void)
{
    KabDataPage *page = make_page();
    KabJournalItem *item = fake_get_journal(0);
    GtkWindow *window;

    g_free(item->outcome);
    item->outcome = g_strdup("ok");
    g_clear_pointer(&item->error, g_free);
    window = show(page);
    g_assert_true(ui_has_text(GTK_WIDGET(page), "Rejected"));
    g_assert_false(ui_has_text(GTK_WIDGET(page), "Done"));
    ui_close(window, page);
}

/* As it was, in lines, to be selected; also what is no JSON. */
static void
test_text(void)
{
    KabDataPage *page = make_page();
    g_autofree char *text = NULL;
    g_autofree char *answer = NULL;
    GtkWindow *window;
    GtkWidget *view;

    g_free(fake_get_journal(0)->answer);
    fake_get_journal(0)->answer = g_strdup("<html>Bad Gateway");
    window = show(page);
    gtk_toggle_button_set_active(
        GTK_TOGGLE_BUTTON(ui_find(GTK_WIDGET(page), GTK_TYPE_TOGGLE_BUTTON, "Request")), TRUE);
    ui_settle();
    view = ui_find(GTK_WIDGET(page), KAB_TYPE_JSON_VIEW, NULL);
    gtk_toggle_button_set_active(GTK_TOGGLE_BUTTON(ui_find(view, GTK_TYPE_TOGGLE_BUTTON, "Text")),
                                 TRUE);
    ui_settle();
    text = dup_text(view);
    g_assert_nonnull(strstr(text, "\n"));
    g_assert_nonnull(strstr(text, "\"number\": \"14\""));
    ui_click(view, "Copy");
    g_assert_cmpstr(ui_get_toast(), ==, "Copied");
    gtk_toggle_button_set_active(
        GTK_TOGGLE_BUTTON(ui_find(GTK_WIDGET(page), GTK_TYPE_TOGGLE_BUTTON, "Answer")), TRUE);
    ui_settle();
    answer = dup_text(GTK_WIDGET(page));
    g_assert_cmpstr(answer, ==, "<html>Bad Gateway");
    ui_close(window, page);
}

static GtkWidget *
find_dialog(void)
{
    g_autoptr(GList) windows = gtk_window_list_toplevels();

    for (GList *l = windows; l != NULL; l = l->next)
        if (KAB_IS_RESEND_DIALOG(l->data))
            return l->data;
    return NULL;
}

static GtkWidget *
open_dialog(KabDataPage *page)
{
    gtk_widget_activate_action(GTK_WIDGET(page), "entry.resend", "s", "");
    ui_settle();
    g_assert_nonnull(find_dialog());
    return find_dialog();
}

static void
enter(GtkWidget *dialog, const char *message, const char *reason)
{
    GtkWidget *row = ui_child(dialog, KAB_TYPE_RESEND_DIALOG, "reason_row");

    if (message != NULL)
        gtk_text_buffer_set_text(gtk_text_view_get_buffer(find_text(dialog)), message, -1);
    gtk_editable_set_text(GTK_EDITABLE(row), reason);
    ui_settle();
}

static void
test_resend(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    GtkWidget *dialog = open_dialog(page);
    g_autofree char *text = dup_text(dialog);

    g_assert_nonnull(strstr(text, "\"version\": 3"));
    g_assert_false(ui_can_click(dialog, "Send")); /* there is no reason */
    enter(dialog, "{\n  \"kind\": \"order\"\n  \"id\": 1\n}", "A typing error");
    g_assert_false(ui_can_click(dialog, "Send"));
    g_assert_true(g_str_has_prefix(
        gtk_label_get_text(GTK_LABEL(ui_child(dialog, KAB_TYPE_RESEND_DIALOG, "error_label"))),
        "Line 2, "));
    enter(dialog, "[1]", "A typing error");
    g_assert_true(ui_has_text(dialog, "A message is a JSON object"));
    enter(dialog, text, "A typing error");
    ui_click(dialog, "Send");
    ui_act(dialog, "resend.send"); /* sent twice */
    ui_settle();
    g_assert_cmpuint(fake_count_calls(FAKE_RESEND), ==, 1);
    g_assert_true(g_str_has_prefix(fake_get_resent(), "1 A typing error {"));
    g_assert_cmpstr(ui_get_toast(), ==, "The copy was taken");
    g_assert_null(find_dialog());
    ui_close(window, page);
}

/* Why not is said where it can be mended. */
static void
test_refused(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    GtkWidget *dialog = open_dialog(page);

    fake_set_resent("rejected", "The product is still not known");
    enter(dialog, NULL, "Once more");
    ui_click(dialog, "Send");
    ui_wait_text(dialog, "The copy was not taken: The product is still not known");
    fake_fail(FAKE_RESEND, KAB_ERROR_BUSY, "The portal cannot be reached");
    ui_click(dialog, "Send");
    ui_wait_text(dialog, "The portal cannot be reached");
    ui_close(window, page);
    g_assert_null(find_dialog());
}

/* Nobody waits any longer. */
static void
test_closed(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    GtkWidget *dialog = open_dialog(page);

    fake_hold(FAKE_RESEND);
    enter(dialog, NULL, "Once more");
    ui_click(dialog, "Send");
    ui_wait_held(FAKE_RESEND);
    gtk_window_close(GTK_WINDOW(dialog));
    ui_settle();
    g_assert_null(find_dialog());
    ui_close(window, page);
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

/* Who sent it, as people say it. */
static void
test_way(void)
{
    static const struct {
        const char *peer;
        const char *way;
    } rows[] = {
        {"EX, unix", "From EX, this computer"},
        {"EX, 10.0.0.7", "From EX, 10.0.0.7"},
        {"10.0.0.7", "From 10.0.0.7"},
        {NULL, "Incoming"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        KabJournalItem item = {.incoming = TRUE, .peer = (char *)rows[i].peer};
        g_autofree char *way = kab_journal_format_way(&item);

        g_assert_cmpstr(way, ==, rows[i].way);
    }
}

int
main(int argc, char *argv[])
{
    ui_test_init(&argc, &argv);
    g_test_add_func("/journal-entry/way", test_way);
    g_test_add_func("/journal-entry-page/states", test_states);
    g_test_add_func("/journal-entry-page/content", test_content);
    g_test_add_func("/journal-entry-page/rejected", test_rejected);
    g_test_add_func("/journal-entry-page/text", test_text);
    g_test_add_func("/journal-entry-page/resend", test_resend);
    g_test_add_func("/journal-entry-page/refused", test_refused);
    g_test_add_func("/journal-entry-page/closed", test_closed);
    g_test_add_func("/journal-entry-page/narrow", test_narrow);
    return g_test_run();
}
