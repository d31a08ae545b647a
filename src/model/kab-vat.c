/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-vat.h"

#include "kab-decimal.h"

#include <string.h>

/* A hundred percent, in hundredths of a percent. */
#define WHOLE 10000

/* What bases write for goods that are not taxed, by their letters alone; another thing than 0. */
static const char *const untaxed[] = {"", "none", "безндс", "безналога", "безналогандс"};

static char *
keep_letters(const char *text)
{
    g_autofree char *lower = g_utf8_strdown(text, -1);
    GString *letters = g_string_new(NULL);

    for (const char *p = lower; *p != '\0'; p = g_utf8_next_char(p))
        if (g_unichar_isalnum(g_utf8_get_char(p)))
            g_string_append_unichar(letters, g_utf8_get_char(p));
    return g_string_free(letters, FALSE);
}

static gboolean
is_untaxed(const char *text)
{
    g_autofree char *letters = keep_letters(text);

    for (gsize i = 0; i < G_N_ELEMENTS(untaxed); i++)
        if (strcmp(letters, untaxed[i]) == 0)
            return TRUE;
    return FALSE;
}

gboolean
kab_vat_parse(const char *text, gboolean *taxed, gint64 *rate)
{
    g_autofree char *lower = g_utf8_strdown(text != NULL ? text : "", -1);
    char *number = g_strstrip(lower);
    gsize length;

    *rate = 0;
    *taxed = !is_untaxed(number);
    if (!*taxed)
        return TRUE;
    if (g_str_has_prefix(number, "ндс"))
        number += strlen("ндс");
    length = strlen(number);
    if (length > 0 && number[length - 1] == '%')
        number[length - 1] = '\0';
    return kab_decimal_parse(number, 2, rate, NULL) && *rate >= 0 && *rate <= WHOLE;
}

const char *const *
kab_vat_list(void)
{
    static const char *const rates[] = {"none", "0", "5", "7", "10", "18", "20", "22", NULL};

    return rates;
}

gboolean
kab_vat_count(KabMoney sum, gint64 rate, gboolean on_top, KabMoney *out, GError **error)
{
    *out = sum;
    return kab_decimal_muldiv(sum.minor, rate, on_top ? WHOLE : WHOLE + rate, &out->minor, error);
}
