/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-basket.h"
#include "kab-db.h"
#include "kab-user.h"

G_BEGIN_DECLS

/**
 * KabBasketMode:
 * @KAB_BASKET_ADD: on top of what is in the basket
 * @KAB_BASKET_REPLACE: instead of what is in the basket
 */
typedef enum {
    KAB_BASKET_ADD,
    KAB_BASKET_REPLACE,
} KabBasketMode;

/**
 * kab_portal_basket_put_many:
 * @db: a connection
 * @user: whose basket
 * @wishes: (element-type KabBasketWish): what is wanted; of a product that stands there several
 *   times, the sum
 * @mode: on top of what is there, or instead of it
 * @error: return location
 *
 * Puts what can be had into the basket, and says what could not. All wishes are looked up in one
 * query and stored in one. Rows that are pasted or read from a file go this way too.
 *
 * Returns: (transfer full) (nullable): the basket, and what is not in it
 */
KabBasketChange *kab_portal_basket_put_many(KabDb *db, const KabUser *user, GArray *wishes,
                                            KabBasketMode mode, GError **error);

/**
 * kab_portal_basket_repeat:
 * @db: a connection outside a transaction
 * @user: whose basket
 * @id: an order of the user's partner, in any status
 * @key: the press's Idempotency-Key: the same key again adds nothing and answers the same
 * @error: return location: %KAB_ERROR_NOT_FOUND; %KAB_ERROR_CONFLICT if the key was used for
 *   something else
 *
 * Puts what was ordered there into the basket, on top of what is there.
 *
 * Returns: (transfer full) (nullable): the basket, and what is not in it
 */
KabBasketChange *kab_portal_basket_repeat(KabDb *db, const KabUser *user, const char *id,
                                          const char *key, GError **error);

G_END_DECLS
