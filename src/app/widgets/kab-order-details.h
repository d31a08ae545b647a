/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-order.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_ORDER_DETAILS (kab_order_details_get_type())

/**
 * KabOrderDetails:
 *
 * What is known of a placed order beside its lines: how far it is, contacts and delivery.
 */
G_DECLARE_FINAL_TYPE(KabOrderDetails, kab_order_details, KAB, ORDER_DETAILS, AdwBin)

/** kab_order_details_set_order: shows @order; not kept. */
void kab_order_details_set_order(KabOrderDetails *self, const KabOrder *order);

G_END_DECLS
