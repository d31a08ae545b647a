/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-tasks.h"
#include "kab-error.h"
#include "kab-format.h"
#include "kab-reflow.h"
#include "kab-shrink.h"
#include "kab-spinner.h"
#include "kab-status-badge.h"
#include "kab-task-page.h"
#include "kab-value-row.h"

#include <glib/gi18n-lib.h>

struct _KabTaskPage {
    KabDataPage parent_instance;

    KabPageView *view;
    GtkLabel *name_label;
    GtkLabel *date_label;
    GtkLabel *reason_label;
    GtkLabel *total_label;
    KabStatusBadge *badge;
    GtkLabel *why_label;
    GtkWidget *form;
    AdwEntryRow *comment_row;
    GtkFlowBox *variants_box;
    GtkSpinner *spinner;
    AdwPreferencesGroup *decision_group;
    KabValueRow *variant_row;
    KabValueRow *decided_row;
    KabValueRow *remark_row;
    KabValueRow *note_row;
    KabValueRow *partner_row;
    KabValueRow *author_row;
    GtkButton *order_button;

    KabTaskId id;
    KabTask *task; /* (owned) (nullable) */
    gboolean base;
    gboolean busy;
};

G_DEFINE_FINAL_TYPE(KabTaskPage, kab_task_page, KAB_TYPE_DATA_PAGE)

static const char *
get_outcome_class(KabTaskOutcome outcome)
{
    switch (outcome) {
    case KAB_VARIANT_APPROVE:
        return "suggested-action";
    case KAB_VARIANT_REFUSE:
        return "destructive-action";
    case KAB_VARIANT_REMARK:
    default:
        return NULL;
    }
}

static void
clear_variants(KabTaskPage *self)
{
    GtkWidget *child;

    while ((child = gtk_widget_get_first_child(GTK_WIDGET(self->variants_box))) != NULL)
        gtk_flow_box_remove(self->variants_box, child);
}

static void
show_variants(KabTaskPage *self)
{
    clear_variants(self);
    for (guint i = 0; i < self->task->n_variants; i++) {
        const KabTaskVariant *variant = &self->task->variants[i];
        GtkWidget *button = gtk_button_new_with_label(variant->title);
        const char *tone = get_outcome_class(variant->outcome);

        gtk_actionable_set_action_target(GTK_ACTIONABLE(button), "s", variant->id);
        gtk_actionable_set_action_name(GTK_ACTIONABLE(button), "task.decide");
        gtk_widget_add_css_class(button, "pill");
        if (tone != NULL)
            gtk_widget_add_css_class(button, tone);
        kab_shrink_buttons(button);
        gtk_flow_box_append(self->variants_box, button);
        gtk_widget_set_focusable(gtk_widget_get_parent(button), FALSE);
    }
}

/* Only the executor decides; the others are told why not. */
static void
update_form(KabTaskPage *self)
{
    const KabUser *user = kab_client_get_user(kab_data_page_get_client(KAB_DATA_PAGE(self)));
    g_autoptr(GError) error = NULL;
    gboolean may = user != NULL && kab_task_check_executor(self->task, user, &error);
    gboolean open = self->task->state == KAB_TASK_NEW;

    gtk_widget_set_visible(self->form, may);
    gtk_label_set_text(self->why_label, open && error != NULL ? error->message : "");
    gtk_widget_set_visible(GTK_WIDGET(self->why_label), open && error != NULL);
    gtk_widget_action_set_enabled(GTK_WIDGET(self), "task.decide", may && !self->busy);
    kab_data_page_freeze(KAB_DATA_PAGE(self), self->form, self->busy);
    kab_spinner_set(self->spinner, self->busy);
}

static void
show_decision(KabTaskPage *self)
{
    const KabTask *task = self->task;
    const KabTaskVariant *variant = kab_task_find_variant(task, task->variant);
    g_autofree char *when = kab_time_format_local(task->decided_at);
    g_autofree char *who =
        kab_format_join(task->decided_name != NULL ? task->decided_name : "", when, NULL);
    gboolean decided = task->state == KAB_TASK_DECIDED || task->state == KAB_TASK_FINISHED;

    kab_value_row_set_value(self->variant_row,
                            decided && variant != NULL ? variant->title : task->variant);
    kab_value_row_set_value(self->decided_row, decided ? who : NULL);
    kab_value_row_set_value(self->remark_row, decided ? task->comment : NULL);
    kab_value_row_set_value(self->note_row, task->note);
    if (!decided)
        kab_value_row_set_value(self->variant_row, NULL);
    gtk_widget_set_visible(GTK_WIDGET(self->decision_group), decided || task->note != NULL);
}

static void
show_task(KabTaskPage *self)
{
    const KabTask *task = self->task;
    g_autofree char *name = kab_format_task_name(task);
    g_autofree char *date = kab_time_format_local(task->created_at);
    g_autofree char *reason = kab_task_make_reason(task);
    g_autofree char *total = kab_money_format(task->order_total);

    kab_data_page_set_title(KAB_DATA_PAGE(self), name);
    gtk_label_set_text(self->name_label, name);
    gtk_label_set_text(self->date_label, date);
    gtk_label_set_text(self->reason_label, reason);
    gtk_label_set_text(self->total_label, total);
    kab_status_badge_set_task(self->badge, task->state);
    kab_value_row_set_value(self->partner_row, task->partner_name);
    kab_value_row_set_value(self->author_row, task->author_name);
    gtk_actionable_set_action_target(GTK_ACTIONABLE(self->order_button), "s", task->order_id.text);
    gtk_actionable_set_action_name(GTK_ACTIONABLE(self->order_button),
                                   self->base ? "win.open-client-order" : "win.open-order");
    show_decision(self);
    show_variants(self);
    update_form(self);
}

static void
take_task(KabTaskPage *self, KabTask *task)
{
    g_clear_pointer(&self->task, kab_task_free);
    self->task = task;
    show_task(self);
    kab_data_page_loaded(KAB_DATA_PAGE(self), FALSE);
}

static void
on_task_got(GObject *source, GAsyncResult *result, gpointer data)
{
    KabTaskPage *self = data;
    g_autoptr(GError) error = NULL;
    KabTask *task = kab_client_task_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (task == NULL)
        kab_data_page_fail_load(KAB_DATA_PAGE(self), error);
    else
        take_task(self, task);
}

static void
kab_task_page_load(KabDataPage *page)
{
    KabTaskPage *self = KAB_TASK_PAGE(page);

    if (!self->busy)
        kab_client_get_task_async(kab_data_page_get_client(page), self->id,
                                  kab_data_page_begin_load(page), on_task_got, self);
}

static void
on_task_decided(GObject *source, GAsyncResult *result, gpointer data)
{
    KabTaskPage *self = data;
    g_autoptr(GError) error = NULL;
    KabTask *task = kab_client_task_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    self->busy = FALSE;
    if (task != NULL) {
        take_task(self, task);
        kab_data_page_say(KAB_DATA_PAGE(self), self->base ? _("The decision is made")
                                                          : _("The decision goes to the company"));
        return;
    }
    update_form(self);
    kab_data_page_fail_change(KAB_DATA_PAGE(self), error);
    if (g_error_matches(error, KAB_ERROR, KAB_ERROR_STATE))
        kab_data_page_reload(KAB_DATA_PAGE(self));
}

static void
on_decide(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter)
{
    KabTaskPage *self = KAB_TASK_PAGE(widget);
    const char *variant = g_variant_get_string(parameter, NULL);
    g_autofree char *comment =
        g_strstrip(g_strdup(gtk_editable_get_text(GTK_EDITABLE(self->comment_row))));
    const char *text = *comment != '\0' ? comment : NULL;
    g_autoptr(GError) error = NULL;

    if (self->task == NULL)
        return;
    if (!kab_task_check_decision(self->task, variant, text, &error)) {
        kab_data_page_fail_change(KAB_DATA_PAGE(self), error);
        gtk_widget_grab_focus(GTK_WIDGET(self->comment_row));
        return;
    }
    self->busy = TRUE;
    update_form(self);
    kab_client_decide_task_async(kab_data_page_get_client(KAB_DATA_PAGE(self)), self->id, variant,
                                 text, kab_data_page_get_cancellable(KAB_DATA_PAGE(self)),
                                 on_task_decided, self);
}

static void
kab_task_page_dispose(GObject *object)
{
    KabTaskPage *self = KAB_TASK_PAGE(object);

    g_clear_pointer(&self->task, kab_task_free);
    adw_bin_set_child(ADW_BIN(object), NULL); /* before the template forgets it */
    gtk_widget_dispose_template(GTK_WIDGET(self), KAB_TYPE_TASK_PAGE);
    G_OBJECT_CLASS(kab_task_page_parent_class)->dispose(object);
}

static void
bind_children(GtkWidgetClass *widget_class)
{
    gtk_widget_class_bind_template_child(widget_class, KabTaskPage, view);
    gtk_widget_class_bind_template_child(widget_class, KabTaskPage, name_label);
    gtk_widget_class_bind_template_child(widget_class, KabTaskPage, date_label);
    gtk_widget_class_bind_template_child(widget_class, KabTaskPage, reason_label);
    gtk_widget_class_bind_template_child(widget_class, KabTaskPage, total_label);
    gtk_widget_class_bind_template_child(widget_class, KabTaskPage, badge);
    gtk_widget_class_bind_template_child(widget_class, KabTaskPage, why_label);
    gtk_widget_class_bind_template_child(widget_class, KabTaskPage, form);
    gtk_widget_class_bind_template_child(widget_class, KabTaskPage, comment_row);
    gtk_widget_class_bind_template_child(widget_class, KabTaskPage, variants_box);
    gtk_widget_class_bind_template_child(widget_class, KabTaskPage, spinner);
    gtk_widget_class_bind_template_child(widget_class, KabTaskPage, decision_group);
    gtk_widget_class_bind_template_child(widget_class, KabTaskPage, variant_row);
    gtk_widget_class_bind_template_child(widget_class, KabTaskPage, decided_row);
    gtk_widget_class_bind_template_child(widget_class, KabTaskPage, remark_row);
    gtk_widget_class_bind_template_child(widget_class, KabTaskPage, note_row);
    gtk_widget_class_bind_template_child(widget_class, KabTaskPage, partner_row);
    gtk_widget_class_bind_template_child(widget_class, KabTaskPage, author_row);
    gtk_widget_class_bind_template_child(widget_class, KabTaskPage, order_button);
}

static void
kab_task_page_class_init(KabTaskPageClass *klass)
{
    static const char *const kinds[] = {"task", "order", NULL};
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    KAB_DATA_PAGE_CLASS(klass)->kinds = kinds;
    G_OBJECT_CLASS(klass)->dispose = kab_task_page_dispose;
    KAB_DATA_PAGE_CLASS(klass)->load = kab_task_page_load;

    g_type_ensure(KAB_TYPE_PAGE_VIEW);
    g_type_ensure(KAB_TYPE_REFLOW);
    g_type_ensure(KAB_TYPE_STATUS_BADGE);
    g_type_ensure(KAB_TYPE_VALUE_ROW);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/widgets/kab-task-page.ui");
    bind_children(widget_class);
    gtk_widget_class_install_action(widget_class, "task.decide", "s", on_decide);
}

static void
kab_task_page_init(KabTaskPage *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
    kab_data_page_set_view(KAB_DATA_PAGE(self), self->view);
}

KabDataPage *
kab_task_page_new(KabClient *client, KabTaskId id, gboolean base)
{
    KabTaskPage *self = g_object_new(KAB_TYPE_TASK_PAGE, "client", client, NULL);

    self->id = id;
    self->base = base;
    return KAB_DATA_PAGE(self);
}
