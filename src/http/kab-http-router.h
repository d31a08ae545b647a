/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-http-message.h"
#include "kab-user.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * KabHttpHandler:
 * @service: the service, as given to kab_http_router_new()
 * @request: what is asked
 * @user: (nullable): who asks; %NULL only on routes that are open to everybody
 * @response: (out): the answer; left alone, it is 204
 * @error: return location: answered as a problem
 *
 * Carries out a request, on a worker thread.
 *
 * Returns: %FALSE if @error is set
 */
typedef gboolean (*KabHttpHandler)(gpointer service, const KabHttpRequest *request,
                                   const KabUser *user, KabHttpResponse *response, GError **error);

/**
 * KabHttpRoute:
 * @method: the method
 * @pattern: the path, with {places} that match one part of it
 * @open: whether it needs no sign-in
 * @right: otherwise, what the user has to have a right to
 * @max_body: the most bytes of a body; 0: none is taken
 * @handler: carries it out
 * @slow: whether it works on a password: that takes tens of milliseconds and much memory, and must
 *   keep nothing else waiting
 */
typedef struct {
    const char *method;
    const char *pattern;
    gboolean open;
    KabRight right;
    gsize max_body;
    KabHttpHandler handler;
    gboolean slow;
} KabHttpRoute;

/**
 * KabHttpAuthorize:
 * @service: the service
 * @request: what is asked
 * @error: return location: %KAB_ERROR_UNAUTHORIZED
 *
 * Returns: (transfer full) (nullable): who asks
 */
typedef KabUser *(*KabHttpAuthorize)(gpointer service, const KabHttpRequest *request,
                                     GError **error);

/**
 * KabHttpDenied:
 * @service: the service
 * @request: what is asked
 * @user: who asks and has no right to it
 *
 * Sees every request that is refused for want of a right.
 */
typedef void (*KabHttpDenied)(gpointer service, const KabHttpRequest *request, const KabUser *user);

/**
 * KabHttpExplain:
 * @error: (inout): why a request was not carried out
 *
 * Makes errors of layers that HTTP does not know into such of %KAB_ERROR; others are left alone and
 * answered as internal ones.
 */
typedef void (*KabHttpExplain)(GError **error);

/**
 * KabHttpRouter:
 *
 * A service's routes. Rights are checked here and nowhere else.
 */
typedef struct _KabHttpRouter KabHttpRouter;

/**
 * kab_http_router_new:
 * @service: passed to the handlers; has to outlive the router
 * @authorize: says who asks
 *
 * Returns: (transfer full): a router without routes
 */
KabHttpRouter *kab_http_router_new(gpointer service, KabHttpAuthorize authorize);

/** kab_http_router_set_denied: lets @denied see what is refused for want of a right. */
void kab_http_router_set_denied(KabHttpRouter *router, KabHttpDenied denied);

/** kab_http_router_set_explain: lets @explain see every error before it is answered. */
void kab_http_router_set_explain(KabHttpRouter *router, KabHttpExplain explain);

void kab_http_router_free(KabHttpRouter *router);

/**
 * kab_http_router_add:
 * @router: a router
 * @prefix: what stands before every pattern, such as "/trade/hs/ExchangePortal"; may be ""
 * @routes: (array length=n_routes): constants
 * @n_routes: how many
 */
void kab_http_router_add(KabHttpRouter *router, const char *prefix, const KabHttpRoute *routes,
                         guint n_routes);

/**
 * kab_http_router_find:
 * @router: a router
 * @method: a method
 * @path: a path, not decoded
 * @params: (out) (transfer full) (optional): the values of the places
 * @path_known: (out) (optional): whether the path is known with another method
 *
 * Returns: (nullable): the route
 */
const KabHttpRoute *kab_http_router_find(KabHttpRouter *router, const char *method,
                                         const char *path, GPtrArray **params,
                                         gboolean *path_known);

/**
 * kab_http_router_carry_out:
 * @router: a router
 * @route: a route of it
 * @request: what is asked
 * @response: (out): the answer
 *
 * Checks who asks and whether that user may, then lets the handler do it.
 */
void kab_http_router_carry_out(KabHttpRouter *router, const KabHttpRoute *route,
                               const KabHttpRequest *request, KabHttpResponse *response);

/**
 * kab_http_router_list:
 * @router: a router
 *
 * Returns: (transfer full): "METHOD /path" of every route, for tests and documentation
 */
GStrv kab_http_router_list(KabHttpRouter *router);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabHttpRouter, kab_http_router_free)

G_END_DECLS
