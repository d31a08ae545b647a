/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-percent-row.h"

#include <glib/gi18n-lib.h>

struct _KabPercentRow {
    AdwActionRow parent_instance;

    GtkProgressBar *bar;
    GtkLabel *label;
};

G_DEFINE_FINAL_TYPE(KabPercentRow, kab_percent_row, ADW_TYPE_ACTION_ROW)

static void
kab_percent_row_dispose(GObject *object)
{
    gtk_widget_dispose_template(GTK_WIDGET(object), KAB_TYPE_PERCENT_ROW);
    G_OBJECT_CLASS(kab_percent_row_parent_class)->dispose(object);
}

static void
kab_percent_row_class_init(KabPercentRowClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_percent_row_dispose;
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/widgets/kab-percent-row.ui");
    gtk_widget_class_bind_template_child(widget_class, KabPercentRow, bar);
    gtk_widget_class_bind_template_child(widget_class, KabPercentRow, label);
}

static void
kab_percent_row_init(KabPercentRow *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
}

void
kab_percent_row_set_percent(KabPercentRow *self, int percent)
{
    g_autofree char *text = g_strdup_printf(_("%d %%"), percent);

    gtk_progress_bar_set_fraction(self->bar, percent / 100.0);
    gtk_label_set_text(self->label, text);
}
