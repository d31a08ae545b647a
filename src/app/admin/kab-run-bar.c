/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-format.h"
#include "kab-keys.h"
#include "kab-reflow.h"
#include "kab-run-bar.h"
#include "kab-shrink.h"
#include "kab-stack.h"

#include <glib/gi18n-lib.h>

struct _KabRunBar {
    AdwBin parent_instance;

    GtkStack *status_stack;
    GtkLabel *last_run_label;
    GtkLabel *result_label;
    GtkLabel *progress_label;
    GtkProgressBar *progress_bar;
    GtkStack *button_stack;
    GtkWidget *run_button;
    GtkWidget *cancel_button;
    GtkMenuButton *menu_button;

    KabRunWatch *watch; /* (owned) */
    KabTime last_run_at;
    KabTime result_at; /* when the run ended that the figures are of */
    gboolean can_run;
};

G_DEFINE_FINAL_TYPE(KabRunBar, kab_run_bar, ADW_TYPE_BIN)

enum {
    PROP_0,
    PROP_MENU_MODEL,
    PROP_MENU_NAME,
    N_PROPS,
};

static GParamSpec *props[N_PROPS];

static void
enable(KabRunBar *self, const char *action, gboolean enabled)
{
    gtk_widget_action_set_enabled(GTK_WIDGET(self), action, enabled);
}

/* "Run" and "Cancel" have one place; the keyboard stays there too. */
static void
show_button(KabRunBar *self, gboolean running)
{
    GtkWidget *button = running ? self->cancel_button : self->run_button;
    GtkWidget *other = running ? self->run_button : self->cancel_button;
    GtkRoot *root = gtk_widget_get_root(GTK_WIDGET(self));
    gboolean focused = root != NULL && gtk_root_get_focus(root) == other;

    enable(self, running ? "run.cancel" : "run.start", running || self->can_run);
    kab_stack_show(self->button_stack, running ? "cancel" : "run");
    if (focused)
        gtk_widget_grab_focus(button);
    enable(self, running ? "run.start" : "run.cancel", FALSE);
}

static void
show_progress(KabRunBar *self)
{
    const KabRunResult *run = kab_run_watch_get_run(self->watch);
    g_autofree char *text = NULL;

    if (kab_run_watch_is_stopping(self->watch))
        text = g_strdup(_("The run is being cancelled…"));
    else if (run != NULL && run->total > 0)
        text = g_strdup_printf(_("Sending: %d of %d"), (int)run->done, (int)run->total);
    else
        text = g_strdup(_("The exchange is running…"));
    gtk_label_set_text(self->progress_label, text);
    if (run != NULL && run->total > 0)
        gtk_progress_bar_set_fraction(self->progress_bar, (double)run->done / (double)run->total);
    else
        gtk_progress_bar_pulse(self->progress_bar);
}

static void
update(KabRunBar *self)
{
    gboolean running = kab_run_watch_is_busy(self->watch);

    if (running)
        show_progress(self);
    kab_stack_show(self->status_stack, running ? "running" : "idle");
    show_button(self, running);
}

/* A run that nobody watched here has no figures, and those of another one are not its own. */
static void
show_result(KabRunBar *self)
{
    gtk_widget_set_visible(GTK_WIDGET(self->result_label),
                           self->result_at != 0 && self->result_at == self->last_run_at);
}

static void
tell_last_run(KabRunBar *self, KabTime last_run_at, KabTime next_run_at)
{
    g_autofree char *last_time = kab_format_moment(last_run_at);
    g_autofree char *next_time = kab_format_moment(next_run_at);
    g_autofree char *last = last_run_at != 0 ? g_strdup_printf(_("Last run: %s"), last_time)
                                             : g_strdup(_("The exchange has not run yet"));
    g_autofree char *next =
        next_run_at != 0 ? g_strdup_printf(_("Next run: %s"), next_time) : g_strdup("");
    g_autofree char *text = kab_format_join(last, next, NULL);

    self->last_run_at = last_run_at;
    gtk_label_set_text(self->last_run_label, text);
    show_result(self);
}

static void
on_ended(KabRunBar *self, const KabRunResult *run)
{
    g_autofree char *text =
        g_strdup_printf(_("Sent: %d, received: %d, rejected: %d, failed: %d"), (int)run->sent,
                        (int)run->received, (int)run->rejected, (int)run->failed);

    update(self);
    self->result_at = run->ended_at;
    gtk_label_set_text(self->result_label, text);
    tell_last_run(self, run->ended_at, 0); /* the next one is known with the state */
}

static void
on_start_action(GtkWidget *widget, const char *name G_GNUC_UNUSED,
                GVariant *parameter G_GNUC_UNUSED)
{
    KabRunBar *self = KAB_RUN_BAR(widget);

    self->result_at = 0;
    show_result(self);
    kab_run_watch_start(self->watch);
}

static void
on_cancel_action(GtkWidget *widget, const char *name G_GNUC_UNUSED,
                 GVariant *parameter G_GNUC_UNUSED)
{
    kab_run_watch_stop(KAB_RUN_BAR(widget)->watch);
}

static void
kab_run_bar_set_property(GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    KabRunBar *self = KAB_RUN_BAR(object);

    switch (id) {
    case PROP_MENU_MODEL:
        gtk_menu_button_set_menu_model(self->menu_button, g_value_get_object(value));
        break;
    case PROP_MENU_NAME:
        gtk_widget_set_tooltip_text(GTK_WIDGET(self->menu_button), g_value_get_string(value));
        gtk_accessible_update_property(GTK_ACCESSIBLE(self->menu_button),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, g_value_get_string(value),
                                       -1);
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
    }
}

static void
kab_run_bar_dispose(GObject *object)
{
    KabRunBar *self = KAB_RUN_BAR(object);

    g_clear_object(&self->watch);
    adw_bin_set_child(ADW_BIN(object), NULL); /* before the template forgets it */
    gtk_widget_dispose_template(GTK_WIDGET(self), KAB_TYPE_RUN_BAR);
    G_OBJECT_CLASS(kab_run_bar_parent_class)->dispose(object);
}

static void
kab_run_bar_class_init(KabRunBarClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS(klass);
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);
    const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

    object_class->set_property = kab_run_bar_set_property;
    object_class->dispose = kab_run_bar_dispose;

    /** KabRunBar:menu-model: what else can be done. */
    props[PROP_MENU_MODEL] =
        g_param_spec_object("menu-model", NULL, NULL, G_TYPE_MENU_MODEL, flags);
    /** KabRunBar:menu-name: what the menu is called. */
    props[PROP_MENU_NAME] = g_param_spec_string("menu-name", NULL, NULL, NULL, flags);
    g_object_class_install_properties(object_class, N_PROPS, props);

    g_type_ensure(KAB_TYPE_REFLOW);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/admin/kab-run-bar.ui");
    gtk_widget_class_bind_template_child(widget_class, KabRunBar, status_stack);
    gtk_widget_class_bind_template_child(widget_class, KabRunBar, last_run_label);
    gtk_widget_class_bind_template_child(widget_class, KabRunBar, result_label);
    gtk_widget_class_bind_template_child(widget_class, KabRunBar, progress_label);
    gtk_widget_class_bind_template_child(widget_class, KabRunBar, progress_bar);
    gtk_widget_class_bind_template_child(widget_class, KabRunBar, button_stack);
    gtk_widget_class_bind_template_child(widget_class, KabRunBar, run_button);
    gtk_widget_class_bind_template_child(widget_class, KabRunBar, cancel_button);
    gtk_widget_class_bind_template_child(widget_class, KabRunBar, menu_button);
    gtk_widget_class_install_action(widget_class, "run.start", NULL, on_start_action);
    gtk_widget_class_install_action(widget_class, "run.cancel", NULL, on_cancel_action);
}

static void
kab_run_bar_init(KabRunBar *self)
{
    static const KabKey keys[] = {
        {"<Control>Return", "run.start", NULL},
        {"<Control>period", "run.cancel", NULL},
        {NULL, NULL, NULL},
    };

    gtk_widget_init_template(GTK_WIDGET(self));
    kab_shrink_buttons(GTK_WIDGET(self));
    kab_keys_add(GTK_WIDGET(self), keys);
    kab_stack_show(self->status_stack, "idle");
    show_button(self, FALSE);
}

void
kab_run_bar_set_watch(KabRunBar *self, KabRunWatch *watch)
{
    self->watch = g_object_ref(watch);
    g_signal_connect_object(watch, "changed", G_CALLBACK(update), self, G_CONNECT_SWAPPED);
    g_signal_connect_object(watch, "ended", G_CALLBACK(on_ended), self, G_CONNECT_SWAPPED);
    g_signal_connect_object(watch, "refused", G_CALLBACK(update), self, G_CONNECT_SWAPPED);
    g_signal_connect_object(watch, "failed", G_CALLBACK(update), self, G_CONNECT_SWAPPED);
}

void
kab_run_bar_set_state(KabRunBar *self, const KabExchangeState *state)
{
    tell_last_run(self, state->last_run_at, state->paused_at == 0 ? state->next_run_at : 0);
    self->can_run = state->connected && state->paused_at == 0;
    update(self);
}
