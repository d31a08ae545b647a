/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-db.h"
#include "kab-import-result.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * KabImportProgressFunc:
 * @file: what is being read, for people
 * @done_bytes: bytes that are read
 * @total_bytes: bytes of all files, unpacked
 * @data: what was given to kab_commerceml_import()
 *
 * Called between pieces of some tens of kilobytes, in the thread of the import.
 */
typedef void (*KabImportProgressFunc)(const char *file, gint64 done_bytes, gint64 total_bytes,
                                      gpointer data);

/**
 * kab_commerceml_import:
 * @db: a connection outside a transaction, with the schemas "exchange" and "base"
 * @paths: (array zero-terminated=1): files, folders and zip archives: together one exchange
 * @progress: (nullable): told how far it is
 * @data: for @progress
 * @cancellable: (nullable): stops the import; nothing is stored then
 * @out: (out): what was found; cleared if the import fails
 * @error: return location: %KAB_ERROR_INVALID for bad input (the message names file and line and
 *   says what was expected), %KAB_ERROR_NOT_FOUND, %KAB_ERROR_RANGE for what is larger than any
 *   honest file, %G_IO_ERROR_CANCELLED, and those of the database
 *
 * Reads CommerceML 2.03 to 2.10 and 3.1 (1C's formats of exchange with a site) and stores goods,
 * prices, stock and partners, in one transaction: all or nothing. What really changed is queued
 * for the portal in the same transaction.
 *
 * Element names are taken without their namespace; what is unknown is passed over. The order of the
 * files does not matter: they are read by what they hold, and of an object that several files
 * describe the file that was formed last is believed. What no file speaks of stays as it is.
 * In particular:
 *
 * - The id of an offer is a pair, written "product#characteristic" or as Ид and ИдХарактеристики.
 *   A product of a catalogue whose id is such a pair is counted as a product of its own and stored
 *   as a characteristic of its product.
 * - A catalogue with СодержитТолькоИзменения="false" is complete: its products that no file of the
 *   exchange names are marked deleted, unless they are more than ten and more than half of it, or
 *   all of it. Without the attribute (as in 2.03) it holds changes only.
 * - The stock of an offer is replaced as a whole; a total counts only where there are no figures by
 *   warehouse. Prices that are no longer given are removed only by complete packages of offers.
 * - Warehouses and price types that are referred to without being defined are made with their id
 *   as the name and are not counted; one warning lists them.
 * - A price type of an offer may have several prices, told apart by МинКоличество; an exchange that
 *   names the price type replaces all of them.
 * - A requisite Кратность says in what multiples a product is sold, or else a property of that
 * name.
 * - Of the pictures that a product names the first five are kept, if their files lie in the folders
 *   or archives that are imported; what is missing, too large or no picture is a warning.
 * - Orders and other documents are passed over; one warning says how many.
 *
 * Returns: whether everything is stored
 */
gboolean kab_commerceml_import(KabDb *db, const char *const *paths, KabImportProgressFunc progress,
                               gpointer data, GCancellable *cancellable, KabImportResult *out,
                               GError **error);

G_END_DECLS
