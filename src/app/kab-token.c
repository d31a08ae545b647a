/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-secrets.h"
#include "kab-token.h"

#include <glib/gi18n-lib.h>

#define WHAT "session"
#define SECONDS 2

/* What is asked of the Secret Service, for a bounded time. */
typedef struct {
    GCancellable *cancellable; /* (owned) */
    guint timeout;
} Limit;

static void
limit_free(gpointer data)
{
    Limit *limit = data;

    g_clear_handle_id(&limit->timeout, g_source_remove);
    g_object_unref(limit->cancellable);
    g_free(limit);
}

static gboolean
on_late(gpointer data)
{
    Limit *limit = data;

    limit->timeout = 0;
    g_cancellable_cancel(limit->cancellable);
    return G_SOURCE_REMOVE;
}

static GTask *
begin(KabClient *client, GAsyncReadyCallback callback, gpointer data, GCancellable **cancellable)
{
    GTask *task = g_task_new(client, NULL, callback, data);
    Limit *limit = g_new0(Limit, 1);

    limit->cancellable = g_cancellable_new();
    limit->timeout = g_timeout_add_seconds(SECONDS, on_late, limit);
    g_task_set_task_data(task, limit, limit_free);
    *cancellable = limit->cancellable;
    return task;
}

/* The error of a task whose time is over says so. Takes @error. */
static void
fail(GTask *task, GError *error)
{
    const Limit *limit = g_task_get_task_data(task);

    if (g_cancellable_is_cancelled(limit->cancellable)) {
        g_error_free(error);
        error = g_error_new_literal(G_IO_ERROR, G_IO_ERROR_TIMED_OUT,
                                    _("The Secret Service does not answer"));
    }
    g_task_return_error(task, error);
}

static void
on_stored(GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
    g_autoptr(GTask) task = data;
    GError *error = NULL;

    if (kab_secrets_store_finish(result, &error))
        g_task_return_boolean(task, TRUE);
    else
        fail(task, error);
}

void
kab_token_store_async(KabClient *client, GAsyncReadyCallback callback, gpointer data)
{
    GCancellable *cancellable;
    GTask *task = begin(client, callback, data, &cancellable);

    kab_secrets_store_async(kab_client_get_address(client), WHAT, kab_client_get_token(client),
                            cancellable, on_stored, task);
}

gboolean
kab_token_store_finish(KabClient *client, GAsyncResult *result, GError **error)
{
    g_return_val_if_fail(g_task_is_valid(result, client), FALSE);
    return g_task_propagate_boolean(G_TASK(result), error);
}

static void
on_looked_up(GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
    g_autoptr(GTask) task = data;
    GError *error = NULL;
    char *token = kab_secrets_lookup_finish(result, &error);

    if (error == NULL)
        g_task_return_pointer(task, token, g_free);
    else
        fail(task, error);
}

void
kab_token_lookup_async(KabClient *client, GAsyncReadyCallback callback, gpointer data)
{
    GCancellable *cancellable;
    GTask *task = begin(client, callback, data, &cancellable);

    kab_secrets_lookup_async(kab_client_get_address(client), WHAT, cancellable, on_looked_up, task);
}

char *
kab_token_lookup_finish(KabClient *client, GAsyncResult *result, GError **error)
{
    g_return_val_if_fail(g_task_is_valid(result, client), NULL);
    return g_task_propagate_pointer(G_TASK(result), error);
}

static void
on_cleared(GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
    g_autoptr(GTask) task = data;
    GError *error = NULL;

    if (kab_secrets_clear_finish(result, &error)) {
        g_task_return_boolean(task, TRUE);
        return;
    }
    g_debug("What was kept could not be forgotten: %s", error->message);
    g_task_return_error(task, error);
}

void
kab_token_clear(KabClient *client)
{
    GCancellable *cancellable;
    GTask *task = begin(client, NULL, NULL, &cancellable);

    kab_secrets_clear_async(kab_client_get_address(client), WHAT, cancellable, on_cleared, task);
}
