/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-people.h"
#include "kab-outbox.h"
#include "kab-session-private.h"
#include "kab-token.h"

#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE(KabSession, kab_session, G_TYPE_OBJECT)

enum {
    NOTICE,
    SWITCHED,
    ENDS_CHANGED,
    BASE_CHANGED,
    N_SIGNALS,
};

static guint signals[N_SIGNALS];

static gboolean
may(KabClient *client, KabRight right)
{
    const KabUser *user = client != NULL ? kab_client_get_user(client) : NULL;

    return user != NULL && kab_role_may(user->role, right);
}

void
kab_session_tell(KabSession *self, const char *text)
{
    g_signal_emit(self, signals[NOTICE], 0, text);
}

void
kab_session_tell_ends(KabSession *self, gboolean base)
{
    if (base)
        g_signal_emit(self, signals[BASE_CHANGED], 0);
    g_signal_emit(self, signals[ENDS_CHANGED], 0);
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
        kab_session_tell(
            self,
            _("The keyring is locked or not running: you stay signed in until the window closes"));
    self->told = TRUE;
}

void
kab_session_store(KabSession *self, KabClient *client)
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
    kab_session_tell(self, error->message);
}

void
kab_session_enter(KabSession *self)
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
kab_session_dispose(GObject *object)
{
    KabSession *self = KAB_SESSION(object);

    if (self->live != NULL)
        kab_client_live_stop(self->live);
    g_clear_object(&self->live);
    g_clear_object(&self->portal);
    g_clear_object(&self->base);
    g_clear_pointer(&self->login, g_free);
    for (gsize i = 0; i < G_N_ELEMENTS(self->ca_files); i++)
        g_clear_pointer(&self->ca_files[i], g_free);
    g_clear_pointer(&self->base_login, g_free);
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
    /** KabSession::ends-changed: an end, its trust or who signs in there is another one: what the
     * next start has to know. */
    signals[ENDS_CHANGED] = g_signal_new("ends-changed", KAB_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
    /** KabSession::base-changed: the base has come, has gone or is another one, and so may what the
     * person may do there. */
    signals[BASE_CHANGED] = g_signal_new("base-changed", KAB_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
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
        if (clients[i] == NULL || kab_client_get_token(clients[i]) == NULL)
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
        kab_session_enter(self);
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
        kab_session_store(self, self->portal);
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
