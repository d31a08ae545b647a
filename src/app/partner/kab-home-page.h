/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client-live.h"
#include "kab-data-page.h"

G_BEGIN_DECLS

#define KAB_TYPE_HOME_PAGE (kab_home_page_get_type())

/**
 * KabHomePage:
 *
 * The order widget with the basket's count and sum, tasks that wait, what changed since the last
 * visit, news of the company, and the recent orders.
 */
G_DECLARE_FINAL_TYPE(KabHomePage, kab_home_page, KAB, HOME_PAGE, KabDataPage)

KabDataPage *kab_home_page_new(KabClient *client);

/** kab_home_page_set_visit: @visit: (nullable): what changed since the user was here last */
void kab_home_page_set_visit(KabHomePage *self, const KabVisit *visit);

/** kab_home_page_set_waiting: how many orders wait for the person's confirmation. */
void kab_home_page_set_waiting(KabHomePage *self, guint n);

G_END_DECLS
