/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-window.h"
#include "test-io.h"
#include "test-stall.h"
#include "ui-test.h"

#include <glib-unix.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

/* Whatever somebody does, the main loop is back within 50 ms: see test-stall.h for what counts. And
 * it touches no file and waits for no socket: see test-io.h.
 *
 * What this proves: no page is so dear to build, to fill or to scroll that the window stands still,
 * and none waits for a file, a lock or a peer by the way, if it does so here, where the service is
 * a fake one. What it does not prove: the same of the real client, which ./dev bench window looks
 * at. What is slow once (the first text loads the fonts) is no stall of ours, and a busy machine
 * slows everything: a step fails when it stalls each of three times. */

#define TRIES 3
#define PRODUCTS 5000
#define SCROLL_STEPS 60

#ifdef __SANITIZE_ADDRESS__
#define SLOWED TRUE
#else
#define SLOWED FALSE
#endif

typedef struct {
    KabWindow *window;
    const char *action;
    const char *id; /* (nullable) */
} Step;

static gboolean
has_view(gpointer data)
{
    return kab_window_get_main_view(data) != NULL;
}

static GtkWidget *
get_page(KabWindow *window)
{
    return GTK_WIDGET(kab_main_view_get_page(kab_window_get_main_view(window)));
}

static void
activate(const Step *step)
{
    g_autoptr(GVariant) target =
        step->id != NULL ? g_variant_ref_sink(g_variant_new_string(step->id)) : NULL;

    g_assert_true(
        gtk_widget_activate_action_variant(GTK_WIDGET(step->window), step->action, target));
}

static void
scroll_through(const Step *step)
{
    GtkWidget *page = get_page(step->window);
    GtkWidget *view = ui_find(page, GTK_TYPE_LIST_VIEW, NULL);
    GtkAdjustment *adjustment;

    if (view == NULL)
        view = ui_find(page, GTK_TYPE_GRID_VIEW, NULL);
    g_assert_nonnull(view);
    adjustment = gtk_scrollable_get_vadjustment(GTK_SCROLLABLE(view));
    for (int i = 0; i <= SCROLL_STEPS; i++) {
        double end =
            gtk_adjustment_get_upper(adjustment) - gtk_adjustment_get_page_size(adjustment);

        gtk_adjustment_set_value(adjustment, end * i / SCROLL_STEPS);
        ui_wait_frame(view);
    }
}

static void
search(const Step *step)
{
    GtkWidget *entry = ui_find(get_page(step->window), GTK_TYPE_SEARCH_ENTRY, NULL);

    for (gsize i = 1; i <= strlen("Gloves"); i++) {
        g_autofree char *text = g_strndup("Gloves", i);

        gtk_editable_set_text(GTK_EDITABLE(entry), text);
        ui_wait_frame(entry);
    }
    ui_settle();
    gtk_editable_set_text(GTK_EDITABLE(entry), "");
}

/* @act: what is done in the step; the loop runs until all is done that follows from it. */
static void
check(const char *what, void (*act)(const Step *step), const Step *step)
{
    TestStall worst;

    for (int i = 0; i < TRIES; i++) {
        ui_settle();
        test_stall_reset();
        test_io_reset();
        act(step);
        ui_settle();
        ui_wait_frame(GTK_WIDGET(step->window));
        worst = test_stall_get_worst();
        if (test_io_count() > 0) {
            g_test_message("%s: %u times at files or sockets, first: %s", what, test_io_count(),
                           test_io_get_first());
            g_test_fail();
        }
        g_test_message("%s: %.1f ms, of which %.1f ms at work", what, (double)worst.own_ns / 1e6,
                       (double)worst.busy_ns / 1e6);
        if (worst.own_ns <= TEST_STALL_MAX_NS)
            return;
    }
    g_test_message("%s: the main loop was away for %.1f ms", what, (double)worst.own_ns / 1e6);
    g_test_fail();
}

static void
check_pages(KabWindow *window, const char *const *actions)
{
    for (gsize i = 0; actions[i] != NULL; i++) {
        const Step step = {.window = window, .action = actions[i]};

        check(actions[i], activate, &step);
    }
}

static KabWindow *
open_window(const KabAppIdentity *identity)
{
    const KabAppConfig config = {.portal_address = "fake:portal",
                                 .base_address = "fake:base",
                                 .demo = TRUE,
                                 .identities = identity,
                                 .n_identities = 1};
    KabWindow *window = kab_window_new(NULL, &config);

    gtk_window_set_default_size(GTK_WINDOW(window), 1100, 760);
    gtk_window_present(GTK_WINDOW(window));
    ui_wait_for(has_view, window);
    ui_settle();
    return window;
}

static void
close_window(KabWindow *window)
{
    gtk_window_destroy(GTK_WINDOW(window));
    ui_settle();
}

static void
fill(void)
{
    fake_reset();
    fake_fill(40, 250, FALSE);
    fake_repeat_products(PRODUCTS);
    fake_fill_tasks(3);
    fake_fill_queue(500);
    fake_put_into_basket(0, 3000);
    fake_put_into_basket(1, 12500);
}

static void
test_partner(void)
{
    static const char *const pages[] = {
        "win.show-home",  "win.show-catalogue",   "win.show-basket", "win.show-orders",
        "win.show-tasks", "win.show-settlements", "win.reload",      NULL};
    const KabAppIdentity identity = {"Partner", "olga", "right", KAB_APP_PARTNER};
    KabWindow *window;
    Step step;

    if (SLOWED) {
        g_test_skip("the sanitizer makes everything slow");
        return;
    }
    fill();
    window = open_window(&identity);
    check_pages(window, pages);
    step = (Step){.window = window, .action = "win.open-order", .id = fake_get_order(0)->id.text};
    check("an order", activate, &step);
    step.id = fake_get_order(2)->id.text;
    check("another order", activate, &step);
    step = (Step){.window = window, .action = "win.open-task", .id = fake_get_task(0)->id.text};
    check("a task", activate, &step);
    step = (Step){.window = window, .action = "win.show-orders"};
    activate(&step);
    check("scrolling the orders", scroll_through, &step);
    step = (Step){.window = window, .action = "win.show-catalogue"};
    activate(&step);
    check("searching", search, &step);
    check("scrolling the catalogue", scroll_through, &step);
    close_window(window);
}

static void
test_administrator(void)
{
    static const char *const pages[] = {"win.show-portal-queue", "win.show-base-queue",
                                        "win.show-client-orders", "win.show-base-tasks", NULL};
    const KabAppIdentity identity = {"Administrator", "admin", "right", KAB_APP_ADMINISTRATOR};
    KabWindow *window;
    Step step;

    if (SLOWED) {
        g_test_skip("the sanitizer makes everything slow");
        return;
    }
    fill();
    window = open_window(&identity);
    check_pages(window, pages);
    step = (Step){.window = window, .action = "win.show-client-orders"};
    activate(&step);
    check("scrolling the client orders", scroll_through, &step);
    step = (Step){
        .window = window, .action = "win.open-client-order", .id = fake_get_order(0)->id.text};
    check("a client order", activate, &step);
    close_window(window);
}

/* The watch sees both kinds of stalls, or it says that it cannot. */
static gboolean
waste_time(gpointer data)
{
    clock_t end = clock() + CLOCKS_PER_SEC * 80 / 1000; /* of processor time */

    if (GPOINTER_TO_INT(data))
        g_usleep(80000);
    else
        while (clock() < end)
            ;
    return G_SOURCE_REMOVE;
}

static void
test_watch(void)
{
    for (int waiting = 0; waiting < 2; waiting++) {
        ui_settle();
        test_stall_reset();
        g_idle_add(waste_time, GINT_TO_POINTER(waiting));
        ui_settle();
        if (waiting && !test_stall_sees_waiting())
            g_test_skip("this system does not count how long a thread waits for a processor");
        else
            g_assert_cmpuint(test_stall_count(), >=, 1);
    }
    ui_settle();
    test_stall_reset();
    ui_settle();
    g_assert_cmpuint(test_stall_count_turns(), >, 0);
    g_assert_cmpuint(test_stall_count(), ==, 0);
}

static gboolean
touch_file(gpointer data)
{
    g_file_set_contents(data, "", 0, NULL);
    return G_SOURCE_REMOVE;
}

static gboolean
ask_peer(gpointer data)
{
    const int *sockets = data;

    g_assert_cmpint(send(sockets[0], "?", 1, 0), ==, 1);
    return G_SOURCE_REMOVE;
}

static gpointer
touch_elsewhere(gpointer data)
{
    return GINT_TO_POINTER(touch_file(data));
}

/* It sees files and sockets of the main thread; not those of others, nor those that never wait. */
static void
test_io_watch(void)
{
    g_autofree char *path = g_build_filename(g_get_user_runtime_dir(), "touched", NULL);
    int sockets[2];

    g_assert_cmpint(socketpair(AF_UNIX, SOCK_STREAM, 0, sockets), ==, 0);
    ui_settle();
    test_io_reset();
    g_thread_join(g_thread_new("other", touch_elsewhere, path));
    ui_settle();
    g_assert_cmpstr(test_io_get_first(), ==, "");
    g_idle_add(touch_file, path);
    ui_settle();
    g_assert_nonnull(strstr(test_io_get_first(), path));
    g_unlink(path);
    test_io_reset();
    g_idle_add(ask_peer, sockets);
    ui_settle();
    g_assert_true(g_str_has_prefix(test_io_get_first(), "send socket"));
    test_io_reset();
    g_unix_set_fd_nonblocking(sockets[0], TRUE, NULL);
    g_idle_add(ask_peer, sockets);
    ui_settle();
    g_assert_cmpuint(test_io_count(), ==, 0);
    close(sockets[0]);
    close(sockets[1]);
}

int
main(int argc, char **argv)
{
    ui_test_init(&argc, &argv);
    test_stall_start();
    g_test_add_func("/stalls/watch", test_watch);
    g_test_add_func("/stalls/io", test_io_watch);
    g_test_add_func("/stalls/partner", test_partner);
    g_test_add_func("/stalls/administrator", test_administrator);
    return g_test_run();
}
