/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client-catalogue.h"
#include "kab-client.h"
#include "kab-http-feed.h"
#include "kab-order-query.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * KabClientParse:
 * @body: an answer's body
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what the call gives, made of it
 */
typedef gpointer (*KabClientParse)(GBytes *body, GError **error);

/**
 * KabClientCall:
 * @method: the method
 * @path: the path with its query
 * @body: (nullable): JSON, taken
 * @key: (nullable): the Idempotency-Key
 * @personal: whether it is about the person, whichever partner the person acts for
 * @remember: whether the latest answer is given where there is no connection; for what is looked at
 * @remember_as: (nullable): the path that would be answered so now, of a change
 * @parse: (nullable): makes the result of the answer; without it, the result is nothing
 * @free: (nullable): frees the result
 *
 * What all calls of this room are: one request, one result.
 */
typedef struct {
    const char *method;
    const char *path;
    JsonNode *body;
    const char *key;
    gboolean personal;
    gboolean remember;
    const char *remember_as;
    KabClientParse parse;
    GDestroyNotify free;
} KabClientCall;

/** kab_client_call_async: begins @call; may be called again as soon as it returns. */
void kab_client_call_async(KabClient *self, const KabClientCall *call, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer data);

/** kab_client_call_finish: (nullable) (transfer full): the result; NULL with @error set on error.
 */
gpointer kab_client_call_finish(KabClient *self, GAsyncResult *result, GError **error);

/** kab_client_query: (transfer full): @path with those of name, value, ... whose value is there. */
char *kab_client_query(const char *path, ...) G_GNUC_NULL_TERMINATED;

/**
 * KabClientParseItem:
 * @object: an item of a page
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what the item is
 */
typedef gpointer (*KabClientParseItem)(JsonObject *object, GError **error);

/** kab_client_parse_page: (transfer full) (nullable): a page whose items @parse makes. */
KabPage *kab_client_parse_page(GBytes *body, KabClientParseItem parse, GDestroyNotify free,
                               GError **error);

/** kab_client_parse_order: a #KabClientParse for an order with its lines. */
gpointer kab_client_parse_order(GBytes *body, GError **error);

/** kab_client_parse_order_head: a #KabClientParseItem for an order in a list. */
gpointer kab_client_parse_order_head(JsonObject *object, GError **error);

/** kab_client_parse_session: a #KabClientParseItem for a #KabSignedIn. */
gpointer kab_client_parse_session(JsonObject *object, GError **error);

/** kab_client_open_feed_async: opens a WebSocket of the service, as who is signed in. */
void kab_client_open_feed_async(KabClient *self, const char *path, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer data);

/** kab_client_open_feed_finish: (transfer full) (nullable): as kab_http_feed_open_finish() */
KabHttpFeed *kab_client_open_feed_finish(GAsyncResult *result, GError **error);

/** kab_client_query_orders: (transfer full): @path with the parameters of @query, which may be
 * %NULL, and of a page */
char *kab_client_query_orders(const char *path, const KabOrderQuery *query, const char *after,
                              guint limit);

G_END_DECLS
