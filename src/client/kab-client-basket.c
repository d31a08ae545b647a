/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-client-basket.h"
#include "kab-client-call.h"
#include "kab-wire-basket.h"

void
kab_client_accept_prices_async(KabClient *self, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer data)
{
    KabClientCall call = {.method = "POST",
                          .path = "/api/v1/basket/prices",
                          .parse = kab_client_parse_order,
                          .free = (GDestroyNotify)kab_order_free};

    kab_client_call_async(self, &call, cancellable, callback, data);
}

static gpointer
parse_change(GBytes *body, GError **error)
{
    g_autoptr(JsonNode) node = kab_json_parse(body, error);

    return node != NULL ? kab_wire_basket_change_from_json(json_node_get_object(node), error)
                        : NULL;
}

void
kab_client_replace_basket_async(KabClient *self, GArray *wishes, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer data)
{
    JsonObject *object = json_object_new();
    JsonArray *lines = json_array_sized_new(wishes->len);
    KabClientCall call = {.method = "PUT",
                          .path = "/api/v1/basket",
                          .parse = parse_change,
                          .free = (GDestroyNotify)kab_basket_change_free};

    for (guint i = 0; i < wishes->len; i++) {
        const KabBasketWish *wish = &g_array_index(wishes, KabBasketWish, i);
        JsonObject *entry = json_object_new();

        json_object_set_string_member(entry, "product_id", wish->product_id.text);
        kab_json_set_quantity(entry, "quantity", wish->quantity);
        json_array_add_object_element(lines, entry);
    }
    json_object_set_array_member(object, "lines", lines);
    call.body = kab_json_node_take(object);
    kab_client_call_async(self, &call, cancellable, callback, data);
}

void
kab_client_repeat_order_async(KabClient *self, KabOrderId id, const char *key,
                              GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer data)
{
    g_autofree char *path = g_strconcat("/api/v1/orders/", id.text, "/repeat", NULL);
    KabClientCall call = {.method = "POST",
                          .path = path,
                          .key = key,
                          .parse = parse_change,
                          .free = (GDestroyNotify)kab_basket_change_free};

    kab_client_call_async(self, &call, cancellable, callback, data);
}

KabBasketChange *
kab_client_basket_change_finish(KabClient *self, GAsyncResult *result, GError **error)
{
    return kab_client_call_finish(self, result, error);
}
