/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-wire-publication.h"

#define NOT_PUBLISHED "none"
#define MAX_NAME 1000
#define MAX_PROBLEM 4000

static void
set_people(JsonObject *object, const GPtrArray *people)
{
    JsonArray *array;

    if (people == NULL)
        return;
    array = json_array_sized_new(people->len);
    for (guint i = 0; i < people->len; i++)
        json_array_add_element(array, kab_wire_publication_to_json(g_ptr_array_index(people, i)));
    json_object_set_array_member(object, "people", array);
}

JsonNode *
kab_wire_publication_to_json(gconstpointer item)
{
    const KabPublication *publication = item;
    JsonObject *object = json_object_new();
    const char *state = publication->state;

    json_object_set_string_member(object, "id", publication->id);
    json_object_set_string_member(object, "kind", kab_publication_kind_to_nick(publication->kind));
    json_object_set_string_member(object, "name", publication->name);
    kab_json_set_text(object, "partner_name", publication->partner_name);
    kab_json_set_text(object, "email", publication->email);
    kab_json_set_text(object, "phone", publication->phone);
    if (publication->published && publication->kind != KAB_PUBLICATION_PARTNER) {
        json_object_set_string_member(object, "login", publication->login);
        json_object_set_string_member(object, "role", kab_role_to_nick(publication->role));
    }
    if (publication->published) {
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
    set_people(object, publication->people);
    return kab_json_node_take(object);
}

static void
read_kind(KabFields *fields, KabPublication *publication)
{
    GError *local = NULL;

    if (!kab_publication_kind_from_nick(kab_fields_need_text(fields, "kind", 40),
                                        &publication->kind, &local))
        kab_fields_fail(fields, local);
}

static void
read_role(KabFields *fields, KabPublication *publication)
{
    const char *nick = kab_fields_get_text(fields, "role", 40);
    GError *local = NULL;

    if (publication->published && publication->kind != KAB_PUBLICATION_PARTNER &&
        !kab_role_from_nick(nick, &publication->role, &local))
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

static void
read_people(KabFields *fields, KabPublication *publication)
{
    JsonArray *array = kab_fields_get_array(fields, "people", KAB_PUBLICATION_MAX_PEOPLE);
    GError *local = NULL;

    if (array == NULL || publication->kind != KAB_PUBLICATION_PARTNER)
        return;
    publication->people = g_ptr_array_new_with_free_func((GDestroyNotify)kab_publication_free);
    for (guint i = 0; i < json_array_get_length(array) && local == NULL; i++) {
        KabPublication *person =
            kab_wire_publication_from_json(json_array_get_object_element(array, i), &local);

        if (person != NULL)
            g_ptr_array_add(publication->people, person);
    }
    if (local != NULL)
        kab_fields_fail(fields, local);
}

KabPublication *
kab_wire_publication_from_json(JsonObject *object, GError **error)
{
    g_autoptr(KabPublication) publication = g_new0(KabPublication, 1);
    KabFields fields = KAB_FIELDS_INIT(object);
    char id[KAB_ID_SIZE] = "";

    kab_fields_need_id(&fields, "id", id);
    publication->id = g_strdup(id);
    read_kind(&fields, publication);
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
    read_people(&fields, publication);
    return kab_fields_finish(&fields, error) ? g_steal_pointer(&publication) : NULL;
}
