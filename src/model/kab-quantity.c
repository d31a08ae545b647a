/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-decimal.h"
#include "kab-error.h"
#include "kab-quantity.h"

#include <glib/gi18n-lib.h>
#include <locale.h>

#define DIGITS 3

gboolean
kab_quantity_parse(const char *text, KabQuantity *out, GError **error)
{
    return kab_decimal_parse(text, DIGITS, &out->milli, error);
}

gboolean
kab_quantity_check_order(KabQuantity quantity, GError **error)
{
    if (quantity.milli > 0 && quantity.milli <= KAB_QUANTITY_MAX)
        return TRUE;
    g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID,
                        _("The quantity must be greater than zero and at most 1,000,000,000"));
    return FALSE;
}

gboolean
kab_quantity_add(KabQuantity a, KabQuantity b, KabQuantity *out, GError **error)
{
    return kab_decimal_add(a.milli, b.milli, &out->milli, error);
}

KabQuantity
kab_quantity_round_step(KabQuantity quantity, KabQuantity step, gboolean up)
{
    gint64 rest = step.milli > 0 ? quantity.milli % step.milli : 0;
    KabQuantity less = {quantity.milli - rest};

    if (rest == 0 || !up || less.milli > KAB_QUANTITY_MAX - step.milli)
        return less;
    return (KabQuantity){less.milli + step.milli};
}

char *
kab_quantity_format(KabQuantity quantity)
{
    gboolean comma = *localeconv()->decimal_point == ',';

    return kab_decimal_format(quantity.milli, DIGITS, 0, comma ? "," : ".", "\xc2\xa0");
}

char *
kab_quantity_format_number(KabQuantity quantity)
{
    return kab_decimal_format(quantity.milli, DIGITS, 0, ".", "");
}
