/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-wire-comment.h"

#define MAX_NAME 1000

JsonNode *
kab_wire_comment_to_json(const KabComment *comment, gboolean id)
{
    JsonObject *object = json_object_new();

    if (id) {
        json_object_set_string_member(object, "id", comment->id.text);
        json_object_set_boolean_member(object, "by_base", comment->by_base);
    }
    json_object_set_string_member(object, "order_id", comment->order_id.text);
    json_object_set_string_member(object, "author", comment->author);
    kab_json_set_time(object, "at", comment->at);
    json_object_set_string_member(object, "text", comment->text);
    return kab_json_node_take(object);
}

KabComment *
kab_wire_comment_from_json(const char *id, JsonObject *object, GError **error)
{
    g_autoptr(KabComment) comment = g_new0(KabComment, 1);
    KabFields fields = KAB_FIELDS_INIT(object);

    if (id != NULL) {
        comment->id = kab_comment_id_of(id);
    } else {
        kab_fields_need_id(&fields, "id", comment->id.text);
        comment->by_base = kab_fields_get_boolean(&fields, "by_base", FALSE);
    }
    kab_fields_need_id(&fields, "order_id", comment->order_id.text);
    comment->author = g_strdup(kab_fields_need_text(&fields, "author", MAX_NAME));
    comment->at = kab_fields_need_time(&fields, "at");
    comment->text = g_strdup(kab_fields_need_text(&fields, "text", KAB_COMMENT_MAX));
    return kab_fields_finish(&fields, error) ? g_steal_pointer(&comment) : NULL;
}
