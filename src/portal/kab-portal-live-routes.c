/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-end-routes.h"
#include "kab-error.h"
#include "kab-portal-changes.h"
#include "kab-portal-news.h"
#include "kab-portal-routes.h"
#include "kab-wire-news.h"

#include <glib/gi18n-lib.h>

#define SMALL_BODY 16384
#define NEWS_BODY (128 * 1024)
#define MAX_CHANGES 500

/* The WebSocket says only that there is something newer; what it is, GET /changes tells. */
static gboolean
on_live(gpointer service, const KabHttpRequest *request G_GNUC_UNUSED, const KabUser *user,
        KabHttpResponse *response, GError **error G_GNUC_UNUSED)
{
    kab_http_response_set_live(response, user->partner_id.text);
    kab_end_nudge(service); /* who tells them may be asleep */
    return TRUE;
}

static gboolean
on_changes(gpointer service, const KabHttpRequest *request, const KabUser *user,
           KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    const char *text = kab_http_request_get_query(request, "after");
    gint64 after = -1;
    gint64 seq;
    gint64 goods;
    JsonArray *changes;
    JsonObject *object;

    if (text != NULL && !g_ascii_string_to_signed(text, 10, 0, G_MAXINT64, &after, NULL)) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID,
                            _("“after” must be the number of a change"));
        return FALSE;
    }
    if (db.db == NULL || !kab_portal_changes_count_goods(db.db, &goods, error))
        return FALSE;
    changes = kab_portal_changes_list(db.db, user, after, MAX_CHANGES, &seq, error);
    if (changes == NULL)
        return FALSE;
    object = json_object_new();
    json_object_set_int_member(object, "seq", seq);
    json_object_set_int_member(object, "goods", goods);
    json_object_set_array_member(object, "items", changes);
    kab_http_response_set_json(response, 200, kab_json_node_take(object));
    return TRUE;
}

static gboolean
on_visit(gpointer service, const KabHttpRequest *request G_GNUC_UNUSED, const KabUser *user,
         KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    JsonNode *node = db.db != NULL ? kab_portal_visits_load(db.db, user, error) : NULL;

    if (node == NULL)
        return FALSE;
    kab_http_response_set_json(response, 200, node);
    return TRUE;
}

static gboolean
on_note_visit(gpointer service, const KabHttpRequest *request, const KabUser *user,
              KabHttpResponse *response G_GNUC_UNUSED, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    g_autoptr(JsonNode) node = db.db != NULL ? kab_http_request_parse_json(request, error) : NULL;
    KabFields fields = KAB_FIELDS_INIT(NULL);
    gint64 seq;

    if (node == NULL)
        return FALSE;
    fields.object = json_node_get_object(node);
    seq = kab_fields_need_int(&fields, "seq", 0, G_MAXINT64);
    return kab_fields_finish(&fields, error) && kab_portal_visits_note(db.db, user, seq, error);
}

static gboolean
on_list_news(gpointer service, const KabHttpRequest *request, const KabUser *user G_GNUC_UNUSED,
             KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    g_autoptr(GPtrArray) list = NULL;
    g_autofree char *next = NULL;
    JsonArray *items;
    const char *after;
    guint limit;

    if (db.db == NULL || !kab_end_parse_page(request, &after, &limit, error))
        return FALSE;
    list = kab_portal_news_list(db.db, after, limit, &next, error);
    if (list == NULL)
        return FALSE;
    items = json_array_sized_new(list->len);
    for (guint i = 0; i < list->len; i++)
        json_array_add_element(items, kab_wire_news_to_json(g_ptr_array_index(list, i)));
    kab_http_response_set_json(response, 200, kab_end_page_to_json(items, next));
    return TRUE;
}

static gboolean
on_add_news(gpointer service, const KabHttpRequest *request, const KabUser *user,
            KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    const KabActor actor = {user->login, request->remote};
    g_autoptr(JsonNode) node = db.db != NULL ? kab_http_request_parse_json(request, error) : NULL;
    g_autoptr(KabNews) news = g_new0(KabNews, 1);
    KabFields fields = KAB_FIELDS_INIT(NULL);

    if (node == NULL)
        return FALSE;
    fields.object = json_node_get_object(node);
    kab_fields_need_id(&fields, "id", news->id);
    news->author = g_strdup(user->name);
    news->title = g_strdup(kab_fields_need_text(&fields, "title", KAB_NEWS_MAX_TITLE));
    news->text = kab_fields_dup_text(&fields, "text", KAB_NEWS_MAX_TEXT);
    if (news->text == NULL)
        news->text = g_strdup("");
    if (!kab_fields_finish(&fields, error) ||
        !kab_portal_news_add(service, db.db, &actor, news, error))
        return FALSE;
    kab_http_response_set_json(response, 200, kab_wire_news_to_json(news));
    return TRUE;
}

static gboolean
on_delete_news(gpointer service, const KabHttpRequest *request, const KabUser *user,
               KabHttpResponse *response G_GNUC_UNUSED, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    const KabActor actor = {user->login, request->remote};

    return db.db != NULL && kab_portal_news_remove(service, db.db, &actor,
                                                   kab_http_request_get_param(request, 0), error);
}

void
kab_portal_live_routes_add(KabHttpRouter *router)
{
    static const KabHttpRoute routes[] = {
        {"GET", "/api/v1/live", FALSE, KAB_RIGHT_BROWSE, 0, on_live},
        {"GET", "/api/v1/changes", FALSE, KAB_RIGHT_BROWSE, 0, on_changes},
        {"GET", "/api/v1/visit", FALSE, KAB_RIGHT_BROWSE, 0, on_visit},
        {"PUT", "/api/v1/visit", FALSE, KAB_RIGHT_BROWSE, SMALL_BODY, on_note_visit},
        {"GET", "/api/v1/news", FALSE, KAB_RIGHT_NONE, 0, on_list_news},
        {"POST", "/api/v1/news", FALSE, KAB_RIGHT_NEWS, NEWS_BODY, on_add_news},
        {"DELETE", "/api/v1/news/{id}", FALSE, KAB_RIGHT_NEWS, 0, on_delete_news},
    };

    kab_http_router_add(router, "", routes, G_N_ELEMENTS(routes));
}
