/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-intake.h"
#include "kab-xml-reader.h"

G_BEGIN_DECLS

/* What the files named kab-commerceml-*.c share: each reads one part of the format and gives it to
 * the tables of goods. Unless said otherwise the reader stands at the element that a function is
 * for, and errors are those of kab_commerceml_import(). */

/** KAB_COMMERCEML_LIST_MAX: of how many things of one sort one product or offer can have. */
#define KAB_COMMERCEML_LIST_MAX 10000

/**
 * KabCommerceml:
 * @reader: (unowned): the file that is being read
 * @intake: (unowned): where goods and partners go
 * @result: (unowned): where warnings go
 * @documents: how many documents were passed over
 *
 * The reading of one exchange.
 */
typedef struct {
    KabXmlReader *reader;
    KabIntake *intake;
    KabImportResult *result;
    gint64 documents;
} KabCommerceml;

/**
 * KabCommercemlUnit:
 * @given: whether there is an element for it
 * @code: (owned) (nullable): attribute Код
 * @full_name: (owned) (nullable): attribute НаименованиеПолное
 * @text: (owned) (nullable): the element's text
 *
 * A unit as a file writes it.
 */
typedef struct {
    gboolean given;
    char *code;
    char *full_name;
    char *text;
} KabCommercemlUnit;

/**
 * KabCommercemlOffer:
 * @id: (owned) (nullable): Ид, perhaps a pair
 * @characteristic: (owned) (nullable): ИдХарактеристики
 * @name: (owned) (nullable): Наименование
 * @article: (owned) (nullable): Артикул
 * @barcode: (owned) (nullable): Штрихкод
 * @status: (owned) (nullable): attribute Статус
 * @mark: (owned) (nullable): ПометкаУдаления
 * @quantity: (owned) (nullable): stock in all
 * @unit: БазоваяЕдиница
 * @values: (owned) (nullable) (element-type KabIntakeValue): what tells the characteristic
 * @prices: (owned) (nullable): Цены, if there is such an element
 * @stock: (owned) (nullable): stock by warehouse
 *
 * An offer as a file writes it, or the part of a product that is said of offers.
 */
typedef struct {
    char *id;
    char *characteristic;
    char *name;
    char *article;
    char *barcode;
    char *status;
    char *mark;
    char *quantity;
    KabCommercemlUnit unit;
    GPtrArray *values;
    GArray *prices;
    GArray *stock;
} KabCommercemlOffer;

/** KabCommercemlFunc: reads one element; @data is the caller's. */
typedef gboolean (*KabCommercemlFunc)(KabCommerceml *cml, gpointer data, GError **error);

/**
 * kab_commerceml_each:
 * @cml: the reading, at an element
 * @name: (nullable): the name of children, %NULL for all
 * @func: called for each such child
 * @data: for @func
 * @error: return location
 *
 * Returns: %FALSE if reading, or @func, failed
 */
gboolean kab_commerceml_each(KabCommerceml *cml, const char *name, KabCommercemlFunc func,
                             gpointer data, GError **error);

/**
 * kab_commerceml_warn:
 * @cml: the reading
 * @format: what is odd, and what was done about it
 * @...: what @format names
 *
 * Adds a warning with the file and the line.
 */
void kab_commerceml_warn(KabCommerceml *cml, const char *format, ...) G_GNUC_PRINTF(2, 3);

/** kab_commerceml_is_true: whether @text (nullable) is one of the ways to write "true". */
gboolean kab_commerceml_is_true(const char *text);

/** kab_commerceml_is_false: whether @text (nullable) is one of the ways to write "false". */
gboolean kab_commerceml_is_false(const char *text);

/**
 * kab_commerceml_is_deleted:
 * @status: (nullable): attribute Статус
 * @mark: (nullable): element ПометкаУдаления
 *
 * Returns: whether one of them is a deletion mark
 */
gboolean kab_commerceml_is_deleted(const char *status, const char *mark);

/**
 * kab_commerceml_has_room:
 * @cml: the reading
 * @length: how long a list is
 *
 * Warns when a list has become too long.
 *
 * Returns: whether one more can be added
 */
gboolean kab_commerceml_has_room(KabCommerceml *cml, guint length);

/**
 * kab_commerceml_split_id:
 * @id: (nullable): an Ид, perhaps "product#characteristic"
 * @separate: (nullable): an ИдХарактеристики
 * @characteristic: (out) (transfer full): the characteristic's id, "" for none
 *
 * Returns: (transfer full): the product's id, "" if there is none
 */
char *kab_commerceml_split_id(const char *id, const char *separate, char **characteristic);

/**
 * kab_commerceml_read_unit:
 * @cml: the reading, at БазоваяЕдиница
 * @unit: (inout): the unit; the first one that is given stays
 * @error: return location
 *
 * Returns: %FALSE on error
 */
gboolean kab_commerceml_read_unit(KabCommerceml *cml, KabCommercemlUnit *unit, GError **error);

/**
 * KabCommercemlMeaning:
 * @value: (owned) (nullable): what it is; "": that is not known and clears what is stored; %NULL:
 * it is not spoken of
 * @code: (owned) (nullable): the code of a unit
 * @word: (owned) (nullable): the word, if it is not known by itself; "": it is; %NULL: nothing is
 *   remembered
 *
 * What a unit, a VAT rate or a currency in a file means, by itself or because an administrator says
 * so (see kab_words_set()).
 */
typedef struct {
    char *value;
    char *code;
    char *word;
} KabCommercemlMeaning;

/** kab_commerceml_meaning_clear: frees what a meaning holds. */
void kab_commerceml_meaning_clear(KabCommercemlMeaning *meaning);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(KabCommercemlMeaning, kab_commerceml_meaning_clear)

/**
 * kab_commerceml_resolve_unit:
 * @cml: the reading
 * @unit: a unit
 * @what: the id of the object that has it, for a warning
 * @out: (out): what the unit is called
 * @error: return location
 *
 * Returns: %FALSE on error
 */
gboolean kab_commerceml_resolve_unit(KabCommerceml *cml, const KabCommercemlUnit *unit,
                                     const char *what, KabCommercemlMeaning *out, GError **error);

/** kab_commerceml_unit_clear: frees what a unit holds. */
void kab_commerceml_unit_clear(KabCommercemlUnit *unit);

/**
 * kab_commerceml_resolve_vat:
 * @cml: the reading
 * @rate: (nullable): Ставка, as the file writes it
 * @what: the id of the product, for a warning
 * @out: (out): a rate in percent, "none", or @rate if it is not known
 */
void kab_commerceml_resolve_vat(KabCommerceml *cml, const char *rate, const char *what,
                                KabCommercemlMeaning *out);

/**
 * kab_commerceml_resolve_currency:
 * @cml: the reading
 * @text: (nullable): Валюта, as the file writes it
 * @out: (out): the ISO 4217 code; no value if it is not known, of which the caller warns
 */
void kab_commerceml_resolve_currency(KabCommerceml *cml, const char *text,
                                     KabCommercemlMeaning *out);

/**
 * kab_commerceml_dup_address:
 * @cml: the reading, at an address
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the address in one line, perhaps empty; %NULL on error
 */
char *kab_commerceml_dup_address(KabCommerceml *cml, GError **error);

/** kab_commerceml_value_free: frees a KabIntakeValue. */
void kab_commerceml_value_free(gpointer value);

/**
 * kab_commerceml_read_values:
 * @cml: the reading, at ЗначенияСвойств or ХарактеристикиТовара
 * @values: (inout) (element-type KabIntakeValue): made if it is %NULL
 * @error: return location
 *
 * Returns: %FALSE on error
 */
gboolean kab_commerceml_read_values(KabCommerceml *cml, GPtrArray **values, GError **error);

/**
 * kab_commerceml_read_classifier_part:
 * @cml: the reading
 * @taken: (out): whether the element is Группы, Свойства, ТипыЦен, Склады or ЕдиницыИзмерения
 * @error: return location
 *
 * Which element these stand in differs from version to version.
 *
 * Returns: %FALSE on error
 */
gboolean kab_commerceml_read_classifier_part(KabCommerceml *cml, gboolean *taken, GError **error);

/** kab_commerceml_read_classifier: reads Классификатор. */
gboolean kab_commerceml_read_classifier(KabCommerceml *cml, GError **error);

/** kab_commerceml_read_catalogue: reads Каталог. */
gboolean kab_commerceml_read_catalogue(KabCommerceml *cml, GError **error);

/** kab_commerceml_read_package: reads ПакетПредложений or ИзмененияПакетаПредложений. */
gboolean kab_commerceml_read_package(KabCommerceml *cml, GError **error);

/** kab_commerceml_read_partners: reads Контрагенты. */
gboolean kab_commerceml_read_partners(KabCommerceml *cml, GError **error);

/**
 * kab_commerceml_take_offer_part:
 * @cml: the reading, at a child of a product or an offer
 * @offer: the offer
 * @taken: (out): whether the element says a price or stock
 * @error: return location
 *
 * Returns: %FALSE on error
 */
gboolean kab_commerceml_take_offer_part(KabCommerceml *cml, KabCommercemlOffer *offer,
                                        gboolean *taken, GError **error);

/**
 * kab_commerceml_store_offer:
 * @cml: the reading
 * @raw: the offer, with its prices and its stock
 * @offer: what is to be stored of its row
 * @full: whether all its prices are in this exchange
 * @error: return location
 *
 * Returns: %FALSE on error
 */
gboolean kab_commerceml_store_offer(KabCommerceml *cml, const KabCommercemlOffer *raw,
                                    const KabIntakeOffer *offer, gboolean full, GError **error);

/** kab_commerceml_offer_clear: frees what an offer holds. */
void kab_commerceml_offer_clear(KabCommercemlOffer *offer);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(KabCommercemlOffer, kab_commerceml_offer_clear)

/**
 * kab_commerceml_order_files:
 * @files: (element-type KabImportFile): the files of an exchange
 * @stream: a stream to look into them with
 * @result: where warnings go
 * @error: return location
 *
 * Puts the files into the order in which they are read, by what they hold and, of equals, the one
 * that was formed last first. Files of folders and archives that are no CommerceML are left out.
 *
 * Returns: %FALSE on error
 */
gboolean kab_commerceml_order_files(GPtrArray *files, KabImportStream *stream,
                                    KabImportResult *result, GError **error);

/** kab_commerceml_is_root: whether the reader stands at the root of CommerceML. */
gboolean kab_commerceml_is_root(KabXmlReader *reader);

G_END_DECLS
