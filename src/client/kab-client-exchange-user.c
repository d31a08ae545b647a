/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-exchange-user.h"
#include "kab-error.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/random.h>

#define N_SECRET_BYTES 24

typedef struct {
    gboolean with_key;
    KabUserId id;
    KabNewKey *made; /* (owned) (nullable) */
} Job;

static void
job_free(gpointer data)
{
    Job *job = data;

    g_clear_pointer(&job->made, kab_new_key_free);
    g_free(job);
}

static void
on_key_made(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(GTask) task = data;
    GError *error = NULL;
    KabNewKey *key = kab_client_add_key_finish(KAB_CLIENT(source), result, &error);

    if (key != NULL)
        g_task_return_pointer(task, key, (GDestroyNotify)kab_new_key_free);
    else
        g_task_return_error(task, error);
}

static void
on_password_set(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(GTask) task = data;
    Job *job = g_task_get_task_data(task);
    GError *error = NULL;

    if (kab_client_user_done_finish(KAB_CLIENT(source), result, &error))
        g_task_return_pointer(task, g_steal_pointer(&job->made), (GDestroyNotify)kab_new_key_free);
    else
        g_task_return_error(task, error);
}

/* As hard to guess as a key. */
static KabNewKey *
make_password(GError **error)
{
    guint8 bytes[N_SECRET_BYTES];
    KabNewKey *made;

    if (getrandom(bytes, sizeof bytes, 0) != (gssize)sizeof bytes) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_FAILED, _("No password can be made: %s"),
                    g_strerror(errno));
        return NULL;
    }
    made = g_new0(KabNewKey, 1);
    made->client_id = g_strdup(KAB_EXCHANGE_LOGIN);
    made->client_secret = g_base64_encode(bytes, sizeof bytes);
    explicit_bzero(bytes, sizeof bytes);
    return made;
}

/* Takes @task. */
static void
make_secret(GTask *task)
{
    KabClient *self = g_task_get_source_object(task);
    Job *job = g_task_get_task_data(task);
    GCancellable *cancellable = g_task_get_cancellable(task);
    GError *error = NULL;

    if (job->with_key) {
        kab_client_add_key_async(self, job->id, cancellable, on_key_made, task);
        return;
    }
    job->made = make_password(&error);
    if (job->made != NULL) {
        kab_client_set_user_password_async(self, job->id, job->made->client_secret, cancellable,
                                           on_password_set, task);
        return;
    }
    g_task_return_error(task, error);
    g_object_unref(task);
}

static const KabUser *
find_exchange_user(const KabPage *page)
{
    for (guint i = 0; i < page->items->len; i++) {
        const KabUser *user = g_ptr_array_index(page->items, i);

        if (user->role == KAB_ROLE_EXCHANGE &&
            g_ascii_strcasecmp(user->login, KAB_EXCHANGE_LOGIN) == 0)
            return user;
    }
    return NULL;
}

static void
on_users_got(GObject *source, GAsyncResult *result, gpointer data)
{
    GTask *task = data;
    GError *error = NULL;
    g_autoptr(KabPage) page = kab_client_list_users_finish(KAB_CLIENT(source), result, &error);
    const KabUser *user = page != NULL ? find_exchange_user(page) : NULL;

    if (user != NULL) {
        ((Job *)g_task_get_task_data(task))->id = user->id;
        make_secret(task);
        return;
    }
    if (page != NULL)
        g_set_error(&error, KAB_ERROR, KAB_ERROR_CONFLICT,
                    _("“%s” is somebody who is no exchange user: make one by hand, and enter here "
                      "how it signs in"),
                    KAB_EXCHANGE_LOGIN);
    g_task_return_error(task, error);
    g_object_unref(task);
}

static void
on_user_added(GObject *source, GAsyncResult *result, gpointer data)
{
    const KabUsersQuery query = {.text = KAB_EXCHANGE_LOGIN, .role = "exchange"};
    GTask *task = data;
    GError *error = NULL;
    g_autoptr(KabUser) user = kab_client_user_finish(KAB_CLIENT(source), result, &error);

    if (user != NULL) {
        ((Job *)g_task_get_task_data(task))->id = user->id;
        make_secret(task);
    } else if (g_error_matches(error, KAB_ERROR, KAB_ERROR_CONFLICT)) {
        g_clear_error(&error); /* it is there already */
        kab_client_list_users_async(KAB_CLIENT(source), &query, NULL, 100,
                                    g_task_get_cancellable(task), on_users_got, task);
    } else {
        g_task_return_error(task, error);
        g_object_unref(task);
    }
}

void
kab_client_make_exchange_user_async(KabClient *self, gboolean with_key, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer data)
{
    GTask *task = g_task_new(self, cancellable, callback, data);
    const KabUser user = {.login = (char *)KAB_EXCHANGE_LOGIN,
                          .name = (char *)_("Exchange"),
                          .role = KAB_ROLE_EXCHANGE,
                          .active = TRUE};
    Job *job = g_new0(Job, 1);

    job->with_key = with_key;
    g_task_set_task_data(task, job, job_free);
    kab_client_add_user_async(self, &user, cancellable, on_user_added, task);
}

KabNewKey *
kab_client_make_exchange_user_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result,
                                     GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}
