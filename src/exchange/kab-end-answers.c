/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-end-answers.h"
#include "kab-end-routes.h"
#include "kab-wire-comment.h"
#include "kab-error.h"
#include "kab-wire-document.h"
#include "kab-wire-goods.h"
#include "kab-wire-history.h"
#include "kab-wire-order.h"
#include "kab-wire-task.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_KEY 100

typedef JsonNode *(*Encode)(gconstpointer item);

/* Takes the item, which is NULL if the error is set. */
static gboolean
answer_one(KabHttpResponse *response, gpointer taken, Encode encode, GDestroyNotify free)
{
    if (taken == NULL)
        return FALSE;
    kab_http_response_set_json(response, 200, encode(taken));
    free(taken);
    return TRUE;
}

/* Takes the items, which are NULL if the error is set. */
static gboolean
answer_page(KabHttpResponse *response, GPtrArray *taken, Encode encode, const char *next)
{
    g_autoptr(GPtrArray) items = taken;
    JsonArray *array;

    if (items == NULL)
        return FALSE;
    array = json_array_sized_new(items->len);
    for (guint i = 0; i < items->len; i++)
        json_array_add_element(array, encode(g_ptr_array_index(items, i)));
    kab_http_response_set_json(response, 200, kab_end_page_to_json(array, next));
    return TRUE;
}

static JsonNode *
encode_order(gconstpointer order)
{
    return kab_wire_order_to_json(order, KAB_ORDER_ALL);
}

static JsonNode *
encode_head(gconstpointer order)
{
    return kab_wire_order_to_json(order, KAB_ORDER_HEAD);
}

static JsonNode *
encode_comment(gconstpointer comment)
{
    return kab_wire_comment_to_json(comment, TRUE);
}

static JsonNode *
encode_document(gconstpointer document)
{
    return kab_wire_document_to_json(document, KAB_DOCUMENT_LIST);
}

static JsonNode *
encode_task(gconstpointer task)
{
    return kab_wire_task_to_json(task, KAB_TASK_ALL);
}

/* In lists and alone it says which product it is. */
static JsonNode *
encode_product(gconstpointer item)
{
    const KabProduct *product = item;
    JsonNode *node = kab_wire_product_to_json(product);

    json_object_set_string_member(json_node_get_object(node), "id", product->id.text);
    return node;
}

static JsonNode *
encode_history(gconstpointer entry)
{
    return kab_wire_history_to_json(entry);
}

gboolean
kab_end_answer_order(KabHttpResponse *response, KabOrder *order)
{
    return answer_one(response, order, encode_order, (GDestroyNotify)kab_order_free);
}

gboolean
kab_end_answer_orders(KabHttpResponse *response, GPtrArray *orders, const char *next)
{
    return answer_page(response, orders, encode_head, next);
}

gboolean
kab_end_answer_product(KabHttpResponse *response, KabProduct *product)
{
    return answer_one(response, product, encode_product, (GDestroyNotify)kab_product_free);
}

gboolean
kab_end_answer_products(KabHttpResponse *response, GPtrArray *products, const char *next)
{
    return answer_page(response, products, encode_product, next);
}

gboolean
kab_end_answer_comments(KabHttpResponse *response, GPtrArray *comments)
{
    return answer_page(response, comments, encode_comment, NULL);
}

gboolean
kab_end_answer_history(KabHttpResponse *response, GPtrArray *entries)
{
    return answer_page(response, entries, encode_history, NULL);
}

gboolean
kab_end_answer_document(KabHttpResponse *response, KabDocument *document)
{
    return answer_one(response, document, encode_document, (GDestroyNotify)kab_document_free);
}

gboolean
kab_end_answer_documents(KabHttpResponse *response, GPtrArray *documents)
{
    return answer_page(response, documents, encode_document, NULL);
}

gboolean
kab_end_answer_task(KabHttpResponse *response, KabTask *task)
{
    return answer_one(response, task, encode_task, (GDestroyNotify)kab_task_free);
}

gboolean
kab_end_answer_tasks(KabHttpResponse *response, GPtrArray *tasks, const char *next)
{
    return answer_page(response, tasks, encode_task, next);
}

gboolean
kab_end_parse_order_query(const KabHttpRequest *request, KabOrderQuery *query, GError **error)
{
    const char *text = kab_http_request_get_query(request, "text");

    query->status = kab_http_request_get_query(request, "status");
    query->client_status = kab_http_request_get_query(request, "client_status");
    query->text = text != NULL && *text != '\0' ? text : NULL;
    return kab_date_parse(kab_http_request_get_query(request, "from"), &query->from, error) &&
           kab_date_parse(kab_http_request_get_query(request, "to"), &query->to, error) &&
           kab_order_query_check(query, error);
}

gboolean
kab_end_need_key(const KabHttpRequest *request, GError **error)
{
    const char *key = request->idempotency_key;

    if (key != NULL && *key != '\0' && strlen(key) <= MAX_KEY)
        return TRUE;
    g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID,
                        _("The header Idempotency-Key is missing or too long"));
    return FALSE;
}

KabComment *
kab_end_parse_comment(const KabHttpRequest *request, const KabUser *author, GError **error)
{
    g_autoptr(JsonNode) node = kab_http_request_parse_json(request, error);
    g_autoptr(KabComment) comment = g_new0(KabComment, 1);

    if (node == NULL ||
        !kab_order_id_parse(kab_http_request_get_param(request, 0), &comment->order_id, error) ||
        !kab_comment_id_parse(kab_http_request_get_param(request, 1), &comment->id, error))
        return NULL;
    {
        KabFields fields = KAB_FIELDS_INIT(json_node_get_object(node));

        comment->text = g_strdup(kab_fields_need_text(&fields, "text", KAB_COMMENT_MAX));
        if (!kab_fields_finish(&fields, error))
            return NULL;
    }
    comment->author = g_strdup(author->name);
    comment->at = kab_time_now();
    return g_steal_pointer(&comment);
}

gboolean
kab_end_parse_task_decision(const KabHttpRequest *request, char **variant, char **comment,
                            GError **error)
{
    g_autoptr(JsonNode) node = kab_http_request_parse_json(request, error);

    if (node == NULL)
        return FALSE;
    {
        KabFields fields = KAB_FIELDS_INIT(json_node_get_object(node));

        *variant = g_strdup(kab_fields_need_text(&fields, "variant", 100));
        *comment = kab_fields_dup_text(&fields, "comment", KAB_COMMENT_MAX);
        return kab_fields_finish(&fields, error);
    }
}
