/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-data-page.h"

G_BEGIN_DECLS

#define KAB_TYPE_OVERVIEW_PAGE (kab_overview_page_get_type())

/**
 * KabOverviewPage:
 *
 * Both ends of the exchange side by side, as they are now and were in the last day. It looks again
 * by itself while it is shown.
 */
G_DECLARE_FINAL_TYPE(KabOverviewPage, kab_overview_page, KAB, OVERVIEW_PAGE, KabDataPage)

/** kab_overview_page_new: @portal, @base: (nullable): the ends that the person may look into */
KabDataPage *kab_overview_page_new(KabClient *portal, KabClient *base);

G_END_DECLS
