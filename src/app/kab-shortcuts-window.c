/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-dialog-fit.h"
#include "kab-pages.h"
#include "kab-shortcuts-window.h"
#include "kab-wrap.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define WIDTH 560
#define HEIGHT 640

/* A row without keys begins a group. */
static const struct {
    const char *title;
    const char *keys;  /* one beside the other, with a space between them */
    const char *pages; /* of a group: where it can be used; NULL: everywhere */
} rows[] = {
    {N_("General"), NULL},
    {N_("Keyboard shortcuts"), "<Control>question"},
    {N_("Reload"), "F5 <Control>r"},
    {N_("Show or hide the list of pages"), "F9"},
    {N_("Main menu"), "F10"},
    {N_("Account"), "<Control>comma"},
    {N_("Report a problem"), "<Control>b"},
    {N_("Sign out"), "<Control><Shift>q"},
    {N_("Close the window"), "<Control>w"},
    {N_("Quit"), "<Control>q"},
    {N_("Pages"), NULL},
    {N_("First page to ninth page"), "<Control>1...9"},
    {N_("Next and previous page"), "<Control>Page_Down <Control>Page_Up"},
    {N_("Search in the list, or in the catalogue"), "<Control>f"},
    {N_("Back"), "<Alt>Left Escape"},
    {N_("Hide what changed since your last visit"), "<Control>h"},
    {N_("Catalogue"), NULL, "catalogue"},
    {N_("Open the product"), "Return"},
    {N_("Add to basket"), "plus <Control>Return"},
    {N_("List or grid"), "<Control>t"},
    {N_("Previous and next picture"), "<Alt>Page_Up <Alt>Page_Down"},
    {N_("Basket"), NULL, "basket"},
    {N_("Place order"), "<Control>Return"},
    {N_("Save order"), "<Control>s"},
    {N_("Accept the new prices"), "<Control><Shift>a"},
    {N_("Remove the line"), "Delete"},
    {N_("Undo the last removal"), "<Control>z"},
    {N_("Clear the basket"), "<Control><Shift>Delete"},
    {N_("Orders"), NULL, "orders"},
    {N_("Decide about an order that was not taken"), "<Control>u"},
    {N_("Confirm the order, or place the draft"), "<Control>Return"},
    {N_("Refuse the order"), "<Control><Shift>r"},
    {N_("Save"), "<Control>s"},
    {N_("Delete draft"), "<Control><Shift>Delete"},
    {N_("Repeat the order"), "<Control>d"},
    {N_("Download invoice"), "<Control>i"},
    {N_("Open invoice"), "<Control>o"},
    {N_("Print invoice…"), "<Control>p"},
    {N_("Export as XLSX"), "<Control>e"},
    {N_("Export as CSV"), "<Control><Shift>e"},
    {N_("Cancel what is under way"), "<Control>period"},
    {N_("Ask for the act of reconciliation"), "<Control>Return"},
    {N_("Client orders"), NULL, "client-orders"},
    {N_("Add a line…"), "<Control>n"},
    {N_("Save"), "<Control>s"},
    {N_("Overview"), NULL, "overview"},
    {N_("Set up the exchange…"), "<Control>Return"},
    {N_("Users"), NULL, "users base-users"},
    {N_("New user, or new key of a program"), "<Control>n"},
    {N_("Who did what"), "<Control>l"},
    {N_("Save"), "<Control>s"},
    {N_("Send a letter with a code for a password"), "<Control>i"},
    {N_("End all sessions"), "<Control><Shift>e"},
    {N_("Delete user"), "<Control><Shift>Delete"},
    {N_("News"), NULL, "publish-news"},
    {N_("Write news…"), "<Control>n"},
    {N_("Publish"), "<Control>Return"},
    {N_("Publication"), NULL, "publication"},
    {N_("Publish or take back"), "Return"},
    {N_("Add a contact person…"), "<Control>n"},
    {N_("Add a partner…"), "<Control><Shift>n"},
    {N_("Edit…"), "F2"},
    {N_("Publish"), "<Control><Shift>p"},
    {N_("Send the invitation again"), "<Control>i"},
    {N_("Activate"), "<Control>e"},
    {N_("Deactivate"), "<Control>d"},
    {N_("Reset the password"), "<Control><Shift>r"},
    {N_("Delete"), "<Control><Shift>Delete"},
    {N_("Undo the last change"), "<Control>z"},
    {N_("Settings"), NULL, "portal-settings base-settings"},
    {N_("Check integration"), "<Control>Return"},
    {N_("Save"), "<Control>s"},
    {N_("Save to a file…"), "<Control><Shift>s"},
    {N_("Load from a file…"), "<Control>o"},
    {N_("Connections"), NULL, "connections"},
    {N_("Connect the base"), "<Control>Return"},
    {N_("Change the base…"), "F2"},
    {N_("Remove the base"), "<Control><Shift>Delete"},
    {N_("Journal"), NULL, "portal-journal base-journal"},
    {N_("Show what is new"), "<Control>n"},
    {N_("Edit and resend…"), "<Control>e"},
    {N_("The object's whole exchange"), "<Control>y"},
    {N_("Queue"), NULL, "portal-queue base-queue"},
    {N_("Run the exchange now"), "<Control>Return"},
    {N_("Cancel the run"), "<Control>period"},
    {N_("Pause or resume the queue"), "<Control><Shift>p"},
    {N_("Retry failed"), "<Control><Shift>r"},
    {N_("Discard failed…"), "<Control><Shift>Delete"},
    {N_("Queue an object by hand"), "<Control><Shift>n"},
    {N_("Open the settings"), "F4"},
};

/* "<Control>1...9": "Ctrl+1 … Ctrl+9"; NULL if it is none */
static char *
name_range(const char *key)
{
    g_auto(GStrv) ends = g_strsplit(key, "...", 2);
    g_autofree char *first = NULL;
    g_autofree char *last = NULL;
    GdkModifierType modifiers;
    guint code;

    if (ends[1] == NULL || !gtk_accelerator_parse(ends[0], &code, &modifiers))
        return NULL;
    first = gtk_accelerator_get_label(code, modifiers);
    last = gtk_accelerator_get_label(gdk_keyval_from_name(ends[1]), modifiers);
    return g_strdup_printf("%s … %s", first, last);
}

static void
add_key(GtkWidget *wrap, GString *said, const char *key)
{
    GtkWidget *label = gtk_shortcut_label_new(key);
    g_autofree char *text = NULL;
    GdkModifierType modifiers;
    guint code;

    gtk_widget_set_halign(label, GTK_ALIGN_END);
    gtk_widget_set_parent(label, wrap);
    if (gtk_accelerator_parse(key, &code, &modifiers))
        text = gtk_accelerator_get_label(code, modifiers);
    else if (strstr(key, "...") != NULL) /* a range */
        text = name_range(key);
    g_string_append_printf(said, " · %s", text != NULL ? text : key);
}

/* It is found by its title, and said with its keys. */
static GtkWidget *
make_row(const char *title, const char *keys)
{
    GtkWidget *row =
        g_object_new(ADW_TYPE_PREFERENCES_ROW, "title", title, "activatable", FALSE, NULL);
    GtkWidget *wrap = g_object_new(KAB_TYPE_WRAP, NULL);
    GtkWidget *label = gtk_label_new(title);
    g_autoptr(GString) said = g_string_new(title);
    g_auto(GStrv) list = g_strsplit(keys, " ", 0);

    gtk_label_set_xalign(GTK_LABEL(label), 0);
    gtk_label_set_wrap(GTK_LABEL(label), TRUE);
    gtk_label_set_wrap_mode(GTK_LABEL(label), PANGO_WRAP_WORD_CHAR);
    gtk_widget_add_css_class(wrap, "shortcut-row");
    gtk_widget_set_parent(label, wrap);
    for (gsize i = 0; list[i] != NULL; i++)
        add_key(wrap, said, list[i]);
    gtk_list_box_row_set_child(GTK_LIST_BOX_ROW(row), wrap);
    gtk_accessible_update_property(GTK_ACCESSIBLE(row), GTK_ACCESSIBLE_PROPERTY_LABEL, said->str,
                                   -1);
    return row;
}

/* Whether who is signed in has one of the pages @names; when nobody is, it is not known yet. */
static gboolean
has_page(KabSession *session, const char *names)
{
    g_auto(GStrv) list = g_strsplit(names != NULL ? names : "", " ", 0);

    if (names == NULL || session == NULL)
        return TRUE;
    for (guint i = 0; i < kab_n_page_kinds; i++)
        if (g_strv_contains((const char *const *)list, kab_page_kinds[i].name) &&
            kab_page_kinds[i].may(session))
            return TRUE;
    return FALSE;
}

static AdwPreferencesGroup *
add_group(AdwPreferencesPage *page, const char *title)
{
    AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP(adw_preferences_group_new());

    adw_preferences_group_set_title(group, title);
    adw_preferences_page_add(page, group);
    return group;
}

static AdwPreferencesPage *
make_page(KabSession *session)
{
    AdwPreferencesPage *page = ADW_PREFERENCES_PAGE(adw_preferences_page_new());
    AdwPreferencesGroup *group = NULL; /* NULL: that of a page which this person does not have */

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        const char *title = g_dgettext(GETTEXT_PACKAGE, rows[i].title);

        if (rows[i].keys == NULL)
            group = has_page(session, rows[i].pages) ? add_group(page, title) : NULL;
        else if (group != NULL)
            adw_preferences_group_add(group, make_row(title, rows[i].keys));
    }
    return page;
}

GtkWindow *
kab_shortcuts_window_new(GtkWindow *parent, KabSession *session)
{
    GtkWindow *self = g_object_new(ADW_TYPE_PREFERENCES_WINDOW, "title", _("Keyboard shortcuts"),
                                   "modal", TRUE, "transient-for", parent, "default-width", WIDTH,
                                   "default-height", HEIGHT, NULL);

    kab_dialog_fit(GTK_WINDOW(self));
    adw_preferences_window_add(ADW_PREFERENCES_WINDOW(self), make_page(session));
    return self;
}
