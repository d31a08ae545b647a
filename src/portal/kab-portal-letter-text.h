/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-letter.h"

G_BEGIN_DECLS

/**
 * KabLetterValues:
 * @company: who writes
 * @name: the user's name
 * @login: the user's login
 * @address: (nullable): the portal's address
 * @link: (nullable): what opens the program
 * @code: (nullable): the code to type by hand
 * @until: (nullable): until when both are valid
 * @order: (nullable): the order's number
 * @total: (nullable): the order's total
 * @manager: (nullable): the manager's name
 * @author: (nullable): who placed the order
 *
 * What a template speaks of. The texts are not owned.
 */
typedef struct {
    const char *company;
    const char *name;
    const char *login;
    const char *address;
    const char *link;
    const char *code;
    const char *until;
    const char *order;
    const char *total;
    const char *manager;
    const char *author;
} KabLetterValues;

/**
 * KabLetterText:
 * @subject: (owned): the subject
 * @text: (owned): the letter as plain text
 * @html: (owned): the same as HTML
 */
typedef struct {
    char *subject;
    char *text;
    char *html;
} KabLetterText;

void kab_letter_text_clear(KabLetterText *text);

/**
 * kab_portal_letter_text_make:
 * @kind: what it is about
 * @language: (nullable): the user's language; anything but "en" is Russian
 * @values: what it speaks of
 * @out: (out): the letter
 * @error: return location
 *
 * The templates lie in letters/: the first line is the subject, paragraphs are parted by empty
 * lines, "> TITLE | ADDRESS" is a link, "= CODE" stands by itself, "-- TEXT" is small print. A
 * paragraph that names something which is not there is left out. Text and HTML come of the same
 * template, so they say the same.
 *
 * Returns: whether the letter is made
 */
gboolean kab_portal_letter_text_make(KabLetterKind kind, const char *language,
                                     const KabLetterValues *values, KabLetterText *out,
                                     GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(KabLetterText, kab_letter_text_clear)

G_END_DECLS
