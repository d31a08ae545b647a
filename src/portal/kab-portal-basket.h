/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-db.h"
#include "kab-order.h"
#include "kab-user.h"

G_BEGIN_DECLS

/**
 * kab_portal_basket_load:
 * @db: a connection
 * @user: whose basket
 * @error: return location
 *
 * Prices are those of now. A line whose product is no longer sold, or has no price for the partner,
 * costs nothing here; kab_portal_basket_check() refuses it. Each line knows the price that the user
 * saw when it was put in or its quantity was set, the price of that quantity.
 *
 * Returns: (transfer full) (nullable): the basket as an order without a number
 */
KabOrder *kab_portal_basket_load(KabDb *db, const KabUser *user, GError **error);

/**
 * kab_portal_basket_set:
 * @db: a connection
 * @user: whose basket
 * @product_id: a product
 * @quantity: how much of it shall stand in the basket; 0 takes it out
 * @error: return location: %KAB_ERROR_INVALID, %KAB_ERROR_NOT_FOUND, %KAB_ERROR_STATE if the
 *   partner has no price for it
 *
 * Returns: whether it is stored
 */
gboolean kab_portal_basket_set(KabDb *db, const KabUser *user, const char *product_id,
                               KabQuantity quantity, GError **error);

/**
 * kab_portal_basket_see:
 * @db: a connection
 * @user: whose basket
 * @product_ids: (nullable) (element-type utf8): of which lines; %NULL: all lines
 * @error: return location
 *
 * The user knows what these lines cost now.
 *
 * Returns: whether it is stored
 */
gboolean kab_portal_basket_see(KabDb *db, const KabUser *user, GHashTable *product_ids,
                               GError **error);

/**
 * kab_portal_basket_accept:
 * @db: a connection
 * @user: whose basket
 * @error: return location
 *
 * The prices of now are those that the user knows: no line is told of as having become dearer or
 * cheaper.
 *
 * Returns: (transfer full) (nullable): the basket
 */
KabOrder *kab_portal_basket_accept(KabDb *db, const KabUser *user, GError **error);

/**
 * kab_portal_basket_check:
 * @basket: a basket or a draft with the prices of now
 * @error: return location: %KAB_ERROR_STATE; the message names the line
 *
 * Returns: whether an order can be made of it
 */
gboolean kab_portal_basket_check(const KabOrder *basket, GError **error);

/**
 * kab_portal_basket_reprice:
 * @db: a connection
 * @user: whose prices count
 * @order: a draft; its lines get names and prices of now, and are ordered so; a product that is no
 *   longer sold gets no price
 * @error: return location
 *
 * Returns: %FALSE on error
 */
gboolean kab_portal_basket_reprice(KabDb *db, const KabUser *user, KabOrder *order, GError **error);

/** kab_portal_basket_clear: takes everything out. */
gboolean kab_portal_basket_clear(KabDb *db, const KabUser *user, GError **error);

G_END_DECLS
