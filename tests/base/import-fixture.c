/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import-fixture.h"

#include "kab-migrate.h"

#include <glib/gstdio.h>
#include <string.h>

#define HEAD                                                                         \
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"                                   \
    "<КоммерческаяИнформация xmlns=\"urn:1C.ru:commerceml_2\"" \
    " ВерсияСхемы=\"2.07\" ДатаФормирования=\"2026-01-31T12:00:00\">\n"
#define TAIL "\n</КоммерческаяИнформация>\n"

GResource *kab_base_get_resource(void);
GResource *kab_exchange_get_resource(void);

void
import_fixture_set_up(ImportFixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(GError) error = NULL;

    g_assert_nonnull(kab_base_get_resource());
    g_assert_nonnull(kab_exchange_get_resource());
    fixture->db = kab_db_open(":memory:", &error);
    g_assert_no_error(error);
    g_assert_true(
        kab_migrate(fixture->db, NULL, "exchange", "/org/kabinet/exchange/migrations", &error));
    g_assert_true(kab_migrate(fixture->db, NULL, "base", "/org/kabinet/base/migrations", &error));
    g_assert_no_error(error);
    fixture->folder = g_dir_make_tmp("kabinet-import-XXXXXX", &error);
    g_assert_no_error(error);
}

static void
remove_inside(const char *path)
{
    g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
    const char *name;

    while ((name = g_dir_read_name(folder)) != NULL) {
        g_autofree char *child = g_build_filename(path, name, NULL);

        if (g_file_test(child, G_FILE_TEST_IS_DIR))
            remove_inside(child);
        g_assert_cmpint(g_remove(child), ==, 0);
    }
}

void
import_fixture_clean(ImportFixture *fixture)
{
    remove_inside(fixture->folder);
}

void
import_fixture_tear_down(ImportFixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    import_fixture_clean(fixture);
    g_assert_cmpint(g_rmdir(fixture->folder), ==, 0);
    g_free(fixture->folder);
    kab_import_result_clear(&fixture->result);
    kab_db_close(fixture->db);
}

void
import_fixture_write(ImportFixture *fixture, const char *name, const char *data, gssize size)
{
    g_autofree char *path = g_build_filename(fixture->folder, name, NULL);
    g_autoptr(GError) error = NULL;

    g_file_set_contents(path, data, size, &error);
    g_assert_no_error(error);
}

void
import_fixture_write_body(ImportFixture *fixture, const char *name, const char *body)
{
    g_autofree char *text = g_strconcat(HEAD, body, TAIL, NULL);

    import_fixture_write(fixture, name, text, -1);
}

gboolean
import_fixture_try(ImportFixture *fixture, GError **error)
{
    const char *const paths[] = {fixture->folder, NULL};

    kab_import_result_clear(&fixture->result);
    return kab_commerceml_import(fixture->db, paths, NULL, NULL, NULL, &fixture->result, error);
}

void
import_fixture_import(ImportFixture *fixture)
{
    g_autoptr(GError) error = NULL;

    import_fixture_try(fixture, &error);
    g_assert_no_error(error);
}

void
import_fixture_import_body(ImportFixture *fixture, const char *body)
{
    import_fixture_clean(fixture);
    import_fixture_write_body(fixture, "import.xml", body);
    import_fixture_import(fixture);
}

gint64
import_fixture_int(ImportFixture *fixture, const char *sql)
{
    g_autoptr(GError) error = NULL;
    gboolean found;
    gint64 value;

    kab_db_get_int(fixture->db, sql, KAB_BIND_NONE, &found, &value, &error);
    g_assert_no_error(error);
    g_assert_true(found);
    return value;
}

void
import_fixture_assert_text(ImportFixture *fixture, const char *sql, const char *expected)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *text = NULL;

    kab_db_get_text(fixture->db, sql, KAB_BIND_NONE, &text, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(text, ==, expected);
}

gboolean
import_fixture_has_warning(ImportFixture *fixture, const char *part)
{
    for (guint i = 0; fixture->result.warnings != NULL && i < fixture->result.warnings->len; i++)
        if (strstr(fixture->result.warnings->pdata[i], part) != NULL)
            return TRUE;
    return FALSE;
}

/* The first column of all rows, one a line. The text of a statement has to stay where it is. */
static char *
list_rows(ImportFixture *fixture, const char *sql)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(KabRows) rows =
        kab_db_query(fixture->db, g_intern_string(sql), KAB_BIND_NONE, &error);
    GString *lines = g_string_new(NULL);

    g_assert_no_error(error);
    while (kab_rows_next(rows, &error))
        g_string_append_printf(lines, "%s\n", kab_rows_get_text(rows, 0));
    g_assert_no_error(error);
    return g_string_free(lines, FALSE);
}

void
import_fixture_assert_queue(ImportFixture *fixture, const char *expected)
{
    g_autofree char *queue =
        list_rows(fixture, "SELECT kind || ' ' || object_id FROM queue ORDER BY rank, object_id");

    g_assert_cmpstr(queue, ==, expected);
}

void
import_fixture_clear_queue(ImportFixture *fixture)
{
    g_assert_true(kab_db_run(fixture->db, "DELETE FROM queue", KAB_BIND_NONE, NULL));
}

char *
import_fixture_dump(ImportFixture *fixture)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    g_autofree char *selects = list_rows(
        fixture, "SELECT 'SELECT json_array(' || (SELECT group_concat(CASE type"
                 " WHEN 'BLOB' THEN 'hex(' || name || ')' ELSE name END, ', ')"
                 " FROM pragma_table_info(s.name)) || ') FROM ' || s.name || ' ORDER BY 1'"
                 " FROM sqlite_schema s WHERE s.type = 'table' AND s.name NOT LIKE 'sqlite%'");
    g_auto(GStrv) statements = g_strsplit(g_strstrip(selects), "\n", -1);

    g_assert_cmpuint(g_strv_length(statements), >, 10);
    for (guint i = 0; statements[i] != NULL; i++) {
        g_autofree char *rows = list_rows(fixture, statements[i]);

        g_checksum_update(sum, (const guchar *)rows, -1);
    }
    return g_strdup(g_checksum_get_string(sum));
}

void
import_fixture_assert_settled(ImportFixture *fixture)
{
    g_autofree char *before = import_fixture_dump(fixture);
    g_autofree char *after = NULL;

    import_fixture_import(fixture);
    after = import_fixture_dump(fixture);
    g_assert_cmpstr(before, ==, after);
}
