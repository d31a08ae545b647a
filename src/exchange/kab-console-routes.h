/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-end.h"
#include "kab-http-router.h"

G_BEGIN_DECLS

/**
 * kab_console_routes_add:
 * @router: the router of an end; its service is the #KabEnd
 *
 * Adds what an administrator looks into and does by hand: how the exchange stood, what fails and
 * why, what would be sent, and messages that are edited and sent again.
 */
void kab_console_routes_add(KabHttpRouter *router);

G_END_DECLS
