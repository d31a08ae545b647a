/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-invoice.h"
#include "kab-sheet.h"

G_BEGIN_DECLS

/* The margins of a page, in points. */
#define INVOICE_LEFT 36.0
#define INVOICE_RIGHT (KAB_SHEET_WIDTH - 36.0)
#define INVOICE_TOP 34.0
#define INVOICE_BOTTOM (KAB_SHEET_HEIGHT - 48.0)
#define INVOICE_WIDTH (INVOICE_RIGHT - INVOICE_LEFT)

/* How thick lines are. */
#define INVOICE_THIN 0.5
#define INVOICE_THICK 1.5

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
 * @lines: the sum of the lines
 * @vat: VAT at all rates
 * @total: what is to be paid
 * @rates: (element-type KabInvoiceVat): by rate, the highest first; empty if nothing is taxed
 */
typedef struct {
    KabMoney lines;
    KabMoney vat;
    KabMoney total;
    GArray *rates;
} KabInvoiceFigures;

/**
 * KabInvoiceDraft:
 * @invoice: (unowned): what is drawn
 * @sheet: (unowned): where
 * @figures: its sums
 * @title: (owned): "Счет на оплату № ... от ..."
 * @words: (owned): what is to be paid, in words
 * @payment: (owned) (nullable): the text of the payment code
 * @with_articles: whether the table has the column "Артикул"
 *
 * An invoice while it is being drawn.
 */
typedef struct {
    const KabInvoice *invoice;
    KabSheet *sheet;
    KabInvoiceFigures figures;
    char *title;
    char *words;
    char *payment;
    gboolean with_articles;
} KabInvoiceDraft;

/* kab-invoice-figures.c */

/**
 * kab_invoice_figures_count:
 * @figures: (out): the sums; clear them, also on error
 * @invoice: an invoice
 * @error: return location: %KAB_ERROR_INVALID for a VAT rate that is none and for a total that
 *   is not the sum of the lines, %KAB_ERROR_RANGE
 *
 * VAT is counted and rounded line by line, as the documents that follow an invoice do it.
 *
 * Returns: %FALSE on error
 */
gboolean kab_invoice_figures_count(KabInvoiceFigures *figures, const KabInvoice *invoice,
                                   GError **error);

void kab_invoice_figures_clear(KabInvoiceFigures *figures);

/* kab-invoice-text.c */

/* "1 234,56", as Russian documents write it whatever the locale is. */
char *kab_invoice_format_sum(KabMoney money);

/* The same with "руб." or the code of the currency. */
char *kab_invoice_format_money(KabMoney money);

char *kab_invoice_format_quantity(KabQuantity quantity);

/* "22%". */
char *kab_invoice_format_rate(gint64 rate);

/* "05.11.2026". */
char *kab_invoice_format_date(KabTime time);

/* "5 ноября 2026 г.". */
char *kab_invoice_format_long_date(KabTime time);

/* A party in one line: its names, numbers and address. */
char *kab_invoice_format_seller(const KabSeller *seller);
char *kab_invoice_format_buyer(const KabPartner *buyer);

/* The official name, or the short one if there is no other. */
const char *kab_invoice_get_name(const char *full_name, const char *name);

/**
 * kab_invoice_format_payment:
 * @invoice: an invoice
 * @figures: its sums
 * @out: (out) (nullable): the text of the payment code; %NULL if there can be none: the sum is not
 *   in roubles, or the bank details are not complete
 * @error: return location: the errors of kab_payment_qr_format()
 *
 * Returns: %FALSE on error
 */
gboolean kab_invoice_format_payment(const KabInvoice *invoice, const KabInvoiceFigures *figures,
                                    char **out, GError **error);

/* kab-invoice-head.c, kab-invoice-table.c, kab-invoice-foot.c: each draws its part from @y down and
 * returns where it ends. */

gboolean kab_invoice_draw_head(KabInvoiceDraft *draft, double *y, GError **error);
double kab_invoice_draw_table_head(KabInvoiceDraft *draft, double y);
double kab_invoice_draw_row(KabInvoiceDraft *draft, guint row, double y);
double kab_invoice_draw_foot(KabInvoiceDraft *draft, double y);

G_END_DECLS
