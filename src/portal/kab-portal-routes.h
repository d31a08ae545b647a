/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-end.h"

G_BEGIN_DECLS

/** kab_portal_routes_add: adds what a partner's desktop asks of the portal. */
void kab_portal_routes_add(KabHttpRouter *router);

/** kab_portal_basket_routes_add: adds what changes many lines of a basket at once. */
void kab_portal_basket_routes_add(KabHttpRouter *router);

/** kab_portal_paper_routes_add: adds what lies beside orders: comments, documents, tasks, limits.
 */
void kab_portal_paper_routes_add(KabHttpRouter *router);

/** kab_portal_letter_routes_add: adds what the administrator sees and does of letters. */
void kab_portal_letter_routes_add(KabHttpRouter *router);

/** kab_portal_live_routes_add: adds what has changed, and news. */
void kab_portal_live_routes_add(KabHttpRouter *router);

G_END_DECLS
