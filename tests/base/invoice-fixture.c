/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "invoice-fixture.h"
#include "kab-error.h"
#include "paper-fixture.h"

#include <string.h>

/* The structs own their texts, but nobody frees these. */
#define T(text) ((char *)(text))

const KabSeller invoice_seller = {
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

const KabPartner invoice_buyer = {
    .name = T("Кисельный берег Монтаж"),
    .full_name = T("ООО «Кисельный берег Монтаж»"),
    .inn = T("0002001137"),
    .kpp = T("000201001"),
    .address = T("000210, Тридевятая область, г. Энск, ул. Молочная, д. 4"),
};

KabOrder *
invoice_new_order(void)
{
    KabOrder *order = kab_order_new();

    order->number = g_strdup("ТС00-000027");
    order->placed_at = INVOICE_DATE - 86400000;
    return order;
}

void
invoice_add(KabOrder *order, const char *name, gint64 price, gint64 milli, const char *vat)
{
    KabOrderLine *line = kab_order_add_line(order);

    line->article = g_strdup_printf("ART-%u", order->lines->len);
    line->name = g_strdup(name);
    line->unit = g_strdup("шт");
    line->price = kab_money_new(price, "RUB");
    line->quantity.milli = milli;
    line->vat = g_strdup(vat);
}

KabOrder *
invoice_new_small_order(void)
{
    KabOrder *order = invoice_new_order();

    invoice_add(order, "Кабель силовой ВВГнг(А)-LS 3×1,5", 6490, 12500, "22");
    invoice_add(order,
                "Перчатки трикотажные с ПВХ-покрытием «Точка», 5 нитей, очень прочные, класс 10, "
                "цвет белый, размер универсальный, для складских и погрузочных работ",
                2140, 100000, "22");
    invoice_add(order, "Молоко ультрапастеризованное 3,2 %, 1 л", 7840, 24000, "НДС 10%");
    invoice_add(order, "Носилки мягкие бескаркасные", 265000, 1000, "Без НДС");
    g_assert_true(kab_order_recount(order, NULL));
    return order;
}

KabInvoice
invoice_make(const KabOrder *order)
{
    return (KabInvoice){"ТС00-000031", INVOICE_DATE, &invoice_seller, &invoice_buyer, order};
}

GBytes *
invoice_render(const KabInvoice *invoice)
{
    g_autoptr(GError) error = NULL;
    GBytes *pdf = kab_invoice_render(invoice, &error);

    g_assert_no_error(error);
    paper_assert_neat(pdf);
    return pdf;
}

void
invoice_assert_fails(const KabInvoice *invoice, int code, const char *part)
{
    g_autoptr(GError) error = NULL;

    g_assert_null(kab_invoice_render(invoice, &error));
    g_assert_error(error, KAB_ERROR, code);
    if (strstr(error->message, part) == NULL)
        g_error("“%s” does not speak of “%s”", error->message, part);
}
