/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-wire-letter.h"

JsonNode *
kab_wire_letter_to_json(const KabLetter *letter)
{
    JsonObject *object = json_object_new();

    json_object_set_string_member(object, "id", letter->id);
    json_object_set_string_member(object, "kind", kab_letter_kind_to_nick(letter->kind));
    json_object_set_string_member(object, "user_id", letter->user_id.text);
    kab_json_set_text(object, "user_name", letter->user_name);
    kab_json_set_text(object, "email", letter->email);
    kab_json_set_text(object, "object_id", letter->object_id);
    json_object_set_string_member(object, "state", kab_letter_state_to_nick(letter->state));
    json_object_set_int_member(object, "attempts", letter->attempts);
    kab_json_set_time(object, "created_at", letter->created_at);
    kab_json_set_time(object, "next_attempt_at", letter->next_attempt_at);
    kab_json_set_time(object, "sent_at", letter->sent_at);
    kab_json_set_text(object, "error", letter->error);
    return kab_json_node_take(object);
}

KabLetter *
kab_wire_letter_from_json(JsonObject *object, GError **error)
{
    g_autoptr(KabLetter) letter = g_new0(KabLetter, 1);
    KabFields fields = KAB_FIELDS_INIT(object);
    GError *local = NULL;

    kab_fields_need_id(&fields, "id", letter->id);
    if (!kab_letter_kind_from_nick(kab_fields_need_text(&fields, "kind", 40), &letter->kind,
                                   &local) ||
        !kab_letter_state_from_nick(kab_fields_need_text(&fields, "state", 40), &letter->state,
                                    &local))
        kab_fields_fail(&fields, local);
    kab_fields_need_id(&fields, "user_id", letter->user_id.text);
    letter->user_name = kab_fields_dup_text(&fields, "user_name", 1000);
    letter->email = kab_fields_dup_text(&fields, "email", 1000);
    letter->object_id = kab_fields_dup_text(&fields, "object_id", 100);
    letter->attempts = (int)kab_fields_get_int(&fields, "attempts", 0, G_MAXINT, 0);
    letter->created_at = kab_fields_get_time(&fields, "created_at");
    letter->next_attempt_at = kab_fields_get_time(&fields, "next_attempt_at");
    letter->sent_at = kab_fields_get_time(&fields, "sent_at");
    letter->error = kab_fields_dup_text(&fields, "error", 10000);
    return kab_fields_finish(&fields, error) ? g_steal_pointer(&letter) : NULL;
}
