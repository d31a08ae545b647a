/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-product.h"

G_BEGIN_DECLS

/* What a list says of a product. */

/** kab_product_is_old: whether its stock was last told of more than a day ago. */
gboolean kab_product_is_old(const KabProduct *product);

/** kab_product_format_stock: (transfer full): how much there is, and since when if that is old; ""
 * if nothing is known */
char *kab_product_format_stock(const KabProduct *product);

/** kab_product_format_price: (transfer full): the price, or from which quantity on there is one */
char *kab_product_format_price(const KabProduct *product);

G_END_DECLS
