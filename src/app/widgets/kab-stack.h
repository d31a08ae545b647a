/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * kab_stack_show:
 * @stack: a stack
 * @name: the name of the child to show
 *
 * Shows one child, to all: a child that a stack does not show is still there for a screen reader
 * otherwise.
 */
void kab_stack_show(GtkStack *stack, const char *name);

G_END_DECLS
