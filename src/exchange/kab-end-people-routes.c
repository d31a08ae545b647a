/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-end-people-routes.h"
#include "kab-end-routes.h"
#include "kab-error.h"
#include "kab-json.h"
#include "kab-users.h"
#include "kab-wire-user.h"

#include <glib/gi18n-lib.h>

#define SMALL_BODY 16384
#define MAX_PASSWORD 256

KabSessionOrigin
kab_end_origin(const KabHttpRequest *request)
{
    return (KabSessionOrigin){.address = request->remote, .client = request->client};
}

gboolean
kab_end_answer_wait(KabHttpResponse *response, guint wait, GError **error)
{
    if (wait == 0)
        return FALSE;
    kab_http_response_set_wait(response, *error, wait);
    g_clear_error(error);
    return TRUE;
}

void
kab_end_answer_session(KabHttpResponse *response, const KabUser *user, const char *token)
{
    JsonObject *object = json_object_new();

    json_object_set_string_member(object, "token", token);
    json_object_set_object_member(object, "user", kab_wire_user_describe(user));
    kab_http_response_set_json(response, 200, kab_json_node_take(object));
}

/* The token of the session that asks; NULL for what has no session. */
static const char *
get_token(const KabHttpRequest *request)
{
    return request->authorization != NULL &&
                   g_ascii_strncasecmp(request->authorization, "Bearer ", 7) == 0
               ? request->authorization + 7
               : NULL;
}

static gboolean
on_sign_in(gpointer service, const KabHttpRequest *request, const KabUser *nobody G_GNUC_UNUSED,
           KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    g_autoptr(JsonNode) node = db.db != NULL ? kab_http_request_parse_json(request, error) : NULL;
    const KabSessionOrigin origin = kab_end_origin(request);
    g_autoptr(KabUser) user = NULL;
    g_autofree char *token = NULL;
    guint wait = 0;

    if (node == NULL)
        return FALSE;
    {
        KabFields fields = KAB_FIELDS_INIT(json_node_get_object(node));
        const char *login = kab_fields_need_text(&fields, "login", 320);
        const char *password = kab_fields_need_text(&fields, "password", MAX_PASSWORD);

        if (!kab_fields_finish(&fields, error))
            return FALSE;
        user = kab_sign_in(kab_end_get_access(service), db.db, login, password, &origin, &token,
                           &wait, error);
    }
    if (user == NULL)
        return kab_end_answer_wait(response, wait, error);
    kab_end_answer_session(response, user, token);
    return TRUE;
}

static gboolean
on_sign_out(gpointer service, const KabHttpRequest *request, const KabUser *user,
            KabHttpResponse *response G_GNUC_UNUSED, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    const KabActor actor = {user->login, request->remote};
    g_autoptr(KabTransaction) transaction = NULL;

    if (get_token(request) == NULL)
        return TRUE;
    transaction = db.db != NULL ? kab_db_begin(db.db, error) : NULL;
    return transaction != NULL && kab_sessions_end(db.db, get_token(request), error) &&
           kab_end_audit(service, db.db, &actor, KAB_AUDIT_SIGN_OUT, user->login, NULL, error) &&
           kab_transaction_commit(transaction, error);
}

static void
add_partner(JsonArray *partners, const KabUser *current, KabPartnerId id, const char *name,
            KabRole role)
{
    JsonObject *object = json_object_new();

    json_object_set_string_member(object, "id", id.text);
    kab_json_set_text(object, "name", name);
    json_object_set_string_member(object, "role", kab_role_to_nick(role));
    json_object_set_boolean_member(object, "current",
                                   g_str_equal(id.text, current->partner_id.text));
    json_array_add_object_element(partners, object);
}

/* The partners that the user may act for: the own one, and the memberships. */
static JsonArray *
describe_partners(KabDb *db, const KabUser *user, GError **error)
{
    g_autoptr(GError) local = NULL;
    g_autoptr(KabUser) own = kab_users_find_id(db, user->id, &local);
    JsonArray *partners;

    if (!kab_error_pass(error, &local) ||
        (own != NULL && !kab_users_load_memberships(db, own, error)))
        return NULL;
    partners = json_array_new();
    if (own == NULL || *own->partner_id.text == '\0')
        return partners;
    add_partner(partners, user, own->partner_id, own->partner_name, own->role);
    for (guint i = 0; i < own->memberships->len; i++) {
        const KabMembership *membership = g_ptr_array_index(own->memberships, i);

        add_partner(partners, user, membership->partner_id, membership->partner_name,
                    membership->role);
    }
    return partners;
}

static gboolean
answer_me(KabDb *db, const KabUser *user, KabHttpResponse *response, GError **error)
{
    JsonArray *partners = describe_partners(db, user, error);
    JsonObject *object;

    if (partners == NULL)
        return FALSE;
    object = json_object_new();
    json_object_set_object_member(object, "user", kab_wire_user_describe(user));
    json_object_set_array_member(object, "partners", partners);
    kab_http_response_set_json(response, 200, kab_json_node_take(object));
    return TRUE;
}

static gboolean
on_me(gpointer service, const KabHttpRequest *request G_GNUC_UNUSED, const KabUser *user,
      KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);

    return db.db != NULL && answer_me(db.db, user, response, error);
}

/* As it is after a change; a key has no session to look at. */
static gboolean
answer_again(KabDb *db, const KabHttpRequest *request, const KabUser *user,
             KabHttpResponse *response, GError **error)
{
    g_autoptr(KabUser) now = get_token(request) != NULL
                                 ? kab_sessions_check(db, get_token(request), kab_time_now(), NULL)
                                 : NULL;

    return answer_me(db, now != NULL ? now : user, response, error);
}

static KabUser *
load_user(KabDb *db, const char *id, GError **error)
{
    g_autoptr(GError) local = NULL;
    KabUser *user = kab_users_find_id(db, kab_user_id_of(id), &local);

    if (user == NULL && local == NULL)
        local = g_error_new_literal(KAB_ERROR, KAB_ERROR_NOT_FOUND, _("There is no such user"));
    kab_error_pass(error, &local);
    return user;
}

static gboolean
on_set_me(gpointer service, const KabHttpRequest *request, const KabUser *user,
          KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    g_autoptr(JsonNode) node = db.db != NULL ? kab_http_request_parse_json(request, error) : NULL;
    KabFields fields = KAB_FIELDS_INIT(NULL);
    const char *language;

    if (node == NULL)
        return FALSE;
    fields.object = json_node_get_object(node);
    language = kab_fields_need_text(&fields, "language", 40);
    return kab_fields_finish(&fields, error) && kab_user_check_language(language, error) &&
           kab_users_set_language(db.db, user->id, language, error) &&
           answer_again(db.db, request, user, response, error);
}

static gboolean
on_set_password(gpointer service, const KabHttpRequest *request, const KabUser *user,
                KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    g_autoptr(JsonNode) node = db.db != NULL ? kab_http_request_parse_json(request, error) : NULL;
    const KabSessionOrigin origin = kab_end_origin(request);
    KabFields fields = KAB_FIELDS_INIT(NULL);
    g_autofree char *token = NULL;
    const char *before;
    const char *password;
    guint wait = 0;

    if (node == NULL)
        return FALSE;
    fields.object = json_node_get_object(node);
    before = kab_fields_need_text(&fields, "before", MAX_PASSWORD);
    password = kab_fields_need_text(&fields, "password", MAX_PASSWORD);
    if (!kab_fields_finish(&fields, error))
        return FALSE;
    token = kab_end_people_change_password(service, db.db, user, before, password, &origin, &wait,
                                           error);
    if (token == NULL)
        return kab_end_answer_wait(response, wait, error);
    kab_end_answer_session(response, user, token);
    return TRUE;
}

static gboolean
on_switch(gpointer service, const KabHttpRequest *request, const KabUser *user,
          KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    g_autoptr(JsonNode) node = db.db != NULL ? kab_http_request_parse_json(request, error) : NULL;
    KabFields fields = KAB_FIELDS_INIT(NULL);
    g_autoptr(KabUser) now = NULL;
    const char *token = get_token(request);
    char partner_id[KAB_ID_SIZE];

    if (node == NULL)
        return FALSE;
    fields.object = json_node_get_object(node);
    kab_fields_need_id(&fields, "partner_id", partner_id);
    if (!kab_fields_finish(&fields, error) ||
        !kab_sessions_switch(db.db, token != NULL ? token : "", user, partner_id, error))
        return FALSE;
    now = kab_sessions_check(db.db, token, kab_time_now(), error);
    return now != NULL && answer_me(db.db, now, response, error);
}

static gboolean
answer_sessions(KabDb *db, KabUserId id, const char *token, KabHttpResponse *response,
                GError **error)
{
    g_autoptr(GPtrArray) sessions = kab_sessions_list(db, id, token, kab_time_now(), error);
    JsonArray *items;

    if (sessions == NULL)
        return FALSE;
    items = json_array_sized_new(sessions->len);
    for (guint i = 0; i < sessions->len; i++)
        json_array_add_element(items, kab_end_session_to_json(g_ptr_array_index(sessions, i)));
    kab_http_response_set_json(response, 200, kab_end_page_to_json(items, NULL));
    return TRUE;
}

static gboolean
on_sessions(gpointer service, const KabHttpRequest *request, const KabUser *user,
            KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);

    return db.db != NULL && answer_sessions(db.db, user->id, get_token(request), response, error);
}

static gboolean
on_end_session(gpointer service, const KabHttpRequest *request, const KabUser *user,
               KabHttpResponse *response G_GNUC_UNUSED, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    const KabActor actor = {user->login, request->remote};

    return db.db != NULL &&
           kab_end_people_end_sessions(service, db.db, &actor, user,
                                       kab_http_request_get_param(request, 0), error);
}

static gboolean
on_users(gpointer service, const KabHttpRequest *request G_GNUC_UNUSED,
         const KabUser *user G_GNUC_UNUSED, KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    g_autoptr(GPtrArray) users = NULL;
    const KabUserQuery query = {.text = kab_http_request_get_query(request, "text"),
                                .role = kab_http_request_get_query(request, "role"),
                                .active = kab_http_request_get_query(request, "active")};
    g_autofree char *next = NULL;
    const char *after;
    guint limit;
    JsonArray *items;

    if (db.db == NULL || !kab_end_parse_page(request, &after, &limit, error))
        return FALSE;
    users = kab_users_list(db.db, &query, after, limit, &next, error);
    if (users == NULL)
        return FALSE;
    items = json_array_sized_new(users->len);
    for (guint i = 0; i < users->len; i++)
        json_array_add_object_element(items, kab_wire_user_describe(g_ptr_array_index(users, i)));
    kab_http_response_set_json(response, 200, kab_end_page_to_json(items, next));
    return TRUE;
}

static gboolean
on_user_sessions(gpointer service, const KabHttpRequest *request, const KabUser *user G_GNUC_UNUSED,
                 KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    g_autoptr(KabUser) other =
        db.db != NULL ? load_user(db.db, kab_http_request_get_param(request, 0), error) : NULL;

    return other != NULL && answer_sessions(db.db, other->id, get_token(request), response, error);
}

static gboolean
end_of_user(gpointer service, const KabHttpRequest *request, const KabUser *user,
            const char *session_id, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    const KabActor actor = {user->login, request->remote};
    g_autoptr(KabUser) other =
        db.db != NULL ? load_user(db.db, kab_http_request_get_param(request, 0), error) : NULL;

    return other != NULL &&
           kab_end_people_end_sessions(service, db.db, &actor, other, session_id, error);
}

static gboolean
on_end_user_sessions(gpointer service, const KabHttpRequest *request, const KabUser *user,
                     KabHttpResponse *response G_GNUC_UNUSED, GError **error)
{
    return end_of_user(service, request, user, NULL, error);
}

static gboolean
on_end_user_session(gpointer service, const KabHttpRequest *request, const KabUser *user,
                    KabHttpResponse *response G_GNUC_UNUSED, GError **error)
{
    return end_of_user(service, request, user, kab_http_request_get_param(request, 1), error);
}

static gboolean
on_audit(gpointer service, const KabHttpRequest *request, const KabUser *user G_GNUC_UNUSED,
         KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    g_autoptr(GPtrArray) entries = NULL;
    g_autofree char *next = NULL;
    const char *after;
    guint limit;
    JsonArray *items;

    if (db.db == NULL || !kab_end_parse_page(request, &after, &limit, error))
        return FALSE;
    entries =
        kab_audit_list(db.db, kab_http_request_get_query(request, "who"),
                       kab_http_request_get_query(request, "action"), after, limit, &next, error);
    if (entries == NULL)
        return FALSE;
    items = json_array_sized_new(entries->len);
    for (guint i = 0; i < entries->len; i++)
        json_array_add_element(items, kab_end_audit_to_json(g_ptr_array_index(entries, i)));
    kab_http_response_set_json(response, 200, kab_end_page_to_json(items, next));
    return TRUE;
}

void
kab_end_people_routes_add(KabHttpRouter *router)
{
    static const KabHttpRoute routes[] = {
        {"POST", "/api/v1/session", TRUE, KAB_RIGHT_NONE, SMALL_BODY, on_sign_in, TRUE},
        {"PUT", "/api/v1/session", FALSE, KAB_RIGHT_NONE, SMALL_BODY, on_switch},
        {"DELETE", "/api/v1/session", FALSE, KAB_RIGHT_NONE, 0, on_sign_out},
        {"GET", "/api/v1/me", FALSE, KAB_RIGHT_NONE, 0, on_me},
        {"PUT", "/api/v1/me", FALSE, KAB_RIGHT_NONE, SMALL_BODY, on_set_me},
        {"PUT", "/api/v1/me/password", FALSE, KAB_RIGHT_NONE, SMALL_BODY, on_set_password, TRUE},
        {"GET", "/api/v1/sessions", FALSE, KAB_RIGHT_NONE, 0, on_sessions},
        {"DELETE", "/api/v1/sessions/{id}", FALSE, KAB_RIGHT_NONE, 0, on_end_session},
        {"GET", "/api/v1/users", FALSE, KAB_RIGHT_USERS, 0, on_users},
        {"GET", "/api/v1/users/{id}/sessions", FALSE, KAB_RIGHT_USERS, 0, on_user_sessions},
        {"DELETE", "/api/v1/users/{id}/sessions", FALSE, KAB_RIGHT_USERS, 0, on_end_user_sessions},
        {"DELETE", "/api/v1/users/{id}/sessions/{id}", FALSE, KAB_RIGHT_USERS, 0,
         on_end_user_session},
        {"GET", "/api/v1/audit", FALSE, KAB_RIGHT_USERS, 0, on_audit},
    };

    kab_http_router_add(router, "", routes, G_N_ELEMENTS(routes));
}
