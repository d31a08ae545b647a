/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-host.h"

#include "kab-base.h"
#include "kab-end-routes.h"
#include "kab-http-server.h"
#include "kab-live.h"
#include "kab-portal-post.h"
#include "kab-portal.h"
#include "kab-scheduler.h"

struct _KabHost {
    KabEnd *end;             /* (owned) */
    KabHttpRouter *router;   /* (owned) */
    KabHttpServer *server;   /* (owned) */
    KabScheduler *scheduler; /* (owned) */
    KabPortalPost *post;     /* (owned) (nullable): of a portal */
    KabLive *live;           /* (owned) (nullable): of a portal */
};

KabEnd *
kab_host_open_end(KabSide side, const char *folder, GError **error)
{
    return side == KAB_SIDE_PORTAL ? kab_portal_open(folder, error) : kab_base_open(folder, error);
}

static gboolean
add_routes(KabHost *host, KabSide side, GError **error)
{
    if (side == KAB_SIDE_BASE)
        return kab_base_add_routes(host->router, host->end, error);
    kab_portal_add_routes(host->router);
    return TRUE;
}

KabHost *
kab_host_start(KabSide side, const char *folder, const char *listen, gboolean behind_proxy,
               GError **error)
{
    /* A proxy brings everybody's connections. */
    const KabHttpServerOptions options = {
        .behind_proxy = behind_proxy,
        .limits.per_client = behind_proxy ? 0 : KAB_HTTP_PER_CLIENT,
    };
    g_autoptr(GSocketAddress) address = kab_http_address_parse_listen(listen, error);
    KabHost *host;

    if (address == NULL)
        return NULL;
    host = g_new0(KabHost, 1);
    host->end = kab_host_open_end(side, folder, error);
    if (host->end != NULL && kab_end_lock_service(host->end, error)) {
        host->router = kab_http_router_new(host->end, kab_end_authorize);
        kab_http_router_set_explain(host->router, kab_end_explain);
        kab_http_router_set_denied(host->router, kab_end_denied);
        if (add_routes(host, side, error))
            host->server = kab_http_server_start(host->router, address, &options, error);
    }
    if (host->server == NULL) {
        kab_host_stop(host);
        return NULL;
    }
    host->scheduler = kab_scheduler_start(host->end);
    if (side == KAB_SIDE_PORTAL) {
        host->post = kab_portal_post_start(host->end);
        host->live = kab_live_start(host->end, host->server);
    }
    return host;
}

KabEnd *
kab_host_get_end(KabHost *host)
{
    return host->end;
}

void
kab_host_stop(KabHost *host)
{
    if (host == NULL)
        return;
    if (host->end != NULL)
        kab_end_stop(host->end);
    kab_scheduler_stop(host->scheduler);
    kab_portal_post_stop(host->post);
    kab_live_stop(host->live);
    kab_http_server_stop(host->server);
    kab_http_router_free(host->router);
    kab_end_close(host->end);
    g_free(host);
}
