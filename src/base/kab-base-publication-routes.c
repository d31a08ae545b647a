/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-base-partners.h"
#include "kab-base-publication.h"
#include "kab-base-routes.h"
#include "kab-end-people.h"
#include "kab-end-routes.h"
#include "kab-error.h"
#include "kab-json.h"
#include "kab-wire-publication.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SMALL_BODY 65536
#define ACTION_BODY (1024 * 1024)
#define MAX_PEOPLE 10000
#define MAX_TEXT 1000

static gboolean
on_list(gpointer service, const KabHttpRequest *request, const KabUser *user G_GNUC_UNUSED,
        KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    const KabPublicationQuery query = {.state = kab_http_request_get_query(request, "state"),
                                       .text = kab_http_request_get_query(request, "text"),
                                       .kind = kab_http_request_get_query(request, "kind")};
    g_autoptr(GPtrArray) list = NULL;
    g_autofree char *next = NULL;
    const char *after;
    guint limit;
    JsonArray *items;

    if (db.db == NULL || !kab_end_parse_page(request, &after, &limit, error))
        return FALSE;
    list = kab_base_publication_list(db.db, &query, after, limit, &next, error);
    if (list == NULL)
        return FALSE;
    items = json_array_sized_new(list->len);
    for (guint i = 0; i < list->len; i++)
        json_array_add_element(items, kab_wire_publication_to_json(g_ptr_array_index(list, i)));
    kab_http_response_set_json(response, 200, kab_end_page_to_json(items, next));
    return TRUE;
}

/* The row as it is now; the portal hears of it soon. */
static gboolean
answer_row(KabEnd *end, KabDb *db, const char *id, KabHttpResponse *response, GError **error)
{
    g_autoptr(KabPublication) row = kab_base_publication_load(db, id, error);

    if (row == NULL)
        return FALSE;
    kab_end_nudge(end);
    kab_http_response_set_json(response, 200, kab_wire_publication_to_json(row));
    return TRUE;
}

/* What is not told is as it was, or as it is for most. */
static gboolean
read_request(KabDb *db, const KabPublication *row, JsonNode *node, KabPublicationRequest *request,
             char **login, GError **error)
{
    KabFields fields = KAB_FIELDS_INIT(json_node_get_object(node));
    const char *role = kab_fields_get_text(&fields, "role", 40);
    g_autoptr(GError) local = NULL;

    *login = kab_fields_dup_text(&fields, "login", MAX_TEXT);
    request->who = row->id;
    request->language = kab_fields_get_text(&fields, "language", 40);
    request->usual_role = role == NULL;
    if (!kab_fields_finish(&fields, error) ||
        (role != NULL && !kab_role_from_nick(role, &request->role, error)))
        return FALSE;
    if (*login == NULL)
        *login = row->published ? g_strdup(row->login)
                                : kab_base_publication_suggest_login(db, row->id, &local);
    request->login = *login;
    return kab_error_pass(error, &local);
}

static gboolean
on_publish(gpointer service, const KabHttpRequest *request, const KabUser *user,
           KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    g_autoptr(JsonNode) node = db.db != NULL ? kab_http_request_parse_json(request, error) : NULL;
    const KabActor actor = {user->login, request->remote};
    const char *id = kab_http_request_get_param(request, 0);
    g_autoptr(KabTransaction) transaction = node != NULL ? kab_db_begin(db.db, error) : NULL;
    g_autoptr(KabPublication) row =
        transaction != NULL ? kab_base_publication_load(db.db, id, error) : NULL;
    g_autofree char *login = NULL;
    KabPublicationRequest wanted = {0};

    return row != NULL && read_request(db.db, row, node, &wanted, &login, error) &&
           kab_base_publication_publish(service, db.db, &actor, &wanted, error) &&
           kab_transaction_commit(transaction, error) &&
           answer_row(service, db.db, id, response, error);
}

static JsonArray *
read_ids(KabFields *fields, GError **error)
{
    JsonNode *node = json_object_get_member(fields->object, "ids");
    JsonArray *ids = node != NULL && JSON_NODE_HOLDS_ARRAY(node) ? json_node_get_array(node) : NULL;

    kab_fields_skip(fields, "ids");
    for (guint i = 0; ids != NULL && i < json_array_get_length(ids); i++) {
        JsonNode *id = json_array_get_element(ids, i);

        if (!JSON_NODE_HOLDS_VALUE(id) || json_node_get_value_type(id) != G_TYPE_STRING)
            ids = NULL;
    }
    if (ids != NULL && json_array_get_length(ids) <= MAX_PEOPLE)
        return ids;
    g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("“ids” must be a list of %d texts at most"),
                MAX_PEOPLE);
    return NULL;
}

/* All of them, or none. */
static gboolean
act_on_all(KabEnd *end, KabDb *db, const KabActor *actor, JsonArray *ids,
           KabPublicationAction action, GError **error)
{
    g_autoptr(KabTransaction) transaction = kab_db_begin(db, error);

    if (transaction == NULL)
        return FALSE;
    for (guint i = 0; i < json_array_get_length(ids); i++)
        if (!kab_base_publication_act_on(end, db, actor, json_array_get_string_element(ids, i),
                                         action, error))
            return FALSE;
    return kab_transaction_commit(transaction, error);
}

static gboolean
on_act(gpointer service, const KabHttpRequest *request, const KabUser *user,
       KabHttpResponse *response G_GNUC_UNUSED, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    g_autoptr(JsonNode) node = db.db != NULL ? kab_http_request_parse_json(request, error) : NULL;
    const KabActor actor = {user->login, request->remote};
    KabFields fields = KAB_FIELDS_INIT(NULL);
    KabPublicationAction action;
    const char *nick;
    JsonArray *ids;

    if (node == NULL)
        return FALSE;
    fields.object = json_node_get_object(node);
    nick = kab_fields_need_text(&fields, "action", 40);
    ids = read_ids(&fields, error);
    if (ids == NULL || !kab_fields_finish(&fields, error) ||
        !kab_publication_action_from_nick(nick, &action, error) ||
        !act_on_all(service, db.db, &actor, ids, action, error))
        return FALSE;
    kab_end_nudge(service);
    return TRUE;
}

static JsonNode *
describe_partner(const KabPartner *partner)
{
    JsonObject *object = json_object_new();

    json_object_set_string_member(object, "id", partner->id.text);
    json_object_set_string_member(object, "name", partner->name);
    kab_json_set_text(object, "inn", partner->inn);
    kab_json_set_text(object, "kpp", partner->kpp);
    return kab_json_node_take(object);
}

static gboolean
on_partners(gpointer service, const KabHttpRequest *request G_GNUC_UNUSED,
            const KabUser *user G_GNUC_UNUSED, KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    g_autoptr(GPtrArray) partners = db.db != NULL ? kab_base_partners_list(db.db, error) : NULL;
    JsonArray *items;

    if (partners == NULL)
        return FALSE;
    items = json_array_sized_new(partners->len);
    for (guint i = 0; i < partners->len; i++)
        json_array_add_element(items, describe_partner(g_ptr_array_index(partners, i)));
    kab_http_response_set_json(response, 200, kab_end_page_to_json(items, NULL));
    return TRUE;
}

static gboolean
on_add_partner(gpointer service, const KabHttpRequest *request, const KabUser *user,
               KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    g_autoptr(JsonNode) node = db.db != NULL ? kab_http_request_parse_json(request, error) : NULL;
    const KabActor actor = {user->login, request->remote};
    g_autoptr(KabTransaction) transaction = node != NULL ? kab_db_begin(db.db, error) : NULL;
    g_autoptr(KabPartner) partner = g_new0(KabPartner, 1);
    KabFields fields = KAB_FIELDS_INIT(NULL);

    if (transaction == NULL)
        return FALSE;
    fields.object = json_node_get_object(node);
    partner->name = g_strdup(kab_fields_need_text(&fields, "name", MAX_TEXT));
    partner->inn = kab_fields_dup_text(&fields, "inn", 40);
    partner->kpp = kab_fields_dup_text(&fields, "kpp", 40);
    if (!kab_fields_finish(&fields, error) || !kab_base_partners_add(db.db, partner, NULL, error) ||
        !kab_end_audit(service, db.db, &actor, KAB_AUDIT_USER, partner->name, "partner added",
                       error) ||
        !kab_transaction_commit(transaction, error))
        return FALSE;
    kab_end_nudge(service);
    kab_http_response_set_json(response, 200, describe_partner(partner));
    return TRUE;
}

static gboolean
on_put_contact(gpointer service, const KabHttpRequest *request, const KabUser *user,
               KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    g_autoptr(JsonNode) node = db.db != NULL ? kab_http_request_parse_json(request, error) : NULL;
    const KabActor actor = {user->login, request->remote};
    KabUserId id;
    KabFields fields = KAB_FIELDS_INIT(NULL);
    g_autofree char *name = NULL;
    g_autofree char *email = NULL;
    g_autofree char *phone = NULL;
    char partner_id[KAB_ID_SIZE] = "";

    if (node == NULL || !kab_user_id_parse(kab_http_request_get_param(request, 0), &id, error))
        return FALSE;
    fields.object = json_node_get_object(node);
    kab_fields_get_id(&fields, "partner_id", partner_id);
    name = kab_fields_dup_text(&fields, "name", MAX_TEXT);
    email = kab_fields_dup_text(&fields, "email", MAX_TEXT);
    phone = kab_fields_dup_text(&fields, "phone", MAX_TEXT);
    return kab_fields_finish(&fields, error) &&
           kab_base_contacts_put(service, db.db, &actor, id.text,
                                 *partner_id != '\0' ? partner_id : NULL, name, email, phone,
                                 error) &&
           answer_row(service, db.db, id.text, response, error);
}

void
kab_base_publication_routes_add(KabHttpRouter *router)
{
    static const KabHttpRoute routes[] = {
        {"GET", "/api/v1/publication", FALSE, KAB_RIGHT_EXCHANGE_ADMIN, 0, on_list},
        {"PUT", "/api/v1/publication/{id}", FALSE, KAB_RIGHT_EXCHANGE_ADMIN, SMALL_BODY,
         on_publish},
        {"POST", "/api/v1/publication/actions", FALSE, KAB_RIGHT_EXCHANGE_ADMIN, ACTION_BODY,
         on_act},
        {"GET", "/api/v1/partners", FALSE, KAB_RIGHT_EXCHANGE_ADMIN, 0, on_partners},
        {"POST", "/api/v1/partners", FALSE, KAB_RIGHT_EXCHANGE_ADMIN, SMALL_BODY, on_add_partner},
        {"PUT", "/api/v1/contacts/{id}", FALSE, KAB_RIGHT_EXCHANGE_ADMIN, SMALL_BODY,
         on_put_contact},
    };

    kab_http_router_add(router, "", routes, G_N_ELEMENTS(routes));
}
