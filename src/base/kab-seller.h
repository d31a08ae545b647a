/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * KabSeller:
 * @name: its short name
 * @full_name: (nullable): its official name, as it stands in documents
 * @inn: (nullable): taxpayer number
 * @kpp: (nullable): tax registration reason code
 * @address: (nullable): legal address
 * @phone: (nullable): telephone
 * @bank_name: (nullable): the bank that keeps its account
 * @bic: (nullable): the bank's code
 * @account: (nullable): its account
 * @corr_account: (nullable): the bank's correspondent account
 * @director: (nullable): who signs as the head
 * @accountant: (nullable): who signs as the accountant
 *
 * The company's own organisation, in whose name it sells.
 */
typedef struct {
    char *name;
    char *full_name;
    char *inn;
    char *kpp;
    char *address;
    char *phone;
    char *bank_name;
    char *bic;
    char *account;
    char *corr_account;
    char *director;
    char *accountant;
} KabSeller;

void kab_seller_free(KabSeller *seller);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabSeller, kab_seller_free)

G_END_DECLS
