/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-commerceml-parse.h"
#include "kab-unit.h"
#include "kab-vat.h"
#include "kab-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

gboolean
kab_commerceml_each(KabCommerceml *cml, const char *name, KabCommercemlFunc func, gpointer data,
                    GError **error)
{
    KabXmlScope scope = kab_xml_reader_enter(cml->reader);

    while (kab_xml_reader_next(cml->reader, &scope, error))
        if ((name == NULL || kab_xml_reader_is(cml->reader, name)) && !func(cml, data, error))
            return FALSE;
    return !scope.failed;
}

void
kab_commerceml_warn(KabCommerceml *cml, const char *format, ...)
{
    g_autofree char *text = NULL;
    va_list args;

    va_start(args, format);
    text = g_strdup_vprintf(format, args);
    va_end(args);
    kab_import_result_warn(cml->result, _("“%s”, line %d: %s"),
                           kab_xml_reader_get_label(cml->reader),
                           kab_xml_reader_get_line(cml->reader), text);
}

static gboolean
is_one_of(const char *text, const char *const *words)
{
    g_autofree char *lower = text != NULL ? g_utf8_strdown(text, -1) : NULL;

    return lower != NULL && g_strv_contains(words, g_strstrip(lower));
}

gboolean
kab_commerceml_is_true(const char *text)
{
    static const char *const words[] = {"true", "1", "да", "истина", NULL};

    return is_one_of(text, words);
}

gboolean
kab_commerceml_is_false(const char *text)
{
    static const char *const words[] = {"false", "0", "нет", "ложь", NULL};

    return is_one_of(text, words);
}

gboolean
kab_commerceml_is_deleted(const char *status, const char *mark)
{
    static const char *const words[] = {"удален", "удалён", NULL};

    return is_one_of(status, words) || kab_commerceml_is_true(mark);
}

gboolean
kab_commerceml_has_room(KabCommerceml *cml, guint length)
{
    if (length < KAB_COMMERCEML_LIST_MAX)
        return TRUE;
    kab_commerceml_warn(cml, _("<%s> is the %dth of its list; it is passed over"),
                        kab_xml_reader_get_name(cml->reader), KAB_COMMERCEML_LIST_MAX + 1);
    return FALSE;
}

char *
kab_commerceml_split_id(const char *id, const char *separate, char **characteristic)
{
    static const char *const nil = "00000000-0000-0000-0000-000000000000";
    const char *hash = id != NULL ? strchr(id, '#') : NULL;

    if (hash != NULL && hash[1] != '\0')
        *characteristic = kab_intake_normalise_id(g_strdup(hash + 1));
    else
        *characteristic = kab_intake_normalise_id(g_strdup(separate != NULL ? separate : ""));
    /* 1C's empty reference. */
    if (strcmp(*characteristic, nil) == 0)
        **characteristic = '\0';
    if (id == NULL)
        return g_strdup("");
    return kab_intake_normalise_id(hash != NULL ? g_strndup(id, (gsize)(hash - id)) : g_strdup(id));
}

gboolean
kab_commerceml_read_unit(KabCommerceml *cml, KabCommercemlUnit *unit, GError **error)
{
    if (unit->given)
        return TRUE;
    unit->given = TRUE;
    unit->code = kab_xml_reader_dup_attribute(cml->reader, "Код");
    unit->full_name = kab_xml_reader_dup_attribute(cml->reader, "НаименованиеПолное");
    unit->text = kab_xml_reader_dup_text(cml->reader, error);
    return unit->text != NULL;
}

void
kab_commerceml_meaning_clear(KabCommercemlMeaning *meaning)
{
    g_clear_pointer(&meaning->value, g_free);
    g_clear_pointer(&meaning->code, g_free);
    g_clear_pointer(&meaning->word, g_free);
}

/* What is remembered of a word that is not known; NULL if there is nothing to remember. */
static char *
dup_word(const char *text)
{
    g_autofree char *word = text != NULL ? g_strstrip(g_strdup(text)) : NULL;

    return word != NULL && *word != '\0' && g_utf8_strlen(word, -1) <= KAB_WORD_MAX
               ? g_steal_pointer(&word)
               : NULL;
}

static gboolean
is_code(const char *text)
{
    return *text != '\0' && strspn(text, "0123456789") == strlen(text);
}

/* What a unit is told by, where it has no name that people read. */
static const char *
get_key(const KabCommercemlUnit *unit)
{
    if (unit->code != NULL && *unit->code != '\0')
        return unit->code;
    return is_code(unit->text) || g_uuid_string_is_valid(unit->text) ? unit->text : NULL;
}

/* Since 3.1 the text is the id of a unit of the classifier; before, it is the unit's name, and may
 * be missing. */
static gboolean
find_unit_name(KabCommerceml *cml, const KabCommercemlUnit *unit, const char *key, char **name,
               GError **error)
{
    const KabUnit *known;

    *name = NULL;
    if (*unit->text != '\0' && !is_code(unit->text)) {
        if (!kab_intake_find_unit(cml->intake, unit->text, name, error))
            return FALSE;
        if (*name == NULL && !g_uuid_string_is_valid(unit->text))
            *name = g_strdup(unit->text);
    }
    if (*name == NULL && key != NULL && !kab_intake_find_unit(cml->intake, key, name, error))
        return FALSE;
    if (*name != NULL)
        return TRUE;
    known = kab_unit_find(key, unit->full_name);
    if (known != NULL)
        *name = g_strdup(known->name);
    else if (unit->full_name != NULL && *unit->full_name != '\0')
        *name = g_strdup(unit->full_name);
    return TRUE;
}

gboolean
kab_commerceml_resolve_unit(KabCommerceml *cml, const KabCommercemlUnit *unit, const char *what,
                            KabCommercemlMeaning *out, GError **error)
{
    const char *key;
    const KabUnit *meant = NULL;

    *out = (KabCommercemlMeaning){0};
    if (!unit->given)
        return TRUE;
    key = get_key(unit);
    if (!find_unit_name(cml, unit, key, &out->value, error))
        return FALSE;
    out->code = g_strdup(key != NULL && !g_uuid_string_is_valid(key) ? key : NULL);
    out->word = out->value != NULL ? g_strdup("") : dup_word(key);
    if (out->value != NULL) {
        /* The code of the unit that was there before is not this one's. */
        if (out->code == NULL)
            out->code = g_strdup("");
        return TRUE;
    }
    if (out->word != NULL)
        meant = kab_unit_find(kab_intake_find_meaning(cml->intake, "unit", out->word), NULL);
    if (meant == NULL) {
        kab_commerceml_warn(cml, _("%s: the unit “%s” is not known; it is left out"), what,
                            key != NULL ? key : "");
        out->value = out->word != NULL ? g_strdup("") : NULL;
        return TRUE;
    }
    out->value = g_strdup(meant->name);
    g_free(out->code);
    out->code = g_strdup(meant->code);
    return TRUE;
}

void
kab_commerceml_unit_clear(KabCommercemlUnit *unit)
{
    g_clear_pointer(&unit->code, g_free);
    g_clear_pointer(&unit->full_name, g_free);
    g_clear_pointer(&unit->text, g_free);
}

/* The rate that @rate is, in percent, or "none"; NULL if it is not known by itself. */
static char *
find_rate(const char *rate)
{
    static const char *const none[] = {"без ндс", "без налога", "none", NULL};
    g_autofree char *number = NULL;
    char *end;

    if (is_one_of(rate, none))
        return g_strdup("none");
    number = g_strdup(g_str_has_prefix(rate, "НДС") ? rate + strlen("НДС") : rate);
    end = strchr(number, '%');
    if (end != NULL)
        *end = '\0';
    g_strstrip(number);
    /* "20.00" */
    end = number + strcspn(number, ".,");
    if (*end != '\0' && strspn(end + 1, "0") == strlen(end + 1))
        *end = '\0';
    return g_strv_contains(kab_vat_list(), number) ? g_steal_pointer(&number) : NULL;
}

void
kab_commerceml_resolve_vat(KabCommerceml *cml, const char *rate, const char *what,
                           KabCommercemlMeaning *out)
{
    *out = (KabCommercemlMeaning){0};
    if (rate == NULL || *rate == '\0')
        return;
    out->value = find_rate(rate);
    out->word = out->value == NULL ? dup_word(rate) : NULL;
    if (out->word != NULL)
        out->value = g_strdup(kab_intake_find_meaning(cml->intake, "vat", out->word));
    if (out->value == NULL) {
        kab_commerceml_warn(cml, _("%s: the VAT rate “%s” is not known; it is kept as it is"), what,
                            rate);
        out->value = g_strdup(out->word != NULL ? out->word : rate);
    }
    if (out->word == NULL)
        out->word = g_strdup("");
}

void
kab_commerceml_resolve_currency(KabCommerceml *cml, const char *text, KabCommercemlMeaning *out)
{
    char code[KAB_CURRENCY_SIZE];

    *out = (KabCommercemlMeaning){0};
    if (text == NULL || *text == '\0')
        return;
    if (kab_currency_parse(text, code)) {
        out->value = g_strdup(code);
        out->word = g_strdup("");
        return;
    }
    out->word = dup_word(text);
    if (out->word != NULL)
        out->value = g_strdup(kab_intake_find_meaning(cml->intake, "currency", out->word));
}

typedef struct {
    GString *fields;
    char *line;
} Address;

static gboolean
read_address_part(KabCommerceml *cml, gpointer data, GError **error)
{
    static const KabXmlField value[] = {{"Значение", 0}};
    static const KabXmlField line[] = {{"Представление", G_STRUCT_OFFSET(Address, line)}};
    Address *address = data;
    KabXmlScope scope;
    g_autofree char *text = NULL;
    gboolean taken;

    if (!kab_xml_reader_take_field(cml->reader, line, 1, address, &taken, error))
        return FALSE;
    if (taken || !kab_xml_reader_is(cml->reader, "АдресноеПоле"))
        return TRUE;
    scope = kab_xml_reader_enter(cml->reader);
    while (kab_xml_reader_next(cml->reader, &scope, error))
        if (!kab_xml_reader_take_field(cml->reader, value, 1, &text, &taken, error))
            return FALSE;
    if (text != NULL && *text != '\0' && address->fields->len < KAB_XML_TEXT_MAX)
        g_string_append_printf(address->fields, "%s%s", address->fields->len > 0 ? ", " : "", text);
    return !scope.failed;
}

char *
kab_commerceml_dup_address(KabCommerceml *cml, GError **error)
{
    g_autoptr(GString) fields = g_string_new(NULL);
    Address address = {.fields = fields};

    if (!kab_commerceml_each(cml, NULL, read_address_part, &address, error)) {
        g_free(address.line);
        return NULL;
    }
    if (address.line != NULL && *address.line != '\0')
        return address.line;
    g_free(address.line);
    return g_string_free(g_steal_pointer(&fields), FALSE);
}

void
kab_commerceml_value_free(gpointer data)
{
    KabIntakeValue *value = data;

    g_free(value->property);
    g_free(value->name);
    g_free(value->value);
    g_free(value);
}

static void
add_value(KabCommerceml *cml, GPtrArray *values, const char *property, const char *name,
          const char *text)
{
    KabIntakeValue *value;

    if (*text == '\0' || !kab_commerceml_has_room(cml, values->len))
        return;
    value = g_new0(KabIntakeValue, 1);
    value->property = g_strdup(property);
    value->name = g_strdup(name);
    value->value = kab_intake_normalise_id(g_strdup(text));
    g_ptr_array_add(values, value);
}

/* ЗначенияСвойства has the id of a property and one value or more, ХарактеристикаТовара a name and
 * a value, and perhaps an id of the characteristic itself. */
static gboolean
read_value(KabCommerceml *cml, gpointer data, GError **error)
{
    gboolean of_classifier = kab_xml_reader_is(cml->reader, "ЗначенияСвойства");
    KabXmlScope scope;
    g_autofree char *id = NULL;
    g_autofree char *name = NULL;
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);

    if (!of_classifier && !kab_xml_reader_is(cml->reader, "ХарактеристикаТовара"))
        return TRUE;
    scope = kab_xml_reader_enter(cml->reader);
    while (kab_xml_reader_next(cml->reader, &scope, error)) {
        const KabXmlField fields[] = {{of_classifier ? "Ид" : "Наименование", 0}};
        char **slot = of_classifier ? &id : &name;
        gboolean taken;
        char *text;

        if (!kab_xml_reader_take_field(cml->reader, fields, 1, slot, &taken, error))
            return FALSE;
        if (taken || !kab_xml_reader_is(cml->reader, "Значение") ||
            !kab_commerceml_has_room(cml, texts->len))
            continue;
        text = kab_xml_reader_dup_text(cml->reader, error);
        if (text == NULL)
            return FALSE;
        g_ptr_array_add(texts, text);
    }
    if (scope.failed)
        return FALSE;
    kab_intake_normalise_id(id);
    for (guint i = 0; i < texts->len; i++)
        if (!of_classifier || (id != NULL && *id != '\0'))
            add_value(cml, data, id, name, texts->pdata[i]);
    return TRUE;
}

gboolean
kab_commerceml_read_values(KabCommerceml *cml, GPtrArray **values, GError **error)
{
    if (*values == NULL)
        *values = g_ptr_array_new_with_free_func(kab_commerceml_value_free);
    return kab_commerceml_each(cml, NULL, read_value, *values, error);
}
