/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * kab_requisites_check_inn:
 * @inn: a Russian taxpayer number of 10 (company) or 12 (person) digits
 * @error: return location: %KAB_ERROR_INVALID
 *
 * Control digits by the order of the Federal Tax Service on the INN (weights modulo 11, then 10).
 *
 * Returns: whether it can be one
 */
gboolean kab_requisites_check_inn(const char *inn, GError **error);

/**
 * kab_requisites_check_kpp:
 * @kpp: a Russian tax registration reason code: four digits, two digits or capitals, three digits
 * @error: return location: %KAB_ERROR_INVALID
 *
 * Returns: whether it can be one
 */
gboolean kab_requisites_check_kpp(const char *kpp, GError **error);

/**
 * kab_requisites_check_bic:
 * @bic: a bank's code: nine digits that begin with 0 (Bank of Russia) or 1 (branches of its field)
 * @error: return location: %KAB_ERROR_INVALID
 *
 * Returns: whether it can be one
 */
gboolean kab_requisites_check_bic(const char *bic, GError **error);

/**
 * KabAccountCheck:
 * @KAB_ACCOUNT_VALID: the key is right
 * @KAB_ACCOUNT_UNVERIFIABLE: a treasury account (begins with 03), whose key follows other rules
 * @KAB_ACCOUNT_INVALID: it cannot be an account of that bank
 */
typedef enum {
    KAB_ACCOUNT_VALID,
    KAB_ACCOUNT_UNVERIFIABLE,
    KAB_ACCOUNT_INVALID,
} KabAccountCheck;

/**
 * kab_requisites_check_account:
 * @account: an account of 20 characters: digits, or a letter in the sixth place
 * @bic: the code of the bank that keeps it
 * @error: return location: %KAB_ERROR_INVALID, set together with %KAB_ACCOUNT_INVALID
 *
 * The key by the Bank of Russia's order No. 515 of 1997-09-08: weights 7, 1, 3; correspondent
 * accounts (301...), single treasury accounts (40102...) and accounts in a settlement centre are
 * counted with the centre's number.
 *
 * Returns: what the check found
 */
KabAccountCheck kab_requisites_check_account(const char *account, const char *bic, GError **error);

G_END_DECLS
