/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-end-routes.h"
#include "kab-json.h"
#include "kab-portal-routes.h"
#include "kab-portal-words.h"

#define SMALL_BODY 16384
#define MAX_TEXT 1000

static gboolean
answer_words(KabDb *db, KabHttpResponse *response, GError **error)
{
    JsonArray *words = kab_portal_words_list(db, error);

    if (words == NULL)
        return FALSE;
    kab_http_response_set_json(response, 200, kab_end_page_to_json(words, NULL));
    return TRUE;
}

static gboolean
on_words(gpointer service, const KabHttpRequest *request G_GNUC_UNUSED,
         const KabUser *user G_GNUC_UNUSED, KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);

    return db.db != NULL && answer_words(db.db, response, error);
}

static gboolean
on_set_word(gpointer service, const KabHttpRequest *request, const KabUser *user,
            KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    g_autoptr(JsonNode) node = db.db != NULL ? kab_http_request_parse_json(request, error) : NULL;
    const KabActor actor = {user->login, request->remote};
    KabFields fields = KAB_FIELDS_INIT(NULL);
    const char *kind, *text, *meaning;

    if (node == NULL)
        return FALSE;
    fields.object = json_node_get_object(node);
    kind = kab_fields_need_text(&fields, "kind", MAX_TEXT);
    text = kab_fields_need_text(&fields, "text", MAX_TEXT);
    meaning = kab_fields_get_text(&fields, "meaning", MAX_TEXT);
    return kab_fields_finish(&fields, error) &&
           kab_portal_words_set(service, db.db, &actor, kind, text, meaning, error) &&
           answer_words(db.db, response, error);
}

void
kab_portal_word_routes_add(KabHttpRouter *router)
{
    static const KabHttpRoute routes[] = {
        {"GET", "/api/v1/exchange/words", FALSE, KAB_RIGHT_EXCHANGE_ADMIN, 0, on_words},
        {"PUT", "/api/v1/exchange/words", FALSE, KAB_RIGHT_EXCHANGE_ADMIN, SMALL_BODY, on_set_word},
    };

    kab_http_router_add(router, "", routes, G_N_ELEMENTS(routes));
}
