/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-wire-publication.h"

#define NOT_PUBLISHED "none"
#define MAX_NAME 1000
#define MAX_PROBLEM 4000

JsonNode *
kab_wire_publication_to_json(gconstpointer item)
{
    const KabPublication *publication = item;
    JsonObject *object = json_object_new();
    const char *state = publication->state;

    json_object_set_string_member(object, "id", publication->id);
    json_object_set_boolean_member(object, "own", publication->own);
    json_object_set_string_member(object, "name", publication->name);
    kab_json_set_text(object, "partner_name", publication->partner_name);
    kab_json_set_text(object, "email", publication->email);
    kab_json_set_text(object, "phone", publication->phone);
    if (publication->published) {
        json_object_set_string_member(object, "login", publication->login);
        json_object_set_string_member(object, "role", kab_role_to_nick(publication->role));
        json_object_set_boolean_member(object, "active", publication->active);
        if (state == NULL)
            state = kab_user_state_to_nick(KAB_USER_STATE_REGISTRATION);
    } else {
        state = NOT_PUBLISHED;
    }
    json_object_set_string_member(object, "state", state);
    if (publication->pending)
        json_object_set_boolean_member(object, "pending", TRUE);
    kab_json_set_text(object, "problem", publication->problem);
    return kab_json_node_take(object);
}

static void
read_role(KabFields *fields, KabPublication *publication)
{
    const char *nick = kab_fields_get_text(fields, "role", 40);
    GError *local = NULL;

    if (publication->published && !kab_role_from_nick(nick, &publication->role, &local))
        kab_fields_fail(fields, local);
}

static void
read_state(KabFields *fields, KabPublication *publication)
{
    const char *nick = kab_fields_need_text(fields, "state", 40);
    KabUserState state;
    GError *local = NULL;

    publication->published = g_strcmp0(nick, NOT_PUBLISHED) != 0;
    if (publication->published && !kab_user_state_from_nick(nick, &state, &local))
        kab_fields_fail(fields, local);
    else if (publication->published)
        publication->state = g_strdup(nick);
}

KabPublication *
kab_wire_publication_from_json(JsonObject *object, GError **error)
{
    g_autoptr(KabPublication) publication = g_new0(KabPublication, 1);
    KabFields fields = KAB_FIELDS_INIT(object);
    char id[KAB_ID_SIZE] = "";

    kab_fields_need_id(&fields, "id", id);
    publication->id = g_strdup(id);
    publication->own = kab_fields_get_boolean(&fields, "own", FALSE);
    publication->name = kab_fields_dup_text(&fields, "name", MAX_NAME);
    if (publication->name == NULL)
        publication->name = g_strdup("");
    publication->partner_name = kab_fields_dup_text(&fields, "partner_name", MAX_NAME * 100);
    publication->email = kab_fields_dup_text(&fields, "email", MAX_NAME);
    publication->phone = kab_fields_dup_text(&fields, "phone", MAX_NAME);
    publication->login = kab_fields_dup_text(&fields, "login", MAX_NAME);
    publication->active = kab_fields_get_boolean(&fields, "active", FALSE);
    publication->pending = kab_fields_get_boolean(&fields, "pending", FALSE);
    publication->problem = kab_fields_dup_text(&fields, "problem", MAX_PROBLEM);
    read_state(&fields, publication);
    read_role(&fields, publication);
    return kab_fields_finish(&fields, error) ? g_steal_pointer(&publication) : NULL;
}
