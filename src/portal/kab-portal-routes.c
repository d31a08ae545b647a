/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-end-answers.h"
#include "kab-end-routes.h"
#include "kab-error.h"
#include "kab-picture.h"
#include "kab-portal-basket.h"
#include "kab-portal-catalogue.h"
#include "kab-portal-orders.h"
#include "kab-portal-routes.h"
#include "kab-wire-goods.h"
#include "kab-wire-order.h"

#include <glib/gi18n-lib.h>

#define SMALL_BODY 65536
/* A draft of the most lines. */
#define DRAFT_BODY (2 * 1024 * 1024)

static gboolean
on_groups(gpointer service, const KabHttpRequest *request G_GNUC_UNUSED,
          const KabUser *user G_GNUC_UNUSED, KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    g_autoptr(GPtrArray) groups = db.db != NULL ? kab_portal_catalogue_groups(db.db, error) : NULL;
    JsonArray *items;

    if (groups == NULL)
        return FALSE;
    items = json_array_sized_new(groups->len);
    for (guint i = 0; i < groups->len; i++) {
        const KabGroup *group = g_ptr_array_index(groups, i);
        g_autoptr(JsonNode) node = kab_wire_group_to_json(group);
        JsonObject *object = json_node_dup_object(node);

        json_object_set_string_member(object, "id", group->id.text);
        json_array_add_object_element(items, object);
    }
    kab_http_response_set_json(response, 200, kab_end_page_to_json(items, NULL));
    return TRUE;
}

static gboolean
on_products(gpointer service, const KabHttpRequest *request, const KabUser *user,
            KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    GPtrArray *products;
    g_autofree char *next = NULL;
    const char *after;
    guint limit;

    if (db.db == NULL || !kab_end_parse_page(request, &after, &limit, error))
        return FALSE;
    products = kab_portal_catalogue_products(
        db.db, user, kab_http_request_get_query(request, "group"),
        kab_http_request_get_query(request, "text"), after, limit, &next, error);
    return kab_end_answer_products(response, products, next);
}

static gboolean
on_product(gpointer service, const KabHttpRequest *request, const KabUser *user,
           KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);

    return db.db != NULL &&
           kab_end_answer_product(
               response, kab_portal_catalogue_card(db.db, user,
                                                   kab_http_request_get_param(request, 0), error));
}

static gboolean
on_picture(gpointer service, const KabHttpRequest *request, const KabUser *user G_GNUC_UNUSED,
           KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    g_autoptr(GBytes) file = NULL;
    g_autofree char *media_type = NULL;
    guint64 n;

    if (db.db == NULL || !g_ascii_string_to_unsigned(kab_http_request_get_param(request, 1), 10, 1,
                                                     KAB_PICTURE_MAX_PER_PRODUCT, &n, NULL)) {
        if (db.db != NULL)
            g_set_error(error, KAB_ERROR, KAB_ERROR_NOT_FOUND,
                        _("The pictures of a product are numbered from 1 to %d"),
                        KAB_PICTURE_MAX_PER_PRODUCT);
        return FALSE;
    }
    file = kab_portal_catalogue_picture(db.db, kab_http_request_get_param(request, 0), (guint)n,
                                        &media_type, error);
    if (file == NULL)
        return FALSE;
    kab_http_response_set_bytes(response, 200, media_type, file);
    return TRUE;
}

static gboolean
on_get_basket(gpointer service, const KabHttpRequest *request G_GNUC_UNUSED, const KabUser *user,
              KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);

    return db.db != NULL &&
           kab_end_answer_order(response, kab_portal_basket_load(db.db, user, error));
}

static gboolean
on_put_basket(gpointer service, const KabHttpRequest *request, const KabUser *user,
              KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    g_autoptr(JsonNode) node = db.db != NULL ? kab_http_request_parse_json(request, error) : NULL;
    KabProductId product_id;
    KabQuantity quantity;

    if (node == NULL ||
        !kab_product_id_parse(kab_http_request_get_param(request, 0), &product_id, error))
        return FALSE;
    {
        KabFields fields = KAB_FIELDS_INIT(json_node_get_object(node));

        quantity = kab_fields_need_quantity(&fields, "quantity");
        if (!kab_fields_finish(&fields, error))
            return FALSE;
    }
    return kab_portal_basket_set(db.db, user, product_id.text, quantity, error) &&
           kab_end_answer_order(response, kab_portal_basket_load(db.db, user, error));
}

static void
read_details(KabFields *fields, KabOrder *details)
{
    details->name = kab_fields_dup_text(fields, "name", KAB_ORDER_MAX_NAME);
    details->comment = kab_fields_dup_text(fields, "comment", 4000);
    details->phone = kab_fields_dup_text(fields, "phone", 100);
    details->email = kab_fields_dup_text(fields, "email", 320);
    details->address = kab_fields_dup_text(fields, "address", 4000);
    details->wished_date = kab_fields_get_date(fields, "wished_date");
    kab_fields_get_id(fields, "warehouse_id", details->warehouse_id.text);
}

/* What the person saw that it costs. */
static void
read_expected(KabFields *fields, KabOrder *order)
{
    char currency[KAB_CURRENCY_SIZE];

    kab_fields_get_currency(fields, "currency", currency);
    if (*currency != '\0')
        order->total = kab_fields_need_sum(fields, "expected_total", currency);
}

static gboolean
on_submit(gpointer service, const KabHttpRequest *request, const KabUser *user,
          KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    g_autoptr(JsonNode) node = db.db != NULL ? kab_http_request_parse_json(request, error) : NULL;
    g_autoptr(KabOrder) details = kab_order_new();
    gboolean place;

    if (node == NULL || !kab_end_need_key(request, error))
        return FALSE;
    {
        KabFields fields = KAB_FIELDS_INIT(json_node_get_object(node));

        place = kab_fields_get_boolean(&fields, "place", FALSE);
        read_expected(&fields, details);
        read_details(&fields, details);
        if (!kab_fields_finish(&fields, error))
            return FALSE;
    }
    if (!kab_end_answer_order(response, kab_portal_orders_submit(db.db, user, place, details,
                                                                 request->idempotency_key, error)))
        return FALSE;
    kab_end_nudge(service);
    return TRUE;
}

static gboolean
on_orders(gpointer service, const KabHttpRequest *request, const KabUser *user,
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
    orders = kab_portal_orders_list(db.db, user, &query, after, limit, &next, error);
    return kab_end_answer_orders(response, orders, next);
}

static gboolean
on_totals(gpointer service, const KabHttpRequest *request, const KabUser *user,
          KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    KabOrderQuery query;
    g_autoptr(GArray) totals = NULL;

    if (db.db == NULL || !kab_end_parse_order_query(request, &query, error))
        return FALSE;
    totals = kab_portal_orders_count(db.db, user, &query, error);
    if (totals == NULL)
        return FALSE;
    kab_http_response_set_json(response, 200, kab_wire_order_totals_to_json(totals));
    return TRUE;
}

static gboolean
on_history(gpointer service, const KabHttpRequest *request, const KabUser *user,
           KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);

    return db.db != NULL &&
           kab_end_answer_history(
               response, kab_portal_orders_history(db.db, user,
                                                   kab_http_request_get_param(request, 0), error));
}

static gboolean
on_order(gpointer service, const KabHttpRequest *request, const KabUser *user,
         KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);

    return db.db != NULL &&
           kab_end_answer_order(
               response,
               kab_portal_orders_get(db.db, user, kab_http_request_get_param(request, 0), error));
}

static gboolean
read_draft(JsonObject *object, gboolean new, KabOrder *draft, GError **error)
{
    KabFields fields = KAB_FIELDS_INIT(object);
    JsonArray *lines = kab_fields_need_array(&fields, "lines", KAB_ORDER_MAX_LINES);

    if (!new)
        draft->version = kab_fields_need_int(&fields, "version", 0, G_MAXINT64);
    read_details(&fields, draft);
    for (guint i = 0; lines != NULL && i < json_array_get_length(lines); i++) {
        KabFields entry = KAB_FIELDS_INIT(json_array_get_object_element(lines, i));
        KabOrderLine *line = kab_order_add_line(draft);
        GError *local = NULL;

        kab_fields_need_id(&entry, "product_id", line->product_id.text);
        line->quantity = kab_fields_need_quantity(&entry, "quantity");
        if (!kab_fields_finish(&entry, &local)) {
            g_prefix_error(&local, _("Line %u: "), i + 1);
            kab_fields_fail(&fields, local);
        }
    }
    return kab_fields_finish(&fields, error);
}

static gboolean
on_edit(gpointer service, const KabHttpRequest *request, const KabUser *user,
        KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    g_autoptr(JsonNode) node = db.db != NULL ? kab_http_request_parse_json(request, error) : NULL;
    g_autoptr(KabOrder) draft = kab_order_new();

    return node != NULL && read_draft(json_node_get_object(node), FALSE, draft, error) &&
           kab_end_answer_order(
               response, kab_portal_orders_edit(db.db, user, kab_http_request_get_param(request, 0),
                                                draft, error));
}

static gboolean
on_draft(gpointer service, const KabHttpRequest *request, const KabUser *user,
         KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    g_autoptr(JsonNode) node = db.db != NULL ? kab_http_request_parse_json(request, error) : NULL;
    g_autoptr(KabOrder) draft = kab_order_new();

    return node != NULL && kab_end_need_key(request, error) &&
           read_draft(json_node_get_object(node), TRUE, draft, error) &&
           kab_end_answer_order(response, kab_portal_orders_draft(db.db, user, draft,
                                                                  request->idempotency_key, error));
}

/* There need be no body. */
static gboolean
read_placed(const KabHttpRequest *request, KabOrder *expected, GError **error)
{
    g_autoptr(JsonNode) node = NULL;
    KabFields fields = KAB_FIELDS_INIT(NULL);

    if (request->body == NULL || g_bytes_get_size(request->body) == 0)
        return TRUE;
    node = kab_http_request_parse_json(request, error);
    if (node == NULL)
        return FALSE;
    fields.object = json_node_get_object(node);
    read_expected(&fields, expected);
    return kab_fields_finish(&fields, error);
}

static gboolean
on_place(gpointer service, const KabHttpRequest *request, const KabUser *user,
         KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    g_autoptr(KabOrder) expected = kab_order_new();

    if (db.db == NULL || !read_placed(request, expected, error) ||
        !kab_end_answer_order(
            response, kab_portal_orders_place(db.db, user, kab_http_request_get_param(request, 0),
                                              expected, error)))
        return FALSE;
    kab_end_nudge(service);
    return TRUE;
}

static gboolean
on_delete(gpointer service, const KabHttpRequest *request, const KabUser *user,
          KabHttpResponse *response G_GNUC_UNUSED, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);

    return db.db != NULL &&
           kab_portal_orders_delete(db.db, user, kab_http_request_get_param(request, 0), error);
}

static gboolean
parse_decision(JsonObject *object, KabDecision *decision, gint64 *revision, const char **reason,
               GError **error)
{
    KabFields fields = KAB_FIELDS_INIT(object);
    GError *local = NULL;

    if (!kab_decision_from_nick(kab_fields_need_text(&fields, "decision", 40), decision, &local))
        kab_fields_fail(&fields, local);
    else if (*decision == KAB_DECISION_NONE)
        kab_fields_fail(&fields,
                        g_error_new_literal(KAB_ERROR, KAB_ERROR_INVALID, _("Confirm or refuse")));
    *revision = kab_fields_get_int(&fields, "revision", 0, G_MAXINT64, -1);
    *reason = kab_fields_get_text(&fields, "reason", 4000);
    return kab_fields_finish(&fields, error);
}

static gboolean
on_decide(gpointer service, const KabHttpRequest *request, const KabUser *user,
          KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    g_autoptr(JsonNode) node = db.db != NULL ? kab_http_request_parse_json(request, error) : NULL;
    KabDecision decision;
    gint64 revision;
    const char *reason;

    if (node == NULL ||
        !parse_decision(json_node_get_object(node), &decision, &revision, &reason, error) ||
        !kab_end_answer_order(
            response, kab_portal_orders_decide(db.db, user, kab_http_request_get_param(request, 0),
                                               decision, revision, reason, error)))
        return FALSE;
    kab_end_nudge(service);
    return TRUE;
}

void
kab_portal_routes_add(KabHttpRouter *router)
{
    static const KabHttpRoute routes[] = {
        {"GET", "/api/v1/groups", FALSE, KAB_RIGHT_BROWSE, 0, on_groups},
        {"GET", "/api/v1/products", FALSE, KAB_RIGHT_BROWSE, 0, on_products},
        {"GET", "/api/v1/products/{id}", FALSE, KAB_RIGHT_BROWSE, 0, on_product},
        {"GET", "/api/v1/products/{id}/pictures/{id}", FALSE, KAB_RIGHT_BROWSE, 0, on_picture},
        {"GET", "/api/v1/basket", FALSE, KAB_RIGHT_BROWSE, 0, on_get_basket},
        {"PUT", "/api/v1/basket/{id}", FALSE, KAB_RIGHT_ORDER, SMALL_BODY, on_put_basket},
        {"POST", "/api/v1/orders", FALSE, KAB_RIGHT_ORDER, SMALL_BODY, on_submit},
        {"GET", "/api/v1/orders", FALSE, KAB_RIGHT_BROWSE, 0, on_orders},
        {"GET", "/api/v1/orders/totals", FALSE, KAB_RIGHT_BROWSE, 0, on_totals},
        {"GET", "/api/v1/orders/{id}/history", FALSE, KAB_RIGHT_BROWSE, 0, on_history},
        {"GET", "/api/v1/orders/{id}", FALSE, KAB_RIGHT_BROWSE, 0, on_order},
        {"PUT", "/api/v1/orders/{id}", FALSE, KAB_RIGHT_ORDER, DRAFT_BODY, on_edit},
        {"DELETE", "/api/v1/orders/{id}", FALSE, KAB_RIGHT_ORDER, 0, on_delete},
        {"POST", "/api/v1/drafts", FALSE, KAB_RIGHT_ORDER, DRAFT_BODY, on_draft},
        {"POST", "/api/v1/orders/{id}/place", FALSE, KAB_RIGHT_ORDER, SMALL_BODY, on_place},
        {"POST", "/api/v1/orders/{id}/decision", FALSE, KAB_RIGHT_ORDER, SMALL_BODY, on_decide},
    };

    kab_http_router_add(router, "", routes, G_N_ELEMENTS(routes));
}
