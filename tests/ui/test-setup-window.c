/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-setup-window.h"
#include "ui-test.h"

typedef struct {
    GtkWindow *window;
    gpointer weak;
} Fixture;

static void
open_window(Fixture *f, gboolean portal_too)
{
    g_autoptr(KabClient) portal = NULL;
    g_autoptr(KabClient) base = NULL;

    fake_reset();
    portal = fake_client_new_signed_in("fake:portal", "admin");
    base = fake_client_new_signed_in("fake:base", "admin");
    f->window = GTK_WINDOW(kab_setup_window_new(NULL, portal_too ? portal : NULL, base));
    f->weak = f->window;
    g_object_add_weak_pointer(G_OBJECT(f->window), &f->weak);
    gtk_window_present(f->window);
    ui_settle();
}

static gboolean
is_null(gpointer data)
{
    return *(gpointer *)data == NULL;
}

static void
close_window(Fixture *f)
{
    gtk_window_destroy(f->window);
    ui_wait_for(is_null, &f->weak);
}

static void
click(Fixture *f, const char *name)
{
    ui_click(GTK_WIDGET(f->window), name);
    ui_settle();
}

static gboolean
has(Fixture *f, const char *text)
{
    return ui_has_text(GTK_WIDGET(f->window), text);
}

/* From the first step to an exchange, without entering anything. */
static void
test_both(void)
{
    Fixture f;

    open_window(&f, TRUE);
    g_assert_true(has(&f, "The portal"));
    g_assert_true(has(&f, "Step 1 of 6"));
    click(&f, "Check and go on");
    g_assert_cmpuint(fake_count_calls(FAKE_CHECK_ADDRESS), ==, 1);
    g_assert_true(has(&f, "The portal answers"));
    g_assert_true(has(&f, "The exchange user"));
    click(&f, "Make the user EX and its keys");
    g_assert_cmpstr(fake_get_setting("exchange.client-id"), ==, "a-key");
    g_assert_cmpstr(fake_get_set_secret(), ==, "a new secret");
    g_assert_true(has(&f, "The base")); /* it was checked, and went on */
    g_assert_true(has(&f, "The service is available"));
    click(&f, "Make the user EX at the base");
    g_assert_cmpstr(fake_get_setting("exchange.login"), ==, "EX");
    g_assert_true(has(&f, "When to exchange"));
    click(&f, "Next");
    g_assert_true(has(&f, "Letters"));
    fake_set_problem("The mail server did not take it");
    click(&f, "Check and go on");
    g_assert_cmpuint(fake_count_calls(FAKE_CHECK_MAIL), ==, 1);
    g_assert_true(has(&f, "The mail server did not take it"));
    fake_set_problem(NULL);
    click(&f, "Check and go on");
    g_assert_true(has(&f, "The mail server took the test letter"));
    g_assert_true(has(&f, "The first exchange"));
    click(&f, "Back");
    click(&f, "Later");
    g_assert_true(has(&f, "The first exchange"));
    click(&f, "Run the exchange now");
    ui_wait_text(GTK_WIDGET(f.window), "The ends are connected. Sent: 0, received: 1, failed: 0.");
    click(&f, "Back");
    g_assert_true(has(&f, "Letters"));
    close_window(&f);
}

static void
go_to_schedule(Fixture *f)
{
    open_window(f, TRUE);
    fake_set_setting("exchange.schedule", "0");
    fake_set_setting("exchange.push", "false");
    click(f, "Check and go on");
    click(f, "Make the user EX and its keys");
    click(f, "Make the user EX at the base");
    g_assert_true(has(f, "When to exchange"));
}

static void
run_at_the_end(Fixture *f)
{
    click(f, "Next");
    click(f, "Later");
    click(f, "Run the exchange now");
    ui_wait_text(GTK_WIDGET(f->window), "Run once more");
}

static void
enter(Fixture *f, const char *title, const char *text)
{
    GtkWidget *row = ui_find(GTK_WIDGET(f->window), ADW_TYPE_ENTRY_ROW, title);

    g_assert_nonnull(row);
    gtk_editable_set_text(GTK_EDITABLE(row), text);
}

/* Trying something is not wanting it: what did not pass is corrected, or put back when one leaves.
 */
static void
test_put_back(void)
{
    Fixture f;
    g_autofree char *before = NULL;

    open_window(&f, TRUE);
    before = g_strdup(fake_get_setting("exchange.address"));
    fake_set_problem("Nobody answers there");
    enter(&f, "Address of the other end", "https://nowhere.example");
    click(&f, "Check and go on");
    g_assert_true(has(&f, "Nobody answers there"));
    g_assert_cmpstr(fake_get_setting("exchange.address"), ==, "https://nowhere.example");
    enter(&f, "Address of the other end", before); /* as it was */
    click(&f, "Check and go on");
    g_assert_cmpstr(fake_get_setting("exchange.address"), ==, before);
    enter(&f, "Address of the other end", "https://elsewhere.example");
    click(&f, "Check and go on");
    g_assert_cmpstr(fake_get_setting("exchange.address"), ==, "https://elsewhere.example");
    close_window(&f);
    ui_settle();
    g_assert_cmpstr(fake_get_setting("exchange.address"), ==, before);
    /* What passed stays. */
    open_window(&f, TRUE);
    enter(&f, "Address of the other end", "https://good.example");
    click(&f, "Check and go on");
    close_window(&f);
    ui_settle();
    g_assert_cmpstr(fake_get_setting("exchange.address"), ==, "https://good.example");
}

/* Nobody has to know that an exchange which is connected may still not run. */
static void
test_schedule(void)
{
    Fixture f;

    go_to_schedule(&f);
    fake_set_notice("Spaces were taken off: exchange.schedule");
    click(&f, "Next");
    g_assert_true(has(&f, "Letters"));
    g_assert_true(has(&f, "Spaces were taken off: “Schedule of the exchange”"));
    fake_set_notice(NULL);
    click(&f, "Back");
    run_at_the_end(&f);
    g_assert_cmpstr(fake_get_setting("exchange.schedule"), ==, "05:00");
    g_assert_cmpstr(fake_get_setting("exchange.push"), ==, "true");
    g_assert_true(has(&f, "The ends are connected. Sent: 0, received: 1, failed: 0."));
    click(&f, "Done");
    ui_wait_for(is_null, &f.weak);
    /* Whoever wants it by hand is told so. */
    go_to_schedule(&f);
    gtk_editable_set_text(
        GTK_EDITABLE(ui_find(GTK_WIDGET(f.window), ADW_TYPE_ENTRY_ROW, "Schedule of the exchange")),
        "0");
    gtk_switch_set_active(
        GTK_SWITCH(adw_action_row_get_activatable_widget(ADW_ACTION_ROW(ui_find(
            GTK_WIDGET(f.window), ADW_TYPE_ACTION_ROW, "Run as soon as something is queued")))),
        FALSE);
    run_at_the_end(&f);
    g_assert_true(has(&f, "The ends are connected. Sent: 0, received: 1, failed: 0. But it runs by "
                          "hand only: enter a schedule, or let it run at once."));
    close_window(&f);
}

/* What is wrong is said on the step, and one may go on all the same. */
static void
test_not_available(void)
{
    Fixture f;

    open_window(&f, TRUE);
    click(&f, "Check and go on");
    fake_set_problem("The Client ID is not known at the portal");
    click(&f, "Check and go on");
    g_assert_true(has(&f, "The Client ID is not known at the portal"));
    g_assert_true(has(&f, "The exchange user"));
    click(&f, "Go on anyway");
    g_assert_true(has(&f, "The base"));
    click(&f, "The portal cannot reach the base");
    g_assert_cmpstr(fake_get_setting("exchange.pull"), ==, "true");
    g_assert_true(has(&f, "When to exchange"));
    close_window(&f);
}

/* What is to blame was entered in a step before: a button leads there, and shows what it is. */
static void
test_way_back(void)
{
    Fixture f;
    GtkWidget *row;

    open_window(&f, TRUE);
    click(&f, "Check and go on");
    fake_set_problem("The certificate is not trusted");
    fake_blame("exchange.address");
    click(&f, "Check and go on");
    click(&f, "Back to “The portal”");
    g_assert_true(has(&f, "Step 1 of 6"));
    row = ui_find(GTK_WIDGET(f.window), ADW_TYPE_ENTRY_ROW, "Address of the other end");
    g_assert_true(gtk_widget_has_css_class(row, "error"));
    fake_set_problem(NULL);
    click(&f, "Check and go on");
    g_assert_true(has(&f, "The exchange user"));
    close_window(&f);
}

/* Of the keys that were made, the one that works is left. */
static void
test_one_key(void)
{
    Fixture f;

    open_window(&f, TRUE);
    fake_set_setting("exchange.client-id", "an-old-key");
    click(&f, "Check and go on");
    fake_set_problem("The Client ID is not known at the portal");
    click(&f, "Make the user EX and its keys");
    g_assert_cmpuint(fake_count_calls(FAKE_SET_USER), ==, 0); /* nothing works in its place yet */
    fake_set_problem(NULL);
    click(&f, "Make the user EX and its keys");
    g_assert_true(has(&f, "The base"));
    g_assert_cmpuint(fake_count_calls(FAKE_SET_USER), ==, 2);
    g_assert_true(has(&f, "The service is available\n"
                          "The key that the base used before is not valid any more."));
    close_window(&f);
}

/* A key that nobody uses and that is still valid is told of. */
static void
test_key_stays(void)
{
    Fixture f;

    open_window(&f, TRUE);
    fake_set_setting("exchange.client-id", "an-old-key");
    click(&f, "Check and go on");
    fake_fail(FAKE_SET_USER, KAB_ERROR_BUSY, "The disk is full");
    click(&f, "Make the user EX and its keys");
    g_assert_true(has(&f, "The base"));
    ui_wait_text(GTK_WIDGET(f.window),
                 "The key that the base used before is still valid, and could not be revoked: "
                 "The disk is full");
    close_window(&f);
}

static void
test_refused(void)
{
    Fixture f;
    GtkWidget *row;

    open_window(&f, TRUE);
    row = ui_find(GTK_WIDGET(f.window), ADW_TYPE_ENTRY_ROW, "Address of the other end");
    gtk_editable_set_text(GTK_EDITABLE(row), "nonsense");
    fake_fail(FAKE_SET_SETTINGS, KAB_ERROR_INVALID, "exchange.address: “nonsense” is no address");
    click(&f, "Check and go on");
    g_assert_true(has(&f, "“Address of the other end”: “nonsense” is no address"));
    g_assert_true(gtk_widget_has_css_class(row, "error"));
    g_assert_cmpstr(gtk_editable_get_text(GTK_EDITABLE(row)), ==, "nonsense");
    fake_fail(FAKE_EXCHANGE_USER, KAB_ERROR_CONFLICT, "“EX” is somebody else");
    fake_fail(FAKE_SET_SETTINGS, -1, NULL);
    click(&f, "Check and go on");
    click(&f, "Make the user EX and its keys");
    g_assert_true(has(&f, "“EX” is somebody else"));
    close_window(&f);
}

/* Who administers the base alone enters what the portal's administrator has made. */
static void
test_base_alone(void)
{
    Fixture f;

    open_window(&f, FALSE);
    click(&f, "Check and go on");
    g_assert_null(ui_find(GTK_WIDGET(f.window), GTK_TYPE_BUTTON, "Make the user EX and its keys"));
    click(&f, "Check and go on");
    g_assert_true(has(&f, "When to exchange")); /* the portal's step is somebody else's */
    click(&f, "Back");
    g_assert_true(has(&f, "The exchange user"));
    close_window(&f);
}

/* A step that could not be shown is tried again, and not passed over. */
static void
test_not_loaded(void)
{
    Fixture f;

    open_window(&f, TRUE);
    fake_fail(FAKE_SETTINGS, KAB_ERROR_BUSY, "The base cannot be reached");
    click(&f, "Check and go on");
    g_assert_true(has(&f, "The base cannot be reached"));
    click(&f, "Check and go on");
    g_assert_true(has(&f, "The exchange user"));
    fake_fail(FAKE_SETTINGS, -1, NULL);
    click(&f, "Check and go on");
    g_assert_nonnull(ui_find(GTK_WIDGET(f.window), ADW_TYPE_ENTRY_ROW, "Client ID at the portal"));
    close_window(&f);
}

static void
test_closed_while_pending(void)
{
    Fixture f;

    open_window(&f, TRUE);
    fake_hold(FAKE_CHECK);
    click(&f, "Check and go on");
    click(&f, "Check and go on");
    g_assert_cmpuint(fake_count_held(FAKE_CHECK), ==, 1);
    g_assert_false(ui_can_click(GTK_WIDGET(f.window), "Check and go on"));
    close_window(&f);
    g_assert_cmpuint(fake_count_held(FAKE_CHECK), ==, 0);
    ui_settle();
}

static gboolean
is_mapped(gpointer data)
{
    return gtk_widget_get_mapped(data);
}

/* It opens no wider than the window that it belongs to, and has room there. */
static void
test_narrow(void)
{
    GtkWindow *parent = GTK_WINDOW(gtk_window_new());
    g_autoptr(KabClient) base = NULL;
    GtkWindow *window;
    int width, height, minimum;

    fake_reset();
    base = fake_client_new_signed_in("fake:base", "admin");
    gtk_window_set_default_size(parent, 400, 700);
    gtk_window_present(parent);
    ui_wait_for(is_mapped, parent);
    ui_wait_frame(GTK_WIDGET(parent));
    window = GTK_WINDOW(kab_setup_window_new(parent, NULL, base));
    gtk_window_get_default_size(window, &width, &height);
    g_assert_cmpint(width, ==, gtk_widget_get_width(GTK_WIDGET(parent)));
    gtk_window_present(window);
    ui_wait_for(is_mapped, window);
    ui_settle();
    gtk_widget_measure(GTK_WIDGET(window), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL,
                       NULL);
    g_assert_cmpint(minimum, <=, 400);
    gtk_window_destroy(window);
    gtk_window_destroy(parent);
    ui_settle();
}

int
main(int argc, char *argv[])
{
    ui_test_init(&argc, &argv);
    g_test_add_func("/setup/schedule", test_schedule);
    g_test_add_func("/setup/put-back", test_put_back);
    g_test_add_func("/setup/both", test_both);
    g_test_add_func("/setup/not-available", test_not_available);
    g_test_add_func("/setup/way-back", test_way_back);
    g_test_add_func("/setup/one-key", test_one_key);
    g_test_add_func("/setup/key-stays", test_key_stays);
    g_test_add_func("/setup/refused", test_refused);
    g_test_add_func("/setup/base-alone", test_base_alone);
    g_test_add_func("/setup/not-loaded", test_not_loaded);
    g_test_add_func("/setup/narrow", test_narrow);
    g_test_add_func("/setup/closed", test_closed_while_pending);
    return g_test_run();
}
