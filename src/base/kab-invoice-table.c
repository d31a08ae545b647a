/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-invoice-private.h"

#define PAD_X 3.0
#define PAD_Y 2.5

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

typedef struct {
    const char *title;
    double width; /* 0: what the others leave */
    KabTextStyle style;
} ColumnForm;

static const ColumnForm forms[N_COLUMNS] = {
    [COLUMN_ROW] = {"№", 27, {8, FALSE, PANGO_ALIGN_CENTER, 0}},
    [COLUMN_ARTICLE] = {"Артикул", 68, {8, FALSE, PANGO_ALIGN_LEFT, 4}},
    [COLUMN_NAME] = {"Товары (работы, услуги)", 0, {8, FALSE, PANGO_ALIGN_LEFT, NAME_LINES}},
    [COLUMN_QUANTITY] = {"Кол-во", 50, {8, FALSE, PANGO_ALIGN_RIGHT, 0}},
    [COLUMN_UNIT] = {"Ед.", 34, {8, FALSE, PANGO_ALIGN_LEFT, 3}},
    [COLUMN_PRICE] = {"Цена", 68, {8, FALSE, PANGO_ALIGN_RIGHT, 0}},
    [COLUMN_SUM] = {"Сумма", 76, {8, FALSE, PANGO_ALIGN_RIGHT, 0}},
};

static const KabTextStyle head_style = {8, TRUE, PANGO_ALIGN_CENTER, 2};

/* 0 for a column that this invoice does not have. */
static double
get_width(const KabInvoiceDraft *draft, Column column)
{
    double rest = INVOICE_WIDTH;

    if (column == COLUMN_ARTICLE && !draft->with_articles)
        return 0;
    if (column != COLUMN_NAME)
        return forms[column].width;
    for (int i = 0; i < N_COLUMNS; i++)
        if (i != COLUMN_NAME)
            rest -= get_width(draft, (Column)i);
    return rest;
}

/* The cells of a row, then the lines around them. @style: NULL for those of the columns. */
static double
draw_cells(KabInvoiceDraft *draft, const char *const texts[N_COLUMNS], const KabTextStyle *style,
           double y)
{
    double x = INVOICE_LEFT;
    double height = 0;

    for (int i = 0; i < N_COLUMNS; i++) {
        double width = get_width(draft, (Column)i);

        if (width > 0) {
            double text = kab_sheet_text(draft->sheet, style != NULL ? style : &forms[i].style,
                                         x + PAD_X, y + PAD_Y, width - 2 * PAD_X, texts[i]);

            height = MAX(height, text);
        }
        x += width;
    }
    height += 2 * PAD_Y;
    kab_sheet_box(draft->sheet, INVOICE_LEFT, y, INVOICE_WIDTH, height);
    x = INVOICE_LEFT;
    for (int i = 0; i < N_COLUMNS - 1; i++) {
        x += get_width(draft, (Column)i);
        if (get_width(draft, (Column)i) > 0)
            kab_sheet_line(draft->sheet, x, y, x, y + height, INVOICE_THIN);
    }
    return y + height;
}

double
kab_invoice_draw_table_head(KabInvoiceDraft *draft, double y)
{
    const char *texts[N_COLUMNS];

    for (int i = 0; i < N_COLUMNS; i++)
        texts[i] = forms[i].title;
    return draw_cells(draft, texts, &head_style, y);
}

double
kab_invoice_draw_row(KabInvoiceDraft *draft, guint row, double y)
{
    const KabOrderLine *line = kab_order_get_line(draft->invoice->order, row);
    g_autofree char *number = g_strdup_printf("%u", row + 1);
    g_autofree char *quantity = kab_invoice_format_quantity(line->quantity);
    g_autofree char *price = kab_invoice_format_sum(line->price);
    g_autofree char *sum = kab_invoice_format_sum(line->sum);
    const char *const texts[N_COLUMNS] = {
        [COLUMN_ROW] = number,        [COLUMN_ARTICLE] = line->article, [COLUMN_NAME] = line->name,
        [COLUMN_QUANTITY] = quantity, [COLUMN_UNIT] = line->unit,       [COLUMN_PRICE] = price,
        [COLUMN_SUM] = sum,
    };

    return draw_cells(draft, texts, NULL, y);
}
