/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-act.h"
#include "kab-error.h"
#include "kab-paper.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PAD 3.0
#define GAP 12.0

/* Where a name is to be written by hand. */
#define NO_NAME "/ ________________ /"

typedef enum {
    COLUMN_ROW,
    COLUMN_DATE,
    COLUMN_TITLE,
    COLUMN_DEBIT,
    COLUMN_CREDIT,
    N_COLUMNS,
} Column;

#define TITLE_WIDTH (KAB_PAPER_WIDTH - 30 - 60 - 90 - 90)

static const KabPaperColumn columns[N_COLUMNS] = {
    [COLUMN_ROW] = {"№", 30, {8, FALSE, PANGO_ALIGN_CENTER, 0}},
    [COLUMN_DATE] = {"Дата", 60, {8, FALSE, PANGO_ALIGN_CENTER, 0}},
    [COLUMN_TITLE] = {"Документ", TITLE_WIDTH, {8, FALSE, PANGO_ALIGN_LEFT, 10}},
    [COLUMN_DEBIT] = {"Дебет", 90, {8, FALSE, PANGO_ALIGN_RIGHT, 0}},
    [COLUMN_CREDIT] = {"Кредит", 90, {8, FALSE, PANGO_ALIGN_RIGHT, 0}},
};

/* Balances and turnovers: their name takes the columns before the sums. */
static const KabPaperColumn sum_columns[] = {
    {NULL, KAB_PAPER_WIDTH - 180, {8, TRUE, PANGO_ALIGN_LEFT, 0}},
    {NULL, 90, {8, TRUE, PANGO_ALIGN_RIGHT, 0}},
    {NULL, 90, {8, TRUE, PANGO_ALIGN_RIGHT, 0}},
};

static const KabTextStyle title_style = {14, TRUE, PANGO_ALIGN_CENTER, 0};
static const KabTextStyle period_style = {10, FALSE, PANGO_ALIGN_CENTER, 12};
static const KabTextStyle date_style = {9, FALSE, PANGO_ALIGN_RIGHT, 0};
static const KabTextStyle text_style = {9, FALSE, PANGO_ALIGN_LEFT, 20};
static const KabTextStyle result_style = {9, TRUE, PANGO_ALIGN_LEFT, 14};
static const KabTextStyle side_style = {9, TRUE, PANGO_ALIGN_LEFT, 8};
static const KabTextStyle stamp_style = {8, FALSE, PANGO_ALIGN_LEFT, 0};

/* An act while it is being drawn. */
typedef struct {
    const KabAct *act;
    KabSheet *sheet; /* (unowned) */
    char *seller;    /* (owned): its name in sentences */
    char *buyer;     /* (owned) */
    char *from;      /* (owned): "01.01.2026" */
    char *to;        /* (owned) */
    char *result;    /* (owned): who owes what */
    KabMoney debit;  /* turnovers */
    KabMoney credit;
    KabMoney closing;
} Draft;

static gboolean
check_name(const char *name, const char *message, GError **error)
{
    if (name != NULL && *name != '\0')
        return TRUE;
    g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID, message);
    return FALSE;
}

static gboolean
has_form(const char *text, const char *form)
{
    gsize i = 0;

    while (form[i] != '\0' && (form[i] == '0' ? g_ascii_isdigit(text[i]) : text[i] == form[i]))
        i++;
    return form[i] == '\0' && text[i] == '\0';
}

/* "2026-01-31" as "31.01.2026"; NULL on error. */
static char *
format_day(const char *text, GError **error)
{
    unsigned int year = 0;
    unsigned int month = 0;
    unsigned int day = 0;

    if (text != NULL && has_form(text, "0000-00-00"))
        sscanf(text, "%u-%u-%u", &year, &month, &day);
    if (!g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year)) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("“%.*s” is not a date"),
                    kab_error_clip(text, 40), text != NULL ? text : "");
        return NULL;
    }
    return g_strdup_printf("%02u.%02u.%04u", day, month, year);
}

static gboolean
set_period(Draft *draft, GError **error)
{
    const KabAct *act = draft->act;

    draft->from = format_day(act->from, error);
    if (draft->from == NULL)
        return FALSE;
    draft->to = format_day(act->to, error);
    if (draft->to == NULL)
        return FALSE;
    if (strcmp(act->from, act->to) <= 0)
        return TRUE;
    g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID,
                        _("The last day of an act is before its first"));
    return FALSE;
}

static gboolean
subtract(KabMoney a, KabMoney b, KabMoney *out, GError **error)
{
    if (b.minor == G_MININT64) { /* has no opposite */
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_RANGE, _("The number is too large"));
        return FALSE;
    }
    return kab_money_add(a, kab_money_new(-b.minor, b.currency), out, error);
}

/* What is 0 needs no currency. */
static gboolean
add_turnover(KabMoney *turnover, KabMoney sum, GError **error)
{
    return sum.minor == 0 || kab_money_add(*turnover, sum, turnover, error);
}

static gboolean
count(Draft *draft, GError **error)
{
    const KabAct *act = draft->act;

    draft->debit = draft->credit = kab_money_new(0, act->opening.currency);
    for (guint i = 0; i < act->entries->len; i++) {
        const KabActEntry *entry = &g_array_index(act->entries, KabActEntry, i);

        if (!add_turnover(&draft->debit, entry->debit, error) ||
            !add_turnover(&draft->credit, entry->credit, error)) {
            g_prefix_error(error, _("Line %u (%s): "), i + 1,
                           entry->title != NULL ? entry->title : "");
            return FALSE;
        }
    }
    return kab_money_add(act->opening, draft->debit, &draft->closing, error) &&
           subtract(draft->closing, draft->credit, &draft->closing, error);
}

/* "на 31.01.2026 задолженность в пользу A 1 234,56 руб. (Одна тысяча ...)". */
static gboolean
tell_result(Draft *draft, GError **error)
{
    KabMoney debt = draft->closing;
    g_autofree char *money = NULL;
    g_autofree char *words = NULL;

    if (debt.minor == 0) {
        draft->result = g_strdup_printf("на %s задолженность отсутствует.", draft->to);
        return TRUE;
    }
    if (debt.minor < 0 && !subtract(kab_money_new(0, debt.currency), debt, &debt, error))
        return FALSE;
    words = kab_paper_format_words(debt, error);
    if (words == NULL)
        return FALSE;
    money = kab_paper_format_money(debt);
    draft->result =
        g_strdup_printf("на %s задолженность в пользу %s %s (%s).", draft->to,
                        draft->closing.minor > 0 ? draft->seller : draft->buyer, money, words);
    return TRUE;
}

static gboolean
compose(Draft *draft, GError **error)
{
    const KabAct *act = draft->act;

    if (!check_name(act->seller->name, _("An act needs the seller's name"), error) ||
        !check_name(act->buyer->name, _("An act needs the buyer's name"), error))
        return FALSE;
    if (act->date == 0) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID, _("An act needs a date"));
        return FALSE;
    }
    draft->seller = kab_paper_format_name(act->seller->full_name, act->seller->name);
    draft->buyer = kab_paper_format_name(act->buyer->full_name, act->buyer->name);
    return set_period(draft, error) && count(draft, error) && tell_result(draft, error);
}

static char *
format_introduction(const Draft *draft)
{
    const KabAct *act = draft->act;
    g_autofree char *seller =
        kab_paper_format_party(draft->seller, act->seller->inn, act->seller->kpp, NULL, NULL);
    g_autofree char *buyer =
        kab_paper_format_party(draft->buyer, act->buyer->inn, act->buyer->kpp, NULL, NULL);

    return g_strdup_printf(
        "Мы, нижеподписавшиеся, %s, с одной стороны, и %s, с другой стороны, составили настоящий "
        "акт сверки в том, что состояние взаимных расчётов по данным учёта %s следующее:",
        seller, buyer, draft->seller);
}

static double
draw_text(KabSheet *sheet, const KabTextStyle *style, double y, const char *text)
{
    return y + kab_sheet_text(sheet, style, KAB_PAPER_LEFT, y, KAB_PAPER_WIDTH, text);
}

static gboolean
draw_head(gpointer document, double *y, GError **error G_GNUC_UNUSED)
{
    const Draft *draft = document;
    g_autofree char *period = g_strdup_printf("за период с %s по %s", draft->from, draft->to);
    g_autofree char *parties = g_strdup_printf("между %s и %s", draft->seller, draft->buyer);
    g_autofree char *date = kab_paper_format_date(draft->act->date);
    g_autofree char *drawn_up = g_strdup_printf("Дата составления: %s", date);
    g_autofree char *introduction = format_introduction(draft);

    *y = draw_text(draft->sheet, &title_style, *y, "Акт сверки взаимных расчётов") + PAD;
    *y = draw_text(draft->sheet, &period_style, *y, period) + 1;
    *y = draw_text(draft->sheet, &period_style, *y, parties) + GAP;
    *y = draw_text(draft->sheet, &date_style, *y, drawn_up) + GAP;
    *y = draw_text(draft->sheet, &text_style, *y, introduction) + GAP;
    return TRUE;
}

static double
draw_titles(gpointer document, double y)
{
    const Draft *draft = document;
    const char *unit =
        strcmp(draft->act->opening.currency, "RUB") == 0 ? "руб." : draft->act->opening.currency;
    g_autofree char *debit = g_strdup_printf("%s, %s", columns[COLUMN_DEBIT].title, unit);
    g_autofree char *credit = g_strdup_printf("%s, %s", columns[COLUMN_CREDIT].title, unit);
    KabPaperColumn titled[N_COLUMNS];

    memcpy(titled, columns, sizeof columns);
    titled[COLUMN_DEBIT].title = debit;
    titled[COLUMN_CREDIT].title = credit;
    return kab_paper_draw_titles(draft->sheet, titled, N_COLUMNS, y);
}

static double
draw_sums(const Draft *draft, double y, const char *label, const char *debit, const char *credit)
{
    const char *const texts[] = {label, debit, credit};

    return kab_paper_draw_cells(draft->sheet, sum_columns, G_N_ELEMENTS(sum_columns), texts, NULL,
                                y);
}

/* A debt stands on the left, an advance on the right, nothing on both sides. */
static double
draw_balance(const Draft *draft, double y, const char *label, KabMoney balance)
{
    g_autofree char *sum = kab_paper_format_sum(balance);
    const char *plain = balance.minor < 0 ? sum + 1 : sum; /* without the minus */

    return draw_sums(draft, y, label, balance.minor >= 0 ? plain : NULL,
                     balance.minor <= 0 ? plain : NULL);
}

static double
draw_entry(const Draft *draft, guint i, double y)
{
    const KabActEntry *entry = &g_array_index(draft->act->entries, KabActEntry, i);
    g_autofree char *number = g_strdup_printf("%u", i + 1);
    g_autofree char *date = kab_paper_format_date(entry->at);
    g_autofree char *debit = entry->debit.minor != 0 ? kab_paper_format_sum(entry->debit) : NULL;
    g_autofree char *credit = entry->credit.minor != 0 ? kab_paper_format_sum(entry->credit) : NULL;
    const char *const texts[N_COLUMNS] = {number, date, entry->title, debit, credit};

    return kab_paper_draw_cells(draft->sheet, columns, N_COLUMNS, texts, NULL, y);
}

/* The opening balance is the first row, so that there is one in a period without entries. */
static double
draw_row(gpointer document, guint row, double y)
{
    const Draft *draft = document;

    return row == 0 ? draw_balance(draft, y, "Сальдо начальное", draft->act->opening)
                    : draw_entry(draft, row - 1, y);
}

static double
draw_side(const Draft *draft, double x, double y, const char *name, const char *director)
{
    g_autofree char *side = g_strdup_printf("От %s", name);

    y += kab_sheet_text(draft->sheet, &side_style, x, y, KAB_PAPER_WIDTH / 2 - GAP, side) + 20;
    y = kab_paper_draw_signature(draft->sheet, x, y, "Руководитель",
                                 kab_paper_get_name(director, NO_NAME)) +
        GAP;
    return y + kab_sheet_text(draft->sheet, &stamp_style, x, y, KAB_PAPER_WIDTH / 2, "М.П.");
}

static double
draw_foot(gpointer document, double y)
{
    const Draft *draft = document;
    g_autofree char *debit = kab_paper_format_sum(draft->debit);
    g_autofree char *credit = kab_paper_format_sum(draft->credit);
    g_autofree char *books = g_strdup_printf("По данным %s", draft->seller);
    double seller;
    double buyer;

    y = draw_sums(draft, y, "Обороты за период", debit, credit);
    y = draw_balance(draft, y, "Сальдо конечное", draft->closing) + GAP;
    y = draw_text(draft->sheet, &text_style, y, books) + 2;
    y = draw_text(draft->sheet, &result_style, y, draft->result) + 20;
    seller = draw_side(draft, KAB_PAPER_LEFT, y, draft->seller, draft->act->seller->director);
    buyer = draw_side(draft, KAB_PAPER_LEFT + KAB_PAPER_WIDTH / 2, y, draft->buyer, NULL);
    return MAX(seller, buyer);
}

static const KabPaperParts parts = {draw_head, draw_titles, draw_row, draw_foot};

static GBytes *
draw(Draft *draft, GError **error)
{
    g_autofree char *title =
        g_strdup_printf("Акт сверки взаимных расчётов за период с %s по %s между %s и %s",
                        draft->from, draft->to, draft->seller, draft->buyer);
    g_autofree char *name = g_strdup_printf("Акт сверки с %s по %s", draft->from, draft->to);
    g_autoptr(KabSheet) sheet = kab_sheet_new(title, draft->seller, draft->act->date);

    draft->sheet = sheet;
    if (!kab_paper_draw(sheet, &parts, draft, draft->act->entries->len + 1, name, error))
        return NULL;
    return kab_sheet_finish(sheet, error);
}

GBytes *
kab_act_render(const KabAct *act, GError **error)
{
    Draft draft = {.act = act};
    GBytes *pdf = NULL;

    g_return_val_if_fail(act->seller != NULL && act->buyer != NULL, NULL);
    g_return_val_if_fail(act->entries != NULL, NULL);
    if (compose(&draft, error))
        pdf = draw(&draft, error);
    g_free(draft.seller);
    g_free(draft.buyer);
    g_free(draft.from);
    g_free(draft.to);
    g_free(draft.result);
    return pdf;
}
