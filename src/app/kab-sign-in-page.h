/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_SIGN_IN_PAGE (kab_sign_in_page_get_type())

/**
 * KabSignInPage:
 *
 * Sign-in in two steps: who, then the password. Emits "signed-in", and "code-wanted" for somebody
 * who has no password; "address-chosen" where the portal can be chosen.
 */
G_DECLARE_FINAL_TYPE(KabSignInPage, kab_sign_in_page, KAB, SIGN_IN_PAGE, AdwBin)

KabSignInPage *kab_sign_in_page_new(KabSession *session);

/** kab_sign_in_page_show_message: says @text in place, such as that the session has ended. */
void kab_sign_in_page_show_message(KabSignInPage *self, const char *text);

/** kab_sign_in_page_set_session: what signs in from now on. */
void kab_sign_in_page_set_session(KabSignInPage *self, KabSession *session);

/** kab_sign_in_page_set_login: who signed in last. */
void kab_sign_in_page_set_login(KabSignInPage *self, const char *login);

/**
 * kab_sign_in_page_show_address:
 * @self: a page
 * @address: the portal's address; "" for the one that runs here
 * @may_be_here: whether one can run here
 *
 * Lets the portal be chosen.
 */
void kab_sign_in_page_show_address(KabSignInPage *self, const char *address, gboolean may_be_here);

G_END_DECLS
