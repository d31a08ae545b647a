/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-people.h"
#include "kab-error.h"
#include "kab-secrets.h"
#include "kab-session-private.h"
#include "kab-token.h"

#include <glib/gi18n-lib.h>

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

/* Whether the person at the portal has something to do at the base. */
static gboolean
wants_base(KabSession *self)
{
    return self->base != NULL && (kab_session_portal_may(self, KAB_RIGHT_EXCHANGE_ADMIN) ||
                                  kab_session_portal_may(self, KAB_RIGHT_CLIENT_ORDERS));
}

/* A password that is another one's is not tried at the base. */
static gboolean
is_same_at_base(KabSession *self, const SignIn *job)
{
    return self->base_login == NULL || g_str_equal(self->base_login, job->login);
}

static void
tell_base(KabSession *self)
{
    g_autofree char *text = NULL;

    if (kab_client_get_user(self->base) != NULL)
        return;
    text = g_strdup_printf(_("At the base it is %s: sign in there on the page “Connections”"),
                           self->base_login);
    kab_session_tell(self, text);
    g_signal_emit_by_name(self, "base-changed"); /* it may have been open */
}

static void
finish_signed_in(GTask *task)
{
    KabSession *self = g_task_get_source_object(task);
    SignIn *job = g_task_get_task_data(task);

    if (job->keep) {
        kab_session_store(self, self->portal);
        if (self->base != NULL)
            kab_session_store(self, self->base);
    }
    kab_session_enter(self);
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

/* Nobody was kept out by a base that cannot be reached. */
static void
tell_refused(KabSession *self, const GError *error)
{
    g_autofree char *text =
        error->domain == KAB_ERROR
            ? g_strconcat(_("The base did not let you in: "), error->message, NULL)
            : g_strdup_printf(_("Base: %s"), error->message);

    kab_session_tell(self, text);
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
    tell_refused(self, error);
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

    if (known && (!wants_base(self) || !is_same_at_base(self, job))) {
        if (wants_base(self))
            tell_base(self);
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
    KabSession *self = g_task_get_source_object(task);
    g_autoptr(GError) error = NULL;

    if (!kab_client_sign_in_finish(KAB_CLIENT(source), result, &error)) {
        if (g_error_matches(error, KAB_ERROR, KAB_ERROR_UNAUTHORIZED)) {
            kab_token_clear(KAB_CLIENT(source));
        } else if (KAB_CLIENT(source) == self->base && kab_client_get_user(self->portal) != NULL &&
                   !g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
            /* Who is known at the portal need not wait for the base. */
            tell_refused(self, error);
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

void
kab_session_renew_async(KabSession *self, const char *password, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer data)
{
    if (self->live != NULL)
        kab_client_live_stop(self->live);
    sign_in(self, self->login != NULL ? self->login : "", password, self->kept, self->partner_id,
            g_task_new(self, cancellable, callback, data));
}
