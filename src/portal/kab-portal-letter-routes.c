/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-end-answers.h"
#include "kab-end-routes.h"
#include "kab-mail-settings.h"
#include "kab-portal-letters.h"
#include "kab-portal-post.h"
#include "kab-portal-routes.h"
#include "kab-wire-letter.h"

#include <string.h>

static gboolean
on_letters(gpointer service, const KabHttpRequest *request, const KabUser *user G_GNUC_UNUSED,
           KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    g_autoptr(GPtrArray) letters = NULL;
    g_autofree char *next = NULL;
    JsonArray *items;
    const char *after;
    guint limit;

    if (db.db == NULL || !kab_end_parse_page(request, &after, &limit, error))
        return FALSE;
    letters = kab_portal_letters_list(db.db, kab_http_request_get_query(request, "state"), after,
                                      limit, &next, error);
    if (letters == NULL)
        return FALSE;
    items = json_array_sized_new(letters->len);
    for (guint i = 0; i < letters->len; i++)
        json_array_add_element(items, kab_wire_letter_to_json(g_ptr_array_index(letters, i)));
    kab_http_response_set_json(response, 200, kab_end_page_to_json(items, next));
    return TRUE;
}

static gboolean
on_retry(gpointer service, const KabHttpRequest *request, const KabUser *user G_GNUC_UNUSED,
         KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    const char *id = kab_http_request_get_param(request, 0);
    g_autoptr(KabLetter) letter = NULL;

    if (db.db == NULL || !kab_portal_letters_retry(db.db, id, error))
        return FALSE;
    letter = kab_portal_letters_load(db.db, id, error);
    if (letter == NULL)
        return FALSE;
    kab_end_nudge(service);
    kab_http_response_set_json(response, 200, kab_wire_letter_to_json(letter));
    return TRUE;
}

/* The words name the setting to look at. */
static const char *
find_setting(const char *words)
{
    guint n;
    const KabSetting *settings = kab_mail_settings_get(&n);

    for (guint i = 0; i < n; i++)
        if (strstr(words, settings[i].name) != NULL)
            return settings[i].name;
    return NULL;
}

/* A letter to oneself. That the mail server does not take it is an answer, not an error. */
static gboolean
on_check(gpointer service, const KabHttpRequest *request G_GNUC_UNUSED,
         const KabUser *user G_GNUC_UNUSED, KabHttpResponse *response, GError **error G_GNUC_UNUSED)
{
    g_autoptr(GError) why = NULL;
    gint64 began = g_get_monotonic_time();
    JsonObject *object = json_object_new();

    kab_portal_post_test(service, NULL, &why);
    json_object_set_boolean_member(object, "available", why == NULL);
    json_object_set_int_member(object, "ms", (g_get_monotonic_time() - began) / 1000);
    if (why != NULL) {
        json_object_set_string_member(object, "problem", why->message);
        kab_json_set_text(object, "setting", find_setting(why->message));
    }
    kab_http_response_set_json(response, 200, kab_json_node_take(object));
    return TRUE;
}

void
kab_portal_letter_routes_add(KabHttpRouter *router)
{
    static const KabHttpRoute routes[] = {
        {"GET", "/api/v1/letters", FALSE, KAB_RIGHT_EXCHANGE_ADMIN, 0, on_letters},
        {"POST", "/api/v1/letters/{id}/retry", FALSE, KAB_RIGHT_EXCHANGE_ADMIN, 0, on_retry},
        {"POST", "/api/v1/letters/check", FALSE, KAB_RIGHT_EXCHANGE_ADMIN, 0, on_check, TRUE},
    };

    kab_http_router_add(router, "", routes, G_N_ELEMENTS(routes));
}
