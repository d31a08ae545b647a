/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-invoice-private.h"

#define PAD 3.0
#define QR_SIZE 112.0
#define GAP 8.0

/* The columns of the bank table, counted from its right edge. */
#define VALUE_WIDTH 142.0
#define LABEL_WIDTH 40.0

/* Rows of the bank table with one line of text. */
#define ROW_HEIGHT 15.0

#define PARTY_LABEL_WIDTH 74.0

static const KabTextStyle title_style = {14, TRUE, PANGO_ALIGN_LEFT, 3};
static const KabTextStyle value_style = {9, FALSE, PANGO_ALIGN_LEFT, 6};
static const KabTextStyle number_style = {9, FALSE, PANGO_ALIGN_LEFT, 0};
static const KabTextStyle label_style = {7, FALSE, PANGO_ALIGN_LEFT, 0};
static const KabTextStyle party_label_style = {9, FALSE, PANGO_ALIGN_LEFT, 0};
static const KabTextStyle party_style = {9, TRUE, PANGO_ALIGN_LEFT, 6};
static const KabTextStyle caption_style = {6.5, FALSE, PANGO_ALIGN_CENTER, 0};

/* A cell with a name and a small label below it. */
static double
draw_named(KabSheet *sheet, double x, double y, double width, const char *value, const char *label)
{
    double height = kab_sheet_text(sheet, &value_style, x + PAD, y + PAD, width - 2 * PAD, value);

    y += PAD + MAX(height + 1, ROW_HEIGHT);
    return y + kab_sheet_text(sheet, &label_style, x + PAD, y, width - 2 * PAD, label) + PAD;
}

static void
draw_number(KabSheet *sheet, double x, double y, double width, const char *value)
{
    kab_sheet_text(sheet, &number_style, x + PAD, y + 2, width - 2 * PAD, value);
}

static void
draw_labelled(KabSheet *sheet, double x, double y, const char *label, const char *value)
{
    draw_number(sheet, x, y, LABEL_WIDTH, label);
    draw_number(sheet, x + LABEL_WIDTH, y, VALUE_WIDTH, value);
}

/* "ИНН 0001004270", empty cells for what the seller does not have. */
static void
draw_code(KabSheet *sheet, double x, double y, double width, const char *label, const char *value)
{
    g_autofree char *text = g_strconcat(label, "  ", value, NULL);

    draw_number(sheet, x, y, width, text);
}

/* The bank table: the bank at the top, the payee below. */
static double
draw_bank(KabInvoiceDraft *draft, double top, double width)
{
    KabSheet *sheet = draft->sheet;
    const KabSeller *seller = draft->invoice->seller;
    double right = KAB_PAPER_LEFT + width;
    double label = right - VALUE_WIDTH - LABEL_WIDTH;
    double left_width = label - KAB_PAPER_LEFT;
    double middle = KAB_PAPER_LEFT + left_width / 2;
    double codes =
        draw_named(sheet, KAB_PAPER_LEFT, top, left_width, seller->bank_name, "Банк получателя");
    double payee = codes + ROW_HEIGHT;
    double bottom = draw_named(sheet, KAB_PAPER_LEFT, payee, left_width,
                               kab_paper_get_name(seller->full_name, seller->name), "Получатель");

    draw_labelled(sheet, label, top, "БИК", seller->bic);
    draw_labelled(sheet, label, top + ROW_HEIGHT, "Сч. №", seller->corr_account);
    draw_code(sheet, KAB_PAPER_LEFT, codes, left_width / 2, "ИНН", seller->inn);
    draw_code(sheet, middle, codes, left_width / 2, "КПП", seller->kpp);
    draw_labelled(sheet, label, codes, "Сч. №", seller->account);

    kab_sheet_box(sheet, KAB_PAPER_LEFT, top, width, bottom - top);
    kab_sheet_line(sheet, label, top, label, bottom, KAB_PAPER_THIN);
    kab_sheet_line(sheet, right - VALUE_WIDTH, top, right - VALUE_WIDTH, bottom, KAB_PAPER_THIN);
    kab_sheet_line(sheet, label, top + ROW_HEIGHT, right - VALUE_WIDTH, top + ROW_HEIGHT,
                   KAB_PAPER_THIN);
    kab_sheet_line(sheet, KAB_PAPER_LEFT, codes, right, codes, KAB_PAPER_THIN);
    kab_sheet_line(sheet, KAB_PAPER_LEFT, payee, label, payee, KAB_PAPER_THIN);
    kab_sheet_line(sheet, middle, codes, middle, payee, KAB_PAPER_THIN);
    return bottom;
}

static double
draw_party(KabSheet *sheet, double y, const char *label, const char *value)
{
    double height;

    if (value == NULL || *value == '\0')
        return y;
    kab_sheet_text(sheet, &party_label_style, KAB_PAPER_LEFT, y, PARTY_LABEL_WIDTH, label);
    height = kab_sheet_text(sheet, &party_style, KAB_PAPER_LEFT + PARTY_LABEL_WIDTH, y,
                            KAB_PAPER_WIDTH - PARTY_LABEL_WIDTH, value);
    return y + height + 6;
}

static char *
format_ground(const KabOrder *order)
{
    g_autofree char *date = kab_paper_format_date(order->placed_at);

    if (order->number == NULL || *order->number == '\0')
        return NULL;
    return order->placed_at != 0 ? g_strdup_printf("Заказ № %s от %s", order->number, date)
                                 : g_strdup_printf("Заказ № %s", order->number);
}

gboolean
kab_invoice_draw_head(gpointer document, double *y, GError **error)
{
    KabInvoiceDraft *draft = document;
    KabSheet *sheet = draft->sheet;
    double qr_left = KAB_PAPER_RIGHT - QR_SIZE;
    double bank_width = draft->payment != NULL ? KAB_PAPER_WIDTH - QR_SIZE - GAP : KAB_PAPER_WIDTH;
    double bottom = draw_bank(draft, *y, bank_width);
    g_autofree char *seller = kab_invoice_format_seller(draft->invoice->seller);
    g_autofree char *buyer = kab_invoice_format_buyer(draft->invoice->buyer);
    g_autofree char *ground = format_ground(draft->invoice->order);

    if (draft->payment != NULL) {
        if (!kab_sheet_qr(sheet, qr_left, *y - PAD, QR_SIZE, draft->payment, error))
            return FALSE;
        kab_sheet_text(sheet, &caption_style, qr_left, *y - PAD + QR_SIZE, QR_SIZE,
                       "Оплата по QR-коду");
        bottom = MAX(bottom, *y + QR_SIZE + 8);
    }
    *y = bottom + 14;
    *y +=
        kab_sheet_text(sheet, &title_style, KAB_PAPER_LEFT, *y, KAB_PAPER_WIDTH, draft->title) + 5;
    kab_sheet_line(sheet, KAB_PAPER_LEFT, *y, KAB_PAPER_RIGHT, *y, KAB_PAPER_THICK);
    *y += 10;
    *y = draw_party(sheet, *y, "Поставщик:", seller);
    *y = draw_party(sheet, *y, "Покупатель:", buyer);
    *y = draw_party(sheet, *y, "Основание:", ground);
    *y += 4;
    return TRUE;
}
