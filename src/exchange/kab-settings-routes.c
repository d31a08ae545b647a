/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-breaker.h"
#include "kab-end-routes.h"
#include "kab-error.h"
#include "kab-json.h"
#include "kab-link.h"
#include "kab-object-kinds.h"
#include "kab-settings-routes.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SMALL_BODY 16384
#define SETTINGS_BODY (256 * 1024)

/* What a form makes of each. */
static const char *const type_nicks[] = {
    [KAB_SETTING_TEXT] = "text",       [KAB_SETTING_SECRET] = "secret",
    [KAB_SETTING_NUMBER] = "number",   [KAB_SETTING_SWITCH] = "switch",
    [KAB_SETTING_ADDRESS] = "address", [KAB_SETTING_PATH] = "path",
    [KAB_SETTING_FILE] = "file",       [KAB_SETTING_INTERVAL] = "interval",
    [KAB_SETTING_MODE] = "mode",       [KAB_SETTING_SECURITY] = "security",
    [KAB_SETTING_EMAIL] = "email",     [KAB_SETTING_INN] = "inn",
    [KAB_SETTING_KPP] = "kpp",         [KAB_SETTING_BIC] = "bic",
};

/* Of a secret, only whether there is one. */
static gboolean
add_value(const KabSettings *settings, KabDb *db, const KabSetting *setting, JsonObject *object,
          GError **error)
{
    g_autofree char *value = kab_settings_get(settings, db, setting->name, error);

    if (value == NULL)
        return FALSE;
    if (setting->type == KAB_SETTING_SECRET) {
        json_object_set_boolean_member(object, "is_set", *value != '\0');
        explicit_bzero(value, strlen(value));
    } else {
        json_object_set_string_member(object, "value", value);
    }
    return TRUE;
}

static gboolean
answer_settings(KabEnd *end, KabDb *db, const char *notices, KabHttpResponse *response,
                GError **error)
{
    const KabSettings *settings = kab_end_get_settings(end);
    g_autoptr(JsonArray) items = json_array_sized_new(settings->n_settings);
    JsonObject *answer;

    for (guint i = 0; i < settings->n_settings; i++) {
        const KabSetting *setting = &settings->settings[i];
        g_autoptr(JsonObject) object = json_object_new();

        json_object_set_string_member(object, "name", setting->name);
        json_object_set_string_member(object, "title", setting->title);
        json_object_set_string_member(object, "type", type_nicks[setting->type]);
        if (!add_value(settings, db, setting, object, error))
            return FALSE;
        if (setting->max > 0) {
            json_object_set_int_member(object, "min", setting->min);
            json_object_set_int_member(object, "max", setting->max);
        }
        json_array_add_object_element(items, g_steal_pointer(&object));
    }
    answer = json_object_new();
    json_object_set_array_member(answer, "items", g_steal_pointer(&items));
    kab_json_set_text(answer, "notice", notices);
    kab_http_response_set_json(response, 200, kab_json_node_take(answer));
    return TRUE;
}

static gboolean
on_settings(gpointer service, const KabHttpRequest *request G_GNUC_UNUSED,
            const KabUser *user G_GNUC_UNUSED, KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);

    return db.db != NULL && answer_settings(service, db.db, NULL, response, error);
}

/* All of them, or none. */
static gboolean
on_set(gpointer service, const KabHttpRequest *request, const KabUser *user,
       KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    g_autoptr(JsonNode) node = db.db != NULL ? kab_http_request_parse_json(request, error) : NULL;
    const KabActor actor = {user->login, request->remote};
    g_autofree char *notices = NULL;

    if (node == NULL || !kab_settings_load_json(kab_end_get_settings(service), db.db, &actor,
                                                json_node_get_object(node), &notices, error))
        return FALSE;
    kab_end_nudge(service); /* the schedule may be another one */
    return answer_settings(service, db.db, notices, response, error);
}

/* "Check integration": that the other end is not available is an answer, not an error. */
static gboolean
on_check(gpointer service, const KabHttpRequest *request, const KabUser *user G_GNUC_UNUSED,
         KabHttpResponse *response, GError **error)
{
    gboolean address = g_strcmp0(kab_http_request_get_query(request, "address"), "true") == 0;
    g_autoptr(KabLink) link = NULL;
    g_autoptr(GError) why = NULL;
    g_autofree char *warning = NULL;
    JsonObject *object;
    gint64 ms = 0;

    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);

        if (db.db == NULL)
            return FALSE;
        link = address ? kab_link_open_unnamed(service, db.db, &why)
                       : kab_link_open(service, db.db, &why);
    }
    if (link != NULL && kab_link_check(link, &ms, kab_end_get_stopped(service), &why)) {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);

        /* It is there again: runs need not leave it alone any longer. */
        if (db.db == NULL || (!address && !kab_breaker_succeed(db.db, error)))
            return FALSE;
    }
    object = json_object_new();
    json_object_set_boolean_member(object, "available", why == NULL);
    json_object_set_int_member(object, "ms", ms);
    if (why != NULL) {
        json_object_set_string_member(object, "problem", why->message);
        kab_json_set_text(object, "setting",
                          kab_link_find_setting(kab_end_get_class(service)->side, why));
    } else {
        warning = kab_link_dup_clock_warning(link);
        kab_json_set_text(object, "warning", warning);
    }
    kab_http_response_set_json(response, 200, kab_json_node_take(object));
    return TRUE;
}

static gboolean
answer_kinds(KabEnd *end, KabDb *db, KabHttpResponse *response, GError **error)
{
    JsonArray *kinds = kab_object_kinds_list(end, db, error);

    if (kinds == NULL)
        return FALSE;
    kab_http_response_set_json(response, 200, kab_end_page_to_json(kinds, NULL));
    return TRUE;
}

static gboolean
on_kinds(gpointer service, const KabHttpRequest *request G_GNUC_UNUSED,
         const KabUser *user G_GNUC_UNUSED, KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);

    return db.db != NULL && answer_kinds(service, db.db, response, error);
}

static gboolean
on_set_kind(gpointer service, const KabHttpRequest *request, const KabUser *user,
            KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    g_autoptr(JsonNode) node = db.db != NULL ? kab_http_request_parse_json(request, error) : NULL;
    const KabActor actor = {user->login, request->remote};
    KabFields fields = KAB_FIELDS_INIT(NULL);
    const char *kind;
    gboolean enabled;

    if (node == NULL)
        return FALSE;
    fields.object = json_node_get_object(node);
    kind = kab_fields_need_text(&fields, "kind", 100);
    if (!kab_fields_has(&fields, "enabled"))
        kab_fields_fail(
            &fields, g_error_new_literal(KAB_ERROR, KAB_ERROR_INVALID, _("“enabled” is missing")));
    enabled = kab_fields_get_boolean(&fields, "enabled", FALSE);
    if (!kab_fields_finish(&fields, error) ||
        !kab_object_kinds_set(service, db.db, &actor, kind, enabled, error))
        return FALSE;
    kab_end_nudge(service);
    return answer_kinds(service, db.db, response, error);
}

void
kab_settings_routes_add(KabHttpRouter *router)
{
    static const KabHttpRoute routes[] = {
        {"GET", "/api/v1/exchange/settings", FALSE, KAB_RIGHT_EXCHANGE_ADMIN, 0, on_settings},
        {"PUT", "/api/v1/exchange/settings", FALSE, KAB_RIGHT_EXCHANGE_ADMIN, SETTINGS_BODY,
         on_set},
        {"GET", "/api/v1/exchange/kinds", FALSE, KAB_RIGHT_EXCHANGE_ADMIN, 0, on_kinds},
        {"PUT", "/api/v1/exchange/kinds", FALSE, KAB_RIGHT_EXCHANGE_ADMIN, SMALL_BODY, on_set_kind},
        {"POST", "/api/v1/exchange/check", FALSE, KAB_RIGHT_EXCHANGE_ADMIN, 0, on_check, TRUE},
    };

    kab_http_router_add(router, "", routes, G_N_ELEMENTS(routes));
}
