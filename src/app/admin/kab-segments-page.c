/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-segments.h"
#include "kab-segments-page.h"
#include "kab-spinner.h"

#include <glib/gi18n-lib.h>

#define MAX_VALUES 50

struct _KabSegmentsPage {
    KabDataPage parent_instance;

    KabPageView *view;
    AdwComboRow *attribute_row;
    GtkEditable *search_entry;
    AdwPreferencesGroup *values_group;
    GtkSpinner *spinner;
    GtkLabel *none_label;

    GPtrArray *attributes; /* (owned) (element-type KabSegment) (nullable) */
    GPtrArray *rows;       /* (element-type GtkWidget): of the values */
    GCancellable *asking;  /* (owned) (nullable): for the values that are wanted now */
    gboolean filling;
    gboolean forming;
};

G_DEFINE_FINAL_TYPE(KabSegmentsPage, kab_segments_page, KAB_TYPE_DATA_PAGE)

static void ask_values(KabSegmentsPage *self);

static const char *
get_attribute(KabSegmentsPage *self)
{
    guint i = adw_combo_row_get_selected(self->attribute_row);

    return self->attributes != NULL && i < self->attributes->len
               ? ((KabSegment *)g_ptr_array_index(self->attributes, i))->key
               : NULL;
}

/* Forming. */

static void
set_forming(KabSegmentsPage *self, gboolean forming)
{
    self->forming = forming;
    kab_spinner_set(self->spinner, forming);
    gtk_widget_action_set_enabled(GTK_WIDGET(self), "segments.form", !forming);
}

static void
on_formed(GObject *source, GAsyncResult *result, gpointer data)
{
    KabSegmentsPage *self = data;
    g_autoptr(GError) error = NULL;
    gint64 count = kab_client_form_segment_finish(KAB_CLIENT(source), result, &error);
    g_autofree char *text = NULL;
    guint n;

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    set_forming(self, FALSE);
    if (count < 0) {
        kab_data_page_fail_change(KAB_DATA_PAGE(self), error);
        ask_values(self);
        return;
    }
    n = (guint)MIN(count, G_MAXINT);
    text = g_strdup_printf(g_dngettext(GETTEXT_PACKAGE, "%u product is in the queue",
                                       "%u products are in the queue", n),
                           n);
    kab_data_page_answered(KAB_DATA_PAGE(self));
    kab_data_page_say(KAB_DATA_PAGE(self), text);
}

static void
on_form(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter)
{
    KabSegmentsPage *self = KAB_SEGMENTS_PAGE(widget);
    const char *attribute = get_attribute(self);

    if (self->forming || attribute == NULL)
        return;
    set_forming(self, TRUE);
    kab_client_form_segment_async(kab_data_page_get_client(KAB_DATA_PAGE(self)), attribute,
                                  g_variant_get_string(parameter, NULL),
                                  kab_data_page_get_cancellable(KAB_DATA_PAGE(self)), on_formed,
                                  self);
}

/* Values. */

static GtkWidget *
make_row(const KabSegment *value)
{
    GtkWidget *row = adw_action_row_new();
    GtkWidget *button = gtk_button_new_with_label(_("Form"));
    guint n = (guint)MIN(value->count, G_MAXINT);
    g_autofree char *count =
        g_strdup_printf(g_dngettext(GETTEXT_PACKAGE, "%u product", "%u products", n), n);
    g_autofree char *name = g_strdup_printf(_("Form “%s”"), value->title);

    adw_preferences_row_set_use_markup(ADW_PREFERENCES_ROW(row), FALSE);
    adw_preferences_row_set_title(ADW_PREFERENCES_ROW(row), value->title);
    adw_action_row_set_title_lines(ADW_ACTION_ROW(row), 3);
    adw_action_row_set_subtitle(ADW_ACTION_ROW(row), count);
    gtk_widget_set_valign(button, GTK_ALIGN_CENTER);
    gtk_actionable_set_action_name(GTK_ACTIONABLE(button), "segments.form");
    gtk_actionable_set_action_target(GTK_ACTIONABLE(button), "s", value->key);
    gtk_accessible_update_property(GTK_ACCESSIBLE(button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
    adw_action_row_add_suffix(ADW_ACTION_ROW(row), button);
    return row;
}

static void
show_values(KabSegmentsPage *self, const KabPage *page)
{
    const char *none = *gtk_editable_get_text(self->search_entry) != '\0'
                           ? _("No value has these words in it")
                           : _("No product has this attribute");

    for (guint i = 0; i < self->rows->len; i++)
        adw_preferences_group_remove(self->values_group, g_ptr_array_index(self->rows, i));
    g_ptr_array_set_size(self->rows, 0);
    for (guint i = 0; i < page->items->len; i++) {
        GtkWidget *row = make_row(g_ptr_array_index(page->items, i));

        adw_preferences_group_add(self->values_group, row);
        g_ptr_array_add(self->rows, row);
    }
    gtk_widget_set_visible(GTK_WIDGET(self->values_group), page->items->len > 0);
    gtk_widget_set_visible(GTK_WIDGET(self->none_label), page->items->len == 0);
    gtk_label_set_text(self->none_label, none);
    adw_preferences_group_set_description(self->values_group,
                                          page->items->len == MAX_VALUES
                                              ? _("Those with the most products; search for others")
                                              : NULL);
}

static void
on_values_got(GObject *source, GAsyncResult *result, gpointer data)
{
    KabSegmentsPage *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(KabPage) page = kab_client_segments_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (page == NULL) {
        kab_data_page_fail_load(KAB_DATA_PAGE(self), error);
        return;
    }
    show_values(self, page);
    kab_data_page_loaded(KAB_DATA_PAGE(self), FALSE);
}

/* What was asked for before is not waited for. */
static void
ask_values(KabSegmentsPage *self)
{
    const char *attribute = get_attribute(self);

    if (attribute == NULL)
        return;
    g_cancellable_cancel(self->asking);
    g_clear_object(&self->asking);
    self->asking = g_cancellable_new();
    kab_client_list_values_async(kab_data_page_get_client(KAB_DATA_PAGE(self)), attribute,
                                 gtk_editable_get_text(self->search_entry), MAX_VALUES,
                                 self->asking, on_values_got, self);
}

static void
on_chosen(KabSegmentsPage *self)
{
    if (!self->filling)
        ask_values(self);
}

/* Attributes. */

static void
fill_attributes(KabSegmentsPage *self, KabPage *page)
{
    guint selected = adw_combo_row_get_selected(self->attribute_row);
    g_autoptr(GtkStringList) titles = gtk_string_list_new(NULL);

    g_clear_pointer(&self->attributes, g_ptr_array_unref);
    self->attributes = g_ptr_array_ref(page->items);
    for (guint i = 0; i < self->attributes->len; i++)
        gtk_string_list_append(titles,
                               ((KabSegment *)g_ptr_array_index(self->attributes, i))->title);
    self->filling = TRUE;
    adw_combo_row_set_model(self->attribute_row, G_LIST_MODEL(titles));
    if (selected < self->attributes->len)
        adw_combo_row_set_selected(self->attribute_row, selected);
    self->filling = FALSE;
}

static void
on_attributes_got(GObject *source, GAsyncResult *result, gpointer data)
{
    KabSegmentsPage *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(KabPage) page = kab_client_segments_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (page == NULL) {
        kab_data_page_fail_load(KAB_DATA_PAGE(self), error);
        return;
    }
    fill_attributes(self, page);
    ask_values(self);
}

static void
kab_segments_page_load(KabDataPage *page)
{
    kab_client_list_attributes_async(kab_data_page_get_client(page), kab_data_page_begin_load(page),
                                     on_attributes_got, page);
}

static void
kab_segments_page_dispose(GObject *object)
{
    KabSegmentsPage *self = KAB_SEGMENTS_PAGE(object);

    g_cancellable_cancel(self->asking);
    g_clear_object(&self->asking);
    adw_bin_set_child(ADW_BIN(object), NULL); /* before the template forgets it */
    gtk_widget_dispose_template(GTK_WIDGET(object), KAB_TYPE_SEGMENTS_PAGE);
    G_OBJECT_CLASS(kab_segments_page_parent_class)->dispose(object);
}

static void
kab_segments_page_finalize(GObject *object)
{
    KabSegmentsPage *self = KAB_SEGMENTS_PAGE(object);

    g_clear_pointer(&self->attributes, g_ptr_array_unref);
    g_ptr_array_unref(self->rows);
    G_OBJECT_CLASS(kab_segments_page_parent_class)->finalize(object);
}

static void
kab_segments_page_class_init(KabSegmentsPageClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_segments_page_dispose;
    G_OBJECT_CLASS(klass)->finalize = kab_segments_page_finalize;
    KAB_DATA_PAGE_CLASS(klass)->load = kab_segments_page_load;

    g_type_ensure(KAB_TYPE_PAGE_VIEW);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/admin/kab-segments-page.ui");
    gtk_widget_class_bind_template_child(widget_class, KabSegmentsPage, view);
    gtk_widget_class_bind_template_child(widget_class, KabSegmentsPage, attribute_row);
    gtk_widget_class_bind_template_child(widget_class, KabSegmentsPage, search_entry);
    gtk_widget_class_bind_template_child(widget_class, KabSegmentsPage, values_group);
    gtk_widget_class_bind_template_child(widget_class, KabSegmentsPage, spinner);
    gtk_widget_class_bind_template_child(widget_class, KabSegmentsPage, none_label);
    gtk_widget_class_bind_template_callback(widget_class, on_chosen);
    gtk_widget_class_install_action(widget_class, "segments.form", "s", on_form);
}

static void
kab_segments_page_init(KabSegmentsPage *self)
{
    self->rows = g_ptr_array_new();
    gtk_widget_init_template(GTK_WIDGET(self));
    kab_data_page_set_view(KAB_DATA_PAGE(self), self->view);
}

KabDataPage *
kab_segments_page_new(KabClient *client)
{
    return g_object_new(KAB_TYPE_SEGMENTS_PAGE, "client", client, NULL);
}
