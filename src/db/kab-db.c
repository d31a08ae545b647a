/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-db.h"
#include "kab-db-functions.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#define BUSY_TIMEOUT_US (10 * G_USEC_PER_SEC)
/* Whoever writes is through after some hundred microseconds: SQLite's own handler would sleep for
 * 1, 2, 5, 10 and more milliseconds. */
#define BUSY_SHORT_US 200
#define BUSY_LONG_US 2000
#define BUSY_SHORT_TRIES 50

struct _KabDb {
    sqlite3 *handle;
    GHashTable *statements; /* (owned): address of the text -> sqlite3_stmt that nobody uses now */
    gint64 changes;
    gint64 busy_since; /* by the monotonic clock */
};

struct _KabRows {
    KabDb *db;
    sqlite3_stmt *statement;
    const char *sql;
};

struct _KabTransaction {
    KabDb *db;
    const char *commit;
    const char *rollback;
    gboolean done;
};

G_DEFINE_QUARK(kab - db - error - quark, kab_db_error)

static KabDbError
error_code(int extended)
{
    if (extended == SQLITE_CONSTRAINT_UNIQUE || extended == SQLITE_CONSTRAINT_PRIMARYKEY)
        return KAB_DB_ERROR_UNIQUE;
    switch (extended & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return KAB_DB_ERROR_BUSY;
    case SQLITE_FULL:
        return KAB_DB_ERROR_FULL;
    case SQLITE_CONSTRAINT:
        return KAB_DB_ERROR_CONSTRAINT;
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
        return KAB_DB_ERROR_OPEN;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return KAB_DB_ERROR_CORRUPT;
    default:
        return KAB_DB_ERROR_FAILED;
    }
}

static gboolean
set_error(KabDb *db, GError **error)
{
    g_set_error(error, KAB_DB_ERROR, error_code(sqlite3_extended_errcode(db->handle)),
                _("Storage: %s"), sqlite3_errmsg(db->handle));
    return FALSE;
}

static void
finalize_statement(gpointer data)
{
    sqlite3_finalize(data);
}

/* SQLite would make the file readable by everybody that the umask lets. A file that is there must
 * not be opened and closed here: that would take away the locks (POSIX ones, of the whole process)
 * that other connections hold on it. */
static gboolean
make_private(const char *path, GError **error)
{
    int fd;

    if (strcmp(path, ":memory:") == 0)
        return TRUE;
    fd = g_open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd >= 0)
        return g_close(fd, error);
    if (errno == EEXIST)
        return TRUE;
    g_set_error(error, KAB_DB_ERROR, KAB_DB_ERROR_OPEN, _("Cannot open “%s”: %s"), path,
                g_strerror(errno));
    return FALSE;
}

/* Somebody else writes; whether to try again. */
static int
on_busy(void *data, int tries)
{
    KabDb *db = data;

    if (tries == 0)
        db->busy_since = g_get_monotonic_time();
    if (g_get_monotonic_time() - db->busy_since > BUSY_TIMEOUT_US)
        return 0;
    g_usleep(tries < BUSY_SHORT_TRIES ? BUSY_SHORT_US : BUSY_LONG_US);
    return 1;
}

KabDb *
kab_db_open(const char *path, GError **error)
{
    g_autoptr(KabDb) db = g_new0(KabDb, 1);

    db->statements = g_hash_table_new_full(NULL, NULL, NULL, finalize_statement);
    if (!make_private(path, error))
        return NULL;
    if (sqlite3_open_v2(path, &db->handle,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                        NULL) != SQLITE_OK) {
        set_error(db, error);
        g_prefix_error(error, _("Cannot open “%s”: "), path);
        return NULL;
    }
    sqlite3_extended_result_codes(db->handle, 1);
    sqlite3_busy_handler(db->handle, on_busy, db);
    sqlite3_limit(db->handle, SQLITE_LIMIT_ATTACHED, 1);
    kab_db_add_functions(db->handle);
    if (!kab_db_script(db,
                       "PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON;"
                       "PRAGMA synchronous = FULL;"
                       "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16000",
                       error)) {
        g_prefix_error(error, _("Cannot open “%s”: "), path);
        return NULL;
    }
    return g_steal_pointer(&db);
}

void
kab_db_close(KabDb *db)
{
    if (db == NULL)
        return;
    g_hash_table_unref(db->statements);
    if (sqlite3_close(db->handle) != SQLITE_OK)
        g_critical("A database was closed while rows were still in use");
    g_free(db);
}

void
kab_db_check_idle(KabDb *db)
{
    if (!sqlite3_get_autocommit(db->handle))
        g_critical("A transaction was left open");
    for (sqlite3_stmt *s = sqlite3_next_stmt(db->handle, NULL); s != NULL;
         s = sqlite3_next_stmt(db->handle, s))
        if (sqlite3_stmt_busy(s))
            g_critical("A query was not ended: %s", sqlite3_sql(s));
}

/* SQLite numbers $1, $2 and so on by their first appearance, PostgreSQL by their names: a text that
 * means the same to both names them first in ascending order. */
static void
check_order(sqlite3_stmt *statement)
{
    for (int i = 1; i <= sqlite3_bind_parameter_count(statement); i++) {
        const char *name = sqlite3_bind_parameter_name(statement, i);

        if (name == NULL || *name != '$' || g_ascii_strtoll(name + 1, NULL, 10) != i)
            g_critical("Parameter %d stands out of order: %s", i, sqlite3_sql(statement));
    }
}

/* Takes a statement out of the kept ones, or prepares it. */
static sqlite3_stmt *
take_statement(KabDb *db, const char *sql, GError **error)
{
    gpointer kept;
    sqlite3_stmt *statement;

    if (g_hash_table_steal_extended(db->statements, sql, NULL, &kept))
        return kept;
    if (sqlite3_prepare_v3(db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) !=
        SQLITE_OK) {
        set_error(db, error);
        return NULL;
    }
    check_order(statement);
    return statement;
}

static void
give_back(KabDb *db, const char *sql, sqlite3_stmt *statement)
{
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    g_hash_table_replace(db->statements, (gpointer)sql, statement);
}

static gboolean
bind_values(KabDb *db, sqlite3_stmt *statement, const KabValue *values, gsize n_values,
            GError **error)
{
    g_return_val_if_fail((int)n_values == sqlite3_bind_parameter_count(statement), FALSE);
    for (gsize i = 0; i < n_values; i++) {
        const KabValue *value = &values[i];
        int column = (int)i + 1;
        int rc = SQLITE_OK;

        switch (value->type) {
        case KAB_VALUE_NULL:
            rc = sqlite3_bind_null(statement, column);
            break;
        case KAB_VALUE_INT:
            rc = sqlite3_bind_int64(statement, column, value->integer);
            break;
        case KAB_VALUE_TEXT:
            rc = sqlite3_bind_text(statement, column, value->data, -1, SQLITE_TRANSIENT);
            break;
        case KAB_VALUE_BLOB:
            rc = sqlite3_bind_blob64(statement, column, value->data, (guint64)value->size,
                                     SQLITE_TRANSIENT);
            break;
        default:
            g_return_val_if_reached(FALSE);
        }
        if (rc != SQLITE_OK)
            return set_error(db, error);
    }
    return TRUE;
}

KabRows *
kab_db_query(KabDb *db, const char *sql, const KabValue *values, gsize n_values, GError **error)
{
    g_autoptr(KabRows) rows = g_new0(KabRows, 1);

    rows->db = db;
    rows->sql = sql;
    rows->statement = take_statement(db, sql, error);
    if (rows->statement == NULL || !bind_values(db, rows->statement, values, n_values, error))
        return NULL;
    return g_steal_pointer(&rows);
}

gboolean
kab_rows_next(KabRows *rows, GError **error)
{
    int rc = sqlite3_step(rows->statement);

    if (rc == SQLITE_ROW)
        return TRUE;
    if (rc != SQLITE_DONE)
        set_error(rows->db, error);
    return FALSE;
}

void
kab_rows_free(KabRows *rows)
{
    if (rows == NULL)
        return;
    if (rows->statement != NULL)
        give_back(rows->db, rows->sql, rows->statement);
    g_free(rows);
}

gint64
kab_rows_get_int(KabRows *rows, int column)
{
    return sqlite3_column_int64(rows->statement, column);
}

const char *
kab_rows_get_text(KabRows *rows, int column)
{
    return (const char *)sqlite3_column_text(rows->statement, column);
}

char *
kab_rows_dup_text(KabRows *rows, int column)
{
    return g_strdup(kab_rows_get_text(rows, column));
}

GBytes *
kab_rows_dup_blob(KabRows *rows, int column)
{
    const void *data = sqlite3_column_blob(rows->statement, column);

    if (data == NULL)
        return NULL;
    return g_bytes_new(data, (gsize)sqlite3_column_bytes(rows->statement, column));
}

gboolean
kab_rows_is_null(KabRows *rows, int column)
{
    return sqlite3_column_type(rows->statement, column) == SQLITE_NULL;
}

gboolean
kab_db_run(KabDb *db, const char *sql, const KabValue *values, gsize n_values, GError **error)
{
    g_autoptr(KabRows) rows = kab_db_query(db, sql, values, n_values, error);
    int rc;

    if (rows == NULL)
        return FALSE;
    rc = sqlite3_step(rows->statement);
    if (rc != SQLITE_DONE && rc != SQLITE_ROW)
        return set_error(db, error);
    db->changes = sqlite3_changes64(db->handle);
    return TRUE;
}

gint64
kab_db_get_changes(KabDb *db)
{
    return db->changes;
}

gint64
kab_db_get_last_id(KabDb *db)
{
    return sqlite3_last_insert_rowid(db->handle);
}

gboolean
kab_db_script(KabDb *db, const char *sql, GError **error)
{
    if (sqlite3_exec(db->handle, sql, NULL, NULL, NULL) != SQLITE_OK)
        return set_error(db, error);
    return TRUE;
}

gboolean
kab_db_backup(KabDb *db, const char *path, GError **error)
{
    return make_private(path, error) &&
           kab_db_run(db, "VACUUM INTO $1", KAB_BIND(kab_text(path)), error);
}

gboolean
kab_db_get_int(KabDb *db, const char *sql, const KabValue *values, gsize n_values, gboolean *found,
               gint64 *out, GError **error)
{
    g_autoptr(KabRows) rows = kab_db_query(db, sql, values, n_values, error);
    g_autoptr(GError) local = NULL;
    gboolean row;

    if (rows == NULL)
        return FALSE;
    row = kab_rows_next(rows, &local);
    if (local != NULL) {
        g_propagate_error(error, g_steal_pointer(&local));
        return FALSE;
    }
    *out = row ? kab_rows_get_int(rows, 0) : 0;
    if (found != NULL)
        *found = row;
    return TRUE;
}

gboolean
kab_db_get_text(KabDb *db, const char *sql, const KabValue *values, gsize n_values, char **out,
                GError **error)
{
    g_autoptr(KabRows) rows = kab_db_query(db, sql, values, n_values, error);
    g_autoptr(GError) local = NULL;
    gboolean row;

    if (rows == NULL)
        return FALSE;
    row = kab_rows_next(rows, &local);
    if (local != NULL) {
        g_propagate_error(error, g_steal_pointer(&local));
        return FALSE;
    }
    *out = row ? kab_rows_dup_text(rows, 0) : NULL;
    return TRUE;
}

static KabTransaction *
begin(KabDb *db, const char *sql, const char *commit, const char *rollback, GError **error)
{
    KabTransaction *transaction;

    if (!kab_db_run(db, sql, KAB_BIND_NONE, error))
        return NULL;
    transaction = g_new0(KabTransaction, 1);
    transaction->db = db;
    transaction->commit = commit;
    transaction->rollback = rollback;
    return transaction;
}

KabTransaction *
kab_db_begin(KabDb *db, GError **error)
{
    return begin(db, "BEGIN IMMEDIATE", "COMMIT", "ROLLBACK", error);
}

KabTransaction *
kab_db_begin_read(KabDb *db, GError **error)
{
    return begin(db, "BEGIN", "COMMIT", "ROLLBACK", error);
}

KabTransaction *
kab_db_begin_nested(KabDb *db, GError **error)
{
    return begin(db, "SAVEPOINT part", "RELEASE part", "ROLLBACK TO part; RELEASE part", error);
}

KabTransaction *
kab_db_begin_part(KabDb *db, GError **error)
{
    return sqlite3_get_autocommit(db->handle) ? kab_db_begin(db, error)
                                              : kab_db_begin_nested(db, error);
}

gboolean
kab_transaction_commit(KabTransaction *transaction, GError **error)
{
    g_return_val_if_fail(!transaction->done, FALSE);
    if (!kab_db_run(transaction->db, transaction->commit, KAB_BIND_NONE, error))
        return FALSE;
    transaction->done = TRUE;
    return TRUE;
}

void
kab_transaction_free(KabTransaction *transaction)
{
    g_autoptr(GError) error = NULL;

    if (transaction == NULL)
        return;
    /* After some failures (a full disk, for one) SQLite has rolled back by itself. */
    if (!transaction->done && !sqlite3_get_autocommit(transaction->db->handle) &&
        !kab_db_script(transaction->db, transaction->rollback, &error))
        g_warning("%s", error->message);
    g_free(transaction);
}
