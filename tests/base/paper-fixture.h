/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Reads printed documents with the programs of poppler. */

gboolean paper_have_program(const char *name);

/* What @argv says to @input, which may be NULL. */
char *paper_run(const char *const *argv, GBytes *input);

/* The text of @pdf in the order it was drawn, without spaces and line breaks: where a name wraps
 * does not matter. NULL without the tool. */
char *paper_extract(GBytes *pdf);

/* How often @part is in @text, an extracted one. */
guint paper_count(const char *text, const char *part);

void paper_assert_shows(const char *text, const char *part);

/* No word is drawn over another, nor beyond the margins of its page. */
void paper_assert_neat(GBytes *pdf);

/* What every document has: a title, its own date (ISO 8601), a language, embedded fonts with
 * letters that can be copied, a table of objects that a strict reader finds. */
void paper_assert_archivable(GBytes *pdf, const char *title, const char *date);
