/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-client-call.h"
#include "kab-client-orders.h"
#include "kab-wire-goods.h"
#include "kab-wire-history.h"
#include "kab-wire-limits.h"
#include "kab-wire-order.h"

gpointer
kab_client_parse_order(GBytes *body, GError **error)
{
    g_autoptr(JsonNode) node = kab_json_parse(body, error);

    return node != NULL ? kab_wire_order_from_json(json_node_get_object(node), KAB_ORDER_ALL, error)
                        : NULL;
}

gpointer
kab_client_parse_order_head(JsonObject *object, GError **error)
{
    return kab_wire_order_from_json(object, KAB_ORDER_HEAD, error);
}

/* A call that gives an order with its lines. */
static void
call_order(KabClient *self, const char *method, const char *path, JsonNode *body, const char *key,
           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    KabClientCall call = {.method = method,
                          .remember = g_str_equal(method, "GET"),
                          .path = path,
                          .body = body,
                          .key = key,
                          .parse = kab_client_parse_order,
                          .free = (GDestroyNotify)kab_order_free};

    kab_client_call_async(self, &call, cancellable, callback, data);
}

static char *
order_path(KabOrderId id, const char *rest)
{
    return g_strconcat("/api/v1/orders/", id.text, rest, NULL);
}

static void
set_details(JsonObject *object, const KabOrder *details)
{
    kab_json_set_text(object, "name", details->name);
    kab_json_set_text(object, "comment", details->comment);
    kab_json_set_text(object, "phone", details->phone);
    kab_json_set_text(object, "email", details->email);
    kab_json_set_text(object, "address", details->address);
    kab_json_set_text(object, "wished_date", details->wished_date.text);
    kab_json_set_text(object, "warehouse_id", details->warehouse_id.text);
}

static void
set_expected(JsonObject *object, KabMoney total)
{
    if (*total.currency == '\0')
        return;
    json_object_set_string_member(object, "currency", total.currency);
    kab_json_set_sum(object, "expected_total", total);
}

void
kab_client_submit_basket_async(KabClient *self, gboolean place, const KabOrder *details,
                               const char *key, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer data)
{
    JsonObject *object = json_object_new();

    json_object_set_boolean_member(object, "place", place);
    set_details(object, details);
    set_expected(object, details->total);
    call_order(self, "POST", "/api/v1/orders", kab_json_node_take(object), key, cancellable,
               callback, data);
}

static gpointer
parse_orders(GBytes *body, GError **error)
{
    return kab_client_parse_page(body, kab_client_parse_order_head, (GDestroyNotify)kab_order_free,
                                 error);
}

static const char *
get_day(const KabDate *date)
{
    return *date->text != '\0' ? date->text : NULL;
}

char *
kab_client_query_orders(const char *path, const KabOrderQuery *query, const char *after,
                        guint limit)
{
    const KabOrderQuery all = {0};
    const KabOrderQuery *wanted = query != NULL ? query : &all;
    g_autofree char *number = g_strdup_printf("%u", limit);

    return kab_client_query(path, "status", wanted->status, "client_status", wanted->client_status,
                            "text", wanted->text, "from", get_day(&wanted->from), "to",
                            get_day(&wanted->to), "after", after, "limit", number, NULL);
}

void
kab_client_list_orders_async(KabClient *self, const KabOrderQuery *query, const char *after,
                             guint limit, GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer data)
{
    g_autofree char *path = kab_client_query_orders("/api/v1/orders", query, after, limit);
    const KabClientCall call = {.method = "GET",
                                .path = path,
                                .remember = TRUE,
                                .parse = parse_orders,
                                .free = (GDestroyNotify)kab_page_free};

    kab_client_call_async(self, &call, cancellable, callback, data);
}

KabPage *
kab_client_list_orders_finish(KabClient *self, GAsyncResult *result, GError **error)
{
    return kab_client_call_finish(self, result, error);
}

static gpointer
parse_totals(GBytes *body, GError **error)
{
    g_autoptr(JsonNode) node = kab_json_parse(body, error);

    return node != NULL ? kab_wire_order_totals_from_json(json_node_get_object(node), error) : NULL;
}

void
kab_client_count_orders_async(KabClient *self, const KabOrderQuery *query,
                              GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer data)
{
    g_autofree char *path =
        kab_client_query("/api/v1/orders/totals", "status", query->status, "text", query->text,
                         "from", get_day(&query->from), "to", get_day(&query->to), NULL);
    KabClientCall call = {.method = "GET",
                          .remember = TRUE,
                          .path = path,
                          .parse = parse_totals,
                          .free = (GDestroyNotify)g_array_unref};

    kab_client_call_async(self, &call, cancellable, callback, data);
}

GArray *
kab_client_count_orders_finish(KabClient *self, GAsyncResult *result, GError **error)
{
    return kab_client_call_finish(self, result, error);
}

static gpointer
parse_entry(JsonObject *object, GError **error)
{
    return kab_wire_history_from_json(object, error);
}

static gpointer
parse_history(GBytes *body, GError **error)
{
    g_autoptr(KabPage) page =
        kab_client_parse_page(body, parse_entry, (GDestroyNotify)kab_history_entry_free, error);

    return page != NULL ? g_steal_pointer(&page->items) : NULL;
}

void
kab_client_list_history_async(KabClient *self, KabOrderId id, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data)
{
    g_autofree char *path = order_path(id, "/history");
    KabClientCall call = {.method = "GET",
                          .remember = TRUE,
                          .path = path,
                          .parse = parse_history,
                          .free = (GDestroyNotify)g_ptr_array_unref};

    kab_client_call_async(self, &call, cancellable, callback, data);
}

GPtrArray *
kab_client_list_history_finish(KabClient *self, GAsyncResult *result, GError **error)
{
    return kab_client_call_finish(self, result, error);
}

void
kab_client_get_order_async(KabClient *self, KabOrderId id, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer data)
{
    g_autofree char *path = order_path(id, "");

    call_order(self, "GET", path, NULL, NULL, cancellable, callback, data);
}

void
kab_client_place_order_async(KabClient *self, KabOrderId id, KabMoney expected,
                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    g_autofree char *path = order_path(id, "/place");
    JsonObject *object = json_object_new();

    set_expected(object, expected);
    call_order(self, "POST", path, kab_json_node_take(object), NULL, cancellable, callback, data);
}

void
kab_client_decide_order_async(KabClient *self, KabOrderId id, KabDecision decision, gint64 revision,
                              const char *reason, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data)
{
    g_autofree char *path = order_path(id, "/decision");
    JsonObject *object = json_object_new();

    json_object_set_string_member(object, "decision", kab_decision_to_nick(decision));
    json_object_set_int_member(object, "revision", revision);
    kab_json_set_text(object, "reason", reason);
    call_order(self, "POST", path, kab_json_node_take(object), NULL, cancellable, callback, data);
}

static JsonObject *
describe_draft(const KabOrder *order)
{
    JsonObject *object = json_object_new();
    JsonArray *lines = json_array_sized_new(order->lines->len);

    set_details(object, order);
    for (guint i = 0; i < order->lines->len; i++) {
        const KabOrderLine *line = kab_order_get_line(order, i);
        JsonObject *entry = json_object_new();

        json_object_set_string_member(entry, "product_id", line->product_id.text);
        kab_json_set_quantity(entry, "quantity", line->quantity);
        json_array_add_object_element(lines, entry);
    }
    json_object_set_array_member(object, "lines", lines);
    return object;
}

void
kab_client_edit_order_async(KabClient *self, const KabOrder *order, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data)
{
    g_autofree char *path = order_path(order->id, "");
    JsonObject *object = describe_draft(order);

    json_object_set_int_member(object, "version", order->version);
    call_order(self, "PUT", path, kab_json_node_take(object), NULL, cancellable, callback, data);
}

void
kab_client_make_draft_async(KabClient *self, const KabOrder *order, const char *key,
                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    call_order(self, "POST", "/api/v1/drafts", kab_json_node_take(describe_draft(order)), key,
               cancellable, callback, data);
}

KabOrder *
kab_client_order_finish(KabClient *self, GAsyncResult *result, GError **error)
{
    return kab_client_call_finish(self, result, error);
}

void
kab_client_delete_order_async(KabClient *self, KabOrderId id, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data)
{
    g_autofree char *path = order_path(id, "");
    KabClientCall call = {.method = "DELETE", .path = path};

    kab_client_call_async(self, &call, cancellable, callback, data);
}

gboolean
kab_client_delete_order_finish(KabClient *self, GAsyncResult *result, GError **error)
{
    kab_client_call_finish(self, result, error);
    return !g_task_had_error(G_TASK(result));
}

static gpointer
parse_warehouse(JsonObject *object, GError **error)
{
    return kab_wire_warehouse_from_json(NULL, object, error);
}

static gpointer
parse_warehouses(GBytes *body, GError **error)
{
    g_autoptr(KabPage) page =
        kab_client_parse_page(body, parse_warehouse, (GDestroyNotify)kab_warehouse_free, error);

    return page != NULL ? g_steal_pointer(&page->items) : NULL;
}

void
kab_client_list_warehouses_async(KabClient *self, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer data)
{
    KabClientCall call = {.method = "GET",
                          .remember = TRUE,
                          .path = "/api/v1/warehouses",
                          .parse = parse_warehouses,
                          .free = (GDestroyNotify)g_ptr_array_unref};

    kab_client_call_async(self, &call, cancellable, callback, data);
}

GPtrArray *
kab_client_list_warehouses_finish(KabClient *self, GAsyncResult *result, GError **error)
{
    return kab_client_call_finish(self, result, error);
}

static gpointer
parse_limits(GBytes *body, GError **error)
{
    g_autoptr(JsonNode) node = kab_json_parse(body, error);
    g_autofree KabLimits *limits = g_new0(KabLimits, 1);

    if (node == NULL)
        return NULL;
    {
        KabFields fields = KAB_FIELDS_INIT(json_node_get_object(node));

        kab_wire_limits_get(&fields, "limits", limits);
        if (!kab_fields_finish(&fields, error))
            return NULL;
    }
    return g_steal_pointer(&limits);
}

void
kab_client_get_limits_async(KabClient *self, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data)
{
    KabClientCall call = {.method = "GET",
                          .remember = TRUE,
                          .path = "/api/v1/limits",
                          .parse = parse_limits,
                          .free = g_free};

    kab_client_call_async(self, &call, cancellable, callback, data);
}

gboolean
kab_client_get_limits_finish(KabClient *self, GAsyncResult *result, KabLimits *out, GError **error)
{
    g_autofree KabLimits *limits = kab_client_call_finish(self, result, error);

    if (limits == NULL)
        return FALSE;
    *out = *limits;
    return TRUE;
}
