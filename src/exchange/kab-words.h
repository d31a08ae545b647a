/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-audit.h"
#include "kab-end.h"

G_BEGIN_DECLS

/* Predefined values: words that come from another program and that this one does not know by
 * itself, and what an administrator has said that they mean. Which kinds of words there are differs
 * between the ends; each has a table "word" of kind, text and meaning. */

/** KAB_WORD_MAX: how many characters a word has at most; a longer one is not remembered. */
#define KAB_WORD_MAX 200

/**
 * KabWordCheckFunc:
 * @kind: one of the kinds of the end
 * @meaning: what a word of it shall mean
 * @error: return location: %KAB_ERROR_INVALID
 *
 * Returns: whether a word of this kind can mean that
 */
typedef gboolean (*KabWordCheckFunc)(const char *kind, const char *meaning, GError **error);

/**
 * KabWordApplyFunc:
 * @db: a connection, inside the transaction that stores the meaning
 * @kind: one of the kinds of the end
 * @text: the word
 * @meaning: (nullable): what it means now; %NULL: nothing that is known
 * @error: return location
 *
 * Does what follows for what is stored with the word.
 *
 * Returns: %FALSE on error
 */
typedef gboolean (*KabWordApplyFunc)(KabDb *db, const char *kind, const char *text,
                                     const char *meaning, GError **error);

/**
 * KabWordClass:
 * @kinds: (array zero-terminated=1): the kinds of words
 * @list: SQL that gives kind, text, meaning or NULL, and how many objects are concerned
 * @check: says what words can mean
 * @apply: does what follows
 *
 * The words of one end.
 */
struct _KabWordClass {
    const char *const *kinds;
    const char *list;
    KabWordCheckFunc check;
    KabWordApplyFunc apply;
};

/**
 * kab_words_list:
 * @end: an end
 * @db: a connection
 * @error: return location
 *
 * Returns: (transfer full) (nullable): words that have a meaning, and words that still have none,
 *   each with "kind", "text", "meaning" if it has one, and "count": how many objects are concerned
 */
JsonArray *kab_words_list(KabEnd *end, KabDb *db, GError **error);

/**
 * kab_words_set:
 * @end: an end
 * @db: a connection outside a transaction
 * @actor: who does it
 * @kind: a kind of words of this end
 * @text: the word
 * @meaning: (nullable): what it means; %NULL: nothing that is known
 * @error: return location: %KAB_ERROR_INVALID
 *
 * What is stored with the word means it from now on, as if the word had just come. Said twice, it
 * is said once.
 *
 * Returns: whether it is stored and audited
 */
gboolean kab_words_set(KabEnd *end, KabDb *db, const KabActor *actor, const char *kind,
                       const char *text, const char *meaning, GError **error);

/** kab_word_routes_add: adds what lists words and says what they mean. */
void kab_word_routes_add(KabHttpRouter *router);

G_END_DECLS
