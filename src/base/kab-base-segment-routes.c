/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-base-routes.h"
#include "kab-base-segments.h"
#include "kab-end-routes.h"
#include "kab-json.h"

#define SMALL_BODY 65536
#define MAX_TEXT 2000

static gboolean
answer_items(JsonArray *items, KabHttpResponse *response)
{
    if (items == NULL)
        return FALSE;
    kab_http_response_set_json(response, 200, kab_end_page_to_json(items, NULL));
    return TRUE;
}

static gboolean
on_attributes(gpointer service, const KabHttpRequest *request G_GNUC_UNUSED,
              const KabUser *user G_GNUC_UNUSED, KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);

    return db.db != NULL && answer_items(kab_base_segments_list_attributes(db.db, error), response);
}

static gboolean
on_values(gpointer service, const KabHttpRequest *request, const KabUser *user G_GNUC_UNUSED,
          KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    const char *text = kab_http_request_get_query(request, "text");
    const char *after;
    guint limit;

    return db.db != NULL && kab_end_parse_page(request, &after, &limit, error) &&
           answer_items(kab_base_segments_list_values(
                            db.db, kab_http_request_get_query(request, "attribute"),
                            text != NULL && *text != '\0' ? text : NULL, limit, error),
                        response);
}

static gboolean
on_form(gpointer service, const KabHttpRequest *request, const KabUser *user,
        KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    g_autoptr(JsonNode) node = db.db != NULL ? kab_http_request_parse_json(request, error) : NULL;
    const KabActor actor = {user->login, request->remote};
    KabFields fields = KAB_FIELDS_INIT(NULL);
    const char *attribute, *value;
    JsonObject *answer;
    gint64 count;

    if (node == NULL)
        return FALSE;
    fields.object = json_node_get_object(node);
    attribute = kab_fields_need_text(&fields, "attribute", MAX_TEXT);
    value = kab_fields_need_text(&fields, "value", MAX_TEXT);
    if (!kab_fields_finish(&fields, error) ||
        !kab_base_segments_form(service, db.db, &actor, attribute, value, &count, error))
        return FALSE;
    answer = json_object_new();
    json_object_set_int_member(answer, "count", count);
    kab_http_response_set_json(response, 200, kab_json_node_take(answer));
    return TRUE;
}

void
kab_base_segment_routes_add(KabHttpRouter *router)
{
    static const KabHttpRoute routes[] = {
        {"GET", "/api/v1/segments/attributes", FALSE, KAB_RIGHT_EXCHANGE_ADMIN, 0, on_attributes},
        {"GET", "/api/v1/segments/values", FALSE, KAB_RIGHT_EXCHANGE_ADMIN, 0, on_values, TRUE},
        {"POST", "/api/v1/segments", FALSE, KAB_RIGHT_EXCHANGE_ADMIN, SMALL_BODY, on_form, TRUE},
    };

    kab_http_router_add(router, "", routes, G_N_ELEMENTS(routes));
}
