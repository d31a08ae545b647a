/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-io.h"
#include "test-stall.h"

#include <gtk/gtk.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

/* Preloaded into a program with windows by the measurements, so that the program need not know of
 * them. It writes into the file $KABINET_PROBE: "frame SECONDS cpu SECONDS" after the first frame
 * that was painted with a mapped window in which the label $KABINET_PROBE_TEXT is (any mapped
 * window without it), by the clock that Python calls monotonic, and what processor time the program
 * had taken; and for every stall of the main loop after it "stall MILLISECONDS busy MILLISECONDS
 * wall MILLISECONDS", and for what it did with files and sockets that make it wait "io TIMES
 * FIRST". */

static struct {
    FILE *out;
    const char *text;
    gboolean done;
    guint n_told;
} probe;

static gboolean
shows(GtkWidget *widget, const char *text)
{
    if (!gtk_widget_get_mapped(widget) || !gtk_widget_get_child_visible(widget))
        return FALSE;
    if (GTK_IS_LABEL(widget) && strstr(gtk_label_get_text(GTK_LABEL(widget)), text) != NULL)
        return TRUE;
    for (GtkWidget *child = gtk_widget_get_first_child(widget); child != NULL;
         child = gtk_widget_get_next_sibling(child))
        if (shows(child, text))
            return TRUE;
    return FALSE;
}

static gboolean
has_content(void)
{
    GListModel *windows = gtk_window_get_toplevels();

    for (guint i = 0; i < g_list_model_get_n_items(windows); i++) {
        g_autoptr(GtkWidget) window = g_list_model_get_item(windows, i);

        if (gtk_widget_get_mapped(window) && (probe.text == NULL || shows(window, probe.text)))
            return TRUE;
    }
    return FALSE;
}

static void
tell_stalls(void)
{
    TestStall worst = test_stall_get_worst();

    if (test_io_count() > 0) {
        fprintf(probe.out, "io %u %s\n", test_io_count(), test_io_get_first());
        fflush(probe.out);
        test_io_reset();
    }
    if (test_stall_count() == 0)
        return;
    fprintf(probe.out, "stall %.1f busy %.1f wall %.1f\n", (double)worst.own_ns / 1e6,
            (double)worst.busy_ns / 1e6, (double)worst.wall_ns / 1e6);
    fflush(probe.out);
    test_stall_reset();
}

static gboolean
on_watch(gpointer data G_GNUC_UNUSED)
{
    tell_stalls();
    return G_SOURCE_CONTINUE;
}

static gboolean
on_painted(GSignalInvocationHint *hint G_GNUC_UNUSED, guint n G_GNUC_UNUSED,
           const GValue *values G_GNUC_UNUSED, gpointer data G_GNUC_UNUSED)
{
    gint64 now = g_get_monotonic_time();
    struct rusage used;

    if (probe.done || !has_content())
        return TRUE;
    probe.done = TRUE;
    getrusage(RUSAGE_SELF, &used);
    fprintf(probe.out, "frame %.6f cpu %.6f\n", (double)now / 1e6,
            (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
                (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6);
    fflush(probe.out);
    if (g_getenv("KABINET_PROBE_STALLS") == NULL)
        return FALSE;
    test_stall_start();
    g_timeout_add(20, on_watch, NULL);
    return FALSE;
}

__attribute__((constructor)) static void
begin(void)
{
    const char *path = g_getenv("KABINET_PROBE");

    probe.out = path != NULL ? fopen(path, "we") : NULL;
    if (probe.out == NULL)
        return;
    probe.text = g_getenv("KABINET_PROBE_TEXT");
    g_unsetenv("LD_PRELOAD"); /* what the program starts is not measured */
    g_unsetenv("KABINET_PROBE");
    g_type_class_unref(g_type_class_ref(GDK_TYPE_FRAME_CLOCK)); /* so that there are its signals */
    g_signal_add_emission_hook(g_signal_lookup("after-paint", GDK_TYPE_FRAME_CLOCK), 0, on_painted,
                               NULL, NULL);
}
