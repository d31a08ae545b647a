/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-end-people.h"
#include "kab-error.h"
#include "kab-json.h"
#include "kab-keys.h"
#include "kab-password.h"
#include "kab-users.h"

#include <glib/gi18n-lib.h>

gboolean
kab_end_audit(KabEnd *end, KabDb *db, const KabActor *actor, const char *action, const char *object,
              const char *detail, GError **error)
{
    g_autoptr(KabTransaction) transaction = kab_db_begin_part(db, error);

    return transaction != NULL &&
           kab_audit_add(db, kab_end_get_settings(end)->seal, actor, action, object, detail,
                         error) &&
           kab_transaction_commit(transaction, error);
}

JsonNode *
kab_end_session_to_json(gconstpointer item)
{
    const KabSession *session = item;
    JsonObject *object = json_object_new();

    json_object_set_string_member(object, "id", session->id);
    kab_json_set_time(object, "created_at", session->created_at);
    kab_json_set_time(object, "used_at", session->used_at);
    kab_json_set_text(object, "address", session->address);
    kab_json_set_text(object, "client", session->client);
    json_object_set_boolean_member(object, "current", session->current);
    return kab_json_node_take(object);
}

JsonNode *
kab_end_key_to_json(gconstpointer item)
{
    const KabKey *key = item;
    JsonObject *object = json_object_new();

    json_object_set_string_member(object, "client_id", key->client_id);
    json_object_set_string_member(object, "login", key->login);
    kab_json_set_time(object, "created_at", key->created_at);
    kab_json_set_time(object, "used_at", key->used_at);
    kab_json_set_time(object, "revoked_at", key->revoked_at);
    return kab_json_node_take(object);
}

JsonNode *
kab_end_audit_to_json(gconstpointer item)
{
    const KabAuditEntry *entry = item;
    JsonObject *object = json_object_new();

    json_object_set_int_member(object, "id", entry->id);
    kab_json_set_time(object, "at", entry->at);
    kab_json_set_text(object, "who", entry->who);
    kab_json_set_text(object, "address", entry->address);
    kab_json_set_text(object, "action", entry->action);
    kab_json_set_text(object, "object", entry->object);
    kab_json_set_text(object, "detail", entry->detail);
    return kab_json_node_take(object);
}

static gboolean
tell_changed(KabEnd *end, KabDb *db, KabUserId id, KabUserChange change, GError **error)
{
    const KabEndClass *klass = kab_end_get_class(end);

    return klass->user_changed == NULL || klass->user_changed(db, id, change, error);
}

/* What matters of a user to somebody who looks for who changed a right. */
static char *
describe(const KabUser *user)
{
    GString *text = g_string_new(user->login);

    g_string_append_printf(text, ", %s, %s, %s", user->email != NULL ? user->email : "no e-mail",
                           kab_role_to_nick(user->role), user->active ? "active" : "deactivated");
    if (user->partner_name != NULL)
        g_string_append_printf(text, ", %s", user->partner_name);
    for (guint i = 0; user->memberships != NULL && i < user->memberships->len; i++) {
        const KabMembership *membership = g_ptr_array_index(user->memberships, i);

        g_string_append_printf(text, ", %s for %s", kab_role_to_nick(membership->role),
                               membership->partner_name != NULL ? membership->partner_name
                                                                : membership->partner_id.text);
    }
    return g_string_free(text, FALSE);
}

static gboolean
audit_change(KabEnd *end, KabDb *db, const KabActor *actor, const KabUser *before,
             const KabUser *user, GError **error)
{
    g_autofree char *was = before != NULL ? describe(before) : g_strdup("new");
    g_autofree char *is = describe(user);
    g_autofree char *detail = g_strdup_printf("%s -> %s", was, is);

    return g_strcmp0(was, is) == 0 ||
           kab_end_audit(end, db, actor, KAB_AUDIT_USER, user->login, detail, error);
}

gboolean
kab_end_people_put(KabEnd *end, KabDb *db, const KabActor *actor, const KabUser *user,
                   GError **error)
{
    g_autoptr(KabTransaction) transaction = kab_db_begin_part(db, error);
    g_autoptr(GError) local = NULL;
    g_autoptr(KabUser) before =
        transaction != NULL ? kab_users_find_id(db, user->id, &local) : NULL;

    if (transaction == NULL || !kab_error_pass(error, &local) ||
        (before != NULL && user->memberships != NULL &&
         !kab_users_load_memberships(db, before, error)))
        return FALSE;
    return kab_users_put(db, user, error) && audit_change(end, db, actor, before, user, error) &&
           tell_changed(end, db, user->id, KAB_USER_CHANGE_STATE, error) &&
           kab_transaction_commit(transaction, error);
}

gboolean
kab_end_people_add(KabEnd *end, KabDb *db, const KabActor *actor, KabUser *user, GError **error)
{
    if (kab_role_is_partners(user->role)) {
        g_set_error_literal(
            error, KAB_ERROR, KAB_ERROR_INVALID,
            _("People of partners are published by the base: see “contact publish” there"));
        return FALSE;
    }
    user->id = kab_user_id_new();
    return kab_end_people_put(end, db, actor, user, error);
}

gboolean
kab_end_people_create_key(KabEnd *end, KabDb *db, const KabActor *actor, const KabUser *user,
                          char **client_id, char **client_secret, GError **error)
{
    g_autofree char *detail = g_strdup_printf("created: %s", user->login);
    g_autoptr(KabTransaction) transaction = NULL;

    if (user->role != KAB_ROLE_EXCHANGE) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_DENIED,
                    _("“%s” may not use HTTP services: a key needs a user with the role "
                      "“exchange”"),
                    user->login);
        return FALSE;
    }
    transaction = kab_db_begin_part(db, error);
    return transaction != NULL && kab_keys_create(db, user->id, client_id, client_secret, error) &&
           kab_end_audit(end, db, actor, KAB_AUDIT_KEY, *client_id, detail, error) &&
           kab_transaction_commit(transaction, error);
}

gboolean
kab_end_people_revoke_key(KabEnd *end, KabDb *db, const KabActor *actor, const char *client_id,
                          GError **error)
{
    g_autoptr(KabTransaction) transaction = kab_db_begin_part(db, error);
    g_autofree char *login = NULL;
    g_autofree char *detail = NULL;

    if (transaction == NULL || !kab_keys_find_login(db, client_id, &login, error) ||
        !kab_keys_revoke(db, client_id, error))
        return FALSE;
    detail = g_strdup_printf("revoked: %s", login != NULL ? login : "");
    return kab_end_audit(end, db, actor, KAB_AUDIT_KEY, client_id, detail, error) &&
           kab_transaction_commit(transaction, error);
}

gboolean
kab_end_people_set_active(KabEnd *end, KabDb *db, const KabActor *actor, const KabUser *user,
                          gboolean active, gboolean here, GError **error)
{
    g_autoptr(KabTransaction) transaction = kab_db_begin_part(db, error);

    return transaction != NULL &&
           (here ? kab_users_set_active(db, user->id, active, error)
                 : kab_users_deactivate(db, user->id, error)) &&
           kab_end_audit(end, db, actor, KAB_AUDIT_USER, user->login,
                         active ? "activated" : "deactivated", error) &&
           tell_changed(end, db, user->id, KAB_USER_CHANGE_STATE, error) &&
           kab_transaction_commit(transaction, error);
}

gboolean
kab_end_people_delete(KabEnd *end, KabDb *db, const KabActor *actor, const KabUser *user,
                      GError **error)
{
    g_autoptr(KabTransaction) transaction = kab_db_begin_part(db, error);

    return transaction != NULL && kab_users_delete(db, user->id, error) &&
           kab_end_audit(end, db, actor, KAB_AUDIT_USER, user->login, "deleted", error) &&
           tell_changed(end, db, user->id, KAB_USER_CHANGE_STATE, error) &&
           kab_transaction_commit(transaction, error);
}

/* Inside a transaction. */
static gboolean
store_password(KabEnd *end, KabDb *db, const KabActor *actor, const KabUser *user, const char *hash,
               GError **error)
{
    return kab_users_set_password_hash(db, user->id, hash, error) &&
           kab_end_audit(end, db, actor, KAB_AUDIT_PASSWORD, user->login,
                         hash != NULL ? "set" : "taken away", error) &&
           tell_changed(end, db, user->id,
                        hash != NULL && user->has_password ? KAB_USER_CHANGE_PASSWORD
                                                           : KAB_USER_CHANGE_STATE,
                        error);
}

static char *
make_hash(const KabUser *user, const char *password, GError **error)
{
    return kab_password_check(password, user, error) ? kab_password_hash(password, error) : NULL;
}

gboolean
kab_end_people_set_password(KabEnd *end, KabDb *db, const KabActor *actor, const KabUser *user,
                            const char *password, GError **error)
{
    g_autofree char *hash = password != NULL ? make_hash(user, password, error) : NULL;
    g_autoptr(KabTransaction) transaction =
        password == NULL || hash != NULL ? kab_db_begin_part(db, error) : NULL;

    return transaction != NULL && store_password(end, db, actor, user, hash, error) &&
           kab_transaction_commit(transaction, error);
}

static gboolean
is_another(const char *before, const char *password, GError **error)
{
    if (!g_str_equal(before, password))
        return TRUE;
    g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID,
                        _("The new password is the one so far"));
    return FALSE;
}

/* A wrong password ends no session: whoever types it is signed in. */
static gboolean
pass_wrong(GError **error, GError **local)
{
    if (g_error_matches(*local, KAB_ERROR, KAB_ERROR_UNAUTHORIZED)) {
        g_clear_error(local);
        *local =
            g_error_new_literal(KAB_ERROR, KAB_ERROR_DENIED, _("The password so far is not right"));
    }
    return kab_error_pass(error, local);
}

char *
kab_end_people_change_password(KabEnd *end, KabDb *db, const KabUser *user, const char *before,
                               const char *password, const KabSessionOrigin *origin, guint *wait,
                               GError **error)
{
    KabAccess *access = kab_end_get_access(end);
    const KabActor actor = {user->login, origin->address};
    g_autoptr(GError) local = NULL;
    g_autofree char *verified = NULL;
    g_autoptr(KabUser) same = kab_sign_in_check(access, db, user->login, before, origin->address,
                                                &verified, wait, &local);
    g_autofree char *hash = same != NULL && is_another(before, password, error)
                                ? make_hash(user, password, error)
                                : NULL;
    g_autoptr(KabTransaction) transaction = hash != NULL ? kab_db_begin(db, error) : NULL;
    KabSessionOrigin here = *origin;
    g_autofree char *token = NULL;

    if (!pass_wrong(error, &local) || transaction == NULL ||
        !kab_users_is_current(db, user->id, verified, error) ||
        !store_password(end, db, &actor, user, hash, error))
        return NULL;
    if (!g_str_equal(same->partner_id.text, user->partner_id.text))
        here.partner_id = user->partner_id.text;
    token = kab_sign_in_begin(access, db, user, &here, error);
    return token != NULL && kab_transaction_commit(transaction, error) ? g_steal_pointer(&token)
                                                                       : NULL;
}

static KabUser *
load_owner(KabDb *db, const KabCode *code, GError **error)
{
    g_autoptr(GError) local = NULL;
    KabUser *user = kab_users_find_id(db, code->user_id, &local);

    if (user == NULL && local == NULL)
        local = g_error_new_literal(KAB_ERROR, KAB_ERROR_NOT_FOUND, _("There is no such user"));
    kab_error_pass(error, &local);
    return user;
}

KabUser *
kab_end_people_use_code(KabEnd *end, KabDb *db, const char *code, const char *password,
                        const KabSessionOrigin *origin, char **token, GError **error)
{
    KabTime now = kab_time_now();
    KabCode found;
    KabActor actor = {.address = origin->address};
    g_autoptr(KabUser) user = NULL;
    g_autoptr(KabTransaction) transaction = NULL;
    g_autofree char *hash = NULL;
    g_autofree char *begun = NULL;

    if (!kab_codes_find(db, code, now, &found, error))
        return NULL;
    user = load_owner(db, &found, error);
    /* Only who has a valid code may have a password worked on. */
    if (user == NULL || (!found.expired && (hash = make_hash(user, password, error)) == NULL))
        return NULL;
    actor.who = user->login;
    transaction = kab_db_begin(db, error);
    if (transaction == NULL || !kab_codes_use(db, code, now, &found, error) ||
        !store_password(end, db, &actor, user, hash, error))
        return NULL;
    begun = kab_sign_in_begin(kab_end_get_access(end), db, user, origin, error);
    if (begun == NULL || !kab_transaction_commit(transaction, error))
        return NULL;
    *token = g_steal_pointer(&begun);
    user->has_password = TRUE;
    return g_steal_pointer(&user);
}

gboolean
kab_end_people_end_sessions(KabEnd *end, KabDb *db, const KabActor *actor, const KabUser *user,
                            const char *session_id, GError **error)
{
    g_autoptr(KabTransaction) transaction = kab_db_begin(db, error);

    return transaction != NULL && kab_sessions_end_id(db, user->id, session_id, error) &&
           kab_end_audit(end, db, actor, KAB_AUDIT_SESSION, user->login,
                         session_id != NULL ? "ended" : "all ended", error) &&
           kab_transaction_commit(transaction, error);
}
