/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KAB_TYPE_REFLOW (kab_reflow_get_type())

/**
 * KabReflow:
 *
 * Lays its children out in one line where there is room for it; otherwise the first one gets a line
 * of its own, and the others share the line below it; where there is no room for that either, each
 * has its own.
 *
 * In one line the first child gets what the others leave, and at least #KabReflow:start-width; in
 * the second line the last child stands at the end.
 */
G_DECLARE_FINAL_TYPE(KabReflow, kab_reflow, KAB, REFLOW, GtkWidget)

G_END_DECLS
