/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * kab_decimal_muldiv:
 * @a: a factor
 * @b: a factor
 * @divisor: greater than zero
 * @out: (out): @a * @b / @divisor, rounded by the rounding rule
 * @error: return location: %KAB_ERROR_RANGE
 *
 * The one place of the product where a result is rounded, by **the rounding rule**: half away from
 * zero, once per line.
 *
 * - The sum of a line is its price times its quantity, rounded (kab_money_multiply()).
 * - The VAT of a line is its share of that rounded sum, rounded.
 * - Totals are sums of what was rounded, and are not rounded again.
 *
 * Both ends count every figure of an order so, from the same prices, quantities and rates; that is
 * why they agree to the kopeck.
 *
 * Returns: %FALSE if the result does not fit
 */
gboolean kab_decimal_muldiv(gint64 a, gint64 b, gint64 divisor, gint64 *out, GError **error);

/** kab_decimal_compare_products: less than, equal to or greater than 0 as @a * @b is than @c * @d.
 */
int kab_decimal_compare_products(gint64 a, gint64 b, gint64 c, gint64 d);

/**
 * kab_decimal_add:
 * @a: a summand
 * @b: a summand
 * @out: (out): the sum
 * @error: return location: %KAB_ERROR_RANGE
 *
 * Returns: %FALSE if the sum does not fit
 */
gboolean kab_decimal_add(gint64 a, gint64 b, gint64 *out, GError **error);

/**
 * kab_decimal_parse:
 * @text: such as "37.5", "-3", "1 234,56" (spaces and no-break spaces may group digits)
 * @digits: how many digits after the point the result keeps, 0 to 6
 * @out: (out): the number times 10^@digits; what is beyond is rounded half away from zero, as the
 *   rounding rule has it (see kab_decimal_muldiv())
 * @error: return location: %KAB_ERROR_INVALID, %KAB_ERROR_RANGE
 *
 * Returns: whether @text is a decimal number
 */
gboolean kab_decimal_parse(const char *text, guint digits, gint64 *out, GError **error);

/**
 * kab_decimal_format:
 * @value: a number times 10^@digits
 * @digits: digits after the point in @value, 0 to 6
 * @min_digits: how many of them are shown even if they are zero
 * @point: the decimal separator
 * @group: what separates groups of three digits, "" for nothing
 *
 * Returns: (transfer full): the number as text
 */
char *kab_decimal_format(gint64 value, guint digits, guint min_digits, const char *point,
                         const char *group);

G_END_DECLS
