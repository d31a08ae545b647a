/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-authority-row.h"

#include <glib/gi18n-lib.h>

struct _KabAuthorityRow {
    AdwActionRow parent_instance;

    GtkWidget *remove_button;

    char *file;                    /* (owned) (nullable) */
    GtkFileChooserNative *chooser; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE(KabAuthorityRow, kab_authority_row, ADW_TYPE_ACTION_ROW)

enum {
    CHOSEN,
    N_SIGNALS,
};

static guint signals[N_SIGNALS];

GtkFileChooserNative *
kab_authority_chooser_new(GtkWidget *widget)
{
    GtkRoot *root = gtk_widget_get_root(widget);

    return gtk_file_chooser_native_new(_("The certificate authority’s file, in PEM"),
                                       GTK_IS_WINDOW(root) ? GTK_WINDOW(root) : NULL,
                                       GTK_FILE_CHOOSER_ACTION_OPEN, _("Trust"), NULL);
}

static void
on_response(KabAuthorityRow *self, int response, GtkFileChooser *chooser)
{
    g_autoptr(GFile) file =
        response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file(chooser) : NULL;

    if (file != NULL && g_file_peek_path(file) != NULL)
        g_signal_emit(self, signals[CHOSEN], 0, g_file_peek_path(file));
    g_clear_object(&self->chooser);
}

static void
on_choose(KabAuthorityRow *self)
{
    if (self->chooser != NULL)
        return;
    self->chooser = kab_authority_chooser_new(GTK_WIDGET(self));
    g_signal_connect_object(self->chooser, "response", G_CALLBACK(on_response), self,
                            G_CONNECT_SWAPPED);
    gtk_native_dialog_show(GTK_NATIVE_DIALOG(self->chooser));
}

static void
on_remove(KabAuthorityRow *self)
{
    g_signal_emit(self, signals[CHOSEN], 0, NULL);
}

static void
kab_authority_row_dispose(GObject *object)
{
    g_clear_object(&KAB_AUTHORITY_ROW(object)->chooser);
    g_clear_pointer(&KAB_AUTHORITY_ROW(object)->file, g_free);
    G_OBJECT_CLASS(kab_authority_row_parent_class)->dispose(object);
}

static void
kab_authority_row_class_init(KabAuthorityRowClass *klass)
{
    G_OBJECT_CLASS(klass)->dispose = kab_authority_row_dispose;

    /** KabAuthorityRow::chosen: the file that the person chose; %NULL: those that the system knows
     */
    signals[CHOSEN] = g_signal_new("chosen", KAB_TYPE_AUTHORITY_ROW, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static GtkWidget *
add_button(KabAuthorityRow *self, const char *icon_name, const char *name, GCallback clicked)
{
    GtkWidget *button = gtk_button_new_from_icon_name(icon_name);

    gtk_widget_set_tooltip_text(button, name);
    gtk_accessible_update_property(GTK_ACCESSIBLE(button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
    gtk_widget_set_valign(button, GTK_ALIGN_CENTER);
    gtk_widget_add_css_class(button, "flat");
    g_signal_connect_object(button, "clicked", clicked, self, G_CONNECT_SWAPPED);
    adw_action_row_add_suffix(ADW_ACTION_ROW(self), button);
    return button;
}

static void
kab_authority_row_init(KabAuthorityRow *self)
{
    adw_preferences_row_set_use_markup(ADW_PREFERENCES_ROW(self), FALSE);
    adw_preferences_row_set_title(ADW_PREFERENCES_ROW(self), _("Trusted authorities"));
    adw_action_row_set_subtitle_lines(ADW_ACTION_ROW(self), 0);
    self->remove_button = add_button(self, "edit-clear-symbolic",
                                     _("Trust those that the system knows"), G_CALLBACK(on_remove));
    add_button(self, "document-open-symbolic", _("Choose the authority’s file…"),
               G_CALLBACK(on_choose));
    kab_authority_row_set_file(self, NULL);
}

void
kab_authority_row_set_file(KabAuthorityRow *self, const char *file)
{
    char *copy = g_strdup(file);

    g_free(self->file);
    self->file = copy;
    adw_action_row_set_subtitle(ADW_ACTION_ROW(self),
                                copy != NULL ? copy : _("Those that the system knows"));
    gtk_widget_set_visible(self->remove_button, copy != NULL);
}

const char *
kab_authority_row_get_file(KabAuthorityRow *self)
{
    return self->file;
}
