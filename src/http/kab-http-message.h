/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * KabHttpRequest:
 * @method: "GET", "POST" and so on
 * @path: the path, not decoded
 * @params: (owned): the values of the route's {places}, in order, decoded
 * @query: (owned) (nullable): the query's values by name, decoded
 * @authorization: (nullable): the header
 * @partner: (nullable): the header "Kabinet-Partner": for whom the person means to act
 * @language: (nullable): the header "Accept-Language"
 * @idempotency_key: (nullable): the header
 * @content_type: (nullable): the header's type, without parameters
 * @remote: the client's address, or "unix"; behind a proxy, what the proxy says
 * @client: (nullable): what the program that asks calls itself
 * @body: (owned): the body, within the route's limit
 *
 * A request as a service gets it, free of the HTTP library.
 */
typedef struct {
    char *method;
    char *path;
    GPtrArray *params;
    GHashTable *query;
    char *authorization;
    char *partner;
    char *language;
    char *idempotency_key;
    char *content_type;
    char *remote;
    char *client;
    GBytes *body;
} KabHttpRequest;

/**
 * KabHttpResponse:
 * @status: the HTTP status
 * @content_type: the media type of @body
 * @file_name: (nullable): the name under which a desktop may save it
 * @retry_after: seconds to wait before it is asked again; 0 for none
 * @body: (nullable): the body
 * @topic: (nullable): instead of an answer, a WebSocket over which the client is told of this
 */
typedef struct {
    guint status;
    char *content_type;
    char *file_name;
    guint retry_after;
    GBytes *body;
    char *topic;
} KabHttpResponse;

void kab_http_request_free(KabHttpRequest *request);
void kab_http_response_clear(KabHttpResponse *response);

/** kab_http_request_get_query: (nullable): the query's value @name. */
const char *kab_http_request_get_query(const KabHttpRequest *request, const char *name);

/** kab_http_request_get_param: the value of the route's place number @i. */
const char *kab_http_request_get_param(const KabHttpRequest *request, guint i);

/**
 * kab_http_request_parse_json:
 * @request: a request
 * @error: return location: %KAB_ERROR_INVALID
 *
 * Returns: (transfer full) (nullable): the object in its body
 */
JsonNode *kab_http_request_parse_json(const KabHttpRequest *request, GError **error);

/** kab_http_response_set_json: answers @node, which it takes. */
void kab_http_response_set_json(KabHttpResponse *response, guint status, JsonNode *node);

/** kab_http_response_set_bytes: answers @bytes of @content_type. */
void kab_http_response_set_bytes(KabHttpResponse *response, guint status, const char *content_type,
                                 GBytes *bytes);

/** kab_http_response_set_live: lets the client listen to @topic; see kab_http_server_tell(). */
void kab_http_response_set_live(KabHttpResponse *response, const char *topic);

/** kab_http_response_set_wait: answers @error as 429: too many requests (RFC 6585, 4). */
void kab_http_response_set_wait(KabHttpResponse *response, const GError *error, guint seconds);

/** kab_http_response_set_error: answers @error as a problem (RFC 9457). */
void kab_http_response_set_error(KabHttpResponse *response, const GError *error);

/** kab_http_response_set_error_status: the same with another status, unless @status is 0. */
void kab_http_response_set_error_status(KabHttpResponse *response, const GError *error,
                                        guint status);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabHttpRequest, kab_http_request_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(KabHttpResponse, kab_http_response_clear)

G_END_DECLS
