/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-page-focus.h"
#include "kab-weak.h"

#define KEY "kab-page-focus"

static void
forget(gpointer ref)
{
    g_autoptr(GObject) widget G_GNUC_UNUSED = kab_weak_take(ref);
}

gboolean
kab_page_focus_leave(KabDataPage *page)
{
    GtkRoot *root = page != NULL ? gtk_widget_get_root(GTK_WIDGET(page)) : NULL;
    GtkWidget *focus = root != NULL ? gtk_root_get_focus(root) : NULL;

    if (focus == NULL)
        return TRUE;
    /* One that is not mapped was a row of the page a moment ago. */
    if (gtk_widget_get_mapped(focus) && !gtk_widget_is_ancestor(focus, GTK_WIDGET(page)))
        return FALSE;
    g_object_set_data_full(G_OBJECT(page), KEY, kab_weak_new(focus), forget);
    gtk_root_set_focus(root, NULL);
    return TRUE;
}

void
kab_page_focus_enter(KabDataPage *page)
{
    GWeakRef *ref = page != NULL ? g_object_steal_data(G_OBJECT(page), KEY) : NULL;
    g_autoptr(GtkWidget) left = ref != NULL ? kab_weak_take(ref) : NULL;

    if (page == NULL ||
        (left != NULL && gtk_widget_get_mapped(left) && gtk_widget_grab_focus(left)))
        return;
    kab_data_page_take_focus(page);
}
