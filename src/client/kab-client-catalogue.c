/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-client-call.h"
#include "kab-client-catalogue.h"
#include "kab-json.h"
#include "kab-wire-goods.h"

static gpointer
parse_group(JsonObject *object, GError **error)
{
    return kab_wire_group_from_json(NULL, object, error);
}

static gpointer
parse_groups(GBytes *body, GError **error)
{
    g_autoptr(KabPage) page =
        kab_client_parse_page(body, parse_group, (GDestroyNotify)kab_group_free, error);

    return page != NULL ? g_steal_pointer(&page->items) : NULL;
}

void
kab_client_list_groups_async(KabClient *self, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data)
{
    KabClientCall call = {.method = "GET",
                          .remember = TRUE,
                          .path = "/api/v1/groups",
                          .parse = parse_groups,
                          .free = (GDestroyNotify)g_ptr_array_unref};

    kab_client_call_async(self, &call, cancellable, callback, data);
}

GPtrArray *
kab_client_list_groups_finish(KabClient *self, GAsyncResult *result, GError **error)
{
    return kab_client_call_finish(self, result, error);
}

static gpointer
parse_product_object(JsonObject *object, GError **error)
{
    return kab_wire_product_from_json(NULL, object, error);
}

static gpointer
parse_products(GBytes *body, GError **error)
{
    return kab_client_parse_page(body, parse_product_object, (GDestroyNotify)kab_product_free,
                                 error);
}

void
kab_client_list_products_async(KabClient *self, const char *group_id, const char *text,
                               const char *after, guint limit, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer data)
{
    g_autofree char *number = g_strdup_printf("%u", limit);
    g_autofree char *path = kab_client_query("/api/v1/products", "group", group_id, "text", text,
                                             "after", after, "limit", number, NULL);
    KabClientCall call = {.method = "GET",
                          .remember = TRUE,
                          .path = path,
                          .parse = parse_products,
                          .free = (GDestroyNotify)kab_page_free};

    kab_client_call_async(self, &call, cancellable, callback, data);
}

KabPage *
kab_client_list_products_finish(KabClient *self, GAsyncResult *result, GError **error)
{
    return kab_client_call_finish(self, result, error);
}

void
kab_client_find_goods_async(KabClient *self, KabOrderId order_id, const char *text,
                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    g_autofree char *of = g_strconcat("/api/v1/client-orders/", order_id.text, "/goods", NULL);
    g_autofree char *path = kab_client_query(of, "text", text, NULL);
    KabClientCall call = {.method = "GET",
                          .path = path,
                          .parse = parse_products,
                          .free = (GDestroyNotify)kab_page_free};

    kab_client_call_async(self, &call, cancellable, callback, data);
}

KabPage *
kab_client_find_goods_finish(KabClient *self, GAsyncResult *result, GError **error)
{
    return kab_client_call_finish(self, result, error);
}

static gpointer
parse_product(GBytes *body, GError **error)
{
    g_autoptr(JsonNode) node = kab_json_parse(body, error);

    return node != NULL ? kab_wire_product_from_json(NULL, json_node_get_object(node), error)
                        : NULL;
}

void
kab_client_get_product_async(KabClient *self, KabProductId id, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data)
{
    g_autofree char *path = g_strconcat("/api/v1/products/", id.text, NULL);
    KabClientCall call = {.method = "GET",
                          .remember = TRUE,
                          .path = path,
                          .parse = parse_product,
                          .free = (GDestroyNotify)kab_product_free};

    kab_client_call_async(self, &call, cancellable, callback, data);
}

KabProduct *
kab_client_get_product_finish(KabClient *self, GAsyncResult *result, GError **error)
{
    return kab_client_call_finish(self, result, error);
}

void
kab_client_get_basket_async(KabClient *self, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data)
{
    KabClientCall call = {.method = "GET",
                          .remember = TRUE,
                          .path = "/api/v1/basket",
                          .parse = kab_client_parse_order,
                          .free = (GDestroyNotify)kab_order_free};

    kab_client_call_async(self, &call, cancellable, callback, data);
}

void
kab_client_set_basket_async(KabClient *self, KabProductId product_id, KabQuantity quantity,
                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    g_autofree char *path = g_strconcat("/api/v1/basket/", product_id.text, NULL);
    JsonObject *object = json_object_new();
    KabClientCall call = {.method = "PUT",
                          .remember_as = "/api/v1/basket",
                          .path = path,
                          .parse = kab_client_parse_order,
                          .free = (GDestroyNotify)kab_order_free};

    kab_json_set_quantity(object, "quantity", quantity);
    call.body = kab_json_node_take(object);
    kab_client_call_async(self, &call, cancellable, callback, data);
}

KabOrder *
kab_client_basket_finish(KabClient *self, GAsyncResult *result, GError **error)
{
    return kab_client_call_finish(self, result, error);
}
