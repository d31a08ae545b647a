/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-money.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * kab_vat_parse:
 * @text: (nullable): a VAT rate as a base writes it: "22", "22 %", "НДС 22%", "Без НДС"; %NULL and
 *   "" for goods that are not taxed
 * @taxed: (out): whether the goods are taxed; the rate of 0 is a tax
 * @rate: (out): the rate in hundredths of a percent
 *
 * Returns: whether @text is a rate
 */
gboolean kab_vat_parse(const char *text, gboolean *taxed, gint64 *rate);

/** kab_vat_list: (array zero-terminated=1): the rates that Russian law knows or has known, in
 * percent, and "none" for goods that are not taxed. */
const char *const *kab_vat_list(void);

/**
 * kab_vat_count:
 * @sum: the sum of a line
 * @rate: the rate in hundredths of a percent
 * @on_top: whether VAT comes on top of @sum; otherwise it is in it
 * @out: (out): the VAT, rounded by the rounding rule (see kab_decimal_muldiv())
 * @error: return location: %KAB_ERROR_RANGE
 *
 * Returns: %FALSE on error
 */
gboolean kab_vat_count(KabMoney sum, gint64 rate, gboolean on_top, KabMoney *out, GError **error);

G_END_DECLS
