/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/**
 * kab_db_add_functions:
 * @handle: a connection
 *
 * What SQLite does not know of texts: casefold(text), for migrations, and has_words(text, words):
 * whether each of the words, with spaces between, is somewhere in the text, in capitals or not,
 * with or without the dots of "ё".
 */
void kab_db_add_functions(sqlite3 *handle);

G_END_DECLS
