/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-audit.h"
#include "kab-end.h"
#include "kab-order.h"

G_BEGIN_DECLS

/* Predefined values: what an administrator has said that words of the base mean, for status
 * ("status") and state ("state") of a client order. */

/**
 * kab_portal_words_translate:
 * @db: a connection
 * @order: an order as the base told it
 * @error: return location
 *
 * Puts the meanings in the place of words that are not known otherwise.
 *
 * Returns: %FALSE on error
 */
gboolean kab_portal_words_translate(KabDb *db, KabOrder *order, GError **error);

/**
 * kab_portal_words_list:
 * @db: a connection
 * @error: return location
 *
 * Returns: (transfer full) (nullable): words that have a meaning, and words that still have none,
 *   each with "kind", "text", "meaning" if it has one, and "orders": of how many it is not known
 */
JsonArray *kab_portal_words_list(KabDb *db, GError **error);

/**
 * kab_portal_words_set:
 * @end: the portal
 * @db: a connection outside a transaction
 * @actor: who does it
 * @kind: "status" or "state"
 * @text: the base's word
 * @meaning: (nullable): what it means: the nick of a status, or one of kab_order_state_list();
 *   %NULL: nothing that is known
 * @error: return location: %KAB_ERROR_INVALID
 *
 * The orders that have the word mean it from now on, as if the base had just told them.
 *
 * Returns: whether it is stored and audited
 */
gboolean kab_portal_words_set(KabEnd *end, KabDb *db, const KabActor *actor, const char *kind,
                              const char *text, const char *meaning, GError **error);

G_END_DECLS
