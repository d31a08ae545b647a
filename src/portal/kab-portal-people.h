/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-codes.h"
#include "kab-end.h"

G_BEGIN_DECLS

/**
 * kab_portal_people_invite:
 * @db: a connection inside a transaction
 * @user: who shall set a password
 * @purpose: for how long the code shall be valid, and in which words it is sent
 * @error: return location: %KAB_ERROR_STATE if the user is not active or an administrator,
 *   %KAB_ERROR_INVALID without an e-mail
 *
 * Sends a letter with a code.
 *
 * Returns: whether the letter is queued
 */
gboolean kab_portal_people_invite(KabDb *db, const KabUser *user, KabCodePurpose purpose,
                                  GError **error);

/**
 * kab_portal_people_check_code:
 * @user: who shall have a code
 * @reset: whether the password is taken away before
 * @error: return location: %KAB_ERROR_STATE
 *
 * Returns: whether the user may set a password with a code: is active, no program, and has none yet
 *   if it is not a reset
 */
gboolean kab_portal_people_check_code(const KabUser *user, gboolean reset, GError **error);

/* For the exchange. */

gboolean kab_portal_apply_user(gpointer service, KabDb *db, const KabMessage *message,
                               GError **error);
gboolean kab_portal_build_user_state(gpointer service, KabDb *db, const char *id, JsonObject **body,
                                     GError **error);
/** kab_portal_need_partner: a #KabNeedFunc for what has a "partner_id". */
gboolean kab_portal_need_partner(gpointer service, KabDb *db, const KabMessage *message,
                                 KabReference *missing, GError **error);
/** kab_portal_need_partners: as kab_portal_need_partner(), and the memberships. */
gboolean kab_portal_need_partners(gpointer service, KabDb *db, const KabMessage *message,
                                  KabReference *missing, GError **error);
/** kab_portal_user_changed: a #KabUserChangedFunc: tells the base, sends a letter. */
gboolean kab_portal_user_changed(KabDb *db, KabUserId id, KabUserChange change, GError **error);

/** kab_portal_people_routes_add: adds what is done with a code. */
void kab_portal_people_routes_add(KabHttpRouter *router);

G_END_DECLS
