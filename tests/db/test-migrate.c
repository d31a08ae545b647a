/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-migrate.h"
#include "test-folder.h"
#include "test-log.h"

#include "test-migrations.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct {
    char *folder;
    char *path;
    char *copy;
    KabDb *db;
} Fixture;

static void
reopen(Fixture *fixture)
{
    g_autoptr(GError) error = NULL;

    kab_db_close(fixture->db);
    fixture->db = kab_db_open(fixture->path, &error);
    g_assert_no_error(error);
}

static void
set_up(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    fixture->folder = test_folder_new();
    fixture->path = test_folder_path(fixture->folder, "test.db");
    fixture->copy = g_strconcat(fixture->path, ".before-thing-2", NULL);
    reopen(fixture);
}

static void
tear_down(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    kab_db_close(fixture->db);
    g_free(fixture->path);
    g_free(fixture->copy);
    test_folder_remove(fixture->folder);
}

static gboolean
migrate(Fixture *fixture, const char *folder, GError **error)
{
    return kab_migrate(fixture->db, fixture->path, "thing", folder, error);
}

static void
migrate_well(Fixture *fixture, const char *folder)
{
    g_autoptr(GError) error = NULL;

    migrate(fixture, folder, &error);
    g_assert_no_error(error);
}

static void
assert_text(KabDb *db, const char *sql, const char *expected)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *text = NULL;

    kab_db_get_text(db, sql, KAB_BIND_NONE, &text, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(text, ==, expected);
}

#define VERSION "SELECT version FROM schema_version WHERE component = 'thing'"

static void
test_from_nothing(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    migrate_well(fixture, "/test/two");
    assert_text(fixture->db, "SELECT note FROM thing", "added");
    assert_text(fixture->db, VERSION, "2");
    g_assert_false(g_file_test(fixture->copy, G_FILE_TEST_EXISTS));
    migrate_well(fixture, "/test/two");
    assert_text(fixture->db, "SELECT count(*) FROM thing", "1");
}

static void
test_from_the_version_before(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabDb) copy = NULL;

    migrate_well(fixture, "/test/one");
    kab_db_script(fixture->db, "INSERT INTO thing (id, name) VALUES (2, 'a person''s')", NULL);
    reopen(fixture);
    migrate_well(fixture, "/test/two");
    assert_text(fixture->db, "SELECT note FROM thing WHERE name = 'a person''s'", "added");
    copy = kab_db_open(fixture->copy, NULL);
    assert_text(copy, "SELECT name FROM thing WHERE id = 2", "a person's");
    assert_text(copy, VERSION, "1");
}

static void
test_failed_script_changes_nothing(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GError) error = NULL;

    migrate_well(fixture, "/test/one");
    g_assert_false(migrate(fixture, "/test/broken", &error));
    g_assert_error(error, KAB_DB_ERROR, KAB_DB_ERROR_FAILED);
    g_assert_nonnull(strstr(error->message, "thing"));
    reopen(fixture);
    assert_text(fixture->db, "SELECT name FROM thing", "of the first version");
    assert_text(fixture->db, VERSION, "1");
    migrate_well(fixture, "/test/two");
    assert_text(fixture->db, "SELECT note FROM thing", "added");
}

static void
test_newer_is_refused(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *before = NULL;
    g_autofree char *after = NULL;

    migrate_well(fixture, "/test/two");
    g_clear_pointer(&fixture->db, kab_db_close);
    before = test_file_checksum(fixture->path);
    reopen(fixture);
    g_assert_false(migrate(fixture, "/test/one", &error));
    g_assert_error(error, KAB_DB_ERROR, KAB_DB_ERROR_NEWER);
    g_clear_pointer(&fixture->db, kab_db_close);
    after = test_file_checksum(fixture->path);
    g_assert_cmpstr(before, ==, after);
}

/* Whoever was killed while the copy was written must not leave half a copy for a whole one. */
static void
test_half_a_copy_is_made_anew(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *half = g_strconcat(fixture->copy, ".new", NULL);
    g_autoptr(KabDb) copy = NULL;

    migrate_well(fixture, "/test/one");
    test_file_write(half, "half of a database", -1);
    migrate_well(fixture, "/test/two");
    g_assert_false(g_file_test(half, G_FILE_TEST_EXISTS));
    copy = kab_db_open(fixture->copy, NULL);
    assert_text(copy, VERSION, "1");
}

static void
test_first_copy_stays(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *before = NULL;
    g_autofree char *after = NULL;

    migrate_well(fixture, "/test/one");
    g_assert_false(migrate(fixture, "/test/broken", &error));
    before = test_file_checksum(fixture->copy);
    migrate_well(fixture, "/test/two");
    after = test_file_checksum(fixture->copy);
    g_assert_cmpstr(before, ==, after);
}

#define ADD(name, function) g_test_add("/migrate/" name, Fixture, NULL, set_up, function, tear_down)

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    test_migrations_get_resource();
    ADD("from-nothing", test_from_nothing);
    ADD("from-before", test_from_the_version_before);
    ADD("failed-script", test_failed_script_changes_nothing);
    ADD("newer", test_newer_is_refused);
    ADD("half-a-copy", test_half_a_copy_is_made_anew);
    ADD("first-copy", test_first_copy_stays);
    return g_test_run();
}
