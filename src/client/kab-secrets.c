/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-secrets.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>

static const SecretSchema schema = {
    .name = "org.kabinet.Kabinet.Secret",
    .flags = SECRET_SCHEMA_NONE,
    .attributes =
        {
            {"address", SECRET_SCHEMA_ATTRIBUTE_STRING},
            {"what", SECRET_SCHEMA_ATTRIBUTE_STRING},
            {NULL, 0},
        },
};

void
kab_secrets_store_async(const char *address, const char *what, const char *secret,
                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    /* Translators: the name of a secret in the keyring: what it is, and which service it is for */
    g_autofree char *label = g_strdup_printf(_("Kabinet: %s for %s"), what, address);

    secret_password_store(&schema, SECRET_COLLECTION_DEFAULT, label, secret, cancellable, callback,
                          data, "address", address, "what", what, NULL);
}

gboolean
kab_secrets_store_finish(GAsyncResult *result, GError **error)
{
    return secret_password_store_finish(result, error);
}

/* On a worker thread: the library derives keys, and reads a file where there is no service. */
static void
lookup(GTask *task, gpointer source G_GNUC_UNUSED, gpointer data, GCancellable *cancellable)
{
    GError *error = NULL;
    char *secret = secret_password_lookupv_sync(&schema, data, cancellable, &error);

    if (error == NULL)
        g_task_return_pointer(task, secret, (GDestroyNotify)secret_password_free);
    else
        g_task_return_error(task, error);
}

static gpointer
open_service(gpointer data G_GNUC_UNUSED)
{
    g_autoptr(GHashTable) attributes = g_hash_table_new(g_str_hash, g_str_equal);

    g_hash_table_insert(attributes, (gpointer) "address", (gpointer) "");
    secret_password_free(secret_password_lookupv_sync(&schema, attributes, NULL, NULL));
    return NULL;
}

void
kab_secrets_warm_up(void)
{
    g_thread_unref(g_thread_new("kab-secrets", open_service, NULL));
}

void
kab_secrets_lookup_async(const char *address, const char *what, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer data)
{
    g_autoptr(GTask) task = g_task_new(NULL, cancellable, callback, data);
    GHashTable *attributes = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);

    g_hash_table_insert(attributes, (gpointer) "address", g_strdup(address));
    g_hash_table_insert(attributes, (gpointer) "what", g_strdup(what));
    g_task_set_task_data(task, attributes, (GDestroyNotify)g_hash_table_unref);
    g_task_set_return_on_cancel(task, TRUE);
    g_task_run_in_thread(task, lookup);
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
    secret_password_clear(&schema, cancellable, callback, data, "address", address, "what", what,
                          NULL);
}

gboolean
kab_secrets_clear_finish(GAsyncResult *result, GError **error)
{
    g_autoptr(GError) local = NULL;

    /* Nothing to forget is no error: the library answers FALSE without one. */
    secret_password_clear_finish(result, &local);
    return kab_error_pass(error, &local);
}

/* Seen with no bus, a dead bus, nothing that could be activated, and no keyring that is open. */
gboolean
kab_secrets_is_unavailable(const GError *error)
{
    if (error->domain == G_IO_ERROR)
        return error->code != G_IO_ERROR_CANCELLED;
    return error->domain == G_DBUS_ERROR || error->domain == G_SPAWN_ERROR;
}
