/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-catalogue-page.h"
#include "kab-growing-list.h"
#include "kab-paged-list.h"
#include "test-stall.h"
#include "ui-test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Not a test: bench-scroll list|grid ROWS scrolls through the catalogue with so many products and
 * prints, as JSON, how long the frames took, what memory the program has at the end, and the
 * longest time in which the main loop did not look for events. The page and its list are the real
 * ones; the products are made up as they are asked for. */

#define WIDTH 1100
#define HEIGHT 760
#define WHEEL_FRAMES 600
#define WHEEL_PIXELS 150
#define JUMPS 2000

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

static KabPagedList *
get_products(GtkWidget *view)
{
    GtkSelectionModel *selection = GTK_IS_LIST_VIEW(view)
                                       ? gtk_list_view_get_model(GTK_LIST_VIEW(view))
                                       : gtk_grid_view_get_model(GTK_GRID_VIEW(view));
    g_autoptr(GListModel) model = NULL;

    g_object_get(selection, "model", &model, NULL);
    return KAB_PAGED_LIST(
        kab_growing_list_get_source(KAB_GROWING_LIST(model))); /* the page keeps it */
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
    g_autoptr(KabClient) client = NULL;
    Scroll scroll = {.times = g_array_new(FALSE, FALSE, sizeof(gint64)),
                     .busy = g_array_new(FALSE, FALSE, sizeof(gint64))};
    gboolean grid;
    KabPagedList *products;
    KabDataPage *page;
    GtkWindow *window;
    GtkWidget *view;
    GdkFrameClock *clock;
    gint64 began;
    guint rows;

    ui_test_init(&argc, &argv);
    if (argc != 3)
        return 2;
    grid = g_str_equal(argv[1], "grid");
    rows = (guint)atoi(argv[2]);
    fake_reset();
    fake_fill(40, 0, FALSE);
    fake_repeat_products(rows);
    client = fake_client_new_signed_in("fake:portal", "olga");
    page = kab_catalogue_page_new(client);
    window = ui_show(page, WIDTH, HEIGHT);
    ui_wait_state(page, KAB_PAGE_CONTENT);
    if (grid)
        ui_act(GTK_WIDGET(page), "catalogue.switch-view");
    ui_settle();
    view = ui_find(GTK_WIDGET(page), grid ? GTK_TYPE_GRID_VIEW : GTK_TYPE_LIST_VIEW, NULL);
    products = get_products(view);
    test_stall_start();
    began = g_get_monotonic_time();
    load_all(products);
    g_assert_cmpuint(g_list_model_get_n_items(G_LIST_MODEL(products)), ==, rows);
    ui_settle();

    scroll.adjustment = gtk_scrollable_get_vadjustment(GTK_SCROLLABLE(view));
    clock = gtk_widget_get_frame_clock(view);
    g_signal_connect(clock, "before-paint", G_CALLBACK(on_before_paint), &scroll);
    g_signal_connect(clock, "after-paint", G_CALLBACK(on_after_paint), &scroll);
    began = g_get_monotonic_time() - began;
    printf("{");
    test_stall_reset();
    scroll_on(view, &scroll, WHEEL_FRAMES, WHEEL_PIXELS);
    tell(&scroll, "wheel");
    scroll_on(view, &scroll, JUMPS, gtk_adjustment_get_upper(scroll.adjustment) / JUMPS);
    tell(&scroll, "jumps");
    printf("\"rows\": %u, \"load_s\": %.1f, \"rss_mib\": %.0f}\n", rows, (double)began / 1e6,
           get_rss_mib());
    g_signal_handlers_disconnect_by_data(clock, &scroll);
    ui_close(window, page);
    g_array_unref(scroll.times);
    g_array_unref(scroll.busy);
    return 0;
}
