/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-base-goods.h"
#include "kab-base-invoice.h"
#include "kab-base-orders.h"
#include "kab-base-routes.h"
#include "kab-base-tasks.h"
#include "kab-comment-store.h"
#include "kab-end-answers.h"
#include "kab-end-routes.h"
#include "kab-error.h"
#include "kab-order-store.h"
#include "kab-task-store.h"
#include "kab-wire-order.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A client order of the most lines, with long names. */
#define ORDER_BODY (8 * 1024 * 1024)
#define SMALL_BODY 65536
#define MAX_GOODS 50
#define SELECT_ORDER "SELECT 1 FROM orders WHERE id = $1"

static gboolean
on_client_orders(gpointer service, const KabHttpRequest *request, const KabUser *user G_GNUC_UNUSED,
                 KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    KabOrderQuery query;
    GPtrArray *orders;
    g_autofree char *next = NULL;
    const char *after;
    guint limit;

    if (db.db == NULL || !kab_end_parse_page(request, &after, &limit, error) ||
        !kab_end_parse_order_query(request, &query, error))
        return FALSE;
    orders = kab_order_store_search(db.db, NULL, &query, after, limit, &next, error);
    return kab_end_answer_orders(response, orders, next);
}

static gboolean
on_client_order(gpointer service, const KabHttpRequest *request, const KabUser *user G_GNUC_UNUSED,
                KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);

    return db.db != NULL &&
           kab_end_answer_order(
               response,
               kab_base_orders_load(db.db, kab_http_request_get_param(request, 0), error));
}

static gboolean
on_set_client_order(gpointer service, const KabHttpRequest *request, const KabUser *user,
                    KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    g_autoptr(JsonNode) node = db.db != NULL ? kab_http_request_parse_json(request, error) : NULL;
    const KabActor actor = {user->login, request->remote};
    g_autoptr(KabOrder) wanted = NULL;
    KabOrderId id;

    if (node == NULL || !kab_order_id_parse(kab_http_request_get_param(request, 0), &id, error))
        return FALSE;
    wanted = kab_wire_order_from_json(json_node_get_object(node), KAB_ORDER_ALL, error);
    if (wanted == NULL)
        return FALSE;
    wanted->id = id;
    if (!kab_end_answer_order(
            response, kab_base_orders_set_as(service, db.db, &actor, wanted, user->name, error)))
        return FALSE;
    kab_end_nudge(service);
    return TRUE;
}

/* What the manager may add to the order. */
static gboolean
on_goods(gpointer service, const KabHttpRequest *request, const KabUser *user G_GNUC_UNUSED,
         KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    g_autoptr(KabOrder) order =
        db.db != NULL ? kab_base_orders_load(db.db, kab_http_request_get_param(request, 0), error)
                      : NULL;

    return order != NULL &&
           kab_end_answer_products(response,
                                   kab_base_goods_find(db.db, order,
                                                       kab_http_request_get_query(request, "text"),
                                                       MAX_GOODS, error),
                                   NULL);
}

static gboolean
on_client_invoice(gpointer service, const KabHttpRequest *request,
                  const KabUser *user G_GNUC_UNUSED, KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    g_autoptr(GBytes) pdf = NULL;

    if (db.db == NULL)
        return FALSE;
    pdf = kab_base_invoice_issue(db.db, kab_http_request_get_param(request, 0), error);
    if (pdf == NULL)
        return FALSE;
    kab_http_response_set_bytes(response, 200, "application/pdf", pdf);
    return TRUE;
}

static gboolean
check_order(KabDb *db, const char *id, GError **error)
{
    gboolean found;
    gint64 unused;

    if (!kab_db_get_int(db, SELECT_ORDER, KAB_BIND(kab_text(id)), &found, &unused, error))
        return FALSE;
    if (!found)
        g_set_error(error, KAB_ERROR, KAB_ERROR_NOT_FOUND, _("There is no order %.40s"), id);
    return found;
}

static gboolean
on_comments(gpointer service, const KabHttpRequest *request, const KabUser *user G_GNUC_UNUSED,
            KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    const char *order_id = kab_http_request_get_param(request, 0);

    return db.db != NULL && check_order(db.db, order_id, error) &&
           kab_end_answer_comments(response, kab_comment_store_list(db.db, order_id, error));
}

static gboolean
on_comment(gpointer service, const KabHttpRequest *request, const KabUser *user,
           KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    g_autoptr(KabComment) comment =
        db.db != NULL ? kab_end_parse_comment(request, user, error) : NULL;

    if (comment == NULL || !check_order(db.db, comment->order_id.text, error))
        return FALSE;
    comment->by_base = TRUE;
    if (!kab_comment_store_add(db.db, comment, error) ||
        !kab_end_answer_comments(response,
                                 kab_comment_store_list(db.db, comment->order_id.text, error)))
        return FALSE;
    kab_end_nudge(service);
    return TRUE;
}

static gboolean
on_tasks(gpointer service, const KabHttpRequest *request, const KabUser *user,
         KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    GPtrArray *tasks;
    g_autofree char *next = NULL;
    const char *after;
    guint limit;

    if (db.db == NULL || !kab_end_parse_page(request, &after, &limit, error))
        return FALSE;
    tasks =
        kab_task_store_list(db.db, user->role, NULL, kab_http_request_get_query(request, "state"),
                            after, limit, &next, error);
    return kab_end_answer_tasks(response, tasks, next);
}

static gboolean
on_task(gpointer service, const KabHttpRequest *request, const KabUser *user,
        KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);

    return db.db != NULL &&
           kab_end_answer_task(
               response,
               kab_task_store_load_for(db.db, user, kab_http_request_get_param(request, 0), error));
}

static gboolean
on_decide_task(gpointer service, const KabHttpRequest *request, const KabUser *user,
               KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    g_autofree char *variant = NULL;
    g_autofree char *comment = NULL;

    if (db.db == NULL || !kab_end_parse_task_decision(request, &variant, &comment, error) ||
        !kab_end_answer_task(response, kab_base_tasks_decide(db.db, user,
                                                             kab_http_request_get_param(request, 0),
                                                             variant, comment, error)))
        return FALSE;
    kab_end_nudge(service);
    return TRUE;
}

void
kab_base_routes_add(KabHttpRouter *router)
{
    static const KabHttpRoute routes[] = {
        {"GET", "/api/v1/client-orders", FALSE, KAB_RIGHT_CLIENT_ORDERS, 0, on_client_orders},
        {"GET", "/api/v1/client-orders/{id}", FALSE, KAB_RIGHT_CLIENT_ORDERS, 0, on_client_order},
        {"PUT", "/api/v1/client-orders/{id}", FALSE, KAB_RIGHT_CLIENT_ORDERS, ORDER_BODY,
         on_set_client_order},
        {"GET", "/api/v1/client-orders/{id}/goods", FALSE, KAB_RIGHT_CLIENT_ORDERS, 0, on_goods},
        {"GET", "/api/v1/client-orders/{id}/invoice", FALSE, KAB_RIGHT_CLIENT_ORDERS, 0,
         on_client_invoice},
        {"GET", "/api/v1/comments/{id}", FALSE, KAB_RIGHT_CLIENT_ORDERS, 0, on_comments},
        {"PUT", "/api/v1/comments/{id}/{id}", FALSE, KAB_RIGHT_CLIENT_ORDERS, SMALL_BODY,
         on_comment},
        {"GET", "/api/v1/tasks", FALSE, KAB_RIGHT_TASKS, 0, on_tasks},
        {"GET", "/api/v1/tasks/{id}", FALSE, KAB_RIGHT_TASKS, 0, on_task},
        {"POST", "/api/v1/tasks/{id}/decision", FALSE, KAB_RIGHT_TASKS, SMALL_BODY, on_decide_task},
    };

    kab_http_router_add(router, "", routes, G_N_ELEMENTS(routes));
}
