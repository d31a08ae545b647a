/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-decimal.h"
#include "kab-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

__extension__ typedef __int128 Wide;

static const gint64 powers[] = {1, 10, 100, 1000, 10000, 100000, 1000000};

static gboolean
range_error(GError **error)
{
    g_set_error_literal(error, KAB_ERROR, KAB_ERROR_RANGE, _("The number is too large"));
    return FALSE;
}

gboolean
kab_decimal_muldiv(gint64 a, gint64 b, gint64 divisor, gint64 *out, GError **error)
{
    Wide product = (Wide)a * b;
    gboolean negative = product < 0;
    Wide result;

    g_return_val_if_fail(divisor > 0, FALSE);
    if (negative)
        product = -product;
    result = product / divisor;
    if ((product % divisor) * 2 >= divisor)
        result++;
    if (negative)
        result = -result;
    if (result > G_MAXINT64 || result < G_MININT64)
        return range_error(error);
    *out = (gint64)result;
    return TRUE;
}

int
kab_decimal_compare_products(gint64 a, gint64 b, gint64 c, gint64 d)
{
    Wide left = (Wide)a * b;
    Wide right = (Wide)c * d;

    return (left > right) - (left < right);
}

gboolean
kab_decimal_add(gint64 a, gint64 b, gint64 *out, GError **error)
{
    if (__builtin_add_overflow(a, b, out))
        return range_error(error);
    return TRUE;
}

/* Bytes of a grouping space at @p: a plain, no-break or narrow no-break one; 0 if there is none. */
static gsize
skip_group_space(const char *p)
{
    if (*p == ' ')
        return 1;
    if (strncmp(p, "\xc2\xa0", 2) == 0)
        return 2;
    if (strncmp(p, "\xe2\x80\xaf", 3) == 0)
        return 3;
    return 0;
}

typedef struct {
    Wide value;
    guint seen;     /* digits in all */
    guint fraction; /* digits after the point that went into value */
    gboolean point;
    gboolean round_up;
} Parse;

static gboolean
take_digit(Parse *parse, int digit, guint digits)
{
    parse->seen++;
    if (parse->point && parse->fraction >= digits) {
        if (parse->fraction++ == digits)
            parse->round_up = digit >= 5;
        return TRUE;
    }
    if (parse->point)
        parse->fraction++;
    parse->value = parse->value * 10 + digit;
    return parse->value <= (Wide)G_MAXINT64;
}

gboolean
kab_decimal_parse(const char *text, guint digits, gint64 *out, GError **error)
{
    Parse parse = {0};
    const char *p;
    gboolean negative;
    gsize space;

    g_return_val_if_fail(text != NULL && digits < G_N_ELEMENTS(powers), FALSE);
    for (p = text; g_ascii_isspace(*p); p++)
        ;
    negative = *p == '-';
    if (*p == '-' || *p == '+')
        p++;
    for (; *p != '\0'; p++) {
        if (g_ascii_isdigit(*p)) {
            if (!take_digit(&parse, *p - '0', digits))
                return range_error(error);
        } else if ((*p == '.' || *p == ',') && !parse.point) {
            parse.point = TRUE;
        } else if ((space = skip_group_space(p)) > 0 && !parse.point && parse.seen > 0) {
            p += space - 1;
        } else {
            break;
        }
    }
    while (g_ascii_isspace(*p))
        p++;
    if (*p != '\0' || parse.seen == 0) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("“%.*s” is not a number"),
                    kab_error_clip(text, 40), text);
        return FALSE;
    }
    if (parse.fraction < digits)
        parse.value *= powers[digits - parse.fraction];
    if (parse.round_up)
        parse.value++;
    if (parse.value > (Wide)G_MAXINT64)
        return range_error(error);
    *out = negative ? -(gint64)parse.value : (gint64)parse.value;
    return TRUE;
}

static void
append_grouped(GString *out, guint64 whole, const char *group)
{
    char digits[24];
    gsize n = (gsize)g_snprintf(digits, sizeof digits, "%" G_GUINT64_FORMAT, whole);

    for (gsize i = 0; i < n; i++) {
        if (i > 0 && (n - i) % 3 == 0)
            g_string_append(out, group);
        g_string_append_c(out, digits[i]);
    }
}

char *
kab_decimal_format(gint64 value, guint digits, guint min_digits, const char *point,
                   const char *group)
{
    GString *out = g_string_new(value < 0 ? "-" : NULL);
    guint64 magnitude = value < 0 ? -(guint64)value : (guint64)value;
    guint64 unit;
    guint64 fraction;
    guint shown = digits;

    g_return_val_if_fail(digits < G_N_ELEMENTS(powers) && min_digits <= digits, NULL);
    unit = (guint64)powers[digits];
    append_grouped(out, magnitude / unit, group);
    fraction = magnitude % unit;
    while (shown > min_digits && fraction % 10 == 0) {
        fraction /= 10;
        shown--;
    }
    if (shown > 0)
        g_string_append_printf(out, "%s%0*" G_GUINT64_FORMAT, point, (int)shown, fraction);
    return g_string_free(out, FALSE);
}
