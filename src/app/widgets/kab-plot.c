/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-plot.h"

#include <glib/gi18n-lib.h>

#define HEIGHT 96
#define MIN_WIDTH 120
#define TEXT_GAP 4

struct _KabPlot {
    GtkWidget parent_instance;

    GArray *values; /* (owned) (element-type double) */
    double highest;
    PangoLayout *label; /* (owned) (nullable): the highest figure */
};

G_DEFINE_FINAL_TYPE(KabPlot, kab_plot, GTK_TYPE_WIDGET)

static void
kab_plot_measure(GtkWidget *widget G_GNUC_UNUSED, GtkOrientation orientation,
                 int for_size G_GNUC_UNUSED, int *minimum, int *natural, int *minimum_baseline,
                 int *natural_baseline)
{
    *minimum = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : MIN_WIDTH;
    *natural = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : 3 * MIN_WIDTH;
    *minimum_baseline = *natural_baseline = -1;
}

/* The highest figure of the minutes that a column of the picture stands for; -1: none is known. */
static double
find_column(const GArray *values, int column, int n_columns)
{
    guint from = (guint)((gint64)values->len * column / n_columns);
    guint to = (guint)((gint64)values->len * (column + 1) / n_columns);
    double found = -1;

    for (guint i = from; i < MAX(to, from + 1) && i < values->len; i++)
        found = MAX(found, g_array_index(values, double, i));
    return found;
}

static void
draw_area(KabPlot *self, cairo_t *cr, int width, int top, int height, const GdkRGBA *color)
{
    gdk_cairo_set_source_rgba(cr, color);
    for (int x = 0; x < width; x++) {
        double value = find_column(self->values, x, width);
        double part = self->highest > 0 ? value / self->highest : 0;

        if (value > 0)
            cairo_rectangle(cr, x, top + height * (1 - part), 1, height * part);
    }
    cairo_fill(cr);
}

static void
draw_lines(cairo_t *cr, int width, int top, int height, GdkRGBA color)
{
    color.alpha *= 0.2F;
    gdk_cairo_set_source_rgba(cr, &color);
    cairo_set_line_width(cr, 1);
    for (int i = 0; i <= 1; i++) {
        cairo_move_to(cr, 0, top + i * (height - 1) + 0.5);
        cairo_line_to(cr, width, top + i * (height - 1) + 0.5);
    }
    for (int i = 1; i < 4; i++) { /* each six hours */
        cairo_move_to(cr, width * i / 4 + 0.5, top);
        cairo_line_to(cr, width * i / 4 + 0.5, top + height);
    }
    cairo_stroke(cr);
}

static void
kab_plot_snapshot(GtkWidget *widget, GtkSnapshot *snapshot)
{
    KabPlot *self = KAB_PLOT(widget);
    int width = gtk_widget_get_width(widget);
    int height = gtk_widget_get_height(widget);
    GtkStyleContext *style = gtk_widget_get_style_context(widget);
    graphene_rect_t bounds = GRAPHENE_RECT_INIT(0, 0, (float)width, (float)height);
    cairo_t *cr;
    GdkRGBA text;
    GdkRGBA accent;
    int top = 0;

    if (width <= 0 || height <= 0)
        return;
    gtk_style_context_get_color(style, &text);
    if (!gtk_style_context_lookup_color(style, "accent_color", &accent))
        accent = text;
    if (self->label != NULL) {
        pango_layout_set_width(self->label, width * PANGO_SCALE);
        pango_layout_get_pixel_size(self->label, NULL, &top);
        top += TEXT_GAP;
    }
    cr = gtk_snapshot_append_cairo(snapshot, &bounds);
    draw_lines(cr, width, top, height - top, text);
    draw_area(self, cr, width, top, height - top, &accent);
    cairo_destroy(cr);
    if (self->label != NULL) {
        text.alpha *= 0.6F;
        gtk_snapshot_append_layout(snapshot, self->label, &text);
    }
}

static void
kab_plot_finalize(GObject *object)
{
    g_array_unref(KAB_PLOT(object)->values);
    g_clear_object(&KAB_PLOT(object)->label);
    G_OBJECT_CLASS(kab_plot_parent_class)->finalize(object);
}

static void
kab_plot_class_init(KabPlotClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->finalize = kab_plot_finalize;
    widget_class->measure = kab_plot_measure;
    widget_class->snapshot = kab_plot_snapshot;
    gtk_widget_class_set_css_name(widget_class, "plot");
    gtk_widget_class_set_accessible_role(widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
kab_plot_init(KabPlot *self)
{
    self->values = g_array_new(FALSE, FALSE, sizeof(double));
}

void
kab_plot_set(KabPlot *self, const char *title, const double *values, guint n, KabPlotFormat format)
{
    g_autofree char *highest = NULL;
    g_autofree char *last = NULL;
    g_autofree char *name = NULL;
    g_autofree char *text = NULL;
    double newest = 0;

    g_array_set_size(self->values, 0);
    g_array_append_vals(self->values, values, n);
    self->highest = 0;
    for (guint i = 0; i < n; i++) {
        self->highest = MAX(self->highest, values[i]);
        newest = values[i] >= 0 ? values[i] : newest;
    }
    highest = format(self->highest);
    last = format(newest);
    /* What a plot says: its title, its newest and its highest figure. */
    name = g_strdup_printf(_("%s: %s now, %s at most in a day"), title, last, highest);
    text = g_strdup_printf(_("%s, last 24 hours · now %s · at most %s"), title, last, highest);
    gtk_accessible_update_property(GTK_ACCESSIBLE(self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
    g_clear_object(&self->label);
    self->label = gtk_widget_create_pango_layout(GTK_WIDGET(self), text);
    pango_layout_set_height(self->label, -2); /* two lines at most */
    pango_layout_set_ellipsize(self->label, PANGO_ELLIPSIZE_END);
    gtk_widget_queue_draw(GTK_WIDGET(self));
}
