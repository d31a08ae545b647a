/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-exchange.h"
#include "kab-client-journal.h"
#include "kab-end-card.h"
#include "kab-format.h"
#include "kab-journal-format.h"
#include "kab-plot.h"
#include "kab-value-row.h"

#include <glib/gi18n-lib.h>

#define N_FAILURES 3
#define DAY_MINUTES (24 * 60)
#define MINUTE_MS 60000
#define NATURAL_WIDTH 400 /* pixels */

struct _KabEndCard {
    AdwBin parent_instance;

    AdwPreferencesGroup *group;
    AdwActionRow *status_row;
    GtkImage *status_image;
    GtkWidget *lead_image;
    KabValueRow *last_run_row;
    KabValueRow *next_run_row;
    AdwActionRow *queue_row;
    KabPlot *messages_plot;
    KabPlot *age_plot;
    AdwPreferencesGroup *alarms_group;
    AdwPreferencesGroup *failures_group;

    KabClient *client; /* (owned) */
    gboolean base;
    KabTime lost_at; /* since when it does not answer this window; 0: it does */
    GPtrArray *rows; /* (element-type GtkWidget): those that were made of an answer */
};

G_DEFINE_FINAL_TYPE(KabEndCard, kab_end_card, ADW_TYPE_BIN)

enum {
    LOADED,
    N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
show_status(KabEndCard *self, const char *icon, const char *css, const char *title,
            const char *text)
{
    const char *classes[] = {css, NULL};

    gtk_image_set_from_icon_name(self->status_image, icon);
    gtk_widget_set_css_classes(GTK_WIDGET(self->status_image), classes);
    adw_preferences_row_set_title(ADW_PREFERENCES_ROW(self->status_row), title);
    adw_action_row_set_subtitle(self->status_row, text != NULL ? text : "");
}

/* @action: (nullable): where it is mended: in the settings of this end, or among the connections */
static void
lead_to(KabEndCard *self, const char *action)
{
    gtk_list_box_row_set_activatable(GTK_LIST_BOX_ROW(self->status_row), action != NULL);
    if (action != NULL) /* a row whose action is taken away turns insensitive */
        gtk_actionable_set_action_name(GTK_ACTIONABLE(self->status_row), action);
    gtk_widget_set_visible(self->lead_image, action != NULL);
}

/* Old figures would say what is so now. */
static void
show_plots(KabEndCard *self, gboolean known)
{
    gtk_widget_set_visible(GTK_WIDGET(self->messages_plot), known);
    gtk_widget_set_visible(GTK_WIDGET(self->age_plot), known);
}

static void
show_lost(KabEndCard *self, const GError *error)
{
    g_autofree char *since = NULL;
    g_autofree char *title = NULL;

    if (self->lost_at == 0)
        self->lost_at = kab_time_now();
    since = kab_format_moment(self->lost_at);
    title = g_strdup_printf(self->base ? _("The base cannot be reached since %s")
                                       : _("The portal cannot be reached since %s"),
                            since);
    lead_to(self, "win.show-connections");
    show_plots(self, FALSE);
    show_status(self, "network-offline-symbolic", "error", title, error->message);
}

/* What is the matter, the worst first. */
static void
show_availability(KabEndCard *self, const KabExchangeState *state)
{
    g_autofree char *until = kab_format_moment(state->held_until);
    g_autofree char *title = NULL;
    g_autofree char *text = NULL;

    self->lost_at = 0;
    lead_to(self, state->connected && state->failing_since == 0 ? NULL
                  : self->base                                  ? "win.mend-base"
                                                                : "win.mend-portal");
    if (!state->connected) {
        show_status(self, "dialog-warning-symbolic", "warning", _("Not connected yet"),
                    _("The other end's address and secrets are not entered yet."));
        return;
    }
    if (state->failing_since != 0) {
        title = kab_format_unavailable(self->base, state->failing_since);
        text = state->held_until > kab_time_now()
                   ? g_strdup_printf(_("%s\nNext try at %s"),
                                     state->failure != NULL ? state->failure : "", until)
                   : g_strdup(state->failure);
        show_status(self, "network-offline-symbolic", "error", title, text);
    } else if (state->paused_at != 0) {
        g_autofree char *moment = kab_format_moment(state->paused_at);

        title = g_strdup_printf(_("Paused since %s"), moment);
        show_status(self, "media-playback-pause-symbolic", "warning", title, state->paused_by);
    } else if (state->still_since != 0) {
        g_autofree char *moment = kab_format_moment(state->still_since);

        title = g_strdup_printf(_("Nothing has been taken since %s"), moment);
        show_status(self, "dialog-warning-symbolic", "error", title, state->last_error);
    } else if (state->last_error != NULL) {
        show_status(self, "dialog-warning-symbolic", "warning", _("The last run ended early"),
                    state->last_error);
    } else if (state->last_run_at == 0) {
        show_status(self, "dialog-information-symbolic", "dim-label", _("No exchange yet"),
                    self->base ? _("Nobody has tried whether the portal answers.")
                               : _("Nobody has tried whether the base answers."));
    } else {
        show_status(self, "emblem-ok-symbolic", "success", _("Available"),
                    self->base ? _("The portal answers.") : _("The base answers."));
    }
}

static void
show_runs(KabEndCard *self, const KabExchangeState *state)
{
    g_autofree char *last =
        state->last_run_at != 0 ? kab_format_ago(state->last_run_at) : g_strdup(_("never"));
    g_autofree char *next = kab_format_moment(state->next_run_at);

    kab_value_row_set_value(self->last_run_row, state->running ? _("under way") : last);
    kab_value_row_set_value(self->next_run_row, state->next_run_at != 0 ? next : _("no schedule"));
}

static guint
get_count(const KabExchangeState *state, KabQueueState which)
{
    return (guint)CLAMP(state->counts[which], 0, G_MAXINT);
}

static void
show_queue(KabEndCard *self, const KabExchangeState *state)
{
    g_autofree char *text = g_strdup_printf(
        _("%u waiting · %u processing · %u failed"), get_count(state, KAB_QUEUE_WAITING),
        get_count(state, KAB_QUEUE_PROCESSING), get_count(state, KAB_QUEUE_FAILED));

    adw_action_row_set_subtitle(self->queue_row, text);
    if (state->counts[KAB_QUEUE_FAILED] > 0)
        gtk_widget_add_css_class(GTK_WIDGET(self->queue_row), "error");
    else
        gtk_widget_remove_css_class(GTK_WIDGET(self->queue_row), "error");
}

static GtkWidget *
add_row(KabEndCard *self, AdwPreferencesGroup *group, const char *title, const char *subtitle)
{
    GtkWidget *row = adw_action_row_new();

    adw_preferences_row_set_use_markup(ADW_PREFERENCES_ROW(row), FALSE);
    adw_preferences_row_set_title(ADW_PREFERENCES_ROW(row), title);
    adw_action_row_set_subtitle(ADW_ACTION_ROW(row), subtitle);
    adw_action_row_set_title_lines(ADW_ACTION_ROW(row), 0); /* the cause is never cut off */
    adw_preferences_group_add(group, row);
    g_ptr_array_add(self->rows, row);
    return row;
}

static void
forget_rows(KabEndCard *self, AdwPreferencesGroup *group)
{
    for (guint i = self->rows->len; i > 0; i--) {
        GtkWidget *row = g_ptr_array_index(self->rows, i - 1);

        if (gtk_widget_get_ancestor(row, ADW_TYPE_PREFERENCES_GROUP) != GTK_WIDGET(group))
            continue;
        g_ptr_array_remove_index(self->rows, i - 1);
        adw_preferences_group_remove(group, row);
    }
}

static void
show_alarms(KabEndCard *self, const KabExchangeState *state)
{
    guint n = state->alarms != NULL ? state->alarms->len : 0;

    forget_rows(self, self->alarms_group);
    gtk_widget_set_visible(GTK_WIDGET(self->alarms_group), n > 0);
    for (guint i = 0; i < n; i++)
        add_row(self, self->alarms_group, g_ptr_array_index(state->alarms, i), "");
}

static void
on_state_got(GObject *source, GAsyncResult *result, gpointer data)
{
    KabEndCard *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(KabExchangeState) state =
        kab_client_get_exchange_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (state != NULL) {
        show_availability(self, state);
        show_runs(self, state);
        show_queue(self, state);
        show_alarms(self, state);
    } else {
        show_lost(self, error);
    }
    g_signal_emit(self, signals[LOADED], 0, error);
}

static char *
format_count(double value)
{
    return g_strdup_printf("%.0f", value);
}

static char *
format_seconds(double value)
{
    return kab_format_age(kab_time_now() - (KabTime)(value * 1000));
}

/* A day of minutes, the last one being the present one; what was not noted is not known. */
static void
show_history(KabEndCard *self, const GArray *minutes)
{
    g_autofree double *messages = g_new(double, DAY_MINUTES);
    g_autofree double *ages = g_new(double, DAY_MINUTES);
    KabTime first = kab_time_now() / MINUTE_MS - (DAY_MINUTES - 1);

    for (guint i = 0; i < DAY_MINUTES; i++)
        messages[i] = ages[i] = -1;
    for (guint i = 0; i < minutes->len; i++) {
        const KabMinute *minute = &g_array_index(minutes, KabMinute, i);
        KabTime at = minute->at / MINUTE_MS - first;

        if (at < 0 || at >= DAY_MINUTES)
            continue;
        messages[at] = (double)minute->messages;
        ages[at] = (double)minute->age_s;
    }
    show_plots(self, TRUE);
    kab_plot_set(self->messages_plot, _("Messages per minute"), messages, DAY_MINUTES,
                 format_count);
    kab_plot_set(self->age_plot, _("Waiting longest"), ages, DAY_MINUTES, format_seconds);
}

static void
on_history_got(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) minutes = kab_client_get_history_finish(KAB_CLIENT(source), result, &error);

    /* Why there is none is told by the state. */
    if (minutes != NULL)
        show_history(data, minutes);
}

/* It leads to the entry of the journal, where the cause and its cure are. */
static void
add_failure(KabEndCard *self, const KabJournalItem *item, const char *text)
{
    const char *error =
        item->error != NULL ? item->error : _("Objects were not taken: see the journal");
    GtkWidget *row = add_row(self, self->failures_group, error, text);
    GtkWidget *image = gtk_image_new_from_icon_name("go-next-symbolic");
    g_autofree char *id = g_strdup_printf("%" G_GINT64_FORMAT, item->id);

    gtk_widget_set_valign(image, GTK_ALIGN_CENTER);
    adw_action_row_add_suffix(ADW_ACTION_ROW(row), image);
    gtk_list_box_row_set_activatable(GTK_LIST_BOX_ROW(row), TRUE);
    gtk_actionable_set_action_target(GTK_ACTIONABLE(row), "s", id);
    gtk_actionable_set_action_name(GTK_ACTIONABLE(row), self->base
                                                            ? "win.open-base-journal-entry"
                                                            : "win.open-portal-journal-entry");
}

static void
show_failures(KabEndCard *self, const KabPage *page)
{
    forget_rows(self, self->failures_group);
    for (guint i = 0; i < page->items->len; i++) {
        const KabJournalItem *item = g_ptr_array_index(page->items, i);
        g_autofree char *ago = kab_format_ago(item->at);
        g_autofree char *what = kab_journal_format_what(item);
        g_autofree char *text = kab_format_join(ago, what, NULL);

        add_failure(self, item, text);
    }
    if (page->items->len == 0)
        add_row(self, self->failures_group, _("No failures"), "");
}

/* That there are none may not be said then. */
static void
show_unknown(KabEndCard *self, const GError *error)
{
    g_autofree char *text = g_strdup_printf(_("Not known: %s"), error->message);

    forget_rows(self, self->failures_group);
    add_row(self, self->failures_group, text, "");
}

static void
on_failures_got(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(KabPage) page = kab_client_list_journal_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (page != NULL)
        show_failures(data, page);
    else
        show_unknown(data, error);
}

void
kab_end_card_load(KabEndCard *self, GCancellable *cancellable)
{
    const KabJournalQuery failures = {.outcome = "error"};

    kab_client_get_exchange_async(self->client, cancellable, on_state_got, self);
    kab_client_get_history_async(self->client, cancellable, on_history_got, self);
    kab_client_list_journal_async(self->client, &failures, NULL, N_FAILURES, cancellable,
                                  on_failures_got, self);
}

static void
kab_end_card_dispose(GObject *object)
{
    KabEndCard *self = KAB_END_CARD(object);

    g_clear_object(&self->client);
    adw_bin_set_child(ADW_BIN(object), NULL); /* before the template forgets it */
    gtk_widget_dispose_template(GTK_WIDGET(self), KAB_TYPE_END_CARD);
    G_OBJECT_CLASS(kab_end_card_parent_class)->dispose(object);
}

static void
kab_end_card_finalize(GObject *object)
{
    g_ptr_array_unref(KAB_END_CARD(object)->rows);
    G_OBJECT_CLASS(kab_end_card_parent_class)->finalize(object);
}

/* However long the texts are, two ends stand beside each other where there is room for two. */
static void
kab_end_card_measure(GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                     int *natural, int *minimum_baseline, int *natural_baseline)
{
    gtk_widget_measure(adw_bin_get_child(ADW_BIN(widget)), orientation, for_size, minimum, natural,
                       minimum_baseline, natural_baseline);
    if (orientation == GTK_ORIENTATION_HORIZONTAL)
        *natural = MAX(*minimum, MIN(*natural, NATURAL_WIDTH));
}

static GtkSizeRequestMode
kab_end_card_get_request_mode(GtkWidget *widget)
{
    return gtk_widget_get_request_mode(adw_bin_get_child(ADW_BIN(widget)));
}

static void
kab_end_card_size_allocate(GtkWidget *widget, int width, int height, int baseline)
{
    gtk_widget_allocate(adw_bin_get_child(ADW_BIN(widget)), width, height, baseline, NULL);
}

static void
kab_end_card_class_init(KabEndCardClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_end_card_dispose;
    G_OBJECT_CLASS(klass)->finalize = kab_end_card_finalize;
    widget_class->measure = kab_end_card_measure;
    widget_class->get_request_mode = kab_end_card_get_request_mode;
    widget_class->size_allocate = kab_end_card_size_allocate;

    /** KabEndCard::loaded: the end has answered; or why not. */
    signals[LOADED] = g_signal_new("loaded", KAB_TYPE_END_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);

    g_type_ensure(KAB_TYPE_PLOT);
    g_type_ensure(KAB_TYPE_VALUE_ROW);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/admin/kab-end-card.ui");
    gtk_widget_class_bind_template_child(widget_class, KabEndCard, group);
    gtk_widget_class_bind_template_child(widget_class, KabEndCard, status_row);
    gtk_widget_class_bind_template_child(widget_class, KabEndCard, status_image);
    gtk_widget_class_bind_template_child(widget_class, KabEndCard, lead_image);
    gtk_widget_class_bind_template_child(widget_class, KabEndCard, last_run_row);
    gtk_widget_class_bind_template_child(widget_class, KabEndCard, next_run_row);
    gtk_widget_class_bind_template_child(widget_class, KabEndCard, queue_row);
    gtk_widget_class_bind_template_child(widget_class, KabEndCard, messages_plot);
    gtk_widget_class_bind_template_child(widget_class, KabEndCard, age_plot);
    gtk_widget_class_bind_template_child(widget_class, KabEndCard, alarms_group);
    gtk_widget_class_bind_template_child(widget_class, KabEndCard, failures_group);
}

static void
kab_end_card_init(KabEndCard *self)
{
    gtk_widget_set_layout_manager(GTK_WIDGET(self), NULL);
    self->rows = g_ptr_array_new();
    gtk_widget_init_template(GTK_WIDGET(self));
}

void
kab_end_card_set_up(KabEndCard *self, KabClient *client, gboolean base)
{
    g_set_object(&self->client, client);
    self->base = base;
    adw_preferences_group_set_title(self->group, base ? _("Base") : _("Portal"));
    gtk_actionable_set_action_name(GTK_ACTIONABLE(self->queue_row),
                                   base ? "win.show-base-queue" : "win.show-portal-queue");
}
