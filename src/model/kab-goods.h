/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-id.h"
#include "kab-money.h"
#include "kab-quantity.h"
#include "kab-time.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * KabPriceType:
 * @id: the price type
 * @name: its name
 * @currency: what its prices are in
 * @vat_included: whether VAT is in its prices
 */
typedef struct {
    KabPriceTypeId id;
    char *name;
    char currency[KAB_CURRENCY_SIZE];
    gboolean vat_included;
} KabPriceType;

/**
 * KabWarehouse:
 * @id: the warehouse
 * @name: its name
 */
typedef struct {
    KabWarehouseId id;
    char *name;
} KabWarehouse;

/**
 * KabPrice:
 * @price_type_id: a price type
 * @price: the price of one unit
 * @from: the least quantity that it is for; 0: any
 *
 * A price type may have several prices of a product: the one with the greatest @from that a
 * quantity reaches is the one that counts.
 */
typedef struct {
    KabPriceTypeId price_type_id;
    KabMoney price;
    KabQuantity from;
} KabPrice;

/**
 * KabStock:
 * @warehouse_id: a warehouse; not set for a total that names none
 * @quantity: what is free there; may be negative
 * @as_of: when that was so; 0 if it is not known
 */
typedef struct {
    KabWarehouseId warehouse_id;
    KabQuantity quantity;
    KabTime as_of;
} KabStock;

void kab_price_type_free(KabPriceType *price_type);
void kab_warehouse_free(KabWarehouse *warehouse);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabPriceType, kab_price_type_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabWarehouse, kab_warehouse_free)

G_END_DECLS
