/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-order.h"
#include "kab-partner.h"
#include "kab-seller.h"
#include "kab-time.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * KabInvoice:
 * @number: its number
 * @date: its date
 * @seller: who is to be paid
 * @buyer: who is to pay
 * @order: what is to be paid for; its total is the sum of its lines. A line with the quantity 0 was
 *   cancelled by the manager: the invoice does not show it
 *
 * An invoice (счёт на оплату). It owns nothing of what it names.
 */
typedef struct {
    const char *number;
    KabTime date;
    const KabSeller *seller;
    const KabPartner *buyer;
    const KabOrder *order;
} KabInvoice;

/**
 * kab_invoice_render:
 * @invoice: an invoice
 * @error: return location: %KAB_ERROR_INVALID if the invoice lacks something that makes it one,
 *   %KAB_ERROR_RANGE if its sums or texts are too large or there are more than 16 VAT rates,
 *   %KAB_ERROR_FAILED
 *
 * Draws the invoice in the customary form of 1C on A4 pages, in Russian whatever the locale is.
 * Beside the bank details stands the payment code of ГОСТ Р 56042-2014, if they are complete and
 * the sum is in roubles. Dates are those of the local zone. The same data and fonts give the same
 * bytes. May be called in any thread.
 *
 * Returns: (transfer full): a PDF file, %NULL on error
 */
GBytes *kab_invoice_render(const KabInvoice *invoice, GError **error);

G_END_DECLS
