/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-end.h"

G_BEGIN_DECLS

/**
 * kab_end_routes_add:
 * @router: the router of an end; its service is the #KabEnd
 * @prefix: where the other end finds this end's service; "" at the portal
 *
 * Adds what both ends answer: the other end's messages, "ping" and tokens, sign-in, and what an
 * administrator sees of the exchange.
 */
void kab_end_routes_add(KabHttpRouter *router, const char *prefix);

/** kab_end_authorize: the #KabHttpAuthorize of a router whose service is a #KabEnd. */
KabUser *kab_end_authorize(gpointer service, const KabHttpRequest *request, GError **error);

/** kab_end_denied: the #KabHttpDenied of such a router: what is refused is audited. */
void kab_end_denied(gpointer service, const KabHttpRequest *request, const KabUser *user);

/**
 * kab_end_explain:
 * @error: (inout): an error
 *
 * The #KabHttpExplain of such a router: what the storage says is for the log; whoever asks learns
 * what it means for the request.
 */
void kab_end_explain(GError **error);

/**
 * kab_end_parse_page:
 * @request: a request whose query may have "after" and "limit"
 * @after: (out) (nullable): where the page begins
 * @limit: (out): how many at most, 1 to 500
 * @error: return location: %KAB_ERROR_INVALID
 *
 * Returns: whether the query is right
 */
gboolean kab_end_parse_page(const KabHttpRequest *request, const char **after, guint *limit,
                            GError **error);

/**
 * kab_end_page_to_json:
 * @items: (transfer full): the items of a page
 * @next: (nullable): where the next page begins
 *
 * Returns: (transfer full): the page
 */
JsonNode *kab_end_page_to_json(JsonArray *items, const char *next);

G_END_DECLS
