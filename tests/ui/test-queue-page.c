/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-queue-page.h"
#include "ui-test.h"

#define RUN "Run the exchange now"

static KabDataPage *
make_page(void)
{
    g_autoptr(KabClient) client = NULL;

    fake_reset();
    fake_fill_queue(7);
    client = fake_client_new_signed_in("fake:portal", "admin");
    return kab_queue_page_new(client);
}

static GtkWindow *
show(KabDataPage *page)
{
    GtkWindow *window = ui_show(page, 1000, 700);

    ui_wait_state(page, KAB_PAGE_CONTENT);
    return window;
}

static void
test_states(void)
{
    ui_check_states(make_page, FAKE_EXCHANGE);
    ui_check_states(make_page, FAKE_QUEUE);
}

static void
test_content(void)
{
    g_autofree char *sum = kab_money_format(kab_money_new(102500, "RUB"));
    g_autofree char *unnumbered = g_strdup_printf("Order 2026-01-01 00:00 · %s · Partner 3", sum);
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);

    g_assert_true(ui_has_text(GTK_WIDGET(page), "3"));
    g_assert_true(ui_has_text(GTK_WIDGET(page), "Client order 0000-000002 · Partner 2"));
    /* without a number it is known by its time and sum */
    g_assert_true(ui_has_text(GTK_WIDGET(page), unnumbered));
    ui_wait_text(GTK_WIDGET(page), "The other end rejected it: the product is not known there");
    ui_close(window, page);
}

static void
test_not_connected(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window;

    fake_get_exchange()->connected = FALSE;
    window = show(page);
    g_assert_false(ui_can_click(GTK_WIDGET(page), RUN));
    g_assert_true(
        ui_has_text(GTK_WIDGET(page), "The other end's address and secrets are not entered yet."));
    ui_close(window, page);
}

/* What the exchange carries on with and somebody has to look after all the same. */
static void
test_alarms(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window;

    fake_add_alarm("The status “У директора” is not known");
    fake_add_alarm("Nobody can decide the task about order 0000-000003");
    window = show(page);
    ui_wait_text(GTK_WIDGET(page), "Somebody has to look after this");
    g_assert_true(ui_has_text(GTK_WIDGET(page),
                              "The status “У директора” is not known\n"
                              "Nobody can decide the task about order 0000-000003"));
    ui_close(window, page);
}

static void
test_pause(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    g_autofree char *since = NULL;

    g_assert_null(ui_find(GTK_WIDGET(page), GTK_TYPE_BUTTON, "Resume"));
    ui_act(GTK_WIDGET(page), "queue.resume"); /* off: it is not paused */
    ui_act(GTK_WIDGET(page), "queue.pause");
    ui_act(GTK_WIDGET(page), "queue.pause"); /* pressed twice */
    ui_wait_calls(FAKE_QUEUE, 1);
    ui_settle();
    g_assert_cmpuint(fake_count_calls(FAKE_PAUSE), ==, 1);
    g_assert_cmpint(fake_get_exchange()->paused_at, !=, 0);
    g_assert_false(ui_can_click(GTK_WIDGET(page), RUN));

    ui_click(GTK_WIDGET(page), "Resume");
    ui_wait_calls(FAKE_QUEUE, 1);
    ui_settle();
    g_assert_cmpint(fake_get_exchange()->paused_at, ==, 0);
    g_assert_null(ui_find(GTK_WIDGET(page), GTK_TYPE_BUTTON, "Resume"));
    g_assert_true(ui_can_click(GTK_WIDGET(page), RUN));

    fake_fail(FAKE_PAUSE, KAB_ERROR_DENIED, "You may not do that");
    ui_act(GTK_WIDGET(page), "queue.pause");
    ui_wait_calls(FAKE_QUEUE, 1);
    g_assert_cmpstr(ui_get_toast(), ==, "You may not do that");
    ui_close(window, page);

    page = make_page();
    fake_get_exchange()->paused_at = G_GINT64_CONSTANT(1767225600000);
    fake_get_exchange()->paused_by = g_strdup("ivan");
    window = show(page);
    g_assert_true(ui_has_text(GTK_WIDGET(page), "Paused since 2026-01-01 00:00 by ivan"));
    ui_close(window, page);
}

static void
fail_other_end(void)
{
    fake_get_exchange()->failing_since = G_GINT64_CONSTANT(1767225600000);
    fake_get_exchange()->failure = g_strdup("The connection was refused");
    fake_get_exchange()->last_error = g_strdup("The connection was refused");
}

static void
test_failing(void)
{
    KabDataPage *page = make_page();
    g_autoptr(KabClient) base = fake_client_new_signed_in("fake:base", "admin");
    GtkWindow *window;

    fail_other_end();
    fake_get_exchange()->held_until = G_GINT64_CONSTANT(253402300000000);
    window = show(page);
    g_assert_true(
        ui_has_text(GTK_WIDGET(page), "The base is not available since 2026-01-01 00:00"));
    g_assert_true(
        ui_has_text(GTK_WIDGET(page), "The connection was refused\nNext try at 9999-12-31 23:46"));
    g_assert_false(ui_has_text(GTK_WIDGET(page), "The connection was refused")); /* said once */
    ui_watch_action(window, "mend-portal");
    ui_click(GTK_WIDGET(page), "Open the settings");
    g_assert_true(ui_was_asked());
    ui_close(window, page);

    page = kab_queue_page_new_for_base(base);
    fake_get_exchange()->held_until = kab_time_now() - 1000;
    window = show(page);
    g_assert_true(
        ui_has_text(GTK_WIDGET(page), "The portal is not available since 2026-01-01 00:00"));
    g_assert_true(ui_has_text(GTK_WIDGET(page), "The connection was refused"));
    ui_close(window, page);
}

/* What happens by itself is seen without pressing anything. */
static void
test_looks_again(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window;

    fail_other_end();
    fake_get_exchange()->held_until = kab_time_now() + 1500;
    window = show(page);
    fake_get_exchange()->failing_since = 0;
    ui_wait_calls(FAKE_QUEUE, 1);
    ui_settle();
    g_assert_false(
        ui_has_text(GTK_WIDGET(page), "The base is not available since 2026-01-01 00:00"));
    ui_close(window, page);
}

static void
test_retry(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);

    g_assert_true(ui_has_text(GTK_WIDGET(page), "Failed"));
    fake_hold(FAKE_RETRY);
    ui_act(GTK_WIDGET(page), "queue.retry");
    ui_act(GTK_WIDGET(page), "queue.retry");
    fake_release_all(FAKE_RETRY);
    ui_wait_calls(FAKE_QUEUE, 1);
    ui_settle();
    g_assert_cmpuint(fake_count_calls(FAKE_RETRY), ==, 1);
    g_assert_cmpstr(ui_get_toast(), ==, "2 entries will be sent again");
    /* The rows that stayed where they were show how their entries are now. */
    g_assert_false(
        ui_has_text(GTK_WIDGET(page), "The other end rejected it: the product is not known there"));

    ui_act(GTK_WIDGET(page), "queue.retry"); /* off: nothing has failed */
    ui_act(GTK_WIDGET(page), "queue.discard");
    ui_settle();
    g_assert_cmpuint(fake_count_calls(FAKE_RETRY), ==, 1);
    g_assert_cmpuint(fake_count_calls(FAKE_COUNT_QUEUE), ==, 0);
    ui_close(window, page);
}

/* By state and kind; what matches can be sent again or discarded as a whole. */
static void
test_choice(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    GtkWidget *state = ui_find(GTK_WIDGET(page), GTK_TYPE_DROP_DOWN, "State");
    GtkWidget *kind = ui_find(GTK_WIDGET(page), GTK_TYPE_DROP_DOWN, "Kind of object");

    g_assert_true(ui_has_text(GTK_WIDGET(page), "Client order 0000-000002 · Partner 2"));
    g_assert_null(ui_find(GTK_WIDGET(page), GTK_TYPE_BUTTON, "Retry all of these"));
    ui_act(GTK_WIDGET(page), "queue.retry-shown"); /* off: everything is shown */
    gtk_drop_down_set_selected(GTK_DROP_DOWN(state), KAB_QUEUE_FAILED + 1);
    ui_wait_calls(FAKE_QUEUE, 1);
    ui_settle();
    g_assert_false(ui_has_text(GTK_WIDGET(page), "Client order 0000-000002 · Partner 2"));
    gtk_drop_down_set_selected(GTK_DROP_DOWN(kind), 1);
    ui_wait_calls(FAKE_QUEUE, 1);
    ui_settle();
    ui_click(GTK_WIDGET(page), "Retry all of these");
    ui_wait_calls(FAKE_QUEUE, 1);
    ui_settle();
    g_assert_cmpuint(fake_count_calls(FAKE_RETRY), ==, 1);
    g_assert_cmpstr(fake_get_change(), ==, "order - failed -");
    /* nothing is like that any more, which is not an empty queue */
    g_assert_true(ui_has_text(GTK_WIDGET(page), "Nothing found"));
    g_assert_false(ui_has_text(GTK_WIDGET(page), "The queue is empty"));
    ui_act(GTK_WIDGET(page), "queue.show-all");
    ui_wait_calls(FAKE_QUEUE, 1);
    ui_settle();
    g_assert_true(ui_has_text(GTK_WIDGET(page), "Client order 0000-000002 · Partner 2"));
    ui_close(window, page);
}

/* From a cause to what failed because of it. */
static void
test_show_cause(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    const char *cause = "The other end rejected it: the product is not known there";
    g_autofree char *name = g_strdup_printf("Show them: %s", cause);
    g_autofree char *title = g_strdup_printf("Only what failed because of this: %s", cause);

    ui_click(GTK_WIDGET(page), "Failures by cause");
    ui_wait_text(GTK_WIDGET(page), cause);
    ui_click(GTK_WIDGET(page), name);
    ui_wait_text(GTK_WIDGET(page), title);
    ui_wait_calls(FAKE_QUEUE, 1);
    ui_settle();
    g_assert_false(ui_has_text(GTK_WIDGET(page), "Client order 0000-000002 · Partner 2"));
    ui_click(GTK_WIDGET(page), "Retry all of these");
    ui_wait_calls(FAKE_QUEUE, 1);
    g_assert_nonnull(strstr(fake_get_change(), cause));

    /* When nothing has failed any more, no cause is looked at. */
    ui_act(GTK_WIDGET(page), "queue.retry");
    ui_wait_calls(FAKE_QUEUE, 2);
    ui_settle();
    g_assert_false(ui_has_text(GTK_WIDGET(page), title));
    g_assert_true(ui_has_text(GTK_WIDGET(page), "Client order 0000-000002 · Partner 2"));
    ui_close(window, page);
}

static gboolean
has_dialog(gpointer data)
{
    g_autoptr(GList) windows = gtk_window_list_toplevels();
    GtkWidget **found = data;

    *found = NULL;
    for (GList *l = windows; l != NULL; l = l->next)
        if (ADW_IS_MESSAGE_DIALOG(l->data) && gtk_widget_get_mapped(l->data))
            *found = l->data;
    return *found != NULL;
}

static gboolean
has_no_dialog(gpointer data G_GNUC_UNUSED)
{
    GtkWidget *found;

    return !has_dialog(&found);
}

static GtkWidget *
wait_dialog(void)
{
    GtkWidget *dialog;

    ui_wait_for(has_dialog, &dialog);
    return dialog;
}

static void
test_discard(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    GtkWidget *dialog;

    ui_act(GTK_WIDGET(page), "queue.discard");
    ui_act(GTK_WIDGET(page), "queue.discard");
    dialog = wait_dialog();
    g_assert_true(ui_has_text(dialog, "Discard 2 entries?"));
    g_assert_true(ui_has_text(dialog, "The journal keeps them."));
    ui_act(GTK_WIDGET(page), "queue.discard"); /* off: it is being asked */
    ui_click(dialog, "Cancel");
    ui_wait_for(has_no_dialog, NULL);
    ui_settle();
    g_assert_cmpuint(fake_count_calls(FAKE_COUNT_QUEUE), ==, 1);
    g_assert_cmpuint(fake_count_calls(FAKE_DISCARD), ==, 0);

    ui_act(GTK_WIDGET(page), "queue.discard");
    dialog = wait_dialog();
    ui_key(dialog, "Escape");
    ui_wait_for(has_no_dialog, NULL);
    g_assert_cmpuint(fake_count_calls(FAKE_DISCARD), ==, 0);

    ui_act(GTK_WIDGET(page), "queue.discard");
    ui_click(wait_dialog(), "Discard");
    ui_wait_calls(FAKE_QUEUE, 1);
    ui_settle();
    g_assert_cmpuint(fake_count_calls(FAKE_DISCARD), ==, 1);
    g_assert_cmpstr(ui_get_toast(), ==, "2 entries discarded");
    g_assert_false(
        ui_has_text(GTK_WIDGET(page), "The other end rejected it: the product is not known there"));
    ui_close(window, page);
}

static void
test_discard_fails(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);

    fake_fail(FAKE_COUNT_QUEUE, KAB_ERROR_DENIED, "You may not do that");
    ui_act(GTK_WIDGET(page), "queue.discard");
    ui_wait_calls(FAKE_QUEUE, 1);
    g_assert_cmpstr(ui_get_toast(), ==, "You may not do that");
    fake_fail(FAKE_COUNT_QUEUE, -1, NULL);

    /* Somebody else was faster. */
    ui_settle();
    fake_get_exchange()->counts[KAB_QUEUE_FAILED] = 0;
    ui_act(GTK_WIDGET(page), "queue.discard");
    ui_wait_calls(FAKE_QUEUE, 1);
    g_assert_cmpstr(ui_get_toast(), ==, "No entry has failed any more");
    ui_close(window, page);

    page = make_page();
    window = show(page);
    ui_act(GTK_WIDGET(page), "queue.discard");
    wait_dialog();
    ui_close(window, page); /* and the question with it */
    g_assert_true(has_no_dialog(NULL));
}

/* The menu, without a mouse: the queue is paused by its first item. */
static void
test_keyboard_menu(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);

    gtk_window_set_focus(window, NULL);
    ui_key(GTK_WIDGET(window), "Tab");
    ui_key(GTK_WIDGET(window), "Tab");
    ui_key(GTK_WIDGET(window), "Return");
    ui_wait_text(GTK_WIDGET(page), "Pause the queue");
    g_assert_true(ui_has_text(GTK_WIDGET(page), "Retry failed"));
    g_assert_true(ui_has_text(GTK_WIDGET(page), "Discard failed…"));
    ui_key(GTK_WIDGET(window), "Return");
    ui_wait_text(GTK_WIDGET(page), "Resume");
    g_assert_cmpint(fake_get_exchange()->paused_at, !=, 0);
    ui_close(window, page);
}

int
main(int argc, char **argv)
{
    ui_test_init(&argc, &argv);
    g_test_add_func("/queue/states", test_states);
    g_test_add_func("/queue/content", test_content);
    g_test_add_func("/queue/not-connected", test_not_connected);
    g_test_add_func("/queue/alarms", test_alarms);
    g_test_add_func("/queue/pause", test_pause);
    g_test_add_func("/queue/failing", test_failing);
    g_test_add_func("/queue/looks-again", test_looks_again);
    g_test_add_func("/queue/retry", test_retry);
    g_test_add_func("/queue/choice", test_choice);
    g_test_add_func("/queue/show-cause", test_show_cause);
    g_test_add_func("/queue/discard", test_discard);
    g_test_add_func("/queue/discard-fails", test_discard_fails);
    g_test_add_func("/queue/keyboard-menu", test_keyboard_menu);
    return g_test_run();
}
