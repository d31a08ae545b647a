/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-format.h"
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
test_run(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);

    fake_keep_running();
    fake_hold(FAKE_RUN);
    ui_click(GTK_WIDGET(page), RUN);
    g_assert_null(ui_find(GTK_WIDGET(page), GTK_TYPE_BUTTON, RUN));
    ui_wait_text(GTK_WIDGET(page), "The exchange is running…");
    ui_act(ui_find(GTK_WIDGET(page), GTK_TYPE_BUTTON, "Cancel"), "run.start"); /* pressed twice */
    fake_release_all(FAKE_RUN);
    ui_wait_calls(FAKE_GET_RUN, 1);
    g_assert_cmpuint(fake_count_calls(FAKE_RUN), ==, 1);

    fake_get_exchange()->run->done = 3;
    fake_get_exchange()->run->total = 7;
    ui_wait_text(GTK_WIDGET(page), "Sending: 3 of 7");
    fake_end_run();
    ui_wait_text(GTK_WIDGET(page), "Sent: 7, received: 1, rejected: 0, failed: 0");
    ui_wait_text(GTK_WIDGET(page), "The queue is empty");
    g_assert_true(ui_can_click(GTK_WIDGET(page), RUN));
    ui_close(window, page);
}

/* A run that somebody else did has no figures here, least of all those of an older one. */
static void
test_run_elsewhere(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    g_autofree char *last = NULL;
    g_autofree char *text = NULL;

    ui_click(GTK_WIDGET(page), RUN);
    ui_wait_text(GTK_WIDGET(page), "Sent: 7, received: 1, rejected: 0, failed: 0");
    kab_data_page_reload(page);
    ui_settle();
    g_assert_true(ui_has_text(GTK_WIDGET(page), "Sent: 7, received: 1, rejected: 0, failed: 0"));
    fake_get_exchange()->last_run_at += 60000;
    last = kab_format_moment(fake_get_exchange()->last_run_at);
    text = g_strdup_printf("Last run: %s", last);
    kab_data_page_reload(page);
    ui_wait_text(GTK_WIDGET(page), text);
    g_assert_false(ui_has_text(GTK_WIDGET(page), "Sent: 7, received: 1, rejected: 0, failed: 0"));
    ui_close(window, page);
}

/* Who presses Cancel means the run, not the waiting for it. */
static void
test_cancel(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);

    fake_keep_running();
    ui_click(GTK_WIDGET(page), RUN);
    ui_wait_calls(FAKE_GET_RUN, 1);
    fake_hold(FAKE_STOP_RUN);
    ui_click(GTK_WIDGET(page), "Cancel");
    ui_click(GTK_WIDGET(page), "Cancel");
    ui_wait_text(GTK_WIDGET(page), "The run is being cancelled…");
    g_assert_cmpuint(fake_count_calls(FAKE_STOP_RUN), ==, 1);
    g_assert_true(fake_get_exchange()->running);
    fake_release_all(FAKE_STOP_RUN);
    ui_wait_text(GTK_WIDGET(page), "The run was cancelled by admin");
    g_assert_false(fake_get_exchange()->running);
    g_assert_true(ui_can_click(GTK_WIDGET(page), RUN));
    ui_close(window, page);
}

/* The service has not said yet that it runs. */
static void
test_cancel_at_once(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);

    fake_keep_running();
    fake_hold(FAKE_RUN);
    ui_click(GTK_WIDGET(page), RUN);
    ui_click(GTK_WIDGET(page), "Cancel");
    g_assert_cmpuint(fake_count_calls(FAKE_STOP_RUN), ==, 0);
    fake_release_all(FAKE_RUN);
    ui_wait_text(GTK_WIDGET(page), "The run was cancelled by admin");
    ui_close(window, page);
}

static void
test_cancel_fails(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);

    fake_keep_running();
    fake_fail(FAKE_STOP_RUN, KAB_ERROR_DENIED, "You may not do that");
    ui_click(GTK_WIDGET(page), RUN);
    ui_wait_calls(FAKE_GET_RUN, 1);
    ui_click(GTK_WIDGET(page), "Cancel");
    ui_wait_text(GTK_WIDGET(page), "The exchange is running…");
    g_assert_cmpstr(ui_get_toast(), ==, "You may not do that");
    fake_fail(FAKE_STOP_RUN, -1, NULL);
    ui_click(GTK_WIDGET(page), "Cancel");
    ui_wait_text(GTK_WIDGET(page), "The run was cancelled by admin");
    ui_close(window, page);
}

/* A run that the schedule began. */
static void
test_found_running(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window;
    guint calls;

    fake_keep_running();
    fake_begin_run("schedule", 2, 9);
    window = show(page);
    ui_wait_text(GTK_WIDGET(page), "Sending: 2 of 9");
    g_assert_null(ui_find(GTK_WIDGET(page), GTK_TYPE_BUTTON, RUN));
    ui_wait_calls(FAKE_GET_RUN, 2);
    ui_click(GTK_WIDGET(page), "Cancel");
    ui_wait_text(GTK_WIDGET(page), "The run was cancelled by admin");
    ui_wait_text(GTK_WIDGET(page), "Sent: 0, received: 1, rejected: 0, failed: 0");

    calls = fake_count_calls(FAKE_GET_RUN);
    ui_act(ui_find(GTK_WIDGET(page), GTK_TYPE_BUTTON, RUN),
           "run.cancel"); /* there is nothing to stop any more */
    ui_settle();
    g_assert_cmpuint(fake_count_calls(FAKE_STOP_RUN), ==, 1);
    g_assert_cmpuint(fake_count_calls(FAKE_GET_RUN), ==, calls);
    ui_close(window, page);
}

/* Somebody else was faster: their run is the one to look at. */
static void
test_refused_busy(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);

    fake_keep_running();
    fake_begin_run("by hand", 1, 4);
    ui_click(GTK_WIDGET(page), RUN);
    ui_wait_text(GTK_WIDGET(page), "Sending: 1 of 4");
    g_assert_cmpstr(ui_get_toast(), ==, "");
    fake_end_run();
    ui_wait_text(GTK_WIDGET(page), "The queue is empty");
    ui_close(window, page);
}

static void
test_refused(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);

    fake_fail(FAKE_RUN, KAB_ERROR_STATE, "The other end is not connected");
    ui_click(GTK_WIDGET(page), RUN);
    ui_wait_calls(FAKE_QUEUE, 1);
    g_assert_cmpstr(ui_get_toast(), ==, "The other end is not connected");
    g_assert_true(ui_can_click(GTK_WIDGET(page), RUN));

    /* Busy, and nothing runs any more: then there is something to say. */
    fake_fail(FAKE_RUN, KAB_ERROR_BUSY, "The exchange is running already");
    ui_click(GTK_WIDGET(page), RUN);
    ui_wait_calls(FAKE_QUEUE, 1);
    g_assert_cmpstr(ui_get_toast(), ==, "The exchange is running already");
    ui_close(window, page);
}

static void
on_connection(KabDataPage *page G_GNUC_UNUSED, const char *why, char **told)
{
    g_free(*told);
    *told = g_strdup(why);
}

static gboolean
is_text(gpointer data)
{
    return *(char **)data != NULL;
}

static gboolean
is_no_text(gpointer data)
{
    return *(char **)data == NULL;
}

/* The service goes away during a run, and comes back. */
static void
test_offline(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    g_autofree char *told = NULL;

    g_signal_connect(page, "connection", G_CALLBACK(on_connection), &told);
    fake_keep_running();
    ui_click(GTK_WIDGET(page), RUN);
    ui_wait_calls(FAKE_GET_RUN, 1);
    fake_fail(FAKE_GET_RUN, KAB_ERROR_BUSY, "The portal cannot be reached");
    ui_wait_for(is_text, &told);
    g_assert_cmpstr(told, ==, "The portal cannot be reached");
    g_assert_true(ui_can_click(GTK_WIDGET(page), "Cancel"));
    fake_fail(FAKE_GET_RUN, -1, NULL);
    ui_wait_for(is_no_text, &told);
    fake_end_run();
    ui_wait_text(GTK_WIDGET(page), "The queue is empty");

    fake_fail(FAKE_GET_RUN, KAB_ERROR_NOT_FOUND, "There is no such run");
    ui_click(GTK_WIDGET(page), RUN);
    ui_wait_calls(FAKE_GET_RUN, 1);
    ui_wait_calls(FAKE_QUEUE, 1);
    g_assert_cmpstr(ui_get_toast(), ==, "There is no such run");
    fake_fail(FAKE_GET_RUN, -1, NULL);
    ui_close(window, page);
}

static void
test_closed_while_running(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);

    fake_hold(FAKE_RUN);
    ui_click(GTK_WIDGET(page), RUN);
    ui_close(window, page);
    g_assert_cmpuint(fake_count_held(FAKE_RUN), ==, 0);

    page = make_page();
    window = show(page);
    fake_keep_running();
    fake_hold(FAKE_GET_RUN);
    ui_click(GTK_WIDGET(page), RUN);
    ui_wait_held(FAKE_GET_RUN);
    ui_close(window, page);
    g_assert_cmpuint(fake_count_held(FAKE_GET_RUN), ==, 0);
    g_assert_true(fake_get_exchange()->running); /* it is the service's */
}

/* Who looks at another page asks nothing, and learns the end on coming back. */
static void
test_hidden(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    guint calls;

    fake_keep_running();
    ui_click(GTK_WIDGET(page), RUN);
    ui_wait_calls(FAKE_GET_RUN, 1);
    gtk_widget_set_visible(GTK_WIDGET(page), FALSE);
    ui_settle();
    calls = fake_count_calls(FAKE_GET_RUN);
    for (int i = 0; i < 8; i++)
        ui_settle();
    g_assert_cmpuint(fake_count_calls(FAKE_GET_RUN), ==, calls);
    fake_end_run();
    gtk_widget_set_visible(GTK_WIDGET(page), TRUE);
    ui_wait_text(GTK_WIDGET(page), "Sent: 7, received: 1, rejected: 0, failed: 0");
    ui_wait_text(GTK_WIDGET(page), "The queue is empty");
    ui_close(window, page);
}

static void
test_keyboard(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);

    fake_keep_running();
    gtk_window_set_focus(window, NULL);
    ui_key(GTK_WIDGET(window), "Tab");
    ui_key(GTK_WIDGET(window), "Return");
    ui_wait_calls(FAKE_GET_RUN, 1);
    /* The focus stays where the button was, whichever button it is. */
    ui_key(GTK_WIDGET(window), "Return");
    ui_wait_text(GTK_WIDGET(page), "The run was cancelled by admin");
    ui_key(GTK_WIDGET(window), "Return");
    ui_wait_calls(FAKE_GET_RUN, 1);
    fake_end_run();
    ui_wait_text(GTK_WIDGET(page), "The queue is empty");
    ui_close(window, page);
}

int
main(int argc, char **argv)
{
    ui_test_init(&argc, &argv);
    g_test_add_func("/queue-run/run", test_run);
    g_test_add_func("/queue-run/run-elsewhere", test_run_elsewhere);
    g_test_add_func("/queue-run/cancel", test_cancel);
    g_test_add_func("/queue-run/cancel-at-once", test_cancel_at_once);
    g_test_add_func("/queue-run/cancel-fails", test_cancel_fails);
    g_test_add_func("/queue-run/found-running", test_found_running);
    g_test_add_func("/queue-run/refused-busy", test_refused_busy);
    g_test_add_func("/queue-run/refused", test_refused);
    g_test_add_func("/queue-run/offline", test_offline);
    g_test_add_func("/queue-run/closed-while-running", test_closed_while_running);
    g_test_add_func("/queue-run/hidden", test_hidden);
    g_test_add_func("/queue-run/keyboard", test_keyboard);
    return g_test_run();
}
