/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-decimal.h"
#include "kab-error.h"
#include "kab-money.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <string.h>

typedef struct {
    const char *code;    /* ISO 4217 */
    const char *number;  /* ISO 4217 */
    const char *symbol;  /* shown after the sum; NULL: the code */
    const char *aliases; /* lower case, separated by "|" */
    guint digits;
} Currency;

/* The currencies that Russian and neighbouring bases use. RUR and 810 are the rouble's old codes.
 */
static const Currency currencies[] = {
    {"RUB", "643", "₽", "|rur|810|руб|руб.|р.|рубль|рубли|российский рубль|", 2},
    {"USD", "840", "$", "|долл|долл.|доллар|доллар сша|$|", 2},
    {"EUR", "978", "€", "|евро|€|", 2},
    {"BYN", "933", NULL, "|byr|бел. руб.|", 2},
    {"KZT", "398", "₸", "|тенге|тнг|", 2},
    {"UAH", "980", "₴", "|грн|грн.|", 2},
    {"CNY", "156", NULL, "|юань|", 2},
    {"AMD", "051", NULL, "|драм|", 2},
    {"KGS", "417", NULL, "|сом|", 2},
    {"UZS", "860", NULL, "|сум|", 2},
    {"AZN", "944", NULL, "|", 2},
    {"GEL", "981", NULL, "|лари|", 2},
    {"TRY", "949", NULL, "|", 2},
    {"GBP", "826", "£", "|", 2},
    {"JPY", "392", "¥", "|", 0},
};

static const Currency *
find_currency(const char *code)
{
    for (gsize i = 0; i < G_N_ELEMENTS(currencies); i++)
        if (strcmp(currencies[i].code, code) == 0)
            return &currencies[i];
    return NULL;
}

gboolean
kab_currency_parse(const char *text, char out[KAB_CURRENCY_SIZE])
{
    g_autofree char *trimmed = g_strstrip(g_strdup(text));
    g_autofree char *lower = g_utf8_strdown(trimmed, -1);
    g_autofree char *needle = g_strdup_printf("|%s|", lower);

    if (*lower == '\0')
        return FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS(currencies); i++) {
        const Currency *currency = &currencies[i];

        if (g_ascii_strcasecmp(trimmed, currency->code) == 0 ||
            strcmp(trimmed, currency->number) == 0 || strstr(currency->aliases, needle) != NULL) {
            g_strlcpy(out, currency->code, KAB_CURRENCY_SIZE);
            return TRUE;
        }
    }
    return FALSE;
}

const char *
kab_currency_get_nth(guint i)
{
    return i < G_N_ELEMENTS(currencies) ? currencies[i].code : NULL;
}

guint
kab_currency_get_digits(const char *code)
{
    const Currency *currency = find_currency(code);

    return currency != NULL ? currency->digits : 2;
}

KabMoney
kab_money_new(gint64 minor, const char *currency)
{
    KabMoney money = {.minor = minor};

    g_strlcpy(money.currency, currency, sizeof money.currency);
    return money;
}

gboolean
kab_money_parse(const char *text, const char *currency, KabMoney *out, GError **error)
{
    gint64 minor;

    if (!kab_decimal_parse(text, kab_currency_get_digits(currency), &minor, error))
        return FALSE;
    *out = kab_money_new(minor, currency);
    return TRUE;
}

gboolean
kab_money_add(KabMoney a, KabMoney b, KabMoney *out, GError **error)
{
    gint64 minor;

    if (strcmp(a.currency, b.currency) != 0) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("Sums in %s and %s cannot be added"),
                    a.currency, b.currency);
        return FALSE;
    }
    if (!kab_decimal_add(a.minor, b.minor, &minor, error))
        return FALSE;
    *out = kab_money_new(minor, a.currency);
    return TRUE;
}

gboolean
kab_money_multiply(KabMoney price, KabQuantity quantity, KabMoney *out, GError **error)
{
    gint64 minor;

    if (!kab_decimal_muldiv(price.minor, quantity.milli, KAB_QUANTITY_ONE, &minor, error))
        return FALSE;
    *out = kab_money_new(minor, price.currency);
    return TRUE;
}

char *
kab_money_format(KabMoney money)
{
    const Currency *currency = find_currency(money.currency);
    const char *symbol =
        currency != NULL && currency->symbol != NULL ? currency->symbol : money.currency;
    const char *point = localeconv()->decimal_point;
    /* Digits and sign must not part at the end of a line: no-break spaces. */
    gboolean comma = *point == ',';
    guint digits = kab_currency_get_digits(money.currency);
    g_autofree char *number =
        kab_decimal_format(money.minor, digits, digits, comma ? "," : ".", "\xc2\xa0");

    return g_strconcat(number, "\xc2\xa0", symbol, NULL);
}

char *
kab_money_format_number(KabMoney money)
{
    guint digits = kab_currency_get_digits(money.currency);

    return kab_decimal_format(money.minor, digits, digits, ".", "");
}
