/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-audit.h"
#include "kab-end.h"
#include "kab-user.h"

G_BEGIN_DECLS

/* Roles: which role at the portal people get who are published without one being named, by their
 * role at the base. Of a contact person that is the relation to its partner, "" if none is told; of
 * an own user the role. Whoever is published already stays what he is. */

/** KAB_BASE_ROLES_MAX: how many roles of the base are listed, and set at once. */
#define KAB_BASE_ROLES_MAX 500

/**
 * KabBaseRole:
 * @own: whether it is a role of own users
 * @text: (owned): the role at the base
 * @mapped: whether it has a role at the portal
 * @role: that role
 * @people: how many people have it who are or could be published
 */
typedef struct {
    gboolean own;
    char *text;
    gboolean mapped;
    KabRole role;
    gint64 people;
} KabBaseRole;

void kab_base_role_free(KabBaseRole *role);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabBaseRole, kab_base_role_free)

/**
 * kab_base_roles_list:
 * @db: a connection
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type KabBaseRole): own users' first, then what has
 * no role at the portal yet, then what most people have
 */
GPtrArray *kab_base_roles_list(KabDb *db, GError **error);

/**
 * kab_base_roles_set:
 * @end: the base
 * @db: a connection
 * @actor: who does it
 * @role: a role of the base, and what it is at the portal, if anything
 * @error: return location: %KAB_ERROR_INVALID
 *
 * Returns: whether it is stored and audited
 */
gboolean kab_base_roles_set(KabEnd *end, KabDb *db, const KabActor *actor, const KabBaseRole *role,
                            GError **error);

/**
 * kab_base_roles_fill:
 * @end: the base
 * @db: a connection
 * @actor: who does it
 * @error: return location
 *
 * "Fill by default": gives each listed role of the base that has none the usual role at the portal.
 *
 * Returns: (transfer full) (nullable) (element-type KabBaseRole): those that were given one
 */
GPtrArray *kab_base_roles_fill(KabEnd *end, KabDb *db, const KabActor *actor, GError **error);

/**
 * kab_base_roles_find:
 * @db: a connection
 * @id: a contact person or an own user
 * @role: (inout): the role at the portal; left alone if nothing is said of it
 * @error: return location
 *
 * What the person is published as already counts more than what its role at the base is given.
 *
 * Returns: %FALSE on error
 */
gboolean kab_base_roles_find(KabDb *db, const char *id, KabRole *role, GError **error);

/** kab_base_role_to_json: (transfer full): a #KabBaseRole for a list. */
JsonNode *kab_base_role_to_json(gconstpointer role);

G_END_DECLS
