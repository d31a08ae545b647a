/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-invoice-private.h"

#define PAD 3.0

/* More than the column "Сумма" has: letters are bigger here. */
#define TOTAL_WIDTH 112.0

static const KabTextStyle total_style = {9, TRUE, PANGO_ALIGN_RIGHT, 0};
static const KabTextStyle count_style = {9, FALSE, PANGO_ALIGN_LEFT, 2};
static const KabTextStyle words_style = {9, TRUE, PANGO_ALIGN_LEFT, 6};

static double
draw_total(KabSheet *sheet, double y, const char *label, const char *value)
{
    double left = KAB_PAPER_RIGHT - PAD - TOTAL_WIDTH;
    double height =
        kab_sheet_text(sheet, &total_style, KAB_PAPER_LEFT, y, left - KAB_PAPER_LEFT - PAD, label);

    kab_sheet_text(sheet, &total_style, left, y, TOTAL_WIDTH, value);
    return y + height + 2;
}

static double
draw_money_total(KabSheet *sheet, double y, const char *label, KabMoney money)
{
    g_autofree char *value = kab_paper_format_sum(money);

    return draw_total(sheet, y, label, value);
}

static double
draw_totals(KabInvoiceDraft *draft, double y)
{
    const KabInvoiceFigures *figures = &draft->figures;
    const char *kind = draft->invoice->order->vat_on_top ? "Сумма НДС" : "В том числе НДС";

    y = draw_money_total(draft->sheet, y, "Итого:", figures->lines);
    if (figures->rates->len == 0)
        y = draw_total(draft->sheet, y, "Без налога (НДС)", "-");
    for (guint i = 0; i < figures->rates->len; i++) {
        const KabInvoiceVat *vat = &g_array_index(figures->rates, KabInvoiceVat, i);
        g_autofree char *rate = kab_invoice_format_rate(vat->rate);
        g_autofree char *label = g_strdup_printf("%s %s:", kind, rate);

        y = draw_money_total(draft->sheet, y, label, vat->sum);
    }
    return draw_money_total(draft->sheet, y, "Всего к оплате:", figures->total);
}

double
kab_invoice_draw_foot(gpointer document, double y)
{
    KabInvoiceDraft *draft = document;
    KabSheet *sheet = draft->sheet;
    const KabSeller *seller = draft->invoice->seller;
    g_autofree char *total = kab_paper_format_money(draft->figures.total);
    g_autofree char *count =
        g_strdup_printf("Всего наименований %u, на сумму %s", draft->figures.rows->len, total);
    double director;
    double accountant;

    y = draw_totals(draft, y + 6) + 6;
    y += kab_sheet_text(sheet, &count_style, KAB_PAPER_LEFT, y, KAB_PAPER_WIDTH, count) + 2;
    y += kab_sheet_text(sheet, &words_style, KAB_PAPER_LEFT, y, KAB_PAPER_WIDTH, draft->words) + 8;
    kab_sheet_line(sheet, KAB_PAPER_LEFT, y, KAB_PAPER_RIGHT, y, KAB_PAPER_THICK);
    y += 24;
    director = kab_paper_draw_signature(sheet, KAB_PAPER_LEFT, y, "Руководитель", seller->director);
    accountant = kab_paper_draw_signature(sheet, KAB_PAPER_LEFT + KAB_PAPER_WIDTH / 2, y,
                                          "Бухгалтер", seller->accountant);
    return MAX(director, accountant);
}
