/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-client-roles.h"

#include "kab-client-call.h"
#include "kab-json.h"

#define PATH "/api/v1/exchange/roles"
#define MAX_TEXT 20000
#define MAX_ROLES 500

KabRoleMap *
kab_role_map_new(gboolean own, const char *text, const KabRole *role, gint64 people)
{
    KabRoleMap *map = g_new0(KabRoleMap, 1);

    map->own = own;
    map->text = g_strdup(text);
    map->mapped = role != NULL;
    map->role = role != NULL ? *role : KAB_ROLE_BUYER;
    map->people = people;
    return map;
}

void
kab_role_map_free(KabRoleMap *map)
{
    g_free(map->text);
    g_free(map);
}

void
kab_role_maps_free(KabRoleMaps *maps)
{
    g_ptr_array_unref(maps->items);
    g_ptr_array_unref(maps->filled);
    g_free(maps);
}

static KabRoleMap *
parse_map(JsonObject *object, GError **error)
{
    KabFields fields = KAB_FIELDS_INIT(object);
    gboolean own = kab_fields_get_boolean(&fields, "own", FALSE);
    const char *text = kab_fields_get_text(&fields, "base_role", MAX_TEXT);
    const char *nick = kab_fields_get_text(&fields, "role", 40);
    gint64 people = kab_fields_need_int(&fields, "people", 0, G_MAXINT64);
    KabRole role;

    if (!kab_fields_finish(&fields, error) ||
        (nick != NULL && !kab_role_from_nick(nick, &role, error)))
        return NULL;
    return kab_role_map_new(own, text != NULL ? text : "", nick != NULL ? &role : NULL, people);
}

/* Adds those of @array (nullable). */
static gboolean
parse_maps(JsonArray *array, GPtrArray *maps, GError **error)
{
    for (guint i = 0; array != NULL && i < json_array_get_length(array); i++) {
        KabRoleMap *map = parse_map(json_array_get_object_element(array, i), error);

        if (map == NULL)
            return FALSE;
        g_ptr_array_add(maps, map);
    }
    return TRUE;
}

static gpointer
parse_roles(GBytes *body, GError **error)
{
    g_autoptr(JsonNode) node = kab_json_parse(body, error);
    g_autoptr(KabRoleMaps) maps = g_new0(KabRoleMaps, 1);
    KabFields fields = KAB_FIELDS_INIT(NULL);
    JsonArray *items, *filled;

    maps->items = g_ptr_array_new_with_free_func((GDestroyNotify)kab_role_map_free);
    maps->filled = g_ptr_array_new_with_free_func((GDestroyNotify)kab_role_map_free);
    if (node == NULL)
        return NULL;
    fields.object = json_node_get_object(node);
    items = kab_fields_need_array(&fields, "items", MAX_ROLES);
    filled = kab_fields_get_array(&fields, "filled", MAX_ROLES);
    return kab_fields_finish(&fields, error) && parse_maps(items, maps->items, error) &&
                   parse_maps(filled, maps->filled, error)
               ? g_steal_pointer(&maps)
               : NULL;
}

static const KabClientCall roles_call = {.method = "GET",
                                         .path = PATH,
                                         .parse = parse_roles,
                                         .free = (GDestroyNotify)kab_role_maps_free};

void
kab_client_list_roles_async(KabClient *self, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data)
{
    kab_client_call_async(self, &roles_call, cancellable, callback, data);
}

void
kab_client_set_roles_async(KabClient *self, const GPtrArray *maps, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer data)
{
    KabClientCall call = roles_call;
    JsonObject *object = json_object_new();
    JsonArray *roles = json_array_sized_new(maps->len);

    for (guint i = 0; i < maps->len; i++) {
        const KabRoleMap *map = g_ptr_array_index(maps, i);
        JsonObject *role = json_object_new();

        json_object_set_boolean_member(role, "own", map->own);
        json_object_set_string_member(role, "base_role", map->text);
        kab_json_set_text(role, "role", map->mapped ? kab_role_to_nick(map->role) : NULL);
        json_array_add_object_element(roles, role);
    }
    json_object_set_array_member(object, "roles", roles);
    call.method = "PUT";
    call.body = kab_json_node_take(object);
    kab_client_call_async(self, &call, cancellable, callback, data);
}

void
kab_client_fill_roles_async(KabClient *self, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data)
{
    KabClientCall call = roles_call;

    call.method = "POST";
    call.path = PATH "/fill";
    kab_client_call_async(self, &call, cancellable, callback, data);
}

KabRoleMaps *
kab_client_roles_finish(KabClient *self, GAsyncResult *result, GError **error)
{
    return kab_client_call_finish(self, result, error);
}
