/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-picture-cache.h"
#include "kab-picture.h"

#include <glib/gstdio.h>
#include <string.h>
#include <utime.h>

/* The folder is counted at the first file and then after so many. */
#define WRITES_BETWEEN_COUNTS 64

typedef struct {
    char *hash;
    GBytes *file;
    GList link; /* in the order of use */
} Entry;

struct _KabPictureCache {
    GObject parent_instance;

    char *folder; /* (owned) (nullable) */
    gsize max_memory;
    gsize max_disk;
    gsize memory;
    GHashTable *entries; /* (owned): hash -> Entry */
    GQueue used;         /* the last one used first */
    GMutex lock;         /* of what follows, and of clearing the folder */
    guint writes;
};

G_DEFINE_FINAL_TYPE(KabPictureCache, kab_picture_cache, G_TYPE_OBJECT)

static void
entry_free(gpointer data)
{
    Entry *entry = data;

    g_free(entry->hash);
    g_bytes_unref(entry->file);
    g_free(entry);
}

static void
kab_picture_cache_finalize(GObject *object)
{
    KabPictureCache *self = KAB_PICTURE_CACHE(object);

    g_hash_table_unref(self->entries);
    g_mutex_clear(&self->lock);
    g_free(self->folder);
    G_OBJECT_CLASS(kab_picture_cache_parent_class)->finalize(object);
}

static void
kab_picture_cache_class_init(KabPictureCacheClass *klass)
{
    G_OBJECT_CLASS(klass)->finalize = kab_picture_cache_finalize;
}

static void
kab_picture_cache_init(KabPictureCache *self)
{
    self->entries = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, entry_free);
    g_queue_init(&self->used);
    g_mutex_init(&self->lock);
}

KabPictureCache *
kab_picture_cache_new(const char *folder, gsize max_memory, gsize max_disk)
{
    KabPictureCache *self = g_object_new(KAB_TYPE_PICTURE_CACHE, NULL);

    self->folder = g_strdup(folder);
    self->max_memory = max_memory;
    self->max_disk = max_disk;
    return self;
}

gsize
kab_picture_cache_get_memory(KabPictureCache *self)
{
    return self->memory;
}

GBytes *
kab_picture_cache_find(KabPictureCache *self, const char *hash)
{
    Entry *entry = g_hash_table_lookup(self->entries, hash);

    if (entry == NULL)
        return NULL;
    g_queue_unlink(&self->used, &entry->link);
    g_queue_push_head_link(&self->used, &entry->link);
    return g_bytes_ref(entry->file);
}

static void
forget_last(KabPictureCache *self)
{
    Entry *entry = g_queue_pop_tail_link(&self->used)->data;

    self->memory -= g_bytes_get_size(entry->file);
    g_hash_table_remove(self->entries, entry->hash);
}

static void
remember(KabPictureCache *self, const char *hash, GBytes *file)
{
    Entry *entry;

    if (g_bytes_get_size(file) > self->max_memory || g_hash_table_contains(self->entries, hash))
        return;
    entry = g_new0(Entry, 1);
    entry->hash = g_strdup(hash);
    entry->file = g_bytes_ref(file);
    entry->link.data = entry;
    g_hash_table_insert(self->entries, entry->hash, entry);
    g_queue_push_head_link(&self->used, &entry->link);
    self->memory += g_bytes_get_size(file);
    while (self->memory > self->max_memory)
        forget_last(self);
}

/* On a worker thread. */
static void
read_file(GTask *task, gpointer source, gpointer data, GCancellable *cancellable G_GNUC_UNUSED)
{
    KabPictureCache *self = source;
    const char *hash = data;
    g_autofree char *path = g_build_filename(self->folder, hash, NULL);
    g_autoptr(GBytes) file = NULL;
    g_autofree char *found = NULL;
    GStatBuf info;
    char *bytes;
    gsize size;

    if (g_stat(path, &info) == 0 && info.st_size <= KAB_PICTURE_MAX_BYTES &&
        g_file_get_contents(path, &bytes, &size, NULL)) {
        file = g_bytes_new_take(bytes, size);
        found = kab_picture_hash(file);
        /* A file that was cut or changed is as good as none. */
        if (strcmp(found, hash) != 0) {
            g_unlink(path);
            g_clear_pointer(&file, g_bytes_unref);
        } else {
            utime(path, NULL);
        }
    }
    g_task_return_pointer(task, g_steal_pointer(&file), (GDestroyNotify)g_bytes_unref);
}

void
kab_picture_cache_load_async(KabPictureCache *self, const char *hash, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data)
{
    g_autoptr(GTask) task = g_task_new(self, cancellable, callback, data);
    GBytes *file = kab_picture_cache_find(self, hash);

    g_task_set_task_data(task, g_strdup(hash), g_free);
    if (file != NULL || self->folder == NULL || !kab_picture_is_hash(hash))
        g_task_return_pointer(task, file, (GDestroyNotify)g_bytes_unref);
    else
        g_task_run_in_thread(task, read_file);
}

GBytes *
kab_picture_cache_load_finish(KabPictureCache *self, GAsyncResult *result, GError **error)
{
    GBytes *file = g_task_propagate_pointer(G_TASK(result), error);

    if (file != NULL)
        remember(self, g_task_get_task_data(G_TASK(result)), file);
    return file;
}

typedef struct {
    char *path;
    gint64 used_at;
    gsize size;
} File;

static void
file_clear(gpointer data)
{
    g_free(((File *)data)->path);
}

static int
compare_used(gconstpointer a, gconstpointer b)
{
    const File *first = a;
    const File *second = b;

    return (first->used_at > second->used_at) - (first->used_at < second->used_at);
}

/* Removes the files not used for longest, until a tenth of the room is free. */
static void
clear_folder(KabPictureCache *self)
{
    g_autoptr(GDir) folder = g_dir_open(self->folder, 0, NULL);
    g_autoptr(GArray) files = g_array_new(FALSE, FALSE, sizeof(File));
    const char *name;
    gsize total = 0;

    g_array_set_clear_func(files, file_clear);
    while (folder != NULL && (name = g_dir_read_name(folder)) != NULL) {
        File file = {.path = g_build_filename(self->folder, name, NULL)};
        GStatBuf info;

        if (g_lstat(file.path, &info) == 0 && S_ISREG(info.st_mode)) {
            file.used_at = info.st_mtime;
            file.size = (gsize)info.st_size;
            total += file.size;
        }
        g_array_append_val(files, file);
    }
    if (total <= self->max_disk)
        return;
    g_array_sort(files, compare_used);
    for (guint i = 0; i < files->len && total > self->max_disk - self->max_disk / 10; i++) {
        const File *file = &g_array_index(files, File, i);

        if (g_unlink(file->path) == 0)
            total -= MIN(total, file->size);
    }
}

typedef struct {
    char *hash;
    GBytes *file;
} Put;

static void
put_free(gpointer data)
{
    Put *put = data;

    g_free(put->hash);
    g_bytes_unref(put->file);
    g_free(put);
}

/* On a worker thread. */
static void
write_file(GTask *task, gpointer source, gpointer data, GCancellable *cancellable G_GNUC_UNUSED)
{
    KabPictureCache *self = source;
    const Put *put = data;
    g_autofree char *path = g_build_filename(self->folder, put->hash, NULL);
    gsize size;
    const char *bytes = g_bytes_get_data(put->file, &size);

    g_mkdir_with_parents(self->folder, 0700);
    g_file_set_contents_full(path, bytes, (gssize)size, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL);
    g_mutex_lock(&self->lock);
    if (self->writes++ % WRITES_BETWEEN_COUNTS == 0)
        clear_folder(self);
    g_mutex_unlock(&self->lock);
    g_task_return_boolean(task, TRUE);
}

void
kab_picture_cache_put_async(KabPictureCache *self, const char *hash, GBytes *file,
                            GAsyncReadyCallback callback, gpointer data)
{
    g_autoptr(GTask) task = g_task_new(self, NULL, callback, data);
    Put *put = g_new0(Put, 1);

    put->hash = g_strdup(hash);
    put->file = g_bytes_ref(file);
    g_task_set_task_data(task, put, put_free);
    remember(self, hash, file);
    if (self->folder != NULL && kab_picture_is_hash(hash))
        g_task_run_in_thread(task, write_file);
    else
        g_task_return_boolean(task, TRUE);
}
