/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-client-call.h"
#include "kab-client-comments.h"
#include "kab-wire-comment.h"

static gpointer
parse_comment(JsonObject *object, GError **error)
{
    return kab_wire_comment_from_json(NULL, object, error);
}

static gpointer
parse_comments(GBytes *body, GError **error)
{
    g_autoptr(KabPage) page =
        kab_client_parse_page(body, parse_comment, (GDestroyNotify)kab_comment_free, error);

    return page != NULL ? g_steal_pointer(&page->items) : NULL;
}

/* Both ends have the same path for it. */
static char *
comments_path(KabOrderId order_id, const char *id)
{
    return g_strjoin("/", "/api/v1/comments", order_id.text, id, NULL);
}

static void
call_comments(KabClient *self, const char *method, const char *path, JsonNode *body,
              GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    KabClientCall call = {.method = method,
                          .remember = g_str_equal(method, "GET"),
                          .path = path,
                          .body = body,
                          .parse = parse_comments,
                          .free = (GDestroyNotify)g_ptr_array_unref};

    kab_client_call_async(self, &call, cancellable, callback, data);
}

void
kab_client_list_comments_async(KabClient *self, KabOrderId order_id, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer data)
{
    g_autofree char *path = comments_path(order_id, NULL);

    call_comments(self, "GET", path, NULL, cancellable, callback, data);
}

void
kab_client_add_comment_async(KabClient *self, KabOrderId order_id, KabCommentId id,
                             const char *text, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data)
{
    g_autofree char *path = comments_path(order_id, id.text);
    JsonObject *object = json_object_new();

    json_object_set_string_member(object, "text", text);
    call_comments(self, "PUT", path, kab_json_node_take(object), cancellable, callback, data);
}

GPtrArray *
kab_client_comments_finish(KabClient *self, GAsyncResult *result, GError **error)
{
    return kab_client_call_finish(self, result, error);
}
