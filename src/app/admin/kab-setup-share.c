/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-setup-share.h"

#include <string.h>

#define SCHEDULE "exchange.schedule"
#define PUSH "exchange.push"
#define PULL "exchange.pull"

typedef struct {
    KabClient *portal; /* (owned) (nullable) */
    char *schedule;    /* (owned) (nullable): the base's */
    char *push;        /* (owned) (nullable) */
    gboolean runs;
} Share;

static void
share_free(gpointer data)
{
    Share *share = data;

    g_clear_object(&share->portal);
    g_free(share->schedule);
    g_free(share->push);
    g_free(share);
}

static const char *
get_value(const KabSettingList *settings, const char *name)
{
    const KabSettingInfo *setting = kab_setting_list_find(settings, name);

    return setting != NULL && setting->value != NULL ? setting->value : "";
}

/* "0" and "00:00" are no schedule. */
gboolean
kab_setup_share_runs(const KabSettingList *settings)
{
    const char *schedule = get_value(settings, SCHEDULE);

    return strspn(schedule, "0:") < strlen(schedule) ||
           g_str_equal(get_value(settings, PUSH), "true");
}

static void
on_set(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(GTask) task = data;
    GError *error = NULL;
    g_autoptr(KabSettingList) list = kab_client_settings_finish(KAB_CLIENT(source), result, &error);

    if (list == NULL)
        g_task_return_error(task, error);
    else
        g_task_return_boolean(task, TRUE);
}

static void
on_portal_got(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(GTask) task = data;
    const Share *share = g_task_get_task_data(task);
    GCancellable *cancellable = g_task_get_cancellable(task);
    GError *error = NULL;
    g_autoptr(KabSettingList) list = kab_client_settings_finish(KAB_CLIENT(source), result, &error);
    const char *values[] = {SCHEDULE, share->schedule, PUSH, share->push, NULL};

    if (list == NULL)
        g_task_return_error(task, error);
    else if (kab_setup_share_runs(list))
        g_task_return_boolean(task, TRUE);
    else
        kab_client_set_settings_async(share->portal, values, cancellable, on_set,
                                      g_steal_pointer(&task));
}

static void
on_base_got(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(GTask) task = data;
    Share *share = g_task_get_task_data(task);
    GCancellable *cancellable = g_task_get_cancellable(task);
    GError *error = NULL;
    g_autoptr(KabSettingList) list = kab_client_settings_finish(KAB_CLIENT(source), result, &error);

    if (list == NULL) {
        g_task_return_error(task, error);
        return;
    }
    share->schedule = g_strdup(get_value(list, SCHEDULE));
    share->push = g_strdup(get_value(list, PUSH));
    share->runs = kab_setup_share_runs(list);
    if (share->portal == NULL || !share->runs || g_str_equal(get_value(list, PULL), "true"))
        g_task_return_boolean(task, TRUE);
    else
        kab_client_get_settings_async(share->portal, cancellable, on_portal_got,
                                      g_steal_pointer(&task));
}

void
kab_setup_share_async(KabClient *base, KabClient *portal, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer data)
{
    GTask *task = g_task_new(NULL, cancellable, callback, data);
    Share *share = g_new0(Share, 1);

    g_set_object(&share->portal, portal);
    g_task_set_task_data(task, share, share_free);
    kab_client_get_settings_async(base, cancellable, on_base_got, task);
}

gboolean
kab_setup_share_finish(GAsyncResult *result, gboolean *runs, GError **error)
{
    *runs = ((const Share *)g_task_get_task_data(G_TASK(result)))->runs;
    return g_task_propagate_boolean(G_TASK(result), error);
}
