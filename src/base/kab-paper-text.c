/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-amount-words.h"
#include "kab-decimal.h"
#include "kab-paper.h"

#include <string.h>

#define NO_BREAK_SPACE "\xc2\xa0"

/* In the genitive, as dates use them; the locale need not be Russian. */
static const char *const months[] = {"января",   "февраля", "марта",  "апреля",
                                     "мая",      "июня",    "июля",   "августа",
                                     "сентября", "октября", "ноября", "декабря"};

char *
kab_paper_format_sum(KabMoney money)
{
    guint digits = kab_currency_get_digits(money.currency);

    return kab_decimal_format(money.minor, digits, digits, ",", NO_BREAK_SPACE);
}

char *
kab_paper_format_money(KabMoney money)
{
    g_autofree char *sum = kab_paper_format_sum(money);

    return g_strconcat(sum, NO_BREAK_SPACE,
                       strcmp(money.currency, "RUB") == 0 ? "руб." : money.currency, NULL);
}

char *
kab_paper_format_words(KabMoney money, GError **error)
{
    g_autofree char *words = kab_amount_in_words(money, error);
    char *last;

    if (words == NULL)
        return NULL;
    last = strrchr(words, ' ');
    if (last == NULL)
        return g_steal_pointer(&words);
    *last = '\0';
    return g_strconcat(words, NO_BREAK_SPACE, last + 1, NULL);
}

static GDateTime *
new_local(KabTime time)
{
    return g_date_time_new_from_unix_local(time / 1000);
}

char *
kab_paper_format_date(KabTime time)
{
    g_autoptr(GDateTime) date = new_local(time);

    return date != NULL ? g_date_time_format(date, "%d.%m.%Y") : g_strdup("");
}

char *
kab_paper_format_long_date(KabTime time)
{
    g_autoptr(GDateTime) date = new_local(time);

    if (date == NULL)
        return g_strdup("");
    return g_strdup_printf("%d %s %d г.", g_date_time_get_day_of_month(date),
                           months[g_date_time_get_month(date) - 1], g_date_time_get_year(date));
}

const char *
kab_paper_get_name(const char *full_name, const char *name)
{
    return full_name != NULL && *full_name != '\0' ? full_name : name;
}

char *
kab_paper_format_name(const char *full_name, const char *name)
{
    g_autofree char *plain = g_utf8_make_valid(kab_paper_get_name(full_name, name), -1);
    g_autofree char *start = NULL;

    if (g_utf8_strlen(plain, -1) <= KAB_PAPER_NAME_LENGTH)
        return g_steal_pointer(&plain);
    start = g_utf8_substring(plain, 0, KAB_PAPER_NAME_LENGTH - 1);
    return g_strconcat(start, "…", NULL);
}

/* Adds ", <label><value>" if there is a value. */
static void
append_part(GString *out, const char *label, const char *value)
{
    if (value == NULL || *value == '\0')
        return;
    if (out->len > 0)
        g_string_append(out, ", ");
    g_string_append(out, label);
    g_string_append(out, value);
}

char *
kab_paper_format_party(const char *name, const char *inn, const char *kpp, const char *address,
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
