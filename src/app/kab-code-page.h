/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_CODE_PAGE (kab_code_page_get_type())

/**
 * KabCodePage:
 *
 * Sets a password with a code from a letter: the first sign-in, or after the password was
 * forgotten. Emits "signed-in" and "back".
 */
G_DECLARE_FINAL_TYPE(KabCodePage, kab_code_page, KAB, CODE_PAGE, AdwBin)

/**
 * kab_code_page_new:
 * @session: a session in which nobody is signed in
 * @code: (nullable): a code that is known already
 *
 * Returns: (transfer floating): the page
 */
KabCodePage *kab_code_page_new(KabSession *session, const char *code);

/** kab_code_page_show_message: says @text in place; NULL for nothing. */
void kab_code_page_show_message(KabCodePage *self, const char *text);

G_END_DECLS
