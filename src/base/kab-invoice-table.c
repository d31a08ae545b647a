/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-invoice-private.h"

#include <string.h>

/* A name longer than this is cut: a row must fit on a page. */
#define NAME_LINES 30

typedef enum {
    COLUMN_ROW,
    COLUMN_ARTICLE,
    COLUMN_NAME,
    COLUMN_QUANTITY,
    COLUMN_UNIT,
    COLUMN_PRICE,
    COLUMN_SUM,
    N_COLUMNS,
} Column;

/* What the other columns leave, with articles. */
#define ARTICLE_WIDTH 68
#define NAME_WIDTH (KAB_PAPER_WIDTH - 27 - ARTICLE_WIDTH - 50 - 34 - 68 - 76)

static const KabPaperColumn forms[N_COLUMNS] = {
    [COLUMN_ROW] = {"№", 27, {8, FALSE, PANGO_ALIGN_CENTER, 0}},
    [COLUMN_ARTICLE] = {"Артикул", ARTICLE_WIDTH, {8, FALSE, PANGO_ALIGN_LEFT, 4}},
    [COLUMN_NAME] = {"Товары (работы, услуги)",
                     NAME_WIDTH,
                     {8, FALSE, PANGO_ALIGN_LEFT, NAME_LINES}},
    [COLUMN_QUANTITY] = {"Кол-во", 50, {8, FALSE, PANGO_ALIGN_RIGHT, 0}},
    [COLUMN_UNIT] = {"Ед.", 34, {8, FALSE, PANGO_ALIGN_LEFT, 3}},
    [COLUMN_PRICE] = {"Цена", 68, {8, FALSE, PANGO_ALIGN_RIGHT, 0}},
    [COLUMN_SUM] = {"Сумма", 76, {8, FALSE, PANGO_ALIGN_RIGHT, 0}},
};

static void
choose_columns(const KabInvoiceDraft *draft, KabPaperColumn columns[N_COLUMNS])
{
    memcpy(columns, forms, sizeof forms);
    if (!draft->with_articles) {
        columns[COLUMN_NAME].width += ARTICLE_WIDTH;
        columns[COLUMN_ARTICLE].width = 0;
    }
}

double
kab_invoice_draw_table_head(gpointer document, double y)
{
    KabInvoiceDraft *draft = document;
    KabPaperColumn columns[N_COLUMNS];

    choose_columns(draft, columns);
    return kab_paper_draw_titles(draft->sheet, columns, N_COLUMNS, y);
}

double
kab_invoice_draw_row(gpointer document, guint row, double y)
{
    KabInvoiceDraft *draft = document;
    const KabOrderLine *line = g_ptr_array_index(draft->figures.rows, row);
    g_autofree char *number = g_strdup_printf("%u", row + 1);
    g_autofree char *quantity = kab_invoice_format_quantity(line->quantity);
    g_autofree char *price = kab_paper_format_sum(line->price);
    g_autofree char *sum = kab_paper_format_sum(line->sum);
    const char *const texts[N_COLUMNS] = {
        [COLUMN_ROW] = number,        [COLUMN_ARTICLE] = line->article, [COLUMN_NAME] = line->name,
        [COLUMN_QUANTITY] = quantity, [COLUMN_UNIT] = line->unit,       [COLUMN_PRICE] = price,
        [COLUMN_SUM] = sum,
    };
    KabPaperColumn columns[N_COLUMNS];

    choose_columns(draft, columns);
    return kab_paper_draw_cells(draft->sheet, columns, N_COLUMNS, texts, NULL, y);
}
