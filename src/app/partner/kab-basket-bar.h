/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-order.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_BASKET_BAR (kab_basket_bar_get_type())

/**
 * KabBasketBar:
 *
 * What stands in the basket, and the way there.
 */
G_DECLARE_FINAL_TYPE(KabBasketBar, kab_basket_bar, KAB, BASKET_BAR, AdwBin)

/** kab_basket_bar_set_basket: shows how much stands in @basket. */
void kab_basket_bar_set_basket(KabBasketBar *self, const KabOrder *basket);

G_END_DECLS
