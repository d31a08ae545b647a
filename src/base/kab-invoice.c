/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-amount-words.h"
#include "kab-error.h"
#include "kab-invoice-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const KabTextStyle page_style = {7.5, FALSE, PANGO_ALIGN_RIGHT, 0};

static gboolean
check(const KabInvoice *invoice, GError **error)
{
    const char *missing = NULL;

    if (invoice->number == NULL || *invoice->number == '\0')
        missing = _("An invoice needs a number");
    else if (invoice->date == 0)
        missing = _("An invoice needs a date");
    else if (invoice->seller->name == NULL || *invoice->seller->name == '\0')
        missing = _("An invoice needs the seller's name");
    else if (invoice->buyer->name == NULL || *invoice->buyer->name == '\0')
        missing = _("An invoice needs the buyer's name");
    else if (invoice->order->lines->len == 0)
        missing = _("An order without lines has no invoice");
    if (missing != NULL)
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID, missing);
    return missing == NULL;
}

static gboolean
has_articles(const KabOrder *order)
{
    for (guint i = 0; i < order->lines->len; i++) {
        const char *article = kab_order_get_line(order, i)->article;

        if (article != NULL && *article != '\0')
            return TRUE;
    }
    return FALSE;
}

static gboolean
compose(KabInvoiceDraft *draft, GError **error)
{
    const KabInvoice *invoice = draft->invoice;
    g_autofree char *date = kab_invoice_format_long_date(invoice->date);

    if (!kab_invoice_figures_count(&draft->figures, invoice, error))
        return FALSE;
    draft->title = g_strdup_printf("Счет на оплату № %s от %s", invoice->number, date);
    draft->words = kab_amount_in_words(draft->figures.total, error);
    if (draft->words == NULL)
        return FALSE;
    draft->with_articles = has_articles(invoice->order);
    return kab_invoice_format_payment(invoice, &draft->figures, &draft->payment, error);
}

/* The first row of each page, by measuring everything once. The totals and signatures keep together
 * and take the last row with them: a page without a row could be signed for any goods. */
static GArray *
paginate(KabInvoiceDraft *draft, double y)
{
    GArray *pages = g_array_new(FALSE, FALSE, sizeof(guint));
    guint n = draft->invoice->order->lines->len;
    double head = kab_invoice_draw_table_head(draft, 0);
    guint first = 0;

    g_array_append_val(pages, first);
    y += head;
    for (guint i = 0; i < n; i++) {
        double height = kab_invoice_draw_row(draft, i, 0);

        if (y + height > INVOICE_BOTTOM) {
            first = i;
            g_array_append_val(pages, first);
            y = INVOICE_TOP + head;
        }
        y += height;
    }
    if (y + kab_invoice_draw_foot(draft, 0) > INVOICE_BOTTOM) {
        first = n - first > 1 ? n - 1 : n;
        g_array_append_val(pages, first);
    }
    return pages;
}

static void
draw_page_number(KabInvoiceDraft *draft, guint page, guint n)
{
    g_autofree char *text =
        g_strdup_printf("Счет № %s, страница %u из %u", draft->invoice->number, page + 1, n);

    kab_sheet_text(draft->sheet, &page_style, INVOICE_LEFT, INVOICE_BOTTOM + 14, INVOICE_WIDTH,
                   text);
}

static gboolean
draw_pages(KabInvoiceDraft *draft, const GArray *pages, GError **error)
{
    guint n = draft->invoice->order->lines->len;

    for (guint page = 0; page < pages->len; page++) {
        guint first = g_array_index(pages, guint, page);
        guint end = page + 1 < pages->len ? g_array_index(pages, guint, page + 1) : n;
        double y = INVOICE_TOP;

        if (page == 0 && !kab_invoice_draw_head(draft, &y, error))
            return FALSE;
        if (first < end)
            y = kab_invoice_draw_table_head(draft, y);
        for (guint i = first; i < end; i++)
            y = kab_invoice_draw_row(draft, i, y);
        if (page + 1 == pages->len)
            kab_invoice_draw_foot(draft, y);
        if (pages->len > 1)
            draw_page_number(draft, page, pages->len);
        kab_sheet_next_page(draft->sheet);
    }
    return TRUE;
}

static gboolean
draw(KabInvoiceDraft *draft, GError **error)
{
    g_autoptr(GArray) pages = NULL;
    double y = INVOICE_TOP;

    kab_sheet_set_dry(draft->sheet, TRUE);
    if (!kab_invoice_draw_head(draft, &y, error))
        return FALSE;
    pages = paginate(draft, y);
    kab_sheet_set_dry(draft->sheet, FALSE);
    return draw_pages(draft, pages, error);
}

GBytes *
kab_invoice_render(const KabInvoice *invoice, GError **error)
{
    KabInvoiceDraft draft = {.invoice = invoice};
    g_autoptr(KabSheet) sheet = NULL;
    GBytes *pdf = NULL;

    g_return_val_if_fail(invoice->seller != NULL && invoice->buyer != NULL, NULL);
    g_return_val_if_fail(invoice->order != NULL, NULL);
    if (!check(invoice, error))
        return NULL;
    if (compose(&draft, error)) {
        const KabSeller *seller = invoice->seller;

        sheet = kab_sheet_new(draft.title, kab_invoice_get_name(seller->full_name, seller->name),
                              invoice->date);
        draft.sheet = sheet;
        if (draw(&draft, error))
            pdf = kab_sheet_finish(sheet, error);
    }
    kab_invoice_figures_clear(&draft.figures);
    g_free(draft.title);
    g_free(draft.words);
    g_free(draft.payment);
    return pdf;
}
