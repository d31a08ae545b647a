/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-http-message.h"
#include "kab-json.h"
#include "kab-wire-problem.h"

void
kab_http_request_free(KabHttpRequest *request)
{
    if (request == NULL)
        return;
    g_free(request->method);
    g_free(request->path);
    g_clear_pointer(&request->params, g_ptr_array_unref);
    g_clear_pointer(&request->query, g_hash_table_unref);
    g_free(request->authorization);
    g_free(request->partner);
    g_free(request->language);
    g_free(request->idempotency_key);
    g_free(request->content_type);
    g_free(request->remote);
    g_free(request->client);
    g_clear_pointer(&request->body, g_bytes_unref);
    g_free(request);
}

void
kab_http_response_clear(KabHttpResponse *response)
{
    g_clear_pointer(&response->content_type, g_free);
    g_clear_pointer(&response->file_name, g_free);
    g_clear_pointer(&response->body, g_bytes_unref);
    g_clear_pointer(&response->topic, g_free);
    response->status = 0;
}

const char *
kab_http_request_get_query(const KabHttpRequest *request, const char *name)
{
    return request->query != NULL ? g_hash_table_lookup(request->query, name) : NULL;
}

const char *
kab_http_request_get_param(const KabHttpRequest *request, guint i)
{
    g_return_val_if_fail(i < request->params->len, NULL);
    return g_ptr_array_index(request->params, i);
}

JsonNode *
kab_http_request_parse_json(const KabHttpRequest *request, GError **error)
{
    return kab_json_parse(request->body, error);
}

void
kab_http_response_set_bytes(KabHttpResponse *response, guint status, const char *content_type,
                            GBytes *bytes)
{
    kab_http_response_clear(response);
    response->status = status;
    response->content_type = g_strdup(content_type);
    response->body = g_bytes_ref(bytes);
}

void
kab_http_response_set_json(KabHttpResponse *response, guint status, JsonNode *node)
{
    g_autoptr(JsonNode) owned = node;
    g_autoptr(GBytes) bytes = kab_json_to_bytes(node);

    kab_http_response_set_bytes(response, status, "application/json", bytes);
}

void
kab_http_response_set_error(KabHttpResponse *response, const GError *error)
{
    kab_http_response_set_error_status(response, error, 0);
}

void
kab_http_response_set_error_status(KabHttpResponse *response, const GError *error, guint status)
{
    guint usual;
    g_autoptr(JsonNode) node = kab_wire_problem_new(error, &usual);
    g_autoptr(GBytes) bytes = NULL;

    if (status != 0)
        json_object_set_int_member(json_node_get_object(node), "status", status);
    bytes = kab_json_to_bytes(node);
    kab_http_response_set_bytes(response, status != 0 ? status : usual, KAB_PROBLEM_TYPE, bytes);
}

void
kab_http_response_set_live(KabHttpResponse *response, const char *topic)
{
    kab_http_response_clear(response);
    response->status = 101;
    response->topic = g_strdup(topic);
}

void
kab_http_response_set_wait(KabHttpResponse *response, const GError *error, guint seconds)
{
    kab_http_response_set_error_status(response, error, 429);
    response->retry_after = seconds;
}
