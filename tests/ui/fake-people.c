/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-client.h"
#include "fake-world.h"
#include "kab-client-people.h"
#include "kab-error.h"

#include <string.h>

/* The codes of this world. */
#define GOOD "0123456789ABCDEFGHJKMNPQRS"
#define EXPIRED "1123456789ABCDEFGHJKMNPQRS"

static void
compute_code(GTask *task, gpointer args)
{
    char **texts = args;

    if (strcmp(texts[0], EXPIRED) == 0)
        g_task_return_new_error(task, KAB_ERROR, KAB_ERROR_STATE, "The code has expired");
    else if (strcmp(texts[0], GOOD) != 0)
        g_task_return_new_error(task, KAB_ERROR, KAB_ERROR_NOT_FOUND, "The code is not valid");
    else if (strlen(texts[1]) < 8)
        g_task_return_new_error(task, KAB_ERROR, KAB_ERROR_INVALID, "The password is too short");
    else
        fake_sign_in(task, "anna");
}

void
kab_client_use_code_async(KabClient *self, const char *code, const char *password,
                          GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    GTask *task = g_task_new(self, cancellable, callback, data);
    const char *args[] = {code, password, NULL};

    g_task_set_task_data(task, g_strdupv((char **)args), (GDestroyNotify)g_strfreev);
    fake_answer(task, FAKE_SIGN_IN, compute_code);
}

static void
compute_letter(GTask *task, gpointer args G_GNUC_UNUSED)
{
    g_task_return_boolean(task, TRUE);
}

void
kab_client_renew_code_async(KabClient *self, const char *code G_GNUC_UNUSED,
                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    fake_answer(g_task_new(self, cancellable, callback, data), FAKE_SIGN_IN, compute_letter);
}

void
kab_client_reset_async(KabClient *self, const char *login G_GNUC_UNUSED, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer data)
{
    fake_answer(g_task_new(self, cancellable, callback, data), FAKE_SIGN_IN, compute_letter);
}

gboolean
kab_client_letter_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result, GError **error)
{
    return g_task_propagate_boolean(G_TASK(result), error);
}
