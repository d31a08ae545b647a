/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-client-settings.h"

#include "kab-client-call.h"
#include "kab-json.h"

#define MAX_SETTINGS 1000
#define MAX_TEXT 20000

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

void
kab_setting_list_free(KabSettingList *list)
{
    if (list == NULL)
        return;
    g_clear_pointer(&list->items, g_ptr_array_unref);
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

static gboolean
read_setting(JsonObject *object, GPtrArray *items, GError **error)
{
    KabFields fields = KAB_FIELDS_INIT(object);
    KabSettingInfo *setting = g_new0(KabSettingInfo, 1);

    g_ptr_array_add(items, setting);
    setting->name = g_strdup(kab_fields_need_text(&fields, "name", 200));
    setting->title = g_strdup(kab_fields_need_text(&fields, "title", 1000));
    setting->type = g_strdup(kab_fields_need_text(&fields, "type", 40));
    setting->value = kab_fields_dup_text(&fields, "value", MAX_TEXT);
    setting->is_set = kab_fields_get_boolean(&fields, "is_set", FALSE);
    setting->min = kab_fields_get_int(&fields, "min", G_MININT64, G_MAXINT64, 0);
    setting->max = kab_fields_get_int(&fields, "max", G_MININT64, G_MAXINT64, 0);
    return kab_fields_finish(&fields, error);
}

static gpointer
parse_settings(GBytes *body, GError **error)
{
    g_autoptr(JsonNode) node = kab_json_parse(body, error);
    g_autoptr(KabSettingList) list = g_new0(KabSettingList, 1);
    KabFields fields = KAB_FIELDS_INIT(NULL);
    JsonArray *items;

    list->items = g_ptr_array_new_with_free_func(setting_free);
    if (node == NULL)
        return NULL;
    fields.object = json_node_get_object(node);
    items = kab_fields_need_array(&fields, "items", MAX_SETTINGS);
    list->notice = kab_fields_dup_text(&fields, "notice", MAX_TEXT);
    if (!kab_fields_finish(&fields, error))
        return NULL;
    for (guint i = 0; i < json_array_get_length(items); i++)
        if (!read_setting(json_array_get_object_element(items, i), list->items, error))
            return NULL;
    return g_steal_pointer(&list);
}

static void
ask(KabClient *self, const char *method, JsonNode *body, GCancellable *cancellable,
    GAsyncReadyCallback callback, gpointer data)
{
    const KabClientCall call = {.method = method,
                                .path = "/api/v1/exchange/settings",
                                .body = body,
                                .parse = parse_settings,
                                .free = (GDestroyNotify)kab_setting_list_free};

    kab_client_call_async(self, &call, cancellable, callback, data);
}

void
kab_client_get_settings_async(KabClient *self, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data)
{
    ask(self, "GET", NULL, cancellable, callback, data);
}

void
kab_client_set_settings_async(KabClient *self, const char *const *values, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data)
{
    JsonObject *object = json_object_new();

    for (gsize i = 0; values[i] != NULL; i += 2)
        json_object_set_string_member(object, values[i], values[i + 1]);
    ask(self, "PUT", kab_json_node_take(object), cancellable, callback, data);
}

KabSettingList *
kab_client_settings_finish(KabClient *self, GAsyncResult *result, GError **error)
{
    return kab_client_call_finish(self, result, error);
}

void
kab_check_free(KabCheck *check)
{
    if (check == NULL)
        return;
    g_free(check->problem);
    g_free(check->setting);
    g_free(check->warning);
    g_free(check);
}

static gpointer
parse_check(GBytes *body, GError **error)
{
    g_autoptr(JsonNode) node = kab_json_parse(body, error);
    KabFields fields = KAB_FIELDS_INIT(NULL);
    g_autoptr(KabCheck) check = g_new0(KabCheck, 1);

    if (node == NULL)
        return NULL;
    fields.object = json_node_get_object(node);
    kab_fields_skip(&fields, "available");
    kab_fields_skip(&fields, "ms");
    check->problem = kab_fields_dup_text(&fields, "problem", MAX_TEXT);
    check->setting = kab_fields_dup_text(&fields, "setting", MAX_TEXT);
    check->warning = kab_fields_dup_text(&fields, "warning", MAX_TEXT);
    return kab_fields_finish(&fields, error) ? g_steal_pointer(&check) : NULL;
}

static void
check(KabClient *self, const char *path, GCancellable *cancellable, GAsyncReadyCallback callback,
      gpointer data)
{
    const KabClientCall call = {.method = "POST",
                                .path = path,
                                .parse = parse_check,
                                .free = (GDestroyNotify)kab_check_free};

    kab_client_call_async(self, &call, cancellable, callback, data);
}

void
kab_client_check_async(KabClient *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                       gpointer data)
{
    check(self, "/api/v1/exchange/check", cancellable, callback, data);
}

void
kab_client_check_address_async(KabClient *self, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer data)
{
    check(self, "/api/v1/exchange/check?address=true", cancellable, callback, data);
}

void
kab_client_check_mail_async(KabClient *self, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data)
{
    check(self, "/api/v1/letters/check", cancellable, callback, data);
}

KabCheck *
kab_client_check_finish(KabClient *self, GAsyncResult *result, GError **error)
{
    return kab_client_call_finish(self, result, error);
}

void
kab_object_kind_free(KabObjectKind *kind)
{
    g_free(kind->kind);
    g_free(kind);
}

static gpointer
parse_kind(JsonObject *object, GError **error)
{
    KabFields fields = KAB_FIELDS_INIT(object);
    KabObjectKind *kind = g_new0(KabObjectKind, 1);

    kind->kind = g_strdup(kab_fields_need_text(&fields, "kind", 100));
    kind->enabled = kab_fields_get_boolean(&fields, "enabled", TRUE);
    kind->queued = kab_fields_need_int(&fields, "queued", 0, G_MAXINT64);
    if (kab_fields_finish(&fields, error))
        return kind;
    kab_object_kind_free(kind);
    return NULL;
}

static gpointer
parse_kinds(GBytes *body, GError **error)
{
    return kab_client_parse_page(body, parse_kind, (GDestroyNotify)kab_object_kind_free, error);
}

static const KabClientCall kinds_call = {.method = "GET",
                                         .path = "/api/v1/exchange/kinds",
                                         .parse = parse_kinds,
                                         .free = (GDestroyNotify)kab_page_free};

void
kab_client_list_kinds_async(KabClient *self, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data)
{
    kab_client_call_async(self, &kinds_call, cancellable, callback, data);
}

void
kab_client_set_kind_async(KabClient *self, const char *kind, gboolean enabled,
                          GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    KabClientCall call = kinds_call;
    JsonObject *object = json_object_new();

    json_object_set_string_member(object, "kind", kind);
    json_object_set_boolean_member(object, "enabled", enabled);
    call.method = "PUT";
    call.body = kab_json_node_take(object);
    kab_client_call_async(self, &call, cancellable, callback, data);
}

KabPage *
kab_client_kinds_finish(KabClient *self, GAsyncResult *result, GError **error)
{
    return kab_client_call_finish(self, result, error);
}
