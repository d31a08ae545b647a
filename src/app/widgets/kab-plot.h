/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KAB_TYPE_PLOT (kab_plot_get_type())

/**
 * KabPlot:
 *
 * A figure over the last day, drawn as an area: the newest at the end. Where nothing is known there
 * is a gap.
 */
G_DECLARE_FINAL_TYPE(KabPlot, kab_plot, KAB, PLOT, GtkWidget)

/**
 * KabPlotFormat:
 * @value: a figure
 *
 * Returns: (transfer full): as people read it
 */
typedef char *(*KabPlotFormat)(double value);

/**
 * kab_plot_set:
 * @self: a plot
 * @title: what it is, translated
 * @values: (array length=n): a figure per minute; a negative one is not known
 * @n: how many minutes
 * @format: how the highest one is written
 *
 * Shows the figures from now on; a screen reader is told the last and the highest one.
 */
void kab_plot_set(KabPlot *self, const char *title, const double *values, guint n,
                  KabPlotFormat format);

G_END_DECLS
