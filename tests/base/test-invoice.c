/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-error.h"
#include "kab-invoice.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#define DATE G_GINT64_CONSTANT(1793869200000) /* 2026-11-05T09:00:00Z */

/* The structs own their texts, but nobody frees these. */
#define T(text) ((char *)(text))

static const KabSeller seller = {
    .name = T("Тридевятый склад ООО"),
    .full_name = T("ООО «Тридевятый склад»"),
    .inn = T("0001004270"),
    .kpp = T("000101001"),
    .address = T("000100, Тридевятая область, г. Энск, ул. Складская, д. 9"),
    .phone = T("+7 900 000-00-01"),
    .bank_name = T("Банк «Скатерть»"),
    .bic = T("040901971"),
    .account = T("40702810500000009027"),
    .corr_account = T("30101810800000000971"),
    .director = T("Тридевятова В. М."),
    .accountant = T("Копейкина З. Ф."),
};

static const KabPartner buyer = {
    .name = T("Кисельный берег Монтаж"),
    .full_name = T("ООО «Кисельный берег Монтаж»"),
    .inn = T("0002001137"),
    .kpp = T("000201001"),
    .address = T("000210, Тридевятая область, г. Энск, ул. Молочная, д. 4"),
};

static KabOrder *
new_order(void)
{
    KabOrder *order = kab_order_new();

    order->number = g_strdup("ТС00-000027");
    order->placed_at = DATE - 86400000;
    return order;
}

static void
add(KabOrder *order, const char *name, gint64 price, gint64 milli, const char *vat)
{
    KabOrderLine *line = kab_order_add_line(order);

    line->article = g_strdup_printf("ART-%u", order->lines->len);
    line->name = g_strdup(name);
    line->unit = g_strdup("шт");
    line->price = kab_money_new(price, "RUB");
    line->quantity.milli = milli;
    line->vat = g_strdup(vat);
}

static KabOrder *
new_small_order(void)
{
    KabOrder *order = new_order();

    add(order, "Кабель силовой ВВГнг(А)-LS 3×1,5", 6490, 12500, "22");
    add(order,
        "Перчатки трикотажные с ПВХ-покрытием «Точка», 5 нитей, очень прочные, класс 10, "
        "цвет белый, размер универсальный, для складских и погрузочных работ",
        2140, 100000, "22");
    add(order, "Молоко ультрапастеризованное 3,2 %, 1 л", 7840, 24000, "НДС 10%");
    add(order, "Носилки мягкие бескаркасные", 265000, 1000, "Без НДС");
    g_assert_true(kab_order_recount(order, NULL));
    return order;
}

static KabInvoice
make_invoice(const KabOrder *order)
{
    return (KabInvoice){"ТС00-000031", DATE, &seller, &buyer, order, TRUE};
}

static GBytes *
render(const KabInvoice *invoice)
{
    g_autoptr(GError) error = NULL;
    GBytes *pdf = kab_invoice_render(invoice, &error);

    g_assert_no_error(error);
    g_assert_true(g_str_has_prefix(g_bytes_get_data(pdf, NULL), "%PDF-"));
    return pdf;
}

static gboolean
have_program(const char *name)
{
    g_autofree char *path = g_find_program_in_path(name);

    if (path == NULL)
        g_test_message("%s is not installed", name);
    return path != NULL;
}

/* What @argv says to @input, which may be NULL. */
static char *
run(const char *const *argv, GBytes *input)
{
    GSubprocessFlags flags = G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE;
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) output = NULL;
    g_autoptr(GSubprocess) process = NULL;

    if (input != NULL)
        flags |= G_SUBPROCESS_FLAGS_STDIN_PIPE;
    process = g_subprocess_newv(argv, flags, &error);
    g_assert_no_error(error);
    g_subprocess_communicate(process, input, NULL, &output, NULL, &error);
    g_assert_no_error(error);
    g_assert_true(g_subprocess_get_successful(process));
    return g_strndup(g_bytes_get_data(output, NULL), g_bytes_get_size(output));
}

/* The text without spaces and line breaks: where a name wraps does not matter. */
static char *
squeeze(const char *text)
{
    GString *out = g_string_new(NULL);

    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p))
        if (!g_unichar_isspace(g_utf8_get_char(p)))
            g_string_append_unichar(out, g_utf8_get_char(p));
    return g_string_free(out, FALSE);
}

/* The text of @pdf in the order it was drawn, squeezed; NULL without the tool. */
static char *
extract(GBytes *pdf)
{
    const char *const argv[] = {"pdftotext", "-raw", "-", "-", NULL};
    g_autofree char *text = NULL;

    if (!have_program("pdftotext"))
        return NULL;
    text = run(argv, pdf);
    return squeeze(text);
}

static guint
count(const char *text, const char *part)
{
    g_autofree char *needle = squeeze(part);
    guint n = 0;

    for (const char *p = text; (p = strstr(p, needle)) != NULL; p += strlen(needle))
        n++;
    return n;
}

static void
assert_shows(const char *text, const char *part)
{
    if (count(text, part) == 0)
        g_error("“%s” is not in the invoice: %s", part, text);
}

static void
test_contents(void)
{
    g_autoptr(KabOrder) order = new_small_order();
    KabInvoice invoice = make_invoice(order);
    g_autoptr(GBytes) pdf = render(&invoice);
    g_autofree char *text = extract(pdf);

    if (text == NULL) {
        g_test_skip("pdftotext is not installed");
        return;
    }
    assert_shows(text, "Счет на оплату № ТС00-000031 от 5 ноября 2026 г.");
    assert_shows(text, "ИНН 0001004270");
    assert_shows(text, "КПП 000101001");
    assert_shows(text, "40702810500000009027");
    assert_shows(text, "30101810800000000971");
    assert_shows(text, "БИК 040901971");
    assert_shows(text, "ООО «Тридевятый склад», ИНН 0001004270, КПП 000101001, 000100");
    assert_shows(text, "ООО «Кисельный берег Монтаж», ИНН 0002001137, КПП 000201001, 000210");
    assert_shows(text, "Заказ № ТС00-000027 от 04.11.2026");
    for (guint i = 0; i < order->lines->len; i++) {
        assert_shows(text, kab_order_get_line(order, i)->name);
        assert_shows(text, kab_order_get_line(order, i)->article);
    }
    /* 811,25 + 2 140,00 + 1 881,60 + 2 650,00; VAT 146,29 + 385,90 and 171,05 */
    assert_shows(text, "12,5шт64,90811,25");
    assert_shows(text, "Итого: 7 482,85");
    assert_shows(text, "В том числе НДС 22%: 532,19");
    assert_shows(text, "В том числе НДС 10%: 171,05");
    assert_shows(text, "Всего к оплате: 7 482,85");
    assert_shows(text, "Всего наименований 4, на сумму 7 482,85 руб.");
    assert_shows(text, "Семь тысяч четыреста восемьдесят два рубля 85 копеек");
    assert_shows(text, "Тридевятова В. М.");
    assert_shows(text, "Копейкина З. Ф.");
    g_assert_cmpuint(count(text, "страница"), ==, 0);
    g_assert_cmpuint(count(text, "Без налога"), ==, 0);
}

static void
test_title(void)
{
    const char *const argv[] = {"pdfinfo", "-", NULL};
    g_autoptr(KabOrder) order = new_small_order();
    KabInvoice invoice = make_invoice(order);
    g_autoptr(GBytes) pdf = render(&invoice);
    g_autofree char *info = NULL;

    if (!have_program("pdfinfo")) {
        g_test_skip("pdfinfo is not installed");
        return;
    }
    info = run(argv, pdf);
    g_assert_nonnull(strstr(info, "Счет на оплату № ТС00-000031 от 5 ноября 2026 г."));
    g_assert_nonnull(strstr(info, "ООО «Тридевятый склад»"));
}

static void
test_fonts_are_embedded(void)
{
    const char *const argv[] = {"pdffonts", "-", NULL};
    g_autoptr(KabOrder) order = new_small_order();
    KabInvoice invoice = make_invoice(order);
    g_autoptr(GBytes) pdf = render(&invoice);
    g_autofree char *fonts = NULL;
    g_auto(GStrv) lines = NULL;

    if (!have_program("pdffonts")) {
        g_test_skip("pdffonts is not installed");
        return;
    }
    fonts = run(argv, pdf);
    lines = g_strsplit(g_strchomp(fonts), "\n", -1);
    g_assert_cmpuint(g_strv_length(lines), >, 2);
    for (char **line = lines + 2; *line != NULL; line++) /* embedded, subset, Unicode */
        g_assert_nonnull(strstr(*line, "yes yes yes"));
}

static void
test_same_bytes(void)
{
    g_autoptr(KabOrder) order = new_small_order();
    KabInvoice invoice = make_invoice(order);
    g_autoptr(GBytes) first = render(&invoice);
    g_autoptr(KabOrder) other_order = new_order();
    KabInvoice other = make_invoice(other_order);
    g_autoptr(GBytes) between = NULL;
    g_autoptr(GBytes) second = NULL;

    add(other_order, "Quite another text: ЪЫЭ ßöÿ №", 1, 1000, NULL);
    g_assert_true(kab_order_recount(other_order, NULL));
    between = render(&other);
    second = render(&invoice);
    g_assert_true(g_bytes_equal(first, second));
    g_assert_false(g_bytes_equal(first, between));
}

static gpointer
render_in_thread(gpointer data)
{
    return render(data);
}

static void
test_threads(void)
{
    g_autoptr(KabOrder) order = new_small_order();
    KabInvoice invoice = make_invoice(order);
    g_autoptr(GBytes) here = render(&invoice);
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
    g_autoptr(KabOrder) order = new_order();
    KabInvoice invoice = make_invoice(order);
    g_autoptr(GBytes) pdf = NULL;
    g_autofree char *text = NULL;
    guint pages;

    for (int i = 0; i < 300; i++) {
        g_autofree char *name = g_strdup_printf("Болт M%d, оцинкованный, в коробке", i);

        add(order, name, 12345 + i, 1000, "22");
    }
    g_assert_true(kab_order_recount(order, NULL));
    pdf = render(&invoice);
    text = extract(pdf);
    if (text == NULL) {
        g_test_skip("pdftotext is not installed");
        return;
    }
    pages = count(text, "Товары (работы, услуги)");
    g_assert_cmpuint(pages, >, 4);
    for (guint page = 1; page <= pages; page++) {
        g_autofree char *number =
            g_strdup_printf("Счет № ТС00-000031, страница %u из %u", page, pages);

        g_assert_cmpuint(count(text, number), ==, 1);
    }
    for (guint i = 0; i < order->lines->len; i++)
        g_assert_cmpuint(count(text, kab_order_get_line(order, i)->name), ==, 1);
    assert_shows(text, "Всего наименований 300,");
}

/* However many lines there are, the last page has one of them, and no line is lost. */
static void
test_page_ends(void)
{
    if (!have_program("pdftotext")) {
        g_test_skip("pdftotext is not installed");
        return;
    }
    for (int n = 20; n <= 60; n += 3) {
        g_autoptr(KabOrder) order = new_order();
        KabInvoice invoice = make_invoice(order);
        g_autoptr(GBytes) pdf = NULL;
        g_autofree char *text = NULL;
        const char *last;

        for (int i = 0; i < n; i++)
            add(order, "Лампа", 100, 1000, NULL);
        g_assert_true(kab_order_recount(order, NULL));
        pdf = render(&invoice);
        text = extract(pdf);
        g_assert_cmpuint(count(text, "Лампа"), ==, (guint)n);
        last = g_strrstr(text, "Товары");
        g_assert_nonnull(strstr(last, "Лампа"));
        g_assert_nonnull(strstr(last, "Руководитель"));
    }
}

static void
test_vat_on_top(void)
{
    g_autoptr(KabOrder) order = new_small_order();
    KabInvoice invoice = make_invoice(order);
    g_autoptr(GBytes) pdf = NULL;
    g_autofree char *text = NULL;

    invoice.vat_included = FALSE;
    pdf = render(&invoice);
    text = extract(pdf);
    if (text == NULL) {
        g_test_skip("pdftotext is not installed");
        return;
    }
    /* 178,48 (178,475) + 470,80; 188,16 */
    assert_shows(text, "Итого: 7 482,85");
    assert_shows(text, "Сумма НДС 22%: 649,28");
    assert_shows(text, "Сумма НДС 10%: 188,16");
    assert_shows(text, "Всего к оплате: 8 320,29");
    assert_shows(text, "Восемь тысяч триста двадцать рублей 29 копеек");
}

static void
test_untaxed(void)
{
    static const char *const writings[] = {"none", "Без НДС", "без налога", "", NULL};
    g_autoptr(KabOrder) order = new_order();
    KabInvoice invoice = make_invoice(order);
    g_autoptr(GBytes) pdf = NULL;
    g_autofree char *text = NULL;

    for (gsize i = 0; i < G_N_ELEMENTS(writings); i++)
        add(order, "Лампа", 100, 1000, writings[i]);
    g_assert_true(kab_order_recount(order, NULL));
    pdf = render(&invoice);
    text = extract(pdf);
    if (text == NULL) {
        g_test_skip("pdftotext is not installed");
        return;
    }
    assert_shows(text, "Без налога (НДС)");
    g_assert_cmpuint(count(text, "В том числе"), ==, 0);
}

static void
test_bare(void)
{
    const KabSeller bare_seller = {.name = T("Небывалов Емельян")};
    const KabPartner bare_buyer = {.name = T("Буян")};
    g_autoptr(KabOrder) order = kab_order_new();
    KabInvoice invoice = {"1", DATE, &bare_seller, &bare_buyer, order, TRUE};
    KabOrderLine *line = kab_order_add_line(order);
    g_autoptr(GBytes) pdf = NULL;
    g_autofree char *text = NULL;

    line->name = g_strdup("Лампа\nв две строки");
    line->price = kab_money_new(G_MAXINT64, "USD");
    line->quantity.milli = 1000;
    g_assert_true(kab_order_recount(order, NULL));
    pdf = render(&invoice);
    text = extract(pdf);
    if (text == NULL) {
        g_test_skip("pdftotext is not installed");
        return;
    }
    assert_shows(text, "Небывалов Емельян");
    assert_shows(text, "Лампа в две строки");
    assert_shows(text, "на сумму 92 233 720 368 547 758,07 USD");
    assert_shows(text, "долларов США 07 центов");
    g_assert_cmpuint(count(text, "Основание"), ==, 0);
    g_assert_cmpuint(count(text, "Артикул"), ==, 0);
    g_assert_cmpuint(count(text, "QR"), ==, 0);
}

static void
assert_fails(const KabInvoice *invoice, int code, const char *part)
{
    g_autoptr(GError) error = NULL;

    g_assert_null(kab_invoice_render(invoice, &error));
    g_assert_error(error, KAB_ERROR, code);
    if (strstr(error->message, part) == NULL)
        g_error("“%s” does not speak of “%s”", error->message, part);
}

static void
test_errors(void)
{
    g_autoptr(KabOrder) order = new_small_order();
    g_autoptr(KabOrder) empty = new_order();
    KabInvoice invoice = make_invoice(order);
    KabSeller other = seller;
    KabOrderLine *line = kab_order_get_line(order, 1);

    invoice.number = "";
    assert_fails(&invoice, KAB_ERROR_INVALID, "number");
    invoice = make_invoice(order);
    invoice.date = 0;
    assert_fails(&invoice, KAB_ERROR_INVALID, "date");
    invoice = make_invoice(empty);
    assert_fails(&invoice, KAB_ERROR_INVALID, "without lines");
    invoice = make_invoice(order);
    invoice.seller = &other;
    other.bic = T("04090197");
    assert_fails(&invoice, KAB_ERROR_INVALID, "BIC");
    invoice = make_invoice(order);
    order->total.minor++;
    assert_fails(&invoice, KAB_ERROR_INVALID, "total");
    order->total.minor--;
    g_free(line->vat);
    line->vat = g_strdup("двадцать два процента от суммы строки");
    assert_fails(&invoice, KAB_ERROR_INVALID, "Line 2");
    g_free(line->vat);
    line->vat = g_strdup("-22");
    assert_fails(&invoice, KAB_ERROR_INVALID, "VAT");
}

/* Draws the page as a picture and reads the code off it. */
static void
test_payment_code(void)
{
    g_autoptr(KabOrder) order = new_small_order();
    KabInvoice invoice = make_invoice(order);
    g_autoptr(GBytes) pdf = render(&invoice);
    g_autofree char *folder = g_dir_make_tmp("kab-invoice-XXXXXX", NULL);
    g_autofree char *stem = g_build_filename(folder, "page", NULL);
    g_autofree char *picture = g_strconcat(stem, ".png", NULL);
    const char *const draw[] = {"pdftoppm", "-r", "150", "-png", "-singlefile", "-", stem, NULL};
    const char *const read[] = {"zbarimg", "--quiet", "--raw", picture, NULL};
    g_autofree char *drawn = NULL;
    g_autofree char *text = NULL;

    if (have_program("pdftoppm") && have_program("zbarimg")) {
        drawn = run(draw, pdf);
        text = run(read, NULL);
        g_assert_cmpstr(g_strchomp(text), ==,
                        "ST00012|Name=ООО «Тридевятый склад»|PersonalAcc=40702810500000009027"
                        "|BankName=Банк «Скатерть»|BIC=040901971|CorrespAcc=30101810800000000971"
                        "|PayeeINN=0001004270|KPP=000101001"
                        "|Purpose=Оплата по счету № ТС00-000031 от 05.11.2026. "
                        "В том числе НДС - 703.24 руб.|Sum=748285");
        g_unlink(picture);
    } else {
        g_test_skip("pdftoppm or zbarimg is not installed");
    }
    g_rmdir(folder);
}

/* An official name that the code has no room for gives way to the short one. */
static void
test_long_names(void)
{
    g_autoptr(KabOrder) order = new_small_order();
    KabInvoice invoice = make_invoice(order);
    KabSeller other = seller;
    g_autofree char *name = g_strnfill(400, 'w');
    g_autoptr(GBytes) pdf = NULL;

    invoice.seller = &other;
    other.full_name = name;
    other.bank_name = name;
    g_free(kab_order_get_line(order, 0)->name);
    kab_order_get_line(order, 0)->name = g_strnfill(20000, 'w');
    pdf = render(&invoice);
    other.name = name;
    assert_fails(&invoice, KAB_ERROR_RANGE, "Name");
}

/* For builds with AddressSanitizer: fontconfig loses a few bytes of its configuration, once. */
const char *__lsan_default_suppressions(void);

const char *
__lsan_default_suppressions(void)
{
    return "leak:libfontconfig\n";
}

int
main(int argc, char *argv[])
{
    g_setenv("TZ", "MSK-3", TRUE);
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/invoice/contents", test_contents);
    g_test_add_func("/invoice/title", test_title);
    g_test_add_func("/invoice/fonts-are-embedded", test_fonts_are_embedded);
    g_test_add_func("/invoice/same-bytes", test_same_bytes);
    g_test_add_func("/invoice/threads", test_threads);
    g_test_add_func("/invoice/many-lines", test_many_lines);
    g_test_add_func("/invoice/page-ends", test_page_ends);
    g_test_add_func("/invoice/vat-on-top", test_vat_on_top);
    g_test_add_func("/invoice/untaxed", test_untaxed);
    g_test_add_func("/invoice/bare", test_bare);
    g_test_add_func("/invoice/errors", test_errors);
    g_test_add_func("/invoice/payment-code", test_payment_code);
    g_test_add_func("/invoice/long-names", test_long_names);
    return g_test_run();
}
