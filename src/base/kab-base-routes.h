/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-end.h"

G_BEGIN_DECLS

/** kab_base_routes_add: adds what a manager's desktop asks of the base. */
void kab_base_routes_add(KabHttpRouter *router);

/** kab_base_segment_routes_add: adds what an administrator's desktop asks about segments. */
void kab_base_segment_routes_add(KabHttpRouter *router);

/** kab_base_role_routes_add: adds which roles people get at the portal. */
void kab_base_role_routes_add(KabHttpRouter *router);

/** kab_base_publication_routes_add: adds what an administrator's desktop asks about who is
 * published.
 */
void kab_base_publication_routes_add(KabHttpRouter *router);

G_END_DECLS
