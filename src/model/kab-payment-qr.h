/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * KabPayment:
 * @name: the payee
 * @account: the payee's account: 20 characters
 * @bank_name: the payee's bank
 * @bic: its code: 9 digits
 * @corr_account: (nullable): its correspondent account; a bank may have none
 * @sum: the sum in kopecks, 0 if the payer is to fill it in
 * @payee_inn: (nullable): the payee's taxpayer number
 * @kpp: (nullable): the payee's tax registration reason code
 * @last_name: (nullable): the payer's family name
 * @first_name: (nullable): the payer's first name
 * @middle_name: (nullable): the payer's patronymic
 * @purpose: (nullable): what is paid for
 * @payer_address: (nullable): the payer's address
 * @payer_inn: (nullable): the payer's taxpayer number
 *
 * A payment order, as far as the payee can fill it in.
 */
typedef struct {
    const char *name;
    const char *account;
    const char *bank_name;
    const char *bic;
    const char *corr_account;
    gint64 sum;
    const char *payee_inn;
    const char *kpp;
    const char *last_name;
    const char *first_name;
    const char *middle_name;
    const char *purpose;
    const char *payer_address;
    const char *payer_inn;
} KabPayment;

/**
 * kab_payment_qr_format:
 * @payment: a payment
 * @error: return location: %KAB_ERROR_INVALID if something is missing or has a wrong form,
 *   %KAB_ERROR_RANGE if something is too long; the message names the field as the standard does
 *
 * The text of a payment's two-dimensional bar code after ГОСТ Р 56042-2014, in UTF-8. Check digits
 * of INN and accounts are not looked at.
 *
 * Returns: (transfer full): the text, %NULL on error
 */
char *kab_payment_qr_format(const KabPayment *payment, GError **error);

G_END_DECLS
