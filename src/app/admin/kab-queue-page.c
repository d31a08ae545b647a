/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-cause-list.h"
#include "kab-client-exchange.h"
#include "kab-error.h"
#include "kab-keys.h"
#include "kab-queue-change.h"
#include "kab-queue-choice.h"
#include "kab-queue-head.h"
#include "kab-queue-list.h"
#include "kab-queue-page.h"
#include "kab-run-watch.h"
#include "kab-shrink.h"
#include "kab-stack.h"
#include "kab-wrap.h"

#include <glib/gi18n-lib.h>

#define PAGE_SIZE 100
/* No look by itself comes sooner after the one before. */
#define LOOK_MIN_MS 1000
#define LOOK_LATER_MS 1000

struct _KabQueuePage {
    KabDataPage parent_instance;

    KabPageView *view;
    KabQueueHead *head;
    GtkWidget *tools;
    GtkToggleButton *entries_button;
    GtkToggleButton *causes_button;
    GtkWidget *choice_clamp;
    KabQueueChoice *choice;
    GtkStack *stack;
    KabQueueList *list;
    KabCauseList *cause_list;

    KabRunWatch *watch;      /* (owned) */
    KabQueueChange *change;  /* (owned) */
    KabExchangeState *state; /* (owned) (nullable) */
    char *refused;           /* (owned) (nullable): why the last run was not started */
    guint look;              /* looks when something is due to happen by itself */
    gboolean base;           /* whose queue it is: the base's, or the portal's */
};

G_DEFINE_FINAL_TYPE(KabQueuePage, kab_queue_page, KAB_TYPE_DATA_PAGE)

static KabClient *
get_client(KabQueuePage *self)
{
    return kab_data_page_get_client(KAB_DATA_PAGE(self));
}

static const KabClientQueueFilter failed_filter = {.state = "failed"};

/* What is shown. */

static void
enable(KabQueuePage *self, const char *action, gboolean enabled)
{
    gtk_widget_action_set_enabled(GTK_WIDGET(self), action, enabled);
}

static void
update_actions(KabQueuePage *self)
{
    const KabExchangeState *state = self->state;
    gboolean paused = state != NULL && state->paused_at != 0;
    gboolean free =
        state != NULL && self->change != NULL && !kab_queue_change_is_busy(self->change);
    gboolean failed = state != NULL && state->counts[KAB_QUEUE_FAILED] > 0;
    gboolean chosen = state != NULL && !kab_queue_choice_is_all(self->choice);

    enable(self, "queue.pause", free && !paused);
    enable(self, "queue.resume", free && paused);
    enable(self, "queue.retry", free && failed);
    enable(self, "queue.discard", free && failed);
    enable(self, "queue.retry-shown", free && chosen);
    enable(self, "queue.discard-shown", free && chosen);
    enable(self, "queue.add", free);
    gtk_widget_set_visible(GTK_WIDGET(self->entries_button), failed);
    gtk_widget_set_visible(GTK_WIDGET(self->causes_button), failed);
    if (!failed)
        gtk_toggle_button_set_active(self->entries_button, TRUE);
    /* Of a cause nothing is left when nothing has failed any more. */
    if (state != NULL && !failed && kab_queue_choice_get_filter(self->choice).error != NULL)
        kab_queue_choice_clear(self->choice);
}

static void
on_view_toggled(KabQueuePage *self)
{
    gboolean entries = gtk_toggle_button_get_active(self->entries_button);

    kab_stack_show(self->stack, entries ? "entries" : "causes");
    gtk_widget_set_visible(self->choice_clamp, entries);
}

/* Loading. */

static gboolean
on_look(gpointer data)
{
    KabQueuePage *self = data;

    self->look = 0;
    kab_data_page_reload(KAB_DATA_PAGE(self));
    return G_SOURCE_REMOVE;
}

static void
earlier(gint64 *wait, KabTime at, KabTime now)
{
    if (at > now && (*wait == 0 || at - now < *wait))
        *wait = at - now;
}

/* A run by the schedule, and the next try, change what the page shows without anybody's doing. */
static void
plan_look(KabQueuePage *self)
{
    const KabExchangeState *state = self->state;
    KabTime now = kab_time_now();
    gint64 wait = 0;

    g_clear_handle_id(&self->look, g_source_remove);
    if (!gtk_widget_get_mapped(GTK_WIDGET(self)) || kab_run_watch_is_busy(self->watch))
        return;
    if (state->paused_at == 0)
        earlier(&wait, state->next_run_at, now);
    earlier(&wait, state->held_until, now);
    if (state->running) /* about to begin, or just ended */
        wait = LOOK_MIN_MS;
    else if (wait != 0)
        wait = CLAMP(wait + LOOK_LATER_MS, LOOK_MIN_MS, G_MAXINT);
    if (wait != 0)
        self->look = g_timeout_add((guint)wait, on_look, self);
}

static void
on_causes_listed(GObject *source, GAsyncResult *result, gpointer data)
{
    KabQueuePage *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(KabPage) page = kab_client_list_causes_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (page == NULL)
        kab_data_page_fail(KAB_DATA_PAGE(self), error);
    else
        kab_cause_list_set_page(self->cause_list, page);
}

static void
on_queue_listed(GObject *source, GAsyncResult *result, gpointer data)
{
    KabQueuePage *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(KabPage) page = kab_client_list_queue_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (page == NULL) {
        kab_data_page_fail_load(KAB_DATA_PAGE(self), error);
        return;
    }
    kab_queue_list_set_page(self->list, page, kab_queue_choice_is_all(self->choice));
    kab_queue_head_set_state(self->head, self->state, self->base);
    update_actions(self);
    kab_data_page_loaded(KAB_DATA_PAGE(self), FALSE);
    /* A further page of the queue does not stop this. */
    if (self->state->counts[KAB_QUEUE_FAILED] > 0)
        kab_client_list_causes_async(KAB_CLIENT(source),
                                     kab_data_page_get_cancellable(KAB_DATA_PAGE(self)),
                                     on_causes_listed, self);
    plan_look(self);
}

/* A run that was refused because another one is under way is that other one. */
static void
tell_refused(KabQueuePage *self)
{
    g_autofree char *refused = g_steal_pointer(&self->refused);

    if (refused != NULL && !self->state->running)
        kab_data_page_say(KAB_DATA_PAGE(self), refused);
}

static void
on_exchange_got(GObject *source, GAsyncResult *result, gpointer data)
{
    KabQueuePage *self = data;
    g_autoptr(GError) error = NULL;
    KabExchangeState *state = kab_client_get_exchange_finish(KAB_CLIENT(source), result, &error);
    KabClientQueueFilter filter;

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (state == NULL) {
        g_clear_pointer(&self->refused, g_free);
        kab_data_page_fail_load(KAB_DATA_PAGE(self), error);
        return;
    }
    g_clear_pointer(&self->state, kab_exchange_state_free);
    self->state = state;
    if (state->run != NULL)
        kab_run_watch_follow(self->watch, g_steal_pointer(&state->run));
    tell_refused(self);
    filter = kab_queue_choice_get_filter(self->choice);
    kab_client_list_queue_async(KAB_CLIENT(source), &filter, NULL, PAGE_SIZE,
                                kab_data_page_begin_load(KAB_DATA_PAGE(self)), on_queue_listed,
                                self);
}

static void
kab_queue_page_load(KabDataPage *page)
{
    kab_client_get_exchange_async(kab_data_page_get_client(page), kab_data_page_begin_load(page),
                                  on_exchange_got, page);
}

static void
on_more_listed(GObject *source, GAsyncResult *result, gpointer data)
{
    KabQueuePage *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(KabPage) page = kab_client_list_queue_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (page == NULL)
        kab_data_page_fail(KAB_DATA_PAGE(self), error);
    else
        kab_queue_list_add_page(self->list, page);
}

static void
on_list_more(KabQueuePage *self)
{
    const KabClientQueueFilter filter = kab_queue_choice_get_filter(self->choice);

    kab_client_list_queue_async(get_client(self), &filter, kab_queue_list_get_next(self->list),
                                PAGE_SIZE, kab_data_page_begin_load(KAB_DATA_PAGE(self)),
                                on_more_listed, self);
}

/* Whatever came of it, the page then shows how it is; who is signed out sees nothing. */
static void
reload_after(KabQueuePage *self, const GError *error)
{
    if (!g_error_matches(error, KAB_ERROR, KAB_ERROR_UNAUTHORIZED))
        kab_data_page_reload(KAB_DATA_PAGE(self));
}

/* A run. */

static void
on_watch_changed(KabQueuePage *self)
{
    if (kab_run_watch_get_run(self->watch) != NULL)
        kab_data_page_answered(KAB_DATA_PAGE(self));
}

static void
on_watch_ended(KabQueuePage *self)
{
    kab_data_page_answered(KAB_DATA_PAGE(self));
    kab_data_page_reload(KAB_DATA_PAGE(self));
}

/* What is busy is either the exchange or beyond reach: loading tells which. */
static void
on_watch_refused(KabQueuePage *self, const GError *error)
{
    if (g_error_matches(error, KAB_ERROR, KAB_ERROR_BUSY)) {
        g_free(self->refused);
        self->refused = g_strdup(error->message);
    } else {
        kab_data_page_fail(KAB_DATA_PAGE(self), error);
    }
    reload_after(self, error);
}

static void
on_watch_failed(KabQueuePage *self, const GError *error)
{
    gboolean lost = !kab_run_watch_is_busy(self->watch);

    kab_data_page_fail(KAB_DATA_PAGE(self), error);
    if (lost)
        reload_after(self, error);
}

/* Changes of the queue. */

static void
on_change_changed(KabQueuePage *self)
{
    update_actions(self);
}

static void
on_change_ended(KabQueuePage *self, const GError *error)
{
    reload_after(self, error);
}

static void
on_pause_action(GtkWidget *widget, const char *name, GVariant *parameter G_GNUC_UNUSED)
{
    kab_queue_change_pause(KAB_QUEUE_PAGE(widget)->change, g_str_equal(name, "queue.pause"));
}

static void
on_retry_action(GtkWidget *widget, const char *name, GVariant *parameter G_GNUC_UNUSED)
{
    KabQueuePage *self = KAB_QUEUE_PAGE(widget);
    const KabClientQueueFilter shown = kab_queue_choice_get_filter(self->choice);

    kab_queue_change_retry(self->change,
                           g_str_equal(name, "queue.retry") ? &failed_filter : &shown);
}

static void
on_discard_action(GtkWidget *widget, const char *name, GVariant *parameter G_GNUC_UNUSED)
{
    KabQueuePage *self = KAB_QUEUE_PAGE(widget);
    const KabClientQueueFilter shown = kab_queue_choice_get_filter(self->choice);

    kab_queue_change_discard(self->change,
                             g_str_equal(name, "queue.discard") ? &failed_filter : &shown);
}

static KabClientQueueFilter
get_filter(const KabQueueCause *cause)
{
    return (KabClientQueueFilter){.kind = cause->kind,
                                  .state = failed_filter.state,
                                  .error = *cause->error != '\0' ? cause->error : NULL};
}

/* Which entries are shown. */

static void
on_choice_changed(KabQueuePage *self)
{
    if (self->state == NULL)
        return;
    update_actions(self);
    kab_data_page_reload(KAB_DATA_PAGE(self));
}

static void
on_show_all_action(GtkWidget *widget, const char *name G_GNUC_UNUSED,
                   GVariant *parameter G_GNUC_UNUSED)
{
    kab_queue_choice_clear(KAB_QUEUE_PAGE(widget)->choice);
}

static void
on_cause_show(KabQueuePage *self, const KabQueueCause *cause)
{
    kab_queue_choice_set_cause(self->choice, cause->kind,
                               *cause->error != '\0' ? cause->error : NULL);
    gtk_toggle_button_set_active(self->entries_button, TRUE);
}

static void
on_cause_retry(KabQueuePage *self, const KabQueueCause *cause)
{
    const KabClientQueueFilter filter = get_filter(cause);

    if (!kab_queue_change_is_busy(self->change))
        kab_queue_change_retry(self->change, &filter);
}

static void
on_cause_discard(KabQueuePage *self, const KabQueueCause *cause)
{
    const KabClientQueueFilter filter = get_filter(cause);

    if (!kab_queue_change_is_busy(self->change))
        kab_queue_change_discard(self->change, &filter);
}

static void
on_add_action(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    KabQueuePage *self = KAB_QUEUE_PAGE(widget);

    kab_queue_change_add(self->change, self->base);
}

/* What is wrong with the other end is mended in this end's settings. */
static void
on_settings_action(GtkWidget *widget, const char *name G_GNUC_UNUSED,
                   GVariant *parameter G_GNUC_UNUSED)
{
    gtk_widget_activate_action(
        widget, KAB_QUEUE_PAGE(widget)->base ? "win.mend-base" : "win.mend-portal", NULL);
}

/* The page. */

static void
kab_queue_page_map(GtkWidget *widget)
{
    kab_run_watch_set_active(KAB_QUEUE_PAGE(widget)->watch, TRUE);
    GTK_WIDGET_CLASS(kab_queue_page_parent_class)->map(widget);
}

static void
kab_queue_page_unmap(GtkWidget *widget)
{
    KabQueuePage *self = KAB_QUEUE_PAGE(widget);

    g_clear_handle_id(&self->look, g_source_remove);
    kab_run_watch_set_active(self->watch, FALSE);
    GTK_WIDGET_CLASS(kab_queue_page_parent_class)->unmap(widget);
}

static void
kab_queue_page_constructed(GObject *object)
{
    KabQueuePage *self = KAB_QUEUE_PAGE(object);

    G_OBJECT_CLASS(kab_queue_page_parent_class)->constructed(object);
    self->watch = kab_run_watch_new(get_client(self));
    self->change = kab_queue_change_new(KAB_DATA_PAGE(self), get_client(self));
    kab_queue_head_set_watch(self->head, self->watch);
    g_signal_connect_object(self->change, "changed", G_CALLBACK(on_change_changed), self,
                            G_CONNECT_SWAPPED);
    g_signal_connect_object(self->change, "ended", G_CALLBACK(on_change_ended), self,
                            G_CONNECT_SWAPPED);
    g_signal_connect_object(self->watch, "changed", G_CALLBACK(on_watch_changed), self,
                            G_CONNECT_SWAPPED);
    g_signal_connect_object(self->watch, "ended", G_CALLBACK(on_watch_ended), self,
                            G_CONNECT_SWAPPED);
    g_signal_connect_object(self->watch, "refused", G_CALLBACK(on_watch_refused), self,
                            G_CONNECT_SWAPPED);
    g_signal_connect_object(self->watch, "failed", G_CALLBACK(on_watch_failed), self,
                            G_CONNECT_SWAPPED);
}

static void
kab_queue_page_dispose(GObject *object)
{
    KabQueuePage *self = KAB_QUEUE_PAGE(object);

    g_clear_handle_id(&self->look, g_source_remove);
    if (self->watch != NULL)
        kab_run_watch_give_up(self->watch);
    g_clear_object(&self->watch);
    if (self->change != NULL)
        kab_queue_change_give_up(self->change);
    g_clear_object(&self->change);
    g_clear_pointer(&self->refused, g_free);
    g_clear_pointer(&self->state, kab_exchange_state_free);
    adw_bin_set_child(ADW_BIN(object), NULL); /* before the template forgets it */
    gtk_widget_dispose_template(GTK_WIDGET(self), KAB_TYPE_QUEUE_PAGE);
    G_OBJECT_CLASS(kab_queue_page_parent_class)->dispose(object);
}

static void
kab_queue_page_class_init(KabQueuePageClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->constructed = kab_queue_page_constructed;
    G_OBJECT_CLASS(klass)->dispose = kab_queue_page_dispose;
    widget_class->map = kab_queue_page_map;
    widget_class->unmap = kab_queue_page_unmap;
    KAB_DATA_PAGE_CLASS(klass)->load = kab_queue_page_load;

    g_type_ensure(KAB_TYPE_CAUSE_LIST);
    g_type_ensure(KAB_TYPE_PAGE_VIEW);
    g_type_ensure(KAB_TYPE_QUEUE_CHOICE);
    g_type_ensure(KAB_TYPE_QUEUE_HEAD);
    g_type_ensure(KAB_TYPE_QUEUE_LIST);
    g_type_ensure(KAB_TYPE_WRAP);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/admin/kab-queue-page.ui");
    gtk_widget_class_bind_template_child(widget_class, KabQueuePage, view);
    gtk_widget_class_bind_template_child(widget_class, KabQueuePage, head);
    gtk_widget_class_bind_template_child(widget_class, KabQueuePage, tools);
    gtk_widget_class_bind_template_child(widget_class, KabQueuePage, entries_button);
    gtk_widget_class_bind_template_child(widget_class, KabQueuePage, causes_button);
    gtk_widget_class_bind_template_child(widget_class, KabQueuePage, choice_clamp);
    gtk_widget_class_bind_template_child(widget_class, KabQueuePage, choice);
    gtk_widget_class_bind_template_child(widget_class, KabQueuePage, stack);
    gtk_widget_class_bind_template_child(widget_class, KabQueuePage, list);
    gtk_widget_class_bind_template_child(widget_class, KabQueuePage, cause_list);
    gtk_widget_class_bind_template_callback(widget_class, on_view_toggled);
    gtk_widget_class_bind_template_callback(widget_class, on_choice_changed);
    gtk_widget_class_bind_template_callback(widget_class, on_cause_show);
    gtk_widget_class_bind_template_callback(widget_class, on_cause_retry);
    gtk_widget_class_bind_template_callback(widget_class, on_cause_discard);
    gtk_widget_class_bind_template_callback(widget_class, on_list_more);

    gtk_widget_class_install_action(widget_class, "queue.pause", NULL, on_pause_action);
    gtk_widget_class_install_action(widget_class, "queue.resume", NULL, on_pause_action);
    gtk_widget_class_install_action(widget_class, "queue.retry", NULL, on_retry_action);
    gtk_widget_class_install_action(widget_class, "queue.discard", NULL, on_discard_action);
    gtk_widget_class_install_action(widget_class, "queue.retry-shown", NULL, on_retry_action);
    gtk_widget_class_install_action(widget_class, "queue.discard-shown", NULL, on_discard_action);
    gtk_widget_class_install_action(widget_class, "queue.add", NULL, on_add_action);
    gtk_widget_class_install_action(widget_class, "queue.settings", NULL, on_settings_action);
    gtk_widget_class_install_action(widget_class, "queue.show-all", NULL, on_show_all_action);
}

static void
kab_queue_page_init(KabQueuePage *self)
{
    static const KabKey keys[] = {
        {"<Control><Shift>p", "queue.pause", NULL},
        {"<Control><Shift>p", "queue.resume", NULL},
        {"<Control><Shift>r", "queue.retry", NULL},
        {"<Control><Shift>Delete", "queue.discard", NULL},
        {"<Control><Shift>n", "queue.add", NULL},
        {"F4", "queue.settings", NULL},
        {NULL, NULL, NULL},
    };

    gtk_widget_init_template(GTK_WIDGET(self));
    kab_shrink_buttons(self->tools);
    kab_stack_show(self->stack, "entries");
    kab_keys_add(GTK_WIDGET(self), keys);
    kab_data_page_set_view(KAB_DATA_PAGE(self), self->view);
    update_actions(self);
}

KabDataPage *
kab_queue_page_new(KabClient *client)
{
    return g_object_new(KAB_TYPE_QUEUE_PAGE, "client", client, "title", _("Portal queue"), NULL);
}

KabDataPage *
kab_queue_page_new_for_base(KabClient *client)
{
    KabQueuePage *self =
        g_object_new(KAB_TYPE_QUEUE_PAGE, "client", client, "title", _("Base queue"), NULL);

    self->base = TRUE;
    kab_queue_choice_set_base(self->choice, TRUE);
    return KAB_DATA_PAGE(self);
}
