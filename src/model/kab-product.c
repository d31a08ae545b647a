/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-product.h"

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
    g_free(product);
}

void
kab_group_free(KabGroup *group)
{
    if (group == NULL)
        return;
    g_free(group->name);
    g_free(group);
}
