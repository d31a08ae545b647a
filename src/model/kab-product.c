/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-product.h"

#include <glib/gi18n-lib.h>

void
kab_product_free(KabProduct *product)
{
    if (product == NULL)
        return;
    g_free(product->article);
    g_free(product->name);
    g_free(product->unit);
    g_free(product->vat);
    g_free(product->description);
    g_free(product->manufacturer);
    g_free(product->barcode);
    g_clear_pointer(&product->properties, g_ptr_array_unref);
    g_clear_pointer(&product->prices, g_array_unref);
    g_clear_pointer(&product->stocks, g_ptr_array_unref);
    g_clear_pointer(&product->pictures, g_ptr_array_unref);
    g_free(product);
}

void
kab_property_free(KabProperty *property)
{
    if (property == NULL)
        return;
    g_free(property->name);
    g_free(property->value);
    g_free(property);
}

void
kab_product_stock_free(KabProductStock *stock)
{
    if (stock == NULL)
        return;
    g_free(stock->name);
    g_free(stock);
}

void
kab_product_add_property(KabProduct *product, const char *name, const char *value)
{
    KabProperty *property;

    if (name == NULL || *name == '\0' || value == NULL || *value == '\0')
        return;
    if (product->properties == NULL)
        product->properties = g_ptr_array_new_with_free_func((GDestroyNotify)kab_property_free);
    property = g_new0(KabProperty, 1);
    property->name = g_strdup(name);
    property->value = g_strdup(value);
    g_ptr_array_add(product->properties, property);
}

void
kab_product_add_stock(KabProduct *product, const char *name, KabQuantity quantity, KabTime as_of)
{
    KabProductStock *stock = g_new0(KabProductStock, 1);

    if (product->stocks == NULL)
        product->stocks = g_ptr_array_new_with_free_func((GDestroyNotify)kab_product_stock_free);
    stock->name = g_strdup(name);
    stock->quantity = quantity;
    stock->as_of = as_of;
    g_ptr_array_add(product->stocks, stock);
}

void
kab_product_add_picture(KabProduct *product, const char *hash)
{
    if (product->pictures == NULL)
        product->pictures = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(product->pictures, g_strdup(hash));
}

const KabPrice *
kab_product_find_price(const KabProduct *product, KabQuantity quantity)
{
    const KabPrice *found = NULL;

    for (guint i = 0; product->prices != NULL && i < product->prices->len; i++) {
        const KabPrice *price = &g_array_index(product->prices, KabPrice, i);

        if (price->from.milli <= quantity.milli &&
            (found == NULL || price->from.milli >= found->from.milli))
            found = price;
    }
    return found;
}

KabQuantity
kab_product_get_first_quantity(const KabProduct *product)
{
    KabQuantity least = {
        MAX(product->price_from.milli, MAX(product->step.milli, KAB_QUANTITY_ONE))};

    return kab_quantity_round_step(least, product->step, TRUE);
}

gboolean
kab_product_check_step(const char *name, const char *unit, KabQuantity step, KabQuantity quantity,
                       GError **error)
{
    KabQuantity less = kab_quantity_round_step(quantity, step, FALSE);
    KabQuantity more = kab_quantity_round_step(quantity, step, TRUE);
    g_autofree char *step_text = NULL;
    g_autofree char *amount = NULL;
    g_autofree char *less_text = NULL;
    g_autofree char *more_text = NULL;

    if (less.milli == quantity.milli)
        return TRUE;
    step_text = kab_quantity_format(step);
    amount = g_strjoin(" ", step_text, unit, NULL);
    less_text = kab_quantity_format(less);
    more_text = kab_quantity_format(more);
    if (less.milli > 0)
        g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID,
                    /* Translators: a product, a quantity with its unit, two quantities. */
                    _("“%s” is ordered in multiples of %s: take %s or %s"), name, amount, less_text,
                    more_text);
    else
        g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID,
                    _("“%s” is ordered in multiples of %s: take %s"), name, amount, more_text);
    return FALSE;
}

void
kab_group_free(KabGroup *group)
{
    if (group == NULL)
        return;
    g_free(group->name);
    g_free(group);
}
