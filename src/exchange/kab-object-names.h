/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-end.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* How people know the objects that queue and journal tell of. */

/** KAB_NAMES_WANTED: the end of the SQL of a #KabKindHandler's names: which ids are asked for. */
#define KAB_NAMES_WANTED " IN (SELECT value FROM json_each($1))"

/** KAB_NAMES_OF_ORDERS: by partner, number, date and sum. */
#define KAB_NAMES_OF_ORDERS \
    "SELECT id, partner_name, number, placed_at, total, currency FROM orders WHERE id" KAB_NAMES_WANTED

/** KAB_NAMES_OF_COMMENTS: by author and order. */
#define KAB_NAMES_OF_COMMENTS                                             \
    "SELECT c.id, c.author, o.number, c.at, 0, NULL FROM order_comment c" \
    " JOIN orders o ON o.id = c.order_id WHERE c.id" KAB_NAMES_WANTED

/** KAB_NAMES_OF_DOCUMENTS: by file and order; those who ask for one ask for it by its id. */
#define KAB_NAMES_OF_DOCUMENTS                                                \
    "SELECT d.id, d.file_name, o.number, d.asked_at, 0, NULL FROM document d" \
    " LEFT JOIN orders o ON o.id = d.order_id WHERE d.id" KAB_NAMES_WANTED

/** KAB_NAMES_OF_TASKS: by partner, order and its sum; a decision has its task's id. */
#define KAB_NAMES_OF_TASKS                                                               \
    "SELECT id, partner_name, order_number, created_at, order_total, currency FROM task" \
    " WHERE id" KAB_NAMES_WANTED

/** KAB_NAMES_OF: by name: of the rows of a @table with the columns id and name. */
#define KAB_NAMES_OF(table) \
    "SELECT id, name, NULL, 0, 0, NULL FROM " table " WHERE id" KAB_NAMES_WANTED

/**
 * KAB_FIND_NAMED: SQL of a #KabKindHandler's find: the rows of a @table by their name, in whatever
 * case; @rank is an SQL expression.
 */
#define KAB_FIND_NAMED(table, rank) \
    "SELECT id, " rank " FROM " table " WHERE casefold(name) = casefold($1) ORDER BY 2, 1 LIMIT 2"

/** KAB_FIND_WORDS_MAX: so many are told of, and that there are more. */
#define KAB_FIND_WORDS_MAX 6
#define KAB_FIND_WORDS_LIMIT " ORDER BY 2, 1 LIMIT " G_STRINGIFY(KAB_FIND_WORDS_MAX)

/**
 * KAB_FIND_WORDS: SQL of a #KabKindHandler's find_words: the rows of a @table that @live is true
 * of, by words of their name
 */
#define KAB_FIND_WORDS(table, live) \
    "SELECT id, name FROM " table " WHERE " live " AND has_words(name, $1)" KAB_FIND_WORDS_LIMIT

/** KAB_FIND_DOCUMENTS: by file, or by the number of the order. */
#define KAB_FIND_DOCUMENTS                                               \
    "SELECT id, 0 FROM document WHERE file_name = $1 UNION"              \
    " SELECT d.id, 0 FROM document d JOIN orders o ON o.id = d.order_id" \
    " WHERE o.number = $1 ORDER BY 2, 1 LIMIT 2"

/** KAB_FIND_TASKS: by the number of the order. */
#define KAB_FIND_TASKS "SELECT id, 0 FROM task WHERE order_number = $1 ORDER BY 2, 1 LIMIT 2"

/**
 * kab_object_names_add:
 * @end: an end
 * @db: a connection
 * @items: (element-type JsonObject): what tells of objects by their "kind"
 * @id: the member that has the id; items without one are left alone
 * @error: return location
 *
 * Sets "name" in all @items whose objects this end knows a name of; one query for each kind.
 *
 * Returns: %FALSE on error
 */
gboolean kab_object_names_add(KabEnd *end, KabDb *db, JsonArray *items, const char *id,
                              GError **error);

G_END_DECLS
