/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-invoice-figures.h"
#include "kab-vat.h"

#include <glib/gi18n-lib.h>

/* More would not leave the totals room on a page; a country has a handful. */
#define MAX_RATES 16

static KabInvoiceVat *
find_rate(KabInvoiceFigures *figures, gint64 rate)
{
    KabInvoiceVat added = {rate, kab_money_new(0, figures->lines.currency)};
    guint i = 0;

    while (i < figures->rates->len && g_array_index(figures->rates, KabInvoiceVat, i).rate > rate)
        i++;
    if (i == figures->rates->len || g_array_index(figures->rates, KabInvoiceVat, i).rate != rate)
        g_array_insert_val(figures->rates, i, added);
    return &g_array_index(figures->rates, KabInvoiceVat, i);
}

static gboolean
add_line(KabInvoiceFigures *figures, const KabOrderLine *line, gboolean on_top, GError **error)
{
    gboolean taxed;
    gint64 rate;
    KabMoney vat = kab_money_new(0, line->sum.currency);
    KabInvoiceVat *group;

    if (!kab_money_add(figures->lines, line->sum, &figures->lines, error))
        return FALSE;
    if (!kab_vat_parse(line->vat, &taxed, &rate)) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("“%.*s” is not a VAT rate"),
                    kab_error_clip(line->vat, 40), line->vat);
        return FALSE;
    }
    if (!taxed)
        return TRUE;
    if (!kab_vat_count(line->sum, rate, on_top, &vat, error))
        return FALSE;
    group = find_rate(figures, rate);
    if (figures->rates->len > MAX_RATES) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_RANGE, _("An invoice has at most %d VAT rates"),
                    MAX_RATES);
        return FALSE;
    }
    return kab_money_add(group->sum, vat, &group->sum, error) &&
           kab_money_add(figures->vat, vat, &figures->vat, error);
}

gboolean
kab_invoice_figures_count(KabInvoiceFigures *figures, const KabInvoice *invoice, GError **error)
{
    const KabOrder *order = invoice->order;
    KabMoney zero = kab_money_new(0, order->total.currency);

    *figures = (KabInvoiceFigures){g_ptr_array_new(), zero, zero, zero,
                                   g_array_new(FALSE, FALSE, sizeof(KabInvoiceVat))};
    for (guint i = 0; i < order->lines->len; i++) {
        KabOrderLine *line = kab_order_get_line(order, i);

        if (line->quantity.milli == 0)
            continue;
        g_ptr_array_add(figures->rows, line);
        if (!add_line(figures, line, order->vat_on_top, error)) {
            g_prefix_error(error, _("Line %u (%s): "), i + 1, line->name);
            return FALSE;
        }
    }
    if (figures->rows->len == 0) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID,
                            _("An order without lines has no invoice"));
        return FALSE;
    }
    figures->total = figures->lines;
    if (order->vat_on_top && !kab_money_add(figures->lines, figures->vat, &figures->total, error))
        return FALSE;
    if (figures->total.minor == order->total.minor)
        return TRUE;
    g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID,
                        _("The total of the order is not that of its lines"));
    return FALSE;
}

void
kab_invoice_figures_clear(KabInvoiceFigures *figures)
{
    g_clear_pointer(&figures->rows, g_ptr_array_unref);
    g_clear_pointer(&figures->rates, g_array_unref);
}
