/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-preferences.h"
#include "kab-text-scale.h"
#include "kab-window-private.h"
#include "kab-wrap.h"

#include <glib/gi18n-lib.h>

/* The longest that a window waits to come with its content. */
#define PATIENCE_MS 300

/* Of a message: what stands beside its text, how wide a letter of it is, and how many letters there
 * are in a line. */
#define TOAST_ROOM 180
#define TOAST_LETTER 9
#define TOAST_MIN_CHARS 8
#define TOAST_MAX_CHARS 60

G_DEFINE_FINAL_TYPE(KabWindow, kab_window, ADW_TYPE_APPLICATION_WINDOW)

static void
on_toast_dismissed(KabWindow *self, AdwToast *toast)
{
    if (self->toast == toast)
        self->toast = NULL;
}

/* A toast's own title is one line, cut where the window is narrow; a label alone would be as wide
 * as its text. */
static void
wrap_title(KabWindow *self, AdwToast *toast, const char *text)
{
    GtkWidget *label = gtk_label_new(text);
    GtkWidget *window = GTK_WIDGET(self);
    int room = gtk_widget_get_width(window) - kab_text_scale(window, TOAST_ROOM);
    int chars = room / kab_text_scale(window, TOAST_LETTER);

    gtk_label_set_wrap(GTK_LABEL(label), TRUE);
    gtk_label_set_wrap_mode(GTK_LABEL(label), PANGO_WRAP_WORD_CHAR);
    gtk_label_set_xalign(GTK_LABEL(label), 0);
    gtk_label_set_max_width_chars(GTK_LABEL(label), CLAMP(chars, TOAST_MIN_CHARS, TOAST_MAX_CHARS));
    gtk_widget_add_css_class(label, "heading");
    adw_toast_set_custom_title(toast, label);
}

/* The newest message at once, instead of the one before. */
static void
show_toast(KabWindow *self, AdwToast *toast)
{
    g_autofree char *text = NULL;

    if (self->toast != NULL)
        adw_toast_dismiss(self->toast);
    self->toast = toast;
    /* The toast has it as markup. */
    if (pango_parse_markup(adw_toast_get_title(toast), -1, 0, NULL, &text, NULL, NULL)) {
        kab_report_note(self->report, text);
        wrap_title(self, toast, text);
    }
    g_signal_connect_object(toast, "dismissed", G_CALLBACK(on_toast_dismissed), self,
                            G_CONNECT_SWAPPED);
    adw_toast_overlay_add_toast(self->toasts, g_object_ref(toast));
}

void
kab_window_say(KabWindow *self, const char *text)
{
    g_autofree char *markup = g_markup_escape_text(text, -1);
    g_autoptr(AdwToast) toast = adw_toast_new(markup);

    show_toast(self, toast);
}

/* Until somebody has read it. */
static void
say_for_long(KabWindow *self, const char *text)
{
    g_autofree char *markup = g_markup_escape_text(text, -1);
    g_autoptr(AdwToast) toast = adw_toast_new(markup);

    adw_toast_set_timeout(toast, 0);
    show_toast(self, toast);
}

/* What is wrong, for everybody, is the first line of @why; the rest is for whoever mends it. */
static void
show_connection(KabWindow *self, const char *why, const char *done)
{
    if (why != NULL) {
        g_auto(GStrv) parts = g_strsplit(why, "\n", 2);

        gtk_label_set_text(self->banner_label, parts[0]);
        gtk_widget_set_tooltip_text(GTK_WIDGET(self->banner), parts[0] != NULL ? parts[1] : NULL);
        gtk_label_set_text(self->banner_done_label, done != NULL ? done : "");
        gtk_widget_set_visible(GTK_WIDGET(self->banner_done_label), done != NULL);
        kab_report_note(self->report, why);
    } else {
        gtk_label_set_text(self->banner_label, ""); /* it is not to be heard any more either */
    }
    gtk_revealer_set_reveal_child(self->banner, why != NULL);
}

static void
update_header(KabWindow *self)
{
    g_autofree char *title = NULL;
    gboolean can_go_back = FALSE;
    gboolean folded = FALSE;
    gboolean ready = self->main_view != NULL;

    if (ready)
        g_object_get(self->main_view, "title", &title, "can-go-back", &can_go_back, "folded",
                     &folded, NULL);
    adw_window_title_set_title(self->title, title != NULL ? title : _("Kabinet"));
    gtk_widget_set_visible(GTK_WIDGET(self->back_button), can_go_back);
    /* In a narrow window the title needs the room: the menu can do it too. */
    gtk_widget_set_visible(GTK_WIDGET(self->sidebar_button), folded && !can_go_back);
    gtk_widget_set_visible(GTK_WIDGET(self->reload_button), ready && !folded);
    gtk_widget_action_set_enabled(GTK_WIDGET(self), "win.reload", ready);
    gtk_widget_action_set_enabled(GTK_WIDGET(self), "win.toggle-sidebar", folded);
    gtk_widget_action_set_enabled(GTK_WIDGET(self), "win.back", can_go_back);
    gtk_widget_action_set_enabled(GTK_WIDGET(self), "win.sign-out", ready);
    gtk_widget_action_set_enabled(GTK_WIDGET(self), "win.account", ready);
}

static void
show_instead(KabWindow *self, GtkWidget *child)
{
    KabMainView *before = self->main_view != NULL ? g_object_ref(self->main_view) : NULL;

    self->main_view = KAB_IS_MAIN_VIEW(child) ? KAB_MAIN_VIEW(child) : NULL;
    g_clear_object(&self->sidebar_binding);
    gtk_stack_add_child(self->stack, child);
    gtk_stack_set_visible_child(self->stack, child);
    if (child != GTK_WIDGET(self->gate) && gtk_widget_get_parent(GTK_WIDGET(self->gate)) != NULL)
        gtk_stack_remove(self->stack, GTK_WIDGET(self->gate));
    if (before != NULL) { /* it goes in pieces, while nobody sees it */
        g_signal_handlers_disconnect_by_data(before, self);
        kab_main_view_retire(before);
    }
    if (self->main_view != NULL)
        self->sidebar_binding = g_object_ref(
            g_object_bind_property(self->main_view, "reveal-sidebar", self->sidebar_button,
                                   "active", G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE));
    update_header(self);
}

static void
on_view_toast(KabWindow *self, AdwToast *toast)
{
    show_toast(self, toast);
}

static void
on_view_title(KabWindow *self)
{
    g_autofree char *title = NULL;

    g_object_get(self->main_view, "title", &title, NULL);
    if (title != NULL)
        kab_report_note(self->report, title);
}

static void
go_on(KabWindow *self)
{
    if (self->main_view != NULL)
        kab_data_page_reload(kab_main_view_get_page(self->main_view));
}

static void
on_dialog_gone(gpointer data, GObject *dialog G_GNUC_UNUSED)
{
    KAB_WINDOW(data)->dialog = NULL;
}

static void
on_dialog_left(KabWindow *self)
{
    kab_gate_sign_out(self->gate, NULL);
}

/* In place: the pages stay, with all that is entered on them. */
static void
ask_for_password(KabWindow *self)
{
    if (self->dialog != NULL)
        return;
    self->dialog = kab_password_dialog_new(GTK_WINDOW(self), kab_gate_get_session(self->gate));
    g_object_weak_ref(G_OBJECT(self->dialog), on_dialog_gone, self);
    g_signal_connect_object(self->dialog, "renewed", G_CALLBACK(go_on), self, G_CONNECT_SWAPPED);
    g_signal_connect_object(self->dialog, "left", G_CALLBACK(on_dialog_left), self,
                            G_CONNECT_SWAPPED);
    gtk_window_present(GTK_WINDOW(self->dialog));
}

static void
on_renewed(GObject *source, GAsyncResult *result, gpointer data)
{
    KabWindow *self = data;
    g_autoptr(GError) error = NULL;
    gboolean done = kab_session_sign_in_finish(KAB_SESSION(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (done)
        go_on(self);
    else
        ask_for_password(self);
}

static gboolean
end_session(gpointer data)
{
    KabWindow *self = data;
    int identity = kab_gate_get_identity(self->gate);

    self->ending = FALSE;
    if (self->main_view == NULL)
        return G_SOURCE_REMOVE;
    if (identity >= 0)
        kab_session_renew_async(kab_gate_get_session(self->gate),
                                self->config->identities[identity].password, self->cancellable,
                                on_renewed, self);
    else
        ask_for_password(self);
    return G_SOURCE_REMOVE;
}

/* Not at once: the page that says so is still at work. */
static void
on_view_session_ended(KabWindow *self)
{
    if (self->ending || self->dialog != NULL)
        return;
    self->ending = TRUE;
    g_idle_add_full(G_PRIORITY_DEFAULT, end_session, g_object_ref(self), g_object_unref);
}

/* The pages go: what belongs to them goes with them. */
static void
forget_pages(KabWindow *self)
{
    if (self->dialog != NULL)
        gtk_window_destroy(GTK_WINDOW(self->dialog));
    g_clear_object(&self->notifier);
    if (self->toast != NULL)
        adw_toast_dismiss(self->toast); /* it is about what somebody else did */
    show_connection(self, NULL, NULL);
}

/* What the window was opened for is there. */
static void
settle(KabWindow *self)
{
    self->settled = TRUE;
    if (self->patience == 0)
        return;
    g_clear_handle_id(&self->patience, g_source_remove);
    gtk_window_present(GTK_WINDOW(self));
}

static gboolean
on_impatient(gpointer data)
{
    KabWindow *self = data;

    self->patience = 0;
    gtk_window_present(GTK_WINDOW(self));
    return G_SOURCE_REMOVE;
}

/* The first page loads while nobody sees it yet. */
static void
load_early(KabWindow *self)
{
    KabDataPage *page = kab_main_view_get_page(self->main_view);
    KabPageView *view = page != NULL ? kab_data_page_get_view(page) : NULL;

    if (view == NULL) {
        settle(self);
        return;
    }
    g_signal_connect_object(view, "settled", G_CALLBACK(settle), self, G_CONNECT_SWAPPED);
    kab_data_page_load_early(page);
}

static void
on_gate_entered(KabWindow *self)
{
    KabSession *session = kab_gate_get_session(self->gate);
    KabMainView *view = kab_main_view_new(session);

    if (self->main_view != NULL)
        forget_pages(self); /* of the partner before */
    g_signal_connect_object(view, "toast", G_CALLBACK(on_view_toast), self, G_CONNECT_SWAPPED);
    g_signal_connect_object(view, "connection", G_CALLBACK(show_connection), self,
                            G_CONNECT_SWAPPED);
    g_signal_connect_object(view, "session-ended", G_CALLBACK(on_view_session_ended), self,
                            G_CONNECT_SWAPPED);
    g_signal_connect_object(view, "notify", G_CALLBACK(update_header), self, G_CONNECT_SWAPPED);
    g_signal_connect_object(view, "notify::title", G_CALLBACK(on_view_title), self,
                            G_CONNECT_SWAPPED);
    show_connection(self, NULL, NULL);
    show_instead(self, GTK_WIDGET(view));
    on_view_title(self);
    self->notifier = kab_notifier_new(GTK_WINDOW(self), session, self->preferences);
    if (!gtk_widget_get_mapped(GTK_WIDGET(self)))
        load_early(self);
}

static void
on_gate_shown(KabWindow *self)
{
    kab_demo_bar_set_chosen(self->demo_bar, kab_gate_get_identity(self->gate));
    if (!kab_gate_is_waiting(self->gate))
        settle(self);
    if (gtk_stack_get_visible_child(self->stack) == GTK_WIDGET(self->gate))
        return;
    forget_pages(self);
    show_instead(self, GTK_WIDGET(self->gate));
}

static void
on_demo_chosen(KabWindow *self, int index)
{
    kab_gate_sign_in_as(self->gate, (guint)index);
}

/* What is chosen in the menu. */
static void
add_choices(KabWindow *self)
{
    g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new();
    g_autoptr(GAction) notify = NULL;

    if (self->preferences == NULL)
        return;
    notify = g_settings_create_action(self->preferences, "notify");
    g_action_map_add_action(G_ACTION_MAP(group), notify);
    gtk_widget_insert_action_group(GTK_WIDGET(self), "preferences", G_ACTION_GROUP(group));
}

static void
remember_size(KabWindow *self)
{
    static const char *const keys[][2] = {{"window-width", "default-width"},
                                          {"window-height", "default-height"},
                                          {"window-maximized", "maximized"}};

    for (gsize i = 0; self->preferences != NULL && i < G_N_ELEMENTS(keys); i++)
        g_settings_bind(self->preferences, keys[i][0], self, keys[i][1], G_SETTINGS_BIND_DEFAULT);
}

static void
start(KabWindow *self)
{
    gtk_widget_set_visible(GTK_WIDGET(self->demo_bar), self->config->demo);
    kab_demo_bar_set_identities(self->demo_bar, self->config->identities,
                                self->config->n_identities);
    self->preferences = kab_preferences_new();
    remember_size(self);
    add_choices(self);
    self->gate = g_object_ref_sink(kab_gate_new(self->config, self->preferences));
    g_signal_connect_object(self->gate, "shown", G_CALLBACK(on_gate_shown), self,
                            G_CONNECT_SWAPPED);
    g_signal_connect_object(self->gate, "entered", G_CALLBACK(on_gate_entered), self,
                            G_CONNECT_SWAPPED);
    g_signal_connect_object(self->gate, "notice", G_CALLBACK(kab_window_say), self,
                            G_CONNECT_SWAPPED);
    kab_gate_start(self->gate);
    if (self->config->notice != NULL)
        say_for_long(self, self->config->notice);
}

static gboolean
kab_window_close_request(GtkWindow *window)
{
    if (KAB_WINDOW(window)->notifier != NULL)
        kab_notifier_leave(KAB_WINDOW(window)->notifier);
    return GTK_WINDOW_CLASS(kab_window_parent_class)->close_request(window);
}

static void
kab_window_dispose(GObject *object)
{
    KabWindow *self = KAB_WINDOW(object);

    g_clear_handle_id(&self->patience, g_source_remove);
    g_cancellable_cancel(self->cancellable);
    g_clear_object(&self->cancellable);
    g_clear_object(&self->sidebar_binding);
    if (self->dialog != NULL)
        g_object_weak_unref(G_OBJECT(self->dialog), on_dialog_gone, self);
    self->dialog = NULL;
    if (self->main_view != NULL)
        g_signal_handlers_disconnect_by_data(self->main_view, self);
    self->main_view = NULL;
    g_clear_object(&self->notifier);
    if (self->gate != NULL)
        g_signal_handlers_disconnect_by_data(self->gate, self);
    self->toast = NULL;
    gtk_widget_dispose_template(GTK_WIDGET(self), KAB_TYPE_WINDOW);
    g_clear_object(&self->gate);
    g_clear_object(&self->preferences);
    G_OBJECT_CLASS(kab_window_parent_class)->dispose(object);
}

static void
kab_window_finalize(GObject *object)
{
    kab_app_config_free(KAB_WINDOW(object)->config);
    kab_report_free(KAB_WINDOW(object)->report);
    G_OBJECT_CLASS(kab_window_parent_class)->finalize(object);
}

static void
kab_window_class_init(KabWindowClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    GTK_WINDOW_CLASS(klass)->close_request = kab_window_close_request;
    G_OBJECT_CLASS(klass)->dispose = kab_window_dispose;
    G_OBJECT_CLASS(klass)->finalize = kab_window_finalize;

    g_type_ensure(KAB_TYPE_DEMO_BAR);
    g_type_ensure(KAB_TYPE_WRAP);
    gtk_widget_class_set_template_from_resource(widget_class, "/org/kabinet/Kabinet/kab-window.ui");
    gtk_widget_class_bind_template_child(widget_class, KabWindow, toasts);
    gtk_widget_class_bind_template_child(widget_class, KabWindow, title);
    gtk_widget_class_bind_template_child(widget_class, KabWindow, sidebar_button);
    gtk_widget_class_bind_template_child(widget_class, KabWindow, back_button);
    gtk_widget_class_bind_template_child(widget_class, KabWindow, reload_button);
    gtk_widget_class_bind_template_child(widget_class, KabWindow, banner);
    gtk_widget_class_bind_template_child(widget_class, KabWindow, banner_label);
    gtk_widget_class_bind_template_child(widget_class, KabWindow, banner_done_label);
    gtk_widget_class_bind_template_child(widget_class, KabWindow, demo_bar);
    gtk_widget_class_bind_template_child(widget_class, KabWindow, stack);
    gtk_widget_class_bind_template_callback(widget_class, on_demo_chosen);
    kab_window_install_actions(widget_class);
}

static void
kab_window_init(KabWindow *self)
{
    self->cancellable = g_cancellable_new();
    self->report = kab_report_new();
    gtk_widget_init_template(GTK_WIDGET(self));
}

KabWindow *
kab_window_new(GtkApplication *app, const KabAppConfig *config)
{
    KabWindow *self = g_object_new(KAB_TYPE_WINDOW, "application", app, NULL);

    self->config = kab_app_config_copy(config);
    start(self);
    return self;
}

void
kab_window_present(KabWindow *self)
{
    if (self->settled)
        gtk_window_present(GTK_WINDOW(self));
    else if (self->patience == 0)
        self->patience = g_timeout_add(PATIENCE_MS, on_impatient, self);
}

KabSession *
kab_window_get_session(KabWindow *self)
{
    return kab_gate_get_session(self->gate);
}

KabMainView *
kab_window_get_main_view(KabWindow *self)
{
    return self->main_view;
}
