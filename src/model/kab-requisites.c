/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-requisites.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static gboolean
is_digits(const char *text, gsize length)
{
    return strlen(text) == length && strspn(text, "0123456789") == length;
}

/* The control digit over the first @n digits. */
static char
inn_control(const char *inn, const int *weights, int n)
{
    int sum = 0;

    for (int i = 0; i < n; i++)
        sum += (inn[i] - '0') * weights[i];
    return (char)('0' + sum % 11 % 10);
}

gboolean
kab_requisites_check_inn(const char *inn, GError **error)
{
    static const int weights[] = {3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8};
    gboolean good = FALSE;

    if (is_digits(inn, 10))
        good = inn_control(inn, weights + 2, 9) == inn[9];
    else if (is_digits(inn, 12))
        good = inn_control(inn, weights + 1, 10) == inn[10] &&
               inn_control(inn, weights, 11) == inn[11];
    if (!good)
        g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID,
                    _("“%.*s” is not an INN: it has 10 or 12 digits, the last are control digits"),
                    kab_error_clip(inn, 20), inn);
    return good;
}

gboolean
kab_requisites_check_kpp(const char *kpp, GError **error)
{
    gboolean good = strlen(kpp) == 9;

    for (int i = 0; good && i < 9; i++)
        good = g_ascii_isdigit(kpp[i]) || ((i == 4 || i == 5) && g_ascii_isupper(kpp[i]));
    if (!good)
        g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("“%.*s” is not a KPP of 9 characters"),
                    kab_error_clip(kpp, 20), kpp);
    return good;
}

gboolean
kab_requisites_check_bic(const char *bic, GError **error)
{
    if (is_digits(bic, 9) && (bic[0] == '0' || bic[0] == '1'))
        return TRUE;
    g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("“%.*s” is not a BIC of 9 digits"),
                kab_error_clip(bic, 20), bic);
    return FALSE;
}

/* A digit, or the letter that stands for one in the currency part of an account; -1: neither. */
static int
account_digit(char c, gsize position)
{
    static const char letters[] = "ABCEHKMPTX";
    const char *letter;

    if (g_ascii_isdigit(c))
        return c - '0';
    letter = position == 5 && c != '\0' ? strchr(letters, c) : NULL;
    return letter != NULL ? (int)(letter - letters) : -1;
}

static gboolean
account_key_is_right(const char *account, const char *bic)
{
    static const int weights[] = {7, 1, 3};
    /* Correspondent accounts, and the treasury's single accounts, which take their place. */
    gboolean centre = g_str_has_prefix(account, "301") || g_str_has_prefix(account, "40102");
    int sum;

    /* A settlement centre's number ends in 000, 001 or 002. */
    if (strncmp(bic + 6, "00", 2) == 0 && bic[8] <= '2')
        centre = TRUE;
    if (centre)
        sum = (bic[4] - '0') * weights[1] + (bic[5] - '0') * weights[2];
    else
        sum =
            (bic[6] - '0') * weights[0] + (bic[7] - '0') * weights[1] + (bic[8] - '0') * weights[2];
    for (gsize i = 0; i < 20; i++)
        sum += account_digit(account[i], i) * weights[i % 3] % 10;
    return sum % 10 == 0;
}

KabAccountCheck
kab_requisites_check_account(const char *account, const char *bic, GError **error)
{
    gboolean form = strlen(account) == 20 && kab_requisites_check_bic(bic, NULL);

    for (gsize i = 0; form && i < 20; i++)
        form = account_digit(account[i], i) >= 0;
    if (form && account_key_is_right(account, bic))
        return KAB_ACCOUNT_VALID;
    if (form && strncmp(account, "03", 2) == 0)
        return KAB_ACCOUNT_UNVERIFIABLE;
    g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID,
                _("“%.*s” is not an account at the bank with BIC %.*s: a digit is wrong"),
                kab_error_clip(account, 24), account, kab_error_clip(bic, 12), bic);
    return KAB_ACCOUNT_INVALID;
}
