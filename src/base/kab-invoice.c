/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-invoice-private.h"

#include <glib/gi18n-lib.h>

static const KabPaperParts parts = {kab_invoice_draw_head, kab_invoice_draw_table_head,
                                    kab_invoice_draw_row, kab_invoice_draw_foot};

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
    if (missing != NULL)
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID, missing);
    return missing == NULL;
}

static gboolean
has_articles(const GPtrArray *rows)
{
    for (guint i = 0; i < rows->len; i++) {
        const char *article = ((const KabOrderLine *)rows->pdata[i])->article;

        if (article != NULL && *article != '\0')
            return TRUE;
    }
    return FALSE;
}

static gboolean
compose(KabInvoiceDraft *draft, GError **error)
{
    const KabInvoice *invoice = draft->invoice;
    g_autofree char *date = kab_paper_format_long_date(invoice->date);

    if (!kab_invoice_figures_count(&draft->figures, invoice, error))
        return FALSE;
    draft->title = g_strdup_printf("Счет на оплату № %s от %s", invoice->number, date);
    draft->words = kab_paper_format_words(draft->figures.total, error);
    if (draft->words == NULL)
        return FALSE;
    draft->with_articles = has_articles(draft->figures.rows);
    return kab_invoice_format_payment(invoice, &draft->figures, &draft->payment, error);
}

static GBytes *
draw(KabInvoiceDraft *draft, GError **error)
{
    const KabInvoice *invoice = draft->invoice;
    g_autofree char *name = g_strdup_printf("Счет № %s", invoice->number);
    g_autoptr(KabSheet) sheet = kab_sheet_new(
        draft->title, kab_paper_get_name(invoice->seller->full_name, invoice->seller->name),
        invoice->date);

    draft->sheet = sheet;
    if (!kab_paper_draw(sheet, &parts, draft, draft->figures.rows->len, name, error))
        return NULL;
    return kab_sheet_finish(sheet, error);
}

GBytes *
kab_invoice_render(const KabInvoice *invoice, GError **error)
{
    KabInvoiceDraft draft = {.invoice = invoice};
    GBytes *pdf = NULL;

    g_return_val_if_fail(invoice->seller != NULL && invoice->buyer != NULL, NULL);
    g_return_val_if_fail(invoice->order != NULL, NULL);
    if (!check(invoice, error))
        return NULL;
    if (compose(&draft, error))
        pdf = draw(&draft, error);
    kab_invoice_figures_clear(&draft.figures);
    g_free(draft.title);
    g_free(draft.words);
    g_free(draft.payment);
    return pdf;
}
