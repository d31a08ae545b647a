/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-data-page.h"

G_BEGIN_DECLS

#define KAB_TYPE_USER_PAGE (kab_user_page_get_type())

/**
 * KabUserPage:
 *
 * A user of a service: what is known of it, what it may do, and with what it comes in.
 */
G_DECLARE_FINAL_TYPE(KabUserPage, kab_user_page, KAB, USER_PAGE, KabDataPage)

/** kab_user_page_new: @id: the user; "": a new one; @base: whether @client is a base's */
KabDataPage *kab_user_page_new(KabClient *client, const char *id, gboolean base);

G_END_DECLS
