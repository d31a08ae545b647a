/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * KabTableFormat:
 * @KAB_TABLE_CSV: UTF-8 with a byte order mark, ";" between and a decimal comma, as Russian
 *   spreadsheets open it
 * @KAB_TABLE_XLSX: Office Open XML
 */
typedef enum {
    KAB_TABLE_CSV,
    KAB_TABLE_XLSX,
} KabTableFormat;

/**
 * KabTable:
 *
 * Rows of texts and numbers for a spreadsheet. Whatever a text begins with, no spreadsheet takes it
 * for a formula.
 */
typedef struct _KabTable KabTable;

/** kab_table_new: (transfer full): @name: of the sheet */
KabTable *kab_table_new(const char *name);

void kab_table_free(KabTable *self);

/** kab_table_add_row: begins the next row; the first one is the head. */
void kab_table_add_row(KabTable *self);

/** kab_table_add_text: @text: (nullable): the next cell of the row */
void kab_table_add_text(KabTable *self, const char *text);

/** kab_table_add_number: @number: (transfer full): a decimal with a point, such as "-12.50" */
void kab_table_add_number(KabTable *self, char *number);

/**
 * kab_table_to_bytes:
 * @self: a table
 * @format: what is wanted
 * @error: return location
 *
 * May take a second for thousands of rows: for a thread of its own.
 *
 * Returns: (transfer full) (nullable): the file
 */
GBytes *kab_table_to_bytes(const KabTable *self, KabTableFormat format, GError **error);

/** kab_table_format_to_suffix: ".csv" or ".xlsx" */
const char *kab_table_format_to_suffix(KabTableFormat format);

/**
 * kab_table_save_async:
 * @self: (transfer full): a table
 * @format: what is wanted
 * @name: the file's name without its suffix
 *
 * Makes the file in a thread and saves it as kab_save_file_async() does, in the person's download
 * folder. Finish with kab_table_save_finish().
 */
void kab_table_save_async(KabTable *self, KabTableFormat format, const char *name,
                          GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);

/** kab_table_save_finish: (transfer full) (nullable): the file that was written */
GFile *kab_table_save_finish(GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabTable, kab_table_free)

G_END_DECLS
