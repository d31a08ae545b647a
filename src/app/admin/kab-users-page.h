/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-list-page.h"

G_BEGIN_DECLS

#define KAB_TYPE_USERS_PAGE (kab_users_page_get_type())

/**
 * KabUsersPage:
 *
 * The users of a service, with a search, by role and by whether they may sign in. From here leads
 * the way to a new user, to each of them, and to who did what.
 */
G_DECLARE_FINAL_TYPE(KabUsersPage, kab_users_page, KAB, USERS_PAGE, KabListPage)

/** kab_users_page_new: @base: whether @client is a base's, and not a portal's */
KabDataPage *kab_users_page_new(KabClient *client, gboolean base);

G_END_DECLS
