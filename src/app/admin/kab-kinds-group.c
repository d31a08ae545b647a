/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-settings.h"
#include "kab-kind-title.h"
#include "kab-kinds-group.h"

#include <glib/gi18n-lib.h>

#define KIND "kab-kind"

struct _KabKindsGroup {
    AdwBin parent_instance;

    KabDataPage *page; /* the one that it is in */
    AdwPreferencesGroup *group;
    gboolean filling; /* a switch is set by the program */
};

G_DEFINE_FINAL_TYPE(KabKindsGroup, kab_kinds_group, ADW_TYPE_BIN)

static void fill(KabKindsGroup *self, const KabPage *page);

static void
on_set(GObject *source, GAsyncResult *result, gpointer data)
{
    KabKindsGroup *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(KabPage) page = kab_client_kinds_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (page != NULL) {
        kab_data_page_answered(self->page);
        fill(self, page);
    } else {
        kab_data_page_fail(self->page, error);
        kab_kinds_group_load(self); /* the switch says again what is so */
    }
}

static void
on_switched(GtkSwitch *toggle, GParamSpec *pspec G_GNUC_UNUSED, KabKindsGroup *self)
{
    if (!self->filling)
        kab_client_set_kind_async(
            kab_data_page_get_client(self->page), g_object_get_data(G_OBJECT(toggle), KIND),
            gtk_switch_get_active(toggle), kab_data_page_get_cancellable(self->page), on_set, self);
}

static GtkWidget *
make_row(KabKindsGroup *self, const char *kind)
{
    GtkWidget *row = adw_action_row_new();
    GtkWidget *toggle = gtk_switch_new();

    adw_preferences_row_set_title(ADW_PREFERENCES_ROW(row), kab_kind_title_of(kind));
    gtk_widget_set_valign(toggle, GTK_ALIGN_CENTER);
    adw_action_row_add_suffix(ADW_ACTION_ROW(row), toggle);
    adw_action_row_set_activatable_widget(ADW_ACTION_ROW(row), toggle);
    g_object_set_data_full(G_OBJECT(toggle), KIND, g_strdup(kind), g_free);
    g_object_set_data_full(G_OBJECT(row), KIND, g_strdup(kind), g_free);
    g_signal_connect_object(toggle, "notify::active", G_CALLBACK(on_switched), self, 0);
    return row;
}

/* The row of the kind, made if there is none. */
static GtkWidget *
get_row(KabKindsGroup *self, const char *kind)
{
    GPtrArray *rows = g_object_get_data(G_OBJECT(self->group), KIND);
    GtkWidget *row;

    for (guint i = 0; i < rows->len; i++)
        if (g_str_equal(g_object_get_data(g_ptr_array_index(rows, i), KIND), kind))
            return g_ptr_array_index(rows, i);
    row = make_row(self, kind);
    adw_preferences_group_add(self->group, row);
    g_ptr_array_add(rows, row);
    return row;
}

static void
fill(KabKindsGroup *self, const KabPage *page)
{
    self->filling = TRUE;
    for (guint i = 0; i < page->items->len; i++) {
        const KabObjectKind *kind = g_ptr_array_index(page->items, i);
        GtkWidget *row = get_row(self, kind->kind);
        guint n = (guint)MIN(kind->queued, G_MAXINT);
        g_autofree char *text = g_strdup_printf(
            g_dngettext(GETTEXT_PACKAGE, "%u in the queue", "%u in the queue", n), n);

        adw_action_row_set_subtitle(ADW_ACTION_ROW(row), n > 0 ? text : "");
        gtk_switch_set_active(
            GTK_SWITCH(adw_action_row_get_activatable_widget(ADW_ACTION_ROW(row))), kind->enabled);
    }
    self->filling = FALSE;
    gtk_widget_set_visible(GTK_WIDGET(self), page->items->len > 0);
}

static void
on_got(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(KabPage) page = kab_client_kinds_finish(KAB_CLIENT(source), result, &error);

    /* Why there are none is told by the page. */
    if (page != NULL)
        fill(data, page);
}

static void
kab_kinds_group_class_init(KabKindsGroupClass *klass G_GNUC_UNUSED)
{
}

static void
kab_kinds_group_init(KabKindsGroup *self)
{
    self->group = ADW_PREFERENCES_GROUP(adw_preferences_group_new());
    g_object_set_data_full(G_OBJECT(self->group), KIND, g_ptr_array_new(),
                           (GDestroyNotify)g_ptr_array_unref);
    adw_preferences_group_set_title(self->group, _("Object kinds"));
    adw_preferences_group_set_description(
        self->group, _("Objects of a kind that takes no part stay in the queue."));
    adw_bin_set_child(ADW_BIN(self), GTK_WIDGET(self->group));
    gtk_widget_set_visible(GTK_WIDGET(self), FALSE);
}

GtkWidget *
kab_kinds_group_new(KabDataPage *page)
{
    KabKindsGroup *self = g_object_new(KAB_TYPE_KINDS_GROUP, NULL);

    self->page = page;
    return GTK_WIDGET(self);
}

void
kab_kinds_group_load(KabKindsGroup *self)
{
    kab_client_list_kinds_async(kab_data_page_get_client(self->page),
                                kab_data_page_get_cancellable(self->page), on_got, self);
}
