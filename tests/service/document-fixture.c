/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "document-fixture.h"

#include "kab-base-documents.h"
#include "kab-base-orders.h"
#include "kab-wire-document.h"

#include <string.h>

char *
documents_place(TestPair *test)
{
    char *id = test_pair_place(test, test->a2);

    test_pair_exchange(test);
    return id;
}

char *
documents_offer(TestPair *test)
{
    char *id = documents_place(test);

    test_pair_set_status(test, id, KAB_CLIENT_TO_FULFIL);
    test_pair_exchange(test);
    return id;
}

void
documents_ship(TestPair *test, const char *id, guint line)
{
    g_autoptr(KabOrder) wanted = test_pair_client_order(test, id);
    g_autoptr(KabOrder) order = NULL;
    g_autoptr(GError) error = NULL;

    kab_order_get_line(wanted, line)->shipped = kab_order_get_line(wanted, line)->quantity;
    order = kab_base_orders_set(test->base, wanted, "Мария", &error);
    g_assert_no_error(error);
    test_pair_exchange(test);
}

JsonNode *
documents_ask(TestPair *test, const char *token, const char *kind, const char *order_id,
              guint expected)
{
    g_autofree char *body = g_strdup_printf("{'kind': '%s', 'order_id': '%s'}", kind, order_id);

    return test_pair_portal(test, token, "POST", "/api/v1/documents", body, expected);
}

GPtrArray *
documents_list(TestPair *test, const char *order_id, KabDocumentKind kind)
{
    g_autofree char *path = g_strdup_printf("/api/v1/orders/%s/documents", order_id);
    g_autoptr(JsonNode) list = test_pair_portal(test, test->viewer, "GET", path, NULL, 200);
    JsonArray *items = json_object_get_array_member(json_node_get_object(list), "items");
    GPtrArray *documents = g_ptr_array_new_with_free_func((GDestroyNotify)kab_document_free);
    g_autoptr(GError) error = NULL;

    for (guint i = 0; i < json_array_get_length(items); i++) {
        g_autoptr(KabDocument) document = kab_wire_document_from_json(
            NULL, json_array_get_object_element(items, i), KAB_DOCUMENT_LIST, NULL, &error);

        g_assert_no_error(error);
        if (document->kind == kind)
            g_ptr_array_add(documents, g_steal_pointer(&document));
    }
    return documents;
}

KabDocument *
documents_find(TestPair *test, const char *order_id, KabDocumentKind kind)
{
    g_autoptr(GPtrArray) documents = documents_list(test, order_id, kind);

    g_assert_cmpuint(documents->len, >, 0);
    return g_ptr_array_steal_index(documents, 0);
}

void
documents_assert_state(TestPair *test, const char *order_id, KabDocumentKind kind,
                       KabDocumentState state, const char *why)
{
    g_autoptr(KabDocument) document = documents_find(test, order_id, kind);

    g_assert_cmpint(document->state, ==, state);
    if (why != NULL)
        g_assert_nonnull(strstr(document->error, why));
    else
        g_assert_null(document->error);
}

void
documents_assert_states(TestPair *test, const char *order_id, KabDocumentKind kind,
                        const char *expected)
{
    static const char letters[] = {[KAB_DOCUMENT_NOT_ISSUED] = 'N',
                                   [KAB_DOCUMENT_PREPARING] = 'P',
                                   [KAB_DOCUMENT_READY] = 'R',
                                   [KAB_DOCUMENT_FAILED] = 'F'};
    g_autoptr(GPtrArray) documents = documents_list(test, order_id, kind);
    g_autoptr(GString) found = g_string_new(NULL);

    for (guint i = 0; i < documents->len; i++) {
        const KabDocument *document = g_ptr_array_index(documents, i);

        g_assert_cmpint(document->part, ==, (int)i + 1);
        g_string_append_c(found, letters[document->state]);
    }
    g_assert_cmpstr(found->str, ==, expected);
}

char *
documents_download(TestPair *test, const char *token, const char *id)
{
    g_autofree char *path = g_strdup_printf("/api/v1/documents/%s/file", id);
    g_autoptr(JsonNode) answer = NULL;
    guint status = test_pair_ask(kab_pair_get_portal_address(test->pair), token, "GET", path, NULL,
                                 NULL, &answer);

    if (status == 404)
        return NULL;
    g_assert_cmpuint(status, ==, 200);
    return g_strdup(json_node_get_string(answer));
}

KabDocument *
documents_attach(TestPair *test, const char *order_id, KabDocumentKind kind, int part,
                 const char *name, const char *text, GError **error)
{
    g_autoptr(KabOrder) order = test_pair_client_order(test, order_id);
    g_autoptr(GBytes) file = g_bytes_new(text, strlen(text));

    return kab_base_documents_attach(test->base, order, kind, part, name, file, error);
}

void
documents_set(TestPair *test, const char *name, const char *value)
{
    g_autoptr(GError) error = NULL;

    kab_settings_set(kab_end_get_settings(kab_pair_get_base(test->pair)), test->base,
                     KAB_ACTOR_SERVICE, name, value, NULL, &error);
    g_assert_no_error(error);
}
