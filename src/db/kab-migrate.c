/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-migrate.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#define CREATE_VERSIONS                           \
    "CREATE TABLE IF NOT EXISTS schema_version (" \
    " component TEXT PRIMARY KEY NOT NULL, version INTEGER NOT NULL) STRICT"
#define SELECT_VERSION "SELECT version FROM schema_version WHERE component = $1"
#define UPSERT_VERSION                                                \
    "INSERT INTO schema_version (component, version) VALUES ($1, $2)" \
    " ON CONFLICT (component) DO UPDATE SET version = excluded.version"

static GBytes *
find_script(const char *folder, gint64 version)
{
    g_autofree char *name = g_strdup_printf("%s/%03d.sql", folder, (int)version);

    return g_resources_lookup_data(name, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
}

static gint64
count_scripts(const char *folder)
{
    gint64 n = 0;

    for (;;) {
        g_autoptr(GBytes) script = find_script(folder, n + 1);

        if (script == NULL)
            return n;
        n++;
    }
}

static gboolean
apply(KabDb *db, const char *component, const char *folder, gint64 version, GError **error)
{
    g_autoptr(GBytes) script = find_script(folder, version);
    g_autoptr(KabTransaction) transaction = kab_db_begin(db, error);
    gint64 now;

    if (transaction == NULL ||
        !kab_db_get_int(db, SELECT_VERSION, KAB_BIND(kab_text(component)), NULL, &now, error))
        return FALSE;
    /* Another process may have done it while this one waited for the transaction. */
    if (now >= version)
        return TRUE;
    if (!kab_db_script(db, g_bytes_get_data(script, NULL), error) ||
        !kab_db_run(db, UPSERT_VERSION, KAB_BIND(kab_text(component), kab_int(version)), error)) {
        g_prefix_error(error, _("Upgrade of “%s” to version %d: "), component, (int)version);
        return FALSE;
    }
    return kab_transaction_commit(transaction, error);
}

/* The copy is named by the version it holds, so an interrupted upgrade does not replace it; it has
 * this name only when it is whole. */
static gboolean
keep_copy(KabDb *db, const char *path, const char *component, gint64 version, GError **error)
{
    g_autofree char *copy = NULL;
    g_autofree char *unfinished = NULL;

    if (path == NULL)
        return TRUE;
    copy = g_strdup_printf("%s.before-%s-%d", path, component, (int)version + 1);
    if (g_file_test(copy, G_FILE_TEST_EXISTS))
        return TRUE;
    unfinished = g_strconcat(copy, ".new", NULL);
    g_unlink(unfinished);
    if (!kab_db_backup(db, unfinished, error))
        return FALSE;
    if (g_rename(unfinished, copy) == 0)
        return TRUE;
    g_set_error(error, KAB_DB_ERROR, KAB_DB_ERROR_FAILED, "%s: %s", copy, g_strerror(errno));
    return FALSE;
}

gboolean
kab_migrate(KabDb *db, const char *path, const char *component, const char *folder, GError **error)
{
    gint64 latest = count_scripts(folder);
    gint64 version;

    g_return_val_if_fail(latest > 0, FALSE);
    if (!kab_db_script(db, CREATE_VERSIONS, error) ||
        !kab_db_get_int(db, SELECT_VERSION, KAB_BIND(kab_text(component)), NULL, &version, error))
        return FALSE;
    if (version > latest) {
        g_set_error(error, KAB_DB_ERROR, KAB_DB_ERROR_NEWER,
                    _("The data were made by a newer version of the program (%s %d, this one knows "
                      "%d): install that version"),
                    component, (int)version, (int)latest);
        return FALSE;
    }
    if (version > 0 && version < latest && !keep_copy(db, path, component, version, error))
        return FALSE;
    while (version < latest) {
        if (!apply(db, component, folder, ++version, error))
            return FALSE;
    }
    return TRUE;
}
