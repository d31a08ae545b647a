/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-paper.h"

#define PAD_X 3.0
#define PAD_Y 2.5

#define MAX_COLUMNS 16

#define SIGN_LABEL_WIDTH 84.0
#define SIGN_LINE_WIDTH 70.0

static const KabTextStyle titles_style = {8, TRUE, PANGO_ALIGN_CENTER, 2};
static const KabTextStyle page_style = {7.5, FALSE, PANGO_ALIGN_RIGHT, 0};
static const KabTextStyle sign_label_style = {9, TRUE, PANGO_ALIGN_LEFT, 0};
static const KabTextStyle sign_name_style = {9, FALSE, PANGO_ALIGN_LEFT, 3};

double
kab_paper_draw_cells(KabSheet *sheet, const KabPaperColumn *columns, gsize n,
                     const char *const *texts, const KabTextStyle *style, double y)
{
    double x = KAB_PAPER_LEFT;
    double height = 0;

    for (gsize i = 0; i < n; i++) {
        const KabPaperColumn *column = &columns[i];

        if (column->width > 0) {
            double text = kab_sheet_text(sheet, style != NULL ? style : &column->style, x + PAD_X,
                                         y + PAD_Y, column->width - 2 * PAD_X, texts[i]);

            height = MAX(height, text);
        }
        x += column->width;
    }
    height += 2 * PAD_Y;
    kab_sheet_box(sheet, KAB_PAPER_LEFT, y, KAB_PAPER_WIDTH, height);
    x = KAB_PAPER_LEFT;
    for (gsize i = 0; i + 1 < n; i++) {
        x += columns[i].width;
        if (columns[i].width > 0)
            kab_sheet_line(sheet, x, y, x, y + height, KAB_PAPER_THIN);
    }
    return y + height;
}

double
kab_paper_draw_titles(KabSheet *sheet, const KabPaperColumn *columns, gsize n, double y)
{
    const char *texts[MAX_COLUMNS];

    g_return_val_if_fail(n <= MAX_COLUMNS, y);
    for (gsize i = 0; i < n; i++)
        texts[i] = columns[i].title;
    return kab_paper_draw_cells(sheet, columns, n, texts, &titles_style, y);
}

double
kab_paper_draw_signature(KabSheet *sheet, double x, double y, const char *label, const char *name)
{
    double line = x + SIGN_LABEL_WIDTH;
    double after = line + SIGN_LINE_WIDTH + 2 * PAD_X;
    double height = kab_sheet_text(sheet, &sign_label_style, x, y, SIGN_LABEL_WIDTH - PAD_X, label);
    double name_height = kab_sheet_text(sheet, &sign_name_style, after, y,
                                        x + KAB_PAPER_WIDTH / 2 - after - PAD_X, name);

    kab_sheet_line(sheet, line, y + height, line + SIGN_LINE_WIDTH, y + height, KAB_PAPER_THIN);
    return y + MAX(height, name_height);
}

typedef struct {
    KabSheet *sheet;
    const KabPaperParts *parts;
    gpointer document;
    guint n_rows;
    GArray *first_rows; /* (owned) (element-type guint): the first row of each page */
} Pages;

static void
begin_page(Pages *pages, guint row)
{
    g_array_append_val(pages->first_rows, row);
}

/* By measuring everything once. */
static gboolean
divide(Pages *pages, GError **error)
{
    const KabPaperParts *parts = pages->parts;
    double titles = parts->draw_table_head(pages->document, 0);
    double y = KAB_PAPER_TOP;

    if (!parts->draw_head(pages->document, &y, error))
        return FALSE;
    begin_page(pages, 0);
    y += titles;
    for (guint i = 0; i < pages->n_rows; i++) {
        double height = parts->draw_row(pages->document, i, 0);

        if (y + height > KAB_PAPER_BOTTOM) {
            begin_page(pages, i);
            y = KAB_PAPER_TOP + titles;
        }
        y += height;
    }
    if (y + parts->draw_foot(pages->document, 0) > KAB_PAPER_BOTTOM)
        begin_page(pages, pages->n_rows - 1);
    return TRUE;
}

static gboolean
draw_page(Pages *pages, guint page, GError **error)
{
    const KabPaperParts *parts = pages->parts;
    gboolean last = page + 1 == pages->first_rows->len;
    guint first = g_array_index(pages->first_rows, guint, page);
    guint end = last ? pages->n_rows : g_array_index(pages->first_rows, guint, page + 1);
    double y = KAB_PAPER_TOP;

    if (page == 0 && !parts->draw_head(pages->document, &y, error))
        return FALSE;
    if (first < end)
        y = parts->draw_table_head(pages->document, y);
    for (guint i = first; i < end; i++)
        y = parts->draw_row(pages->document, i, y);
    if (last)
        parts->draw_foot(pages->document, y);
    return TRUE;
}

static gboolean
draw_pages(Pages *pages, const char *name, GError **error)
{
    guint n = pages->first_rows->len;

    for (guint page = 0; page < n; page++) {
        g_autofree char *number = g_strdup_printf("%s, страница %u из %u", name, page + 1, n);

        if (!draw_page(pages, page, error))
            return FALSE;
        if (n > 1)
            kab_sheet_text(pages->sheet, &page_style, KAB_PAPER_LEFT, KAB_PAPER_BOTTOM + 14,
                           KAB_PAPER_WIDTH, number);
        kab_sheet_next_page(pages->sheet);
    }
    return TRUE;
}

gboolean
kab_paper_draw(KabSheet *sheet, const KabPaperParts *parts, gpointer document, guint n_rows,
               const char *name, GError **error)
{
    g_autoptr(GArray) first_rows = g_array_new(FALSE, FALSE, sizeof(guint));
    Pages pages = {sheet, parts, document, n_rows, first_rows};
    gboolean divided;

    g_return_val_if_fail(n_rows > 0, FALSE);
    kab_sheet_set_dry(sheet, TRUE);
    divided = divide(&pages, error);
    kab_sheet_set_dry(sheet, FALSE);
    return divided && draw_pages(&pages, name, error);
}
