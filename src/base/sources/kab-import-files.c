/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-import-files.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#define FILES_MAX 10000
#define ENTRIES_MAX 1000000
#define FOLDER_DEPTH_MAX 32
#define ARCHIVE_BLOCK 65536

typedef struct archive Archive;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Archive, archive_read_free)

/* Pictures beyond so many are as if they were not there. */
#define PICTURES_MAX 100000

typedef struct {
    GPtrArray *files;    /* (owned) */
    GPtrArray *pictures; /* (unowned) (nullable) */
    GCancellable *cancellable;
} Search;

static gboolean search_folder(Search *search, const char *path, int depth, GError **error);

void
kab_import_file_free(gpointer data)
{
    KabImportFile *file = data;

    g_free(file->label);
    g_free(file->name);
    g_free(file->path);
    g_free(file->formed);
    g_free(file);
}

static gboolean
has_suffix(const char *name, const char *suffix)
{
    gsize length = strlen(name);
    gsize n = strlen(suffix);

    return length > n && g_ascii_strcasecmp(name + length - n, suffix) == 0;
}

/* Hidden files, among them the "._" twins that some systems lay beside each file. */
static gboolean
is_hidden(const char *name)
{
    const char *base = strrchr(name, '/');

    return (base != NULL ? base[1] : name[0]) == '.';
}

static gboolean
add_file(Search *search, const char *path, char *label, int entry, gint64 size, gboolean chosen,
         GError **error)
{
    KabImportFile *file = g_new0(KabImportFile, 1);

    file->path = g_strdup(path);
    file->label = label;
    file->entry = entry;
    file->size = size;
    file->chosen = chosen;
    g_ptr_array_add(search->files, file);
    if (search->files->len <= FILES_MAX)
        return TRUE;
    g_set_error(error, KAB_ERROR, KAB_ERROR_RANGE, _("More than %d files for one exchange"),
                FILES_MAX);
    return FALSE;
}

static gboolean
is_picture(const char *name)
{
    static const char *const suffixes[] = {".jpg", ".jpeg", ".png", ".webp", ".gif"};

    for (gsize i = 0; i < G_N_ELEMENTS(suffixes); i++)
        if (has_suffix(name, suffixes[i]))
            return TRUE;
    return FALSE;
}

/* Takes the label. */
static void
add_picture(Search *search, const char *path, const char *name, char *label, int entry)
{
    KabImportFile *file;

    if (search->pictures == NULL || search->pictures->len >= PICTURES_MAX) {
        g_free(label);
        return;
    }
    file = g_new0(KabImportFile, 1);
    file->path = g_strdup(path);
    file->name = g_strdup(name);
    file->label = label;
    file->entry = entry;
    g_ptr_array_add(search->pictures, file);
}

/* A name from inside an archive is anybody's text: only good for showing. */
static char *
label_entry(const char *archive, const char *name)
{
    g_autofree char *valid = g_utf8_make_valid(name, -1);

    for (char *p = valid; *p != '\0'; p++)
        if (g_ascii_iscntrl(*p))
            *p = '?';
    return g_strdup_printf("%s/%.200s", archive, valid);
}

/* Of the other ways to pack, some let a file of some bytes ask for gigabytes of memory. The library
 * tells the way of the entry that it stands at in the format's name. */
static gboolean
can_unpack(Archive *archive)
{
    const char *format = archive_format_name(archive);

    return format != NULL &&
           (g_str_has_suffix(format, "(uncompressed)") || g_str_has_suffix(format, "(deflation)"));
}

static gboolean
check_packing(Archive *archive, const char *label, GError **error)
{
    if (can_unpack(archive))
        return TRUE;
    g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID,
                _("“%s” is packed in an unusual way: make the zip archive with Deflate"), label);
    return FALSE;
}

static gboolean
search_archive(Search *search, const char *path, GError **error)
{
    g_autoptr(Archive) archive = archive_read_new();
    struct archive_entry *entry;
    int rc;

    archive_read_support_format_zip(archive);
    rc = archive_read_open_filename(archive, path, ARCHIVE_BLOCK);
    for (int i = 0; rc >= ARCHIVE_WARN && i < ENTRIES_MAX; i++) {
        g_autofree char *label = NULL;
        const char *name;

        rc = archive_read_next_header(archive, &entry);
        if (rc == ARCHIVE_EOF)
            return TRUE;
        if (g_cancellable_set_error_if_cancelled(search->cancellable, error))
            return FALSE;
        if (rc < ARCHIVE_WARN)
            break;
        name = archive_entry_pathname_utf8(entry);
        if (name == NULL)
            name = archive_entry_pathname(entry);
        if (name == NULL || archive_entry_filetype(entry) != AE_IFREG || is_hidden(name))
            continue;
        if (is_picture(name) && can_unpack(archive))
            add_picture(search, path, name, label_entry(path, name), i);
        if (!has_suffix(name, ".xml"))
            continue;
        label = label_entry(path, name);
        if (!check_packing(archive, label, error) ||
            !add_file(search, path, g_steal_pointer(&label), i, archive_entry_size(entry), FALSE,
                      error))
            return FALSE;
    }
    g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("“%s” is not a whole zip archive: %s"), path,
                rc < ARCHIVE_WARN ? archive_error_string(archive) : _("it has too many entries"));
    return FALSE;
}

static gboolean
is_zip(const char *path)
{
    static const char magic[] = {'P', 'K', 3, 4};
    char head[sizeof magic] = {0};
    FILE *file = g_fopen(path, "rbe");

    if (file == NULL)
        return FALSE;
    if (fread(head, 1, sizeof head, file) != sizeof head)
        head[0] = '\0';
    fclose(file);
    return memcmp(head, magic, sizeof magic) == 0;
}

static gboolean
search_path(Search *search, const char *path, int depth, GError **error)
{
    GStatBuf info;

    if (g_cancellable_set_error_if_cancelled(search->cancellable, error))
        return FALSE;
    if (g_stat(path, &info) != 0) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_NOT_FOUND, _("Cannot read “%s”: %s"), path,
                    g_strerror(errno));
        return FALSE;
    }
    if (S_ISDIR(info.st_mode))
        return search_folder(search, path, depth, error);
    /* A name that the caller gave counts for what it is, a name in a folder for what it says. */
    if (has_suffix(path, ".zip") || (depth == 0 && is_zip(path)))
        return search_archive(search, path, error);
    if (depth > 0 && is_picture(path) && S_ISREG(info.st_mode))
        add_picture(search, path, path, g_strdup(path), -1);
    if (depth > 0 && !has_suffix(path, ".xml"))
        return TRUE;
    return add_file(search, path, g_strdup(path), -1, info.st_size, depth == 0, error);
}

static int
compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static gboolean
search_folder(Search *search, const char *path, int depth, GError **error)
{
    g_autoptr(GDir) folder = NULL;
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    const char *name;

    if (depth >= FOLDER_DEPTH_MAX) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_RANGE, _("“%s” lies too deep in its folders"),
                    path);
        return FALSE;
    }
    folder = g_dir_open(path, 0, error);
    if (folder == NULL)
        return FALSE;
    while ((name = g_dir_read_name(folder)) != NULL)
        g_ptr_array_add(names, g_strdup(name));
    g_ptr_array_sort(names, compare_names);
    for (guint i = 0; i < names->len; i++) {
        g_autofree char *child = g_build_filename(path, names->pdata[i], NULL);

        if (is_hidden(names->pdata[i]))
            continue;
        /* A link to a folder may lead around in a circle. */
        if (g_file_test(child, G_FILE_TEST_IS_SYMLINK) &&
            !g_file_test(child, G_FILE_TEST_IS_REGULAR))
            continue;
        if (!search_path(search, child, depth + 1, error))
            return FALSE;
    }
    return TRUE;
}

GPtrArray *
kab_import_files_list(const char *const *paths, GPtrArray *pictures, GCancellable *cancellable,
                      GError **error)
{
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(kab_import_file_free);
    Search search = {files, pictures, cancellable};

    for (gsize i = 0; paths[i] != NULL; i++)
        if (!search_path(&search, paths[i], 0, error))
            return NULL;
    if (files->len == 0) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_NOT_FOUND, _("No XML file in “%s”"),
                    paths[0] != NULL ? paths[0] : "");
        return NULL;
    }
    return g_steal_pointer(&files);
}
