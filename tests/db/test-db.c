/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-db.h"
#include "kab-db-pool.h"
#include "test-folder.h"
#include "test-log.h"

#include <glib/gstdio.h>
#include <string.h>

#define WRITER "--write-and-close"

typedef struct {
    char *folder;
    char *path;
    KabDb *db;
} Fixture;

static void
set_up(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GError) error = NULL;

    fixture->folder = test_folder_new();
    fixture->path = test_folder_path(fixture->folder, "test.db");
    fixture->db = kab_db_open(fixture->path, &error);
    g_assert_no_error(error);
    g_assert_true(kab_db_script(fixture->db,
                                "CREATE TABLE kept (id INTEGER PRIMARY KEY, value ANY,"
                                " CHECK (id < 1000))",
                                &error));
    g_assert_no_error(error);
}

static void
tear_down(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    kab_db_close(fixture->db);
    g_free(fixture->path);
    test_folder_remove(fixture->folder);
}

static gboolean
insert(KabDb *db, gint64 id, GError **error)
{
    return kab_db_run(db, "INSERT INTO kept (id) VALUES ($1)", KAB_BIND(kab_int(id)), error);
}

static gint64
count(KabDb *db)
{
    g_autoptr(GError) error = NULL;
    gint64 n = -1;

    kab_db_get_int(db, "SELECT count(*) FROM kept", KAB_BIND_NONE, NULL, &n, &error);
    g_assert_no_error(error);
    return n;
}

static void
test_is_private(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *copy = test_folder_path(fixture->folder, "copy.db");
    GStatBuf status;

    g_assert_cmpint(g_stat(fixture->path, &status), ==, 0);
    g_assert_cmpint(status.st_mode & 0777, ==, 0600);
    g_assert_true(kab_db_backup(fixture->db, copy, &error));
    g_assert_no_error(error);
    g_assert_cmpint(g_stat(copy, &status), ==, 0);
    g_assert_cmpint(status.st_mode & 0777, ==, 0600);
}

static void
test_values_come_back(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GBytes) bytes = g_bytes_new_static("a\0b", 3);
    g_autoptr(GBytes) found = NULL;
    g_autoptr(KabRows) rows = NULL;
    g_autoptr(GError) error = NULL;

    g_assert_true(kab_db_run(
        fixture->db, "INSERT INTO kept (id, value) VALUES (1, $1), (2, $2), (3, $3), (4, $4)",
        KAB_BIND(kab_int(G_MININT64), kab_text("Каска"), kab_blob(bytes), kab_text(NULL)), &error));
    g_assert_no_error(error);
    g_assert_cmpint(kab_db_get_changes(fixture->db), ==, 4);
    g_assert_cmpint(kab_db_get_last_id(fixture->db), ==, 4);
    rows = kab_db_query(fixture->db, "SELECT value FROM kept ORDER BY id", KAB_BIND_NONE, &error);
    g_assert_true(kab_rows_next(rows, &error));
    g_assert_cmpint(kab_rows_get_int(rows, 0), ==, G_MININT64);
    g_assert_true(kab_rows_next(rows, &error));
    g_assert_cmpstr(kab_rows_get_text(rows, 0), ==, "Каска");
    g_assert_true(kab_rows_next(rows, &error));
    found = kab_rows_dup_blob(rows, 0);
    g_assert_true(g_bytes_equal(found, bytes));
    g_assert_true(kab_rows_next(rows, &error));
    g_assert_true(kab_rows_is_null(rows, 0));
    g_assert_null(kab_rows_get_text(rows, 0));
    g_assert_null(kab_rows_dup_blob(rows, 0));
    g_assert_cmpint(kab_rows_get_int(rows, 0), ==, 0);
    g_assert_false(kab_rows_next(rows, &error));
    g_assert_no_error(error);
}

static void
test_helpers_bind_null(void)
{
    g_assert_cmpint(kab_text(NULL).type, ==, KAB_VALUE_NULL);
    g_assert_cmpint(kab_text("").type, ==, KAB_VALUE_TEXT);
    g_assert_cmpint(kab_text_or_null("").type, ==, KAB_VALUE_NULL);
    g_assert_cmpint(kab_text_or_null("a").type, ==, KAB_VALUE_TEXT);
    g_assert_cmpint(kab_blob(NULL).type, ==, KAB_VALUE_NULL);
}

static void
test_no_row_is_no_error(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *text = NULL;
    gboolean found = TRUE;
    gint64 number = 7;

    g_assert_true(
        kab_db_get_int(fixture->db, "SELECT id FROM kept", KAB_BIND_NONE, &found, &number, &error));
    g_assert_false(found);
    g_assert_cmpint(number, ==, 0);
    g_assert_true(
        kab_db_get_text(fixture->db, "SELECT value FROM kept", KAB_BIND_NONE, &text, &error));
    g_assert_null(text);
    g_assert_no_error(error);
}

static void
test_rolled_back_unless_committed(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GError) error = NULL;

    {
        g_autoptr(KabTransaction) lost = kab_db_begin(fixture->db, &error);

        g_assert_true(insert(fixture->db, 1, &error));
        g_assert_cmpint(count(fixture->db), ==, 1);
    }
    g_assert_cmpint(count(fixture->db), ==, 0);
    {
        g_autoptr(KabTransaction) kept = kab_db_begin(fixture->db, &error);

        g_assert_true(insert(fixture->db, 1, &error));
        g_assert_true(kab_transaction_commit(kept, &error));
    }
    g_assert_no_error(error);
    g_assert_cmpint(count(fixture->db), ==, 1);
    kab_transaction_free(NULL);
}

static void
test_part_is_undone_alone(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(KabTransaction) whole = kab_db_begin(fixture->db, &error);

    g_assert_true(insert(fixture->db, 1, &error));
    {
        g_autoptr(KabTransaction) lost = kab_db_begin_nested(fixture->db, &error);

        g_assert_true(insert(fixture->db, 2, &error));
    }
    {
        g_autoptr(KabTransaction) kept = kab_db_begin_nested(fixture->db, &error);

        g_assert_true(insert(fixture->db, 3, &error));
        g_assert_true(kab_transaction_commit(kept, &error));
    }
    g_assert_true(kab_transaction_commit(whole, &error));
    g_assert_no_error(error);
    g_assert_cmpint(count(fixture->db), ==, 2);
}

static void
test_read_sees_one_state(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(KabDb) other = kab_db_open(fixture->path, &error);

    {
        g_autoptr(KabTransaction) snapshot = kab_db_begin_read(fixture->db, &error);

        g_assert_cmpint(count(fixture->db), ==, 0);
        g_assert_true(insert(other, 1, &error));
        g_assert_cmpint(count(fixture->db), ==, 0);
    }
    g_assert_cmpint(count(fixture->db), ==, 1);
}

static void
test_two_writers_are_busy(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(KabDb) other = kab_db_open(fixture->path, &error);
    g_autoptr(KabTransaction) mine = NULL;

    g_assert_true(kab_db_script(other, "PRAGMA busy_timeout = 0", &error));
    mine = kab_db_begin(fixture->db, &error);
    g_assert_no_error(error);
    g_assert_null(kab_db_begin(other, &error));
    g_assert_error(error, KAB_DB_ERROR, KAB_DB_ERROR_BUSY);
}

static void
test_broken_rules_have_codes(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GError) error = NULL;

    g_assert_true(insert(fixture->db, 1, &error));
    g_assert_false(insert(fixture->db, 1, &error));
    g_assert_error(error, KAB_DB_ERROR, KAB_DB_ERROR_UNIQUE);
    g_clear_error(&error);
    g_assert_false(insert(fixture->db, 1000, &error));
    g_assert_error(error, KAB_DB_ERROR, KAB_DB_ERROR_CONSTRAINT);
    g_clear_error(&error);
    g_assert_false(kab_db_script(fixture->db, "SELECT * FROM nowhere", &error));
    g_assert_error(error, KAB_DB_ERROR, KAB_DB_ERROR_FAILED);
}

static void
test_garbage_is_corrupt(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *path = test_folder_path(fixture->folder, "garbage.db");
    g_autofree char *garbage = g_strnfill(5000, 'x');
    g_autofree char *before = NULL;
    g_autofree char *after = NULL;
    g_autoptr(GError) error = NULL;

    test_file_write(path, garbage, -1);
    before = test_file_checksum(path);
    g_assert_null(kab_db_open(path, &error));
    g_assert_error(error, KAB_DB_ERROR, KAB_DB_ERROR_CORRUPT);
    g_assert_nonnull(strstr(error->message, path));
    after = test_file_checksum(path);
    g_assert_cmpstr(before, ==, after);
}

/* Capitals, "ё" and the order of words do not matter; every word has to be there. */
static void
test_words_are_found(Fixture *fixture G_GNUC_UNUSED, gconstpointer data G_GNUC_UNUSED)
{
    static const struct {
        const char *text;
        const char *words;
        gint64 has;
    } rows[] = {
        {"Перчатки трикотажные", "ТРИКО", 1},
        {"Перчатки трикотажные", "трико перч", 1},
        {"Перчатки трикотажные", "трико молот", 0},
        {"Шуруповёрт", "шуруповерт", 1},
        {"Шуруповерт", "ШУРУПОВЁРТ", 1},
        {"100% хлопок_a", "%", 1},
        {"хлопок", "_", 0},
        {"", "a", 0},
        {"anything", "  ", 1},
        {"anything", "", 1},
        {"one two", "one\ttwo", 1},
    };
    g_autoptr(KabDb) db = kab_db_open(":memory:", NULL);
    g_autofree char *many = g_strnfill(5000, 'b');
    gint64 has;

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_assert_true(kab_db_get_int(db, "SELECT has_words($1, $2)",
                                     KAB_BIND(kab_text(rows[i].text), kab_text(rows[i].words)),
                                     NULL, &has, NULL));
        g_test_message("%s: %s", rows[i].text, rows[i].words);
        g_assert_cmpint(has, ==, rows[i].has);
    }
    g_assert_true(kab_db_get_int(db, "SELECT has_words($1 || 'Ю', 'ю')", KAB_BIND(kab_text(many)),
                                 NULL, &has, NULL));
    g_assert_cmpint(has, ==, 1);
    g_assert_true(kab_db_get_int(db, "SELECT has_words(CAST(x'ff41' AS TEXT), 'a')", KAB_BIND_NONE,
                                 NULL, &has, NULL));
    g_assert_cmpint(has, ==, 0);
}

static void
test_folder_is_not_made(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *path = test_folder_path(fixture->folder, "nowhere/a.db");
    g_autoptr(GError) error = NULL;

    g_assert_null(kab_db_open(path, &error));
    g_assert_error(error, KAB_DB_ERROR, KAB_DB_ERROR_OPEN);
    g_clear_error(&error);
    g_assert_null(kab_db_open(fixture->folder, &error));
    g_assert_error(error, KAB_DB_ERROR, KAB_DB_ERROR_OPEN);
}

static void
test_mistakes_are_told(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GError) error = NULL;
    KabRows *rows;
    gint64 unused;

    test_log_expect("stands out of order");
    kab_db_get_int(fixture->db, "SELECT $2 + $1", KAB_BIND(kab_int(1), kab_int(2)), NULL, &unused,
                   &error);
    test_log_assert_said();

    insert(fixture->db, 1, &error);
    rows = kab_db_query(fixture->db, "SELECT id FROM kept", KAB_BIND_NONE, &error);
    g_assert_true(kab_rows_next(rows, &error));
    test_log_expect("was not ended");
    kab_db_check_idle(fixture->db);
    test_log_assert_said();
    kab_rows_free(rows);

    {
        g_autoptr(KabTransaction) open = kab_db_begin(fixture->db, &error);

        test_log_expect("left open");
        kab_db_check_idle(fixture->db);
        test_log_assert_said();
    }
    kab_db_check_idle(fixture->db);
    g_assert_no_error(error);
}

static void
test_same_statement_twice_at_once(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    static const char sql[] = "SELECT id FROM kept ORDER BY id";
    g_autoptr(GError) error = NULL;

    insert(fixture->db, 1, &error);
    insert(fixture->db, 2, &error);
    for (int i = 0; i < 3; i++) {
        g_autoptr(KabRows) outer = kab_db_query(fixture->db, sql, KAB_BIND_NONE, &error);
        g_autoptr(KabRows) inner = kab_db_query(fixture->db, sql, KAB_BIND_NONE, &error);

        g_assert_true(kab_rows_next(outer, &error));
        g_assert_true(kab_rows_next(inner, &error));
        g_assert_true(kab_rows_next(outer, &error));
        g_assert_cmpint(kab_rows_get_int(outer, 0), ==, 2);
        g_assert_cmpint(kab_rows_get_int(inner, 0), ==, 1);
    }
    g_assert_no_error(error);
}

/* Closing any descriptor of a file takes away all locks of the process on it: a second connection
 * must not do that to the first, or another process believes to be alone and removes the log. */
static void
test_second_connection_keeps_locks(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GError) error = NULL;

    g_assert_true(insert(fixture->db, 1, &error));
    for (gint64 id = 2; id < 5; id++) {
        KabDb *second = kab_db_open(fixture->path, &error);

        g_assert_no_error(error);
        test_self_end(test_self_start(WRITER, fixture->path));
        g_assert_cmpint(count(fixture->db), ==, id);
        g_assert_cmpint(count(second), ==, id);
        kab_db_close(second);
    }
    g_assert_true(insert(fixture->db, 100, &error));
    g_assert_cmpint(count(fixture->db), ==, 5);
}

static int
write_and_close(const char *path)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(KabDb) db = kab_db_open(path, &error);

    g_assert_no_error(error);
    g_assert_true(
        kab_db_run(db, "INSERT INTO kept (value) VALUES ('child')", KAB_BIND_NONE, &error));
    return 0;
}

static void
test_pool_gives_what_it_got(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabDbPool) pool = kab_db_pool_new(fixture->path);
    g_autoptr(GError) error = NULL;
    KabDb *first = kab_db_pool_take(pool, &error);
    KabDb *second = kab_db_pool_take(pool, &error);

    g_assert_no_error(error);
    g_assert_true(first != second);
    kab_db_pool_give(pool, first);
    g_assert_true(kab_db_pool_take(pool, &error) == first);
    kab_db_pool_give(pool, first);
    kab_db_pool_give(pool, second);
    kab_db_pool_give(pool, NULL);
}

#define ADD(name, function) g_test_add("/db/" name, Fixture, NULL, set_up, function, tear_down)

int
main(int argc, char **argv)
{
    const char *path = test_self_is(argc, argv, WRITER);

    if (path != NULL)
        return write_and_close(path);
    g_test_init(&argc, &argv, NULL);
    test_log_init();
    ADD("private", test_is_private);
    ADD("values", test_values_come_back);
    g_test_add_func("/db/null", test_helpers_bind_null);
    ADD("no-row", test_no_row_is_no_error);
    ADD("rollback", test_rolled_back_unless_committed);
    ADD("nested", test_part_is_undone_alone);
    ADD("snapshot", test_read_sees_one_state);
    ADD("busy", test_two_writers_are_busy);
    ADD("codes", test_broken_rules_have_codes);
    ADD("garbage", test_garbage_is_corrupt);
    ADD("words", test_words_are_found);
    ADD("no-folder", test_folder_is_not_made);
    ADD("mistakes", test_mistakes_are_told);
    ADD("same-statement", test_same_statement_twice_at_once);
    ADD("locks", test_second_connection_keeps_locks);
    ADD("pool", test_pool_gives_what_it_got);
    return g_test_run();
}
