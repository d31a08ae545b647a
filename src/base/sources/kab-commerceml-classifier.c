/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-commerceml-parse.h"

#include <glib/gi18n-lib.h>

/* What every entry of a classifier has. */
typedef struct {
    char *id;
    char *name;
    char *status;
    char *mark;
    char *kind; /* ТипЗначений, Валюта, Код */
    char *more; /* address, full name, УчтеноВСумме */
} Entry;

static void
entry_clear(Entry *entry)
{
    g_free(entry->id);
    g_free(entry->name);
    g_free(entry->status);
    g_free(entry->mark);
    g_free(entry->kind);
    g_free(entry->more);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Entry, entry_clear)

static const KabXmlField entry_fields[] = {
    {"Ид", G_STRUCT_OFFSET(Entry, id)},
    {"Наименование", G_STRUCT_OFFSET(Entry, name)},
    {"ПометкаУдаления", G_STRUCT_OFFSET(Entry, mark)},
};

static gboolean
take_entry_field(KabCommerceml *cml, Entry *entry, gboolean *taken, GError **error)
{
    return kab_xml_reader_take_field(cml->reader, entry_fields, G_N_ELEMENTS(entry_fields), entry,
                                     taken, error);
}

/* Whether the entry can be stored; without an id there is nothing to know it by. */
static gboolean
finish_entry(KabCommerceml *cml, Entry *entry, const char *element)
{
    kab_intake_normalise_id(entry->id);
    if (entry->id != NULL && *entry->id != '\0')
        return TRUE;
    kab_commerceml_warn(cml, _("<%s> “%s” has no <Ид>; it is passed over"), element,
                        entry->name != NULL ? entry->name : "");
    return FALSE;
}

/* The groups around a group, from the inside to the outside. */
typedef struct Ancestors {
    const struct Ancestors *outer;
    const char *id;
} Ancestors;

static gboolean
is_among(const Ancestors *ancestors, const char *id)
{
    for (; ancestors != NULL; ancestors = ancestors->outer)
        if (g_strcmp0(ancestors->id, id) == 0)
            return TRUE;
    return FALSE;
}

static gboolean read_group(KabCommerceml *cml, gpointer data, GError **error);

static gboolean
read_subgroups(KabCommerceml *cml, const Ancestors *outer, char *id, GError **error)
{
    Ancestors ancestors = {outer, kab_intake_normalise_id(id)};

    return kab_commerceml_each(cml, "Группа", read_group,
                               id != NULL && *id != '\0' ? &ancestors : (gpointer)outer, error);
}

/* A group is stored after those within it, and the first description of each counts: as no group is
 * stored inside itself, they can never form a circle. */
static gboolean
read_group(KabCommerceml *cml, gpointer data, GError **error)
{
    const Ancestors *outer = data;
    g_auto(Entry) entry = {.status = kab_xml_reader_dup_attribute(cml->reader, "Статус")};
    KabXmlScope scope = kab_xml_reader_enter(cml->reader);
    KabIntakeGroup group;

    while (kab_xml_reader_next(cml->reader, &scope, error)) {
        gboolean taken;

        if (!take_entry_field(cml, &entry, &taken, error))
            return FALSE;
        if (!taken && kab_xml_reader_is(cml->reader, "Группы") &&
            !read_subgroups(cml, outer, entry.id, error))
            return FALSE;
    }
    if (scope.failed)
        return FALSE;
    if (!finish_entry(cml, &entry, "Группа"))
        return TRUE;
    if (is_among(outer, entry.id)) {
        kab_commerceml_warn(cml, _("Group %s lies within itself; the inner one is passed over"),
                            entry.id);
        return TRUE;
    }
    group = (KabIntakeGroup){.source_id = entry.id,
                             .parent = outer != NULL ? outer->id : NULL,
                             .name = entry.name,
                             .deleted = kab_commerceml_is_deleted(entry.status, entry.mark)};
    return kab_intake_put_group(cml->intake, &group, error);
}

typedef struct {
    char *id;
    char *text;
} Variant;

static gboolean
read_variant(KabCommerceml *cml, gpointer data, GError **error)
{
    static const KabXmlField fields[] = {{"ИдЗначения", G_STRUCT_OFFSET(Variant, id)},
                                         {"Ид", G_STRUCT_OFFSET(Variant, id)},
                                         {"Значение", G_STRUCT_OFFSET(Variant, text)}};
    const Entry *property = data;
    Variant variant = {0};
    KabXmlScope scope = kab_xml_reader_enter(cml->reader);
    gboolean ok = TRUE;
    gboolean taken;

    while (ok && kab_xml_reader_next(cml->reader, &scope, error))
        ok = kab_xml_reader_take_field(cml->reader, fields, G_N_ELEMENTS(fields), &variant, &taken,
                                       error);
    ok = ok && !scope.failed;
    kab_intake_normalise_id(variant.id);
    if (ok && variant.id != NULL && *variant.id != '\0' && variant.text != NULL)
        ok = kab_intake_put_variant(cml->intake, property->id, variant.id, variant.text, error);
    g_free(variant.id);
    g_free(variant.text);
    return ok;
}

static gboolean
read_property(KabCommerceml *cml, G_GNUC_UNUSED gpointer data, GError **error)
{
    static const KabXmlField type_field[] = {{"ТипЗначений", G_STRUCT_OFFSET(Entry, kind)}};
    g_auto(Entry) entry = {.status = kab_xml_reader_dup_attribute(cml->reader, "Статус")};
    KabXmlScope scope = kab_xml_reader_enter(cml->reader);
    KabIntakeProperty property;

    while (kab_xml_reader_next(cml->reader, &scope, error)) {
        gboolean taken;

        if (!take_entry_field(cml, &entry, &taken, error))
            return FALSE;
        if (!taken && !kab_xml_reader_take_field(cml->reader, type_field, 1, &entry, &taken, error))
            return FALSE;
        if (taken || !kab_xml_reader_is(cml->reader, "ВариантыЗначений"))
            continue;
        /* There may be very many: each is stored as it comes. */
        kab_intake_normalise_id(entry.id);
        if (entry.id != NULL && *entry.id != '\0' &&
            !kab_commerceml_each(cml, NULL, read_variant, &entry, error))
            return FALSE;
    }
    if (scope.failed)
        return FALSE;
    if (!finish_entry(cml, &entry, "Свойство"))
        return TRUE;
    property = (KabIntakeProperty){.source_id = entry.id,
                                   .name = entry.name,
                                   .value_type = entry.kind,
                                   .deleted = kab_commerceml_is_deleted(entry.status, entry.mark)};
    return kab_intake_put_property(cml->intake, &property, error);
}

static gboolean
read_tax(KabCommerceml *cml, gpointer data, GError **error)
{
    static const KabXmlField fields[] = {{"УчтеноВСумме", G_STRUCT_OFFSET(Entry, more)}};
    gboolean taken;

    return kab_xml_reader_take_field(cml->reader, fields, 1, data, &taken, error);
}

/* The currency of a price type that is not known is none, until somebody says what it means. */
static void
resolve_currency(KabCommerceml *cml, const Entry *entry, KabCommercemlMeaning *currency)
{
    kab_commerceml_resolve_currency(cml, entry->kind, currency);
    if (entry->kind == NULL || *entry->kind == '\0' || currency->value != NULL)
        return;
    kab_commerceml_warn(cml, _("Price type %s: the currency “%s” is not known; it is left out"),
                        entry->id, entry->kind);
    if (currency->word != NULL)
        currency->value = g_strdup("");
}

static gboolean
read_price_type(KabCommerceml *cml, G_GNUC_UNUSED gpointer data, GError **error)
{
    static const KabXmlField currency_field[] = {{"Валюта", G_STRUCT_OFFSET(Entry, kind)}};
    g_auto(Entry) entry = {.status = kab_xml_reader_dup_attribute(cml->reader, "Статус")};
    KabXmlScope scope = kab_xml_reader_enter(cml->reader);
    g_auto(KabCommercemlMeaning) currency = {0};
    KabIntakePriceType type;

    while (kab_xml_reader_next(cml->reader, &scope, error)) {
        gboolean taken;

        if (!take_entry_field(cml, &entry, &taken, error))
            return FALSE;
        if (!taken &&
            !kab_xml_reader_take_field(cml->reader, currency_field, 1, &entry, &taken, error))
            return FALSE;
        if (!taken && kab_xml_reader_is(cml->reader, "Налог") &&
            !kab_commerceml_each(cml, NULL, read_tax, &entry, error))
            return FALSE;
    }
    if (scope.failed)
        return FALSE;
    if (!finish_entry(cml, &entry, "ТипЦены"))
        return TRUE;
    resolve_currency(cml, &entry, &currency);
    type = (KabIntakePriceType){.source_id = entry.id,
                                .name = entry.name,
                                .currency = currency.value,
                                .currency_word = currency.word,
                                .vat_included = kab_commerceml_is_true(entry.more)    ? 1
                                                : kab_commerceml_is_false(entry.more) ? 0
                                                                                      : -1,
                                .deleted = kab_commerceml_is_deleted(entry.status, entry.mark)};
    return kab_intake_put_price_type(cml->intake, &type, error);
}

static gboolean
read_warehouse(KabCommerceml *cml, G_GNUC_UNUSED gpointer data, GError **error)
{
    g_auto(Entry) entry = {.status = kab_xml_reader_dup_attribute(cml->reader, "Статус")};
    KabXmlScope scope = kab_xml_reader_enter(cml->reader);
    KabIntakeWarehouse warehouse;

    while (kab_xml_reader_next(cml->reader, &scope, error)) {
        gboolean taken;

        if (!take_entry_field(cml, &entry, &taken, error))
            return FALSE;
        if (taken || !kab_xml_reader_is(cml->reader, "Адрес") || entry.more != NULL)
            continue;
        entry.more = kab_commerceml_dup_address(cml, error);
        if (entry.more == NULL)
            return FALSE;
    }
    if (scope.failed)
        return FALSE;
    if (!finish_entry(cml, &entry, "Склад"))
        return TRUE;
    warehouse =
        (KabIntakeWarehouse){.source_id = entry.id,
                             .name = entry.name,
                             .address = entry.more,
                             .deleted = kab_commerceml_is_deleted(entry.status, entry.mark)};
    return kab_intake_put_warehouse(cml->intake, &warehouse, error);
}

typedef struct {
    char *id;
    char *code;
    char *name;
    char *full_name;
    char *mark;
} Unit;

static void
unit_clear(Unit *unit)
{
    g_free(unit->id);
    g_free(unit->code);
    g_free(unit->name);
    g_free(unit->full_name);
    g_free(unit->mark);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Unit, unit_clear)

static gboolean
read_unit(KabCommerceml *cml, G_GNUC_UNUSED gpointer data, GError **error)
{
    static const KabXmlField fields[] = {
        {"Ид", G_STRUCT_OFFSET(Unit, id)},
        {"Код", G_STRUCT_OFFSET(Unit, code)},
        {"НаименованиеКраткое", G_STRUCT_OFFSET(Unit, name)},
        {"НаименованиеПолное", G_STRUCT_OFFSET(Unit, full_name)},
        {"ПометкаУдаления", G_STRUCT_OFFSET(Unit, mark)},
    };
    g_auto(Unit) unit = {0};
    KabXmlScope scope = kab_xml_reader_enter(cml->reader);
    const char *key;
    gboolean taken;

    while (kab_xml_reader_next(cml->reader, &scope, error))
        if (!kab_xml_reader_take_field(cml->reader, fields, G_N_ELEMENTS(fields), &unit, &taken,
                                       error))
            return FALSE;
    if (scope.failed)
        return FALSE;
    kab_intake_normalise_id(unit.id);
    key = unit.id != NULL && *unit.id != '\0' ? unit.id : unit.code;
    if (key == NULL || *key == '\0')
        return TRUE;
    return kab_intake_put_unit(cml->intake,
                               &(KabIntakeUnit){.source_id = key,
                                                .code = unit.code,
                                                .name = unit.name,
                                                .full_name = unit.full_name,
                                                .deleted = kab_commerceml_is_true(unit.mark)},
                               error);
}

gboolean
kab_commerceml_read_classifier_part(KabCommerceml *cml, gboolean *taken, GError **error)
{
    static const struct {
        const char *list;
        const char *element; /* NULL: whatever it is called */
        KabCommercemlFunc func;
    } parts[] = {
        {"Группы", "Группа", read_group},
        /* СвойствоНоменклатуры in the oldest files. */
        {"Свойства", NULL, read_property},
        {"ТипыЦен", "ТипЦены", read_price_type},
        {"Склады", "Склад", read_warehouse},
        {"ЕдиницыИзмерения", "ЕдиницаИзмерения", read_unit},
    };

    *taken = FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
        if (!kab_xml_reader_is(cml->reader, parts[i].list))
            continue;
        *taken = TRUE;
        return kab_commerceml_each(cml, parts[i].element, parts[i].func, NULL, error);
    }
    return TRUE;
}

static gboolean
read_part(KabCommerceml *cml, G_GNUC_UNUSED gpointer data, GError **error)
{
    gboolean taken;

    return kab_commerceml_read_classifier_part(cml, &taken, error);
}

gboolean
kab_commerceml_read_classifier(KabCommerceml *cml, GError **error)
{
    return kab_commerceml_each(cml, NULL, read_part, NULL, error);
}
