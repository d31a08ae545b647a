/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-data-page.h"

G_BEGIN_DECLS

#define KAB_TYPE_CATALOGUE_PAGE (kab_catalogue_page_get_type())

/**
 * KabCataloguePage:
 *
 * Groups, search, and the products as the partner sees them.
 */
G_DECLARE_FINAL_TYPE(KabCataloguePage, kab_catalogue_page, KAB, CATALOGUE_PAGE, KabDataPage)

KabDataPage *kab_catalogue_page_new(KabClient *client);

/** kab_catalogue_page_focus_search: puts the keyboard into the search entry. */
void kab_catalogue_page_focus_search(KabCataloguePage *self);

G_END_DECLS
