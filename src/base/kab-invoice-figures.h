/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-invoice.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * KabInvoiceVat:
 * @rate: the rate in hundredths of a percent
 * @sum: the VAT of all lines with this rate
 */
typedef struct {
    gint64 rate;
    KabMoney sum;
} KabInvoiceVat;

/**
 * KabInvoiceFigures:
 * @rows: (element-type KabOrderLine): the lines that are to be paid for, unowned
 * @lines: the sum of the lines
 * @vat: VAT at all rates
 * @total: what is to be paid
 * @rates: (element-type KabInvoiceVat): by rate, the highest first; empty if nothing is taxed
 */
typedef struct {
    GPtrArray *rows;
    KabMoney lines;
    KabMoney vat;
    KabMoney total;
    GArray *rates;
} KabInvoiceFigures;

/**
 * kab_invoice_figures_count:
 * @figures: (out): the sums; clear them, also on error
 * @invoice: an invoice; only its order and its kind of VAT are looked at
 * @error: return location: %KAB_ERROR_INVALID for an order with nothing to pay for, a VAT rate
 *   that is none and a total that is not the sum of the lines, %KAB_ERROR_RANGE
 *
 * VAT is counted line by line after the rounding rule (see kab_decimal_muldiv()), as the documents
 * that follow an invoice do it. A line with the quantity 0 is one that the manager cancelled: it is
 * not in the invoice.
 *
 * Returns: %FALSE on error
 */
gboolean kab_invoice_figures_count(KabInvoiceFigures *figures, const KabInvoice *invoice,
                                   GError **error);

void kab_invoice_figures_clear(KabInvoiceFigures *figures);

G_END_DECLS
