/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "invoice-fixture.h"
#include "kab-error.h"
#include "paper-fixture.h"

#include <string.h>

/* The structs own their texts, but nobody frees these. */
#define T(text) ((char *)(text))

static void
test_contents(void)
{
    g_autoptr(KabOrder) order = invoice_new_small_order();
    KabInvoice invoice = invoice_make(order);
    g_autoptr(GBytes) pdf = invoice_render(&invoice);
    g_autofree char *text = paper_extract(pdf);

    if (text == NULL) {
        g_test_skip("pdftotext is not installed");
        return;
    }
    paper_assert_shows(text, "Счет на оплату № ТС00-000031 от 5 ноября 2026 г.");
    paper_assert_shows(text, "ИНН 0001004270");
    paper_assert_shows(text, "КПП 000101001");
    paper_assert_shows(text, "40702810500000009027");
    paper_assert_shows(text, "30101810800000000971");
    paper_assert_shows(text, "БИК 040901971");
    paper_assert_shows(text, "ООО «Тридевятый склад», ИНН 0001004270, КПП 000101001, 000100");
    paper_assert_shows(text, "ООО «Кисельный берег Монтаж», ИНН 0002001137, КПП 000201001, 000210");
    paper_assert_shows(text, "Заказ № ТС00-000027 от 04.11.2026");
    for (guint i = 0; i < order->lines->len; i++) {
        paper_assert_shows(text, kab_order_get_line(order, i)->name);
        paper_assert_shows(text, kab_order_get_line(order, i)->article);
    }
    /* 811,25 + 2 140,00 + 1 881,60 + 2 650,00; VAT 146,29 + 385,90 and 171,05 */
    paper_assert_shows(text, "12,5шт64,90811,25");
    paper_assert_shows(text, "Итого: 7 482,85");
    paper_assert_shows(text, "В том числе НДС 22%: 532,19");
    paper_assert_shows(text, "В том числе НДС 10%: 171,05");
    paper_assert_shows(text, "Всего к оплате: 7 482,85");
    paper_assert_shows(text, "Всего наименований 4, на сумму 7 482,85 руб.");
    paper_assert_shows(text, "Семь тысяч четыреста восемьдесят два рубля 85 копеек");
    paper_assert_shows(text, "Тридевятова В. М.");
    paper_assert_shows(text, "Копейкина З. Ф.");
    g_assert_cmpuint(paper_count(text, "страница"), ==, 0);
    g_assert_cmpuint(paper_count(text, "Без налога"), ==, 0);
}

static void
test_archivable(void)
{
    g_autoptr(KabOrder) order = invoice_new_small_order();
    KabInvoice invoice = invoice_make(order);
    g_autoptr(GBytes) pdf = invoice_render(&invoice);

    paper_assert_archivable(pdf, "Счет на оплату № ТС00-000031 от 5 ноября 2026 г.",
                            "2026-11-05T09:00:00Z");
}

static void
test_same_bytes(void)
{
    g_autoptr(KabOrder) order = invoice_new_small_order();
    KabInvoice invoice = invoice_make(order);
    g_autoptr(GBytes) first = invoice_render(&invoice);
    g_autoptr(KabOrder) other_order = invoice_new_order();
    KabInvoice other = invoice_make(other_order);
    g_autoptr(GBytes) between = NULL;
    g_autoptr(GBytes) second = NULL;

    invoice_add(other_order, "Quite another text: ЪЫЭ ßöÿ №", 1, 1000, NULL);
    g_assert_true(kab_order_recount(other_order, NULL));
    between = invoice_render(&other);
    second = invoice_render(&invoice);
    g_assert_true(g_bytes_equal(first, second));
    g_assert_false(g_bytes_equal(first, between));
}

static gpointer
render_in_thread(gpointer data)
{
    return invoice_render(data);
}

static void
test_threads(void)
{
    g_autoptr(KabOrder) order = invoice_new_small_order();
    KabInvoice invoice = invoice_make(order);
    g_autoptr(GBytes) here = invoice_render(&invoice);
    GThread *threads[4];

    for (gsize i = 0; i < G_N_ELEMENTS(threads); i++)
        threads[i] = g_thread_new("render", render_in_thread, &invoice);
    for (gsize i = 0; i < G_N_ELEMENTS(threads); i++) {
        g_autoptr(GBytes) there = g_thread_join(threads[i]);

        g_assert_true(g_bytes_equal(here, there));
    }
}

static void
test_many_lines(void)
{
    g_autoptr(KabOrder) order = invoice_new_order();
    KabInvoice invoice = invoice_make(order);
    g_autoptr(GBytes) pdf = NULL;
    g_autofree char *text = NULL;
    guint pages;

    for (int i = 0; i < 300; i++) {
        g_autofree char *name = g_strdup_printf("Болт M%d, оцинкованный, в коробке", i);

        invoice_add(order, name, 12345 + i, 1000, "22");
    }
    g_assert_true(kab_order_recount(order, NULL));
    pdf = invoice_render(&invoice);
    text = paper_extract(pdf);
    if (text == NULL) {
        g_test_skip("pdftotext is not installed");
        return;
    }
    pages = paper_count(text, "Товары (работы, услуги)");
    g_assert_cmpuint(pages, >, 4);
    for (guint page = 1; page <= pages; page++) {
        g_autofree char *number =
            g_strdup_printf("Счет № ТС00-000031, страница %u из %u", page, pages);

        g_assert_cmpuint(paper_count(text, number), ==, 1);
    }
    for (guint i = 0; i < order->lines->len; i++)
        g_assert_cmpuint(paper_count(text, kab_order_get_line(order, i)->name), ==, 1);
    paper_assert_shows(text, "Всего наименований 300,");
}

/* However many lines there are, the last page has one of them, and no line is lost. */
static void
test_page_ends(void)
{
    if (!paper_have_program("pdftotext")) {
        g_test_skip("pdftotext is not installed");
        return;
    }
    for (int n = 20; n <= 60; n += 3) {
        g_autoptr(KabOrder) order = invoice_new_order();
        KabInvoice invoice = invoice_make(order);
        g_autoptr(GBytes) pdf = NULL;
        g_autofree char *text = NULL;
        const char *last;

        for (int i = 0; i < n; i++)
            invoice_add(order, "Лампа", 100, 1000, NULL);
        g_assert_true(kab_order_recount(order, NULL));
        pdf = invoice_render(&invoice);
        text = paper_extract(pdf);
        g_assert_cmpuint(paper_count(text, "Лампа"), ==, (guint)n);
        last = g_strrstr(text, "Товары");
        g_assert_nonnull(strstr(last, "Лампа"));
        g_assert_nonnull(strstr(last, "Руководитель"));
    }
}

/* One line as high as lines can be, below a head as high as heads can be: it goes to the next page
 * with the totals, and they are not alone. */
static void
test_one_high_line(void)
{
    g_autoptr(KabOrder) order = invoice_new_order();
    KabInvoice invoice = invoice_make(order);
    KabSeller long_seller = invoice_seller;
    KabPartner long_buyer = invoice_buyer;
    g_autofree char *text = g_strnfill(20000, 'q');
    g_autofree char *number = g_strnfill(120, '9');
    g_autoptr(GBytes) pdf = NULL;
    g_autofree char *shown = NULL;
    const char *first_end;

    long_seller.full_name = long_seller.bank_name = long_seller.director = text;
    long_buyer.full_name = text;
    invoice.seller = &long_seller;
    invoice.buyer = &long_buyer;
    invoice.number = number;
    invoice_add(order, text, 100, 1000, "22");
    g_assert_true(kab_order_recount(order, NULL));
    pdf = invoice_render(&invoice);
    shown = paper_extract(pdf);
    if (shown == NULL) {
        g_test_skip("pdftotext is not installed");
        return;
    }
    paper_assert_shows(shown, "страница 2 из 2");
    g_assert_cmpuint(paper_count(shown, "Товары"), ==, 1);
    first_end = strstr(shown, "страница1");
    g_assert_nonnull(strstr(first_end, "ART-1qqq"));
    paper_assert_shows(shown, "…, ИНН 0001004270, КПП 000101001");
    paper_assert_shows(shown, "…, ИНН 0002001137, КПП 000201001");
    g_assert_nonnull(strstr(first_end, "Руководитель"));
}

static void
test_bare(void)
{
    const KabSeller bare_seller = {.name = T("Небывалов Емельян")};
    const KabPartner bare_buyer = {.name = T("Буян")};
    g_autoptr(KabOrder) order = kab_order_new();
    KabInvoice invoice = {"1", INVOICE_DATE, &bare_seller, &bare_buyer, order};
    KabOrderLine *line = kab_order_add_line(order);
    g_autoptr(GBytes) pdf = NULL;
    g_autofree char *text = NULL;

    line->name = g_strdup("Лампа\nв две строки");
    line->price = kab_money_new(G_MAXINT64, "USD");
    line->quantity.milli = 1000;
    g_assert_true(kab_order_recount(order, NULL));
    pdf = invoice_render(&invoice);
    text = paper_extract(pdf);
    if (text == NULL) {
        g_test_skip("pdftotext is not installed");
        return;
    }
    paper_assert_shows(text, "Небывалов Емельян");
    paper_assert_shows(text, "Лампа в две строки");
    paper_assert_shows(text, "на сумму 92 233 720 368 547 758,07 USD");
    paper_assert_shows(text, "долларов США 07 центов");
    g_assert_cmpuint(paper_count(text, "Основание"), ==, 0);
    g_assert_cmpuint(paper_count(text, "Артикул"), ==, 0);
    g_assert_cmpuint(paper_count(text, "QR"), ==, 0);
}

static void
test_errors(void)
{
    g_autoptr(KabOrder) order = invoice_new_small_order();
    g_autoptr(KabOrder) empty = invoice_new_order();
    KabInvoice invoice = invoice_make(order);
    KabSeller other = invoice_seller;
    KabOrderLine *line = kab_order_get_line(order, 1);

    invoice.number = "";
    invoice_assert_fails(&invoice, KAB_ERROR_INVALID, "number");
    invoice = invoice_make(order);
    invoice.date = 0;
    invoice_assert_fails(&invoice, KAB_ERROR_INVALID, "date");
    invoice = invoice_make(empty);
    invoice_assert_fails(&invoice, KAB_ERROR_INVALID, "without lines");
    invoice = invoice_make(order);
    invoice.seller = &other;
    other.bic = T("04090197");
    invoice_assert_fails(&invoice, KAB_ERROR_INVALID, "BIC");
    invoice = invoice_make(order);
    order->total.minor++;
    invoice_assert_fails(&invoice, KAB_ERROR_INVALID, "total");
    order->total.minor--;
    g_free(line->vat);
    line->vat = g_strdup("двадцать два процента от суммы строки");
    invoice_assert_fails(&invoice, KAB_ERROR_INVALID, "Line 2");
    g_free(line->vat);
    line->vat = g_strdup("-22");
    invoice_assert_fails(&invoice, KAB_ERROR_INVALID, "VAT");
}

/* An official name that the code has no room for gives way to the short one. */
static void
test_long_names(void)
{
    g_autoptr(KabOrder) order = invoice_new_small_order();
    KabInvoice invoice = invoice_make(order);
    KabSeller other = invoice_seller;
    g_autofree char *name = g_strnfill(400, 'w');
    g_autoptr(GBytes) pdf = NULL;

    invoice.seller = &other;
    other.full_name = name;
    other.bank_name = name;
    g_free(kab_order_get_line(order, 0)->name);
    kab_order_get_line(order, 0)->name = g_strnfill(20000, 'w');
    pdf = invoice_render(&invoice);
    other.name = name;
    invoice_assert_fails(&invoice, KAB_ERROR_RANGE, "Name");
}

int
main(int argc, char *argv[])
{
    g_setenv("TZ", "MSK-3", TRUE);
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/invoice/contents", test_contents);
    g_test_add_func("/invoice/archivable", test_archivable);
    g_test_add_func("/invoice/same-bytes", test_same_bytes);
    g_test_add_func("/invoice/threads", test_threads);
    g_test_add_func("/invoice/many-lines", test_many_lines);
    g_test_add_func("/invoice/page-ends", test_page_ends);
    g_test_add_func("/invoice/one-high-line", test_one_high_line);
    g_test_add_func("/invoice/bare", test_bare);
    g_test_add_func("/invoice/errors", test_errors);
    g_test_add_func("/invoice/long-names", test_long_names);
    return g_test_run();
}
