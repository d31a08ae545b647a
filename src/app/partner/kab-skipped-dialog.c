/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-skipped-dialog.h"

#include <glib/gi18n-lib.h>

/* The rows of a list are widgets: of thousands, the first ones are named and the others counted. */
#define MAX_ROWS 200
#define MAX_HEIGHT 300
#define FEW 3 /* which are shown whole, however large the letters are */

static GtkWidget *
make_row(const char *title, const char *subtitle)
{
    GtkWidget *row = adw_action_row_new();

    adw_preferences_row_set_use_markup(ADW_PREFERENCES_ROW(row), FALSE);
    adw_preferences_row_set_title(ADW_PREFERENCES_ROW(row), title);
    adw_action_row_set_subtitle(ADW_ACTION_ROW(row), subtitle);
    return row;
}

static GtkWidget *
make_list(GPtrArray *skipped)
{
    GtkWidget *list = gtk_list_box_new();
    GtkWidget *scrolled;

    for (guint i = 0; i < MIN(skipped->len, MAX_ROWS); i++) {
        const KabSkipped *one = g_ptr_array_index(skipped, i);

        gtk_list_box_append(GTK_LIST_BOX(list),
                            make_row(*one->name != '\0' ? one->name : _("A product without a name"),
                                     kab_skip_reason_to_title(one->reason)));
    }
    if (skipped->len > MAX_ROWS) {
        guint n = skipped->len - MAX_ROWS;
        g_autofree char *more =
            g_strdup_printf(g_dngettext(GETTEXT_PACKAGE, "and %u more", "and %u more", n), n);

        gtk_list_box_append(GTK_LIST_BOX(list), make_row(more, ""));
    }
    gtk_list_box_set_selection_mode(GTK_LIST_BOX(list), GTK_SELECTION_NONE);
    gtk_widget_add_css_class(list, "boxed-list");
    gtk_widget_set_margin_start(list, 3);
    gtk_widget_set_margin_end(list, 3);
    gtk_widget_set_margin_top(list, 3);
    gtk_widget_set_margin_bottom(list, 3);
    gtk_accessible_update_property(GTK_ACCESSIBLE(list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                   _("Not in the basket"), -1);
    if (skipped->len <= FEW)
        return list;
    scrolled = gtk_scrolled_window_new();
    gtk_scrolled_window_set_policy(GTK_SCROLLED_WINDOW(scrolled), GTK_POLICY_NEVER,
                                   GTK_POLICY_AUTOMATIC);
    gtk_scrolled_window_set_propagate_natural_height(GTK_SCROLLED_WINDOW(scrolled), TRUE);
    gtk_scrolled_window_set_max_content_height(GTK_SCROLLED_WINDOW(scrolled), MAX_HEIGHT);
    gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(scrolled), list);
    return scrolled;
}

GtkWindow *
kab_skipped_dialog_new(GtkWindow *parent, GPtrArray *skipped)
{
    g_autofree char *text =
        g_strdup_printf(g_dngettext(GETTEXT_PACKAGE, "%u product could not be put into the basket:",
                                    "%u products could not be put into the basket:", skipped->len),
                        skipped->len);
    AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG(
        adw_message_dialog_new(parent, _("Not everything is in the basket"), text));

    adw_message_dialog_set_extra_child(dialog, make_list(skipped));
    adw_message_dialog_add_responses(dialog, "close", _("Close"), NULL);
    adw_message_dialog_set_default_response(dialog, "close");
    adw_message_dialog_set_close_response(dialog, "close");
    gtk_window_set_destroy_with_parent(GTK_WINDOW(dialog), TRUE);
    return GTK_WINDOW(dialog);
}
