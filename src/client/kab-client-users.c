/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-account.h"
#include "kab-client-call.h"
#include "kab-client-users.h"
#include "kab-json.h"
#include "kab-wire-user.h"

#include <string.h>

#define MAX_TEXT 20000

static char *
make_path(const char *before, const char *id, const char *after)
{
    g_autofree char *escaped = g_uri_escape_string(id, NULL, FALSE);

    return g_strconcat(before, escaped, after, NULL);
}

static gpointer
parse_item(JsonObject *object, GError **error)
{
    return kab_wire_user_from_json(NULL, object, error);
}

static gpointer
parse_users(GBytes *body, GError **error)
{
    return kab_client_parse_page(body, parse_item, (GDestroyNotify)kab_user_free, error);
}

void
kab_client_list_users_async(KabClient *self, const KabUsersQuery *query, const char *after,
                            guint limit, GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer data)
{
    g_autofree char *number = g_strdup_printf("%u", limit);
    g_autofree char *path =
        kab_client_query("/api/v1/users", "text", query->text, "role", query->role, "active",
                         query->active, "after", after, "limit", number, NULL);
    const KabClientCall call = {
        .method = "GET", .path = path, .parse = parse_users, .free = (GDestroyNotify)kab_page_free};

    kab_client_call_async(self, &call, cancellable, callback, data);
}

KabPage *
kab_client_list_users_finish(KabClient *self, GAsyncResult *result, GError **error)
{
    return kab_client_call_finish(self, result, error);
}

static gpointer
parse_user(GBytes *body, GError **error)
{
    g_autoptr(JsonNode) node = kab_json_parse(body, error);

    return node != NULL ? kab_wire_user_from_json(NULL, json_node_get_object(node), error) : NULL;
}

static void
call_user(KabClient *self, const char *method, const char *id, JsonNode *body,
          GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    g_autofree char *path =
        id != NULL ? make_path("/api/v1/users/", id, NULL) : g_strdup("/api/v1/users");
    const KabClientCall call = {.method = method,
                                .path = path,
                                .body = body,
                                .parse = parse_user,
                                .free = (GDestroyNotify)kab_user_free};

    kab_client_call_async(self, &call, cancellable, callback, data);
}

void
kab_client_load_user_async(KabClient *self, KabUserId id, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer data)
{
    call_user(self, "GET", id.text, NULL, cancellable, callback, data);
}

/* What is empty is told as well: then there is none. */
static JsonObject *
describe(const KabUser *user)
{
    JsonObject *object = json_object_new();

    kab_json_set_text(object, "name", user->name);
    json_object_set_string_member(object, "email", user->email != NULL ? user->email : "");
    json_object_set_string_member(object, "phone", user->phone != NULL ? user->phone : "");
    kab_json_set_text(object, "language", user->language);
    json_object_set_boolean_member(object, "active", user->active);
    return object;
}

void
kab_client_add_user_async(KabClient *self, const KabUser *user, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer data)
{
    JsonObject *object = describe(user);

    json_object_set_string_member(object, "login", user->login);
    json_object_set_string_member(object, "role", kab_role_to_nick(user->role));
    call_user(self, "POST", NULL, kab_json_node_take(object), cancellable, callback, data);
}

void
kab_client_set_user_async(KabClient *self, const KabUser *user, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer data)
{
    JsonObject *object = describe(user);

    if (!kab_role_is_partners(user->role))
        json_object_set_string_member(object, "role", kab_role_to_nick(user->role));
    call_user(self, "PUT", user->id.text, kab_json_node_take(object), cancellable, callback, data);
}

void
kab_client_set_user_active_async(KabClient *self, KabUserId id, gboolean active,
                                 GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer data)
{
    JsonObject *object = json_object_new();

    json_object_set_boolean_member(object, "active", active);
    call_user(self, "PUT", id.text, kab_json_node_take(object), cancellable, callback, data);
}

KabUser *
kab_client_user_finish(KabClient *self, GAsyncResult *result, GError **error)
{
    return kab_client_call_finish(self, result, error);
}

/* What answers nothing. */
static void
change(KabClient *self, const char *method, const char *path, JsonNode *body,
       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    const KabClientCall call = {.method = method, .path = path, .body = body};

    kab_client_call_async(self, &call, cancellable, callback, data);
}

gboolean
kab_client_user_done_finish(KabClient *self, GAsyncResult *result, GError **error)
{
    g_return_val_if_fail(g_task_is_valid(result, self), FALSE);
    g_task_propagate_pointer(G_TASK(result), error);
    return !g_task_had_error(G_TASK(result));
}

void
kab_client_delete_user_async(KabClient *self, KabUserId id, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data)
{
    g_autofree char *path = make_path("/api/v1/users/", id.text, NULL);

    change(self, "DELETE", path, NULL, cancellable, callback, data);
}

void
kab_client_set_user_password_async(KabClient *self, KabUserId id, const char *password,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer data)
{
    g_autofree char *path = make_path("/api/v1/users/", id.text, "/password");
    JsonObject *object = json_object_new();

    json_object_set_string_member(object, "password", password);
    change(self, "PUT", path, kab_json_node_take(object), cancellable, callback, data);
}

void
kab_client_send_code_async(KabClient *self, KabUserId id, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer data)
{
    g_autofree char *path = make_path("/api/v1/users/", id.text, "/code");

    change(self, "POST", path, NULL, cancellable, callback, data);
}

/* Sessions. */

static gpointer
parse_sessions(GBytes *body, GError **error)
{
    return kab_client_parse_page(body, kab_client_parse_session, kab_signed_in_free, error);
}

void
kab_client_list_user_sessions_async(KabClient *self, KabUserId id, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer data)
{
    g_autofree char *path = make_path("/api/v1/users/", id.text, "/sessions");
    const KabClientCall call = {.method = "GET",
                                .path = path,
                                .parse = parse_sessions,
                                .free = (GDestroyNotify)kab_page_free};

    kab_client_call_async(self, &call, cancellable, callback, data);
}

KabPage *
kab_client_list_user_sessions_finish(KabClient *self, GAsyncResult *result, GError **error)
{
    return kab_client_call_finish(self, result, error);
}

void
kab_client_end_user_session_async(KabClient *self, KabUserId id, const char *session_id,
                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer data)
{
    g_autofree char *all = make_path("/api/v1/users/", id.text, "/sessions");
    g_autofree char *separated = g_strconcat(all, "/", NULL);
    g_autofree char *one = session_id != NULL ? make_path(separated, session_id, NULL) : NULL;

    change(self, "DELETE", one != NULL ? one : all, NULL, cancellable, callback, data);
}

/* Keys. */

static void
key_info_free(gpointer data)
{
    KabKeyInfo *key = data;

    g_free(key->client_id);
    g_free(key->login);
    g_free(key);
}

static gpointer
parse_key(JsonObject *object, GError **error)
{
    KabFields fields = KAB_FIELDS_INIT(object);
    KabKeyInfo *key = g_new0(KabKeyInfo, 1);

    key->client_id = g_strdup(kab_fields_need_text(&fields, "client_id", 200));
    key->login = g_strdup(kab_fields_need_text(&fields, "login", 200));
    key->created_at = kab_fields_get_time(&fields, "created_at");
    key->used_at = kab_fields_get_time(&fields, "used_at");
    key->revoked_at = kab_fields_get_time(&fields, "revoked_at");
    if (kab_fields_finish(&fields, error))
        return key;
    key_info_free(key);
    return NULL;
}

static gpointer
parse_keys(GBytes *body, GError **error)
{
    return kab_client_parse_page(body, parse_key, key_info_free, error);
}

void
kab_client_list_keys_async(KabClient *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer data)
{
    const KabClientCall call = {.method = "GET",
                                .path = "/api/v1/keys",
                                .parse = parse_keys,
                                .free = (GDestroyNotify)kab_page_free};

    kab_client_call_async(self, &call, cancellable, callback, data);
}

KabPage *
kab_client_list_keys_finish(KabClient *self, GAsyncResult *result, GError **error)
{
    return kab_client_call_finish(self, result, error);
}

void
kab_new_key_free(KabNewKey *key)
{
    if (key == NULL)
        return;
    if (key->client_secret != NULL)
        explicit_bzero(key->client_secret, strlen(key->client_secret));
    g_free(key->client_secret);
    g_free(key->client_id);
    g_free(key);
}

static gpointer
parse_new_key(GBytes *body, GError **error)
{
    g_autoptr(JsonNode) node = kab_json_parse(body, error);
    g_autoptr(KabNewKey) key = g_new0(KabNewKey, 1);
    KabFields fields = KAB_FIELDS_INIT(NULL);
    const char *secret;

    if (node == NULL)
        return NULL;
    fields.object = json_node_get_object(node);
    key->client_id = g_strdup(kab_fields_need_text(&fields, "client_id", 200));
    secret = kab_fields_need_text(&fields, "client_secret", 400);
    key->client_secret = g_strdup(secret);
    if (!kab_fields_finish(&fields, error))
        return NULL;
    explicit_bzero((char *)secret, strlen(secret)); /* the tree's own copy, which nobody reads */
    return g_steal_pointer(&key);
}

void
kab_client_add_key_async(KabClient *self, KabUserId id, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer data)
{
    g_autofree char *path = make_path("/api/v1/users/", id.text, "/keys");
    const KabClientCall call = {.method = "POST",
                                .path = path,
                                .parse = parse_new_key,
                                .free = (GDestroyNotify)kab_new_key_free};

    kab_client_call_async(self, &call, cancellable, callback, data);
}

KabNewKey *
kab_client_add_key_finish(KabClient *self, GAsyncResult *result, GError **error)
{
    return kab_client_call_finish(self, result, error);
}

void
kab_client_revoke_key_async(KabClient *self, const char *client_id, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data)
{
    g_autofree char *path = make_path("/api/v1/keys/", client_id, NULL);

    change(self, "DELETE", path, NULL, cancellable, callback, data);
}

/* Who did what. */

void
kab_audit_item_free(KabAuditItem *item)
{
    if (item == NULL)
        return;
    g_free(item->who);
    g_free(item->address);
    g_free(item->action);
    g_free(item->object);
    g_free(item->detail);
    g_free(item);
}

static gpointer
parse_audit_item(JsonObject *object, GError **error)
{
    KabFields fields = KAB_FIELDS_INIT(object);
    KabAuditItem *item = g_new0(KabAuditItem, 1);

    item->id = kab_fields_get_int(&fields, "id", 0, G_MAXINT64, 0);
    item->at = kab_fields_need_time(&fields, "at");
    item->who = kab_fields_dup_text(&fields, "who", MAX_TEXT);
    item->address = kab_fields_dup_text(&fields, "address", MAX_TEXT);
    item->action = g_strdup(kab_fields_need_text(&fields, "action", 40));
    item->object = kab_fields_dup_text(&fields, "object", MAX_TEXT);
    item->detail = kab_fields_dup_text(&fields, "detail", MAX_TEXT);
    if (kab_fields_finish(&fields, error))
        return item;
    kab_audit_item_free(item);
    return NULL;
}

static gpointer
parse_audit(GBytes *body, GError **error)
{
    return kab_client_parse_page(body, parse_audit_item, (GDestroyNotify)kab_audit_item_free,
                                 error);
}

void
kab_client_list_audit_async(KabClient *self, const char *who, const char *action, const char *after,
                            guint limit, GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer data)
{
    g_autofree char *number = g_strdup_printf("%u", limit);
    g_autofree char *path = kab_client_query("/api/v1/audit", "who", who, "action", action, "after",
                                             after, "limit", number, NULL);
    const KabClientCall call = {
        .method = "GET", .path = path, .parse = parse_audit, .free = (GDestroyNotify)kab_page_free};

    kab_client_call_async(self, &call, cancellable, callback, data);
}

KabPage *
kab_client_list_audit_finish(KabClient *self, GAsyncResult *result, GError **error)
{
    return kab_client_call_finish(self, result, error);
}
