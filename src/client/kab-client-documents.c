/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-client-call.h"
#include "kab-client-documents.h"
#include "kab-wire-document.h"

static gpointer
parse_document_object(JsonObject *object, GError **error)
{
    return kab_wire_document_from_json(NULL, object, KAB_DOCUMENT_LIST, NULL, error);
}

static gpointer
parse_documents(GBytes *body, GError **error)
{
    g_autoptr(KabPage) page = kab_client_parse_page(body, parse_document_object,
                                                    (GDestroyNotify)kab_document_free, error);

    return page != NULL ? g_steal_pointer(&page->items) : NULL;
}

static gpointer
parse_document(GBytes *body, GError **error)
{
    g_autoptr(JsonNode) node = kab_json_parse(body, error);

    return node != NULL ? parse_document_object(json_node_get_object(node), error) : NULL;
}

static gpointer
parse_bytes(GBytes *body, GError **error G_GNUC_UNUSED)
{
    return g_bytes_ref(body);
}

void
kab_client_list_documents_async(KabClient *self, const char *order_id, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer data)
{
    g_autofree char *path = order_id != NULL
                                ? g_strconcat("/api/v1/orders/", order_id, "/documents", NULL)
                                : g_strdup("/api/v1/documents");
    KabClientCall call = {.method = "GET",
                          .remember = TRUE,
                          .path = path,
                          .parse = parse_documents,
                          .free = (GDestroyNotify)g_ptr_array_unref};

    kab_client_call_async(self, &call, cancellable, callback, data);
}

GPtrArray *
kab_client_list_documents_finish(KabClient *self, GAsyncResult *result, GError **error)
{
    return kab_client_call_finish(self, result, error);
}

void
kab_client_ask_document_async(KabClient *self, const KabDocument *document,
                              GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer data)
{
    JsonObject *object = json_object_new();
    KabClientCall call = {.method = "POST",
                          .path = "/api/v1/documents",
                          .parse = parse_document,
                          .free = (GDestroyNotify)kab_document_free};

    json_object_set_string_member(object, "kind", kab_document_kind_to_nick(document->kind));
    kab_json_set_text(object, "order_id", document->order_id.text);
    kab_json_set_text(object, "from", document->from.text);
    kab_json_set_text(object, "to", document->to.text);
    call.body = kab_json_node_take(object);
    kab_client_call_async(self, &call, cancellable, callback, data);
}

KabDocument *
kab_client_ask_document_finish(KabClient *self, GAsyncResult *result, GError **error)
{
    return kab_client_call_finish(self, result, error);
}

static void
get_file(KabClient *self, const char *path, GCancellable *cancellable, GAsyncReadyCallback callback,
         gpointer data)
{
    const KabClientCall call = {
        .method = "GET", .path = path, .parse = parse_bytes, .free = (GDestroyNotify)g_bytes_unref};

    kab_client_call_async(self, &call, cancellable, callback, data);
}

void
kab_client_get_document_file_async(KabClient *self, KabDocumentId id, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer data)
{
    g_autofree char *path = g_strconcat("/api/v1/documents/", id.text, "/file", NULL);

    get_file(self, path, cancellable, callback, data);
}

void
kab_client_get_client_invoice_async(KabClient *self, KabOrderId id, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer data)
{
    g_autofree char *path = g_strconcat("/api/v1/client-orders/", id.text, "/invoice", NULL);

    get_file(self, path, cancellable, callback, data);
}

GBytes *
kab_client_get_document_file_finish(KabClient *self, GAsyncResult *result, GError **error)
{
    return kab_client_call_finish(self, result, error);
}
