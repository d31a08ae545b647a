/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fake-world.h"
#include "kab-client-settings.h"

#include <string.h>

/* kab-client-settings.h: both ends have the same settings. */

static struct {
    GPtrArray *settings; /* KabSettingInfo */
    char *problem;       /* (nullable): what "Check integration" finds */
} console;

static void
setting_free(gpointer data)
{
    KabSettingInfo *setting = data;

    g_free(setting->name);
    g_free(setting->title);
    g_free(setting->type);
    g_free(setting->value);
    g_free(setting);
}

static KabSettingInfo *
setting_new(const char *name, const char *title, const char *type, const char *value)
{
    KabSettingInfo *setting = g_new0(KabSettingInfo, 1);

    setting->name = g_strdup(name);
    setting->title = g_strdup(title);
    setting->type = g_strdup(type);
    setting->value = g_strdup(value);
    setting->is_set = value == NULL;
    return setting;
}

void
kab_setting_list_free(KabSettingList *list)
{
    if (list == NULL)
        return;
    g_ptr_array_unref(list->items);
    g_free(list->notice);
    g_free(list);
}

const KabSettingInfo *
kab_setting_list_find(const KabSettingList *list, const char *name)
{
    for (guint i = 0; i < list->items->len; i++) {
        const KabSettingInfo *setting = g_ptr_array_index(list->items, i);

        if (g_str_equal(setting->name, name))
            return setting;
    }
    return NULL;
}

void
fake_reset_console(void)
{
    static const char *const settings[][4] = {
        {"service.address", "Address of the HTTP service", "address", "https://erp.example.com"},
        {"service.secret", "Client Secret", "secret", NULL},
        {"exchange.enabled", "Integration enabled", "switch", "true"},
        {"exchange.schedule", "Schedule of the exchange", "interval", "05:00"},
        {"orders.stock_check", "What to do when there is too little stock", "mode", "warn"},
        {"mail.security", "Security of the connection to the mail server", "security", "starttls"},
    };

    g_clear_pointer(&console.settings, g_ptr_array_unref);
    g_clear_pointer(&console.problem, g_free);
    console.settings = g_ptr_array_new_with_free_func(setting_free);
    for (gsize i = 0; i < G_N_ELEMENTS(settings); i++)
        g_ptr_array_add(console.settings, setting_new(settings[i][0], settings[i][1],
                                                      settings[i][2], settings[i][3]));
}

void
fake_set_problem(const char *problem)
{
    g_free(console.problem);
    console.problem = g_strdup(problem);
}

const char *
fake_get_setting(const char *name)
{
    const KabSettingList list = {console.settings, NULL};

    return kab_setting_list_find(&list, name)->value;
}

/* kab-client-settings.h */

static KabSettingList *
copy_settings(const char *notice)
{
    KabSettingList *list = g_new0(KabSettingList, 1);

    list->items = g_ptr_array_new_with_free_func(setting_free);
    list->notice = g_strdup(notice);
    for (guint i = 0; i < console.settings->len; i++) {
        const KabSettingInfo *setting = g_ptr_array_index(console.settings, i);

        g_ptr_array_add(list->items,
                        setting_new(setting->name, setting->title, setting->type, setting->value));
    }
    return list;
}

static void
compute_settings(GTask *task, gpointer args G_GNUC_UNUSED)
{
    g_task_return_pointer(task, copy_settings(NULL), (GDestroyNotify)kab_setting_list_free);
}

void
kab_client_get_settings_async(KabClient *self, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data)
{
    fake_answer(g_task_new(self, cancellable, callback, data), FAKE_SETTINGS, compute_settings);
}

static void
compute_set_settings(GTask *task, gpointer args)
{
    char **values = args;

    for (guint i = 0; values[i] != NULL; i += 2) {
        for (guint n = 0; n < console.settings->len; n++) {
            KabSettingInfo *setting = g_ptr_array_index(console.settings, n);

            if (!g_str_equal(setting->name, values[i]) || g_str_equal(setting->type, "secret"))
                continue;
            g_free(setting->value);
            setting->value = g_strdup(values[i + 1]);
        }
    }
    g_task_return_pointer(task, copy_settings(NULL), (GDestroyNotify)kab_setting_list_free);
}

void
kab_client_set_settings_async(KabClient *self, const char *const *values, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data)
{
    GTask *task = g_task_new(self, cancellable, callback, data);

    g_task_set_task_data(task, g_strdupv((char **)values), (GDestroyNotify)g_strfreev);
    fake_answer(task, FAKE_SET_SETTINGS, compute_set_settings);
}

KabSettingList *
kab_client_settings_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}

static void
compute_check(GTask *task, gpointer args G_GNUC_UNUSED)
{
    g_task_return_pointer(task, g_strdup(console.problem != NULL ? console.problem : ""), g_free);
}

void
kab_client_check_async(KabClient *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                       gpointer data)
{
    fake_answer(g_task_new(self, cancellable, callback, data), FAKE_CHECK, compute_check);
}

gboolean
kab_client_check_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result, char **problem,
                        GError **error)
{
    g_autofree char *found = g_task_propagate_pointer(G_TASK(result), error);

    *problem = found != NULL && *found != '\0' ? g_strdup(found) : NULL;
    return found != NULL;
}
