/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-format.h"
#include "kab-notice.h"
#include "kab-queue-head.h"
#include "kab-run-bar.h"

#include <glib/gi18n-lib.h>

struct _KabQueueHead {
    AdwBin parent_instance;

    KabNotice *failing_notice;
    KabNotice *paused_notice;
    KabNotice *alarm_notice;
    GtkLabel *waiting_label;
    GtkLabel *processing_label;
    GtkLabel *failed_label;
    KabRunBar *run_bar;
    GtkLabel *error_label;
};

G_DEFINE_FINAL_TYPE(KabQueueHead, kab_queue_head, ADW_TYPE_BIN)

static void
show_number(GtkLabel *label, gint64 number)
{
    g_autofree char *text = g_strdup_printf("%" G_GINT64_FORMAT, number);

    gtk_label_set_text(label, text);
}

static void
show_failing(KabQueueHead *self, const KabExchangeState *state, gboolean base)
{
    g_autofree char *until = kab_format_moment(state->held_until);
    g_autofree char *title = NULL;
    g_autofree char *next = NULL;
    g_autofree char *text = NULL;

    if (!state->connected) {
        kab_notice_tell(self->failing_notice, _("Not connected yet"),
                        _("The other end's address and secrets are not entered yet."));
        return;
    }
    if (state->failing_since != 0)
        title = kab_format_unavailable(base, state->failing_since);
    if (state->held_until > kab_time_now())
        next = g_strdup_printf(_("Next try at %s"), until);
    text = g_strjoin(state->failure != NULL && next != NULL ? "\n" : "",
                     state->failure != NULL ? state->failure : "", next, NULL);
    kab_notice_tell(self->failing_notice, title, text);
}

static void
show_paused(KabQueueHead *self, const KabExchangeState *state)
{
    g_autofree char *since = kab_format_moment(state->paused_at);
    g_autofree char *title = NULL;

    if (state->paused_at != 0)
        title = state->paused_by != NULL
                    ? g_strdup_printf(_("Paused since %s by %s"), since, state->paused_by)
                    : g_strdup_printf(_("Paused since %s"), since);
    kab_notice_tell(self->paused_notice, title, NULL);
}

/* What the exchange carries on with and somebody has to look after all the same. */
static void
show_alarms(KabQueueHead *self, const KabExchangeState *state)
{
    guint n = state->alarms != NULL ? state->alarms->len : 0;
    g_autoptr(GString) text = g_string_new(NULL);

    for (guint i = 0; i < n; i++)
        g_string_append_printf(text, "%s%s", i > 0 ? "\n" : "",
                               (const char *)g_ptr_array_index(state->alarms, i));
    kab_notice_tell(self->alarm_notice, n > 0 ? _("Somebody has to look after this") : NULL,
                    text->str);
}

static void
show_error(KabQueueHead *self, const KabExchangeState *state)
{
    const char *error = state->last_error;

    if (state->failing_since != 0 || !state->connected)
        error = NULL; /* the notice says it, and since when */
    gtk_label_set_text(self->error_label, error != NULL ? error : "");
    gtk_widget_set_visible(GTK_WIDGET(self->error_label), error != NULL && *error != '\0');
}

static void
kab_queue_head_dispose(GObject *object)
{
    adw_bin_set_child(ADW_BIN(object), NULL); /* before the template forgets it */
    gtk_widget_dispose_template(GTK_WIDGET(object), KAB_TYPE_QUEUE_HEAD);
    G_OBJECT_CLASS(kab_queue_head_parent_class)->dispose(object);
}

static void
kab_queue_head_class_init(KabQueueHeadClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_queue_head_dispose;

    g_type_ensure(KAB_TYPE_NOTICE);
    g_type_ensure(KAB_TYPE_RUN_BAR);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/admin/kab-queue-head.ui");
    gtk_widget_class_bind_template_child(widget_class, KabQueueHead, failing_notice);
    gtk_widget_class_bind_template_child(widget_class, KabQueueHead, paused_notice);
    gtk_widget_class_bind_template_child(widget_class, KabQueueHead, alarm_notice);
    gtk_widget_class_bind_template_child(widget_class, KabQueueHead, waiting_label);
    gtk_widget_class_bind_template_child(widget_class, KabQueueHead, processing_label);
    gtk_widget_class_bind_template_child(widget_class, KabQueueHead, failed_label);
    gtk_widget_class_bind_template_child(widget_class, KabQueueHead, run_bar);
    gtk_widget_class_bind_template_child(widget_class, KabQueueHead, error_label);
}

static void
kab_queue_head_init(KabQueueHead *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
}

void
kab_queue_head_set_watch(KabQueueHead *self, KabRunWatch *watch)
{
    kab_run_bar_set_watch(self->run_bar, watch);
}

void
kab_queue_head_set_state(KabQueueHead *self, const KabExchangeState *state, gboolean base)
{
    show_number(self->waiting_label, state->counts[KAB_QUEUE_WAITING]);
    show_number(self->processing_label, state->counts[KAB_QUEUE_PROCESSING]);
    show_number(self->failed_label, state->counts[KAB_QUEUE_FAILED]);
    if (state->counts[KAB_QUEUE_FAILED] > 0)
        gtk_widget_add_css_class(GTK_WIDGET(self->failed_label), "error");
    else
        gtk_widget_remove_css_class(GTK_WIDGET(self->failed_label), "error");
    show_failing(self, state, base);
    show_paused(self, state);
    show_alarms(self, state);
    show_error(self, state);
    kab_run_bar_set_state(self->run_bar, state);
}
