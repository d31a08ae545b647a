/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-data-page.h"

G_BEGIN_DECLS

#define KAB_TYPE_HOME_PAGE (kab_home_page_get_type())

/**
 * KabHomePage:
 *
 * The order widget with the basket's count and sum, and the recent orders.
 */
G_DECLARE_FINAL_TYPE(KabHomePage, kab_home_page, KAB, HOME_PAGE, KabDataPage)

KabDataPage *kab_home_page_new(KabClient *client);

G_END_DECLS
