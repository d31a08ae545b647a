/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * KAB_DB_ERROR:
 *
 * The error domain of storage.
 */
#define KAB_DB_ERROR (kab_db_error_quark())

/**
 * KabDbError:
 * @KAB_DB_ERROR_BUSY: somebody else holds the database for too long; try again later
 * @KAB_DB_ERROR_FULL: the disk is full
 * @KAB_DB_ERROR_UNIQUE: such a row is there already
 * @KAB_DB_ERROR_CONSTRAINT: another rule of the schema is broken
 * @KAB_DB_ERROR_OPEN: the database file cannot be opened
 * @KAB_DB_ERROR_CORRUPT: the file is not a database, or is damaged
 * @KAB_DB_ERROR_NEWER: the database was made by a newer version of the program
 * @KAB_DB_ERROR_FAILED: everything else
 */
typedef enum {
    KAB_DB_ERROR_BUSY,
    KAB_DB_ERROR_FULL,
    KAB_DB_ERROR_UNIQUE,
    KAB_DB_ERROR_CONSTRAINT,
    KAB_DB_ERROR_OPEN,
    KAB_DB_ERROR_CORRUPT,
    KAB_DB_ERROR_NEWER,
    KAB_DB_ERROR_FAILED,
} KabDbError;

GQuark kab_db_error_quark(void);

/**
 * KabDb:
 *
 * One connection to a database. It belongs to one thread at a time. Statements are prepared once
 * and kept by the address of their text, so a statement's text has to be a constant.
 */
typedef struct _KabDb KabDb;

/**
 * KabValue:
 *
 * A value to bind to a parameter of a statement. Made by kab_text(), kab_int() and so on; what it
 * points to has to live until the call that binds it returns.
 */
typedef struct {
    enum {
        KAB_VALUE_NULL,
        KAB_VALUE_INT,
        KAB_VALUE_TEXT,
        KAB_VALUE_BLOB,
    } type;
    gint64 integer;
    const void *data;
    gssize size;
} KabValue;

/** kab_int: binds @value. */
static inline KabValue
kab_int(gint64 value)
{
    return (KabValue){.type = KAB_VALUE_INT, .integer = value};
}

/** kab_text: binds @text, NULL as SQL NULL. */
static inline KabValue
kab_text(const char *text)
{
    return (KabValue){
        .type = text != NULL ? KAB_VALUE_TEXT : KAB_VALUE_NULL, .data = text, .size = -1};
}

/** kab_blob: binds @bytes, NULL as SQL NULL. */
static inline KabValue
kab_blob(GBytes *bytes)
{
    KabValue value = {.type = bytes != NULL ? KAB_VALUE_BLOB : KAB_VALUE_NULL};
    gsize size = 0;

    if (bytes != NULL)
        value.data = g_bytes_get_data(bytes, &size);
    value.size = (gssize)size;
    return value;
}

/** kab_text_or_null: binds @text, NULL and "" as SQL NULL. */
static inline KabValue
kab_text_or_null(const char *text)
{
    return kab_text(text != NULL && *text != '\0' ? text : NULL);
}

/**
 * KAB_BIND:
 * @...: values for $1, $2 and so on
 *
 * The two arguments "values, n_values" of kab_db_run() and kab_db_query().
 */
#define KAB_BIND(...) \
    (const KabValue[]){__VA_ARGS__}, G_N_ELEMENTS(((const KabValue[]){__VA_ARGS__}))

/** KAB_BIND_NONE: the arguments of a statement without parameters. */
#define KAB_BIND_NONE NULL, 0

/**
 * kab_db_open:
 * @path: the file; made if it is not there, its folder is not. ":memory:" for none
 * @error: return location: %KAB_DB_ERROR_OPEN, %KAB_DB_ERROR_CORRUPT
 *
 * Opens with WAL, foreign keys on, a busy time-out of 10 s and synchronous=FULL. A new file can be
 * read by its owner only.
 *
 * Returns: (transfer full) (nullable): the connection
 */
KabDb *kab_db_open(const char *path, GError **error);

void kab_db_close(KabDb *db);

/**
 * kab_db_check_idle:
 * @db: a connection
 *
 * A connection on which a query was not ended, or a transaction is open, sees the database as it
 * was then, for ever: a programmer's mistake, told as a critical warning.
 */
void kab_db_check_idle(KabDb *db);

/**
 * kab_db_run:
 * @db: a connection
 * @sql: a statement that gives no rows; a constant
 * @values: (array length=n_values): values of its parameters
 * @n_values: how many
 * @error: return location
 *
 * Returns: whether it was carried out; kab_db_get_changes() tells how many rows it changed
 */
gboolean kab_db_run(KabDb *db, const char *sql, const KabValue *values, gsize n_values,
                    GError **error);

/**
 * kab_db_get_changes:
 * @db: a connection
 *
 * Returns: how many rows the last kab_db_run() inserted, changed or deleted
 */
gint64 kab_db_get_changes(KabDb *db);

/**
 * kab_db_get_last_id:
 * @db: a connection
 *
 * Returns: the rowid of the last row that was inserted
 */
gint64 kab_db_get_last_id(KabDb *db);

/**
 * kab_db_script:
 * @db: a connection
 * @sql: statements without parameters
 * @error: return location
 *
 * Carries out a script, such as a migration.
 *
 * Returns: whether all of it was carried out
 */
gboolean kab_db_script(KabDb *db, const char *sql, GError **error);

/**
 * kab_db_backup:
 * @db: a connection outside a transaction
 * @path: a file that is not there yet
 * @error: return location
 *
 * Writes a copy of the database as it is now.
 *
 * Returns: whether the copy is whole
 */
gboolean kab_db_backup(KabDb *db, const char *path, GError **error);

/**
 * KabRows:
 *
 * The rows of a query, one at a time. Free it before the connection is closed, and before the same
 * statement is used again on the same connection.
 */
typedef struct _KabRows KabRows;

/**
 * kab_db_query:
 * @db: a connection
 * @sql: a statement that gives rows; a constant
 * @values: (array length=n_values): values of its parameters
 * @n_values: how many
 * @error: return location
 *
 * Returns: (transfer full) (nullable): its rows, standing before the first
 */
KabRows *kab_db_query(KabDb *db, const char *sql, const KabValue *values, gsize n_values,
                      GError **error);

/**
 * kab_rows_next:
 * @rows: rows
 * @error: return location; it has to be looked at when the answer is %FALSE
 *
 * Returns: %TRUE if it stands at a row now, %FALSE at the end or on error
 */
gboolean kab_rows_next(KabRows *rows, GError **error);

/** kab_rows_get_int: the integer in column @column from 0; 0 for NULL. */
gint64 kab_rows_get_int(KabRows *rows, int column);

/** kab_rows_get_text: (nullable): the text in column @column; valid until the next step. */
const char *kab_rows_get_text(KabRows *rows, int column);

/** kab_rows_dup_text: (nullable) (transfer full): a copy of the text in column @column. */
char *kab_rows_dup_text(KabRows *rows, int column);

/** kab_rows_dup_blob: (nullable) (transfer full): a copy of the bytes in column @column. */
GBytes *kab_rows_dup_blob(KabRows *rows, int column);

/** kab_rows_is_null: whether column @column is NULL. */
gboolean kab_rows_is_null(KabRows *rows, int column);

void kab_rows_free(KabRows *rows);

/**
 * kab_db_get_int:
 * @db: a connection
 * @sql: a statement whose first row and column are wanted; a constant
 * @values: (array length=n_values): values of its parameters
 * @n_values: how many
 * @found: (out) (optional): whether there was a row
 * @out: (out): the integer, 0 if there was no row
 * @error: return location
 *
 * Returns: %FALSE on error; no row is no error
 */
gboolean kab_db_get_int(KabDb *db, const char *sql, const KabValue *values, gsize n_values,
                        gboolean *found, gint64 *out, GError **error);

/**
 * kab_db_get_text:
 * @db: a connection
 * @sql: a statement whose first row and column are wanted; a constant
 * @values: (array length=n_values): values of its parameters
 * @n_values: how many
 * @out: (out) (nullable) (transfer full): the text, %NULL if there was no row
 * @error: return location
 *
 * Returns: %FALSE on error; no row is no error
 */
gboolean kab_db_get_text(KabDb *db, const char *sql, const KabValue *values, gsize n_values,
                         char **out, GError **error);

/**
 * KabTransaction:
 *
 * A transaction that is rolled back unless it is committed.
 */
typedef struct _KabTransaction KabTransaction;

/**
 * kab_db_begin:
 * @db: a connection outside a transaction
 * @error: return location: %KAB_DB_ERROR_BUSY
 *
 * Begins a transaction that may write.
 *
 * Returns: (transfer full) (nullable): the transaction
 */
KabTransaction *kab_db_begin(KabDb *db, GError **error);

/**
 * kab_db_begin_read:
 * @db: a connection outside a transaction
 * @error: return location
 *
 * Begins a transaction in which every query sees the same state of the database.
 *
 * Returns: (transfer full) (nullable): the transaction
 */
KabTransaction *kab_db_begin_read(KabDb *db, GError **error);

/**
 * kab_db_begin_nested:
 * @db: a connection inside a transaction
 * @error: return location
 *
 * Begins a part of the transaction that can be undone by itself.
 *
 * Returns: (transfer full) (nullable): the part
 */
KabTransaction *kab_db_begin_nested(KabDb *db, GError **error);

/**
 * kab_db_begin_part:
 * @db: a connection
 * @error: return location
 *
 * As kab_db_begin(), and kab_db_begin_nested() inside a transaction: for what is done by itself and
 * as a part of something bigger.
 *
 * Returns: (transfer full) (nullable): the transaction
 */
KabTransaction *kab_db_begin_part(KabDb *db, GError **error);

/**
 * kab_transaction_commit:
 * @transaction: (transfer none): a transaction, still to be freed
 * @error: return location: %KAB_DB_ERROR_FULL and others
 *
 * Returns: whether everything is stored; if not, nothing is
 */
gboolean kab_transaction_commit(KabTransaction *transaction, GError **error);

void kab_transaction_free(KabTransaction *transaction);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabDb, kab_db_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabRows, kab_rows_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabTransaction, kab_transaction_free)

G_END_DECLS
