/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "invoice-fixture.h"
#include "kab-act.h"
#include "kab-error.h"
#include "paper-fixture.h"

#include <string.h>

#define DAY G_GINT64_CONSTANT(86400000)

static GArray *
new_entries(void)
{
    return g_array_new(FALSE, FALSE, sizeof(KabActEntry));
}

static void
add(GArray *entries, KabTime at, const char *title, gint64 debit, gint64 credit)
{
    KabActEntry entry = {at, title, kab_money_new(debit, "RUB"), kab_money_new(credit, "RUB")};

    g_array_append_val(entries, entry);
}

static KabAct
make_act(const GArray *entries, gint64 opening)
{
    return (KabAct){&invoice_seller, &invoice_buyer, "2026-10-01",
                    "2026-10-31",    INVOICE_DATE,   kab_money_new(opening, "RUB"),
                    entries};
}

static GBytes *
render(const KabAct *act)
{
    g_autoptr(GError) error = NULL;
    GBytes *pdf = kab_act_render(act, &error);

    g_assert_no_error(error);
    paper_assert_neat(pdf);
    return pdf;
}

/* The text of an act; NULL and the test is skipped without the tool. */
static char *
read_act(const KabAct *act)
{
    g_autoptr(GBytes) pdf = render(act);
    char *text = paper_extract(pdf);

    if (text == NULL)
        g_test_skip("pdftotext is not installed");
    return text;
}

static void
test_contents(void)
{
    g_autoptr(GArray) entries = new_entries();
    KabAct act = make_act(entries, 1000000);
    g_autofree char *text = NULL;

    add(entries, INVOICE_DATE - 30 * DAY, "Отгрузка по заказу 0000-000001 от 01.10.2026", 11800000,
        0);
    add(entries, INVOICE_DATE - 20 * DAY, "Оплата по заказу 0000-000001 от 01.10.2026", 0, 5000000);
    add(entries, INVOICE_DATE - 10 * DAY, "Возврат по заказу 0000-000001 от 01.10.2026", -150025,
        0);
    text = read_act(&act);
    if (text == NULL)
        return;
    paper_assert_shows(text, "Акт сверки взаимных расчётов за период с 01.10.2026 по 31.10.2026 "
                             "между ООО «Тридевятый склад» и ООО «Кисельный берег Монтаж»");
    paper_assert_shows(text, "Дата составления: 05.11.2026");
    paper_assert_shows(text, "ООО «Тридевятый склад», ИНН 0001004270, КПП 000101001, с одной");
    paper_assert_shows(text, "«Кисельный берег Монтаж», ИНН 0002001137, КПП 000201001, с другой");
    paper_assert_shows(text, "№ Дата Документ Дебет, руб. Кредит, руб. Сальдо начальное 10 000,00 "
                             "1 06.10.2026 Отгрузка по заказу 0000-000001 от 01.10.2026 118 000,00 "
                             "2 16.10.2026 Оплата по заказу 0000-000001 от 01.10.2026 50 000,00 "
                             "3 26.10.2026 Возврат по заказу 0000-000001 от 01.10.2026 -1 500,25 "
                             "Обороты за период 116 499,75 50 000,00 "
                             "Сальдо конечное 76 499,75 По данным ООО «Тридевятый склад» "
                             "на 31.10.2026 задолженность в пользу ООО «Тридевятый склад» "
                             "76 499,75 руб. (Семьдесят шесть тысяч четыреста девяносто девять "
                             "рублей 75 копеек).");
    paper_assert_shows(text, "От ООО «Тридевятый склад» Руководитель Тридевятова В. М. М.П.");
    paper_assert_shows(text, "От ООО «Кисельный берег Монтаж» Руководитель");
    g_assert_cmpuint(paper_count(text, "страница"), ==, 0);
}

static void
test_archivable(void)
{
    g_autoptr(GArray) entries = new_entries();
    KabAct act = make_act(entries, 1);
    g_autoptr(GBytes) pdf = render(&act);

    paper_assert_archivable(pdf,
                            "Акт сверки взаимных расчётов за период с 01.10.2026 по "
                            "31.10.2026 между ООО «Тридевятый склад» и ООО «Кисельный берег "
                            "Монтаж»",
                            "2026-11-05T09:00:00Z");
}

static void
test_empty_period(void)
{
    g_autoptr(GArray) entries = new_entries();
    KabAct act = make_act(entries, 0);
    g_autofree char *text = read_act(&act);

    if (text == NULL)
        return;
    paper_assert_shows(text, "Сальдо начальное 0,00 0,00 Обороты за период 0,00 0,00 "
                             "Сальдо конечное 0,00 0,00");
    paper_assert_shows(text, "на 31.10.2026 задолженность отсутствует.");
    g_assert_cmpuint(paper_count(text, "в пользу"), ==, 0);
}

/* Where the text of the column's head begins on its page, and that of a sum: sides are told apart
 * by where they stand. */
static int
find_column(const char *layout, const char *text)
{
    const char *found = strstr(layout, text);
    const char *line = found;

    g_assert_nonnull(found);
    while (line > layout && line[-1] != '\n')
        line--;
    return (int)g_utf8_strlen(line, found - line);
}

static void
test_sides(void)
{
    const char *const argv[] = {"pdftotext", "-layout", "-", "-", NULL};
    g_autoptr(GArray) entries = new_entries();
    KabAct act = make_act(entries, -77700);
    g_autoptr(GBytes) pdf = NULL;
    g_autofree char *layout = NULL;
    int credit;

    add(entries, INVOICE_DATE, "Оплата", 0, 22200);
    add(entries, INVOICE_DATE, "Отгрузка", 11100, 0);
    pdf = render(&act);
    if (!paper_have_program("pdftotext")) {
        g_test_skip("pdftotext is not installed");
        return;
    }
    layout = paper_run(argv, pdf);
    credit = find_column(layout, "Кредит, руб.");
    g_assert_cmpint(find_column(layout, "777,00"), >=, credit); /* an advance */
    g_assert_cmpint(find_column(layout, "222,00"), >=, credit);
    g_assert_cmpint(find_column(layout, "888,00"), >=, credit);
    g_assert_cmpint(find_column(layout, "111,00"), <, credit);
    g_assert_null(strstr(layout, "-777"));
}

static void
test_negative_opening(void)
{
    g_autoptr(GArray) entries = new_entries();
    KabAct act = make_act(entries, -123456);
    g_autofree char *text = NULL;
    g_autofree char *settled = NULL;

    text = read_act(&act);
    if (text == NULL)
        return;
    paper_assert_shows(text, "Сальдо конечное 1 234,56");
    paper_assert_shows(text, "на 31.10.2026 задолженность в пользу ООО «Кисельный берег Монтаж» "
                             "1 234,56 руб. (Одна тысяча двести тридцать четыре рубля 56 копеек).");
    add(entries, INVOICE_DATE, "Отгрузка", 123456, 0);
    settled = read_act(&act);
    paper_assert_shows(settled, "Сальдо конечное 0,00 0,00");
    paper_assert_shows(settled, "задолженность отсутствует");
}

/* However many entries there are, none is lost, each page has the heads of the columns, and the
 * balances and signatures do not stand on a page without an entry. */
static void
test_pages(void)
{
    static const int numbers[] = {30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 300};

    for (gsize i = 0; i < G_N_ELEMENTS(numbers); i++) {
        g_autoptr(GArray) entries = new_entries();
        KabAct act = make_act(entries, 0);
        g_autofree char *text = NULL;
        guint pages;
        const char *last;

        for (int n = 0; n < numbers[i]; n++)
            add(entries, INVOICE_DATE + n, "Отгрузка по заказу", 100000 + n, 0);
        text = read_act(&act);
        if (text == NULL)
            return;
        pages = paper_count(text, "Документ Дебет, руб.");
        for (guint page = 1; page <= pages && pages > 1; page++) {
            g_autofree char *number = g_strdup_printf(
                "Акт сверки с 01.10.2026 по 31.10.2026, страница %u из %u", page, pages);

            g_assert_cmpuint(paper_count(text, number), ==, 1);
        }
        g_assert_cmpuint(paper_count(text, "Отгрузка по заказу"), ==, entries->len);
        g_assert_cmpuint(paper_count(text, "Руководитель"), ==, 2);
        last = g_strrstr(text, "Документ");
        g_assert_nonnull(strstr(last, "Отгрузка"));
        g_assert_nonnull(strstr(last, "Руководитель"));
        g_assert_cmpuint(pages, >=, numbers[i] == 300 ? 6 : 1);
    }
}

static void
test_same_bytes(void)
{
    g_autoptr(GArray) entries = new_entries();
    KabAct act = make_act(entries, 500);
    KabAct other = make_act(entries, 501);
    g_autoptr(GBytes) first = NULL;
    g_autoptr(GBytes) between = NULL;
    g_autoptr(GBytes) second = NULL;

    add(entries, INVOICE_DATE, "Отгрузка", 100, 0);
    first = render(&act);
    between = render(&other);
    second = render(&act);
    g_assert_true(g_bytes_equal(first, second));
    g_assert_false(g_bytes_equal(first, between));
}

/* The longest texts leave room for what the act is about. */
static void
test_long_texts(void)
{
    g_autoptr(GArray) entries = new_entries();
    KabAct act = make_act(entries, 0);
    g_autofree char *name = g_strnfill(20000, 'w');
    KabSeller long_seller = invoice_seller;
    KabPartner long_buyer = invoice_buyer;
    g_autofree char *text = NULL;

    long_seller.full_name = long_seller.director = name;
    long_buyer.full_name = name;
    act.seller = &long_seller;
    act.buyer = &long_buyer;
    for (int i = 0; i < 7; i++)
        add(entries, INVOICE_DATE, name, G_GINT64_CONSTANT(111111111111111111), 0);
    text = read_act(&act);
    if (text == NULL)
        return;
    paper_assert_shows(text, "следующее:");
    paper_assert_shows(text, "Обороты за период 7 777 777 777 777 777,77 0,00");
    paper_assert_shows(text, "семьсот семьдесят семь рублей 77 копеек).");
    g_assert_cmpuint(paper_count(text, "М.П."), ==, 2);
}

static void
assert_fails(const KabAct *act, int code, const char *part)
{
    g_autoptr(GError) error = NULL;

    g_assert_null(kab_act_render(act, &error));
    g_assert_error(error, KAB_ERROR, code);
    if (strstr(error->message, part) == NULL)
        g_error("“%s” does not speak of “%s”", error->message, part);
}

static void
test_errors(void)
{
    static const char *const no_days[] = {NULL,         "",           "31.10.2026", "2026-02-29",
                                          "2026-1-01",  "2026-13-01", " 026-01-01", "2026-01-011",
                                          "0000-01-01", "2026-01-00"};
    g_autoptr(GArray) entries = new_entries();
    KabSeller nameless_seller = {0};
    KabPartner nameless_buyer = {0};
    KabAct act = make_act(entries, 0);

    act.seller = &nameless_seller;
    assert_fails(&act, KAB_ERROR_INVALID, "seller");
    act = make_act(entries, 0);
    act.buyer = &nameless_buyer;
    assert_fails(&act, KAB_ERROR_INVALID, "buyer");
    act = make_act(entries, 0);
    act.date = 0;
    assert_fails(&act, KAB_ERROR_INVALID, "date");
    act = make_act(entries, 0);
    act.from = "2026-11-01";
    assert_fails(&act, KAB_ERROR_INVALID, "first");
    for (gsize i = 0; i < G_N_ELEMENTS(no_days); i++) {
        act = make_act(entries, 0);
        act.to = no_days[i];
        assert_fails(&act, KAB_ERROR_INVALID, "date");
        act = make_act(entries, 0);
        act.from = no_days[i];
        assert_fails(&act, KAB_ERROR_INVALID, "date");
    }
}

static void
test_sums(void)
{
    g_autoptr(GArray) entries = new_entries();
    KabAct act = make_act(entries, G_MININT64);
    KabActEntry *entry;

    assert_fails(&act, KAB_ERROR_RANGE, "too large");
    act = make_act(entries, G_MAXINT64);
    add(entries, INVOICE_DATE, "Отгрузка", 1, 0);
    assert_fails(&act, KAB_ERROR_RANGE, "too large");
    act = make_act(entries, 0);
    add(entries, INVOICE_DATE, "Отгрузка", G_MAXINT64, 0);
    assert_fails(&act, KAB_ERROR_RANGE, "Line 2 (Отгрузка)");
    entry = &g_array_index(entries, KabActEntry, 1);
    entry->debit = kab_money_new(0, "");
    entry->credit = kab_money_new(G_MININT64, "RUB");
    assert_fails(&act, KAB_ERROR_RANGE, "too large");
    entry->credit = kab_money_new(1, "USD");
    assert_fails(&act, KAB_ERROR_INVALID, "USD");
}

int
main(int argc, char *argv[])
{
    g_setenv("TZ", "MSK-3", TRUE);
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/act/contents", test_contents);
    g_test_add_func("/act/archivable", test_archivable);
    g_test_add_func("/act/empty-period", test_empty_period);
    g_test_add_func("/act/sides", test_sides);
    g_test_add_func("/act/negative-opening", test_negative_opening);
    g_test_add_func("/act/pages", test_pages);
    g_test_add_func("/act/same-bytes", test_same_bytes);
    g_test_add_func("/act/long-texts", test_long_texts);
    g_test_add_func("/act/errors", test_errors);
    g_test_add_func("/act/sums", test_sums);
    return g_test_run();
}
