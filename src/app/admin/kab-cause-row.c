/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-cause-row.h"
#include "kab-client-queue.h"
#include "kab-format.h"
#include "kab-kind-title.h"
#include "kab-reflow.h"
#include "kab-shrink.h"
#include "kab-wrap.h"

#include <glib/gi18n-lib.h>

struct _KabCauseRow {
    AdwBin parent_instance;

    GtkLabel *title_label;
    GtkLabel *detail_label;
    GtkWidget *buttons;
    GtkWidget *show_button;
    GtkWidget *retry_button;
    GtkWidget *discard_button;

    KabItem *item; /* (owned) (nullable) */
    gulong changed_id;
};

G_DEFINE_FINAL_TYPE(KabCauseRow, kab_cause_row, ADW_TYPE_BIN)

enum {
    SHOW,
    RETRY,
    DISCARD,
    N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const char *
get_title(const KabQueueCause *cause)
{
    return *cause->error != '\0' ? cause->error : _("No reason was given");
}

static char *
format_count(const KabQueueCause *cause)
{
    return g_strdup_printf(
        g_dngettext(GETTEXT_PACKAGE, "%u entry", "%u entries", (gulong)cause->count),
        (guint)cause->count);
}

/* Which of many such buttons it is. */
static void
name_button(GtkWidget *button, const char *label, const char *title)
{
    g_autofree char *name = g_strdup_printf("%s: %s", label, title);

    gtk_accessible_update_property(GTK_ACCESSIBLE(button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
show(KabCauseRow *self)
{
    const KabQueueCause *cause = kab_item_get_value(self->item);
    g_autofree char *count = format_count(cause);
    g_autofree char *ago = kab_format_ago(cause->newest_at);
    g_autofree char *newest = g_strdup_printf(_("the newest %s"), ago);
    g_autofree char *name = kab_object_name_format(cause->name);
    g_autofree char *example =
        g_strdup_printf(_("for example %s"), *name != '\0' ? name : cause->object_id);
    g_autofree char *detail =
        kab_format_join(kab_kind_title_of(cause->kind), count, newest, example, NULL);

    gtk_label_set_text(self->title_label, get_title(cause));
    gtk_label_set_text(self->detail_label, detail);
    name_button(self->show_button, _("Show them"), get_title(cause));
    name_button(self->retry_button, _("Retry"), get_title(cause));
    name_button(self->discard_button, _("Discard…"), get_title(cause));
}

static void
on_show_clicked(KabCauseRow *self)
{
    g_signal_emit(self, signals[SHOW], 0);
}

static void
on_retry_clicked(KabCauseRow *self)
{
    g_signal_emit(self, signals[RETRY], 0);
}

static void
on_discard_clicked(KabCauseRow *self)
{
    g_signal_emit(self, signals[DISCARD], 0);
}

static void
kab_cause_row_dispose(GObject *object)
{
    kab_cause_row_set_item(KAB_CAUSE_ROW(object), NULL);
    adw_bin_set_child(ADW_BIN(object), NULL); /* before the template forgets it */
    gtk_widget_dispose_template(GTK_WIDGET(object), KAB_TYPE_CAUSE_ROW);
    G_OBJECT_CLASS(kab_cause_row_parent_class)->dispose(object);
}

static void
kab_cause_row_class_init(KabCauseRowClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_cause_row_dispose;

    /** KabCauseRow::show-entries: all of them shall be listed. */
    signals[SHOW] = g_signal_new("show-entries", KAB_TYPE_CAUSE_ROW, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
    /** KabCauseRow::retry: all of them shall be sent again. */
    signals[RETRY] = g_signal_new("retry", KAB_TYPE_CAUSE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
    /** KabCauseRow::discard: all of them shall leave the queue. */
    signals[DISCARD] = g_signal_new("discard", KAB_TYPE_CAUSE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 0);

    g_type_ensure(KAB_TYPE_REFLOW);
    g_type_ensure(KAB_TYPE_WRAP);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/admin/kab-cause-row.ui");
    gtk_widget_class_bind_template_child(widget_class, KabCauseRow, title_label);
    gtk_widget_class_bind_template_child(widget_class, KabCauseRow, detail_label);
    gtk_widget_class_bind_template_child(widget_class, KabCauseRow, buttons);
    gtk_widget_class_bind_template_child(widget_class, KabCauseRow, show_button);
    gtk_widget_class_bind_template_child(widget_class, KabCauseRow, retry_button);
    gtk_widget_class_bind_template_child(widget_class, KabCauseRow, discard_button);
    gtk_widget_class_bind_template_callback(widget_class, on_show_clicked);
    gtk_widget_class_bind_template_callback(widget_class, on_retry_clicked);
    gtk_widget_class_bind_template_callback(widget_class, on_discard_clicked);
}

static void
kab_cause_row_init(KabCauseRow *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
    kab_shrink_buttons(self->buttons);
}

void
kab_cause_row_set_item(KabCauseRow *self, KabItem *item)
{
    if (self->item != NULL)
        g_clear_signal_handler(&self->changed_id, self->item);
    g_set_object(&self->item, item);
    if (item == NULL)
        return;
    self->changed_id = g_signal_connect_swapped(item, "changed", G_CALLBACK(show), self);
    show(self);
}

KabItem *
kab_cause_row_get_item(KabCauseRow *self)
{
    return self->item;
}

char *
kab_cause_row_format_name(KabItem *item)
{
    const KabQueueCause *cause = kab_item_get_value(item);
    g_autofree char *count = format_count(cause);

    return kab_format_join(get_title(cause), kab_kind_title_of(cause->kind), count, NULL);
}
