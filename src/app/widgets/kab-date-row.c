/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-date-row.h"

#include <glib/gi18n-lib.h>

struct _KabDateRow {
    AdwEntryRow parent_instance;

    GtkMenuButton *button;
    GtkCalendar *calendar;
    gboolean setting; /* the calendar is being set by the program */
};

G_DEFINE_FINAL_TYPE(KabDateRow, kab_date_row, ADW_TYPE_ENTRY_ROW)

static void
on_changed(KabDateRow *self)
{
    gtk_widget_remove_css_class(GTK_WIDGET(self), "error");
}

/* The calendar opens at the day that stands in the row. */
static void
on_popover_map(KabDateRow *self)
{
    g_autoptr(GDateTime) moment = NULL;
    KabDate date;

    if (!kab_date_parse_typed(gtk_editable_get_text(GTK_EDITABLE(self)), &date, NULL) ||
        *date.text == '\0')
        return;
    moment = g_date_time_new_from_unix_local(kab_date_begin(date) / 1000);
    self->setting = TRUE;
    gtk_calendar_select_day(self->calendar, moment);
    self->setting = FALSE;
}

static void
on_day_selected(KabDateRow *self)
{
    g_autoptr(GDateTime) moment = gtk_calendar_get_date(self->calendar);
    g_autofree char *text = g_date_time_format(moment, "%Y-%m-%d");
    KabDate date;

    if (!self->setting && kab_date_parse(text, &date, NULL))
        kab_date_row_set(self, date);
}

static void
kab_date_row_dispose(GObject *object)
{
    gtk_widget_dispose_template(GTK_WIDGET(object), KAB_TYPE_DATE_ROW);
    G_OBJECT_CLASS(kab_date_row_parent_class)->dispose(object);
}

static void
kab_date_row_class_init(KabDateRowClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_date_row_dispose;
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/widgets/kab-date-row.ui");
    gtk_widget_class_bind_template_child(widget_class, KabDateRow, button);
    gtk_widget_class_bind_template_child(widget_class, KabDateRow, calendar);
    gtk_widget_class_bind_template_callback(widget_class, on_changed);
    gtk_widget_class_bind_template_callback(widget_class, on_popover_map);
    gtk_widget_class_bind_template_callback(widget_class, on_day_selected);
}

static void
kab_date_row_init(KabDateRow *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
}

void
kab_date_row_set(KabDateRow *self, KabDate date)
{
    g_autofree char *text = kab_date_format_local(date);

    gtk_editable_set_text(GTK_EDITABLE(self), text);
}

gboolean
kab_date_row_get(KabDateRow *self, KabDate *out, GError **error)
{
    if (kab_date_parse_typed(gtk_editable_get_text(GTK_EDITABLE(self)), out, error))
        return TRUE;
    gtk_widget_add_css_class(GTK_WIDGET(self), "error");
    gtk_widget_grab_focus(GTK_WIDGET(self));
    return FALSE;
}
