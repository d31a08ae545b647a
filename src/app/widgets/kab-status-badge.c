/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-format.h"
#include "kab-status-badge.h"

struct _KabStatusBadge {
    AdwBin parent_instance;

    GtkLabel *label;
    const char *tone; /* the CSS class that is set */
};

G_DEFINE_FINAL_TYPE(KabStatusBadge, kab_status_badge, ADW_TYPE_BIN)

static const char *const order_tones[KAB_ORDER_N_STATUSES] = {
    [KAB_ORDER_DRAFT] = "quiet",
    [KAB_ORDER_NEW] = "fresh",
    [KAB_ORDER_AWAITING_MANAGER] = "waiting",
    [KAB_ORDER_AWAITING_PARTNER] = "attention",
    [KAB_ORDER_IN_PROGRESS] = "moving",
    [KAB_ORDER_REFUSED] = "bad",
    [KAB_ORDER_COMPLETED] = "good",
};

static const char *const client_tones[KAB_CLIENT_N_STATUSES] = {
    [KAB_CLIENT_ON_APPROVAL] = "attention", [KAB_CLIENT_TO_FULFIL] = "moving",
    [KAB_CLIENT_CLOSED] = "good",           [KAB_CLIENT_CANCELLED] = "bad",
    [KAB_CLIENT_OTHER] = "attention",
};

static const char *const queue_tones[KAB_QUEUE_N_STATES] = {
    [KAB_QUEUE_WAITING] = "waiting",
    [KAB_QUEUE_PROCESSING] = "moving",
    [KAB_QUEUE_FAILED] = "bad",
};

static const char *const task_tones[KAB_N_TASK_STATES] = {
    [KAB_TASK_NEW] = "attention",
    [KAB_TASK_DECIDED] = "moving",
    [KAB_TASK_FINISHED] = "good",
    [KAB_TASK_WITHDRAWN] = "quiet",
};

static const char *const user_tones[] = {
    [KAB_USER_STATE_REGISTRATION] = "waiting",
    [KAB_USER_STATE_ACTIVE] = "good",
    [KAB_USER_STATE_DEACTIVATED] = "bad",
};

static void
show(KabStatusBadge *self, const char *text, const char *tone)
{
    if (self->tone != NULL)
        gtk_widget_remove_css_class(GTK_WIDGET(self->label), self->tone);
    self->tone = tone;
    gtk_widget_add_css_class(GTK_WIDGET(self->label), tone);
    gtk_label_set_text(self->label, text);
}

static void
kab_status_badge_dispose(GObject *object)
{
    adw_bin_set_child(ADW_BIN(object), NULL); /* before the template forgets it */
    gtk_widget_dispose_template(GTK_WIDGET(object), KAB_TYPE_STATUS_BADGE);
    G_OBJECT_CLASS(kab_status_badge_parent_class)->dispose(object);
}

static void
kab_status_badge_class_init(KabStatusBadgeClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_status_badge_dispose;
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/widgets/kab-status-badge.ui");
    gtk_widget_class_bind_template_child(widget_class, KabStatusBadge, label);
}

static void
kab_status_badge_init(KabStatusBadge *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
}

void
kab_status_badge_set_order(KabStatusBadge *self, KabOrderStatus status)
{
    show(self, kab_order_status_to_title(status), order_tones[status]);
}

void
kab_status_badge_set_client_order(KabStatusBadge *self, const KabOrder *order)
{
    show(self, kab_order_get_client_status_title(order), client_tones[order->client_status]);
}

void
kab_status_badge_set_queue(KabStatusBadge *self, KabQueueState state)
{
    show(self, kab_queue_state_to_title(state), queue_tones[state]);
}

void
kab_status_badge_set_task(KabStatusBadge *self, KabTaskState state)
{
    show(self, kab_task_state_to_title(state), task_tones[state]);
}

static const struct {
    const char *outcome;
    const char *tone;
} outcome_tones[] = {
    {"ok", "good"},        {"applied", "good"}, {"duplicate", "quiet"}, {"stale", "quiet"},
    {"fetched", "moving"}, {"again", "moving"}, {"retry", "attention"}, {"waits", "waiting"},
    {"rejected", "bad"},   {"error", "bad"},
};

void
kab_status_badge_set_outcome(KabStatusBadge *self, const char *outcome)
{
    const char *tone = "quiet";

    for (gsize i = 0; i < G_N_ELEMENTS(outcome_tones); i++)
        if (g_str_equal(outcome_tones[i].outcome, outcome))
            tone = outcome_tones[i].tone;
    show(self, kab_format_outcome(outcome), tone);
}

void
kab_status_badge_set_user(KabStatusBadge *self, KabUserState state)
{
    show(self, kab_user_state_to_title(state), user_tones[state]);
}

void
kab_status_badge_set_quiet(KabStatusBadge *self, const char *text)
{
    show(self, text, "quiet");
}

const char *
kab_status_badge_get_text(KabStatusBadge *self)
{
    return gtk_label_get_text(self->label);
}
