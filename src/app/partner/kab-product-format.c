/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-format.h"
#include "kab-product-format.h"

#include <glib/gi18n-lib.h>

#define DAY_MS G_GINT64_CONSTANT(86400000)

gboolean
kab_product_is_old(const KabProduct *product)
{
    return product->stock_as_of != 0 && kab_time_now() - product->stock_as_of > DAY_MS;
}

char *
kab_product_format_stock(const KabProduct *product)
{
    g_autofree char *amount = NULL;
    g_autofree char *text = NULL;
    g_autofree char *ago = NULL;

    if (!product->has_stock)
        return g_strdup("");
    amount = kab_format_amount(product->stock, product->unit);
    text = product->stock.milli > 0 ? g_strdup_printf(_("%s in stock"), amount)
                                    : g_strdup(_("Out of stock"));
    ago = kab_product_is_old(product) ? kab_format_ago(product->stock_as_of) : g_strdup("");
    return kab_format_join(text, ago, NULL);
}

char *
kab_product_format_price(const KabProduct *product)
{
    g_autofree char *price = kab_money_format(product->price);
    g_autofree char *from = NULL;

    if (!product->has_price)
        return g_strdup(_("No price"));
    if (product->price_from.milli == 0)
        return g_steal_pointer(&price);
    from = kab_format_amount(product->price_from, product->unit);
    /* Translators: a quantity with its unit, and the price that begins there. */
    return g_strdup_printf(_("from %s: %s"), from, price);
}
