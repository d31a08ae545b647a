/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-seller.h"

void
kab_seller_free(KabSeller *seller)
{
    if (seller == NULL)
        return;
    g_free(seller->name);
    g_free(seller->full_name);
    g_free(seller->inn);
    g_free(seller->kpp);
    g_free(seller->address);
    g_free(seller->phone);
    g_free(seller->bank_name);
    g_free(seller->bic);
    g_free(seller->account);
    g_free(seller->corr_account);
    g_free(seller->director);
    g_free(seller->accountant);
    g_free(seller);
}
