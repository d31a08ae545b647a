/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-goods.h"
#include "kab-id.h"
#include "kab-money.h"
#include "kab-quantity.h"

#include <glib.h>

G_BEGIN_DECLS

/** KAB_PRODUCT_MAX_PROPERTIES: of how many properties a product tells. */
#define KAB_PRODUCT_MAX_PROPERTIES 200

/** KAB_PRODUCT_MAX_PROPERTY: characters of the longest value of a property. */
#define KAB_PRODUCT_MAX_PROPERTY 1000

/**
 * KabProperty:
 * @name: what it is called
 * @value: what the product has of it
 */
typedef struct {
    char *name;
    char *value;
} KabProperty;

/**
 * KabProductStock:
 * @name: (nullable): the warehouse; %NULL for a total that names none
 * @quantity: what is free there
 * @as_of: when that was so; 0 if it is not known
 */
typedef struct {
    char *name;
    KabQuantity quantity;
    KabTime as_of;
} KabProductStock;

/**
 * KabProduct:
 * @id: the product
 * @group_id: its group; not set if it is in none
 * @article: (nullable): its article
 * @name: its name
 * @unit: (nullable): its unit, such as "шт"
 * @vat: (nullable): the VAT rate as the base writes it, such as "22" or "none"
 * @description: (nullable): its description; only in a product card
 * @manufacturer: (nullable): who makes it; only in a product card
 * @barcode: (nullable): its barcode; only in a product card
 * @step: it is ordered in multiples of this; 0: in any quantity
 * @price: the price of one unit for the partner; @has_price says whether there is one
 * @price_from: the least quantity that @price is for; 0: any
 * @stock: the free stock in all warehouses the partner may see; @has_stock says whether it is known
 * @stock_as_of: when the oldest figure of @stock was so; 0 if that is not known
 * @in_basket: how much of it stands in the partner's basket
 * @properties: (nullable) (element-type KabProperty): only in a product card
 * @prices: (nullable) (element-type KabPrice): by quantity, the least first; only in a product card
 * @stocks: (nullable) (element-type KabProductStock): by warehouse; only in a product card
 * @pictures: (nullable) (element-type utf8): the SHA-256 of each picture; in lists of the first
 * only
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
    char *manufacturer;
    char *barcode;
    KabQuantity step;
    KabMoney price;
    KabQuantity price_from;
    KabQuantity stock;
    KabTime stock_as_of;
    KabQuantity in_basket;
    GPtrArray *properties;
    GArray *prices;
    GPtrArray *stocks;
    GPtrArray *pictures;
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

/** kab_product_add_property: adds a property at the end; empty ones are left out. */
void kab_product_add_property(KabProduct *product, const char *name, const char *value);

/** kab_product_add_stock: adds the stock of a warehouse at the end. */
void kab_product_add_stock(KabProduct *product, const char *name, KabQuantity quantity,
                           KabTime as_of);

/** kab_product_add_picture: adds the SHA-256 of a picture at the end. */
void kab_product_add_picture(KabProduct *product, const char *hash);

/**
 * kab_product_find_price:
 * @product: a product with its prices
 * @quantity: how much of it somebody wants
 *
 * Returns: (nullable) (transfer none): the price that @quantity reaches
 */
const KabPrice *kab_product_find_price(const KabProduct *product, KabQuantity quantity);

/**
 * kab_product_get_first_quantity:
 * @product: a product
 *
 * Returns: what somebody begins with: one unit, or the least multiple of the step above it that it
 *   has a price for
 */
KabQuantity kab_product_get_first_quantity(const KabProduct *product);

/**
 * kab_product_check_step:
 * @name: the product's name
 * @unit: (nullable): its unit
 * @step: what it is ordered in multiples of; 0: any quantity
 * @quantity: how much of it somebody wants
 * @error: return location: %KAB_ERROR_INVALID; names the product, the step and what comes nearest
 *
 * Returns: whether @quantity is a multiple of @step
 */
gboolean kab_product_check_step(const char *name, const char *unit, KabQuantity step,
                                KabQuantity quantity, GError **error);

void kab_property_free(KabProperty *property);
void kab_product_stock_free(KabProductStock *stock);
void kab_group_free(KabGroup *group);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabProduct, kab_product_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabGroup, kab_group_free)

G_END_DECLS
