/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-end-people-routes.h"
#include "kab-error.h"
#include "kab-json.h"
#include "kab-portal-letters.h"
#include "kab-portal-people.h"
#include "kab-users.h"

#include <glib/gi18n-lib.h>

#define SMALL_BODY 16384
#define MAX_CODE 100
#define MAX_PASSWORD 256

static gboolean
read_code(JsonNode *node, const char **code, GError **error)
{
    KabFields fields = KAB_FIELDS_INIT(json_node_get_object(node));

    *code = kab_fields_need_text(&fields, "code", MAX_CODE);
    return kab_fields_finish(&fields, error);
}

/* The code that is asked about, and whose it is. */
static KabUser *
load_code(KabDb *db, JsonNode *node, KabCode *code, GError **error)
{
    const char *typed;
    g_autoptr(GError) local = NULL;
    KabUser *user;

    if (!read_code(node, &typed, error) || !kab_codes_find(db, typed, kab_time_now(), code, error))
        return NULL;
    user = kab_users_find_id(db, code->user_id, &local);
    if (user == NULL && local == NULL)
        local = g_error_new_literal(KAB_ERROR, KAB_ERROR_NOT_FOUND, _("There is no such user"));
    kab_error_pass(error, &local);
    return user;
}

/* Looking at a code does not use it up. */
static gboolean
on_code(gpointer service, const KabHttpRequest *request, const KabUser *nobody G_GNUC_UNUSED,
        KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    g_autoptr(JsonNode) node = db.db != NULL ? kab_http_request_parse_json(request, error) : NULL;
    KabCode code;
    g_autoptr(KabUser) user = node != NULL ? load_code(db.db, node, &code, error) : NULL;
    JsonObject *object;

    if (user == NULL)
        return FALSE;
    object = json_object_new();
    json_object_set_string_member(object, "purpose", kab_code_purpose_to_nick(code.purpose));
    json_object_set_string_member(object, "login", user->login);
    json_object_set_string_member(object, "name", user->name);
    kab_json_set_time(object, "expires_at", code.expires_at);
    json_object_set_boolean_member(object, "expired", code.expired);
    kab_http_response_set_json(response, 200, kab_json_node_take(object));
    return TRUE;
}

/* Sends a letter, unless too many were asked for. */
static gboolean
send_letter(KabEnd *end, KabDb *db, const KabUser *user, KabCodePurpose purpose,
            const char *address, guint *wait, GError **error)
{
    KabAccess *access = kab_end_get_access(end);
    const KabActor actor = {user->login, address};
    g_autoptr(KabTransaction) transaction = NULL;

    if (!kab_sign_in_may(access, "letter", user->id.text, address, wait, error))
        return FALSE;
    kab_sign_in_count(access, "letter", user->id.text, address);
    transaction = kab_db_begin(db, error);
    return transaction != NULL && kab_portal_people_invite(db, user, purpose, error) &&
           kab_end_audit(end, db, &actor, KAB_AUDIT_CODE, user->login, "asked for", error) &&
           kab_transaction_commit(transaction, error);
}

static gboolean
on_renew(gpointer service, const KabHttpRequest *request, const KabUser *nobody G_GNUC_UNUSED,
         KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    g_autoptr(JsonNode) node = db.db != NULL ? kab_http_request_parse_json(request, error) : NULL;
    KabCode code;
    g_autoptr(KabUser) user = node != NULL ? load_code(db.db, node, &code, error) : NULL;
    guint wait = 0;

    if (user == NULL)
        return FALSE;
    if (!send_letter(service, db.db, user, code.purpose, request->remote, &wait, error))
        return kab_end_answer_wait(response, wait, error);
    kab_end_nudge(service);
    return TRUE;
}

static gboolean
on_set_password(gpointer service, const KabHttpRequest *request,
                const KabUser *nobody G_GNUC_UNUSED, KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    g_autoptr(JsonNode) node = db.db != NULL ? kab_http_request_parse_json(request, error) : NULL;
    const KabSessionOrigin origin = kab_end_origin(request);
    KabFields fields = KAB_FIELDS_INIT(NULL);
    g_autoptr(KabUser) user = NULL;
    g_autofree char *token = NULL;
    const char *code;
    const char *password;

    if (node == NULL)
        return FALSE;
    fields.object = json_node_get_object(node);
    code = kab_fields_need_text(&fields, "code", MAX_CODE);
    password = kab_fields_need_text(&fields, "password", MAX_PASSWORD);
    if (!kab_fields_finish(&fields, error))
        return FALSE;
    user = kab_end_people_use_code(service, db.db, code, password, &origin, &token, error);
    if (user == NULL)
        return FALSE;
    kab_end_answer_session(response, user, token);
    kab_end_nudge(service);
    return TRUE;
}

/* No letter is sent, and it takes as long as if one were. */
static gboolean
pretend_letter(KabEnd *end, KabDb *db, const KabUser *user, const char *address, const char *why,
               GError **error)
{
    const KabActor nobody = {"", address};
    g_autoptr(KabTransaction) transaction = kab_db_begin(db, error);

    return transaction != NULL && kab_portal_letters_pretend(db, error) &&
           kab_end_audit(end, db, &nobody, KAB_AUDIT_CODE, user != NULL ? user->login : NULL, why,
                         error) &&
           kab_transaction_commit(transaction, error);
}

/* Whoever asks learns nothing: neither from the answer nor from how long it takes. */
static gboolean
ask_reset(KabEnd *end, KabDb *db, const char *name, const char *address, GError **error)
{
    g_autoptr(GError) local = NULL;
    g_autoptr(KabUser) user = kab_users_find(db, name, &local);
    guint wait;

    if (!kab_error_pass(error, &local))
        return FALSE;
    if (user == NULL || user->email == NULL || user->role == KAB_ROLE_ADMINISTRATOR ||
        !kab_portal_people_check_code(user, TRUE, NULL))
        return pretend_letter(end, db, NULL, address, "asked for nobody", error);
    if (send_letter(end, db, user, user->has_password ? KAB_CODE_RESET : KAB_CODE_INVITATION,
                    address, &wait, &local))
        return TRUE;
    /* Enough letters are on the way to this user. */
    if (wait > 0)
        return pretend_letter(end, db, user, address, "asked for too often", error);
    return kab_error_pass(error, &local);
}

static gboolean
on_reset(gpointer service, const KabHttpRequest *request, const KabUser *nobody G_GNUC_UNUSED,
         KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    g_autoptr(JsonNode) node = db.db != NULL ? kab_http_request_parse_json(request, error) : NULL;
    KabFields fields = KAB_FIELDS_INIT(NULL);
    const char *login;
    guint wait = 0;

    if (node == NULL)
        return FALSE;
    fields.object = json_node_get_object(node);
    login = kab_fields_need_text(&fields, "login", 320);
    if (!kab_fields_finish(&fields, error))
        return FALSE;
    if (!kab_sign_in_may(kab_end_get_access(service), "reset", NULL, request->remote, &wait, error))
        return kab_end_answer_wait(response, wait, error);
    kab_sign_in_count(kab_end_get_access(service), "reset", NULL, request->remote);
    if (!ask_reset(service, db.db, login, request->remote, error))
        return FALSE;
    kab_end_nudge(service);
    return TRUE;
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

/* Who has a password loses it first: whoever knows it is kept out at once. */
static gboolean
on_send_code(gpointer service, const KabHttpRequest *request, const KabUser *who,
             KabHttpResponse *response G_GNUC_UNUSED, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    const KabActor actor = {who->login, request->remote};
    g_autoptr(KabTransaction) transaction = db.db != NULL ? kab_db_begin(db.db, error) : NULL;
    g_autoptr(KabUser) user = transaction != NULL
                                  ? load_user(db.db, kab_http_request_get_param(request, 0), error)
                                  : NULL;

    if (user == NULL || !kab_portal_people_check_code(user, TRUE, error) ||
        (user->has_password &&
         !kab_end_people_set_password(service, db.db, &actor, user, NULL, error)) ||
        !kab_portal_people_invite(
            db.db, user, user->has_password ? KAB_CODE_RESET : KAB_CODE_INVITATION, error) ||
        !kab_end_audit(service, db.db, &actor, KAB_AUDIT_CODE, user->login, "sent", error) ||
        !kab_transaction_commit(transaction, error))
        return FALSE;
    kab_end_nudge(service);
    return TRUE;
}

void
kab_portal_people_routes_add(KabHttpRouter *router)
{
    static const KabHttpRoute routes[] = {
        {"POST", "/api/v1/code", TRUE, KAB_RIGHT_NONE, SMALL_BODY, on_code},
        {"POST", "/api/v1/code/renew", TRUE, KAB_RIGHT_NONE, SMALL_BODY, on_renew},
        {"POST", "/api/v1/password", TRUE, KAB_RIGHT_NONE, SMALL_BODY, on_set_password, TRUE},
        {"POST", "/api/v1/password/reset", TRUE, KAB_RIGHT_NONE, SMALL_BODY, on_reset},
        {"POST", "/api/v1/users/{id}/code", FALSE, KAB_RIGHT_USERS, 0, on_send_code},
    };

    kab_http_router_add(router, "", routes, G_N_ELEMENTS(routes));
}
