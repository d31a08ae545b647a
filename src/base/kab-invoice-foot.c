/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-invoice-private.h"

#define PAD 3.0

/* More than the column "Сумма" has: letters are bigger here. */
#define TOTAL_WIDTH 112.0

#define SIGN_LABEL_WIDTH 76.0
#define SIGN_LINE_WIDTH 72.0

static const KabTextStyle total_style = {9, TRUE, PANGO_ALIGN_RIGHT, 0};
static const KabTextStyle count_style = {9, FALSE, PANGO_ALIGN_LEFT, 2};
static const KabTextStyle words_style = {9, TRUE, PANGO_ALIGN_LEFT, 6};
static const KabTextStyle sign_label_style = {9, TRUE, PANGO_ALIGN_LEFT, 0};
static const KabTextStyle sign_name_style = {9, FALSE, PANGO_ALIGN_LEFT, 3};

static double
draw_total(KabSheet *sheet, double y, const char *label, const char *value)
{
    double left = INVOICE_RIGHT - PAD - TOTAL_WIDTH;
    double height =
        kab_sheet_text(sheet, &total_style, INVOICE_LEFT, y, left - INVOICE_LEFT, label);

    kab_sheet_text(sheet, &total_style, left, y, TOTAL_WIDTH, value);
    return y + height + 2;
}

static double
draw_money_total(KabSheet *sheet, double y, const char *label, KabMoney money)
{
    g_autofree char *value = kab_invoice_format_sum(money);

    return draw_total(sheet, y, label, value);
}

static double
draw_totals(KabInvoiceDraft *draft, double y)
{
    const KabInvoiceFigures *figures = &draft->figures;
    const char *kind = draft->invoice->vat_included ? "В том числе НДС" : "Сумма НДС";

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

static double
draw_signature(KabSheet *sheet, double x, double y, const char *label, const char *name)
{
    double line = x + SIGN_LABEL_WIDTH;
    double after = line + SIGN_LINE_WIDTH + 2 * PAD;
    double height = kab_sheet_text(sheet, &sign_label_style, x, y, SIGN_LABEL_WIDTH - PAD, label);
    double name_height = kab_sheet_text(sheet, &sign_name_style, after, y,
                                        x + INVOICE_WIDTH / 2 - after - PAD, name);

    kab_sheet_line(sheet, line, y + height, line + SIGN_LINE_WIDTH, y + height, INVOICE_THIN);
    return y + MAX(height, name_height);
}

double
kab_invoice_draw_foot(KabInvoiceDraft *draft, double y)
{
    KabSheet *sheet = draft->sheet;
    const KabSeller *seller = draft->invoice->seller;
    g_autofree char *total = kab_invoice_format_money(draft->figures.total);
    g_autofree char *count = g_strdup_printf("Всего наименований %u, на сумму %s",
                                             draft->invoice->order->lines->len, total);
    double director;
    double accountant;

    y = draw_totals(draft, y + 6) + 6;
    y += kab_sheet_text(sheet, &count_style, INVOICE_LEFT, y, INVOICE_WIDTH, count) + 2;
    y += kab_sheet_text(sheet, &words_style, INVOICE_LEFT, y, INVOICE_WIDTH, draft->words) + 8;
    kab_sheet_line(sheet, INVOICE_LEFT, y, INVOICE_RIGHT, y, INVOICE_THICK);
    y += 24;
    director = draw_signature(sheet, INVOICE_LEFT, y, "Руководитель", seller->director);
    accountant =
        draw_signature(sheet, INVOICE_LEFT + INVOICE_WIDTH / 2, y, "Бухгалтер", seller->accountant);
    return MAX(director, accountant);
}
