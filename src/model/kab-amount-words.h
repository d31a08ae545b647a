/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-money.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * kab_amount_in_words:
 * @sum: a sum, not negative
 * @error: return location: %KAB_ERROR_INVALID
 *
 * The sum as Russian payment documents spell it: major units in words, beginning with a capital,
 * minor units as two digits: "Одна тысяча двести тридцать четыре рубля 56 копеек". A currency
 * whose Russian name is not known stands as its code: "Сто GEL 05/100".
 *
 * Returns: (transfer full): the text, %NULL on error
 */
char *kab_amount_in_words(KabMoney sum, GError **error);

G_END_DECLS
