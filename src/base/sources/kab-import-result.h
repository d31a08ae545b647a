/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** KAB_IMPORT_WARNINGS_MAX: how many warnings of one import are kept as texts. */
#define KAB_IMPORT_WARNINGS_MAX 1000

/**
 * KabImportResult:
 * @groups: product groups, by their ids
 * @products: products of catalogues, by their ids
 * @offers: offers, by the pair of product and characteristic
 * @price_types: price types, by their ids
 * @prices: prices, by offer and price type
 * @warehouses: warehouses that are defined with a name, by their ids
 * @stock: figures of stock, by offer and warehouse
 * @properties: properties of classifiers, by their ids
 * @partners: partners, by their ids
 * @deleted: objects of all kinds that carry a deletion mark, by kind and id
 * @n_warnings: how many warnings there were
 * @warnings: (element-type utf8) (nullable): the first %KAB_IMPORT_WARNINGS_MAX of them
 *
 * What an import found: each object is counted once, however often the files name it.
 */
typedef struct {
    gint64 groups;
    gint64 products;
    gint64 offers;
    gint64 price_types;
    gint64 prices;
    gint64 warehouses;
    gint64 stock;
    gint64 properties;
    gint64 partners;
    gint64 deleted;
    gint64 n_warnings;
    GPtrArray *warnings;
} KabImportResult;

/**
 * kab_import_result_warn:
 * @result: a result
 * @format: what is odd, and what was done about it
 * @...: what @format names
 *
 * Adds a warning.
 */
void kab_import_result_warn(KabImportResult *result, const char *format, ...) G_GNUC_PRINTF(2, 3);

/**
 * kab_import_result_clear:
 * @result: a result; it is all zero afterwards
 *
 * Frees what a result holds.
 */
void kab_import_result_clear(KabImportResult *result);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(KabImportResult, kab_import_result_clear)

G_END_DECLS
