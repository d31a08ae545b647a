/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-http-address.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * KabHttpClient:
 *
 * Asks one service. It belongs to the thread that made it.
 */
typedef struct _KabHttpClient KabHttpClient;

/**
 * KabHttpCall:
 * @method: the method
 * @path: what follows the service's address, with its query
 * @authorization: (nullable): the header
 * @partner: (nullable): the header "Kabinet-Partner": for whom the person acts
 * @language: (nullable): the header "Accept-Language"
 * @idempotency_key: (nullable): the header
 * @content_type: (nullable): the type of @body
 * @body: (nullable): the body
 *
 * What to ask. All of it may be freed as soon as the function that takes it returns.
 */
typedef struct {
    const char *method;
    const char *path;
    const char *authorization;
    const char *partner;
    const char *language;
    const char *idempotency_key;
    const char *content_type;
    GBytes *body;
} KabHttpCall;

/**
 * KabHttpAnswer:
 * @status: the HTTP status
 * @content_type: (nullable): the type of @body, without parameters
 * @retry_after: seconds that the service asks to wait; 0 if it did not
 * @date: when it was given, by the service's clock; 0 if that was not told
 * @body: the body
 */
typedef struct {
    guint status;
    char *content_type;
    guint retry_after;
    gint64 date;
    GBytes *body;
} KabHttpAnswer;

void kab_http_answer_free(KabHttpAnswer *answer);

/**
 * kab_http_client_new:
 * @address: "http://host:port/path", "https://host" or "unix:PATH"
 * @timeout: seconds without a byte after which a call ends; however the bytes drip, it ends after
 *   six times as long
 * @max_answer: the most bytes of an answer
 * @error: return location: %KAB_HTTP_ERROR_ADDRESS
 *
 * Redirections are not followed; TLS is verified.
 *
 * Returns: (transfer full) (nullable): the client
 */
KabHttpClient *kab_http_client_new(const char *address, guint timeout, gsize max_answer,
                                   GError **error);

/**
 * kab_http_client_trust:
 * @client: a client; what is connected already stays so
 * @ca_file: (nullable): a file with the certificates of authorities, in PEM; %NULL or "" for those
 *   that the system knows
 * @error: return location: %KAB_HTTP_ERROR_TLS
 *
 * Trusts these authorities and no others. There is no way to trust a certificate of none.
 *
 * Returns: whether the file holds some
 */
gboolean kab_http_client_trust(KabHttpClient *client, const char *ca_file, GError **error);

void kab_http_client_free(KabHttpClient *client);

/**
 * kab_http_client_send:
 * @client: a client
 * @call: what to ask
 * @cancellable: (nullable): to stop it
 * @error: return location: those of %KAB_HTTP_ERROR, %G_IO_ERROR_CANCELLED
 *
 * Blocks until the answer is whole.
 *
 * Returns: (transfer full) (nullable): the answer, whatever its status
 */
KabHttpAnswer *kab_http_client_send(KabHttpClient *client, const KabHttpCall *call,
                                    GCancellable *cancellable, GError **error);

/**
 * kab_http_client_send_async:
 * @client: a client, which has to live until the callback
 * @source: (nullable): the source object of the callback
 * @call: what to ask
 * @cancellable: (nullable): to stop it
 * @callback: what to call then
 * @data: for @callback
 */
void kab_http_client_send_async(KabHttpClient *client, GObject *source, const KabHttpCall *call,
                                GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer data);

/** kab_http_client_send_finish: (transfer full) (nullable): as kab_http_client_send() */
KabHttpAnswer *kab_http_client_send_finish(GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabHttpClient, kab_http_client_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabHttpAnswer, kab_http_answer_free)

G_END_DECLS
