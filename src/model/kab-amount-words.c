/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-amount-words.h"
#include "kab-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A noun in the three forms that a Russian number asks for: 1, 2 to 4, 5 and more. */
typedef struct {
    const char *one;
    const char *few;
    const char *many;
    gboolean feminine;
} Noun;

typedef struct {
    const char *code;
    Noun major;
    Noun minor;
} Names;

static const Names currencies[] = {
    {"RUB", {"рубль", "рубля", "рублей", FALSE}, {"копейка", "копейки", "копеек", TRUE}},
    {"USD",
     {"доллар США", "доллара США", "долларов США", FALSE},
     {"цент", "цента", "центов", FALSE}},
    {"EUR", {"евро", "евро", "евро", FALSE}, {"цент", "цента", "центов", FALSE}},
    {"BYN",
     {"белорусский рубль", "белорусских рубля", "белорусских рублей", FALSE},
     {"копейка", "копейки", "копеек", TRUE}},
    {"KZT", {"тенге", "тенге", "тенге", FALSE}, {"тиын", "тиына", "тиынов", FALSE}},
    {"CNY", {"юань", "юаня", "юаней", FALSE}, {"фэнь", "фэня", "фэней", FALSE}},
};

/* Powers of a thousand, from the first; 2^63 - 1 of anything has seven groups of digits. */
static const Noun powers[] = {
    {"тысяча", "тысячи", "тысяч", TRUE},
    {"миллион", "миллиона", "миллионов", FALSE},
    {"миллиард", "миллиарда", "миллиардов", FALSE},
    {"триллион", "триллиона", "триллионов", FALSE},
    {"квадриллион", "квадриллиона", "квадриллионов", FALSE},
    {"квинтиллион", "квинтиллиона", "квинтиллионов", FALSE},
};

static const char *const hundreds[] = {NULL,      "сто",      "двести",  "триста",    "четыреста",
                                       "пятьсот", "шестьсот", "семьсот", "восемьсот", "девятьсот"};
static const char *const tens[] = {NULL,          NULL,        "двадцать",   "тридцать",
                                   "сорок",       "пятьдесят", "шестьдесят", "семьдесят",
                                   "восемьдесят", "девяносто"};
static const char *const units[] = {NULL,          "один",       "два",          "три",
                                    "четыре",      "пять",       "шесть",        "семь",
                                    "восемь",      "девять",     "десять",       "одиннадцать",
                                    "двенадцать",  "тринадцать", "четырнадцать", "пятнадцать",
                                    "шестнадцать", "семнадцать", "восемнадцать", "девятнадцать"};
static const char *const feminine_units[] = {NULL, "одна", "две"};

static const char *
choose_form(const Noun *noun, guint64 number)
{
    if (number % 100 >= 11 && number % 100 <= 14)
        return noun->many;
    if (number % 10 == 1)
        return noun->one;
    return number % 10 >= 2 && number % 10 <= 4 ? noun->few : noun->many;
}

static void
append_word(GString *out, const char *word)
{
    if (word == NULL)
        return;
    if (out->len > 0)
        g_string_append_c(out, ' ');
    g_string_append(out, word);
}

/* A group of three digits. */
static void
append_group(GString *out, guint group, gboolean feminine)
{
    guint rest = group % 100;

    append_word(out, hundreds[group / 100]);
    if (rest >= G_N_ELEMENTS(units)) {
        append_word(out, tens[rest / 10]);
        rest %= 10;
    }
    append_word(out, feminine && rest < G_N_ELEMENTS(feminine_units) ? feminine_units[rest]
                                                                     : units[rest]);
}

static void
append_number(GString *out, guint64 number, gboolean feminine)
{
    guint64 unit = 1;

    if (number == 0)
        append_word(out, "ноль");
    for (gsize i = 0; i < G_N_ELEMENTS(powers); i++)
        unit *= 1000;
    for (gsize i = G_N_ELEMENTS(powers); i > 0; i--, unit /= 1000) {
        guint group = (guint)(number / unit % 1000);

        if (group == 0)
            continue;
        append_group(out, group, powers[i - 1].feminine);
        append_word(out, choose_form(&powers[i - 1], group));
    }
    append_group(out, (guint)(number % 1000), feminine);
}

static const Names *
find_names(const char *code)
{
    for (gsize i = 0; i < G_N_ELEMENTS(currencies); i++)
        if (strcmp(currencies[i].code, code) == 0)
            return &currencies[i];
    return NULL;
}

static char *
capitalize(const char *text)
{
    const char *rest = g_utf8_next_char(text);
    g_autofree char *first = g_utf8_strup(text, rest - text);

    return g_strconcat(first, rest, NULL);
}

char *
kab_amount_in_words(KabMoney sum, GError **error)
{
    g_autoptr(GString) out = g_string_new(NULL);
    const Names *names = find_names(sum.currency);
    guint64 unit = 1;
    guint64 major;
    guint minor;

    if (sum.minor < 0) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID,
                            _("A sum less than zero cannot be written in words"));
        return NULL;
    }
    for (guint i = kab_currency_get_digits(sum.currency); i > 0; i--)
        unit *= 10;
    major = (guint64)sum.minor / unit;
    minor = (guint)((guint64)sum.minor % unit);
    append_number(out, major, names != NULL && names->major.feminine);
    append_word(out, names != NULL ? choose_form(&names->major, major) : sum.currency);
    if (names != NULL)
        g_string_append_printf(out, " %02u %s", minor, choose_form(&names->minor, minor));
    else if (unit > 1)
        g_string_append_printf(out, " %02u/%" G_GUINT64_FORMAT, minor, unit);
    return capitalize(out->str);
}
