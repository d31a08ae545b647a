/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-end-answers.h"
#include "kab-end-routes.h"
#include "kab-portal-basket-many.h"
#include "kab-portal-basket.h"
#include "kab-portal-routes.h"
#include "kab-wire-basket.h"

#define SMALL_BODY 65536
/* A basket of the most lines. */
#define BASKET_BODY (2 * 1024 * 1024)

static gboolean
answer_change(KabHttpResponse *response, KabBasketChange *taken)
{
    g_autoptr(KabBasketChange) change = taken;

    if (change == NULL)
        return FALSE;
    kab_http_response_set_json(response, 200, kab_wire_basket_change_to_json(change));
    return TRUE;
}

static gboolean
on_accept_prices(gpointer service, const KabHttpRequest *request G_GNUC_UNUSED, const KabUser *user,
                 KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);

    return db.db != NULL &&
           kab_end_answer_order(response, kab_portal_basket_accept(db.db, user, error));
}

static gboolean
on_replace(gpointer service, const KabHttpRequest *request, const KabUser *user,
           KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    g_autoptr(JsonNode) node = db.db != NULL ? kab_http_request_parse_json(request, error) : NULL;
    g_autoptr(GArray) wishes = NULL;

    if (node == NULL)
        return FALSE;
    {
        KabFields fields = KAB_FIELDS_INIT(json_node_get_object(node));

        wishes = kab_wire_wishes_from_json(&fields, "lines");
        if (!kab_fields_finish(&fields, error))
            return FALSE;
    }
    return answer_change(
        response, kab_portal_basket_put_many(db.db, user, wishes, KAB_BASKET_REPLACE, error));
}

static gboolean
on_repeat(gpointer service, const KabHttpRequest *request, const KabUser *user,
          KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);

    return db.db != NULL && kab_end_need_key(request, error) &&
           answer_change(response, kab_portal_basket_repeat(db.db, user,
                                                            kab_http_request_get_param(request, 0),
                                                            request->idempotency_key, error));
}

void
kab_portal_basket_routes_add(KabHttpRouter *router)
{
    static const KabHttpRoute routes[] = {
        {"POST", "/api/v1/basket/prices", FALSE, KAB_RIGHT_ORDER, SMALL_BODY, on_accept_prices},
        {"PUT", "/api/v1/basket", FALSE, KAB_RIGHT_ORDER, BASKET_BODY, on_replace},
        {"POST", "/api/v1/orders/{id}/repeat", FALSE, KAB_RIGHT_ORDER, SMALL_BODY, on_repeat},
    };

    kab_http_router_add(router, "", routes, G_N_ELEMENTS(routes));
}
