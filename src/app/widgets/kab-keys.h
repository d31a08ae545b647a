/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * KabKey:
 * @trigger: the key, such as "<Control>s"; %NULL ends a list of keys
 * @action: the action of the widget, or of one that it is in
 * @target: (nullable): the action's text
 */
typedef struct {
    const char *trigger;
    const char *action;
    const char *target;
} KabKey;

/**
 * kab_keys_add:
 * @widget: what the keys belong to
 * @keys: (array zero-terminated=1): its keys; each stands in the shortcuts window too
 *
 * The keys work wherever in the window the focus is, as long as @widget can be seen. So this is not
 * for keys that somebody types with, or that an entry uses.
 */
void kab_keys_add(GtkWidget *widget, const KabKey *keys);

G_END_DECLS
