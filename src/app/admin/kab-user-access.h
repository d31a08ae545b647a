/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-data-page.h"

G_BEGIN_DECLS

#define KAB_TYPE_USER_ACCESS (kab_user_access_get_type())

/**
 * KabUserAccess:
 *
 * With what a user comes in: the password, the keys of a program, and the sessions.
 */
G_DECLARE_FINAL_TYPE(KabUserAccess, kab_user_access, KAB, USER_ACCESS, AdwBin)

/**
 * kab_user_access_load:
 * @self: a part of a page
 * @page: the page, whose connection and messages it uses
 * @user: whose access; copied as far as it is needed
 * @base: whether it is a user of a base, which sends no letters
 *
 * Shows what the service says now.
 */
void kab_user_access_load(KabUserAccess *self, KabDataPage *page, const KabUser *user,
                          gboolean base);

G_END_DECLS
