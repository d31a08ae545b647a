/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-invoice-figures.h"
#include "kab-invoice.h"
#include "kab-paper.h"

G_BEGIN_DECLS

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

/* kab-invoice-text.c */

char *kab_invoice_format_quantity(KabQuantity quantity);

/* "22%". */
char *kab_invoice_format_rate(gint64 rate);

/* A party in one line: its names, numbers and address. */
char *kab_invoice_format_seller(const KabSeller *seller);
char *kab_invoice_format_buyer(const KabPartner *buyer);

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

/* kab-invoice-head.c, kab-invoice-table.c, kab-invoice-foot.c: each draws its part of @document, a
 * draft, from @y down and says where it ends. */

gboolean kab_invoice_draw_head(gpointer document, double *y, GError **error);
double kab_invoice_draw_table_head(gpointer document, double y);
double kab_invoice_draw_row(gpointer document, guint row, double y);
double kab_invoice_draw_foot(gpointer document, double y);

G_END_DECLS
