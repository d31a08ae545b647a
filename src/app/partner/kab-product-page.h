/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-data-page.h"
#include "kab-product.h"

G_BEGIN_DECLS

#define KAB_TYPE_PRODUCT_PAGE (kab_product_page_get_type())

/**
 * KabProductPage:
 *
 * The card of a product: all that is known of it, and how much of it to put into the basket.
 */
G_DECLARE_FINAL_TYPE(KabProductPage, kab_product_page, KAB, PRODUCT_PAGE, KabDataPage)

KabDataPage *kab_product_page_new(KabClient *client, KabProductId id);

G_END_DECLS
