/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-kind-title.h"
#include "kab-notice.h"
#include "kab-queue-choice.h"
#include "kab-shrink.h"
#include "kab-story.h"
#include "kab-wrap.h"

#include <glib/gi18n-lib.h>

struct _KabQueueChoice {
    AdwBin parent_instance;

    GtkDropDown *state_dropdown;
    GtkDropDown *kind_dropdown;
    GtkWidget *retry_button;
    GtkWidget *discard_button;
    KabNotice *cause_notice;

    GPtrArray *kinds; /* (owned) (element-type utf8): the first is NULL, for all */
    char *error;      /* (owned) (nullable) */
    gboolean quiet;   /* several parts change at once */
};

G_DEFINE_FINAL_TYPE(KabQueueChoice, kab_queue_choice, ADW_TYPE_BIN)

enum {
    CHANGED,
    N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
changed(KabQueueChoice *self)
{
    gboolean chosen = !kab_queue_choice_is_all(self);

    gtk_widget_set_visible(self->retry_button, chosen);
    gtk_widget_set_visible(self->discard_button, chosen);
    if (!self->quiet)
        g_signal_emit(self, signals[CHANGED], 0);
}

static void
set_error(KabQueueChoice *self, const char *error)
{
    g_autofree char *title =
        error != NULL ? g_strdup_printf(_("Only what failed because of this: %s"), error) : NULL;
    char *copy = g_strdup(error);

    g_free(self->error);
    self->error = copy;
    kab_notice_tell(self->cause_notice, title, NULL);
}

/* Another state or kind is not of the cause any more. */
static void
on_selected(KabQueueChoice *self)
{
    if (!self->quiet)
        set_error(self, NULL);
    changed(self);
}

static GtkDropDown *
add_dropdown(KabQueueChoice *self, GtkWidget *box, const char *name)
{
    GtkWidget *dropdown = gtk_drop_down_new(NULL, NULL);

    gtk_accessible_update_property(GTK_ACCESSIBLE(dropdown), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                   -1);
    kab_shrink_drop_down(GTK_DROP_DOWN(dropdown));
    g_signal_connect_object(dropdown, "notify::selected", G_CALLBACK(on_selected), self,
                            G_CONNECT_SWAPPED);
    gtk_widget_set_parent(dropdown, box);
    return GTK_DROP_DOWN(dropdown);
}

static GtkWidget *
add_button(GtkWidget *box, const char *label, const char *action)
{
    GtkWidget *button = gtk_button_new_with_label(label);

    gtk_actionable_set_action_name(GTK_ACTIONABLE(button), action);
    gtk_widget_set_visible(button, FALSE);
    gtk_widget_set_parent(button, box);
    return button;
}

static void
set_titles(KabQueueChoice *self, GtkDropDown *dropdown, GPtrArray *titles)
{
    g_autoptr(GtkStringList) model = NULL;

    g_ptr_array_add(titles, NULL);
    model = gtk_string_list_new((const char *const *)titles->pdata);
    self->quiet = TRUE;
    gtk_drop_down_set_model(dropdown, G_LIST_MODEL(model));
    self->quiet = FALSE;
}

static void
add_states(KabQueueChoice *self)
{
    g_autoptr(GPtrArray) titles = g_ptr_array_new();

    g_ptr_array_add(titles, (gpointer)_("All states"));
    for (int i = 0; i < KAB_QUEUE_N_STATES; i++)
        g_ptr_array_add(titles, (gpointer)kab_queue_state_to_title((KabQueueState)i));
    set_titles(self, self->state_dropdown, titles);
}

static void
kab_queue_choice_dispose(GObject *object)
{
    adw_bin_set_child(ADW_BIN(object), NULL);
    G_OBJECT_CLASS(kab_queue_choice_parent_class)->dispose(object);
}

static void
kab_queue_choice_finalize(GObject *object)
{
    KabQueueChoice *self = KAB_QUEUE_CHOICE(object);

    g_ptr_array_unref(self->kinds);
    g_free(self->error);
    G_OBJECT_CLASS(kab_queue_choice_parent_class)->finalize(object);
}

static void
kab_queue_choice_class_init(KabQueueChoiceClass *klass)
{
    G_OBJECT_CLASS(klass)->dispose = kab_queue_choice_dispose;
    G_OBJECT_CLASS(klass)->finalize = kab_queue_choice_finalize;

    /** KabQueueChoice::changed: other entries are to be shown. */
    signals[CHANGED] = g_signal_new("changed", KAB_TYPE_QUEUE_CHOICE, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 0);
}

static void
kab_queue_choice_init(KabQueueChoice *self)
{
    GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 9);
    GtkWidget *wrap = g_object_new(KAB_TYPE_WRAP, "packed", TRUE, NULL);

    self->kinds = g_ptr_array_new();
    self->state_dropdown = add_dropdown(self, wrap, _("State"));
    self->kind_dropdown = add_dropdown(self, wrap, _("Kind of object"));
    self->retry_button = add_button(wrap, _("Retry all of these"), "queue.retry-shown");
    self->discard_button = add_button(wrap, _("Discard all of these…"), "queue.discard-shown");
    kab_shrink_buttons(wrap);
    self->cause_notice =
        g_object_new(KAB_TYPE_NOTICE, "icon-name", "edit-find-symbolic", "action-name",
                     "queue.show-all", "action-label", _("Show all"), NULL);
    gtk_box_append(GTK_BOX(box), wrap);
    gtk_box_append(GTK_BOX(box), GTK_WIDGET(self->cause_notice));
    adw_bin_set_child(ADW_BIN(self), box);
    add_states(self);
    kab_queue_choice_set_base(self, FALSE);
}

void
kab_queue_choice_set_base(KabQueueChoice *self, gboolean base)
{
    g_autoptr(GPtrArray) titles = g_ptr_array_new();
    const char *kind;

    g_ptr_array_set_size(self->kinds, 0);
    g_ptr_array_add(self->kinds, NULL);
    g_ptr_array_add(titles, (gpointer)_("All kinds"));
    for (guint i = 0; (kind = kab_kind_title_nth(i)) != NULL; i++) {
        if (!kab_story_sends(base, kind) || !g_str_equal(kab_story_kind_at(base, kind), kind))
            continue;
        g_ptr_array_add(self->kinds, (gpointer)kind);
        g_ptr_array_add(titles, (gpointer)kab_kind_title_of(kind));
    }
    set_titles(self, self->kind_dropdown, titles);
}

KabClientQueueFilter
kab_queue_choice_get_filter(KabQueueChoice *self)
{
    guint state = gtk_drop_down_get_selected(self->state_dropdown);
    guint kind = gtk_drop_down_get_selected(self->kind_dropdown);

    return (KabClientQueueFilter){
        .kind = kind < self->kinds->len ? g_ptr_array_index(self->kinds, kind) : NULL,
        .state = state > 0 && state <= KAB_QUEUE_N_STATES
                     ? kab_queue_state_to_nick((KabQueueState)(state - 1))
                     : NULL,
        .error = self->error,
    };
}

gboolean
kab_queue_choice_is_all(KabQueueChoice *self)
{
    const KabClientQueueFilter filter = kab_queue_choice_get_filter(self);

    return filter.kind == NULL && filter.state == NULL && filter.error == NULL;
}

static void
choose(KabQueueChoice *self, guint state, const char *kind, const char *error)
{
    guint n = 0;

    for (guint i = 1; kind != NULL && i < self->kinds->len; i++)
        if (g_str_equal(g_ptr_array_index(self->kinds, i), kind))
            n = i;
    self->quiet = TRUE;
    gtk_drop_down_set_selected(self->state_dropdown, state);
    gtk_drop_down_set_selected(self->kind_dropdown, n);
    set_error(self, error);
    self->quiet = FALSE;
    changed(self);
}

void
kab_queue_choice_set_cause(KabQueueChoice *self, const char *kind, const char *error)
{
    choose(self, KAB_QUEUE_FAILED + 1, kind, error);
}

void
kab_queue_choice_clear(KabQueueChoice *self)
{
    choose(self, 0, NULL, NULL);
}
