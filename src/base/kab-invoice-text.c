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

/* In the genitive, as dates use them; the locale need not be Russian. */
static const char *const months[] = {"января",   "февраля", "марта",  "апреля",
                                     "мая",      "июня",    "июля",   "августа",
                                     "сентября", "октября", "ноября", "декабря"};

static gboolean
is_set(const char *text)
{
    return text != NULL && *text != '\0';
}

char *
kab_invoice_format_sum(KabMoney money)
{
    guint digits = kab_currency_get_digits(money.currency);

    return kab_decimal_format(money.minor, digits, digits, ",", NO_BREAK_SPACE);
}

char *
kab_invoice_format_money(KabMoney money)
{
    g_autofree char *sum = kab_invoice_format_sum(money);

    return g_strconcat(sum, NO_BREAK_SPACE,
                       strcmp(money.currency, "RUB") == 0 ? "руб." : money.currency, NULL);
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

static GDateTime *
new_local(KabTime time)
{
    return g_date_time_new_from_unix_local(time / 1000);
}

char *
kab_invoice_format_date(KabTime time)
{
    g_autoptr(GDateTime) date = new_local(time);

    return date != NULL ? g_date_time_format(date, "%d.%m.%Y") : g_strdup("");
}

char *
kab_invoice_format_long_date(KabTime time)
{
    g_autoptr(GDateTime) date = new_local(time);

    if (date == NULL)
        return g_strdup("");
    return g_strdup_printf("%d %s %d г.", g_date_time_get_day_of_month(date),
                           months[g_date_time_get_month(date) - 1], g_date_time_get_year(date));
}

const char *
kab_invoice_get_name(const char *full_name, const char *name)
{
    return is_set(full_name) ? full_name : name;
}

/* Adds ", <label><value>" if there is a value. */
static void
append_part(GString *out, const char *label, const char *value)
{
    if (!is_set(value))
        return;
    if (out->len > 0)
        g_string_append(out, ", ");
    g_string_append(out, label);
    g_string_append(out, value);
}

static char *
format_party(const char *name, const char *inn, const char *kpp, const char *address,
             const char *phone)
{
    GString *out = g_string_new(NULL);

    append_part(out, "", name);
    append_part(out, "ИНН" NO_BREAK_SPACE, inn);
    append_part(out, "КПП" NO_BREAK_SPACE, kpp);
    append_part(out, "", address);
    append_part(out, "тел.: ", phone);
    return g_string_free(out, FALSE);
}

char *
kab_invoice_format_seller(const KabSeller *seller)
{
    return format_party(kab_invoice_get_name(seller->full_name, seller->name), seller->inn,
                        seller->kpp, seller->address, seller->phone);
}

char *
kab_invoice_format_buyer(const KabPartner *buyer)
{
    return format_party(kab_invoice_get_name(buyer->full_name, buyer->name), buyer->inn, buyer->kpp,
                        buyer->address, buyer->phone);
}

static char *
format_purpose(const KabInvoice *invoice, const KabInvoiceFigures *figures)
{
    g_autofree char *date = kab_invoice_format_date(invoice->date);
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
    payment = (KabPayment){.name = kab_invoice_get_name(seller->full_name, seller->name),
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
