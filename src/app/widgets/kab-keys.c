/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-keys.h"

void
kab_keys_add(GtkWidget *widget, const KabKey *keys)
{
    GtkEventController *controller = gtk_shortcut_controller_new();

    gtk_shortcut_controller_set_scope(GTK_SHORTCUT_CONTROLLER(controller),
                                      GTK_SHORTCUT_SCOPE_GLOBAL);
    for (const KabKey *key = keys; key->trigger != NULL; key++) {
        GtkShortcut *shortcut = gtk_shortcut_new(gtk_shortcut_trigger_parse_string(key->trigger),
                                                 gtk_named_action_new(key->action));

        if (key->target != NULL)
            gtk_shortcut_set_arguments(shortcut, g_variant_new_string(key->target));
        gtk_shortcut_controller_add_shortcut(GTK_SHORTCUT_CONTROLLER(controller), shortcut);
    }
    gtk_widget_add_controller(widget, controller);
}
