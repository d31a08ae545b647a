/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-end.h"
#include "kab-http-router.h"

G_BEGIN_DECLS

/**
 * kab_settings_routes_add:
 * @router: the router of an end; its service is the #KabEnd
 *
 * Adds what an administrator sees and sets of an end: its settings, and whether they are right.
 */
void kab_settings_routes_add(KabHttpRouter *router);

G_END_DECLS
