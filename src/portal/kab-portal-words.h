/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-order.h"
#include "kab-words.h"

G_BEGIN_DECLS

/* What an administrator has said that words of the base mean, for status ("status") and state
 * ("state") of a client order. */

/** kab_portal_words: the words of a portal; of how many orders a word is not known. */
extern const KabWordClass kab_portal_words;

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

G_END_DECLS
