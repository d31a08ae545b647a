/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "invoice-fixture.h"
#include "kab-error.h"
#include "paper-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

/* The structs own their texts, but nobody frees these. */
#define T(text) ((char *)(text))

static void
set_vat(KabOrder *order, gboolean on_top)
{
    order->vat_on_top = on_top;
    g_assert_true(kab_order_recount(order, NULL));
}

static void
test_vat_on_top(void)
{
    g_autoptr(KabOrder) order = invoice_new_small_order();
    KabInvoice invoice = invoice_make(order);
    g_autoptr(GBytes) pdf = NULL;
    g_autofree char *text = NULL;

    set_vat(order, TRUE);
    pdf = invoice_render(&invoice);
    text = paper_extract(pdf);
    if (text == NULL) {
        g_test_skip("pdftotext is not installed");
        return;
    }
    /* 178,48 (178,475) + 470,80; 188,16 */
    paper_assert_shows(text, "Итого: 7 482,85");
    paper_assert_shows(text, "Сумма НДС 22%: 649,28");
    paper_assert_shows(text, "Сумма НДС 10%: 188,16");
    paper_assert_shows(text, "Всего к оплате: 8 320,29");
    paper_assert_shows(text, "Восемь тысяч триста двадцать рублей 29 копеек");
}

static void
test_untaxed(void)
{
    static const char *const writings[] = {"none", "Без НДС", "без налога", "", NULL};
    g_autoptr(KabOrder) order = invoice_new_order();
    KabInvoice invoice = invoice_make(order);
    g_autoptr(GBytes) pdf = NULL;
    g_autofree char *text = NULL;

    for (gsize i = 0; i < G_N_ELEMENTS(writings); i++)
        invoice_add(order, "Лампа", 100, 1000, writings[i]);
    g_assert_true(kab_order_recount(order, NULL));
    pdf = invoice_render(&invoice);
    text = paper_extract(pdf);
    if (text == NULL) {
        g_test_skip("pdftotext is not installed");
        return;
    }
    paper_assert_shows(text, "Без налога (НДС)");
    g_assert_cmpuint(paper_count(text, "В том числе"), ==, 0);
}

/* Every rate that there is, in one invoice, included and on top. Whoever is not taxed is not among
 * the rates; the rate of 0 is. */
static void
test_all_rates(void)
{
    static const char *const writings[] = {"22", "НДС 20%", "10%", "7", "5", "0", "Без НДС"};
    static const char *const included[] = {"22%: 180,33", "20%: 166,67", "10%: 90,91",
                                           "7%: 65,42",   "5%: 47,62",   "0%: 0,00"};
    static const char *const added[] = {"22%: 220,00", "20%: 200,00", "10%: 100,00",
                                        "7%: 70,00",   "5%: 50,00",   "0%: 0,00"};
    g_autoptr(KabOrder) order = invoice_new_order();
    KabInvoice invoice = invoice_make(order);

    for (gsize i = 0; i < G_N_ELEMENTS(writings); i++)
        invoice_add(order, "Лампа", 100000, 1000, writings[i]);
    g_assert_true(kab_order_recount(order, NULL));
    for (int on_top = 0; on_top < 2; on_top++) {
        g_autoptr(GBytes) pdf = NULL;
        g_autofree char *text = NULL;

        set_vat(order, on_top);
        pdf = invoice_render(&invoice);
        text = paper_extract(pdf);
        if (text == NULL) {
            g_test_skip("pdftotext is not installed");
            return;
        }
        for (gsize i = 0; i < G_N_ELEMENTS(included); i++) {
            g_autofree char *line = on_top ? g_strconcat("Сумма НДС ", added[i], NULL)
                                           : g_strconcat("В том числе НДС ", included[i], NULL);

            paper_assert_shows(text, line);
        }
        g_assert_cmpuint(paper_count(text, "НДС"), ==, G_N_ELEMENTS(included));
        paper_assert_shows(text, "Итого: 7 000,00");
        paper_assert_shows(text, on_top ? "Всего к оплате: 7 640,00" : "Всего к оплате: 7 000,00");
    }
}

static void
test_too_many_rates(void)
{
    g_autoptr(KabOrder) order = invoice_new_order();
    KabInvoice invoice = invoice_make(order);
    g_autoptr(GBytes) pdf = NULL;

    for (int i = 0; i < 16; i++) {
        g_autofree char *rate = g_strdup_printf("%d", i);

        invoice_add(order, "Лампа", 100, 1000, rate);
    }
    g_assert_true(kab_order_recount(order, NULL));
    pdf = invoice_render(&invoice);
    invoice_add(order, "Лампа", 100, 1000, "16");
    g_assert_true(kab_order_recount(order, NULL));
    invoice_assert_fails(&invoice, KAB_ERROR_RANGE, "16");
}

/* What the manager cancelled is not on the invoice, whatever is written in it. */
static void
test_cancelled_lines(void)
{
    g_autoptr(KabOrder) order = invoice_new_order();
    KabInvoice invoice = invoice_make(order);
    g_autoptr(GBytes) pdf = NULL;
    g_autofree char *text = NULL;

    invoice_add(order, "Лампа", 100000, 0, "no rate");
    invoice_add(order, "Кабель", 100000, 1000, "20");
    invoice_add(order, "Стол", 100000, 0, "10");
    invoice_add(order, "Провод", 50000, 1000, "20");
    g_free(kab_order_get_line(order, 1)->article);
    kab_order_get_line(order, 1)->article = NULL;
    g_free(kab_order_get_line(order, 3)->article);
    kab_order_get_line(order, 3)->article = NULL;
    g_assert_true(kab_order_recount(order, NULL));
    pdf = invoice_render(&invoice);
    text = paper_extract(pdf);
    if (text == NULL) {
        g_test_skip("pdftotext is not installed");
    } else {
        paper_assert_shows(text, "1Кабель1шт1 000,00");
        paper_assert_shows(text, "2Провод1шт500,00");
        paper_assert_shows(text, "Всего наименований 2, на сумму 1 500,00 руб.");
        paper_assert_shows(text, "В том числе НДС 20%: 250,00");
        g_assert_cmpuint(paper_count(text, "Лампа"), ==, 0);
        g_assert_cmpuint(paper_count(text, "Стол"), ==, 0);
        g_assert_cmpuint(paper_count(text, "10%"), ==, 0);
        g_assert_cmpuint(paper_count(text, "Артикул"), ==, 0);
    }
    kab_order_get_line(order, 1)->quantity.milli = 0;
    kab_order_get_line(order, 3)->quantity.milli = 0;
    g_assert_true(kab_order_recount(order, NULL));
    invoice_assert_fails(&invoice, KAB_ERROR_INVALID, "without lines");
}

/* Draws the first page as a picture and reads the code off it. NULL without the tools. */
static char *
read_code(GBytes *pdf)
{
    g_autofree char *folder = g_dir_make_tmp("kab-invoice-XXXXXX", NULL);
    g_autofree char *stem = g_build_filename(folder, "page", NULL);
    g_autofree char *picture = g_strconcat(stem, ".png", NULL);
    const char *const draw[] = {"pdftoppm", "-r",          "150", "-l", "1",
                                "-png",     "-singlefile", "-",   stem, NULL};
    const char *const read[] = {"zbarimg", "--quiet", "--raw", picture, NULL};
    char *text = NULL;

    if (paper_have_program("pdftoppm") && paper_have_program("zbarimg")) {
        g_autofree char *drawn = paper_run(draw, pdf);

        text = g_strchomp(paper_run(read, NULL));
        g_unlink(picture);
    } else {
        g_test_skip("pdftoppm or zbarimg is not installed");
    }
    g_rmdir(folder);
    return text;
}

static void
test_payment_code(void)
{
    static const char *const ends[] = {
        "НДС - 703.24 руб.|Sum=748285", /* included */
        "НДС - 837.44 руб.|Sum=832029", /* on top: 649,28 + 188,16 */
    };
    g_autoptr(KabOrder) order = invoice_new_small_order();
    KabInvoice invoice = invoice_make(order);

    for (int on_top = 0; on_top < 2; on_top++) {
        g_autoptr(GBytes) pdf = NULL;
        g_autofree char *text = NULL;
        g_autofree char *expected =
            g_strconcat("ST00012|Name=ООО «Тридевятый склад»|PersonalAcc=40702810500000009027"
                        "|BankName=Банк «Скатерть»|BIC=040901971|CorrespAcc=30101810800000000971"
                        "|PayeeINN=0001004270|KPP=000101001"
                        "|Purpose=Оплата по счету № ТС00-000031 от 05.11.2026. В том числе ",
                        ends[on_top], NULL);

        set_vat(order, on_top);
        pdf = invoice_render(&invoice);
        text = read_code(pdf);
        if (text != NULL)
            g_assert_cmpstr(text, ==, expected);
    }
}

/* From one kopeck to the largest sums, and with one rate, none, and the rate of 0. */
static void
test_payment_code_sums(void)
{
    static const struct {
        gint64 price;
        const char *vat;
        const char *end;
    } vectors[] = {
        {1, "22", "В том числе НДС 22% - 0.00 руб.|Sum=1"},
        {5, NULL, "05.11.2026. Без налога (НДС)|Sum=5"},
        {12345678905, "0", "В том числе НДС 0% - 0.00 руб.|Sum=12345678905"},
        {999999999999999999, "5", "НДС 5% - 476190476190476.19 руб.|Sum=999999999999999999"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(vectors); i++) {
        g_autoptr(KabOrder) order = invoice_new_order();
        KabInvoice invoice = invoice_make(order);
        g_autoptr(GBytes) pdf = NULL;
        g_autofree char *text = NULL;

        invoice_add(order, "Лампа", vectors[i].price, 1000, vectors[i].vat);
        g_assert_true(kab_order_recount(order, NULL));
        pdf = invoice_render(&invoice);
        text = read_code(pdf);
        if (text != NULL && !g_str_has_suffix(text, vectors[i].end))
            g_error("“%s” does not end with “%s”", text, vectors[i].end);
    }
}

/* The densest code that fits the standard's limits is still read, and lies on the first page. */
static void
test_dense_payment_code(void)
{
    g_autoptr(KabOrder) order = invoice_new_small_order();
    KabInvoice invoice = invoice_make(order);
    KabSeller other = invoice_seller;
    g_autofree char *number = g_strnfill(140, '9');
    g_autoptr(GBytes) pdf = NULL;
    g_autofree char *text = NULL;

    other.full_name = T("Общество с ограниченной ответственностью «Тридевятый склад и сыновья»");
    other.bank_name = T("Банк «Скатерть-самобранка» (тридевятый филиал)");
    invoice.seller = &other;
    invoice.number = number;
    pdf = invoice_render(&invoice);
    text = read_code(pdf);
    if (text != NULL) {
        g_assert_nonnull(strstr(text, "|BankName=Банк «Скатерть-самобранка» (тридевятый филиал|"));
        g_assert_nonnull(strstr(text, number));
        g_assert_true(g_str_has_suffix(text, "|Sum=748285"));
    }
}

int
main(int argc, char *argv[])
{
    g_setenv("TZ", "MSK-3", TRUE);
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/invoice-money/vat-on-top", test_vat_on_top);
    g_test_add_func("/invoice-money/untaxed", test_untaxed);
    g_test_add_func("/invoice-money/all-rates", test_all_rates);
    g_test_add_func("/invoice-money/too-many-rates", test_too_many_rates);
    g_test_add_func("/invoice-money/cancelled-lines", test_cancelled_lines);
    g_test_add_func("/invoice-money/payment-code", test_payment_code);
    g_test_add_func("/invoice-money/payment-code/sums", test_payment_code_sums);
    g_test_add_func("/invoice-money/payment-code/dense", test_dense_payment_code);
    return g_test_run();
}
