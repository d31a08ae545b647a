/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-call.h"
#include "kab-client-journal.h"
#include "kab-error.h"
#include "kab-json.h"
#include "kab-wire-object-name.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#define MAX_MINUTES 100000
#define MAX_OBJECTS 10000
#define MAX_TEXT (256 * 1024)

static gpointer
parse_history(GBytes *body, GError **error)
{
    g_autoptr(JsonNode) node = kab_json_parse(body, error);
    g_autoptr(GArray) minutes = g_array_new(FALSE, TRUE, sizeof(KabMinute));
    KabFields page = KAB_FIELDS_INIT(NULL);
    JsonArray *items;

    if (node == NULL)
        return NULL;
    page.object = json_node_get_object(node);
    items = kab_fields_need_array(&page, "items", MAX_MINUTES);
    if (!kab_fields_finish(&page, error))
        return NULL;
    for (guint i = 0; i < json_array_get_length(items); i++) {
        KabFields fields = KAB_FIELDS_INIT(json_array_get_object_element(items, i));
        const KabMinute minute = {
            .at = kab_fields_need_time(&fields, "at"),
            .waiting = kab_fields_need_int(&fields, "waiting", 0, G_MAXINT64),
            .failed = kab_fields_need_int(&fields, "failed", 0, G_MAXINT64),
            .age_s = kab_fields_need_int(&fields, "age_s", 0, G_MAXINT64),
            .messages = kab_fields_need_int(&fields, "messages", 0, G_MAXINT64),
        };

        if (!kab_fields_finish(&fields, error))
            return NULL;
        g_array_append_val(minutes, minute);
    }
    return g_steal_pointer(&minutes);
}

void
kab_client_get_history_async(KabClient *self, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data)
{
    const KabClientCall call = {.method = "GET",
                                .path = "/api/v1/exchange/history",
                                .parse = parse_history,
                                .free = (GDestroyNotify)g_array_unref};

    kab_client_call_async(self, &call, cancellable, callback, data);
}

GArray *
kab_client_get_history_finish(KabClient *self, GAsyncResult *result, GError **error)
{
    return kab_client_call_finish(self, result, error);
}

static void
object_free(gpointer data)
{
    KabJournalObject *object = data;

    g_free(object->kind);
    g_free(object->outcome);
    g_free(object->error);
    kab_object_name_free(object->name);
    g_free(object);
}

void
kab_journal_item_free(KabJournalItem *item)
{
    if (item == NULL)
        return;
    g_free(item->peer);
    g_free(item->what);
    g_free(item->run_id);
    g_free(item->outcome);
    g_free(item->error);
    g_free(item->kind);
    kab_object_name_free(item->name);
    g_clear_pointer(&item->objects, g_ptr_array_unref);
    g_free(item->request);
    g_free(item->answer);
    g_free(item);
}

KabJournalItem *
kab_journal_item_copy(const KabJournalItem *item)
{
    KabJournalItem *copy = g_memdup2(item, sizeof *item);

    copy->peer = g_strdup(item->peer);
    copy->what = g_strdup(item->what);
    copy->run_id = g_strdup(item->run_id);
    copy->outcome = g_strdup(item->outcome);
    copy->error = g_strdup(item->error);
    copy->kind = g_strdup(item->kind);
    copy->name = kab_object_name_copy(item->name);
    copy->objects = NULL;
    copy->request = NULL;
    copy->answer = NULL;
    return copy;
}

static gboolean
read_objects(JsonArray *array, KabJournalItem *item, GError **error)
{
    item->objects = g_ptr_array_new_with_free_func(object_free);
    for (guint i = 0; array != NULL && i < json_array_get_length(array); i++) {
        KabFields fields = KAB_FIELDS_INIT(json_array_get_object_element(array, i));
        KabJournalObject *object = g_new0(KabJournalObject, 1);

        g_ptr_array_add(item->objects, object);
        object->kind = g_strdup(kab_fields_need_text(&fields, "kind", 100));
        kab_fields_need_id(&fields, "id", object->id);
        object->version = kab_fields_need_int(&fields, "version", 0, G_MAXINT64);
        object->attempt = kab_fields_get_int(&fields, "attempt", 0, G_MAXINT, 0);
        object->outcome = g_strdup(kab_fields_need_text(&fields, "outcome", 100));
        object->error = kab_fields_dup_text(&fields, "error", MAX_TEXT);
        object->name = kab_wire_get_object_name(&fields);
        if (!kab_fields_finish(&fields, error))
            return FALSE;
    }
    return TRUE;
}

/* An entry of a list, or a whole one, of which "objects" is not a number but the objects. */
static gpointer
read_item(JsonObject *object, gboolean whole, GError **error)
{
    g_autoptr(KabJournalItem) item = g_new0(KabJournalItem, 1);
    KabFields fields = KAB_FIELDS_INIT(object);
    JsonArray *objects = NULL;
    const char *direction;

    item->id = kab_fields_need_int(&fields, "id", 0, G_MAXINT64);
    item->at = kab_fields_need_time(&fields, "at");
    direction = kab_fields_need_text(&fields, "direction", 40);
    item->peer = kab_fields_dup_text(&fields, "peer", MAX_TEXT);
    item->what = kab_fields_dup_text(&fields, "what", MAX_TEXT);
    item->run_id = kab_fields_dup_text(&fields, "run_id", 100);
    item->http_status = kab_fields_get_int(&fields, "http_status", 0, 999, 0);
    item->duration_ms = kab_fields_get_int(&fields, "duration_ms", 0, G_MAXINT64, 0);
    item->outcome = g_strdup(kab_fields_need_text(&fields, "outcome", 100));
    item->error = kab_fields_dup_text(&fields, "error", MAX_TEXT);
    if (whole) {
        objects = kab_fields_need_array(&fields, "objects", MAX_OBJECTS);
        item->request = kab_fields_dup_text(&fields, "request", MAX_TEXT);
        item->answer = kab_fields_dup_text(&fields, "answer", MAX_TEXT);
    } else {
        item->n_objects = kab_fields_get_int(&fields, "objects", 0, G_MAXINT64, 0);
        item->n_failed = kab_fields_get_int(&fields, "failed", 0, G_MAXINT64, 0);
        item->kind = kab_fields_dup_text(&fields, "kind", 100);
        item->name = kab_wire_get_object_name(&fields);
        kab_fields_skip(&fields, "object"); /* its name tells people more */
        item->version = kab_fields_get_int(&fields, "version", 0, G_MAXINT64, 0);
        item->attempt = kab_fields_get_int(&fields, "attempt", 0, G_MAXINT, 0);
    }
    if (!kab_fields_finish(&fields, error) || (whole && !read_objects(objects, item, error)))
        return NULL;
    item->incoming = g_str_equal(direction, "incoming");
    return g_steal_pointer(&item);
}

static gpointer
parse_listed(JsonObject *object, GError **error)
{
    return read_item(object, FALSE, error);
}

static gpointer
parse_list(GBytes *body, GError **error)
{
    return kab_client_parse_page(body, parse_listed, (GDestroyNotify)kab_journal_item_free, error);
}

void
kab_client_list_journal_async(KabClient *self, const KabJournalQuery *query, const char *after,
                              guint limit, GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer data)
{
    g_autofree char *number = g_strdup_printf("%u", limit);
    g_autofree char *since = query->since != 0 ? kab_time_format_utc(query->since) : NULL;
    g_autofree char *until = query->until != 0 ? kab_time_format_utc(query->until) : NULL;
    g_autofree char *path = kab_client_query(
        "/api/v1/exchange/journal", "object", query->object_id, "kind", query->kind, "direction",
        query->direction, "outcome", query->outcome, "since", since, "until", until, "order",
        query->newest_first ? "newest" : NULL, "after", after, "limit", number, NULL);
    const KabClientCall call = {
        .method = "GET", .path = path, .parse = parse_list, .free = (GDestroyNotify)kab_page_free};

    kab_client_call_async(self, &call, cancellable, callback, data);
}

KabPage *
kab_client_list_journal_finish(KabClient *self, GAsyncResult *result, GError **error)
{
    return kab_client_call_finish(self, result, error);
}

static gpointer
parse_whole(GBytes *body, GError **error)
{
    g_autoptr(JsonNode) node = kab_json_parse(body, error);

    return node != NULL ? read_item(json_node_get_object(node), TRUE, error) : NULL;
}

void
kab_client_get_journal_async(KabClient *self, gint64 id, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data)
{
    g_autofree char *path = g_strdup_printf("/api/v1/exchange/journal/%" PRId64, id);
    const KabClientCall call = {.method = "GET",
                                .path = path,
                                .parse = parse_whole,
                                .free = (GDestroyNotify)kab_journal_item_free};

    kab_client_call_async(self, &call, cancellable, callback, data);
}

KabJournalItem *
kab_client_get_journal_finish(KabClient *self, GAsyncResult *result, GError **error)
{
    return kab_client_call_finish(self, result, error);
}

/* What became of it, and why. */
static gpointer
parse_resent(GBytes *body, GError **error)
{
    g_autoptr(JsonNode) node = kab_json_parse(body, error);
    KabFields fields = KAB_FIELDS_INIT(NULL);
    g_auto(GStrv) told = g_new0(char *, 3);

    if (node == NULL)
        return NULL;
    fields.object = json_node_get_object(node);
    told[0] = g_strdup(kab_fields_need_text(&fields, "outcome", 100));
    told[1] = kab_fields_dup_text(&fields, "detail", MAX_TEXT);
    return kab_fields_finish(&fields, error) ? g_steal_pointer(&told) : NULL;
}

void
kab_client_resend_async(KabClient *self, gint64 id, const char *message, const char *reason,
                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    g_autofree char *path = g_strdup_printf("/api/v1/exchange/journal/%" PRId64 "/resend", id);
    g_autoptr(GBytes) text = g_bytes_new(message, strlen(message));
    GError *error = NULL;
    g_autoptr(JsonNode) node = kab_json_parse(text, &error);
    JsonObject *object;
    KabClientCall call = {
        .method = "POST", .path = path, .parse = parse_resent, .free = (GDestroyNotify)g_strfreev};

    if (node == NULL) {
        g_task_report_error(self, callback, data, NULL, error);
        return;
    }
    object = json_object_new();
    json_object_set_object_member(object, "message", json_node_dup_object(node));
    json_object_set_string_member(object, "reason", reason);
    call.body = kab_json_node_take(object);
    kab_client_call_async(self, &call, cancellable, callback, data);
}

char *
kab_client_resend_finish(KabClient *self, GAsyncResult *result, char **detail, GError **error)
{
    g_auto(GStrv) told = kab_client_call_finish(self, result, error);

    *detail = told != NULL ? g_steal_pointer(&told[1]) : NULL;
    return told != NULL ? g_steal_pointer(&told[0]) : NULL;
}
