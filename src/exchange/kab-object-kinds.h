/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-audit.h"
#include "kab-end.h"

G_BEGIN_DECLS

/* Object kinds: which kinds an end sends at present. What takes no part stays in the queue, and
 * goes when it takes part again. */

/**
 * kab_object_kinds_list:
 * @end: an end
 * @db: a connection
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the kinds that the end sends, in the order of sending, each
 *   with "kind", "enabled" and "queued": how many of its objects are in the queue
 */
JsonArray *kab_object_kinds_list(KabEnd *end, KabDb *db, GError **error);

/**
 * kab_object_kinds_set:
 * @end: an end
 * @db: a connection outside a transaction
 * @actor: who does it
 * @kind: one of its kinds
 * @enabled: whether it takes part from now on
 * @error: return location: %KAB_ERROR_NOT_FOUND if the end sends no such kind
 *
 * Returns: whether it is stored and audited
 */
gboolean kab_object_kinds_set(KabEnd *end, KabDb *db, const KabActor *actor, const char *kind,
                              gboolean enabled, GError **error);

G_END_DECLS
