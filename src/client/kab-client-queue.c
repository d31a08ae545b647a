/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-client-call.h"
#include "kab-client-queue.h"
#include "kab-json.h"
#include "kab-wire-object-name.h"

#define MAX_TEXT (256 * 1024)

void
kab_queue_cause_free(KabQueueCause *cause)
{
    if (cause == NULL)
        return;
    g_free(cause->error);
    g_free(cause->kind);
    g_free(cause->object_id);
    kab_object_name_free(cause->name);
    g_free(cause);
}

static gpointer
parse_cause(JsonObject *object, GError **error)
{
    g_autoptr(KabQueueCause) cause = g_new0(KabQueueCause, 1);
    KabFields fields = KAB_FIELDS_INIT(object);
    char id[KAB_ID_SIZE];

    cause->error = kab_fields_dup_text(&fields, "error", MAX_TEXT);
    if (cause->error == NULL)
        cause->error = g_strdup("");
    cause->kind = g_strdup(kab_fields_need_text(&fields, "kind", 100));
    cause->count = kab_fields_need_int(&fields, "count", 1, G_MAXINT64);
    cause->oldest_at = kab_fields_need_time(&fields, "oldest_at");
    cause->newest_at = kab_fields_need_time(&fields, "newest_at");
    kab_fields_need_id(&fields, "object", id);
    cause->object_id = g_strdup(id);
    cause->name = kab_wire_get_object_name(&fields);
    return kab_fields_finish(&fields, error) ? g_steal_pointer(&cause) : NULL;
}

static gpointer
parse_causes(GBytes *body, GError **error)
{
    return kab_client_parse_page(body, parse_cause, (GDestroyNotify)kab_queue_cause_free, error);
}

void
kab_client_list_causes_async(KabClient *self, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data)
{
    const KabClientCall call = {.method = "GET",
                                .path = "/api/v1/exchange/queue/causes",
                                .parse = parse_causes,
                                .free = (GDestroyNotify)kab_page_free};

    kab_client_call_async(self, &call, cancellable, callback, data);
}

KabPage *
kab_client_list_causes_finish(KabClient *self, GAsyncResult *result, GError **error)
{
    return kab_client_call_finish(self, result, error);
}

static gpointer
parse_payload(GBytes *body, GError **error)
{
    g_autoptr(JsonNode) node = kab_json_parse(body, error);

    return node != NULL ? kab_json_to_text(node) : NULL;
}

void
kab_client_get_payload_async(KabClient *self, const char *kind, const char *id,
                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    g_autofree char *path =
        kab_client_query("/api/v1/exchange/queue/payload", "kind", kind, "object", id, NULL);
    const KabClientCall call = {
        .method = "GET", .path = path, .parse = parse_payload, .free = g_free};

    kab_client_call_async(self, &call, cancellable, callback, data);
}

char *
kab_client_get_payload_finish(KabClient *self, GAsyncResult *result, GError **error)
{
    return kab_client_call_finish(self, result, error);
}

void
kab_client_put_queue_async(KabClient *self, const char *kind, const char *id,
                           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    JsonObject *object = json_object_new();
    KabClientCall call = {.method = "POST", .path = "/api/v1/exchange/queue"};

    json_object_set_string_member(object, "kind", kind);
    json_object_set_string_member(object, "object", id);
    call.body = kab_json_node_take(object);
    kab_client_call_async(self, &call, cancellable, callback, data);
}

gboolean
kab_client_put_queue_finish(KabClient *self, GAsyncResult *result, GError **error)
{
    g_return_val_if_fail(g_task_is_valid(result, self), FALSE);
    g_task_propagate_pointer(G_TASK(result), error);
    return !g_task_had_error(G_TASK(result));
}

void
kab_found_object_free(KabFoundObject *object)
{
    if (object == NULL)
        return;
    g_free(object->kind);
    g_free(object->number);
    kab_object_name_free(object->name);
    g_free(object);
}

static gpointer
parse_found(GBytes *body, GError **error)
{
    g_autoptr(JsonNode) node = kab_json_parse(body, error);
    g_autoptr(KabFoundObject) found = g_new0(KabFoundObject, 1);
    KabFields fields = KAB_FIELDS_INIT(NULL);

    if (node == NULL)
        return NULL;
    fields.object = json_node_get_object(node);
    kab_fields_need_id(&fields, "id", found->id);
    found->kind = kab_fields_dup_text(&fields, "kind", 100);
    found->number = kab_fields_dup_text(&fields, "number", 200);
    found->name = kab_wire_get_object_name(&fields);
    return kab_fields_finish(&fields, error) ? g_steal_pointer(&found) : NULL;
}

void
kab_client_find_object_async(KabClient *self, const char *kind, const char *text,
                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    g_autofree char *path =
        kab_client_query("/api/v1/exchange/object", "text", text, "kind", kind, NULL);
    const KabClientCall call = {.method = "GET",
                                .path = path,
                                .parse = parse_found,
                                .free = (GDestroyNotify)kab_found_object_free};

    kab_client_call_async(self, &call, cancellable, callback, data);
}

KabFoundObject *
kab_client_find_object_finish(KabClient *self, GAsyncResult *result, GError **error)
{
    return kab_client_call_finish(self, result, error);
}
