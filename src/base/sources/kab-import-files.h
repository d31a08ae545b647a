/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * KabImportFile:
 * @label: its name for people
 * @name: (nullable): of a picture, the path on the disk or inside the archive, to be compared with
 * @path: the file on the disk, or the archive that holds it
 * @entry: its place among the entries of the archive, -1 for a file on the disk
 * @chosen: whether the caller named this very file, so that it has to be what is wanted
 * @size: its size in bytes, unpacked; 0 if the archive does not say
 * @rank: its place in the order of reading; set by whoever looked into it
 * @formed: (nullable): when it was formed, as it says itself
 *
 * One file of an exchange. The names inside an archive open nothing.
 */
typedef struct {
    char *label;
    char *name;
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
 * @pictures: (element-type KabImportFile) (nullable): where the picture files go that lie beside
 *   the XML files, in the order of reading
 * @cancellable: (nullable): stops the search
 * @error: return location: %KAB_ERROR_NOT_FOUND, %KAB_ERROR_INVALID, %KAB_ERROR_RANGE
 *
 * Finds the XML files, those of folders at any depth and in the order of their names.
 *
 * Returns: (transfer full) (nullable) (element-type KabImportFile): at least one file
 */
GPtrArray *kab_import_files_list(const char *const *paths, GPtrArray *pictures,
                                 GCancellable *cancellable, GError **error);

/** kab_import_file_free: frees a KabImportFile. */
void kab_import_file_free(gpointer file);

G_END_DECLS
