/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-comment-store.h"
#include "kab-end-answers.h"
#include "kab-end-routes.h"
#include "kab-error.h"
#include "kab-portal-catalogue.h"
#include "kab-portal-documents.h"
#include "kab-portal-limits.h"
#include "kab-portal-orders.h"
#include "kab-portal-routes.h"
#include "kab-portal-tasks.h"
#include "kab-task-store.h"
#include "kab-wire-goods.h"
#include "kab-wire-limits.h"

#include <glib/gi18n-lib.h>

#define SMALL_BODY 65536
#define SELECT_WAREHOUSES                                                          \
    "SELECT id, name FROM warehouse"                                               \
    " WHERE NOT EXISTS (SELECT 1 FROM partner_warehouse WHERE partner_id = $1)"    \
    " OR id IN (SELECT warehouse_id FROM partner_warehouse WHERE partner_id = $1)" \
    " ORDER BY name, id"
#define SELECT_PLACED "SELECT status <> 'draft' FROM orders WHERE id = $1"

static gboolean
on_warehouses(gpointer service, const KabHttpRequest *request G_GNUC_UNUSED, const KabUser *user,
              KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    g_autoptr(KabRows) rows = db.db != NULL
                                  ? kab_db_query(db.db, SELECT_WAREHOUSES,
                                                 KAB_BIND(kab_text(user->partner_id.text)), error)
                                  : NULL;
    g_autoptr(JsonArray) items = json_array_new();
    g_autoptr(GError) local = NULL;

    if (rows == NULL)
        return FALSE;
    while (kab_rows_next(rows, &local)) {
        const KabWarehouse warehouse = {.name = (char *)kab_rows_get_text(rows, 1)};
        g_autoptr(JsonNode) node = kab_wire_warehouse_to_json(&warehouse);
        JsonObject *object = json_node_dup_object(node);

        json_object_set_string_member(object, "id", kab_rows_get_text(rows, 0));
        json_array_add_object_element(items, object);
    }
    if (!kab_error_pass(error, &local))
        return FALSE;
    kab_http_response_set_json(response, 200, kab_end_page_to_json(g_steal_pointer(&items), NULL));
    return TRUE;
}

static gboolean
on_limits(gpointer service, const KabHttpRequest *request G_GNUC_UNUSED, const KabUser *user,
          KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    JsonObject *object;
    KabLimits limits;

    if (db.db == NULL || !kab_portal_limits_load(db.db, user->partner_id, &limits, error))
        return FALSE;
    object = json_object_new();
    kab_wire_limits_set(object, "limits", &limits);
    kab_http_response_set_json(response, 200, kab_json_node_take(object));
    return TRUE;
}

static gboolean
on_comments(gpointer service, const KabHttpRequest *request, const KabUser *user,
            KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    const char *order_id = kab_http_request_get_param(request, 0);

    return db.db != NULL && kab_portal_orders_check(db.db, user, order_id, error) &&
           kab_end_answer_comments(response, kab_comment_store_list(db.db, order_id, error));
}

static gboolean
check_placed(KabDb *db, const char *order_id, GError **error)
{
    gint64 placed;

    if (!kab_db_get_int(db, SELECT_PLACED, KAB_BIND(kab_text(order_id)), NULL, &placed, error))
        return FALSE;
    if (placed)
        return TRUE;
    g_set_error_literal(error, KAB_ERROR, KAB_ERROR_STATE,
                        _("A draft has no comments: the company does not see it"));
    return FALSE;
}

static gboolean
on_comment(gpointer service, const KabHttpRequest *request, const KabUser *user,
           KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    g_autoptr(KabComment) comment =
        db.db != NULL ? kab_end_parse_comment(request, user, error) : NULL;

    if (comment == NULL || !kab_portal_orders_check(db.db, user, comment->order_id.text, error) ||
        !check_placed(db.db, comment->order_id.text, error) ||
        !kab_comment_store_add(db.db, comment, error) ||
        !kab_end_answer_comments(response,
                                 kab_comment_store_list(db.db, comment->order_id.text, error)))
        return FALSE;
    kab_end_nudge(service);
    return TRUE;
}

static gboolean
on_order_documents(gpointer service, const KabHttpRequest *request, const KabUser *user,
                   KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);

    return db.db != NULL &&
           kab_end_answer_documents(
               response, kab_portal_documents_list_order(
                             db.db, user, kab_http_request_get_param(request, 0), error));
}

static gboolean
on_documents(gpointer service, const KabHttpRequest *request G_GNUC_UNUSED, const KabUser *user,
             KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);

    return db.db != NULL &&
           kab_end_answer_documents(response, kab_portal_documents_list_acts(db.db, user, error));
}

static KabDocument *
parse_wish(const KabHttpRequest *request, GError **error)
{
    g_autoptr(JsonNode) node = kab_http_request_parse_json(request, error);
    g_autoptr(KabDocument) wanted = g_new0(KabDocument, 1);
    GError *local = NULL;

    if (node == NULL)
        return NULL;
    {
        KabFields fields = KAB_FIELDS_INIT(json_node_get_object(node));

        if (!kab_document_kind_from_nick(kab_fields_need_text(&fields, "kind", 40), &wanted->kind,
                                         &local))
            kab_fields_fail(&fields, local);
        kab_fields_get_id(&fields, "order_id", wanted->order_id.text);
        wanted->from = kab_fields_get_date(&fields, "from");
        wanted->to = kab_fields_get_date(&fields, "to");
        return kab_fields_finish(&fields, error) ? g_steal_pointer(&wanted) : NULL;
    }
}

static gboolean
on_ask_document(gpointer service, const KabHttpRequest *request, const KabUser *user,
                KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    g_autoptr(KabDocument) wanted = db.db != NULL ? parse_wish(request, error) : NULL;

    if (wanted == NULL ||
        !kab_end_answer_document(response, kab_portal_documents_ask(db.db, user, wanted, error)))
        return FALSE;
    kab_end_nudge(service);
    return TRUE;
}

static gboolean
on_document_file(gpointer service, const KabHttpRequest *request, const KabUser *user,
                 KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    g_autoptr(KabDocument) document = NULL;
    g_autoptr(GBytes) file = NULL;

    if (db.db == NULL)
        return FALSE;
    file = kab_portal_documents_get_file(db.db, user, kab_http_request_get_param(request, 0),
                                         &document, error);
    if (file == NULL)
        return FALSE;
    kab_http_response_set_bytes(response, 200, document->media_type, file);
    response->file_name = kab_document_make_file_name(document);
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
    tasks = kab_portal_tasks_list(db.db, user, kab_http_request_get_query(request, "state"), after,
                                  limit, &next, error);
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
        !kab_end_answer_task(
            response, kab_portal_tasks_decide(db.db, user, kab_http_request_get_param(request, 0),
                                              variant, comment, error)))
        return FALSE;
    kab_end_nudge(service);
    return TRUE;
}

void
kab_portal_paper_routes_add(KabHttpRouter *router)
{
    static const KabHttpRoute routes[] = {
        {"GET", "/api/v1/warehouses", FALSE, KAB_RIGHT_BROWSE, 0, on_warehouses},
        {"GET", "/api/v1/limits", FALSE, KAB_RIGHT_BROWSE, 0, on_limits},
        {"GET", "/api/v1/comments/{id}", FALSE, KAB_RIGHT_BROWSE, 0, on_comments},
        {"PUT", "/api/v1/comments/{id}/{id}", FALSE, KAB_RIGHT_ORDER, SMALL_BODY, on_comment},
        {"GET", "/api/v1/orders/{id}/documents", FALSE, KAB_RIGHT_BROWSE, 0, on_order_documents},
        {"GET", "/api/v1/documents", FALSE, KAB_RIGHT_BROWSE, 0, on_documents},
        {"POST", "/api/v1/documents", FALSE, KAB_RIGHT_ORDER, SMALL_BODY, on_ask_document},
        {"GET", "/api/v1/documents/{id}/file", FALSE, KAB_RIGHT_BROWSE, 0, on_document_file},
        {"GET", "/api/v1/tasks", FALSE, KAB_RIGHT_TASKS, 0, on_tasks},
        {"GET", "/api/v1/tasks/{id}", FALSE, KAB_RIGHT_TASKS, 0, on_task},
        {"POST", "/api/v1/tasks/{id}/decision", FALSE, KAB_RIGHT_TASKS, SMALL_BODY, on_decide_task},
    };

    kab_http_router_add(router, "", routes, G_N_ELEMENTS(routes));
}
