/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-exchange.h"
#include "kab-format.h"
#include "kab-item.h"
#include "kab-page-view.h"
#include "kab-pager.h"
#include "kab-queue-page.h"
#include "kab-reflow.h"
#include "kab-spinner.h"
#include "kab-stack.h"
#include "kab-status-badge.h"

#include <glib/gi18n-lib.h>

#define PAGE_SIZE 100

struct _KabQueuePage {
    KabDataPage parent_instance;

    KabPageView *view;
    GtkLabel *waiting_label;
    GtkLabel *processing_label;
    GtkLabel *failed_label;
    GtkLabel *last_run_label;
    GtkLabel *error_label;
    GtkWidget *run_button;
    GtkWidget *cancel_button;
    GtkSpinner *spinner;
    GtkLabel *result_label;
    GtkStack *stack;
    GtkScrolledWindow *scrolled;
    GtkColumnView *column_view;

    GListStore *entries;     /* (owned) (element-type KabItem) */
    KabPager *pager;         /* (owned) */
    GCancellable *running;   /* (owned) (nullable): of the run that was started here */
    KabExchangeState *state; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE(KabQueuePage, kab_queue_page, KAB_TYPE_DATA_PAGE)

static void
show_number(GtkLabel *label, gint64 number)
{
    g_autofree char *text = g_strdup_printf("%" G_GINT64_FORMAT, number);

    gtk_label_set_text(label, text);
}

static void
tell_result(KabQueuePage *self, const char *text)
{
    gtk_label_set_text(self->result_label, text);
    gtk_widget_set_visible(GTK_WIDGET(self->result_label), *text != '\0');
}

static void
update_buttons(KabQueuePage *self)
{
    gboolean running = self->running != NULL || (self->state != NULL && self->state->running);

    gtk_widget_action_set_enabled(GTK_WIDGET(self), "queue.run",
                                  !running && self->state != NULL && self->state->connected);
    gtk_widget_action_set_enabled(GTK_WIDGET(self), "queue.cancel", self->running != NULL);
    gtk_widget_set_visible(self->cancel_button, self->running != NULL);
    kab_spinner_set(self->spinner, running);
}

static void
show_state(KabQueuePage *self)
{
    const KabExchangeState *state = self->state;
    g_autofree char *time = kab_time_format_local(state->last_run_at);
    g_autofree char *last = state->last_run_at != 0 ? g_strdup_printf(_("Last run: %s"), time)
                                                    : g_strdup(_("The exchange has not run yet"));
    const char *error = state->last_error;

    show_number(self->waiting_label, state->counts[KAB_QUEUE_WAITING]);
    show_number(self->processing_label, state->counts[KAB_QUEUE_PROCESSING]);
    show_number(self->failed_label, state->counts[KAB_QUEUE_FAILED]);
    if (state->counts[KAB_QUEUE_FAILED] > 0)
        gtk_widget_add_css_class(GTK_WIDGET(self->failed_label), "error");
    else
        gtk_widget_remove_css_class(GTK_WIDGET(self->failed_label), "error");
    gtk_label_set_text(self->last_run_label, state->running ? _("A run is under way") : last);
    if (!state->connected)
        error = _("The other end's address and secrets are not entered yet.");
    gtk_label_set_text(self->error_label, error != NULL ? error : "");
    gtk_widget_set_visible(GTK_WIDGET(self->error_label), error != NULL && *error != '\0');
    update_buttons(self);
}

static GPtrArray *
take_entries(KabPage *page)
{
    GPtrArray *items = g_ptr_array_new_with_free_func(g_object_unref);

    for (guint i = 0; i < page->items->len; i++) {
        KabQueueEntry *entry = g_steal_pointer(&page->items->pdata[i]);
        g_autofree char *key = g_strdup_printf("%" G_GINT64_FORMAT, entry->id);

        g_ptr_array_add(items, kab_item_new(key, entry, (GDestroyNotify)kab_queue_entry_free));
    }
    return items;
}

static void
on_more_listed(GObject *source, GAsyncResult *result, gpointer data)
{
    KabQueuePage *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(KabPage) page = kab_client_list_queue_finish(KAB_CLIENT(source), result, &error);
    g_autoptr(GPtrArray) items = NULL;

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (page == NULL) {
        kab_data_page_fail(KAB_DATA_PAGE(self), error);
        return;
    }
    items = take_entries(page);
    g_list_store_splice(self->entries, g_list_model_get_n_items(G_LIST_MODEL(self->entries)), 0,
                        items->pdata, items->len);
    kab_pager_set_next(self->pager, page->next);
}

static void
on_queue_listed(GObject *source, GAsyncResult *result, gpointer data)
{
    KabQueuePage *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(KabPage) page = kab_client_list_queue_finish(KAB_CLIENT(source), result, &error);
    g_autoptr(GPtrArray) items = NULL;
    gboolean kept;

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (page == NULL) {
        kab_data_page_fail_load(KAB_DATA_PAGE(self), error);
        return;
    }
    items = take_entries(page);
    kept = kab_item_merge(self->entries, items, page->next != NULL);
    kab_pager_set_next(self->pager, kept ? kab_pager_get_next(self->pager) : page->next);
    kab_stack_show(self->stack, items->len > 0 ? "list" : "nothing");
    show_state(self);
    kab_data_page_loaded(KAB_DATA_PAGE(self), FALSE);
}

static void
on_exchange_got(GObject *source, GAsyncResult *result, gpointer data)
{
    KabQueuePage *self = data;
    g_autoptr(GError) error = NULL;
    KabExchangeState *state = kab_client_get_exchange_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (state == NULL) {
        kab_data_page_fail_load(KAB_DATA_PAGE(self), error);
        return;
    }
    g_clear_pointer(&self->state, kab_exchange_state_free);
    self->state = state;
    kab_client_list_queue_async(KAB_CLIENT(source), NULL, PAGE_SIZE,
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
on_pager_more(KabQueuePage *self)
{
    kab_client_list_queue_async(
        kab_data_page_get_client(KAB_DATA_PAGE(self)), kab_pager_get_next(self->pager), PAGE_SIZE,
        kab_data_page_begin_load(KAB_DATA_PAGE(self)), on_more_listed, self);
}

static void
show_result(KabQueuePage *self, const KabRunResult *run)
{
    g_autofree char *text =
        g_strdup_printf(_("Sent: %d, received: %d, rejected: %d, failed: %d"), (int)run->sent,
                        (int)run->received, (int)run->rejected, (int)run->failed);

    tell_result(self, text);
    if (run->error != NULL)
        kab_data_page_say(KAB_DATA_PAGE(self), run->error);
}

static void
on_run(GObject *source, GAsyncResult *result, gpointer data)
{
    KabQueuePage *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(KabRunResult) run = kab_client_run_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    g_clear_object(&self->running);
    update_buttons(self);
    if (run == NULL) {
        tell_result(self, "");
        kab_data_page_fail(KAB_DATA_PAGE(self), error);
    } else {
        show_result(self, run);
    }
    kab_data_page_reload(KAB_DATA_PAGE(self));
}

static void
on_run_action(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    KabQueuePage *self = KAB_QUEUE_PAGE(widget);

    self->running = g_cancellable_new();
    tell_result(self, _("The exchange is running…"));
    update_buttons(self);
    kab_client_run_async(kab_data_page_get_client(KAB_DATA_PAGE(self)), self->running, on_run,
                         self);
}

/* Gives up waiting. What the run has sent until then stays sent. */
static void
on_cancel_action(GtkWidget *widget, const char *name G_GNUC_UNUSED,
                 GVariant *parameter G_GNUC_UNUSED)
{
    KabQueuePage *self = KAB_QUEUE_PAGE(widget);

    g_cancellable_cancel(self->running);
    g_clear_object(&self->running);
    tell_result(self, _("No longer waiting for the run"));
    update_buttons(self);
    kab_data_page_reload(KAB_DATA_PAGE(self));
}

static void
on_text_setup(KabQueuePage *self G_GNUC_UNUSED, GtkListItem *item)
{
    GtkWidget *label = gtk_label_new(NULL);

    gtk_label_set_xalign(GTK_LABEL(label), 0);
    gtk_label_set_ellipsize(GTK_LABEL(label), PANGO_ELLIPSIZE_END);
    gtk_widget_add_css_class(label, "numeric");
    gtk_list_item_set_child(item, label);
}

static void
on_number_setup(KabQueuePage *self, GtkListItem *item)
{
    on_text_setup(self, item);
    gtk_label_set_xalign(GTK_LABEL(gtk_list_item_get_child(item)), 1);
}

static void
on_badge_setup(KabQueuePage *self G_GNUC_UNUSED, GtkListItem *item)
{
    gtk_list_item_set_child(item, g_object_new(KAB_TYPE_STATUS_BADGE, NULL));
}

static const KabQueueEntry *
get_entry(GtkListItem *item)
{
    return kab_item_get_value(gtk_list_item_get_item(item));
}

static void
bind_text(GtkListItem *item, const char *text)
{
    GtkWidget *label = gtk_list_item_get_child(item);

    gtk_label_set_text(GTK_LABEL(label), text != NULL ? text : "");
    gtk_widget_set_tooltip_text(label, text);
}

static void
on_kind_bind(KabQueuePage *self G_GNUC_UNUSED, GtkListItem *item)
{
    bind_text(item, kab_format_kind(get_entry(item)->kind));
}

static void
on_object_bind(KabQueuePage *self G_GNUC_UNUSED, GtkListItem *item)
{
    bind_text(item, get_entry(item)->object_id);
}

static void
on_state_bind(KabQueuePage *self G_GNUC_UNUSED, GtkListItem *item)
{
    kab_status_badge_set_queue(KAB_STATUS_BADGE(gtk_list_item_get_child(item)),
                               get_entry(item)->state);
}

static void
on_attempts_bind(KabQueuePage *self G_GNUC_UNUSED, GtkListItem *item)
{
    g_autofree char *text = g_strdup_printf("%d", get_entry(item)->attempts);

    bind_text(item, text);
}

static void
on_next_bind(KabQueuePage *self G_GNUC_UNUSED, GtkListItem *item)
{
    const KabQueueEntry *entry = get_entry(item);
    g_autofree char *text = kab_time_format_local(entry->next_attempt_at);

    bind_text(item, entry->state == KAB_QUEUE_FAILED ? "" : text);
}

static void
on_error_bind(KabQueuePage *self G_GNUC_UNUSED, GtkListItem *item)
{
    bind_text(item, get_entry(item)->error);
}

static void
kab_queue_page_dispose(GObject *object)
{
    KabQueuePage *self = KAB_QUEUE_PAGE(object);

    g_cancellable_cancel(self->running);
    g_clear_object(&self->running);
    if (self->column_view != NULL)
        gtk_column_view_set_model(self->column_view, NULL);
    g_clear_object(&self->pager);
    g_clear_object(&self->entries);
    g_clear_pointer(&self->state, kab_exchange_state_free);
    adw_bin_set_child(ADW_BIN(object), NULL); /* before the template forgets it */
    gtk_widget_dispose_template(GTK_WIDGET(self), KAB_TYPE_QUEUE_PAGE);
    G_OBJECT_CLASS(kab_queue_page_parent_class)->dispose(object);
}

static void
bind_callbacks(GtkWidgetClass *widget_class)
{
    gtk_widget_class_bind_template_callback(widget_class, on_text_setup);
    gtk_widget_class_bind_template_callback(widget_class, on_number_setup);
    gtk_widget_class_bind_template_callback(widget_class, on_badge_setup);
    gtk_widget_class_bind_template_callback(widget_class, on_kind_bind);
    gtk_widget_class_bind_template_callback(widget_class, on_object_bind);
    gtk_widget_class_bind_template_callback(widget_class, on_state_bind);
    gtk_widget_class_bind_template_callback(widget_class, on_attempts_bind);
    gtk_widget_class_bind_template_callback(widget_class, on_next_bind);
    gtk_widget_class_bind_template_callback(widget_class, on_error_bind);
}

static void
kab_queue_page_class_init(KabQueuePageClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_queue_page_dispose;
    KAB_DATA_PAGE_CLASS(klass)->load = kab_queue_page_load;

    g_type_ensure(KAB_TYPE_PAGE_VIEW);
    g_type_ensure(KAB_TYPE_REFLOW);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/admin/kab-queue-page.ui");
    gtk_widget_class_bind_template_child(widget_class, KabQueuePage, view);
    gtk_widget_class_bind_template_child(widget_class, KabQueuePage, waiting_label);
    gtk_widget_class_bind_template_child(widget_class, KabQueuePage, processing_label);
    gtk_widget_class_bind_template_child(widget_class, KabQueuePage, failed_label);
    gtk_widget_class_bind_template_child(widget_class, KabQueuePage, last_run_label);
    gtk_widget_class_bind_template_child(widget_class, KabQueuePage, error_label);
    gtk_widget_class_bind_template_child(widget_class, KabQueuePage, run_button);
    gtk_widget_class_bind_template_child(widget_class, KabQueuePage, cancel_button);
    gtk_widget_class_bind_template_child(widget_class, KabQueuePage, spinner);
    gtk_widget_class_bind_template_child(widget_class, KabQueuePage, result_label);
    gtk_widget_class_bind_template_child(widget_class, KabQueuePage, stack);
    gtk_widget_class_bind_template_child(widget_class, KabQueuePage, scrolled);
    gtk_widget_class_bind_template_child(widget_class, KabQueuePage, column_view);
    bind_callbacks(widget_class);

    gtk_widget_class_install_action(widget_class, "queue.run", NULL, on_run_action);
    gtk_widget_class_install_action(widget_class, "queue.cancel", NULL, on_cancel_action);
}

static void
kab_queue_page_init(KabQueuePage *self)
{
    g_autoptr(GtkNoSelection) selection = NULL;

    gtk_widget_init_template(GTK_WIDGET(self));
    kab_stack_show(self->stack, "nothing");
    kab_data_page_set_view(KAB_DATA_PAGE(self), self->view);
    self->entries = g_list_store_new(KAB_TYPE_ITEM);
    selection = gtk_no_selection_new(g_object_ref(G_LIST_MODEL(self->entries)));
    gtk_column_view_set_model(self->column_view, GTK_SELECTION_MODEL(selection));
    self->pager = kab_pager_new(self->scrolled);
    g_signal_connect_object(self->pager, "more", G_CALLBACK(on_pager_more), self,
                            G_CONNECT_SWAPPED);
}

KabDataPage *
kab_queue_page_new(KabClient *client, const char *title)
{
    return g_object_new(KAB_TYPE_QUEUE_PAGE, "client", client, "title", title, NULL);
}
