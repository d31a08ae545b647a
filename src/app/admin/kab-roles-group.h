/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-data-page.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_ROLES_GROUP (kab_roles_group_get_type())

/**
 * KabRolesGroup:
 *
 * Roles of a base: which role at the portal people get who are published, by their role at the
 * base. If there is nobody, a line says so; it is hidden until that is known.
 */
G_DECLARE_FINAL_TYPE(KabRolesGroup, kab_roles_group, KAB, ROLES_GROUP, AdwBin)

/** kab_roles_group_new: @page: (not owned): the page that it is in, whose base's roles they are */
GtkWidget *kab_roles_group_new(KabDataPage *page);

/** kab_roles_group_load: asks for them. */
void kab_roles_group_load(KabRolesGroup *self);

G_END_DECLS
