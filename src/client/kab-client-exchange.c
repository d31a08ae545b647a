/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-client-call.h"
#include "kab-client-exchange.h"
#include "kab-wire-order.h"
#include "kab-wire-queue.h"

static gpointer
parse_state(GBytes *body, GError **error)
{
    g_autoptr(JsonNode) node = kab_json_parse(body, error);

    return node != NULL ? kab_wire_exchange_state_from_json(json_node_get_object(node), error)
                        : NULL;
}

void
kab_client_get_exchange_async(KabClient *self, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data)
{
    KabClientCall call = {.method = "GET",
                          .path = "/api/v1/exchange",
                          .parse = parse_state,
                          .free = (GDestroyNotify)kab_exchange_state_free};

    kab_client_call_async(self, &call, cancellable, callback, data);
}

KabExchangeState *
kab_client_get_exchange_finish(KabClient *self, GAsyncResult *result, GError **error)
{
    return kab_client_call_finish(self, result, error);
}

static gpointer
parse_entry(JsonObject *object, GError **error)
{
    return kab_wire_queue_entry_from_json(object, error);
}

static gpointer
parse_queue(GBytes *body, GError **error)
{
    return kab_client_parse_page(body, parse_entry, (GDestroyNotify)kab_queue_entry_free, error);
}

void
kab_client_list_queue_async(KabClient *self, const KabClientQueueFilter *filter, const char *after,
                            guint limit, GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer data)
{
    const KabClientQueueFilter everything = {0};
    const KabClientQueueFilter *wanted = filter != NULL ? filter : &everything;
    g_autofree char *number = g_strdup_printf("%u", limit);
    g_autofree char *path = kab_client_query(
        "/api/v1/exchange/queue", "kind", wanted->kind, "object", wanted->object_id, "state",
        wanted->state, "error", wanted->error, "after", after, "limit", number, NULL);
    KabClientCall call = {
        .method = "GET", .path = path, .parse = parse_queue, .free = (GDestroyNotify)kab_page_free};

    kab_client_call_async(self, &call, cancellable, callback, data);
}

KabPage *
kab_client_list_queue_finish(KabClient *self, GAsyncResult *result, GError **error)
{
    return kab_client_call_finish(self, result, error);
}

static gpointer
parse_run(GBytes *body, GError **error)
{
    g_autoptr(JsonNode) node = kab_json_parse(body, error);

    return node != NULL ? kab_wire_run_result_from_json(json_node_get_object(node), error) : NULL;
}

static void
call_run(KabClient *self, const char *method, const char *path, GCancellable *cancellable,
         GAsyncReadyCallback callback, gpointer data)
{
    KabClientCall call = {.method = method,
                          .path = path,
                          .parse = parse_run,
                          .free = (GDestroyNotify)kab_run_result_free};

    kab_client_call_async(self, &call, cancellable, callback, data);
}

void
kab_client_run_async(KabClient *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                     gpointer data)
{
    call_run(self, "POST", "/api/v1/exchange/run", cancellable, callback, data);
}

void
kab_client_get_run_async(KabClient *self, const char *id, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer data)
{
    g_autofree char *escaped = g_uri_escape_string(id, NULL, FALSE);
    g_autofree char *path = g_strconcat("/api/v1/exchange/runs/", escaped, NULL);

    call_run(self, "GET", path, cancellable, callback, data);
}

KabRunResult *
kab_client_run_finish(KabClient *self, GAsyncResult *result, GError **error)
{
    return kab_client_call_finish(self, result, error);
}

void
kab_client_stop_run_async(KabClient *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer data)
{
    KabClientCall call = {.method = "DELETE", .path = "/api/v1/exchange/run"};

    kab_client_call_async(self, &call, cancellable, callback, data);
}

/* Of a call that gives nothing. */
static gboolean
finish_nothing(KabClient *self, GAsyncResult *result, GError **error)
{
    g_return_val_if_fail(g_task_is_valid(result, self), FALSE);
    g_task_propagate_pointer(G_TASK(result), error);
    return !g_task_had_error(G_TASK(result));
}

gboolean
kab_client_stop_run_finish(KabClient *self, GAsyncResult *result, GError **error)
{
    return finish_nothing(self, result, error);
}

void
kab_client_pause_async(KabClient *self, gboolean paused, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer data)
{
    KabClientCall call = {.method = paused ? "PUT" : "DELETE", .path = "/api/v1/exchange/pause"};

    kab_client_call_async(self, &call, cancellable, callback, data);
}

gboolean
kab_client_pause_finish(KabClient *self, GAsyncResult *result, GError **error)
{
    return finish_nothing(self, result, error);
}

static gpointer
parse_count(GBytes *body, GError **error)
{
    g_autoptr(JsonNode) node = kab_json_parse(body, error);
    gint64 count;

    if (node == NULL)
        return NULL;
    {
        KabFields fields = KAB_FIELDS_INIT(json_node_get_object(node));

        count = kab_fields_get_int(&fields, "count", 0, G_MAXINT64, 0);
        if (!kab_fields_finish(&fields, error))
            return NULL;
    }
    return g_memdup2(&count, sizeof count);
}

void
kab_client_count_queue_async(KabClient *self, const KabClientQueueFilter *filter,
                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    g_autofree char *path =
        kab_client_query("/api/v1/exchange/queue/count", "kind", filter->kind, "object",
                         filter->object_id, "state", filter->state, "error", filter->error, NULL);
    KabClientCall call = {.method = "GET", .path = path, .parse = parse_count, .free = g_free};

    kab_client_call_async(self, &call, cancellable, callback, data);
}

static JsonNode *
describe_filter(const KabClientQueueFilter *filter)
{
    JsonObject *object = json_object_new();

    kab_json_set_text(object, "kind", filter->kind);
    kab_json_set_text(object, "object", filter->object_id);
    kab_json_set_text(object, "state", filter->state);
    kab_json_set_text(object, "error", filter->error);
    return kab_json_node_take(object);
}

void
kab_client_change_queue_async(KabClient *self, KabClientQueueChange change,
                              const KabClientQueueFilter *filter, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data)
{
    KabClientCall call = {.method = "POST",
                          .path = change == KAB_CLIENT_QUEUE_RETRY
                                      ? "/api/v1/exchange/queue/retry"
                                      : "/api/v1/exchange/queue/discard",
                          .body = describe_filter(filter),
                          .parse = parse_count,
                          .free = g_free};

    kab_client_call_async(self, &call, cancellable, callback, data);
}

gboolean
kab_client_count_queue_finish(KabClient *self, GAsyncResult *result, gint64 *out, GError **error)
{
    g_autofree gint64 *count = kab_client_call_finish(self, result, error);

    *out = count != NULL ? *count : 0;
    return count != NULL;
}

static gpointer
parse_orders(GBytes *body, GError **error)
{
    return kab_client_parse_page(body, kab_client_parse_order_head, (GDestroyNotify)kab_order_free,
                                 error);
}

void
kab_client_list_client_orders_async(KabClient *self, const KabOrderQuery *query, const char *after,
                                    guint limit, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer data)
{
    g_autofree char *path = kab_client_query_orders("/api/v1/client-orders", query, after, limit);
    KabClientCall call = {.method = "GET",
                          .path = path,
                          .parse = parse_orders,
                          .free = (GDestroyNotify)kab_page_free};

    kab_client_call_async(self, &call, cancellable, callback, data);
}

static void
call_client_order(KabClient *self, const char *method, KabOrderId id, JsonNode *body,
                  GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    g_autofree char *path = g_strconcat("/api/v1/client-orders/", id.text, NULL);
    KabClientCall call = {.method = method,
                          .path = path,
                          .body = body,
                          .parse = kab_client_parse_order,
                          .free = (GDestroyNotify)kab_order_free};

    kab_client_call_async(self, &call, cancellable, callback, data);
}

void
kab_client_get_client_order_async(KabClient *self, KabOrderId id, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer data)
{
    call_client_order(self, "GET", id, NULL, cancellable, callback, data);
}

/* The base counts the sums anew and refuses other ones, so they are counted here first. */
static JsonNode *
describe(const KabOrder *order, GError **error)
{
    g_autoptr(KabOrder) counted = kab_order_copy(order);

    return kab_order_recount(counted, error) ? kab_wire_order_to_json(counted, KAB_ORDER_ALL)
                                             : NULL;
}

void
kab_client_set_client_order_async(KabClient *self, const KabOrder *order, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer data)
{
    GError *error = NULL;
    JsonNode *body = describe(order, &error);

    if (body == NULL) {
        GTask *task = g_task_new(self, cancellable, callback, data);

        g_task_return_error(task, error);
        g_object_unref(task);
        return;
    }
    call_client_order(self, "PUT", order->id, body, cancellable, callback, data);
}

KabOrder *
kab_client_client_order_finish(KabClient *self, GAsyncResult *result, GError **error)
{
    return kab_client_call_finish(self, result, error);
}
