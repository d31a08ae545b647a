/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-id.h"
#include "kab-order.h"
#include "kab-quantity.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * KabBasketWish:
 * @product_id: a product
 * @quantity: how much of it
 * @name: (nullable): what it is called if the portal does not know it any more
 *
 * What somebody wants to put into a basket: a line of a former order, later a row of a file.
 */
typedef struct {
    KabProductId product_id;
    KabQuantity quantity;
    char *name;
} KabBasketWish;

/**
 * KabSkipReason:
 * @KAB_SKIP_NOT_SOLD: the product is no longer sold
 * @KAB_SKIP_NO_PRICE: the partner has no price for it
 * @KAB_SKIP_LIMIT: it would be too much of it, or too many lines
 *
 * Why a wish could not be put into a basket.
 */
typedef enum {
    KAB_SKIP_NOT_SOLD,
    KAB_SKIP_NO_PRICE,
    KAB_SKIP_LIMIT,
} KabSkipReason;

/** KAB_N_SKIP_REASONS: how many values #KabSkipReason has. */
#define KAB_N_SKIP_REASONS (KAB_SKIP_LIMIT + 1)

/**
 * KabSkipped:
 * @product_id: the product
 * @name: what it is called; "" if nobody knows
 * @reason: why it is not in the basket
 */
typedef struct {
    KabProductId product_id;
    char *name;
    KabSkipReason reason;
} KabSkipped;

/**
 * KabBasketChange:
 * @basket: the basket after it
 * @skipped: (element-type KabSkipped): what could not be put into it
 *
 * What became of many wishes at once.
 */
typedef struct {
    KabOrder *basket;
    GPtrArray *skipped;
} KabBasketChange;

/** kab_basket_wishes_new: (transfer full) (element-type KabBasketWish): no wishes yet. */
GArray *kab_basket_wishes_new(void);

/** kab_basket_wishes_add: a wish at the end; @name is copied. */
void kab_basket_wishes_add(GArray *wishes, KabProductId product_id, KabQuantity quantity,
                           const char *name);

/**
 * kab_basket_wishes_of:
 * @order: an order
 *
 * The partner's own lines as they were ordered, whatever the manager made of them, and those that
 * the manager added.
 *
 * Returns: (transfer full) (element-type KabBasketWish): what it takes to order the same again
 */
GArray *kab_basket_wishes_of(const KabOrder *order);

/** kab_skipped_new: (transfer full): @name is copied. */
KabSkipped *kab_skipped_new(KabProductId product_id, const char *name, KabSkipReason reason);

void kab_skipped_free(KabSkipped *skipped);

void kab_basket_change_free(KabBasketChange *change);

/** kab_skip_reason_to_nick: its name in storage and on the wire. */
const char *kab_skip_reason_to_nick(KabSkipReason reason);

/** kab_skip_reason_from_nick: whether there is such a reason; %KAB_ERROR_INVALID. */
gboolean kab_skip_reason_from_nick(const char *nick, KabSkipReason *out, GError **error);

/** kab_skip_reason_to_title: (transfer none): for people, translated. */
const char *kab_skip_reason_to_title(KabSkipReason reason);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabSkipped, kab_skipped_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabBasketChange, kab_basket_change_free)

G_END_DECLS
