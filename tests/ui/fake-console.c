/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fake-world.h"
#include "kab-client-exchange-user.h"
#include "kab-client-segments.h"
#include "kab-client-settings.h"

#include <string.h>

/* kab-client-settings.h: both ends have the same settings. */

static struct {
    GPtrArray *settings; /* KabSettingInfo */
    char *notice;        /* (nullable): of settings that are set */
    char *problem;       /* (nullable): what "Check integration" finds */
    const char *blamed;  /* (nullable): and in which setting */
    char *secret;        /* (nullable): the one that was set last */
    guint kinds_off;     /* by bits */
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
        {"exchange.address", "Address of the other end", "address", "https://erp.example.com"},
        {"exchange.client-id", "Client ID at the portal", "text", ""},
        {"exchange.client-secret", "Client Secret", "secret", NULL},
        {"exchange.login", "Login at the base", "text", ""},
        {"exchange.password", "Password at the base", "secret", NULL},
        {"exchange.pull", "Check the queue on the portal", "switch", "false"},
        {"exchange.push", "Run as soon as something is queued", "switch", "true"},
        {"exchange.schedule", "Schedule of the exchange", "interval", "05:00"},
        {"orders.stock", "What to do when there is too little stock", "mode", "warn"},
        {"mail.security", "Security of the connection to the mail server", "security", "starttls"},
    };

    g_clear_pointer(&console.settings, g_ptr_array_unref);
    g_clear_pointer(&console.problem, g_free);
    console.blamed = "exchange.client-secret";
    g_clear_pointer(&console.notice, g_free);
    g_clear_pointer(&console.secret, g_free);
    console.kinds_off = 0;
    console.settings = g_ptr_array_new_with_free_func(setting_free);
    for (gsize i = 0; i < G_N_ELEMENTS(settings); i++)
        g_ptr_array_add(console.settings, setting_new(settings[i][0], settings[i][1],
                                                      settings[i][2], settings[i][3]));
}

void
fake_set_notice(const char *notice)
{
    g_free(console.notice);
    console.notice = g_strdup(notice);
}

void
fake_set_problem(const char *problem)
{
    g_free(console.problem);
    console.problem = g_strdup(problem);
}

void
fake_blame(const char *setting)
{
    console.blamed = setting;
}

void
fake_set_setting(const char *name, const char *value)
{
    const KabSettingList list = {console.settings, NULL};
    KabSettingInfo *setting = (KabSettingInfo *)kab_setting_list_find(&list, name);

    g_free(setting->value);
    setting->value = g_strdup(value);
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

            if (!g_str_equal(setting->name, values[i]))
                continue;
            if (g_str_equal(setting->type, "secret")) {
                g_free(console.secret);
                console.secret = g_strdup(values[i + 1]);
                continue;
            }
            g_free(setting->value);
            setting->value = g_strdup(values[i + 1]);
        }
    }
    g_task_return_pointer(task, copy_settings(console.notice),
                          (GDestroyNotify)kab_setting_list_free);
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

void
kab_check_free(KabCheck *check)
{
    g_free(check->problem);
    g_free(check->setting);
    g_free(check->warning);
    g_free(check);
}

static void
compute_check(GTask *task, gpointer args G_GNUC_UNUSED)
{
    KabCheck *check = g_new0(KabCheck, 1);

    check->problem = g_strdup(console.problem);
    check->setting = g_strdup(console.problem != NULL ? console.blamed : NULL);
    g_task_return_pointer(task, check, (GDestroyNotify)kab_check_free);
}

void
kab_client_check_async(KabClient *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                       gpointer data)
{
    fake_answer(g_task_new(self, cancellable, callback, data), FAKE_CHECK, compute_check);
}

void
kab_client_check_address_async(KabClient *self, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer data)
{
    fake_answer(g_task_new(self, cancellable, callback, data), FAKE_CHECK_ADDRESS, compute_check);
}

void
kab_client_check_mail_async(KabClient *self, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data)
{
    fake_answer(g_task_new(self, cancellable, callback, data), FAKE_CHECK_MAIL, compute_check);
}

KabCheck *
kab_client_check_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}

void
kab_object_kind_free(KabObjectKind *kind)
{
    g_free(kind->kind);
    g_free(kind);
}

static void
compute_kinds(GTask *task, gpointer args)
{
    static const char *const kinds[] = {"partner", "product", "picture"};
    KabPage *page = fake_page_new((GDestroyNotify)kab_object_kind_free);
    const char *change = args;

    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++) {
        KabObjectKind *kind = g_new0(KabObjectKind, 1);

        if (change != NULL && g_str_equal(change + 1, kinds[i]))
            console.kinds_off =
                *change == '-' ? console.kinds_off | 1u << i : console.kinds_off & ~(1u << i);
        kind->kind = g_strdup(kinds[i]);
        kind->enabled = (console.kinds_off & 1u << i) == 0;
        kind->queued = 7 * (gint64)i;
        g_ptr_array_add(page->items, kind);
    }
    g_task_return_pointer(task, page, (GDestroyNotify)kab_page_free);
}

void
kab_client_list_kinds_async(KabClient *self, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data)
{
    fake_answer(g_task_new(self, cancellable, callback, data), FAKE_KINDS, compute_kinds);
}

void
kab_client_set_kind_async(KabClient *self, const char *kind, gboolean enabled,
                          GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    GTask *task = g_task_new(self, cancellable, callback, data);

    g_task_set_task_data(task, g_strconcat(enabled ? "+" : "-", kind, NULL), g_free);
    fake_answer(task, FAKE_SET_KIND, compute_kinds);
}

KabPage *
kab_client_kinds_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}

const char *
fake_get_set_secret(void)
{
    return console.secret;
}

gboolean
fake_is_kind_off(guint i)
{
    return (console.kinds_off & 1u << i) != 0;
}

/* kab-client-segments.h: two attributes; the second one has a value for each product. */

KabSegment *
kab_segment_new(const char *key, const char *title, gint64 count)
{
    KabSegment *segment = g_new0(KabSegment, 1);

    segment->key = g_strdup(key);
    segment->title = g_strdup(title);
    segment->count = count;
    return segment;
}

void
kab_segment_free(KabSegment *segment)
{
    g_free(segment->key);
    g_free(segment->title);
    g_free(segment);
}

static void
compute_attributes(GTask *task, gpointer args G_GNUC_UNUSED)
{
    KabPage *page = fake_page_new((GDestroyNotify)kab_segment_free);

    g_ptr_array_add(page->items, kab_segment_new("group", "Product group", 0));
    g_ptr_array_add(page->items, kab_segment_new("manufacturer", "Manufacturer", 0));
    g_task_return_pointer(task, page, (GDestroyNotify)kab_page_free);
}

void
kab_client_list_attributes_async(KabClient *self, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer data)
{
    fake_answer(g_task_new(self, cancellable, callback, data), FAKE_ATTRIBUTES, compute_attributes);
}

static void
compute_values(GTask *task, gpointer args)
{
    KabPage *page = fake_page_new((GDestroyNotify)kab_segment_free);
    char **asked = args;

    if (*asked[1] != '\0')
        ; /* nothing is found */
    else if (g_str_equal(asked[0], "group"))
        g_ptr_array_add(page->items, kab_segment_new("tools", "Tools", 1));
    else
        g_ptr_array_add(page->items, kab_segment_new("Acme & Sons", "Acme & Sons", 12));
    g_task_return_pointer(task, page, (GDestroyNotify)kab_page_free);
}

void
kab_client_list_values_async(KabClient *self, const char *attribute, const char *text,
                             guint limit G_GNUC_UNUSED, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data)
{
    GTask *task = g_task_new(self, cancellable, callback, data);
    const char *asked[] = {attribute, text, NULL};

    g_task_set_task_data(task, g_strdupv((char **)asked), (GDestroyNotify)g_strfreev);
    fake_answer(task, FAKE_SEGMENTS, compute_values);
}

KabPage *
kab_client_segments_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}

static void
compute_form(GTask *task, gpointer args)
{
    g_task_return_int(task, g_str_equal(args, "tools") ? 1 : 12);
}

void
kab_client_form_segment_async(KabClient *self, const char *attribute G_GNUC_UNUSED,
                              const char *value, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data)
{
    GTask *task = g_task_new(self, cancellable, callback, data);

    g_task_set_task_data(task, g_strdup(value), g_free);
    fake_answer(task, FAKE_FORM, compute_form);
}

gint64
kab_client_form_segment_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result, GError **error)
{
    return g_task_propagate_int(G_TASK(result), error);
}

/* kab-client-exchange-user.h */

static void
compute_exchange_user(GTask *task, gpointer args)
{
    KabNewKey *key = g_new0(KabNewKey, 1);

    key->client_id = g_strdup(args);
    key->client_secret = g_strdup("a new secret");
    g_task_return_pointer(task, key, (GDestroyNotify)kab_new_key_free);
}

void
kab_client_make_exchange_user_async(KabClient *self, gboolean with_key, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer data)
{
    GTask *task = g_task_new(self, cancellable, callback, data);

    g_task_set_task_data(task, (gpointer)(with_key ? "a-key" : "EX"), NULL);
    fake_answer(task, FAKE_EXCHANGE_USER, compute_exchange_user);
}

KabNewKey *
kab_client_make_exchange_user_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result,
                                     GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}
