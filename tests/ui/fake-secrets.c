/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fake-world.h"

/* Keeps secrets in memory, or behaves as a desktop without a Secret Service, or as one that waits
 * for a person who never comes. */

static void
on_cancelled(GCancellable *cancellable G_GNUC_UNUSED, gpointer data)
{
    g_task_return_error_if_cancelled(data);
}

/* Returns: whether the call has been dealt with, because the service does not work. */
static gboolean
refuse(GTask *task)
{
    GCancellable *cancellable = g_task_get_cancellable(task);

    if (fake_world.secrets_mode == FAKE_SECRETS_NONE) {
        g_task_return_new_error(task, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN, "no service");
        g_object_unref(task);
    } else if (fake_world.secrets_mode == FAKE_SECRETS_HANG) {
        g_signal_connect_data(cancellable, "cancelled", G_CALLBACK(on_cancelled), task,
                              (GClosureNotify)(void (*)(void))g_object_unref, 0);
    }
    return fake_world.secrets_mode != FAKE_SECRETS_WORK;
}

void
kab_secrets_store_async(const char *address, const char *what, const char *secret,
                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    GTask *task = g_task_new(NULL, cancellable, callback, data);

    if (refuse(task))
        return;
    g_assert_cmpstr(what, ==, "session");
    g_hash_table_replace(fake_world.secrets, g_strdup(address), g_strdup(secret));
    g_task_return_boolean(task, TRUE);
    g_object_unref(task);
}

gboolean
kab_secrets_store_finish(GAsyncResult *result, GError **error)
{
    return g_task_propagate_boolean(G_TASK(result), error);
}

void
kab_secrets_warm_up(void)
{
}

void
kab_secrets_lookup_async(const char *address, const char *what, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer data)
{
    GTask *task = g_task_new(NULL, cancellable, callback, data);

    if (refuse(task))
        return;
    g_assert_cmpstr(what, ==, "session");
    g_task_return_pointer(task, g_strdup(g_hash_table_lookup(fake_world.secrets, address)), g_free);
    g_object_unref(task);
}

char *
kab_secrets_lookup_finish(GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}

void
kab_secrets_clear_async(const char *address, const char *what, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer data)
{
    GTask *task = g_task_new(NULL, cancellable, callback, data);

    if (refuse(task))
        return;
    g_assert_cmpstr(what, ==, "session");
    g_hash_table_remove(fake_world.secrets, address);
    g_task_return_boolean(task, TRUE);
    g_object_unref(task);
}

gboolean
kab_secrets_clear_finish(GAsyncResult *result, GError **error)
{
    return g_task_propagate_boolean(G_TASK(result), error);
}

gboolean
kab_secrets_is_unavailable(const GError *error)
{
    return error != NULL && error->domain == G_DBUS_ERROR;
}

void
fake_set_secrets(FakeSecrets secrets)
{
    fake_world.secrets_mode = secrets;
}

const char *
fake_get_secret(const char *address)
{
    return g_hash_table_lookup(fake_world.secrets, address);
}
