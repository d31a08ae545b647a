/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-quantity.h"

#include <glib.h>

G_BEGIN_DECLS

/** KAB_CURRENCY_SIZE: bytes of an ISO 4217 code with its end, such as "RUB". */
#define KAB_CURRENCY_SIZE 4

/**
 * KabMoney:
 * @minor: the sum in minor units (kopecks for roubles)
 * @currency: ISO 4217 code, "" only in a zeroed value
 */
typedef struct {
    gint64 minor;
    char currency[KAB_CURRENCY_SIZE];
} KabMoney;

/**
 * kab_currency_parse:
 * @text: a currency as real bases write it: an ISO 4217 code or number, "руб", "руб.", "грн"
 * @out: (out): the ISO 4217 code
 *
 * Returns: whether the currency is known
 */
gboolean kab_currency_parse(const char *text, char out[KAB_CURRENCY_SIZE]);

/** kab_currency_get_nth: (nullable): the ISO 4217 code of the currency @i of those that are known;
 * %NULL after the last one */
const char *kab_currency_get_nth(guint i);

/**
 * kab_currency_get_digits:
 * @currency: ISO 4217 code
 *
 * Returns: how many digits after the point the currency has: 2 for nearly all
 */
guint kab_currency_get_digits(const char *currency);

/**
 * kab_money_new:
 * @minor: minor units
 * @currency: ISO 4217 code
 *
 * Returns: the sum
 */
KabMoney kab_money_new(gint64 minor, const char *currency);

/**
 * kab_money_parse:
 * @text: a decimal number in major units, such as "1 234,56"
 * @currency: ISO 4217 code
 * @out: (out): the sum, rounded half away from zero
 * @error: return location: %KAB_ERROR_INVALID, %KAB_ERROR_RANGE
 *
 * Returns: whether @text is a number that fits
 */
gboolean kab_money_parse(const char *text, const char *currency, KabMoney *out, GError **error);

/**
 * kab_money_add:
 * @a: a sum
 * @b: a sum in the same currency
 * @out: (out): their sum
 * @error: return location: %KAB_ERROR_INVALID for different currencies, %KAB_ERROR_RANGE
 *
 * Returns: %FALSE on error
 */
gboolean kab_money_add(KabMoney a, KabMoney b, KabMoney *out, GError **error);

/**
 * kab_money_multiply:
 * @price: the price of one unit
 * @quantity: how many units
 * @out: (out): the sum of the line
 * @error: return location: %KAB_ERROR_RANGE
 *
 * Counts by the rounding rule: half away from zero, once per line (see kab_decimal_muldiv()).
 *
 * Returns: %FALSE on error
 */
gboolean kab_money_multiply(KabMoney price, KabQuantity quantity, KabMoney *out, GError **error);

/**
 * kab_money_format:
 * @money: a sum
 *
 * For people: "1 234,50 ₽" or "€1,234.50", after the conventions of the current locale.
 *
 * Returns: (transfer full): the text
 */
char *kab_money_format(KabMoney money);

/**
 * kab_money_format_number:
 * @money: a sum
 *
 * For files and scripts: "1234.50".
 *
 * Returns: (transfer full): the text
 */
char *kab_money_format_number(KabMoney money);

G_END_DECLS
