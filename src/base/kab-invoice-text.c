/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-decimal.h"
#include "kab-error.h"
#include "kab-invoice-private.h"
#include "kab-payment-qr.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define NO_BREAK_SPACE "\xc2\xa0"

/* The longest name of a bank that the payment code takes, in characters. */
#define BANK_NAME_MAX 45

static gboolean
is_set(const char *text)
{
    return text != NULL && *text != '\0';
}

char *
kab_invoice_format_quantity(KabQuantity quantity)
{
    return kab_decimal_format(quantity.milli, 3, 0, ",", NO_BREAK_SPACE);
}

char *
kab_invoice_format_rate(gint64 rate)
{
    g_autofree char *number = kab_decimal_format(rate, 2, 0, ",", "");

    return g_strconcat(number, "%", NULL);
}

char *
kab_invoice_format_seller(const KabSeller *seller)
{
    g_autofree char *name = kab_paper_format_name(seller->full_name, seller->name);

    return kab_paper_format_party(name, seller->inn, seller->kpp, seller->address, seller->phone);
}

char *
kab_invoice_format_buyer(const KabPartner *buyer)
{
    g_autofree char *name = kab_paper_format_name(buyer->full_name, buyer->name);

    return kab_paper_format_party(name, buyer->inn, buyer->kpp, buyer->address, buyer->phone);
}

static char *
format_purpose(const KabInvoice *invoice, const KabInvoiceFigures *figures)
{
    g_autofree char *date = kab_paper_format_date(invoice->date);
    g_autofree char *number = kab_money_format_number(figures->vat);
    g_autofree char *vat = NULL;

    if (figures->rates->len == 0)
        vat = g_strdup("Без налога (НДС)");
    else if (figures->rates->len > 1)
        vat = g_strdup_printf("В том числе НДС - %s руб.", number);
    else {
        g_autofree char *rate =
            kab_invoice_format_rate(g_array_index(figures->rates, KabInvoiceVat, 0).rate);

        vat = g_strdup_printf("В том числе НДС %s - %s руб.", rate, number);
    }
    return g_strdup_printf("Оплата по счету № %s от %s. %s", invoice->number, date, vat);
}

gboolean
kab_invoice_format_payment(const KabInvoice *invoice, const KabInvoiceFigures *figures, char **out,
                           GError **error)
{
    const KabSeller *seller = invoice->seller;
    g_autofree char *purpose = NULL;
    g_autofree char *bank_name = NULL;
    g_autoptr(GError) too_long = NULL;
    KabPayment payment;

    *out = NULL;
    if (strcmp(figures->total.currency, "RUB") != 0 || !is_set(seller->bank_name) ||
        !is_set(seller->bic) || !is_set(seller->account))
        return TRUE;
    purpose = format_purpose(invoice, figures);
    /* The bank is known by its code; its name may be cut. */
    bank_name = g_utf8_substring(seller->bank_name, 0,
                                 MIN(g_utf8_strlen(seller->bank_name, -1), BANK_NAME_MAX));
    payment = (KabPayment){.name = kab_paper_get_name(seller->full_name, seller->name),
                           .account = seller->account,
                           .bank_name = bank_name,
                           .bic = seller->bic,
                           .corr_account = seller->corr_account,
                           .sum = figures->total.minor,
                           .payee_inn = seller->inn,
                           .kpp = seller->kpp,
                           .purpose = purpose};
    *out = kab_payment_qr_format(&payment, &too_long);
    if (*out == NULL && g_error_matches(too_long, KAB_ERROR, KAB_ERROR_RANGE)) {
        payment.name = seller->name;
        *out = kab_payment_qr_format(&payment, error);
    } else if (*out == NULL) {
        g_propagate_error(error, g_steal_pointer(&too_long));
    }
    g_prefix_error(error, "%s", _("The payment code cannot be made: "));
    return *out != NULL;
}
