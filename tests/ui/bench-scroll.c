/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-catalogue-page.h"
#include "kab-growing-list.h"
#include "kab-journal-page.h"
#include "kab-paged-list.h"
#include "kab-queue-page.h"
#include "test-stall.h"
#include "ui-test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Not a test: bench-scroll PAGE ROWS scrolls through the catalogue with so many products (list,
 * grid), or through a queue or a journal with so many entries that failed, and prints, as JSON, how
 * long the frames took, what memory the program has at the end, and the longest time in which the
 * main loop did not look for events. The page and its list are the real ones; the products are made
 * up as they are asked for.
 *
 * A queue and a journal come while they are scrolled, a hundred entries at a time: the wheel is
 * measured while they come, and jumps over what has come after LOAD_S seconds at the end of it. */

#define WIDTH 1100
#define HEIGHT 760
#define WHEEL_FRAMES 600
#define WHEEL_PIXELS 150
#define JUMPS 2000
#define LOAD_S 30

typedef struct {
    GtkAdjustment *adjustment;
    GArray *times; /* (element-type gint64): microseconds from the begin of a frame to its end */
    GArray *busy;  /* (element-type gint64): and what processor time of it the main thread had */
    gint64 began;
    gint64 busy_began;
    guint left;  /* frames to come */
    double step; /* pixels */
} Scroll;

static gint64
get_busy(void)
{
    struct timespec now;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (gint64)now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static void
on_before_paint(GdkFrameClock *clock G_GNUC_UNUSED, Scroll *scroll)
{
    scroll->began = g_get_monotonic_time();
    scroll->busy_began = get_busy();
}

static void
on_after_paint(GdkFrameClock *clock G_GNUC_UNUSED, Scroll *scroll)
{
    gint64 took = g_get_monotonic_time() - scroll->began;

    gint64 busy = get_busy() - scroll->busy_began;

    if (scroll->began == 0)
        return;
    g_array_append_val(scroll->times, took);
    g_array_append_val(scroll->busy, busy);
}

static gboolean
on_tick(GtkWidget *widget G_GNUC_UNUSED, GdkFrameClock *clock G_GNUC_UNUSED, gpointer data)
{
    Scroll *scroll = data;

    gtk_adjustment_set_value(scroll->adjustment,
                             gtk_adjustment_get_value(scroll->adjustment) + scroll->step);
    return --scroll->left > 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
scroll_on(GtkWidget *view, Scroll *scroll, guint frames, double step)
{
    g_array_set_size(scroll->times, 0);
    g_array_set_size(scroll->busy, 0);
    scroll->left = frames;
    scroll->step = step;
    gtk_widget_add_tick_callback(view, on_tick, scroll, NULL);
    while (scroll->left > 0)
        g_main_context_iteration(NULL, TRUE);
    ui_settle();
}

/* The list behind what is shown; the page keeps it. */
static GListModel *
get_source(GtkWidget *view)
{
    g_autoptr(GtkSelectionModel) selection = NULL;
    g_autoptr(GListModel) model = NULL;

    g_object_get(view, "model", &selection, NULL);
    g_object_get(selection, "model", &model, NULL);
    return kab_growing_list_get_source(KAB_GROWING_LIST(model));
}

/* As if somebody had scrolled to the end: the pages come one after the other. */
static void
load_all(KabPagedList *products)
{
    while (kab_paged_list_has_more(products)) {
        kab_paged_list_more(products);
        while (kab_paged_list_is_loading(products))
            g_main_context_iteration(NULL, TRUE);
    }
}

static void
load_by_scrolling(GtkAdjustment *adjustment, GListModel *entries, guint rows)
{
    gint64 end = g_get_monotonic_time() + LOAD_S * G_USEC_PER_SEC;

    while (g_list_model_get_n_items(entries) < rows && g_get_monotonic_time() < end) {
        gtk_adjustment_set_value(adjustment, gtk_adjustment_get_upper(adjustment));
        g_main_context_iteration(NULL, TRUE);
    }
    gtk_adjustment_set_value(adjustment, 0);
    ui_settle();
}

static KabDataPage *
make_catalogue(guint rows)
{
    g_autoptr(KabClient) client = NULL;

    fake_fill(40, 0, FALSE);
    fake_repeat_products(rows);
    client = fake_client_new_signed_in("fake:portal", "olga");
    return kab_catalogue_page_new(client);
}

static KabDataPage *
make_queue(guint rows)
{
    g_autoptr(KabClient) client = NULL;

    fake_fill_queue_failed(rows);
    client = fake_client_new_signed_in("fake:portal", "admin");
    return kab_queue_page_new(client);
}

static KabDataPage *
make_journal(guint rows)
{
    g_autoptr(KabClient) client = NULL;

    for (guint i = 0; i < rows; i++)
        fake_add_journal(FALSE, "POST messages", "The product is not known there");
    client = fake_client_new_signed_in("fake:portal", "admin");
    return kab_journal_page_new(client);
}

/* What can be scrolled. */
static const struct {
    const char *name;
    KabDataPage *(*make)(guint rows);
    const char *action; /* (nullable): before it is scrolled */
    GType (*get_view)(void);
} pages[] = {
    {"list", make_catalogue, NULL, gtk_list_view_get_type},
    {"grid", make_catalogue, "catalogue.switch-view", gtk_grid_view_get_type},
    {"queue", make_queue, NULL, gtk_column_view_get_type},
    {"journal", make_journal, NULL, gtk_list_view_get_type},
};

static guint
find_page(const char *name)
{
    guint i = 0;

    while (i < G_N_ELEMENTS(pages) && !g_str_equal(pages[i].name, name))
        i++;
    return i;
}

static double
get_rss_mib(void)
{
    g_autofree char *text = NULL;
    long size, resident;

    if (!g_file_get_contents("/proc/self/statm", &text, NULL, NULL) ||
        sscanf(text, "%ld %ld", &size, &resident) != 2)
        return 0;
    return (double)resident * (double)sysconf(_SC_PAGESIZE) / 1048576;
}

static int
compare(gconstpointer a, gconstpointer b)
{
    const gint64 *one = a;
    const gint64 *other = b;

    return (*one > *other) - (*one < *other);
}

static double
get_share(GArray *times, double share)
{
    guint i = MIN(times->len - 1, (guint)((double)times->len * share));

    return (double)g_array_index(times, gint64, i) / 1000;
}

static void
tell(Scroll *scroll, const char *how)
{
    TestStall stall = test_stall_get_worst();

    g_array_sort(scroll->times, compare);
    g_array_sort(scroll->busy, compare);
    printf("\"%s\": {\"frames\": %u, \"frame_ms_p50\": %.1f, \"frame_ms_p99\": %.1f, "
           "\"frame_ms_max\": %.1f, \"cpu_ms_p50\": %.1f, \"cpu_ms_p99\": %.1f, "
           "\"stall_ms_max\": %.1f, \"stalls\": %u, \"turns\": %u}, ",
           how, scroll->times->len, get_share(scroll->times, 0.5), get_share(scroll->times, 0.99),
           get_share(scroll->times, 1), get_share(scroll->busy, 0.5), get_share(scroll->busy, 0.99),
           (double)stall.own_ns / 1e6, test_stall_count(), test_stall_count_turns());
    test_stall_reset();
}

int
main(int argc, char **argv)
{
    Scroll scroll = {.times = g_array_new(FALSE, FALSE, sizeof(gint64)),
                     .busy = g_array_new(FALSE, FALSE, sizeof(gint64))};
    guint which = argc == 3 ? find_page(argv[1]) : G_N_ELEMENTS(pages);
    guint rows = argc == 3 ? (guint)atoi(argv[2]) : 0;
    GListModel *source;
    KabDataPage *page;
    GtkWindow *window;
    GtkWidget *view;
    GdkFrameClock *clock;

    if (which == G_N_ELEMENTS(pages))
        return 2;
    ui_test_init(&argc, &argv);
    fake_reset();
    page = pages[which].make(rows);
    window = ui_show(page, WIDTH, HEIGHT);
    ui_wait_state(page, KAB_PAGE_CONTENT);
    if (pages[which].action != NULL)
        ui_act(GTK_WIDGET(page), pages[which].action);
    ui_settle();
    view = ui_find(GTK_WIDGET(page), pages[which].get_view(), NULL);
    source = get_source(view);
    scroll.adjustment = gtk_scrollable_get_vadjustment(GTK_SCROLLABLE(view));
    test_stall_start();
    if (KAB_IS_PAGED_LIST(source)) {
        load_all(KAB_PAGED_LIST(source));
        g_assert_cmpuint(g_list_model_get_n_items(source), ==, rows);
        ui_settle();
    }
    clock = gtk_widget_get_frame_clock(view);
    g_signal_connect(clock, "before-paint", G_CALLBACK(on_before_paint), &scroll);
    g_signal_connect(clock, "after-paint", G_CALLBACK(on_after_paint), &scroll);
    printf("{");
    test_stall_reset();
    scroll_on(view, &scroll, WHEEL_FRAMES, WHEEL_PIXELS);
    tell(&scroll, "wheel");
    if (!KAB_IS_PAGED_LIST(source))
        load_by_scrolling(scroll.adjustment, source, rows);
    test_stall_reset();
    scroll_on(view, &scroll, JUMPS, gtk_adjustment_get_upper(scroll.adjustment) / JUMPS);
    tell(&scroll, "jumps");
    printf("\"rows\": %u, \"loaded\": %u, \"rss_mib\": %.0f}\n", rows,
           g_list_model_get_n_items(source), get_rss_mib());
    g_signal_handlers_disconnect_by_data(clock, &scroll);
    ui_close(window, page);
    g_array_unref(scroll.times);
    g_array_unref(scroll.busy);
    return 0;
}
