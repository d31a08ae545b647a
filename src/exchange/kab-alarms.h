/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-end.h"
#include "kab-order.h"

G_BEGIN_DECLS

/* What the exchange carries on with and somebody has to look after all the same. */

/**
 * kab_alarms_note_words:
 * @db: a connection inside a transaction
 * @order: an order whose status and state the base told
 * @error: return location
 *
 * Notes which of both words are not known here; what was noted of the order before is forgotten.
 *
 * Returns: %FALSE on error
 */
gboolean kab_alarms_note_words(KabDb *db, const KabOrder *order, GError **error);

/**
 * kab_alarms_list:
 * @end: an end
 * @db: a connection
 * @error: return location
 *
 * Words that are not known here, and what the end's class has to tell.
 *
 * Returns: (transfer full) (nullable) (element-type utf8): a sentence each
 */
GPtrArray *kab_alarms_list(KabEnd *end, KabDb *db, GError **error);

G_END_DECLS
