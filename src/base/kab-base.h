/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-end.h"

G_BEGIN_DECLS

/**
 * kab_base_open:
 * @folder: the folder of its data, which has to be there
 * @error: return location: as of kab_end_open()
 *
 * Returns: (transfer full) (nullable): the base's end of the exchange
 */
KabEnd *kab_base_open(const char *folder, GError **error);

/**
 * kab_base_add_routes:
 * @router: a router whose service is what kab_base_open() gave
 * @end: the same
 * @error: return location: storage
 *
 * Adds everything that the base answers; the HTTP service for the portal stands at the path of the
 * setting "service.path".
 *
 * Returns: %FALSE on error
 */
gboolean kab_base_add_routes(KabHttpRouter *router, KabEnd *end, GError **error);

G_END_DECLS
