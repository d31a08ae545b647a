/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-format.h"
#include "kab-overview-page.h"
#include "kab-plot.h"
#include "ui-test.h"

static KabDataPage *
make_page(void)
{
    g_autoptr(KabClient) portal = NULL;
    g_autoptr(KabClient) base = NULL;

    fake_reset();
    portal = fake_client_new_signed_in("fake:portal", "admin");
    base = fake_client_new_signed_in("fake:base", "admin");
    return kab_overview_page_new(portal, base);
}

static KabDataPage *
make_portal_page(void)
{
    g_autoptr(KabClient) portal = NULL;

    fake_reset();
    portal = fake_client_new_signed_in("fake:portal", "admin");
    return kab_overview_page_new(portal, NULL);
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
    ui_check_states(make_portal_page, FAKE_EXCHANGE);
}

/* A new installation: where to begin is said. */
static void
test_no_base(void)
{
    KabDataPage *page = make_portal_page();
    GtkWindow *window = show(page);

    g_assert_true(ui_has_text(GTK_WIDGET(page), "The base is not connected to this window"));
    ui_watch_action(window, "show-connections");
    ui_click(GTK_WIDGET(page), "Connections");
    g_assert_true(ui_was_asked());
    ui_close(window, page);

    page = make_page();
    window = show(page);
    g_assert_false(ui_has_text(GTK_WIDGET(page), "The base is not connected to this window"));
    ui_close(window, page);
}

static void
test_available(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window;

    fake_get_exchange()->counts[KAB_QUEUE_WAITING] = 4;
    fake_get_exchange()->counts[KAB_QUEUE_FAILED] = 2;
    window = show(page);
    ui_wait_text(GTK_WIDGET(page), "Available");
    ui_wait_text(GTK_WIDGET(page), "4 waiting · 0 processing · 2 failed");
    ui_wait_text(GTK_WIDGET(page), "No failures");
    ui_close(window, page);
}

/* What nobody has tried is not said to work. */
static void
test_never(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window;

    fake_get_exchange()->last_run_at = 0;
    window = show(page);
    ui_wait_text(GTK_WIDGET(page), "No exchange yet");
    g_assert_false(ui_has_text(GTK_WIDGET(page), "Available"));
    ui_close(window, page);
}

static void
test_not_available(void)
{
    KabDataPage *page = make_portal_page();
    GtkWindow *window;

    fake_get_exchange()->failing_since = kab_time_now() - 3600000;
    fake_get_exchange()->failure = g_strdup("connection refused");
    fake_add_alarm("The status “У директора” is not known");
    fake_add_journal(FALSE, "POST /api/v1/exchange/messages", "connection refused by 10.0.0.9");
    fake_add_journal(FALSE, "GET /api/v1/exchange/messages", NULL);
    window = show(page);
    ui_wait_text(GTK_WIDGET(page), "connection refused");
    ui_wait_text(GTK_WIDGET(page), "connection refused by 10.0.0.9");
    g_assert_true(ui_has_text(GTK_WIDGET(page), "The status “У директора” is not known"));
    g_assert_false(ui_has_text(GTK_WIDGET(page), "Available"));
    ui_close(window, page);
}

/* What is well again does not look as if it were switched off. */
static void
test_well_again(void)
{
    KabDataPage *page = make_portal_page();
    GtkWindow *window = show(page);
    GtkWidget *row;

    ui_watch_action(window, "mend-portal");
    fake_get_exchange()->failing_since = kab_time_now() - 3600000;
    kab_data_page_reload(page);
    ui_settle();
    row = ui_find(GTK_WIDGET(page), ADW_TYPE_ACTION_ROW, NULL);
    g_assert_true(gtk_list_box_row_get_activatable(GTK_LIST_BOX_ROW(row)));
    fake_get_exchange()->failing_since = 0;
    kab_data_page_reload(page);
    ui_wait_text(GTK_WIDGET(page), "Available");
    g_assert_false(gtk_list_box_row_get_activatable(GTK_LIST_BOX_ROW(row)));
    g_assert_true(gtk_widget_is_sensitive(row));
    ui_close(window, page);
}

/* What could not be asked for is not said to be nothing. */
static void
test_failures_not_known(void)
{
    KabDataPage *page = make_portal_page();
    GtkWindow *window;

    fake_fail(FAKE_JOURNAL, KAB_ERROR_FAILED, "The answer is not understood");
    window = show(page);
    ui_wait_text(GTK_WIDGET(page), "Not known: The answer is not understood");
    g_assert_false(ui_has_text(GTK_WIDGET(page), "No failures"));
    ui_close(window, page);
}

/* The other end is asked all the same. */
static void
test_one_is_down(void)
{
    KabDataPage *page = make_page();
    g_autofree char *since = kab_format_moment(kab_time_now());
    g_autofree char *title = NULL;
    GtkWindow *window;

    fake_hold(FAKE_EXCHANGE);
    window = ui_show(page, 1000, 700);
    ui_wait_held(FAKE_EXCHANGE);
    fake_fail(FAKE_EXCHANGE, KAB_ERROR_FAILED, "erp.example.com: connection refused");
    fake_release(FAKE_EXCHANGE, 0);
    ui_settle();
    fake_fail(FAKE_EXCHANGE, -1, NULL);
    fake_release_all(FAKE_EXCHANGE);
    ui_wait_state(page, KAB_PAGE_CONTENT);
    title = g_strdup_printf("The portal cannot be reached since %s", since);
    if (!ui_has_text(GTK_WIDGET(page), title)) { /* the minute has changed since */
        g_free(title);
        g_free(since);
        since = kab_format_moment(kab_time_now());
        title = g_strdup_printf("The portal cannot be reached since %s", since);
    }
    g_assert_true(ui_has_text(GTK_WIDGET(page), title));
    g_assert_true(ui_has_text(GTK_WIDGET(page), "erp.example.com: connection refused"));
    g_assert_true(ui_has_text(GTK_WIDGET(page), "Available"));
    ui_close(window, page);
}

/* What a plot shows can be heard too. */
static void
test_plots(void)
{
    KabDataPage *page = make_portal_page();
    GtkWindow *window;

    fake_add_minute(kab_time_now() - 120000, 7, 0);
    fake_add_minute(kab_time_now() - 60000, 3, 600);
    window = show(page);
    ui_settle();
    g_assert_nonnull(
        ui_find(GTK_WIDGET(page), KAB_TYPE_PLOT, "Messages per minute: 3 now, 7 at most in a day"));
    ui_close(window, page);
}

int
main(int argc, char *argv[])
{
    ui_test_init(&argc, &argv);
    g_test_add_func("/overview/no-base", test_no_base);
    g_test_add_func("/overview-page/never", test_never);
    g_test_add_func("/overview-page/states", test_states);
    g_test_add_func("/overview-page/available", test_available);
    g_test_add_func("/overview-page/not-available", test_not_available);
    g_test_add_func("/overview-page/one-is-down", test_one_is_down);
    g_test_add_func("/overview-page/well-again", test_well_again);
    g_test_add_func("/overview-page/failures-not-known", test_failures_not_known);
    g_test_add_func("/overview-page/plots", test_plots);
    return g_test_run();
}
