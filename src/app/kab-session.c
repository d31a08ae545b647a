/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-people.h"
#include "kab-error.h"
#include "kab-outbox.h"
#include "kab-secrets.h"
#include "kab-session.h"
#include "kab-token.h"

#include <glib/gi18n-lib.h>

struct _KabSession {
    GObject parent_instance;

    KabClient *portal; /* (owned) */
    KabClient *base;   /* (owned) (nullable) */
    gboolean no_secrets;
    gboolean told; /* that nothing is kept */
    gboolean kept; /* something is kept that a sign-out has to forget */

    KabClientLive *live;     /* (owned) (nullable): of who sees the portal's pages */
    char *login;             /* (owned) (nullable): who signed in, for the next time */
    KabPartnerId partner_id; /* for whom that person acted */
};

G_DEFINE_FINAL_TYPE(KabSession, kab_session, G_TYPE_OBJECT)

enum {
    NOTICE,
    SWITCHED,
    N_SIGNALS,
};

static guint signals[N_SIGNALS];

typedef struct {
    char *login;
    char *password;
    gboolean keep;
    KabClient *asked;     /* (owned) (nullable): whose kept token is looked up */
    GError *portal_error; /* (owned) (nullable): why the portal did not take the person */
    KabPartnerId wanted;  /* for whom the person acts then; not set for the own partner */
} SignIn;

static void
sign_in_free(gpointer data)
{
    SignIn *job = data;

    g_clear_object(&job->asked);
    g_clear_error(&job->portal_error);
    g_free(job->login);
    g_free(job->password);
    g_free(job);
}

static gboolean
may(KabClient *client, KabRight right)
{
    const KabUser *user = client != NULL ? kab_client_get_user(client) : NULL;

    return user != NULL && kab_role_may(user->role, right);
}

/* Whether the person at the portal has something to do at the base. */
static gboolean
wants_base(KabSession *self)
{
    return self->base != NULL && (may(self->portal, KAB_RIGHT_EXCHANGE_ADMIN) ||
                                  may(self->portal, KAB_RIGHT_CLIENT_ORDERS));
}

static void
on_token_stored(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(KabSession) self = data;
    g_autoptr(GError) error = NULL;

    if (kab_token_store_finish(KAB_CLIENT(source), result, &error))
        return;
    self->no_secrets = TRUE;
    g_debug("The session is not kept: %s", error->message);
    if (!self->told)
        g_signal_emit(
            self, signals[NOTICE], 0,
            _("No Secret Service is running: you stay signed in until the window closes"));
    self->told = TRUE;
}

static void
store(KabSession *self, KabClient *client)
{
    if (kab_client_get_token(client) == NULL)
        return;
    self->kept = TRUE;
    kab_token_store_async(client, on_token_stored, g_object_ref(self));
}

static void
on_outbox_opened(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(KabSession) self = data;
    g_autoptr(GError) error = NULL;

    if (kab_outbox_open_finish(KAB_OUTBOX(source), result, &error))
        return;
    g_prefix_error(&error, "%s", _("What was left to be sent cannot be read: "));
    g_signal_emit(self, signals[NOTICE], 0, error->message);
}

/* Somebody is signed in: what was left goes to the portal, and what changes there is heard. */
static void
enter(KabSession *self)
{
    g_autofree char *folder = g_build_filename(g_get_user_data_dir(), "kabinet", "outbox", NULL);
    const KabUser *user = kab_session_get_user(self);

    g_free(self->login);
    self->login = g_strdup(user->login);
    if (!may(self->portal, KAB_RIGHT_BROWSE))
        return;
    self->partner_id = kab_client_get_user(self->portal)->partner_id;
    if (may(self->portal, KAB_RIGHT_ORDER))
        kab_outbox_open_async(kab_outbox_of(self->portal), folder, NULL, on_outbox_opened,
                              g_object_ref(self));
    if (self->live == NULL)
        self->live = kab_client_live_new(self->portal);
    kab_client_live_start(self->live);
}

static void
finish_signed_in(GTask *task)
{
    KabSession *self = g_task_get_source_object(task);
    SignIn *job = g_task_get_task_data(task);

    if (job->keep) {
        store(self, self->portal);
        if (self->base != NULL)
            store(self, self->base);
    }
    enter(self);
    g_task_return_boolean(task, TRUE);
}

/* With another partner than the pages', nobody is signed in. */
static void
on_switched_back(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(GTask) task = data;
    GError *error = NULL;

    if (kab_client_sign_in_finish(KAB_CLIENT(source), result, &error)) {
        finish_signed_in(task);
        return;
    }
    kab_client_sign_out_async(KAB_CLIENT(source), NULL, NULL, NULL);
    g_task_return_error(task, error);
}

/* A new session begins with the person's own partner: the pages may be of another one. */
static void
finish_for_partner(GTask *task)
{
    KabSession *self = g_task_get_source_object(task);
    SignIn *job = g_task_get_task_data(task);
    const KabUser *user = kab_client_get_user(self->portal);

    if (user == NULL || *job->wanted.text == '\0' ||
        g_str_equal(user->partner_id.text, job->wanted.text))
        finish_signed_in(task);
    else
        kab_client_switch_async(self->portal, job->wanted, g_task_get_cancellable(task),
                                on_switched_back, g_object_ref(task));
}

static void
on_base_signed_in(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(GTask) task = data;
    KabSession *self = g_task_get_source_object(task);
    SignIn *job = g_task_get_task_data(task);
    GError *error = NULL;

    if (kab_client_sign_in_finish(KAB_CLIENT(source), result, &error)) {
        finish_for_partner(task);
        return;
    }
    if (job->portal_error != NULL) {
        g_error_free(error);
        g_task_return_error(task, g_steal_pointer(&job->portal_error));
        return;
    }
    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
        g_task_return_error(task, error);
        return;
    }
    g_prefix_error(&error, "%s", _("The base did not let you in: "));
    g_signal_emit(self, signals[NOTICE], 0, error->message);
    g_error_free(error);
    finish_for_partner(task);
}

static void
on_portal_signed_in(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(GTask) task = data;
    GCancellable *cancellable = g_task_get_cancellable(task);
    KabSession *self = g_task_get_source_object(task);
    SignIn *job = g_task_get_task_data(task);
    GError *error = NULL;
    gboolean known = kab_client_sign_in_finish(KAB_CLIENT(source), result, &error);
    gboolean unknown = g_error_matches(error, KAB_ERROR, KAB_ERROR_UNAUTHORIZED) ||
                       g_error_matches(error, KAB_ERROR, KAB_ERROR_DENIED) ||
                       g_error_matches(error, KAB_ERROR, KAB_ERROR_NOT_FOUND);

    if (known && !wants_base(self)) {
        finish_for_partner(task);
        return;
    }
    if (!known && (!unknown || self->base == NULL)) {
        g_task_return_error(task, error);
        return;
    }
    job->portal_error = error;
    kab_client_sign_in_async(self->base, job->login, job->password, cancellable, on_base_signed_in,
                             g_steal_pointer(&task));
}

static void look_up_next(GTask *task);

static void
on_resumed(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(GTask) task = data;
    g_autoptr(GError) error = NULL;

    if (!kab_client_sign_in_finish(KAB_CLIENT(source), result, &error)) {
        if (g_error_matches(error, KAB_ERROR, KAB_ERROR_UNAUTHORIZED)) {
            kab_token_clear(KAB_CLIENT(source));
        } else {
            g_task_return_error(task, g_steal_pointer(&error));
            return;
        }
    }
    look_up_next(g_steal_pointer(&task));
}

static void
on_looked_up(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(GTask) task = data;
    GCancellable *cancellable = g_task_get_cancellable(task);
    KabSession *self = g_task_get_source_object(task);
    SignIn *job = g_task_get_task_data(task);
    g_autoptr(GError) error = NULL;
    g_autofree char *token = kab_token_lookup_finish(KAB_CLIENT(source), result, &error);

    if (g_task_return_error_if_cancelled(task))
        return;
    if (error != NULL) {
        self->no_secrets = self->no_secrets || kab_secrets_is_unavailable(error) ||
                           g_error_matches(error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
        g_debug("Nothing is kept: %s", error->message);
    }
    self->kept = self->kept || token != NULL;
    if (token == NULL)
        look_up_next(g_steal_pointer(&task));
    else
        kab_client_resume_async(job->asked, token, cancellable, on_resumed, g_steal_pointer(&task));
}

/* The portal's token first, then the base's; who is known at one of them is signed in. */
static void
look_up_next(GTask *task)
{
    KabSession *self = g_task_get_source_object(task);
    SignIn *job = g_task_get_task_data(task);
    KabClient *next = job->asked == NULL           ? self->portal
                      : job->asked == self->portal ? self->base
                                                   : NULL;

    if (next == NULL || self->no_secrets) {
        if (kab_session_get_user(self) != NULL)
            finish_signed_in(task);
        else
            g_task_return_new_error(task, KAB_ERROR, KAB_ERROR_NOT_FOUND, "%s",
                                    _("No session is kept"));
        g_object_unref(task);
        return;
    }
    g_set_object(&job->asked, next);
    kab_token_lookup_async(next, on_looked_up, task);
}

static void
kab_session_dispose(GObject *object)
{
    KabSession *self = KAB_SESSION(object);

    if (self->live != NULL)
        kab_client_live_stop(self->live);
    g_clear_object(&self->live);
    g_clear_object(&self->portal);
    g_clear_object(&self->base);
    g_clear_pointer(&self->login, g_free);
    G_OBJECT_CLASS(kab_session_parent_class)->dispose(object);
}

static void
kab_session_class_init(KabSessionClass *klass)
{
    G_OBJECT_CLASS(klass)->dispose = kab_session_dispose;

    /** KabSession::notice: something that the person should know, and that stops nothing. */
    signals[NOTICE] = g_signal_new("notice", KAB_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
    /** KabSession::switched: the person acts for another partner. */
    signals[SWITCHED] = g_signal_new("switched", KAB_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                     NULL, G_TYPE_NONE, 0);
}

static void
kab_session_init(KabSession *self G_GNUC_UNUSED)
{
}

KabSession *
kab_session_new(const char *portal_address, const char *base_address, GError **error)
{
    g_autoptr(KabClient) portal = kab_client_new(portal_address, error);
    g_autoptr(KabClient) base = NULL;
    KabSession *self;

    if (portal == NULL)
        return NULL;
    if (base_address != NULL) {
        base = kab_client_new(base_address, error);
        if (base == NULL)
            return NULL;
    }
    self = g_object_new(KAB_TYPE_SESSION, NULL);
    self->portal = g_steal_pointer(&portal);
    self->base = g_steal_pointer(&base);
    return self;
}

gboolean
kab_session_trust(KabSession *self, const char *ca_file, GError **error)
{
    return kab_client_trust(self->portal, ca_file, error) &&
           (self->base == NULL || kab_client_trust(self->base, ca_file, error));
}

KabClient *
kab_session_get_portal(KabSession *self)
{
    return self->portal;
}

KabClient *
kab_session_get_base(KabSession *self)
{
    return self->base;
}

const KabUser *
kab_session_get_user(KabSession *self)
{
    const KabUser *user = kab_client_get_user(self->portal);

    if (user == NULL && self->base != NULL)
        user = kab_client_get_user(self->base);
    return user;
}

gboolean
kab_session_portal_may(KabSession *self, KabRight right)
{
    return may(self->portal, right);
}

gboolean
kab_session_base_may(KabSession *self, KabRight right)
{
    return may(self->base, right);
}

/* Takes @task. */
static void
sign_in(KabSession *self, const char *login, const char *password, gboolean keep,
        KabPartnerId wanted, GTask *task)
{
    SignIn *job = g_new0(SignIn, 1);

    job->login = g_strdup(login);
    job->password = g_strdup(password);
    job->keep = keep;
    job->wanted = wanted;
    g_task_set_task_data(task, job, sign_in_free);
    kab_client_sign_in_async(self->portal, login, password, g_task_get_cancellable(task),
                             on_portal_signed_in, task);
}

void
kab_session_sign_in_async(KabSession *self, const char *login, const char *password, gboolean keep,
                          GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    sign_in(self, login, password, keep, (KabPartnerId){{0}},
            g_task_new(self, cancellable, callback, data));
}

static void
on_code_used(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(GTask) task = data;
    GError *error = NULL;

    if (kab_client_sign_in_finish(KAB_CLIENT(source), result, &error))
        finish_signed_in(task);
    else
        g_task_return_error(task, error);
}

void
kab_session_use_code_async(KabSession *self, const char *code, const char *password,
                           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    GTask *task = g_task_new(self, cancellable, callback, data);

    g_task_set_task_data(task, g_new0(SignIn, 1), sign_in_free);
    kab_client_use_code_async(self->portal, code, password, cancellable, on_code_used, task);
}

void
kab_session_resume_async(KabSession *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                         gpointer data)
{
    GTask *task = g_task_new(self, cancellable, callback, data);

    g_task_set_task_data(task, g_new0(SignIn, 1), sign_in_free);
    look_up_next(task);
}

gboolean
kab_session_sign_in_finish(KabSession *self G_GNUC_UNUSED, GAsyncResult *result, GError **error)
{
    return g_task_propagate_boolean(G_TASK(result), error);
}

void
kab_session_sign_out(KabSession *self)
{
    KabClient *clients[] = {self->portal, self->base};

    if (self->live != NULL)
        kab_client_live_stop(self->live);
    kab_outbox_close(kab_outbox_of(self->portal));
    for (gsize i = 0; i < G_N_ELEMENTS(clients); i++) {
        if (clients[i] == NULL || kab_client_get_user(clients[i]) == NULL)
            continue;
        kab_client_sign_out_async(clients[i], NULL, NULL, NULL);
        if (self->kept)
            kab_token_clear(clients[i]);
    }
}

gboolean
kab_session_has_secrets(KabSession *self)
{
    return !self->no_secrets;
}

gboolean
kab_session_is_kept(KabSession *self)
{
    return self->kept;
}

KabClientLive *
kab_session_get_live(KabSession *self)
{
    return self->live;
}

const char *
kab_session_get_login(KabSession *self)
{
    return self->login;
}

void
kab_session_renew_async(KabSession *self, const char *password, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer data)
{
    if (self->live != NULL)
        kab_client_live_stop(self->live);
    sign_in(self, self->login != NULL ? self->login : "", password, self->kept, self->partner_id,
            g_task_new(self, cancellable, callback, data));
}

static void
on_switched(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(GTask) task = data;
    KabSession *self = g_task_get_source_object(task);
    GError *error = NULL;
    gboolean done = kab_client_sign_in_finish(KAB_CLIENT(source), result, &error);

    if (done)
        g_clear_object(&self->live); /* it knows what the partner before had */
    if (kab_client_get_user(self->portal) != NULL)
        enter(self);
    if (!done) {
        g_task_return_error(task, error);
        return;
    }
    g_task_return_boolean(task, TRUE);
    g_signal_emit(self, signals[SWITCHED], 0);
}

void
kab_session_switch_async(KabSession *self, KabPartnerId partner_id, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer data)
{
    if (self->live != NULL)
        kab_client_live_stop(self->live);
    /* What is on its way names its partner: it is done for that one, or refused. */
    kab_client_switch_async(self->portal, partner_id, cancellable, on_switched,
                            g_task_new(self, cancellable, callback, data));
}

static void
on_password_changed(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(GTask) task = data;
    KabSession *self = g_task_get_source_object(task);
    GError *error = NULL;

    if (!kab_client_sign_in_finish(KAB_CLIENT(source), result, &error)) {
        g_task_return_error(task, error);
        return;
    }
    if (self->kept)
        store(self, self->portal);
    g_task_return_boolean(task, TRUE);
}

void
kab_session_change_password_async(KabSession *self, const char *before, const char *password,
                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer data)
{
    kab_client_change_password_async(self->portal, before, password, cancellable,
                                     on_password_changed,
                                     g_task_new(self, cancellable, callback, data));
}
