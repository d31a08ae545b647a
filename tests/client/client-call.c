/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client-call.h"

void
client_call_answered(GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
    *(GAsyncResult **)data = g_object_ref(result);
}

GAsyncResult *
client_call_wait(GAsyncResult **result)
{
    while (*result == NULL)
        g_main_context_iteration(NULL, TRUE);
    return g_steal_pointer(result);
}

KabClient *
client_call_resume(const char *address, const char *token)
{
    g_autoptr(GError) error = NULL;
    KabClient *client = kab_client_new(address, &error);
    GAsyncResult *result = NULL;
    g_autoptr(GAsyncResult) got = NULL;

    g_assert_no_error(error);
    kab_client_resume_async(client, token, NULL, client_call_answered, &result);
    got = client_call_wait(&result);
    kab_client_sign_in_finish(client, got, &error);
    g_assert_no_error(error);
    return client;
}
