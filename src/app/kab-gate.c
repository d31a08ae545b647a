/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-code-page.h"
#include "kab-error.h"
#include "kab-gate.h"
#include "kab-preferences.h"
#include "kab-remembered.h"
#include "kab-session-ends.h"
#include "kab-sign-in-page.h"

#include <glib/gi18n-lib.h>

#define RETRY_S 3

struct _KabGate {
    AdwBin parent_instance;

    KabAppConfig *config;      /* (owned) */
    GSettings *preferences;    /* (owned) (nullable) */
    KabSession *session;       /* (owned) (nullable) */
    int identity;              /* whom of the demo it signed in; -1: nobody */
    GCancellable *cancellable; /* (owned): of the sign-in that is under way */
    char *code_message;        /* (owned) (nullable): for the code page */
    guint retry;               /* until the kept session is tried again */
    gboolean waiting;          /* the answer decides what is shown */
};

G_DEFINE_FINAL_TYPE(KabGate, kab_gate, ADW_TYPE_BIN)

enum {
    SHOWN,
    ENTERED,
    NOTICE,
    N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void ask_for_code(KabGate *self, const char *message);
static void on_resumed(GObject *source, GAsyncResult *result, gpointer data);

static void
on_session_notice(KabGate *self, const char *text)
{
    g_signal_emit(self, signals[NOTICE], 0, text);
}

static void
show(KabGate *self, GtkWidget *child)
{
    self->waiting = GTK_IS_SPINNER(child);
    adw_bin_set_child(ADW_BIN(self), child);
    g_signal_emit(self, signals[SHOWN], 0);
}

static void
show_waiting(KabGate *self)
{
    GtkWidget *spinner = gtk_spinner_new();

    gtk_spinner_start(GTK_SPINNER(spinner));
    gtk_widget_set_size_request(spinner, 32, 32);
    gtk_widget_set_halign(spinner, GTK_ALIGN_CENTER);
    gtk_widget_set_valign(spinner, GTK_ALIGN_CENTER);
    gtk_accessible_update_property(GTK_ACCESSIBLE(spinner), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                   _("Signing in…"), -1);
    show(self, spinner);
}

static void
enter(KabGate *self)
{
    kab_remembered_write(self->config, self->preferences, self->session);
    g_signal_emit(self, signals[ENTERED], 0);
}

/* The next session has the ends that this one has, also after a sign-out. */
static void
on_ends_changed(KabGate *self)
{
    KabClient *base = kab_session_get_base(self->session);
    char *ca_file = g_strdup(kab_session_get_ca_file(self->session, FALSE));

    g_free((char *)self->config->ca_file);
    self->config->ca_file = ca_file;
    kab_app_config_set_base(self->config, base != NULL ? kab_client_get_address(base) : NULL,
                            kab_session_get_ca_file(self->session, TRUE),
                            kab_session_get_base_login(self->session));
    kab_remembered_write(self->config, self->preferences, self->session);
}

/* A new session; who was signed in before is so no more. */
static gboolean
begin_session(KabGate *self, GError **error)
{
    g_clear_handle_id(&self->retry, g_source_remove);
    g_cancellable_cancel(self->cancellable);
    g_clear_object(&self->cancellable);
    self->cancellable = g_cancellable_new();
    if (self->session != NULL) {
        kab_session_sign_out(self->session);
        g_signal_handlers_disconnect_by_data(self->session, self);
        g_clear_object(&self->session);
    }
    self->session = kab_session_new_for(self->config, error);
    if (self->session == NULL)
        return FALSE;
    g_signal_connect_object(self->session, "notice", G_CALLBACK(on_session_notice), self,
                            G_CONNECT_SWAPPED);
    g_signal_connect_object(self->session, "switched", G_CALLBACK(enter), self, G_CONNECT_SWAPPED);
    g_signal_connect_object(self->session, "ends-changed", G_CALLBACK(on_ends_changed), self,
                            G_CONNECT_SWAPPED);
    return TRUE;
}

/* Another portal: the page stays, and asks there from now on; or the one before, if there is no
 * such one. */
static void
on_address_chosen(KabGate *self, const char *address, KabSignInPage *page)
{
    g_autoptr(GError) error = NULL;
    KabAppConfig *before = kab_app_config_copy(self->config);
    gboolean good =
        kab_app_config_set_portal(self->config, *address != '\0' ? address : NULL, &error) &&
        begin_session(self, &error);

    if (!good && self->session == NULL) {
        kab_app_config_free(self->config);
        self->config = g_steal_pointer(&before);
        begin_session(self, NULL);
    }
    kab_app_config_free(before);
    if (self->session != NULL)
        kab_sign_in_page_set_session(page, self->session);
    kab_sign_in_page_show_message(page, good ? NULL : error->message);
}

/* The company's own authority is trusted from now on, here. */
static void
on_authority_chosen(KabGate *self, const char *file, KabSignInPage *page)
{
    g_autoptr(GError) error = NULL;
    KabAppConfig *before = kab_app_config_copy(self->config);
    gboolean good;

    /* A base that the same authority has vouched for has its certificate of it still. */
    if (g_strcmp0(before->base_ca_file, before->ca_file) == 0)
        kab_app_config_set_base(self->config, before->base_address, file, before->base_login);
    g_free((char *)self->config->ca_file);
    self->config->ca_file = g_strdup(file);
    good = begin_session(self, &error);
    if (!good) { /* it is no such file: what was trusted before is so still */
        kab_app_config_free(self->config);
        self->config = g_steal_pointer(&before);
        begin_session(self, NULL);
    }
    kab_app_config_free(before);
    if (self->session != NULL)
        kab_sign_in_page_set_session(page, self->session);
    kab_sign_in_page_show_message(page, good ? _("It is trusted now. Sign in once more.")
                                             : error->message);
}

static void
ask_to_sign_in(KabGate *self, const char *message)
{
    KabSignInPage *page = kab_sign_in_page_new(self->session);
    g_autofree char *login =
        self->config->remember ? kab_preferences_dup(self->preferences, "login") : NULL;

    g_signal_connect_object(page, "signed-in", G_CALLBACK(enter), self, G_CONNECT_SWAPPED);
    g_signal_connect_object(page, "code-wanted", G_CALLBACK(ask_for_code), self, G_CONNECT_SWAPPED);
    g_signal_connect_object(page, "authority-chosen", G_CALLBACK(on_authority_chosen), self,
                            G_CONNECT_SWAPPED);
    g_signal_connect_object(page, "address-chosen", G_CALLBACK(on_address_chosen), self,
                            G_CONNECT_SWAPPED);
    if (self->config->remember)
        kab_sign_in_page_show_address(page,
                                      self->config->embedded ? "" : self->config->portal_address,
                                      self->config->host != NULL);
    if (login != NULL)
        kab_sign_in_page_set_login(page, login);
    show(self, GTK_WIDGET(page));
    kab_sign_in_page_show_message(page, message);
}

static gboolean
leave_code(gpointer data)
{
    ask_to_sign_in(data, NULL);
    return G_SOURCE_REMOVE;
}

/* Not at once, here and below: the page that asks for it is still at work. */
static void
on_code_back(KabGate *self)
{
    g_idle_add_full(G_PRIORITY_DEFAULT, leave_code, g_object_ref(self), g_object_unref);
}

static gboolean
show_code(gpointer data)
{
    KabGate *self = data;
    KabCodePage *page = kab_code_page_new(self->session, self->config->code);

    g_signal_connect_object(page, "signed-in", G_CALLBACK(enter), self, G_CONNECT_SWAPPED);
    g_signal_connect_object(page, "back", G_CALLBACK(on_code_back), self, G_CONNECT_SWAPPED);
    show(self, GTK_WIDGET(page));
    kab_code_page_show_message(page, self->code_message);
    g_clear_pointer(&self->code_message, g_free);
    return G_SOURCE_REMOVE;
}

static void
ask_for_code(KabGate *self, const char *message)
{
    g_free(self->code_message);
    self->code_message = g_strdup(message);
    g_idle_add_full(G_PRIORITY_DEFAULT, show_code, g_object_ref(self), g_object_unref);
}

static gboolean
try_again(gpointer data)
{
    KabGate *self = data;

    self->retry = 0;
    kab_session_resume_async(self->session, self->cancellable, on_resumed, self);
    return G_SOURCE_REMOVE;
}

/* Why nothing can be shown yet, and what can be done about it. */
static void
show_trouble(KabGate *self, const char *message)
{
    GtkWidget *page = adw_status_page_new();
    GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 9);
    GtkWidget *again = gtk_button_new_with_label(_("Try again"));
    GtkWidget *other = gtk_button_new_with_label(
        self->session != NULL ? _("Sign in") : _("Choose another portal"));
    g_autofree char *text = g_markup_escape_text(message, -1);

    adw_status_page_set_icon_name(ADW_STATUS_PAGE(page), "network-offline-symbolic");
    adw_status_page_set_title(ADW_STATUS_PAGE(page), _("There is no connection to the portal."));
    adw_status_page_set_description(ADW_STATUS_PAGE(page), text);
    gtk_widget_set_halign(box, GTK_ALIGN_CENTER);
    gtk_actionable_set_action_name(GTK_ACTIONABLE(again), "gate.again");
    gtk_actionable_set_action_name(GTK_ACTIONABLE(other), "gate.other");
    gtk_widget_add_css_class(again, "pill");
    gtk_widget_add_css_class(again, "suggested-action");
    gtk_widget_add_css_class(other, "pill");
    gtk_box_append(GTK_BOX(box), again);
    gtk_box_append(GTK_BOX(box), other);
    gtk_widget_set_visible(other, self->session != NULL || self->config->remember);
    adw_status_page_set_child(ADW_STATUS_PAGE(page), box);
    show(self, page);
}

static void
on_again(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    g_clear_handle_id(&KAB_GATE(widget)->retry, g_source_remove);
    kab_gate_start(KAB_GATE(widget));
}

/* Without the portal that was remembered: at this computer's, or at one that is entered. */
static void
on_other(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    KabGate *self = KAB_GATE(widget);
    g_autoptr(GError) error = NULL;

    g_clear_handle_id(&self->retry, g_source_remove);
    if (self->session == NULL) {
        g_clear_pointer((char **)&self->config->ca_file, g_free);
        if (!kab_app_config_set_portal(self->config, NULL, &error) ||
            !begin_session(self, &error)) {
            show_trouble(self, error->message);
            return;
        }
    }
    ask_to_sign_in(self, NULL);
}

static void
on_resumed(GObject *source, GAsyncResult *result, gpointer data)
{
    KabGate *self = data;
    g_autoptr(GError) error = NULL;
    gboolean done = kab_session_sign_in_finish(KAB_SESSION(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (done) {
        enter(self);
    } else if (g_error_matches(error, KAB_ERROR, KAB_ERROR_BUSY)) {
        /* Who is kept signed in is so as soon as there is a connection. */
        show_trouble(self, error->message);
        self->retry = g_timeout_add_seconds(RETRY_S, try_again, self);
    } else {
        ask_to_sign_in(
            self, g_error_matches(error, KAB_ERROR, KAB_ERROR_NOT_FOUND) ? NULL : error->message);
    }
}

static void
on_identity_signed_in(GObject *source, GAsyncResult *result, gpointer data)
{
    KabGate *self = data;
    g_autoptr(GError) error = NULL;
    gboolean done = kab_session_sign_in_finish(KAB_SESSION(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (done)
        enter(self);
    else
        kab_gate_sign_out(self, error->message);
}

static void
kab_gate_dispose(GObject *object)
{
    KabGate *self = KAB_GATE(object);

    g_clear_handle_id(&self->retry, g_source_remove);
    g_cancellable_cancel(self->cancellable);
    g_clear_object(&self->cancellable);
    g_clear_object(&self->session);
    g_clear_object(&self->preferences);
    G_OBJECT_CLASS(kab_gate_parent_class)->dispose(object);
}

static void
kab_gate_finalize(GObject *object)
{
    kab_app_config_free(KAB_GATE(object)->config);
    g_free(KAB_GATE(object)->code_message);
    G_OBJECT_CLASS(kab_gate_parent_class)->finalize(object);
}

static void
kab_gate_class_init(KabGateClass *klass)
{
    G_OBJECT_CLASS(klass)->dispose = kab_gate_dispose;
    G_OBJECT_CLASS(klass)->finalize = kab_gate_finalize;

    /** KabGate::shown: the gate has something to show: the pages have to go. */
    signals[SHOWN] = g_signal_new("shown", KAB_TYPE_GATE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
    /** KabGate::entered: somebody is signed in now. */
    signals[ENTERED] = g_signal_new("entered", KAB_TYPE_GATE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 0);
    /** KabGate::notice: something that the person should know, and that stops nothing. */
    signals[NOTICE] = g_signal_new("notice", KAB_TYPE_GATE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);

    gtk_widget_class_install_action(GTK_WIDGET_CLASS(klass), "gate.again", NULL, on_again);
    gtk_widget_class_install_action(GTK_WIDGET_CLASS(klass), "gate.other", NULL, on_other);
}

static void
kab_gate_init(KabGate *self)
{
    self->identity = -1;
}

KabGate *
kab_gate_new(const KabAppConfig *config, GSettings *preferences)
{
    KabGate *self = g_object_new(KAB_TYPE_GATE, NULL);

    self->config = kab_app_config_copy(config);
    g_set_object(&self->preferences, preferences);
    return self;
}

void
kab_gate_start(KabGate *self)
{
    g_autoptr(GError) error = NULL;

    if (self->config->demo && self->config->n_identities > 0) {
        kab_gate_sign_in_as(self, 0);
        return;
    }
    show_waiting(self);
    if (!begin_session(self, &error))
        show_trouble(self, error->message);
    else if (self->config->code != NULL)
        ask_for_code(self, NULL);
    else if (!kab_remembered_may_be_kept(self->config, self->preferences))
        ask_to_sign_in(self, NULL);
    else
        kab_session_resume_async(self->session, self->cancellable, on_resumed, self);
}

void
kab_gate_sign_in_as(KabGate *self, guint i)
{
    const KabAppIdentity *identity = &self->config->identities[i];
    g_autoptr(GError) error = NULL;

    self->identity = (int)i;
    show_waiting(self);
    if (!begin_session(self, &error))
        show_trouble(self, error->message);
    else
        kab_session_sign_in_async(self->session, identity->login, identity->password, FALSE,
                                  self->cancellable, on_identity_signed_in, self);
}

void
kab_gate_sign_out(KabGate *self, const char *message)
{
    g_autoptr(GError) error = NULL;

    self->identity = -1;
    kab_remembered_note_kept(self->config, self->preferences, FALSE);
    if (begin_session(self, &error)) {
        ask_to_sign_in(self, message);
        return;
    }
    show_trouble(self, error->message);
}

gboolean
kab_gate_is_waiting(KabGate *self)
{
    return self->waiting;
}

KabSession *
kab_gate_get_session(KabGate *self)
{
    return self->session;
}

int
kab_gate_get_identity(KabGate *self)
{
    return self->identity;
}
