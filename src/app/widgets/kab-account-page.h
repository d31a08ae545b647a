/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-data-page.h"
#include "kab-session.h"

G_BEGIN_DECLS

#define KAB_TYPE_ACCOUNT_PAGE (kab_account_page_get_type())

/**
 * KabAccountPage:
 *
 * Who is signed in at the portal: for which partner, in which language, with which password, and
 * where else.
 */
G_DECLARE_FINAL_TYPE(KabAccountPage, kab_account_page, KAB, ACCOUNT_PAGE, KabDataPage)

/** kab_account_page_new: of somebody who is signed in at the portal. */
KabDataPage *kab_account_page_new(KabSession *session);

G_END_DECLS
