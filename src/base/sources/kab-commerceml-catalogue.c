/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-commerceml-parse.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A product, with what it says of itself as an offer. */
typedef struct {
    KabCommercemlOffer offer;
    char *group; /* (nullable): the first of its groups */
    char *code;
    char *full_name;
    char *description;
    char *manufacturer;
    char *category; /* ВидНоменклатуры */
    char *type;     /* ТипНоменклатуры */
    char *rate;
    char *step;              /* (nullable): Кратность */
    gboolean has_requisites; /* there is a list of requisites */
    GPtrArray *values;       /* (nullable) */
    GPtrArray *images;       /* (nullable) */
} Product;

static void
product_clear(Product *product)
{
    kab_commerceml_offer_clear(&product->offer);
    g_free(product->group);
    g_free(product->code);
    g_free(product->full_name);
    g_free(product->description);
    g_free(product->manufacturer);
    g_free(product->category);
    g_free(product->type);
    g_free(product->rate);
    g_free(product->step);
    g_clear_pointer(&product->values, g_ptr_array_unref);
    g_clear_pointer(&product->images, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Product, product_clear)

/* A pair of a name and a value: a tax, a requisite. */
typedef struct {
    char *name;
    char *value;
} Pair;

static void
pair_clear(Pair *pair)
{
    g_free(pair->name);
    g_free(pair->value);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Pair, pair_clear)

typedef struct {
    char *id; /* (nullable) */
    gboolean full;
    gboolean has_products;
} Catalogue;

static gboolean
read_pair(KabCommerceml *cml, const char *value_name, Pair *pair, GError **error)
{
    const KabXmlField fields[] = {{"Наименование", G_STRUCT_OFFSET(Pair, name)},
                                  {value_name, G_STRUCT_OFFSET(Pair, value)}};
    KabXmlScope scope = kab_xml_reader_enter(cml->reader);
    gboolean taken;

    while (kab_xml_reader_next(cml->reader, &scope, error))
        if (!kab_xml_reader_take_field(cml->reader, fields, G_N_ELEMENTS(fields), pair, &taken,
                                       error))
            return FALSE;
    return !scope.failed;
}

static gboolean
read_rate(KabCommerceml *cml, gpointer data, GError **error)
{
    Product *product = data;
    g_auto(Pair) pair = {0};

    if (!read_pair(cml, "Ставка", &pair, error))
        return FALSE;
    if (product->rate == NULL &&
        (pair.name == NULL || *pair.name == '\0' || strstr(pair.name, "НДС") != NULL))
        product->rate = g_steal_pointer(&pair.value);
    return TRUE;
}

static gboolean
read_requisite(KabCommerceml *cml, gpointer data, GError **error)
{
    Product *product = data;
    const struct {
        const char *name;
        char **slot;
    } known[] = {
        {"ВидНоменклатуры", &product->category},
        {"ТипНоменклатуры", &product->type},
        {"Полное наименование", &product->full_name},
        {"Код", &product->code},
        {"Кратность", &product->step},
    };
    g_auto(Pair) pair = {0};

    if (!read_pair(cml, "Значение", &pair, error))
        return FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS(known); i++)
        if (g_strcmp0(pair.name, known[i].name) == 0 && *known[i].slot == NULL)
            *known[i].slot = g_steal_pointer(&pair.value);
    return TRUE;
}

static gboolean
read_group_id(KabCommerceml *cml, gpointer data, GError **error)
{
    static const KabXmlField fields[] = {{"Ид", G_STRUCT_OFFSET(Product, group)}};
    gboolean taken;

    return kab_xml_reader_take_field(cml->reader, fields, 1, data, &taken, error);
}

static gboolean
read_manufacturer(KabCommerceml *cml, gpointer data, GError **error)
{
    static const KabXmlField fields[] = {{"Наименование", G_STRUCT_OFFSET(Product, manufacturer)}};
    gboolean taken;

    return kab_xml_reader_take_field(cml->reader, fields, 1, data, &taken, error);
}

static gboolean
read_image(KabCommerceml *cml, gpointer data, GError **error)
{
    Product *product = data;
    char *path;

    if (product->images == NULL)
        product->images = g_ptr_array_new_with_free_func(g_free);
    if (!kab_commerceml_has_room(cml, product->images->len))
        return TRUE;
    path = kab_xml_reader_dup_text(cml->reader, error);
    if (path != NULL && *path != '\0')
        g_ptr_array_add(product->images, path);
    else
        g_free(path);
    return path != NULL;
}

static gboolean
read_list(KabCommerceml *cml, Product *product, GError **error)
{
    static const struct {
        const char *list;
        const char *element;
        KabCommercemlFunc func;
    } lists[] = {
        {"Группы", "Ид", read_group_id},
        {"СтавкиНалогов", "СтавкаНалога", read_rate},
        {"ЗначенияРеквизитов", "ЗначениеРеквизита", read_requisite},
        {"Изготовитель", NULL, read_manufacturer},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(lists); i++) {
        if (!kab_xml_reader_is(cml->reader, lists[i].list))
            continue;
        /* An empty list of groups takes the product out of its group. */
        if (i == 0 && product->group == NULL)
            product->group = g_strdup("");
        product->has_requisites |= lists[i].func == read_requisite;
        return kab_commerceml_each(cml, lists[i].element, lists[i].func, product, error);
    }
    if (kab_xml_reader_is(cml->reader, "Картинка"))
        return read_image(cml, product, error);
    if (kab_xml_reader_is(cml->reader, "ЗначенияСвойств"))
        return kab_commerceml_read_values(cml, &product->values, error);
    if (kab_xml_reader_is(cml->reader, "ХарактеристикиТовара"))
        return kab_commerceml_read_values(cml, &product->offer.values, error);
    if (kab_xml_reader_is(cml->reader, "БазоваяЕдиница"))
        return kab_commerceml_read_unit(cml, &product->offer.unit, error);
    return TRUE;
}

static gboolean
read_product_fields(KabCommerceml *cml, Product *product, GError **error)
{
    static const KabXmlField fields[] = {
        {"Ид", G_STRUCT_OFFSET(Product, offer.id)},
        {"ИдХарактеристики", G_STRUCT_OFFSET(Product, offer.characteristic)},
        {"Наименование", G_STRUCT_OFFSET(Product, offer.name)},
        {"Артикул", G_STRUCT_OFFSET(Product, offer.article)},
        {"Штрихкод", G_STRUCT_OFFSET(Product, offer.barcode)},
        {"ПометкаУдаления", G_STRUCT_OFFSET(Product, offer.mark)},
        {"Код", G_STRUCT_OFFSET(Product, code)},
        {"ПолноеНаименование", G_STRUCT_OFFSET(Product, full_name)},
        {"Описание", G_STRUCT_OFFSET(Product, description)},
    };
    KabXmlScope scope = kab_xml_reader_enter(cml->reader);

    while (kab_xml_reader_next(cml->reader, &scope, error)) {
        gboolean taken;

        if (!kab_xml_reader_take_field(cml->reader, fields, G_N_ELEMENTS(fields), product, &taken,
                                       error))
            return FALSE;
        if (!taken && !kab_commerceml_take_offer_part(cml, &product->offer, &taken, error))
            return FALSE;
        if (!taken && !read_list(cml, product, error))
            return FALSE;
    }
    return !scope.failed;
}

static const char *
find_kind(const Product *product)
{
    const char *type =
        product->type != NULL && *product->type != '\0' ? product->type : product->category;

    if (type == NULL || *type == '\0')
        return NULL;
    return strcmp(type, "Услуга") == 0 || strcmp(type, "Работа") == 0 ? "Услуга" : "Товар";
}

/* CommerceML has no element for it: a requisite, if people made one, says in what multiples a
 * product is sold. Requisites without it say that there is none. */
static gint64
find_step(KabCommerceml *cml, const Product *product)
{
    KabQuantity step = {0};

    if (!product->has_requisites)
        return -1;
    if (product->step == NULL || *product->step == '\0')
        return 0;
    if (kab_quantity_parse(product->step, &step, NULL) && step.milli >= 0 &&
        step.milli <= KAB_QUANTITY_MAX)
        return step.milli;
    kab_commerceml_warn(cml,
                        _("%s: the requisite Кратность, “%s”, is no quantity that can be "
                          "ordered; it is passed over"),
                        product->offer.id, product->step);
    return 0;
}

/* What a product says of itself as an offer: the characteristic that its id names, or prices and
 * stock, which some programs write among the goods. */
static gboolean
store_offer(KabCommerceml *cml, const Product *product, const char *id, const char *characteristic,
            const KabCommercemlMeaning *unit, GError **error)
{
    const KabCommercemlOffer *raw = &product->offer;
    gboolean of_characteristic = *characteristic != '\0';
    KabIntakeOffer offer = {.product = id, .characteristic = characteristic, .deleted = -1};

    if (!of_characteristic && raw->prices == NULL && raw->stock == NULL && raw->quantity == NULL)
        return TRUE;
    if (of_characteristic) {
        offer.name = raw->name;
        offer.article = raw->article;
        offer.barcode = raw->barcode;
        offer.unit = unit->value;
        offer.unit_word = unit->word;
        offer.values = raw->values;
        offer.deleted = kab_commerceml_is_deleted(raw->status, raw->mark);
    }
    return kab_commerceml_store_offer(cml, raw, &offer, FALSE, error);
}

static gboolean
store_product(KabCommerceml *cml, Product *product, const Catalogue *catalogue, GError **error)
{
    KabCommercemlOffer *raw = &product->offer;
    gboolean deleted = kab_commerceml_is_deleted(raw->status, raw->mark);
    g_autofree char *characteristic = NULL;
    g_autofree char *id = kab_commerceml_split_id(raw->id, raw->characteristic, &characteristic);
    gboolean whole = *characteristic == '\0';
    g_auto(KabCommercemlMeaning) unit = {0};
    g_auto(KabCommercemlMeaning) vat = {0};
    KabIntakeProduct row;

    if (*id == '\0') {
        kab_commerceml_warn(cml, _("<Товар> “%s” has no <Ид>; it is passed over"),
                            raw->name != NULL ? raw->name : "");
        return TRUE;
    }
    kab_intake_normalise_id(raw->id);
    if (!kab_intake_count_product(cml->intake, raw->id, deleted, error) ||
        !kab_commerceml_resolve_unit(cml, &raw->unit, raw->id, &unit, error))
        return FALSE;
    kab_commerceml_resolve_vat(cml, product->rate, raw->id, &vat);
    row = (KabIntakeProduct){.source_id = id,
                             .catalogue = catalogue->id != NULL ? catalogue->id : "",
                             .group = kab_intake_normalise_id(product->group),
                             .code = product->code,
                             /* Those of a characteristic are not the product's. */
                             .article = whole ? raw->article : NULL,
                             .barcode = whole ? raw->barcode : NULL,
                             .name = raw->name,
                             .full_name = product->full_name,
                             .description = product->description,
                             .manufacturer = product->manufacturer,
                             .category = product->category,
                             .kind = find_kind(product),
                             .unit = unit.value,
                             .unit_code = unit.code,
                             .unit_word = unit.word,
                             .vat = vat.value,
                             .vat_word = vat.word,
                             .step = find_step(cml, product),
                             .values = product->values,
                             .images = product->images,
                             .deleted = whole && deleted};
    return kab_intake_put_product(cml->intake, &row, error) &&
           store_offer(cml, product, id, characteristic, &unit, error);
}

static gboolean
read_product(KabCommerceml *cml, gpointer data, GError **error)
{
    const Catalogue *catalogue = data;
    g_auto(Product) product = {0};

    product.offer.status = kab_xml_reader_dup_attribute(cml->reader, "Статус");
    return read_product_fields(cml, &product, error) &&
           store_product(cml, &product, catalogue, error);
}

static gboolean
read_catalogue_part(KabCommerceml *cml, gpointer data, GError **error)
{
    static const KabXmlField fields[] = {{"Ид", G_STRUCT_OFFSET(Catalogue, id)}};
    Catalogue *catalogue = data;
    gboolean taken;

    if (!kab_xml_reader_take_field(cml->reader, fields, 1, catalogue, &taken, error))
        return FALSE;
    if (taken)
        return TRUE;
    if (!kab_xml_reader_is(cml->reader, "Товары"))
        return kab_commerceml_read_classifier_part(cml, &taken, error);
    catalogue->has_products = TRUE;
    kab_intake_normalise_id(catalogue->id);
    return kab_commerceml_each(cml, "Товар", read_product, catalogue, error);
}

gboolean
kab_commerceml_read_catalogue(KabCommerceml *cml, GError **error)
{
    g_autofree char *changes = kab_xml_reader_dup_attribute(cml->reader, "СодержитТолькоИзменения");
    Catalogue catalogue = {.full = kab_commerceml_is_false(changes)};
    gboolean ok = kab_commerceml_each(cml, NULL, read_catalogue_part, &catalogue, error);

    if (ok && catalogue.full && catalogue.has_products)
        ok = kab_intake_put_full_catalogue(cml->intake, catalogue.id != NULL ? catalogue.id : "",
                                           error);
    g_free(catalogue.id);
    return ok;
}
