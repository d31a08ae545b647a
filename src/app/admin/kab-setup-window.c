/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-exchange-user.h"
#include "kab-client-settings.h"
#include "kab-client-users.h"
#include "kab-dialog-fit.h"
#include "kab-error.h"
#include "kab-run-watch.h"
#include "kab-setup-form.h"
#include "kab-setup-key.h"
#include "kab-setup-share.h"
#include "kab-setup-steps.h"
#include "kab-setup-undo.h"
#include "kab-setup-window.h"
#include "kab-spinner.h"
#include "kab-wrap.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _KabSetupWindow {
    AdwWindow parent_instance;

    AdwWindowTitle *window_title;
    GtkWidget *back_button;
    GtkLabel *title_label;
    GtkLabel *text_label;
    KabSetupForm *form;
    GtkButton *make_button;
    GtkButton *skip_button;
    GtkSpinner *spinner;
    GtkLabel *result_label;
    GtkButton *mend_button;
    GtkWidget *go_on_button;
    GtkButton *next_button;
    GtkWidget *done_button;

    KabClient *portal; /* (owned) (nullable) */
    KabClient *base;   /* (owned) */
    KabRunWatch *run;  /* (owned): of the last step */
    GCancellable *cancellable;
    guint step; /* the last one is the run */
    gboolean busy;
    gboolean by_hand;   /* nothing runs by itself */
    char *notice;       /* (owned) (nullable): of what was saved last, and not told yet */
    char *blamed;       /* (owned) (nullable): the setting to mend, of the step "mend" */
    guint mend;         /* the step that asks for it */
    KabSetupKey *key;   /* (owned): with which the base signs in */
    KabSetupUndo *undo; /* (owned): of what was saved and did not pass */
};

G_DEFINE_FINAL_TYPE(KabSetupWindow, kab_setup_window, ADW_TYPE_WINDOW)

static void show_step(KabSetupWindow *self, guint step);

static const KabSetupStep *
get_step(KabSetupWindow *self)
{
    return self->step < kab_n_setup_steps ? &kab_setup_steps[self->step] : NULL;
}

/* A step whose end somebody else administers is that person's to do. */
static gboolean
is_mine(KabSetupWindow *self, guint step)
{
    return step >= kab_n_setup_steps || self->portal != NULL || !kab_setup_steps[step].at_portal ||
           kab_setup_steps[step].or_base;
}

static KabClient *
get_client(KabSetupWindow *self)
{
    const KabSetupStep *step = get_step(self);

    return step != NULL && step->at_portal && self->portal != NULL ? self->portal : self->base;
}

/* What the base is told of the portal's own affairs is looked at when the portal has it. */
static gboolean
can_check(KabSetupWindow *self)
{
    const KabSetupStep *step = get_step(self);

    return step != NULL && step->check != NULL &&
           (!step->at_portal || get_client(self) == self->portal);
}

/* The end at which a user is made for the one of the step. */
static KabClient *
get_other(KabSetupWindow *self)
{
    return get_step(self)->at_portal ? self->base : self->portal;
}

static void
say(KabSetupWindow *self, const char *css, const char *text)
{
    const char *classes[] = {css, NULL};
    g_autofree char *explained = kab_setup_form_explain(self->form, text != NULL ? text : "");

    gtk_label_set_text(self->result_label, explained);
    gtk_widget_set_css_classes(GTK_WIDGET(self->result_label), classes);
}

static void
set_busy(KabSetupWindow *self, gboolean busy)
{
    static const char *const actions[] = {"setup.back", "setup.next",  "setup.make",
                                          "setup.skip", "setup.go-on", "setup.mend"};

    self->busy = busy;
    kab_spinner_set(self->spinner, busy);
    for (gsize i = 0; i < G_N_ELEMENTS(actions); i++)
        gtk_widget_action_set_enabled(GTK_WIDGET(self), actions[i], !busy);
}

static void
begin(KabSetupWindow *self, const char *text)
{
    gtk_widget_set_visible(self->go_on_button, FALSE);
    gtk_widget_set_visible(GTK_WIDGET(self->mend_button), FALSE);
    say(self, "dim-label", text);
    set_busy(self, TRUE);
}

static void
refuse(KabSetupWindow *self, const char *text)
{
    g_autofree char *notice = g_steal_pointer(&self->notice);
    g_autofree char *both = notice != NULL ? g_strdup_printf("%s\n%s", text, notice) : NULL;

    set_busy(self, FALSE);
    say(self, "error", both != NULL ? both : text);
}

static void
go_on(KabSetupWindow *self)
{
    guint step = self->step + 1;

    kab_setup_undo_forget(self->undo); /* it passed, or the person wants it all the same */
    while (!is_mine(self, step))
        step++;
    show_step(self, step);
}

/* What was made of what was entered, such as that spaces were taken off, is told with @text. */
static void
tell(KabSetupWindow *self, const char *css, const char *text)
{
    g_autofree char *notice = g_steal_pointer(&self->notice);
    g_autofree char *both = NULL;

    if (notice == NULL) {
        say(self, css, text);
        return;
    }
    both = text != NULL ? g_strdup_printf("%s\n%s", text, notice) : g_strdup(notice);
    say(self, "warning", both);
}

/* What is entered is saved, and what was saved is checked. */

/* @setting: (nullable): it is here, or in a step to which a button leads */
static void
blame(KabSetupWindow *self, const char *setting)
{
    g_autofree char *label = NULL;

    if (kab_setup_form_blame(self->form, setting) || setting == NULL ||
        !kab_setup_find_step(self->step, setting, &self->mend))
        return;
    g_free(self->blamed);
    self->blamed = g_strdup(setting);
    label = g_strdup_printf(_("Back to “%s”"),
                            g_dgettext(GETTEXT_PACKAGE, kab_setup_steps[self->mend].title));
    gtk_button_set_label(self->mend_button, label);
    gtk_widget_set_visible(GTK_WIDGET(self->mend_button), TRUE);
}

/* The exchange works all the same; but a key that is valid and that nobody uses has to go. One that
 * the portal does not know is of another portal. */
static void
on_revoked(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *text = NULL;

    kab_client_user_done_finish(KAB_CLIENT(source), result, &error);
    if (error == NULL || g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
        g_error_matches(error, KAB_ERROR, KAB_ERROR_NOT_FOUND))
        return;
    text = g_strdup_printf(
        _("The key that the base used before is still valid, and could not be revoked: %s"),
        error->message);
    say(data, "warning", text);
}

static void
settle_key(KabSetupWindow *self)
{
    g_autofree char *notice = NULL;

    if (!kab_setup_key_settle(self->key, self->portal, self->cancellable, on_revoked, self))
        return;
    notice = g_steal_pointer(&self->notice);
    self->notice = g_strjoin(notice != NULL ? "\n" : "", notice != NULL ? notice : "",
                             _("The key that the base used before is not valid any more."), NULL);
}

static void
on_checked(GObject *source, GAsyncResult *result, gpointer data)
{
    KabSetupWindow *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(KabCheck) check = kab_client_check_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (check != NULL && check->problem == NULL) {
        const char *done = g_dgettext(GETTEXT_PACKAGE, get_step(self)->checked);

        if (get_step(self)->login != NULL && !get_step(self)->at_portal)
            settle_key(self);
        go_on(self);
        tell(self, check->warning != NULL ? "warning" : "success",
             check->warning != NULL ? check->warning : done);
        return;
    }
    refuse(self, check != NULL ? check->problem : error->message);
    blame(self, check != NULL ? check->setting : NULL);
    gtk_widget_set_visible(self->go_on_button, TRUE);
}

static void
on_shared(GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
    KabSetupWindow *self = data;
    g_autoptr(GError) error = NULL;
    gboolean runs;
    gboolean shared = kab_setup_share_finish(result, &runs, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    self->by_hand = shared && !runs;
    if (!shared) {
        refuse(self, error->message);
        return;
    }
    go_on(self);
    tell(self, NULL, NULL);
}

static void
check_or_go_on(KabSetupWindow *self)
{
    if (get_step(self)->share) {
        begin(self, _("Saving…"));
        kab_setup_share_async(self->base, self->portal, self->cancellable, on_shared, self);
        return;
    }
    if (!can_check(self)) {
        go_on(self);
        tell(self, NULL, NULL);
        return;
    }
    begin(self, _("Checking…"));
    get_step(self)->check(get_client(self), self->cancellable, on_checked, self);
}

static void
on_saved(GObject *source, GAsyncResult *result, gpointer data)
{
    KabSetupWindow *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(KabSettingList) list = kab_client_settings_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (list == NULL) {
        refuse(self, error->message);
        kab_setup_form_blame_for(self->form, error->message);
        return;
    }
    kab_setup_form_note_saved(self->form, list);
    g_free(self->notice);
    self->notice = list->notice != NULL ? kab_setup_form_explain(self->form, list->notice) : NULL;
    check_or_go_on(self);
}

static void
on_next(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    KabSetupWindow *self = KAB_SETUP_WINDOW(widget);
    g_autoptr(GPtrArray) changes = NULL;
    g_autoptr(GPtrArray) before = NULL;

    if (get_step(self) == NULL) {
        begin(self, _("The exchange runs…"));
        kab_run_watch_start(self->run);
        return;
    }
    if (kab_setup_form_is_empty(self->form)) { /* what it asks for has not come */
        show_step(self, self->step);
        return;
    }
    changes = kab_setup_form_list_changes(self->form);
    if (changes->len == 1) {
        check_or_go_on(self);
        return;
    }
    before = kab_setup_form_list_before(self->form);
    kab_setup_undo_note(self->undo, get_client(self), (const char *const *)before->pdata);
    begin(self, _("Saving…"));
    kab_client_set_settings_async(get_client(self), (const char *const *)changes->pdata,
                                  self->cancellable, on_saved, self);
}

static void
on_go_on(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    go_on(KAB_SETUP_WINDOW(widget));
}

static void
on_mend(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    KabSetupWindow *self = KAB_SETUP_WINDOW(widget);

    if (self->blamed != NULL)
        show_step(self, self->mend);
}

static void
on_back(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    KabSetupWindow *self = KAB_SETUP_WINDOW(widget);
    guint step = self->step;

    do
        step--;
    while (step > 0 && !is_mine(self, step));
    show_step(self, step);
}

/* The exchange user. */

static void
on_made(GObject *source, GAsyncResult *result, gpointer data)
{
    KabSetupWindow *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(KabNewKey) made =
        kab_client_make_exchange_user_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (made == NULL) {
        refuse(self, error->message);
        return;
    }
    if (!get_step(self)->at_portal)
        kab_setup_key_set_made(self->key, made->client_id);
    kab_setup_form_enter(self->form, get_step(self)->login, made->client_id);
    kab_setup_form_enter(self->form, get_step(self)->secret, made->client_secret);
    set_busy(self, FALSE);
    gtk_widget_activate_action(GTK_WIDGET(self), "setup.next", NULL);
}

static void
on_make(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    KabSetupWindow *self = KAB_SETUP_WINDOW(widget);
    const KabSetupStep *step = get_step(self);

    if (step == NULL || step->make == NULL || get_other(self) == NULL)
        return;
    begin(self, _("Making the exchange user…"));
    kab_client_make_exchange_user_async(get_other(self), !step->at_portal, self->cancellable,
                                        on_made, self);
}

static void
on_skipped(GObject *source, GAsyncResult *result, gpointer data)
{
    KabSetupWindow *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(KabSettingList) list = kab_client_settings_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (list != NULL)
        go_on(self);
    else
        refuse(self, error->message);
}

static void
on_skip(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    KabSetupWindow *self = KAB_SETUP_WINDOW(widget);
    const KabSetupStep *step = get_step(self);
    const char *values[] = {step != NULL ? step->skip_setting : NULL, "true", NULL};

    if (values[0] == NULL) {
        go_on(self);
        return;
    }
    begin(self, _("Saving…"));
    kab_client_set_settings_async(self->base, values, self->cancellable, on_skipped, self);
}

/* The last step. */

static void
on_run_ended(KabSetupWindow *self, const KabRunResult *run)
{
    g_autofree char *text = NULL;

    set_busy(self, FALSE);
    if (run->error != NULL) {
        say(self, "error", run->error);
        return;
    }
    if (run->sent + run->received + run->rejected + run->failed == 0)
        text = g_strdup(_("The ends are connected. What was queued had gone over already."));
    else
        text = g_strdup_printf(_("The ends are connected. Sent: %u, received: %u, failed: %u."),
                               (guint)run->sent, (guint)run->received,
                               (guint)(run->rejected + run->failed));
    if (self->by_hand) {
        g_autofree char *more = g_strdup_printf(
            "%s %s", text, _("But it runs by hand only: enter a schedule, or let it run at once."));

        say(self, "warning", more);
    } else {
        say(self, run->rejected + run->failed > 0 ? "warning" : "success", text);
    }
    gtk_button_set_label(self->next_button, _("Run once more"));
    gtk_widget_set_visible(self->done_button, TRUE);
    gtk_widget_grab_focus(self->done_button);
}

static void
on_run_failed(KabSetupWindow *self, const GError *error)
{
    refuse(self, error->message);
}

/* Steps. */

static void
on_form_changed(KabSetupWindow *self)
{
    if (!self->busy)
        say(self, NULL, NULL);
}

static void
on_form_entered(KabSetupWindow *self)
{
    gtk_widget_activate_action(GTK_WIDGET(self), "setup.next", NULL);
}

static void
fill_form(KabSetupWindow *self, const KabSettingList *list)
{
    const KabSetupStep *step = get_step(self);
    KabClient *named = step->names_portal ? self->portal : self->base;
    const KabSettingInfo *key =
        step->at_portal ? NULL : kab_setting_list_find(list, "exchange.client-id");
    g_autofree char *blamed = g_steal_pointer(&self->blamed);

    if (key != NULL)
        kab_setup_key_set_used(self->key, key->value);
    kab_setup_form_fill(self->form, step, list,
                        named != NULL ? kab_client_get_address(named) : NULL);
    if (blamed != NULL)
        kab_setup_form_blame(self->form, blamed);
}

static void
on_got(GObject *source, GAsyncResult *result, gpointer data)
{
    KabSetupWindow *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(KabSettingList) list = kab_client_settings_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (list != NULL)
        fill_form(self, list);
    else
        say(self, "error", error->message);
    set_busy(self, FALSE);
}

static void
show_button(GtkButton *button, const char *label)
{
    gtk_widget_set_visible(GTK_WIDGET(button), label != NULL);
    if (label != NULL)
        gtk_button_set_label(button, g_dgettext(GETTEXT_PACKAGE, label));
}

static void
show_words(KabSetupWindow *self, const KabSetupStep *step)
{
    g_autofree char *subtitle =
        g_strdup_printf(_("Step %u of %u"), self->step + 1, kab_n_setup_steps + 1);

    adw_window_title_set_subtitle(self->window_title, subtitle);
    gtk_label_set_text(self->title_label, step != NULL ? g_dgettext(GETTEXT_PACKAGE, step->title)
                                                       : _("The first exchange"));
    gtk_label_set_text(
        self->text_label,
        step != NULL ? g_dgettext(GETTEXT_PACKAGE, step->text)
                     : _("Everything is entered. Run the exchange once, to see what goes over."));
    show_button(self->make_button, step != NULL && get_other(self) != NULL ? step->make : NULL);
    show_button(self->skip_button, step != NULL ? step->skip : NULL);
    gtk_button_set_label(self->next_button, step == NULL      ? _("Run the exchange now")
                                            : can_check(self) ? _("Check and go on")
                                                              : _("Next"));
    gtk_widget_set_visible(self->back_button, self->step > 0);
    gtk_widget_set_visible(self->go_on_button, FALSE);
    gtk_widget_set_visible(GTK_WIDGET(self->mend_button), FALSE);
    gtk_widget_set_visible(self->done_button, FALSE);
}

static void
show_step(KabSetupWindow *self, guint step)
{
    self->step = step;
    gtk_window_set_focus(GTK_WINDOW(self), NULL); /* it may be in a row that goes */
    kab_setup_form_clear(self->form);
    set_busy(self, FALSE);
    say(self, NULL, NULL);
    show_words(self, get_step(self));
    if (get_step(self) == NULL) {
        gtk_widget_grab_focus(GTK_WIDGET(self->next_button));
        return;
    }
    set_busy(self, TRUE);
    kab_client_get_settings_async(get_client(self), self->cancellable, on_got, self);
}

static void
kab_setup_window_dispose(GObject *object)
{
    KabSetupWindow *self = KAB_SETUP_WINDOW(object);

    g_cancellable_cancel(self->cancellable);
    kab_setup_undo_restore(self->undo);
    if (self->run != NULL)
        g_signal_handlers_disconnect_by_data(self->run, self);
    g_clear_object(&self->run);
    g_clear_object(&self->portal);
    g_clear_object(&self->base);
    G_OBJECT_CLASS(kab_setup_window_parent_class)->dispose(object);
}

static void
kab_setup_window_finalize(GObject *object)
{
    KabSetupWindow *self = KAB_SETUP_WINDOW(object);

    g_object_unref(self->cancellable);
    kab_setup_key_free(self->key);
    kab_setup_undo_free(self->undo);
    g_free(self->notice);
    g_free(self->blamed);
    G_OBJECT_CLASS(kab_setup_window_parent_class)->finalize(object);
}

static void
kab_setup_window_class_init(KabSetupWindowClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_setup_window_dispose;
    G_OBJECT_CLASS(klass)->finalize = kab_setup_window_finalize;

    g_type_ensure(KAB_TYPE_SETUP_FORM);
    g_type_ensure(KAB_TYPE_WRAP);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/admin/kab-setup-window.ui");
    gtk_widget_class_bind_template_child(widget_class, KabSetupWindow, window_title);
    gtk_widget_class_bind_template_child(widget_class, KabSetupWindow, back_button);
    gtk_widget_class_bind_template_child(widget_class, KabSetupWindow, title_label);
    gtk_widget_class_bind_template_child(widget_class, KabSetupWindow, text_label);
    gtk_widget_class_bind_template_child(widget_class, KabSetupWindow, form);
    gtk_widget_class_bind_template_child(widget_class, KabSetupWindow, make_button);
    gtk_widget_class_bind_template_child(widget_class, KabSetupWindow, skip_button);
    gtk_widget_class_bind_template_child(widget_class, KabSetupWindow, spinner);
    gtk_widget_class_bind_template_child(widget_class, KabSetupWindow, result_label);
    gtk_widget_class_bind_template_child(widget_class, KabSetupWindow, mend_button);
    gtk_widget_class_bind_template_child(widget_class, KabSetupWindow, go_on_button);
    gtk_widget_class_bind_template_child(widget_class, KabSetupWindow, next_button);
    gtk_widget_class_bind_template_child(widget_class, KabSetupWindow, done_button);
    gtk_widget_class_bind_template_callback(widget_class, on_form_changed);
    gtk_widget_class_bind_template_callback(widget_class, on_form_entered);
    gtk_widget_class_install_action(widget_class, "setup.mend", NULL, on_mend);
    gtk_widget_class_install_action(widget_class, "setup.back", NULL, on_back);
    gtk_widget_class_install_action(widget_class, "setup.next", NULL, on_next);
    gtk_widget_class_install_action(widget_class, "setup.go-on", NULL, on_go_on);
    gtk_widget_class_install_action(widget_class, "setup.make", NULL, on_make);
    gtk_widget_class_install_action(widget_class, "setup.skip", NULL, on_skip);
    gtk_widget_class_add_binding_action(widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
    gtk_widget_class_add_binding_action(widget_class, GDK_KEY_Return, GDK_CONTROL_MASK,
                                        "setup.next", NULL);
    gtk_widget_class_add_binding_action(widget_class, GDK_KEY_Left, GDK_ALT_MASK, "setup.back",
                                        NULL);
}

static void
kab_setup_window_init(KabSetupWindow *self)
{
    self->cancellable = g_cancellable_new();
    self->key = kab_setup_key_new();
    self->undo = kab_setup_undo_new();
    gtk_widget_init_template(GTK_WIDGET(self));
}

KabSetupWindow *
kab_setup_window_new(GtkWindow *parent, KabClient *portal, KabClient *base)
{
    KabSetupWindow *self = g_object_new(KAB_TYPE_SETUP_WINDOW, "transient-for", parent, NULL);

    kab_dialog_fit(GTK_WINDOW(self));
    g_set_object(&self->portal, portal);
    self->base = g_object_ref(base);
    self->run = kab_run_watch_new(base);
    g_signal_connect_swapped(self->run, "ended", G_CALLBACK(on_run_ended), self);
    g_signal_connect_swapped(self->run, "refused", G_CALLBACK(on_run_failed), self);
    g_signal_connect_swapped(self->run, "failed", G_CALLBACK(on_run_failed), self);
    kab_run_watch_set_active(self->run, TRUE);
    show_step(self, 0);
    return self;
}
