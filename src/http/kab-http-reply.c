/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-http-reply.h"

void
kab_http_reply(SoupServerMessage *message, const KabHttpResponse *response)
{
    SoupMessageHeaders *headers = soup_server_message_get_response_headers(message);

    soup_message_headers_replace(headers, "X-Content-Type-Options", "nosniff");
    soup_message_headers_replace(headers, "Cache-Control", "no-store");
    if (response->retry_after > 0) {
        g_autofree char *seconds = g_strdup_printf("%u", response->retry_after);

        soup_message_headers_replace(headers, "Retry-After", seconds);
    }
    if (response->status == 401)
        soup_message_headers_replace(headers, "WWW-Authenticate", "Basic realm=\"Kabinet\"");
    if (response->body != NULL && g_bytes_get_size(response->body) > 0) {
        soup_message_headers_set_content_type(headers, response->content_type, NULL);
        soup_message_body_append_bytes(soup_server_message_get_response_body(message),
                                       response->body);
    }
    if (response->file_name != NULL) {
        g_autoptr(GHashTable) params = g_hash_table_new(g_str_hash, g_str_equal);

        g_hash_table_insert(params, (gpointer) "filename", response->file_name);
        soup_message_headers_set_content_disposition(headers, "attachment", params);
    }
    soup_server_message_set_status(message, response->status, NULL);
}

/* Refuses and ends the connection. The library answers only when the body is through: nothing of it
 * is kept, and on_got_chunk() puts an end to it. */
void
kab_http_refuse_with(SoupServerMessage *message, guint status, KabError code, const char *text)
{
    g_autoptr(GError) error = g_error_new_literal(KAB_ERROR, (int)code, text);
    g_auto(KabHttpResponse) response = {0};

    soup_message_body_set_accumulate(soup_server_message_get_request_body(message), FALSE);
    soup_message_headers_replace(soup_server_message_get_response_headers(message), "Connection",
                                 "close");
    kab_http_response_set_error_status(&response, error, status);
    kab_http_reply(message, &response);
}

void
kab_http_refuse(SoupServerMessage *message, KabError code, const char *text)
{
    kab_http_refuse_with(message, 0, code, text);
}
