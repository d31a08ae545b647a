/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-client-call.h"
#include "kab-client-tasks.h"
#include "kab-wire-task.h"

static gpointer
parse_task_object(JsonObject *object, GError **error)
{
    return kab_wire_task_from_json(NULL, object, KAB_TASK_ALL, error);
}

static gpointer
parse_tasks(GBytes *body, GError **error)
{
    return kab_client_parse_page(body, parse_task_object, (GDestroyNotify)kab_task_free, error);
}

static gpointer
parse_task(GBytes *body, GError **error)
{
    g_autoptr(JsonNode) node = kab_json_parse(body, error);

    return node != NULL ? parse_task_object(json_node_get_object(node), error) : NULL;
}

void
kab_client_list_tasks_async(KabClient *self, gboolean open, const char *after, guint limit,
                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    g_autofree char *number = g_strdup_printf("%u", limit);
    g_autofree char *path = kab_client_query("/api/v1/tasks", "state", open ? "new" : NULL, "after",
                                             after, "limit", number, NULL);
    KabClientCall call = {.method = "GET",
                          .remember = TRUE,
                          .path = path,
                          .parse = parse_tasks,
                          .free = (GDestroyNotify)kab_page_free};

    kab_client_call_async(self, &call, cancellable, callback, data);
}

KabPage *
kab_client_list_tasks_finish(KabClient *self, GAsyncResult *result, GError **error)
{
    return kab_client_call_finish(self, result, error);
}

void
kab_client_get_task_async(KabClient *self, KabTaskId id, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer data)
{
    g_autofree char *path = g_strconcat("/api/v1/tasks/", id.text, NULL);
    KabClientCall call = {.method = "GET",
                          .remember = TRUE,
                          .path = path,
                          .parse = parse_task,
                          .free = (GDestroyNotify)kab_task_free};

    kab_client_call_async(self, &call, cancellable, callback, data);
}

void
kab_client_decide_task_async(KabClient *self, KabTaskId id, const char *variant,
                             const char *comment, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data)
{
    g_autofree char *path = g_strconcat("/api/v1/tasks/", id.text, "/decision", NULL);
    JsonObject *object = json_object_new();
    KabClientCall call = {
        .method = "POST", .path = path, .parse = parse_task, .free = (GDestroyNotify)kab_task_free};

    json_object_set_string_member(object, "variant", variant);
    kab_json_set_text(object, "comment", comment);
    call.body = kab_json_node_take(object);
    kab_client_call_async(self, &call, cancellable, callback, data);
}

KabTask *
kab_client_task_finish(KabClient *self, GAsyncResult *result, GError **error)
{
    return kab_client_call_finish(self, result, error);
}
