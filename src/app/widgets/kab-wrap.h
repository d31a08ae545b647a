/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KAB_TYPE_WRAP (kab_wrap_get_type())

/**
 * KabWrap:
 *
 * Lays its children out as a text lays out its words: one beside the other, and what has no room in
 * a line begins the next one. It is never wider than its widest child needs.
 *
 * What a line has to spare goes to its first child, so that the last one stands at the end; unless
 * it is #KabWrap:packed.
 */
G_DECLARE_FINAL_TYPE(KabWrap, kab_wrap, KAB, WRAP, GtkWidget)

G_END_DECLS
