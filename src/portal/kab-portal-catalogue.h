/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-db.h"
#include "kab-product.h"
#include "kab-user.h"

G_BEGIN_DECLS

/**
 * kab_portal_catalogue_groups:
 * @db: a connection
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type KabGroup): all groups, parents first
 */
GPtrArray *kab_portal_catalogue_groups(KabDb *db, GError **error);

/**
 * kab_portal_catalogue_products:
 * @db: a connection
 * @user: whose prices and basket count
 * @group_id: (nullable): only products of this group and the groups in it
 * @text: (nullable): only products whose name or article has words that begin so
 * @after: (nullable): what @next was on the page before
 * @limit: how many at most
 * @next: (out) (nullable) (transfer full): where the next page begins; %NULL at the end
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type KabProduct): products by name
 */
GPtrArray *kab_portal_catalogue_products(KabDb *db, const KabUser *user, const char *group_id,
                                         const char *text, const char *after, guint limit,
                                         char **next, GError **error);

/**
 * kab_portal_catalogue_product:
 * @db: a connection
 * @user: whose prices and basket count
 * @id: a product
 * @error: return location: %KAB_ERROR_NOT_FOUND
 *
 * Returns: (transfer full) (nullable): the product with its description and its prices by quantity
 */
KabProduct *kab_portal_catalogue_product(KabDb *db, const KabUser *user, const char *id,
                                         GError **error);

/**
 * kab_portal_catalogue_card:
 * @db: a connection
 * @user: whose prices, stock and basket count
 * @id: a product
 * @error: return location: %KAB_ERROR_NOT_FOUND
 *
 * Returns: (transfer full) (nullable): the product with all that is known of it
 */
KabProduct *kab_portal_catalogue_card(KabDb *db, const KabUser *user, const char *id,
                                      GError **error);

/**
 * kab_portal_catalogue_picture:
 * @db: a connection
 * @id: a product
 * @n: which of its pictures, from 1, in the order of its card
 * @media_type: (out) (transfer full): the picture's media type
 * @error: return location: %KAB_ERROR_NOT_FOUND
 *
 * Returns: (transfer full) (nullable): the picture
 */
GBytes *kab_portal_catalogue_picture(KabDb *db, const char *id, guint n, char **media_type,
                                     GError **error);

G_END_DECLS
