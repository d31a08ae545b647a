/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-data-page.h"

G_BEGIN_DECLS

#define KAB_TYPE_BASKET_PAGE (kab_basket_page_get_type())

/**
 * KabBasketPage:
 *
 * The basket: quantities, contacts, "Place order" and "Save order".
 */
G_DECLARE_FINAL_TYPE(KabBasketPage, kab_basket_page, KAB, BASKET_PAGE, KabDataPage)

KabDataPage *kab_basket_page_new(KabClient *client);

G_END_DECLS
