/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-data-page.h"

G_BEGIN_DECLS

#define KAB_TYPE_SETTLEMENTS_PAGE (kab_settlements_page_get_type())

/**
 * KabSettlementsPage:
 *
 * What the partner owes and may owe, and its acts of reconciliation.
 */
G_DECLARE_FINAL_TYPE(KabSettlementsPage, kab_settlements_page, KAB, SETTLEMENTS_PAGE, KabDataPage)

KabDataPage *kab_settlements_page_new(KabClient *client);

G_END_DECLS
