/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-base-roles.h"
#include "kab-base-routes.h"
#include "kab-end-routes.h"
#include "kab-json.h"

#define BODY (512 * 1024)
#define MAX_TEXT 1000

static JsonArray *
describe(const GPtrArray *roles)
{
    JsonArray *items = json_array_sized_new(roles->len);

    for (guint i = 0; i < roles->len; i++)
        json_array_add_element(items, kab_base_role_to_json(g_ptr_array_index(roles, i)));
    return items;
}

/* All roles, and which of them were @filled (nullable). */
static gboolean
answer_roles(KabDb *db, const GPtrArray *filled, KabHttpResponse *response, GError **error)
{
    g_autoptr(GPtrArray) roles = kab_base_roles_list(db, error);
    JsonNode *node;

    if (roles == NULL)
        return FALSE;
    node = kab_end_page_to_json(describe(roles), NULL);
    if (filled != NULL)
        json_object_set_array_member(json_node_get_object(node), "filled", describe(filled));
    kab_http_response_set_json(response, 200, node);
    return TRUE;
}

static gboolean
on_roles(gpointer service, const KabHttpRequest *request G_GNUC_UNUSED,
         const KabUser *user G_GNUC_UNUSED, KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);

    return db.db != NULL && answer_roles(db.db, NULL, response, error);
}

static gboolean
set_role(KabEnd *end, KabDb *db, const KabActor *actor, JsonObject *object, GError **error)
{
    KabFields fields = KAB_FIELDS_INIT(object);
    const gboolean own = kab_fields_get_boolean(&fields, "own", FALSE);
    g_autofree char *text = kab_fields_dup_text(&fields, "base_role", MAX_TEXT);
    const char *nick = kab_fields_get_text(&fields, "role", 40);
    KabBaseRole role = {.own = own, .mapped = nick != NULL};

    if (text == NULL)
        text = g_strdup("");
    role.text = text;
    return kab_fields_finish(&fields, error) &&
           (nick == NULL || kab_role_from_nick(nick, &role.role, error)) &&
           kab_base_roles_set(end, db, actor, &role, error);
}

/* All of them, or none. */
static gboolean
on_set_roles(gpointer service, const KabHttpRequest *request, const KabUser *user,
             KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    g_autoptr(JsonNode) node = db.db != NULL ? kab_http_request_parse_json(request, error) : NULL;
    g_autoptr(KabTransaction) transaction = node != NULL ? kab_db_begin(db.db, error) : NULL;
    const KabActor actor = {user->login, request->remote};
    KabFields fields = KAB_FIELDS_INIT(NULL);
    JsonArray *roles;

    if (transaction == NULL)
        return FALSE;
    fields.object = json_node_get_object(node);
    roles = kab_fields_need_array(&fields, "roles", KAB_BASE_ROLES_MAX);
    if (!kab_fields_finish(&fields, error))
        return FALSE;
    for (guint i = 0; i < json_array_get_length(roles); i++)
        if (!set_role(service, db.db, &actor, json_array_get_object_element(roles, i), error))
            return FALSE;
    return kab_transaction_commit(transaction, error) && answer_roles(db.db, NULL, response, error);
}

static gboolean
on_fill(gpointer service, const KabHttpRequest *request, const KabUser *user,
        KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    const KabActor actor = {user->login, request->remote};
    g_autoptr(GPtrArray) filled =
        db.db != NULL ? kab_base_roles_fill(service, db.db, &actor, error) : NULL;

    return filled != NULL && answer_roles(db.db, filled, response, error);
}

void
kab_base_role_routes_add(KabHttpRouter *router)
{
    static const KabHttpRoute routes[] = {
        {"GET", "/api/v1/exchange/roles", FALSE, KAB_RIGHT_EXCHANGE_ADMIN, 0, on_roles},
        {"PUT", "/api/v1/exchange/roles", FALSE, KAB_RIGHT_EXCHANGE_ADMIN, BODY, on_set_roles},
        {"POST", "/api/v1/exchange/roles/fill", FALSE, KAB_RIGHT_EXCHANGE_ADMIN, 0, on_fill},
    };

    kab_http_router_add(router, "", routes, G_N_ELEMENTS(routes));
}
