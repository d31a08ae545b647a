/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "kab-commerceml.h"
#include "kab-migrate.h"

#include <glib/gstdio.h>
#include <stdlib.h>

#define SELECT_TABLES \
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
#define SELECT_QUEUED "SELECT coalesce(sum(version), 0) FROM queue"

GResource *kab_base_get_resource(void);
GResource *kab_exchange_get_resource(void);

static KabDb *db;
static char *folder;
static char *clean; /* a script that empties what was empty at first */

static gint64
get_int(const char *sql)
{
    g_autoptr(GError) error = NULL;
    gint64 value;

    FUZZ_ASSERT(kab_db_get_int(db, sql, KAB_BIND_NONE, NULL, &value, &error));
    return value;
}

static char *
make_clean(void)
{
    GString *script = g_string_new("PRAGMA foreign_keys = OFF; BEGIN;"
                                   "UPDATE exchange_version SET value = 0;");
    g_autoptr(GError) error = NULL;
    g_autoptr(KabRows) rows = kab_db_query(db, SELECT_TABLES, KAB_BIND_NONE, &error);

    while (kab_rows_next(rows, &error)) {
        const char *name = kab_rows_get_text(rows, 0);
        g_autofree char *sql = g_strdup_printf("SELECT count(*) FROM \"%s\"", name);

        if (get_int(g_intern_string(sql)) == 0)
            g_string_append_printf(script, "DELETE FROM \"%s\";", name);
    }
    FUZZ_ASSERT(error == NULL);
    g_string_append(script, "COMMIT; PRAGMA foreign_keys = ON;");
    return g_string_free(script, FALSE);
}

static void
remove_folder(void)
{
    static const char *const names[] = {"import.xml", "import.zip"};

    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *path = g_build_filename(folder, names[i], NULL);

        g_remove(path);
    }
    g_rmdir(folder);
}

void
fuzz_import_init(void)
{
    g_autoptr(GError) error = NULL;

    fuzz_init();
    FUZZ_ASSERT(kab_base_get_resource() != NULL && kab_exchange_get_resource() != NULL);
    db = kab_db_open(":memory:", &error);
    FUZZ_ASSERT(db != NULL &&
                kab_migrate(db, NULL, "exchange", "/org/kabinet/exchange/migrations", &error) &&
                kab_migrate(db, NULL, "base", "/org/kabinet/base/migrations", &error));
    clean = make_clean();
    folder = g_dir_make_tmp("kab-fuzz-XXXXXX", &error);
    FUZZ_ASSERT(folder != NULL);
    atexit(remove_folder);
}

static gboolean
import(const char *path)
{
    const char *const paths[] = {path, NULL};
    KabImportResult result = {0};
    g_autoptr(GError) error = NULL;
    gboolean done = kab_commerceml_import(db, paths, NULL, NULL, NULL, &result, &error);

    fuzz_check_error(done, error);
    FUZZ_ASSERT(done || result.warnings == NULL);
    /* Input is told from a program that does not know what to do with it. */
    FUZZ_ASSERT(error == NULL || error->domain != KAB_DB_ERROR);
    for (guint i = 0; result.warnings != NULL && i < result.warnings->len; i++)
        FUZZ_ASSERT(g_utf8_validate(g_ptr_array_index(result.warnings, i), -1, NULL));
    kab_import_result_clear(&result);
    kab_db_check_idle(db);
    return done;
}

void
fuzz_import(const char *name, const guint8 *data, gsize size)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    FILE *file = g_fopen(path, "wbe");
    gint64 queued;

    FUZZ_ASSERT(file != NULL && fwrite(data, 1, size, file) == size && fclose(file) == 0);
    if (!import(path))
        return;
    queued = get_int(SELECT_QUEUED);
    FUZZ_ASSERT(import(path));
    FUZZ_ASSERT(get_int(SELECT_QUEUED) == queued);
    FUZZ_ASSERT(kab_db_script(db, clean, NULL));
}
