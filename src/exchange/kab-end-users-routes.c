/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-end-people-routes.h"
#include "kab-end-routes.h"
#include "kab-error.h"
#include "kab-json.h"
#include "kab-keys.h"
#include "kab-users.h"
#include "kab-wire-user.h"

#include <glib/gi18n-lib.h>

#define SMALL_BODY 16384
#define MAX_TEXT 400
#define MAX_PASSWORD 256

static KabUser *
load_user(KabDb *db, const KabHttpRequest *request, GError **error)
{
    const char *id = kab_http_request_get_param(request, 0);
    g_autoptr(GError) local = NULL;
    KabUser *user = kab_users_find_id(db, kab_user_id_of(id), &local);

    if (user == NULL && local == NULL)
        local = g_error_new_literal(KAB_ERROR, KAB_ERROR_NOT_FOUND, _("There is no such user"));
    kab_error_pass(error, &local);
    return user;
}

static void
answer_user(const KabUser *user, KabHttpResponse *response)
{
    kab_http_response_set_json(response, 200, kab_json_node_take(kab_wire_user_describe(user)));
}

static gboolean
on_get(gpointer service, const KabHttpRequest *request, const KabUser *who G_GNUC_UNUSED,
       KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    g_autoptr(KabUser) user = db.db != NULL ? load_user(db.db, request, error) : NULL;

    if (user == NULL)
        return FALSE;
    answer_user(user, response);
    return TRUE;
}

static void
replace(KabFields *fields, const char *name, char **text)
{
    char *value = kab_fields_dup_text(fields, name, MAX_TEXT);

    if (value == NULL)
        return;
    g_free(*text);
    *text = value;
}

/* What is not told stays as it is. */
static gboolean
read_user(JsonNode *node, KabUser *user, gboolean is_new, gboolean *active, GError **error)
{
    KabFields fields = KAB_FIELDS_INIT(json_node_get_object(node));
    const char *role;

    if (is_new)
        user->login = g_strdup(kab_fields_need_text(&fields, "login", MAX_TEXT));
    replace(&fields, "name", &user->name);
    replace(&fields, "email", &user->email);
    replace(&fields, "phone", &user->phone);
    replace(&fields, "language", &user->language);
    role = is_new ? kab_fields_need_text(&fields, "role", 40)
                  : kab_fields_get_text(&fields, "role", 40);
    *active = kab_fields_get_boolean(&fields, "active", user->active);
    if (!kab_fields_finish(&fields, error))
        return FALSE;
    if (user->name == NULL)
        user->name = g_strdup(user->login);
    return role == NULL || kab_role_from_nick(role, &user->role, error);
}

static gboolean
on_add(gpointer service, const KabHttpRequest *request, const KabUser *who,
       KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    g_autoptr(JsonNode) node = db.db != NULL ? kab_http_request_parse_json(request, error) : NULL;
    const KabActor actor = {who->login, request->remote};
    g_autoptr(KabUser) user = g_new0(KabUser, 1);

    user->active = TRUE;
    if (node == NULL || !read_user(node, user, TRUE, &user->active, error) ||
        !kab_end_people_add(service, db.db, &actor, user, error))
        return FALSE;
    answer_user(user, response);
    return TRUE;
}

/* Nobody takes away what lets in who does it. */
static gboolean
check_not_self(const KabUser *who, const KabUser *user, GError **error)
{
    if (!g_str_equal(who->id.text, user->id.text))
        return TRUE;
    g_set_error_literal(error, KAB_ERROR, KAB_ERROR_CONFLICT,
                        _("Somebody else has to do this to you"));
    return FALSE;
}

/* Of partners' people, the base says what they are. */
static gboolean
check_role(const KabUser *who, const KabUser *user, KabRole before, GError **error)
{
    if (user->role == before)
        return TRUE;
    if (!kab_role_is_partners(before) && !kab_role_is_partners(user->role))
        return check_not_self(who, user, error);
    g_set_error_literal(error, KAB_ERROR, KAB_ERROR_CONFLICT,
                        _("The roles of partners’ people are given by the base"));
    return FALSE;
}

static gboolean
on_set(gpointer service, const KabHttpRequest *request, const KabUser *who,
       KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    g_autoptr(JsonNode) node = db.db != NULL ? kab_http_request_parse_json(request, error) : NULL;
    const KabActor actor = {who->login, request->remote};
    g_autoptr(KabUser) user = node != NULL ? load_user(db.db, request, error) : NULL;
    g_autoptr(KabTransaction) transaction = NULL;
    KabRole before = user != NULL ? user->role : KAB_ROLE_VIEWER;
    gboolean active;

    if (user == NULL || !read_user(node, user, FALSE, &active, error) ||
        !check_role(who, user, before, error) ||
        (active != user->active && !check_not_self(who, user, error)))
        return FALSE;
    transaction = kab_db_begin(db.db, error);
    if (transaction == NULL || !kab_end_people_put(service, db.db, &actor, user, error) ||
        (active != user->active &&
         !kab_end_people_set_active(service, db.db, &actor, user, active, TRUE, error)) ||
        !kab_transaction_commit(transaction, error))
        return FALSE;
    user->active = active;
    answer_user(user, response);
    return TRUE;
}

static gboolean
on_delete(gpointer service, const KabHttpRequest *request, const KabUser *who,
          KabHttpResponse *response G_GNUC_UNUSED, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    const KabActor actor = {who->login, request->remote};
    g_autoptr(KabUser) user = db.db != NULL ? load_user(db.db, request, error) : NULL;

    return user != NULL && check_not_self(who, user, error) &&
           kab_end_people_delete(service, db.db, &actor, user, error);
}

static gboolean
on_password(gpointer service, const KabHttpRequest *request, const KabUser *who,
            KabHttpResponse *response G_GNUC_UNUSED, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    g_autoptr(JsonNode) node = db.db != NULL ? kab_http_request_parse_json(request, error) : NULL;
    const KabActor actor = {who->login, request->remote};
    g_autoptr(KabUser) user = node != NULL ? load_user(db.db, request, error) : NULL;
    KabFields fields = KAB_FIELDS_INIT(NULL);
    const char *password;

    if (user == NULL)
        return FALSE;
    fields.object = json_node_get_object(node);
    password = kab_fields_need_text(&fields, "password", MAX_PASSWORD);
    return kab_fields_finish(&fields, error) &&
           kab_end_people_set_password(service, db.db, &actor, user, password, error);
}

static gboolean
on_keys(gpointer service, const KabHttpRequest *request G_GNUC_UNUSED,
        const KabUser *who G_GNUC_UNUSED, KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    g_autoptr(GPtrArray) keys = db.db != NULL ? kab_keys_list(db.db, error) : NULL;
    JsonArray *items;

    if (keys == NULL)
        return FALSE;
    items = json_array_sized_new(keys->len);
    for (guint i = 0; i < keys->len; i++)
        json_array_add_element(items, kab_end_key_to_json(g_ptr_array_index(keys, i)));
    kab_http_response_set_json(response, 200, kab_end_page_to_json(items, NULL));
    return TRUE;
}

/* The only time that the secret is told. */
static gboolean
on_add_key(gpointer service, const KabHttpRequest *request, const KabUser *who,
           KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    const KabActor actor = {who->login, request->remote};
    g_autoptr(KabUser) user = db.db != NULL ? load_user(db.db, request, error) : NULL;
    g_autofree char *client_id = NULL;
    g_autofree char *client_secret = NULL;
    JsonObject *object;

    if (user == NULL ||
        !kab_end_people_create_key(service, db.db, &actor, user, &client_id, &client_secret, error))
        return FALSE;
    object = json_object_new();
    json_object_set_string_member(object, "client_id", client_id);
    json_object_set_string_member(object, "client_secret", client_secret);
    kab_http_response_set_json(response, 200, kab_json_node_take(object));
    return TRUE;
}

static gboolean
on_revoke_key(gpointer service, const KabHttpRequest *request, const KabUser *who,
              KabHttpResponse *response G_GNUC_UNUSED, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    const KabActor actor = {who->login, request->remote};

    return db.db != NULL &&
           kab_end_people_revoke_key(service, db.db, &actor, kab_http_request_get_param(request, 0),
                                     error);
}

void
kab_end_users_routes_add(KabHttpRouter *router)
{
    static const KabHttpRoute routes[] = {
        {"POST", "/api/v1/users", FALSE, KAB_RIGHT_USERS, SMALL_BODY, on_add},
        {"GET", "/api/v1/users/{id}", FALSE, KAB_RIGHT_USERS, 0, on_get},
        {"PUT", "/api/v1/users/{id}", FALSE, KAB_RIGHT_USERS, SMALL_BODY, on_set},
        {"DELETE", "/api/v1/users/{id}", FALSE, KAB_RIGHT_USERS, 0, on_delete},
        {"PUT", "/api/v1/users/{id}/password", FALSE, KAB_RIGHT_USERS, SMALL_BODY, on_password,
         TRUE},
        {"POST", "/api/v1/users/{id}/keys", FALSE, KAB_RIGHT_USERS, 0, on_add_key},
        {"GET", "/api/v1/keys", FALSE, KAB_RIGHT_USERS, 0, on_keys},
        {"DELETE", "/api/v1/keys/{id}", FALSE, KAB_RIGHT_USERS, 0, on_revoke_key},
    };

    kab_http_router_add(router, "", routes, G_N_ELEMENTS(routes));
}
