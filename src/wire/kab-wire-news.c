/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-wire-news.h"

#define MAX_NAME 1000

JsonNode *
kab_wire_news_to_json(const KabNews *news)
{
    JsonObject *object = json_object_new();

    json_object_set_string_member(object, "id", news->id);
    kab_json_set_time(object, "published_at", news->published_at);
    kab_json_set_text(object, "author", *news->author != '\0' ? news->author : NULL);
    json_object_set_string_member(object, "title", news->title);
    json_object_set_string_member(object, "text", news->text);
    return kab_json_node_take(object);
}

KabNews *
kab_wire_news_from_json(JsonObject *object, GError **error)
{
    g_autoptr(KabNews) news = g_new0(KabNews, 1);
    KabFields fields = KAB_FIELDS_INIT(object);

    kab_fields_need_id(&fields, "id", news->id);
    news->published_at = kab_fields_need_time(&fields, "published_at");
    news->author = kab_fields_dup_text(&fields, "author", MAX_NAME);
    news->title = g_strdup(kab_fields_need_text(&fields, "title", KAB_NEWS_MAX_TITLE));
    news->text = kab_fields_dup_text(&fields, "text", KAB_NEWS_MAX_TEXT);
    if (news->author == NULL)
        news->author = g_strdup("");
    if (news->text == NULL)
        news->text = g_strdup("");
    return kab_fields_finish(&fields, error) ? g_steal_pointer(&news) : NULL;
}
