/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client.h"
#include "kab-user.h"

G_BEGIN_DECLS

/* Which role at the portal people get, by their role at the base. */

/**
 * KabRoleMap:
 * @own: whether it is a role of own users of the base; otherwise of contact persons
 * @text: (owned): the role at the base; of contact persons, "" if none is told
 * @mapped: whether it has a role at the portal
 * @role: that role
 * @people: how many people have it
 */
typedef struct {
    gboolean own;
    char *text;
    gboolean mapped;
    KabRole role;
    gint64 people;
} KabRoleMap;

/** kab_role_map_new: @role: (nullable): the role at the portal, if there is one */
KabRoleMap *kab_role_map_new(gboolean own, const char *text, const KabRole *role, gint64 people);
void kab_role_map_free(KabRoleMap *map);

/**
 * KabRoleMaps:
 * @items: (owned) (element-type KabRoleMap): all of them
 * @filled: (owned) (element-type KabRoleMap): those that were just filled by default
 */
typedef struct {
    GPtrArray *items;
    GPtrArray *filled;
} KabRoleMaps;

void kab_role_maps_free(KabRoleMaps *maps);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabRoleMaps, kab_role_maps_free)

/** kab_client_list_roles_async: the roles of the base that people have. */
void kab_client_list_roles_async(KabClient *self, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer data);

/** kab_client_set_roles_async: @maps: (element-type KabRoleMap): what is so from now on; what is
 * not mapped in it is given no role */
void kab_client_set_roles_async(KabClient *self, const GPtrArray *maps, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer data);

/** kab_client_fill_roles_async: gives the usual role to those that have none. */
void kab_client_fill_roles_async(KabClient *self, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer data);

/** kab_client_roles_finish: (transfer full) (nullable): what is so now, after any of these calls */
KabRoleMaps *kab_client_roles_finish(KabClient *self, GAsyncResult *result, GError **error);

G_END_DECLS
