/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-date-row.h"
#include "kab-period-button.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _KabPeriodButton {
    AdwBin parent_instance;

    GtkMenuButton *button;
    GtkPopover *popover;
    KabDateRow *from_row;
    KabDateRow *to_row;
    GtkLabel *error_label;

    KabDate from;
    KabDate to;
};

G_DEFINE_FINAL_TYPE(KabPeriodButton, kab_period_button, ADW_TYPE_BIN)

enum {
    CHANGED,
    N_SIGNALS,
};

static guint signals[N_SIGNALS];

static char *
make_label(KabPeriodButton *self)
{
    g_autofree char *from = kab_date_format_local(self->from);
    g_autofree char *to = kab_date_format_local(self->to);

    if (*from == '\0' && *to == '\0')
        return g_strdup(_("Any time"));
    if (*to == '\0')
        return g_strdup_printf(_("From %s"), from);
    if (*from == '\0')
        return g_strdup_printf(_("Until %s"), to);
    if (strcmp(from, to) == 0)
        return g_steal_pointer(&from);
    return g_strdup_printf("%s – %s", from, to);
}

static void
show(KabPeriodButton *self)
{
    g_autofree char *label = make_label(self);
    g_autofree char *name = g_strdup_printf(_("Dates: %s"), label);

    gtk_menu_button_set_label(self->button, label);
    gtk_accessible_update_property(GTK_ACCESSIBLE(self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                   name, -1);
    kab_date_row_set(self->from_row, self->from);
    kab_date_row_set(self->to_row, self->to);
    gtk_widget_set_visible(GTK_WIDGET(self->error_label), FALSE);
}

/* What was typed and not applied is forgotten. */
static void
on_popover_map(KabPeriodButton *self)
{
    show(self);
}

static void
choose(KabPeriodButton *self, KabDate from, KabDate to)
{
    gtk_popover_popdown(self->popover);
    kab_period_button_set(self, from, to);
}

static KabDate
make_date(int year, int month, int day)
{
    KabDate date;

    g_snprintf(date.text, sizeof date.text, "%04d-%02d-%02d", CLAMP(year, 0, 9999),
               CLAMP(month, 1, 12), CLAMP(day, 1, 31));
    return date;
}

/* The month that is @offset months from now. */
static void
choose_month(KabPeriodButton *self, int offset)
{
    g_autoptr(GDateTime) now = g_date_time_new_now_local();
    g_autoptr(GDateTime) month = g_date_time_add_months(now, offset);
    int year = g_date_time_get_year(month);
    int number = g_date_time_get_month(month);

    choose(self, make_date(year, number, 1),
           make_date(year, number, g_date_get_days_in_month((GDateMonth)number, (GDateYear)year)));
}

static void
on_any_clicked(KabPeriodButton *self)
{
    choose(self, (KabDate){""}, (KabDate){""});
}

static void
on_today_clicked(KabPeriodButton *self)
{
    choose(self, kab_date_today(), kab_date_today());
}

static void
on_month_clicked(KabPeriodButton *self)
{
    choose_month(self, 0);
}

static void
on_last_month_clicked(KabPeriodButton *self)
{
    choose_month(self, -1);
}

static void
on_year_clicked(KabPeriodButton *self)
{
    g_autoptr(GDateTime) now = g_date_time_new_now_local();
    int year = g_date_time_get_year(now);

    choose(self, make_date(year, 1, 1), make_date(year, 12, 31));
}

static void
on_apply(KabPeriodButton *self)
{
    g_autoptr(GError) error = NULL;
    const char *wrong = NULL;
    KabDate from, to;

    if (!kab_date_row_get(self->from_row, &from, &error) ||
        !kab_date_row_get(self->to_row, &to, &error))
        wrong = error->message;
    else if (*from.text != '\0' && *to.text != '\0' && strcmp(from.text, to.text) > 0) {
        wrong = _("The first day is after the last one");
        gtk_widget_add_css_class(GTK_WIDGET(self->to_row), "error");
        gtk_widget_grab_focus(GTK_WIDGET(self->to_row));
    }
    gtk_label_set_text(self->error_label, wrong != NULL ? wrong : "");
    gtk_widget_set_visible(GTK_WIDGET(self->error_label), wrong != NULL);
    if (wrong == NULL)
        choose(self, from, to);
}

static void
kab_period_button_dispose(GObject *object)
{
    adw_bin_set_child(ADW_BIN(object), NULL); /* before the template forgets it */
    gtk_widget_dispose_template(GTK_WIDGET(object), KAB_TYPE_PERIOD_BUTTON);
    G_OBJECT_CLASS(kab_period_button_parent_class)->dispose(object);
}

static void
kab_period_button_class_init(KabPeriodButtonClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_period_button_dispose;

    /** KabPeriodButton::changed: other days are wanted. */
    signals[CHANGED] = g_signal_new("changed", KAB_TYPE_PERIOD_BUTTON, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 0);

    g_type_ensure(KAB_TYPE_DATE_ROW);
    gtk_widget_class_set_template_from_resource(
        widget_class, "/org/kabinet/Kabinet/widgets/kab-period-button.ui");
    gtk_widget_class_bind_template_child(widget_class, KabPeriodButton, button);
    gtk_widget_class_bind_template_child(widget_class, KabPeriodButton, popover);
    gtk_widget_class_bind_template_child(widget_class, KabPeriodButton, from_row);
    gtk_widget_class_bind_template_child(widget_class, KabPeriodButton, to_row);
    gtk_widget_class_bind_template_child(widget_class, KabPeriodButton, error_label);
    gtk_widget_class_bind_template_callback(widget_class, on_popover_map);
    gtk_widget_class_bind_template_callback(widget_class, on_any_clicked);
    gtk_widget_class_bind_template_callback(widget_class, on_today_clicked);
    gtk_widget_class_bind_template_callback(widget_class, on_month_clicked);
    gtk_widget_class_bind_template_callback(widget_class, on_last_month_clicked);
    gtk_widget_class_bind_template_callback(widget_class, on_year_clicked);
    gtk_widget_class_bind_template_callback(widget_class, on_apply);
}

static void
kab_period_button_init(KabPeriodButton *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
    show(self);
}

void
kab_period_button_get(KabPeriodButton *self, KabDate *from, KabDate *to)
{
    *from = self->from;
    *to = self->to;
}

void
kab_period_button_set(KabPeriodButton *self, KabDate from, KabDate to)
{
    gboolean same = strcmp(self->from.text, from.text) == 0 && strcmp(self->to.text, to.text) == 0;

    self->from = from;
    self->to = to;
    show(self);
    if (!same)
        g_signal_emit(self, signals[CHANGED], 0);
}
