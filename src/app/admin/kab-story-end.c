/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-queue.h"
#include "kab-format.h"
#include "kab-journal-format.h"
#include "kab-json-value.h"
#include "kab-keys.h"
#include "kab-queue-change.h"
#include "kab-resend-dialog.h"
#include "kab-shrink.h"
#include "kab-story-end.h"
#include "kab-story.h"
#include "kab-wrap.h"

#include <glib/gi18n-lib.h>

struct _KabStoryEnd {
    AdwBin parent_instance;

    GtkLabel *end_label;
    GtkImage *image;
    GtkLabel *title_label;
    GtkLabel *text_label;
    GtkWidget *buttons;
    GtkWidget *retry_button;
    GtkWidget *edit_button;
    GtkWidget *run_button;
    GtkWidget *resume_button;
    GtkWidget *discard_button;
    GtkWidget *put_button;
    GtkWidget *settings_button;

    KabDataPage *page;      /* which it is on */
    KabClient *client;      /* (owned) */
    KabStoryData *data;     /* (owned) */
    KabQueueChange *change; /* (owned) */
    GtkWindow *dialog;      /* (nullable): the copy that is being edited */
    gboolean base;
    gboolean asking; /* for the message to edit, or for a run */
    char *kind;      /* (owned): what this end calls it */
    char *id;        /* (owned) */

    KabStoryCure cures;
};

G_DEFINE_FINAL_TYPE(KabStoryEnd, kab_story_end, ADW_TYPE_BIN)

enum {
    LOADED,
    N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* What is shown. */

static void
update_actions(KabStoryEnd *self)
{
    const struct {
        const char *action;
        GtkWidget *button;
        KabStoryCure cure;
    } rows[] = {
        {"story.retry", self->retry_button, KAB_STORY_RETRY},
        {"story.edit", self->edit_button, KAB_STORY_EDIT},
        {"story.run", self->run_button, KAB_STORY_RUN},
        {"story.resume", self->resume_button, KAB_STORY_RESUME},
        {"story.discard", self->discard_button, KAB_STORY_DISCARD},
        {"story.put", self->put_button, KAB_STORY_PUT},
        {"story.settings", self->settings_button, KAB_STORY_SETTINGS},
    };
    gboolean busy = self->asking || self->dialog != NULL ||
                    (self->change != NULL && kab_queue_change_is_busy(self->change));

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        gboolean can = (self->cures & rows[i].cure) != 0;

        gtk_widget_set_visible(rows[i].button, can);
        gtk_widget_action_set_enabled(GTK_WIDGET(self), rows[i].action, can && !busy);
    }
    gtk_widget_set_visible(self->buttons, self->cures != 0);
}

static void
tell(KabStoryEnd *self, const char *icon, const char *css, const char *title, const char *text)
{
    const char *classes[] = {css, NULL};

    gtk_image_set_from_icon_name(self->image, icon);
    gtk_widget_set_css_classes(GTK_WIDGET(self->image), classes);
    if (!g_str_equal(gtk_label_get_text(self->title_label), title))
        gtk_label_set_text(self->title_label, title); /* said anew only if it is another one */
    gtk_label_set_text(self->text_label, text != NULL ? text : "");
    gtk_widget_set_visible(GTK_WIDGET(self->text_label), text != NULL && *text != '\0');
}

static void
show(KabStoryEnd *self)
{
    g_auto(KabStoryVerdict) verdict = {0};

    kab_story_judge(self->base, self->kind, kab_story_data_get_state(self->data),
                    kab_story_data_get_entry(self->data), kab_story_data_get_last(self->data),
                    &verdict);
    tell(self, verdict.icon_name, verdict.css, verdict.title, verdict.text);
    self->cures = verdict.cures;
    update_actions(self);
}

static void
show_failure(KabStoryEnd *self, const GError *error)
{
    tell(self, "network-offline-symbolic", "error",
         self->base ? _("The base cannot be reached") : _("The portal cannot be reached"),
         error->message);
    self->cures = 0;
    update_actions(self);
}

static void
on_data_loaded(KabStoryEnd *self, const GError *error)
{
    if (error != NULL)
        show_failure(self, error);
    else
        show(self);
    g_signal_emit(self, signals[LOADED], 0, error);
}

void
kab_story_end_load(KabStoryEnd *self, GCancellable *cancellable)
{
    kab_story_data_load(self->data, cancellable);
}

/* Cures. */

static void
on_change_changed(KabStoryEnd *self)
{
    update_actions(self);
}

static void
on_change_ended(KabStoryEnd *self)
{
    kab_data_page_reload(self->page);
}

static void
on_change_action(GtkWidget *widget, const char *name, GVariant *parameter G_GNUC_UNUSED)
{
    KabStoryEnd *self = KAB_STORY_END(widget);
    const KabQueueEntry *entry = kab_story_data_get_entry(self->data);

    if (g_str_equal(name, "story.resume")) {
        kab_queue_change_pause(self->change, FALSE);
    } else if (g_str_equal(name, "story.put")) {
        kab_queue_change_put(self->change, self->kind, self->id);
    } else if (entry != NULL) {
        const KabClientQueueFilter filter = {.kind = entry->kind, .object_id = self->id};

        if (g_str_equal(name, "story.retry"))
            kab_queue_change_retry(self->change, &filter);
        else
            kab_queue_change_discard(self->change, &filter);
    }
}

static void
set_asking(KabStoryEnd *self, gboolean asking)
{
    self->asking = asking;
    update_actions(self);
}

static void
on_run(GObject *source, GAsyncResult *result, gpointer data)
{
    KabStoryEnd *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(KabRunResult) run = kab_client_run_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    set_asking(self, FALSE);
    if (run == NULL)
        kab_data_page_fail(self->page, error);
    else
        kab_data_page_say(self->page, _("The exchange runs"));
    kab_data_page_reload(self->page);
}

static void
on_run_action(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    KabStoryEnd *self = KAB_STORY_END(widget);

    set_asking(self, TRUE);
    kab_client_run_async(self->client, kab_data_page_get_cancellable(self->page), on_run, self);
}

static void
on_settings_action(GtkWidget *widget, const char *name G_GNUC_UNUSED,
                   GVariant *parameter G_GNUC_UNUSED)
{
    gtk_widget_activate_action(
        widget, KAB_STORY_END(widget)->base ? "win.mend-base" : "win.mend-portal", NULL);
}

/* Edit and resend. */

static void
on_dialog_closed(KabStoryEnd *self)
{
    self->dialog = NULL;
    update_actions(self);
}

static void
on_sent(KabStoryEnd *self, const char *told)
{
    kab_data_page_say(self->page, told);
    kab_data_page_reload(self->page);
}

static void
edit(KabStoryEnd *self, gint64 journal_id, const char *message)
{
    self->dialog = kab_resend_dialog_new(GTK_WIDGET(self), self->client, journal_id, message);
    g_signal_connect_object(self->dialog, "destroy", G_CALLBACK(on_dialog_closed), self,
                            G_CONNECT_SWAPPED);
    g_signal_connect_object(self->dialog, "sent", G_CALLBACK(on_sent), self, G_CONNECT_SWAPPED);
    gtk_window_present(self->dialog);
    set_asking(self, FALSE);
}

/* The last entry of the journal that belongs to a message of this object: a copy that is sent is
 * one of that. */
static const KabJournalItem *
find_failure(KabStoryEnd *self)
{
    GPtrArray *events = kab_story_data_get_events(self->data);
    const KabJournalItem *found = NULL;

    for (guint i = events->len; i > 0; i--) {
        const KabJournalItem *item = g_ptr_array_index(events, i - 1);

        if (kab_journal_is_by_hand(item) || g_strcmp0(item->what, "build") == 0)
            continue;
        if (kab_journal_outcome_is_failure(item->outcome))
            return item;
        if (found == NULL)
            found = item;
    }
    return found;
}

static void
on_payload_got(GObject *source, GAsyncResult *result, gpointer data)
{
    KabStoryEnd *self = data;
    g_autoptr(GError) error = NULL;
    g_autofree char *payload = kab_client_get_payload_finish(KAB_CLIENT(source), result, &error);
    const KabQueueEntry *entry;
    const KabJournalItem *item;
    g_autofree char *message = NULL;

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    item = find_failure(self);
    entry = kab_story_data_get_entry(self->data);
    if (payload != NULL && item != NULL)
        message = kab_json_make_message(payload, entry != NULL ? entry->version : item->version);
    if (message != NULL) {
        edit(self, item->id, message);
        return;
    }
    set_asking(self, FALSE);
    if (error != NULL)
        kab_data_page_fail(self->page, error);
    else
        kab_data_page_say(self->page, _("The message is not there any more"));
}

/* The text of a large batch is not kept whole: then it is what would be sent now. */
static void
on_entry_got(GObject *source, GAsyncResult *result, gpointer data)
{
    KabStoryEnd *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(KabJournalItem) item =
        kab_client_get_journal_finish(KAB_CLIENT(source), result, &error);
    g_autofree char *message = NULL;

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (item == NULL) {
        set_asking(self, FALSE);
        kab_data_page_fail(self->page, error);
        return;
    }
    message = kab_json_find_message(item->request, self->id);
    if (message == NULL)
        message = kab_json_find_message(item->answer, self->id);
    if (message != NULL)
        edit(self, item->id, message);
    else
        kab_client_get_payload_async(self->client, self->kind, self->id,
                                     kab_data_page_get_cancellable(self->page), on_payload_got,
                                     self);
}

static void
on_edit_action(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    KabStoryEnd *self = KAB_STORY_END(widget);
    const KabJournalItem *item = find_failure(self);

    if (item == NULL) {
        kab_data_page_say(self->page, _("The journal does not tell of a message any more"));
        return;
    }
    set_asking(self, TRUE);
    kab_client_get_journal_async(self->client, item->id, kab_data_page_get_cancellable(self->page),
                                 on_entry_got, self);
}

/* The widget. */

static void
kab_story_end_dispose(GObject *object)
{
    KabStoryEnd *self = KAB_STORY_END(object);
    GtkWindow *dialog = g_steal_pointer(&self->dialog);

    if (dialog != NULL) {
        g_signal_handlers_disconnect_by_data(dialog, self);
        gtk_window_destroy(dialog);
    }
    if (self->change != NULL)
        kab_queue_change_give_up(self->change);
    g_clear_object(&self->change);
    g_clear_object(&self->data);
    g_clear_object(&self->client);
    adw_bin_set_child(ADW_BIN(object), NULL); /* before the template forgets it */
    gtk_widget_dispose_template(GTK_WIDGET(self), KAB_TYPE_STORY_END);
    G_OBJECT_CLASS(kab_story_end_parent_class)->dispose(object);
}

static void
kab_story_end_finalize(GObject *object)
{
    KabStoryEnd *self = KAB_STORY_END(object);

    g_free(self->kind);
    g_free(self->id);
    G_OBJECT_CLASS(kab_story_end_parent_class)->finalize(object);
}

static void
bind_children(GtkWidgetClass *widget_class)
{
    gtk_widget_class_bind_template_child(widget_class, KabStoryEnd, end_label);
    gtk_widget_class_bind_template_child(widget_class, KabStoryEnd, image);
    gtk_widget_class_bind_template_child(widget_class, KabStoryEnd, title_label);
    gtk_widget_class_bind_template_child(widget_class, KabStoryEnd, text_label);
    gtk_widget_class_bind_template_child(widget_class, KabStoryEnd, buttons);
    gtk_widget_class_bind_template_child(widget_class, KabStoryEnd, retry_button);
    gtk_widget_class_bind_template_child(widget_class, KabStoryEnd, edit_button);
    gtk_widget_class_bind_template_child(widget_class, KabStoryEnd, run_button);
    gtk_widget_class_bind_template_child(widget_class, KabStoryEnd, resume_button);
    gtk_widget_class_bind_template_child(widget_class, KabStoryEnd, discard_button);
    gtk_widget_class_bind_template_child(widget_class, KabStoryEnd, put_button);
    gtk_widget_class_bind_template_child(widget_class, KabStoryEnd, settings_button);
}

static void
kab_story_end_class_init(KabStoryEndClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_story_end_dispose;
    G_OBJECT_CLASS(klass)->finalize = kab_story_end_finalize;

    /** KabStoryEnd::loaded: everything is known; or why not. */
    signals[LOADED] = g_signal_new("loaded", KAB_TYPE_STORY_END, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);

    g_type_ensure(KAB_TYPE_WRAP);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/admin/kab-story-end.ui");
    bind_children(widget_class);

    gtk_widget_class_install_action(widget_class, "story.retry", NULL, on_change_action);
    gtk_widget_class_install_action(widget_class, "story.discard", NULL, on_change_action);
    gtk_widget_class_install_action(widget_class, "story.resume", NULL, on_change_action);
    gtk_widget_class_install_action(widget_class, "story.put", NULL, on_change_action);
    gtk_widget_class_install_action(widget_class, "story.run", NULL, on_run_action);
    gtk_widget_class_install_action(widget_class, "story.edit", NULL, on_edit_action);
    gtk_widget_class_install_action(widget_class, "story.settings", NULL, on_settings_action);
}

static void
kab_story_end_init(KabStoryEnd *self)
{
    static const KabKey keys[] = {
        {"<Control><Shift>r", "story.retry", NULL},
        {"<Control>Return", "story.run", NULL},
        {"<Control><Shift>p", "story.resume", NULL},
        {"<Control>e", "story.edit", NULL},
        {"<Control><Shift>n", "story.put", NULL},
        {"<Control><Shift>Delete", "story.discard", NULL},
        {"F4", "story.settings", NULL},
        {NULL, NULL, NULL},
    };

    gtk_widget_init_template(GTK_WIDGET(self));
    kab_shrink_buttons(self->buttons);
    kab_keys_add(GTK_WIDGET(self), keys);
    update_actions(self);
}

KabStoryEnd *
kab_story_end_new(KabDataPage *page, KabClient *client, gboolean base, const char *kind,
                  const char *id)
{
    KabStoryEnd *self = g_object_new(KAB_TYPE_STORY_END, NULL);

    self->page = page;
    self->client = g_object_ref(client);
    self->data = kab_story_data_new(client, kab_story_kind_at(base, kind), id);
    self->change = kab_queue_change_new(page, client);
    self->base = base;
    self->kind = g_strdup(kab_story_kind_at(base, kind));
    self->id = g_strdup(id);
    gtk_label_set_text(self->end_label, base ? _("Base") : _("Portal"));
    g_signal_connect_object(self->data, "loaded", G_CALLBACK(on_data_loaded), self,
                            G_CONNECT_SWAPPED);
    g_signal_connect_object(self->change, "changed", G_CALLBACK(on_change_changed), self,
                            G_CONNECT_SWAPPED);
    g_signal_connect_object(self->change, "ended", G_CALLBACK(on_change_ended), self,
                            G_CONNECT_SWAPPED);
    return self;
}

KabStoryData *
kab_story_end_get_data(KabStoryEnd *self)
{
    return self->data;
}

gboolean
kab_story_end_is_moving(KabStoryEnd *self)
{
    const KabExchangeState *state = kab_story_data_get_state(self->data);
    const KabQueueEntry *entry = kab_story_data_get_entry(self->data);

    return (state != NULL && state->running) ||
           (entry != NULL && entry->state == KAB_QUEUE_PROCESSING);
}

gboolean
kab_story_end_is_base(KabStoryEnd *self)
{
    return self->base;
}
