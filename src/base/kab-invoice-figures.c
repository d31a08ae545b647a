/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-decimal.h"
#include "kab-error.h"
#include "kab-invoice-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A hundred percent, in hundredths of a percent. */
#define WHOLE 10000

/* What bases write for goods that are not taxed; another thing than the rate of 0. */
static const char *const untaxed[] = {"", "none", "без ндс", "без налога", "без налога (ндс)"};

/* @vat as a base writes it: "22", "22%", "НДС 22%", "Без НДС", NULL. */
static gboolean
parse_rate(const char *vat, gboolean *taxed, gint64 *rate)
{
    g_autofree char *lower = g_utf8_strdown(vat != NULL ? vat : "", -1);
    char *text = g_strstrip(lower);
    gsize length;

    *taxed = FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS(untaxed); i++)
        if (strcmp(text, untaxed[i]) == 0)
            return TRUE;
    *taxed = TRUE;
    if (g_str_has_prefix(text, "ндс"))
        text += strlen("ндс");
    length = strlen(text);
    if (length > 0 && text[length - 1] == '%')
        text[length - 1] = '\0';
    return kab_decimal_parse(text, 2, rate, NULL) && *rate >= 0 && *rate <= WHOLE;
}

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
add_line(KabInvoiceFigures *figures, const KabOrderLine *line, gboolean included, GError **error)
{
    gboolean taxed;
    gint64 rate;
    KabMoney vat = kab_money_new(0, line->sum.currency);
    KabInvoiceVat *group;

    if (!kab_money_add(figures->lines, line->sum, &figures->lines, error))
        return FALSE;
    if (!parse_rate(line->vat, &taxed, &rate)) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("“%.*s” is not a VAT rate"),
                    kab_error_clip(line->vat, 40), line->vat);
        return FALSE;
    }
    if (!taxed)
        return TRUE;
    if (!kab_decimal_muldiv(line->sum.minor, rate, included ? WHOLE + rate : WHOLE, &vat.minor,
                            error))
        return FALSE;
    group = find_rate(figures, rate);
    return kab_money_add(group->sum, vat, &group->sum, error) &&
           kab_money_add(figures->vat, vat, &figures->vat, error);
}

gboolean
kab_invoice_figures_count(KabInvoiceFigures *figures, const KabInvoice *invoice, GError **error)
{
    const KabOrder *order = invoice->order;
    KabMoney zero = kab_money_new(0, order->total.currency);

    *figures =
        (KabInvoiceFigures){zero, zero, zero, g_array_new(FALSE, FALSE, sizeof(KabInvoiceVat))};
    for (guint i = 0; i < order->lines->len; i++) {
        const KabOrderLine *line = kab_order_get_line(order, i);

        if (!add_line(figures, line, invoice->vat_included, error)) {
            g_prefix_error(error, _("Line %u (%s): "), i + 1, line->name);
            return FALSE;
        }
    }
    if (figures->lines.minor != order->total.minor) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID,
                            _("The total of the order is not the sum of its lines"));
        return FALSE;
    }
    figures->total = figures->lines;
    return invoice->vat_included ||
           kab_money_add(figures->lines, figures->vat, &figures->total, error);
}

void
kab_invoice_figures_clear(KabInvoiceFigures *figures)
{
    g_clear_pointer(&figures->rates, g_array_unref);
}
