/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-commerceml-parse.h"
#include "kab-decimal.h"
#include "kab-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct {
    char *type;
    char *value;
    char *currency;
    char *unit;
    char *factor; /* of how many base units it is the price */
    char *least;  /* (nullable): from how many of these on */
} RawPrice;

typedef struct {
    char *warehouse;
    char *quantity;
} RawStock;

static const KabXmlField price_fields[] = {
    {"ИдТипаЦены", G_STRUCT_OFFSET(RawPrice, type)},
    {"ЦенаЗаЕдиницу", G_STRUCT_OFFSET(RawPrice, value)},
    {"Валюта", G_STRUCT_OFFSET(RawPrice, currency)},
    {"Единица", G_STRUCT_OFFSET(RawPrice, unit)},
    {"Коэффициент", G_STRUCT_OFFSET(RawPrice, factor)},
    {"МинКоличество", G_STRUCT_OFFSET(RawPrice, least)},
};

static const KabXmlField stock_fields[] = {
    {"Ид", G_STRUCT_OFFSET(RawStock, warehouse)},
    {"Количество", G_STRUCT_OFFSET(RawStock, quantity)},
};

static void
clear_price(gpointer data)
{
    RawPrice *price = data;

    g_free(price->type);
    g_free(price->value);
    g_free(price->currency);
    g_free(price->unit);
    g_free(price->factor);
    g_free(price->least);
}

static void
clear_stock(gpointer data)
{
    RawStock *stock = data;

    g_free(stock->warehouse);
    g_free(stock->quantity);
}

void
kab_commerceml_offer_clear(KabCommercemlOffer *offer)
{
    g_free(offer->id);
    g_free(offer->characteristic);
    g_free(offer->name);
    g_free(offer->article);
    g_free(offer->barcode);
    g_free(offer->status);
    g_free(offer->mark);
    g_free(offer->quantity);
    kab_commerceml_unit_clear(&offer->unit);
    g_clear_pointer(&offer->values, g_ptr_array_unref);
    g_clear_pointer(&offer->prices, g_array_unref);
    g_clear_pointer(&offer->stock, g_array_unref);
}

static gboolean
read_price(KabCommerceml *cml, gpointer data, GError **error)
{
    GArray *prices = data;
    RawPrice price = {0};
    KabXmlScope scope = kab_xml_reader_enter(cml->reader);
    gboolean ok = TRUE;
    gboolean taken;

    while (ok && kab_xml_reader_next(cml->reader, &scope, error))
        ok = kab_xml_reader_take_field(cml->reader, price_fields, G_N_ELEMENTS(price_fields),
                                       &price, &taken, error);
    ok = ok && !scope.failed;
    if (ok && kab_commerceml_has_room(cml, prices->len))
        g_array_append_val(prices, price);
    else
        clear_price(&price);
    return ok;
}

/* Takes what @stock points to. */
static void
add_stock(KabCommerceml *cml, KabCommercemlOffer *offer, RawStock *stock)
{
    if (offer->stock == NULL) {
        offer->stock = g_array_new(FALSE, TRUE, sizeof(RawStock));
        g_array_set_clear_func(offer->stock, clear_stock);
    }
    if (stock->quantity != NULL && kab_commerceml_has_room(cml, offer->stock->len))
        g_array_append_val(offer->stock, *stock);
    else
        clear_stock(stock);
    *stock = (RawStock){0};
}

/* <Склад ИдСклада="" КоличествоНаСкладе=""/>, also called <Склады>; since 2.08
 * <Склад><Ид/><Количество/></Склад>. */
static gboolean
read_stock(KabCommerceml *cml, RawStock *stock, GError **error)
{
    KabXmlScope scope;
    gboolean taken;

    stock->warehouse = kab_xml_reader_dup_attribute(cml->reader, "ИдСклада");
    stock->quantity = kab_xml_reader_dup_attribute(cml->reader, "КоличествоНаСкладе");
    scope = kab_xml_reader_enter(cml->reader);
    while (kab_xml_reader_next(cml->reader, &scope, error))
        if (!kab_xml_reader_take_field(cml->reader, stock_fields, G_N_ELEMENTS(stock_fields), stock,
                                       &taken, error))
            return FALSE;
    return !scope.failed;
}

static gboolean
read_warehouse_stock(KabCommerceml *cml, gpointer data, GError **error)
{
    RawStock stock = {0};

    if (!read_stock(cml, &stock, error)) {
        clear_stock(&stock);
        return FALSE;
    }
    add_stock(cml, data, &stock);
    return TRUE;
}

static gboolean
set_quantity(KabCommercemlOffer *offer, char *text)
{
    if (text != NULL && offer->quantity == NULL)
        offer->quantity = text;
    else
        g_free(text);
    return text != NULL;
}

/* <Остаток>: of one warehouse, or in all. The figure stands inside <Склад> or beside it. */
static gboolean
read_rest_parts(KabCommerceml *cml, RawStock *stock, char **beside, GError **error)
{
    static const KabXmlField beside_field[] = {{"Количество", 0}};
    KabXmlScope scope = kab_xml_reader_enter(cml->reader);
    gboolean taken;

    while (kab_xml_reader_next(cml->reader, &scope, error)) {
        if (!kab_xml_reader_take_field(cml->reader, beside_field, 1, beside, &taken, error))
            return FALSE;
        if (!taken && stock->warehouse == NULL && kab_xml_reader_is(cml->reader, "Склад") &&
            !read_stock(cml, stock, error))
            return FALSE;
    }
    return !scope.failed;
}

static gboolean
read_rest(KabCommerceml *cml, gpointer data, GError **error)
{
    KabCommercemlOffer *offer = data;
    RawStock stock = {0};
    char *beside = NULL;

    if (!read_rest_parts(cml, &stock, &beside, error)) {
        clear_stock(&stock);
        g_free(beside);
        return FALSE;
    }
    if (stock.warehouse == NULL || *stock.warehouse == '\0') {
        clear_stock(&stock);
        if (beside != NULL)
            set_quantity(offer, beside);
        return TRUE;
    }
    if (stock.quantity == NULL)
        stock.quantity = g_steal_pointer(&beside);
    g_free(beside);
    add_stock(cml, offer, &stock);
    return TRUE;
}

gboolean
kab_commerceml_take_offer_part(KabCommerceml *cml, KabCommercemlOffer *offer, gboolean *taken,
                               GError **error)
{
    const char *name = kab_xml_reader_get_name(cml->reader);

    *taken = TRUE;
    if (strcmp(name, "Цены") == 0) {
        if (offer->prices == NULL) {
            offer->prices = g_array_new(FALSE, TRUE, sizeof(RawPrice));
            g_array_set_clear_func(offer->prices, clear_price);
        }
        return kab_commerceml_each(cml, "Цена", read_price, offer->prices, error);
    }
    if (strcmp(name, "Количество") == 0)
        return set_quantity(offer, kab_xml_reader_dup_text(cml->reader, error));
    if (strcmp(name, "Остатки") == 0)
        return kab_commerceml_each(cml, "Остаток", read_rest, offer, error);
    if (strcmp(name, "Склад") == 0)
        return read_warehouse_stock(cml, offer, error);
    if (strcmp(name, "Склады") == 0) {
        g_autofree char *warehouse = kab_xml_reader_dup_attribute(cml->reader, "ИдСклада");

        return warehouse != NULL
                   ? read_warehouse_stock(cml, offer, error)
                   : kab_commerceml_each(cml, "Склад", read_warehouse_stock, offer, error);
    }
    *taken = FALSE;
    return TRUE;
}

static char *
show_id(const KabCommercemlOffer *offer)
{
    return g_strconcat(offer->id, offer->characteristic != NULL ? "#" : "", offer->characteristic,
                       NULL);
}

/* A price without a currency has that of its type. */
static gboolean
find_currency(KabCommerceml *cml, const RawPrice *price, KabCommercemlMeaning *currency,
              GError **error)
{
    kab_commerceml_resolve_currency(cml, price->currency, currency);
    return (price->currency != NULL && *price->currency != '\0') ||
           kab_intake_find_currency(cml->intake, price->type, &currency->value, &currency->word,
                                    error);
}

static gboolean
parse_factor(const RawPrice *price, KabQuantity *factor, GError **error)
{
    *factor = (KabQuantity){KAB_QUANTITY_ONE};
    if (price->factor == NULL || *price->factor == '\0')
        return TRUE;
    if (!kab_quantity_parse(price->factor, factor, error))
        return FALSE;
    if (factor->milli <= 0)
        factor->milli = KAB_QUANTITY_ONE;
    return TRUE;
}

/* МинКоличество is counted in the unit of the price. One of it, and less, is what everybody takes:
 * that price is for any quantity. */
static gboolean
parse_least(const RawPrice *price, KabQuantity factor, KabQuantity *least, GError **error)
{
    *least = (KabQuantity){0};
    if (price->least == NULL || *price->least == '\0')
        return TRUE;
    if (!kab_quantity_parse(price->least, least, error))
        return FALSE;
    if (least->milli < 0 || least->milli > KAB_QUANTITY_MAX) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_RANGE, _("“%s” is no quantity that can be ordered"),
                    price->least);
        return FALSE;
    }
    if (least->milli <= KAB_QUANTITY_ONE)
        least->milli = 0;
    return kab_decimal_muldiv(least->milli, factor.milli, KAB_QUANTITY_ONE, &least->milli, error);
}

/* A price for a package becomes the price of the unit that is ordered by. */
static gboolean
parse_price(const RawPrice *price, const char *currency, KabMoney *out, KabQuantity *least,
            GError **error)
{
    KabQuantity factor;

    return kab_money_parse(price->value, currency, out, error) &&
           parse_factor(price, &factor, error) && parse_least(price, factor, least, error) &&
           (factor.milli == KAB_QUANTITY_ONE ||
            kab_decimal_muldiv(out->minor, KAB_QUANTITY_ONE, factor.milli, &out->minor, error));
}

static gboolean
store_price(KabCommerceml *cml, const KabCommercemlOffer *offer, KabIntakeOpenOffer *open,
            RawPrice *price, GError **error)
{
    g_autofree char *what = show_id(offer);
    g_autoptr(GError) odd = NULL;
    g_auto(KabCommercemlMeaning) currency = {0};
    KabMoney money;
    KabQuantity least;

    kab_intake_normalise_id(price->type);
    if (price->type == NULL || *price->type == '\0') {
        kab_commerceml_warn(cml, _("Offer %s: a price has no <ИдТипаЦены>; it is passed over"),
                            what);
        return TRUE;
    }
    if (!find_currency(cml, price, &currency, error))
        return FALSE;
    if (currency.value == NULL) {
        kab_commerceml_warn(
            cml,
            currency.word != NULL
                ? _("Offer %s: the currency “%s” is not known; the price waits until it is")
                : _("Offer %s: the currency “%s” is not known; the price is passed over"),
            what, price->currency != NULL ? price->currency : "");
        if (currency.word == NULL)
            return TRUE;
        currency.value = g_strdup("");
    }
    if (price->value == NULL || !parse_price(price, currency.value, &money, &least, &odd)) {
        kab_commerceml_warn(cml, _("Offer %s: a price is passed over: %s"), what,
                            odd != NULL ? odd->message : _("it has no <ЦенаЗаЕдиницу>"));
        return TRUE;
    }
    return kab_intake_put_price(
        cml->intake, open, &(KabIntakePrice){price->type, money, least, price->unit, currency.word},
        error);
}

/* A price of one base unit is truer than one that has to be divided. */
static gboolean
is_plain(const RawPrice *price)
{
    return price->factor == NULL || *price->factor == '\0' || strcmp(price->factor, "1") == 0;
}

static gboolean
store_prices(KabCommerceml *cml, const KabCommercemlOffer *offer, KabIntakeOpenOffer *open,
             GError **error)
{
    for (int round = 0; round < 2; round++)
        for (guint i = 0; i < offer->prices->len; i++) {
            RawPrice *price = &g_array_index(offer->prices, RawPrice, i);

            if (is_plain(price) == (round == 0) && !store_price(cml, offer, open, price, error))
                return FALSE;
        }
    return TRUE;
}

static gboolean
store_stock(KabCommerceml *cml, const KabCommercemlOffer *offer, KabIntakeOpenOffer *open,
            const char *warehouse, const char *text, GError **error)
{
    g_autoptr(GError) odd = NULL;
    KabQuantity quantity;

    if (*text == '\0')
        return TRUE;
    if (!kab_quantity_parse(text, &quantity, &odd)) {
        g_autofree char *what = show_id(offer);

        kab_commerceml_warn(cml, _("Offer %s: a quantity is passed over: %s"), what, odd->message);
        return TRUE;
    }
    return kab_intake_put_stock(cml->intake, open, warehouse, quantity, error);
}

static gboolean
store_all_stock(KabCommerceml *cml, const KabCommercemlOffer *offer, KabIntakeOpenOffer *open,
                GError **error)
{
    for (guint i = 0; offer->stock != NULL && i < offer->stock->len; i++) {
        RawStock *stock = &g_array_index(offer->stock, RawStock, i);
        const char *warehouse = kab_intake_normalise_id(stock->warehouse);

        if (warehouse != NULL && *warehouse == '\0')
            warehouse = NULL;
        if (!store_stock(cml, offer, open, warehouse, stock->quantity, error))
            return FALSE;
    }
    return offer->quantity == NULL || store_stock(cml, offer, open, NULL, offer->quantity, error);
}

gboolean
kab_commerceml_store_offer(KabCommerceml *cml, const KabCommercemlOffer *raw,
                           const KabIntakeOffer *offer, gboolean full, GError **error)
{
    KabIntakeOpenOffer open;

    if (!kab_intake_open_offer(cml->intake, offer, &open, error))
        return FALSE;
    open.full_prices |= full && raw->prices != NULL;
    return (raw->prices == NULL || store_prices(cml, raw, &open, error)) &&
           store_all_stock(cml, raw, &open, error) &&
           kab_intake_close_offer(cml->intake, &open, error);
}

static gboolean
read_offer_fields(KabCommerceml *cml, KabCommercemlOffer *offer, GError **error)
{
    static const KabXmlField fields[] = {
        {"Ид", G_STRUCT_OFFSET(KabCommercemlOffer, id)},
        {"ИдХарактеристики", G_STRUCT_OFFSET(KabCommercemlOffer, characteristic)},
        {"Наименование", G_STRUCT_OFFSET(KabCommercemlOffer, name)},
        {"Артикул", G_STRUCT_OFFSET(KabCommercemlOffer, article)},
        {"Штрихкод", G_STRUCT_OFFSET(KabCommercemlOffer, barcode)},
        {"ПометкаУдаления", G_STRUCT_OFFSET(KabCommercemlOffer, mark)},
    };
    KabXmlScope scope = kab_xml_reader_enter(cml->reader);

    while (kab_xml_reader_next(cml->reader, &scope, error)) {
        gboolean taken;

        if (!kab_xml_reader_take_field(cml->reader, fields, G_N_ELEMENTS(fields), offer, &taken,
                                       error))
            return FALSE;
        if (!taken && !kab_commerceml_take_offer_part(cml, offer, &taken, error))
            return FALSE;
        if (taken)
            continue;
        if (kab_xml_reader_is(cml->reader, "БазоваяЕдиница")) {
            if (!kab_commerceml_read_unit(cml, &offer->unit, error))
                return FALSE;
        } else if (kab_xml_reader_is(cml->reader, "ХарактеристикиТовара") ||
                   kab_xml_reader_is(cml->reader, "ЗначенияСвойств")) {
            if (!kab_commerceml_read_values(cml, &offer->values, error))
                return FALSE;
        }
    }
    return !scope.failed;
}

/* An offer that is described anew is there again; one that only gets a price is what it was. */
static int
find_deleted(const KabCommercemlOffer *offer)
{
    if (offer->status != NULL || offer->mark != NULL || offer->name != NULL)
        return kab_commerceml_is_deleted(offer->status, offer->mark);
    return -1;
}

static gboolean
read_offer(KabCommerceml *cml, gpointer data, GError **error)
{
    const gboolean *full = data;
    g_auto(KabCommercemlOffer) raw = {0};
    g_autofree char *characteristic = NULL;
    g_autofree char *product = NULL;
    g_auto(KabCommercemlMeaning) unit = {0};
    KabIntakeOffer offer;

    raw.status = kab_xml_reader_dup_attribute(cml->reader, "Статус");
    if (!read_offer_fields(cml, &raw, error))
        return FALSE;
    product = kab_commerceml_split_id(raw.id, raw.characteristic, &characteristic);
    if (*product == '\0') {
        kab_commerceml_warn(cml, _("<Предложение> “%s” has no <Ид>; it is passed over"),
                            raw.name != NULL ? raw.name : "");
        return TRUE;
    }
    if (!kab_commerceml_resolve_unit(cml, &raw.unit, raw.id, &unit, error))
        return FALSE;
    offer = (KabIntakeOffer){.product = product,
                             .characteristic = characteristic,
                             .name = raw.name != NULL && *raw.name != '\0' ? raw.name : NULL,
                             .article = raw.article,
                             .barcode = raw.barcode,
                             .unit = unit.value,
                             .unit_word = unit.word,
                             .values = raw.values,
                             .deleted = find_deleted(&raw),
                             .listed = TRUE};
    return kab_commerceml_store_offer(cml, &raw, &offer, *full, error);
}

static gboolean
read_package_part(KabCommerceml *cml, gpointer data, GError **error)
{
    gboolean taken;

    if (kab_xml_reader_is(cml->reader, "Предложения"))
        return kab_commerceml_each(cml, "Предложение", read_offer, data, error);
    return kab_commerceml_read_classifier_part(cml, &taken, error);
}

gboolean
kab_commerceml_read_package(KabCommerceml *cml, GError **error)
{
    g_autofree char *changes = kab_xml_reader_dup_attribute(cml->reader, "СодержитТолькоИзменения");
    gboolean full =
        kab_xml_reader_is(cml->reader, "ПакетПредложений") && kab_commerceml_is_false(changes);

    return kab_commerceml_each(cml, NULL, read_package_part, &full, error);
}
