/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-goods.h"

void
kab_price_type_free(KabPriceType *price_type)
{
    if (price_type == NULL)
        return;
    g_free(price_type->name);
    g_free(price_type);
}

void
kab_warehouse_free(KabWarehouse *warehouse)
{
    if (warehouse == NULL)
        return;
    g_free(warehouse->name);
    g_free(warehouse);
}
