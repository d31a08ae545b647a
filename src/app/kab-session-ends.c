/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-exchange.h"
#include "kab-client-orders.h"
#include "kab-error.h"
#include "kab-session-ends.h"
#include "kab-session-private.h"
#include "kab-token.h"

#include <glib/gi18n-lib.h>

/* One end over a new connection. */
typedef struct {
    gboolean base;
    gboolean trust;    /* what it is trusted by is to stay */
    KabClient *client; /* (owned): the new connection */
    KabClient *asked;  /* (owned) (nullable): the one that it is beside */
    char *ca_file;     /* (owned) (nullable) */
    char *login;       /* (owned) (nullable) */
} Trial;

static void
trial_free(gpointer data)
{
    Trial *trial = data;

    g_clear_object(&trial->client);
    g_clear_object(&trial->asked);
    g_free(trial->ca_file);
    g_free(trial->login);
    g_free(trial);
}

static KabClient *
connect_to(const char *address, const char *ca_file, GError **error)
{
    g_autoptr(KabClient) client = kab_client_new(address, error);

    if (client == NULL || !kab_client_trust(client, ca_file, error))
        return NULL;
    return g_steal_pointer(&client);
}

KabSession *
kab_session_new_for(const KabAppConfig *config, GError **error)
{
    g_autoptr(KabSession) self =
        kab_session_new(config->portal_address, config->base_address, error);

    if (self == NULL || !kab_client_trust(self->portal, config->ca_file, error) ||
        (self->base != NULL && !kab_client_trust(self->base, config->base_ca_file, error)))
        return NULL;
    self->embedded = config->embedded;
    self->ca_files[FALSE] = g_strdup(config->ca_file);
    self->ca_files[TRUE] = g_strdup(config->base_ca_file);
    self->base_login = g_strdup(config->base_login);
    return g_steal_pointer(&self);
}

gboolean
kab_session_is_embedded(KabSession *self)
{
    return self->embedded;
}

const char *
kab_session_get_ca_file(KabSession *self, gboolean base)
{
    return self->ca_files[base ? 1 : 0];
}

const char *
kab_session_get_base_login(KabSession *self)
{
    return self->base_login;
}

static void
set_text(char **text, const char *value)
{
    char *copy = g_strdup(value);

    g_free(*text);
    *text = copy;
}

/* Whether the base is still the one that was asked; the portal always is. */
static gboolean
is_current(KabSession *self, const Trial *trial)
{
    return !trial->base || trial->asked == self->base;
}

/* The end has answered as it should. */
static void
take(KabSession *self, const Trial *trial)
{
    if (!is_current(self, trial))
        return;
    if (trial->base && kab_client_get_user(self->base) == NULL) {
        kab_session_set_base(self, trial->client, trial->ca_file, self->base_login);
    } else if (trial->trust && kab_client_trust(trial->asked, trial->ca_file, NULL)) {
        set_text(&self->ca_files[trial->base ? 1 : 0], trial->ca_file);
        kab_session_tell_ends(self, FALSE);
    }
}

static void
on_tried(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(GTask) task = data;
    KabSession *self = g_task_get_source_object(task);
    const Trial *trial = g_task_get_task_data(task);
    GError *error = NULL;

    if (kab_client_sign_in_finish(KAB_CLIENT(source), result, &error)) {
        take(self, trial);
        g_task_return_boolean(task, TRUE);
        return;
    }
    /* Where nobody is signed in, the certificate is all there is to know. */
    if (g_error_matches(error, KAB_ERROR, KAB_ERROR_UNAUTHORIZED) && trial->trust &&
        kab_client_get_user(trial->asked) == NULL && is_current(self, trial) &&
        kab_client_trust(trial->asked, trial->ca_file, NULL)) {
        set_text(&self->ca_files[trial->base ? 1 : 0], trial->ca_file);
        kab_session_tell_ends(self, FALSE);
        g_error_free(error);
        g_task_return_boolean(task, TRUE);
        return;
    }
    g_task_return_error(task, error);
}

/* Takes @task. */
static void
try(KabSession *self, gboolean base, gboolean trust, const char *ca_file, GTask *task)
{
    KabClient *asked = base ? self->base : self->portal;
    Trial *trial = g_new0(Trial, 1);
    const char *token = kab_client_get_token(asked);
    GError *error = NULL;

    g_task_set_task_data(task, trial, trial_free);
    trial->base = base;
    trial->trust = trust;
    trial->asked = g_object_ref(asked);
    trial->ca_file = g_strdup(ca_file);
    trial->client = connect_to(kab_client_get_address(asked), ca_file, &error);
    if (trial->client == NULL) {
        g_task_return_error(task, error);
        g_object_unref(task);
        return;
    }
    kab_client_resume_async(trial->client, token != NULL ? token : "none",
                            g_task_get_cancellable(task), on_tried, task);
}

void
kab_session_check_async(KabSession *self, gboolean base, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer data)
{
    g_return_if_fail(!base || self->base != NULL);
    try(self, base, FALSE, kab_session_get_ca_file(self, base),
        g_task_new(self, cancellable, callback, data));
}

void
kab_session_trust_async(KabSession *self, gboolean base, const char *ca_file,
                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    g_return_if_fail(!base || self->base != NULL);
    try(self, base, TRUE, ca_file, g_task_new(self, cancellable, callback, data));
}

/* A portal lets the same people in: only a base has client orders. */
static void
on_base_proved(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(GTask) task = data;
    KabSession *self = g_task_get_source_object(task);
    const Trial *trial = g_task_get_task_data(task);
    GError *error = NULL;
    KabPage *page = kab_client_list_orders_finish(trial->client, result, &error);
    g_autoptr(KabClient) before = self->base != NULL ? g_object_ref(self->base) : NULL;
    gboolean same;

    if (page == NULL) {
        kab_client_sign_out_async(KAB_CLIENT(source), NULL, NULL, NULL);
        if (g_error_matches(error, KAB_ERROR, KAB_ERROR_NOT_FOUND)) {
            g_error_free(error);
            error = g_error_new_literal(KAB_ERROR, KAB_ERROR_NOT_FOUND,
                                        _("What answers at this address is no base: is it the "
                                          "portal’s address?"));
        }
        g_task_return_error(task, error);
        return;
    }
    kab_page_free(page);
    same = before != NULL &&
           g_str_equal(kab_client_get_address(before), kab_client_get_address(trial->client));
    if (before != NULL && kab_client_get_token(before) != NULL) {
        if (same)
            kab_client_sign_out_async(before, NULL, NULL, NULL); /* the new one is kept instead */
        else
            kab_session_end_at(self, before);
    }
    kab_session_set_base(self, trial->client, trial->ca_file,
                         g_strcmp0(trial->login, self->login) != 0 ? trial->login : NULL);
    if (self->kept)
        kab_session_store(self, trial->client);
    g_task_return_boolean(task, TRUE);
}

static void
on_base_signed_in(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(GTask) task = data;
    GCancellable *cancellable = g_task_get_cancellable(task);
    GError *error = NULL;

    if (kab_client_sign_in_finish(KAB_CLIENT(source), result, &error))
        kab_client_list_client_orders_async(KAB_CLIENT(source), NULL, NULL, 1, cancellable,
                                            on_base_proved, g_steal_pointer(&task));
    else
        g_task_return_error(task, error);
}

void
kab_session_connect_async(KabSession *self, const char *address, const char *ca_file,
                          const char *login, const char *password, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer data)
{
    g_autoptr(GTask) task = g_task_new(self, cancellable, callback, data);
    Trial *trial = g_new0(Trial, 1);
    GError *error = NULL;

    g_task_set_task_data(task, trial, trial_free);
    trial->base = TRUE;
    trial->ca_file = g_strdup(ca_file);
    trial->login = g_strdup(login);
    trial->client = connect_to(address, ca_file, &error);
    if (trial->client == NULL)
        g_task_return_error(task, error);
    else
        kab_client_sign_in_async(trial->client, login, password, cancellable, on_base_signed_in,
                                 g_steal_pointer(&task));
}

void
kab_session_set_base(KabSession *self, KabClient *base, const char *ca_file, const char *login)
{
    g_set_object(&self->base, base);
    set_text(&self->ca_files[TRUE], ca_file);
    set_text(&self->base_login, login);
    kab_session_tell_ends(self, TRUE);
}

void
kab_session_end_at(KabSession *self, KabClient *base)
{
    if (kab_client_get_token(base) == NULL)
        return;
    kab_client_sign_out_async(base, NULL, NULL, NULL);
    if (self->kept)
        kab_token_clear(base);
}
