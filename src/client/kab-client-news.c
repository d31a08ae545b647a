/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-call.h"
#include "kab-client-news.h"
#include "kab-json.h"

void
kab_client_publish_news_async(KabClient *self, const KabNews *news, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data)
{
    JsonObject *object = json_object_new();
    KabClientCall call = {.method = "POST", .path = "/api/v1/news"};

    json_object_set_string_member(object, "id", news->id);
    json_object_set_string_member(object, "title", news->title);
    json_object_set_string_member(object, "text", news->text);
    call.body = kab_json_node_take(object);
    kab_client_call_async(self, &call, cancellable, callback, data);
}

void
kab_client_remove_news_async(KabClient *self, const char *id, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data)
{
    g_autofree char *escaped = g_uri_escape_string(id, NULL, FALSE);
    g_autofree char *path = g_strconcat("/api/v1/news/", escaped, NULL);
    const KabClientCall call = {.method = "DELETE", .path = path};

    kab_client_call_async(self, &call, cancellable, callback, data);
}

gboolean
kab_client_news_finish(KabClient *self, GAsyncResult *result, GError **error)
{
    g_return_val_if_fail(g_task_is_valid(result, self), FALSE);
    g_task_propagate_pointer(G_TASK(result), error);
    return !g_task_had_error(G_TASK(result));
}
