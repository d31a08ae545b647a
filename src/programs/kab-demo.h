/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-demo-people.h"
#include "kab-pair.h"

G_BEGIN_DECLS

/**
 * kab_demo_prepare:
 * @pair: a portal and a base
 * @folder: the folder of the demo's files
 * @error: return location
 *
 * Fills an empty pair with the invented wholesaler: through the import and the exchange, as
 * anybody's data would come. A pair that is filled already is left as it is.
 *
 * Returns: whether the demo can begin
 */
gboolean kab_demo_prepare(KabPair *pair, const char *folder, GError **error);

G_END_DECLS
