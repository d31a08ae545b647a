/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * KabImportFile:
 * @label: its name for people; the names inside an archive are used for nothing else
 * @path: the file on the disk, or the archive that holds it
 * @entry: its place among the entries of the archive, -1 for a file on the disk
 * @chosen: whether the caller named this very file, so that it has to be what is wanted
 * @size: its size in bytes, unpacked; 0 if the archive does not say
 * @rank: its place in the order of reading; set by whoever looked into it
 * @formed: (nullable): when it was formed, as it says itself
 *
 * One XML file of an exchange.
 */
typedef struct {
    char *label;
    char *path;
    int entry;
    gboolean chosen;
    gint64 size;
    int rank;
    char *formed;
} KabImportFile;

/**
 * kab_import_files_list:
 * @paths: (array zero-terminated=1): files, folders and zip archives
 * @cancellable: (nullable): stops the search
 * @error: return location: %KAB_ERROR_NOT_FOUND, %KAB_ERROR_INVALID, %KAB_ERROR_RANGE
 *
 * Finds the XML files, those of folders at any depth and in the order of their names.
 *
 * Returns: (transfer full) (nullable) (element-type KabImportFile): at least one file
 */
GPtrArray *kab_import_files_list(const char *const *paths, GCancellable *cancellable,
                                 GError **error);

G_END_DECLS
