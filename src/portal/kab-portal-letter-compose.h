/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-db.h"
#include "kab-portal-letter-text.h"
#include "kab-user.h"

G_BEGIN_DECLS

/**
 * kab_portal_letter_act_for:
 * @db: a connection
 * @user: (inout): a user; acts for @partner_id afterwards, with the role there, if the user may
 * @partner_id: a partner
 * @right: what the user has to have the right to
 * @may: (out): whether the user is active and may do it there
 * @error: return location
 *
 * Returns: %FALSE on error
 */
gboolean kab_portal_letter_act_for(KabDb *db, KabUser *user, KabPartnerId partner_id,
                                   KabRight right, gboolean *may, GError **error);

/**
 * kab_portal_letter_compose:
 * @db: a connection inside a transaction
 * @letter: a letter that is about to be sent
 * @company: who writes
 * @address: the portal's address for links; "" for none, or one that a letter can tell nobody: then
 *   there is the code alone
 * @user: (out) (nullable) (transfer full): whom it goes to
 * @out: (out): the letter
 * @obsolete: (out) (nullable) (transfer full): why it is not needed any more; then there is no
 *   letter
 * @error: return location
 *
 * Makes the letter as things are now. A code in it is a new one, of which only a hash is kept;
 * codes of earlier attempts stay valid.
 *
 * Returns: %FALSE on error
 */
gboolean kab_portal_letter_compose(KabDb *db, const KabLetter *letter, const char *company,
                                   const char *address, KabUser **user, KabLetterText *out,
                                   char **obsolete, GError **error);

G_END_DECLS
