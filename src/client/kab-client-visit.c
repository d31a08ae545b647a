/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-client-call.h"
#include "kab-client-live.h"
#include "kab-wire-news.h"

#define MAX_ORDERS 100

void
kab_visit_free(KabVisit *visit)
{
    if (visit == NULL)
        return;
    g_clear_pointer(&visit->orders, g_ptr_array_unref);
    g_free(visit);
}

static gboolean
read_orders(JsonArray *items, GPtrArray *orders, GError **error)
{
    for (guint i = 0; items != NULL && i < json_array_get_length(items); i++) {
        gpointer order =
            kab_client_parse_order_head(json_array_get_object_element(items, i), error);

        if (order == NULL)
            return FALSE;
        g_ptr_array_add(orders, order);
    }
    return TRUE;
}

static gpointer
parse_visit(GBytes *body, GError **error)
{
    g_autoptr(JsonNode) node = kab_json_parse(body, error);
    g_autoptr(KabVisit) visit = g_new0(KabVisit, 1);
    KabFields fields = KAB_FIELDS_INIT(NULL);
    JsonArray *orders;

    visit->orders = g_ptr_array_new_with_free_func((GDestroyNotify)kab_order_free);
    if (node == NULL)
        return NULL;
    fields.object = json_node_get_object(node);
    kab_fields_skip(&fields, "seq");
    visit->at = kab_fields_get_time(&fields, "at");
    visit->n_orders = (guint)kab_fields_get_int(&fields, "n_orders", 0, G_MAXINT, 0);
    visit->n_documents = (guint)kab_fields_get_int(&fields, "n_documents", 0, G_MAXINT, 0);
    visit->n_news = (guint)kab_fields_get_int(&fields, "n_news", 0, G_MAXINT, 0);
    orders = kab_fields_get_array(&fields, "orders", MAX_ORDERS);
    if (!kab_fields_finish(&fields, error) || !read_orders(orders, visit->orders, error))
        return NULL;
    return g_steal_pointer(&visit);
}

void
kab_client_get_visit_async(KabClient *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer data)
{
    const KabClientCall call = {.method = "GET",
                                .path = "/api/v1/visit",
                                .parse = parse_visit,
                                .free = (GDestroyNotify)kab_visit_free};

    kab_client_call_async(self, &call, cancellable, callback, data);
}

KabVisit *
kab_client_get_visit_finish(KabClient *self, GAsyncResult *result, GError **error)
{
    return kab_client_call_finish(self, result, error);
}

static gpointer
parse_piece(JsonObject *object, GError **error)
{
    return kab_wire_news_from_json(object, error);
}

static gpointer
parse_news(GBytes *body, GError **error)
{
    return kab_client_parse_page(body, parse_piece, (GDestroyNotify)kab_news_free, error);
}

void
kab_client_list_news_async(KabClient *self, const char *after, guint limit,
                           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    g_autofree char *number = g_strdup_printf("%u", limit);
    g_autofree char *path = kab_client_query("/api/v1/news", "after", after, "limit", number, NULL);
    const KabClientCall call = {.method = "GET",
                                .remember = TRUE,
                                .path = path,
                                .parse = parse_news,
                                .free = (GDestroyNotify)kab_page_free};

    kab_client_call_async(self, &call, cancellable, callback, data);
}

KabPage *
kab_client_list_news_finish(KabClient *self, GAsyncResult *result, GError **error)
{
    return kab_client_call_finish(self, result, error);
}
