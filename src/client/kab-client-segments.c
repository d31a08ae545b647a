/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-client-segments.h"

#include "kab-client-call.h"
#include "kab-json.h"

#define MAX_TEXT 20000

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

static gpointer
parse_segment(JsonObject *object, GError **error)
{
    KabFields fields = KAB_FIELDS_INIT(object);
    const char *key = kab_fields_has(&fields, "attribute")
                          ? kab_fields_need_text(&fields, "attribute", MAX_TEXT)
                          : kab_fields_need_text(&fields, "value", MAX_TEXT);
    const char *title = kab_fields_need_text(&fields, "title", MAX_TEXT);
    gint64 count = kab_fields_get_int(&fields, "count", 0, G_MAXINT64, 0);

    return kab_fields_finish(&fields, error) ? kab_segment_new(key, title, count) : NULL;
}

static gpointer
parse_segments(GBytes *body, GError **error)
{
    return kab_client_parse_page(body, parse_segment, (GDestroyNotify)kab_segment_free, error);
}

static void
list(KabClient *self, const char *path, GCancellable *cancellable, GAsyncReadyCallback callback,
     gpointer data)
{
    const KabClientCall call = {.method = "GET",
                                .path = path,
                                .parse = parse_segments,
                                .free = (GDestroyNotify)kab_page_free};

    kab_client_call_async(self, &call, cancellable, callback, data);
}

void
kab_client_list_attributes_async(KabClient *self, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer data)
{
    list(self, "/api/v1/segments/attributes", cancellable, callback, data);
}

void
kab_client_list_values_async(KabClient *self, const char *attribute, const char *text, guint limit,
                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    g_autofree char *number = g_strdup_printf("%u", limit);
    g_autofree char *path = kab_client_query("/api/v1/segments/values", "attribute", attribute,
                                             "text", text, "limit", number, NULL);

    list(self, path, cancellable, callback, data);
}

KabPage *
kab_client_segments_finish(KabClient *self, GAsyncResult *result, GError **error)
{
    return kab_client_call_finish(self, result, error);
}

static gpointer
parse_count(GBytes *body, GError **error)
{
    g_autoptr(JsonNode) node = kab_json_parse(body, error);
    KabFields fields = KAB_FIELDS_INIT(NULL);
    gint64 count;

    if (node == NULL)
        return NULL;
    fields.object = json_node_get_object(node);
    count = kab_fields_need_int(&fields, "count", 0, G_MAXINT64);
    return kab_fields_finish(&fields, error) ? g_memdup2(&count, sizeof count) : NULL;
}

void
kab_client_form_segment_async(KabClient *self, const char *attribute, const char *value,
                              GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer data)
{
    JsonObject *object = json_object_new();
    KabClientCall call = {
        .method = "POST", .path = "/api/v1/segments", .parse = parse_count, .free = g_free};

    json_object_set_string_member(object, "attribute", attribute);
    json_object_set_string_member(object, "value", value);
    call.body = kab_json_node_take(object);
    kab_client_call_async(self, &call, cancellable, callback, data);
}

gint64
kab_client_form_segment_finish(KabClient *self, GAsyncResult *result, GError **error)
{
    g_autofree gint64 *count = kab_client_call_finish(self, result, error);

    return count != NULL ? *count : -1;
}
