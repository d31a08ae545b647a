/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-db.h"
#include "kab-order.h"

G_BEGIN_DECLS

/**
 * kab_base_goods_find:
 * @db: a connection
 * @order: a client order, which says whose prices count and in what currency
 * @text: (nullable): beginnings of words of article or name
 * @limit: how many at most
 * @error: return location: %KAB_ERROR_INVALID if there are no words
 *
 * Looks for what can be added to an order: an article that is @text itself comes first. A product
 * without a price of the partner's agreement has none here either.
 *
 * Returns: (transfer full) (nullable) (element-type KabProduct): what is sold and fits
 */
GPtrArray *kab_base_goods_find(KabDb *db, const KabOrder *order, const char *text, guint limit,
                               GError **error);

G_END_DECLS
