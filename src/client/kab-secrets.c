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

void
kab_secrets_lookup_async(const char *address, const char *what, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer data)
{
    secret_password_lookup(&schema, cancellable, callback, data, "address", address, "what", what,
                           NULL);
}

char *
kab_secrets_lookup_finish(GAsyncResult *result, GError **error)
{
    return secret_password_lookup_finish(result, error);
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
