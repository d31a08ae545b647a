/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-end.h"

G_BEGIN_DECLS

/**
 * kab_portal_open:
 * @folder: the folder of its data, which has to be there
 * @error: return location: as of kab_end_open()
 *
 * Returns: (transfer full) (nullable): the portal's end of the exchange
 */
KabEnd *kab_portal_open(const char *folder, GError **error);

/**
 * kab_portal_add_routes:
 * @router: a router whose service is what kab_portal_open() gave
 *
 * Adds everything that the portal answers.
 */
void kab_portal_add_routes(KabHttpRouter *router);

G_END_DECLS
