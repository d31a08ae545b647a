/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-end-people.h"
#include "kab-console-routes.h"
#include "kab-end-people-routes.h"
#include "kab-end-routes.h"
#include "kab-error.h"
#include "kab-exchange-routes.h"
#include "kab-settings-routes.h"
#include "kab-json.h"
#include "kab-keys.h"
#include "kab-queue.h"
#include "kab-wire-problem.h"
#include "kab-words.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#define DAY_MS (G_GINT64_CONSTANT(24) * 3600 * 1000)
#define SMALL_BODY 16384

/* Client ID and Client Secret from the Basic header of a token request (RFC 6749, 2.3.1). */
static gboolean
parse_client(const char *authorization, char **client_id, char **client_secret)
{
    gsize size = 0;
    g_autofree char *text = NULL;
    char *colon;

    if (authorization == NULL || g_ascii_strncasecmp(authorization, "Basic ", 6) != 0)
        return FALSE;
    text = (char *)g_base64_decode(authorization + 6, &size);
    colon = text != NULL ? memchr(text, ':', size) : NULL;
    if (colon == NULL || !g_utf8_validate(text, (gssize)size, NULL))
        return FALSE;
    *client_id = g_strndup(text, (gsize)(colon - text));
    *client_secret = g_strndup(colon + 1, size - (gsize)(colon + 1 - text));
    return TRUE;
}

/* Basic is how the other end signs in: that it is refused has to be seen at this end too. */
static void
tell_refused(KabEnd *end, KabDb *db, const char *authorization, const GError *why)
{
    g_autofree char *name = NULL;
    g_autofree char *secret = NULL;

    if (why->domain == KAB_ERROR && parse_client(authorization, &name, &secret)) {
        sodium_memzero(secret, strlen(secret));
        kab_exchange_tell_refused(end, db, name, "sign-in", NULL, why);
    }
}

/* The session acts for another partner since, chosen in another window: what was meant for one
 * partner is not done for the other. */
static gboolean
is_meant(const KabHttpRequest *request, const KabUser *user, GError **error)
{
    if (request->partner == NULL || g_str_equal(request->partner, user->partner_id.text))
        return TRUE;
    g_set_error_literal(error, KAB_ERROR, KAB_ERROR_UNAUTHORIZED,
                        _("You act for another partner in another window: sign in again"));
    return FALSE;
}

KabUser *
kab_end_authorize(gpointer service, const KabHttpRequest *request, GError **error)
{
    KabEnd *end = service;
    g_auto(KabEndDb) db = KAB_END_DB_INIT(end, error);
    GError *local = NULL;
    g_autoptr(KabUser) user = NULL;

    if (db.db == NULL)
        return NULL;
    user = kab_access_check(kab_end_get_access(end), db.db, request->authorization, request->remote,
                            &local);
    if (local != NULL) {
        tell_refused(end, db.db, request->authorization, local);
        g_propagate_error(error, local);
        return NULL;
    }
    return is_meant(request, user, error) ? g_steal_pointer(&user) : NULL;
}

void
kab_end_denied(gpointer service, const KabHttpRequest *request, const KabUser *user)
{
    KabEnd *end = service;
    g_autoptr(GError) error = NULL;
    g_auto(KabEndDb) db = KAB_END_DB_INIT(end, &error);
    const KabActor actor = {user->login, request->remote};
    g_autofree char *detail = g_strdup_printf("%s %.200s", request->method, request->path);
    g_autofree char *told = g_strdup_printf("denied %s %s", user->id.text, request->method);

    if (!kab_access_may_tell(kab_end_get_access(end), told))
        return;
    if (db.db == NULL ||
        !kab_end_audit(end, db.db, &actor, KAB_AUDIT_REFUSED, "right", detail, &error))
        g_warning("%s", error->message);
}

void
kab_end_explain(GError **error)
{
    const char *text = NULL;

    if ((*error)->domain != KAB_DB_ERROR)
        return;
    switch ((*error)->code) {
    case KAB_DB_ERROR_BUSY:
        text = _("The data are being changed by an import; try again later");
        break;
    case KAB_DB_ERROR_FULL:
        text = _("The disk of the service is full: nothing was stored. Make room and try again");
        break;
    case KAB_DB_ERROR_OPEN:
    case KAB_DB_ERROR_CORRUPT:
    case KAB_DB_ERROR_FAILED:
        text = _(
            "The storage of the service fails: try again, for it is not certain what was stored. The "
            "service’s log tells why");
        break;
    default:
        return; /* a mistake of the program */
    }
    g_message("%s", (*error)->message);
    g_clear_error(error);
    *error = g_error_new_literal(KAB_ERROR, KAB_ERROR_BUSY, text);
}

gboolean
kab_end_parse_page(const KabHttpRequest *request, const char **after, guint *limit, GError **error)
{
    const char *text = kab_http_request_get_query(request, "limit");
    guint64 number = 100;

    if (text != NULL && !g_ascii_string_to_unsigned(text, 10, 1, 500, &number, NULL)) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID, _("limit must be from 1 to 500"));
        return FALSE;
    }
    *limit = (guint)number;
    *after = kab_http_request_get_query(request, "after");
    return TRUE;
}

JsonNode *
kab_end_page_to_json(JsonArray *items, const char *next)
{
    JsonObject *object = json_object_new();

    json_object_set_array_member(object, "items", items);
    kab_json_set_text(object, "next", next);
    return kab_json_node_take(object);
}

static gboolean
on_health(gpointer service, const KabHttpRequest *request G_GNUC_UNUSED,
          const KabUser *user G_GNUC_UNUSED, KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    g_autoptr(GBytes) body = g_bytes_new_static("OK", 2);
    gboolean due;

    if (db.db == NULL || !kab_queue_has_due(db.db, kab_time_now(), &due, error))
        return FALSE;
    kab_http_response_set_bytes(response, 200, "text/plain", body);
    return TRUE;
}

static gboolean
grants_client_credentials(const KabHttpRequest *request)
{
    gsize size;
    const char *bytes = g_bytes_get_data(request->body, &size);
    g_autofree char *form = g_strndup(bytes, size);
    g_autoptr(GHashTable) fields = g_uri_parse_params(form, -1, "&", G_URI_PARAMS_WWW_FORM, NULL);
    const char *type = fields != NULL ? g_hash_table_lookup(fields, "grant_type") : NULL;

    return type != NULL && g_ascii_strcasecmp(type, "client_credentials") == 0;
}

/* The errors of RFC 6749, 5.2, in a problem answer. */
static gboolean
refuse_token(KabHttpResponse *response, const char *code, GError *why)
{
    guint status;
    g_autoptr(JsonNode) node = kab_wire_problem_new(why, &status);
    g_autoptr(GBytes) body = NULL;

    json_object_set_string_member(json_node_get_object(node), "error", code);
    body = kab_json_to_bytes(node);
    kab_http_response_set_bytes(response, status, KAB_PROBLEM_TYPE, body);
    g_error_free(why);
    return TRUE;
}

/* A program that signs in, or does not; of a stranger's Client ID nothing is kept. It signs in with
 * every run: the first time of a day, from each address, is told. */
static gboolean
audit_token(KabEnd *end, KabDb *db, const KabHttpRequest *request, const char *client_id,
            gboolean granted, GError **error)
{
    g_autofree char *who = NULL;
    KabActor actor = {"", request->remote};
    gboolean told = FALSE;

    if (!kab_keys_find_login(db, client_id, &who, error))
        return FALSE;
    if (who != NULL)
        actor.who = who;
    if (granted && !kab_audit_was_told(db, &actor, KAB_AUDIT_SIGN_IN, client_id, "token",
                                       kab_time_now() - DAY_MS, &told, error))
        return FALSE;
    if (told)
        return TRUE;
    if (!granted)
        kab_sign_in_count(kab_end_get_access(end), "token", NULL, request->remote);
    return kab_end_audit(end, db, &actor, granted ? KAB_AUDIT_SIGN_IN : KAB_AUDIT_REFUSED,
                         who != NULL ? client_id : "unknown Client ID", "token", error);
}

static gboolean
on_token(gpointer service, const KabHttpRequest *request, const KabUser *user G_GNUC_UNUSED,
         KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    g_autofree char *client_id = NULL;
    g_autofree char *client_secret = NULL;
    g_autofree char *token = NULL;
    JsonObject *object;
    GError *local = NULL;
    guint wait = 0;

    if (db.db == NULL)
        return FALSE;
    if (!grants_client_credentials(request)) {
        return refuse_token(
            response, "unsupported_grant_type",
            g_error_new_literal(KAB_ERROR, KAB_ERROR_INVALID,
                                _("Only the grant type client_credentials is known here")));
    }
    if (!parse_client(request->authorization, &client_id, &client_secret)) {
        return refuse_token(
            response, "invalid_client",
            g_error_new_literal(
                KAB_ERROR, KAB_ERROR_UNAUTHORIZED,
                _("Client ID and Client Secret are expected as Basic authorization")));
    }
    if (!kab_sign_in_may(kab_end_get_access(service), "token", NULL, request->remote, &wait,
                         &local)) {
        sodium_memzero(client_secret, strlen(client_secret));
        kab_http_response_set_wait(response, local, wait);
        g_error_free(local);
        return TRUE;
    }
    token = kab_keys_grant(db.db, client_id, client_secret, kab_time_now(), &local);
    sodium_memzero(client_secret, strlen(client_secret));
    if (!audit_token(service, db.db, request, client_id, token != NULL, error)) {
        g_clear_error(&local);
        return FALSE;
    }
    if (token == NULL) {
        kab_exchange_tell_refused(service, db.db, client_id, "POST token", NULL, local);
        if (g_error_matches(local, KAB_ERROR, KAB_ERROR_UNAUTHORIZED))
            return refuse_token(response, "invalid_client", local);
        g_propagate_error(error, local);
        return FALSE;
    }
    object = json_object_new();
    json_object_set_string_member(object, "access_token", token);
    json_object_set_string_member(object, "id_token", token);
    json_object_set_string_member(object, "token_type", "Bearer");
    json_object_set_int_member(object, "expires_in", KAB_TOKEN_LIFETIME);
    kab_http_response_set_json(response, 200, kab_json_node_take(object));
    return TRUE;
}

void
kab_end_routes_add(KabHttpRouter *router, const char *prefix)
{
    static const KabHttpRoute routes[] = {
        {"GET", "/healthz", TRUE, KAB_RIGHT_NONE, 0, on_health},
        {"POST", "/sys/token", TRUE, KAB_RIGHT_NONE, SMALL_BODY, on_token},
    };

    kab_exchange_routes_add(router, prefix);
    kab_end_people_routes_add(router);
    kab_end_users_routes_add(router);
    kab_settings_routes_add(router);
    kab_console_routes_add(router);
    kab_word_routes_add(router);
    kab_http_router_add(router, "", routes, G_N_ELEMENTS(routes));
}
