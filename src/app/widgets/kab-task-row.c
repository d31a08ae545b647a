/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-format.h"
#include "kab-reflow.h"
#include "kab-status-badge.h"
#include "kab-wrap.h"
#include "kab-task-row.h"

#include <glib/gi18n-lib.h>

struct _KabTaskRow {
    AdwBin parent_instance;

    GtkLabel *title_label;
    GtkLabel *reason_label;
    GtkLabel *detail_label;
    GtkLabel *total_label;
    KabStatusBadge *badge;
    GtkButton *open_button;

    KabItem *item;     /* (owned) (nullable) */
    KabClient *client; /* (owned): whose tasks they are */
    gulong changed_id;
    gboolean base;
};

G_DEFINE_FINAL_TYPE(KabTaskRow, kab_task_row, ADW_TYPE_BIN)

/* What waits, but not for who is signed in. */
static gboolean
is_for_others(KabTaskRow *self)
{
    const KabTask *task = kab_item_get_value(self->item);
    const KabUser *user = kab_client_get_user(self->client);

    return task->state == KAB_TASK_NEW && user != NULL &&
           !kab_task_check_executor(task, user, NULL);
}

static void
show(KabTaskRow *self)
{
    const KabTask *task = kab_item_get_value(self->item);
    g_autofree char *title = kab_format_task_name(task);
    g_autofree char *reason = kab_task_make_reason(task);
    g_autofree char *date = kab_time_format_local(task->created_at);
    g_autofree char *total = kab_money_format(task->order_total);
    const char *who = self->base ? task->partner_name : task->author_name;
    g_autofree char *detail = kab_format_join(
        date, who != NULL ? who : "", is_for_others(self) ? _("somebody else decides") : "", NULL);
    g_autofree char *link = g_strdup_printf(_("Open: %s"), title);

    gtk_label_set_text(self->title_label, title);
    gtk_label_set_text(self->reason_label, reason);
    gtk_label_set_text(self->detail_label, detail);
    gtk_label_set_text(self->total_label, total);
    kab_status_badge_set_task(self->badge, task->state);
    gtk_accessible_update_property(GTK_ACCESSIBLE(self->open_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                   link, -1);
    gtk_actionable_set_action_target(GTK_ACTIONABLE(self->open_button), "s", task->id.text);
    gtk_actionable_set_action_name(GTK_ACTIONABLE(self->open_button),
                                   self->base ? "win.open-base-task" : "win.open-task");
}

static void
kab_task_row_dispose(GObject *object)
{
    kab_task_row_set_item(KAB_TASK_ROW(object), NULL);
    g_clear_object(&KAB_TASK_ROW(object)->client);
    gtk_widget_dispose_template(GTK_WIDGET(object), KAB_TYPE_TASK_ROW);
    G_OBJECT_CLASS(kab_task_row_parent_class)->dispose(object);
}

static void
kab_task_row_class_init(KabTaskRowClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_task_row_dispose;
    g_type_ensure(KAB_TYPE_REFLOW);
    g_type_ensure(KAB_TYPE_STATUS_BADGE);
    g_type_ensure(KAB_TYPE_WRAP);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/widgets/kab-task-row.ui");
    gtk_widget_class_bind_template_child(widget_class, KabTaskRow, title_label);
    gtk_widget_class_bind_template_child(widget_class, KabTaskRow, reason_label);
    gtk_widget_class_bind_template_child(widget_class, KabTaskRow, detail_label);
    gtk_widget_class_bind_template_child(widget_class, KabTaskRow, total_label);
    gtk_widget_class_bind_template_child(widget_class, KabTaskRow, badge);
    gtk_widget_class_bind_template_child(widget_class, KabTaskRow, open_button);
}

static void
kab_task_row_init(KabTaskRow *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
}

GtkWidget *
kab_task_row_new(KabClient *client, gboolean base)
{
    KabTaskRow *self = g_object_new(KAB_TYPE_TASK_ROW, NULL);

    self->client = g_object_ref(client);
    self->base = base;
    return GTK_WIDGET(self);
}

void
kab_task_row_set_item(KabTaskRow *self, KabItem *item)
{
    if (self->item != NULL)
        g_clear_signal_handler(&self->changed_id, self->item);
    g_set_object(&self->item, item);
    if (item == NULL)
        return;
    self->changed_id = g_signal_connect_swapped(item, "changed", G_CALLBACK(show), self);
    show(self);
}
