/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-users.h"
#include "kab-setup-key.h"

struct _KabSetupKey {
    char *client_id;     /* (owned) (nullable): the present one */
    GPtrArray *replaced; /* (owned) (element-type utf8) */
};

KabSetupKey *
kab_setup_key_new(void)
{
    KabSetupKey *self = g_new0(KabSetupKey, 1);

    self->replaced = g_ptr_array_new_with_free_func(g_free);
    return self;
}

void
kab_setup_key_free(KabSetupKey *self)
{
    g_free(self->client_id);
    g_ptr_array_unref(self->replaced);
    g_free(self);
}

void
kab_setup_key_set_used(KabSetupKey *self, const char *client_id)
{
    if (self->client_id == NULL && client_id != NULL && *client_id != '\0')
        self->client_id = g_strdup(client_id);
}

void
kab_setup_key_set_made(KabSetupKey *self, const char *client_id)
{
    if (self->client_id != NULL)
        g_ptr_array_add(self->replaced, self->client_id);
    self->client_id = g_strdup(client_id);
}

gboolean
kab_setup_key_settle(KabSetupKey *self, KabClient *portal, GCancellable *cancellable,
                     GAsyncReadyCallback callback, gpointer data)
{
    gboolean any = self->replaced->len > 0;

    for (guint i = 0; i < self->replaced->len; i++)
        kab_client_revoke_key_async(portal, g_ptr_array_index(self->replaced, i), cancellable,
                                    callback, data);
    g_ptr_array_set_size(self->replaced, 0);
    return any;
}
