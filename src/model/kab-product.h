/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-id.h"
#include "kab-money.h"
#include "kab-quantity.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * KabProduct:
 * @id: the product
 * @group_id: its group; not set if it is in none
 * @article: (nullable): its article
 * @name: its name
 * @unit: (nullable): its unit, such as "шт"
 * @vat: (nullable): the VAT rate as the base writes it, such as "22" or "none"
 * @description: (nullable): its description; only in a product card
 * @price: the price of one unit for the partner; @has_price says whether there is one
 * @stock: the free stock in all warehouses the partner may see; @has_stock says whether it is known
 * @in_basket: how much of it stands in the partner's basket
 *
 * A product as one partner sees it.
 */
typedef struct {
    KabProductId id;
    KabGroupId group_id;
    char *article;
    char *name;
    char *unit;
    char *vat;
    char *description;
    KabMoney price;
    KabQuantity stock;
    KabQuantity in_basket;
    gboolean has_price;
    gboolean has_stock;
} KabProduct;

/**
 * KabGroup:
 * @id: the group
 * @parent_id: the group it lies in; not set at the top
 * @name: its name
 *
 * A product group.
 */
typedef struct {
    KabGroupId id;
    KabGroupId parent_id;
    char *name;
} KabGroup;

void kab_product_free(KabProduct *product);
void kab_group_free(KabGroup *group);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabProduct, kab_product_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabGroup, kab_group_free)

G_END_DECLS
