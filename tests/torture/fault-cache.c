/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fault-cache.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* What a disk writes whole or not at all. */
#define SECTOR 512

struct _FaultCache {
    char *path;
    guint n_refs;
    gboolean is_new;
    gint64 size;         /* as the process sees it */
    gint64 disk_size;    /* as it is on the disk */
    gint64 valid;        /* how much of the disk's bytes still counts: less after truncating */
    GHashTable *sectors; /* (owned): number -> SECTOR bytes */
};

/* Path to cache, of the files that are open. */
static GHashTable *caches;

FaultCache *
fault_cache_open(const char *path, sqlite3_file *file, gboolean is_new)
{
    FaultCache *cache;
    sqlite3_int64 size = 0;

    if (caches == NULL)
        caches = g_hash_table_new(g_str_hash, g_str_equal);
    cache = g_hash_table_lookup(caches, path);
    if (cache == NULL) {
        file->pMethods->xFileSize(file, &size);
        cache = g_new0(FaultCache, 1);
        cache->path = g_strdup(path);
        cache->is_new = is_new;
        cache->size = cache->disk_size = cache->valid = size;
        cache->sectors = g_hash_table_new_full(NULL, NULL, NULL, g_free);
        g_hash_table_insert(caches, cache->path, cache);
    }
    cache->n_refs++;
    return cache;
}

void
fault_cache_unref(FaultCache *cache, sqlite3_file *file)
{
    if (--cache->n_refs > 0)
        return;
    fault_cache_sync(cache, file);
    g_hash_table_remove(caches, cache->path);
    g_hash_table_unref(cache->sectors);
    g_free(cache->path);
    g_free(cache);
}

/* The bytes of the disk, zeros where there are none that count. */
static int
read_disk(FaultCache *cache, sqlite3_file *file, guint8 *data, gint64 size, gint64 at)
{
    gint64 there = CLAMP(cache->valid - at, 0, size);
    int rc = SQLITE_OK;

    memset(data, 0, (gsize)size);
    if (there > 0)
        rc = file->pMethods->xRead(file, data, (int)there, at);
    return rc == SQLITE_IOERR_SHORT_READ ? SQLITE_OK : rc;
}

int
fault_cache_read(FaultCache *cache, sqlite3_file *file, void *data, int size, gint64 at)
{
    guint8 *bytes = data;
    gint64 there = CLAMP(cache->size - at, 0, size);
    int rc = read_disk(cache, file, bytes, size, at);

    for (gint64 i = at / SECTOR; i * SECTOR < at + there; i++) {
        const guint8 *sector = g_hash_table_lookup(cache->sectors, GSIZE_TO_POINTER((gsize)i));
        gint64 from = MAX(at, i * SECTOR);
        gint64 to = MIN(at + there, (i + 1) * SECTOR);

        if (sector != NULL)
            memcpy(bytes + (from - at), sector + (from - i * SECTOR), (gsize)(to - from));
    }
    memset(bytes + there, 0, (gsize)(size - there));
    return rc == SQLITE_OK && there < size ? SQLITE_IOERR_SHORT_READ : rc;
}

/* The sector with number @i, made from what is on the disk if it is not there. */
static guint8 *
need_sector(FaultCache *cache, sqlite3_file *file, gint64 i, int *rc)
{
    guint8 *sector = g_hash_table_lookup(cache->sectors, GSIZE_TO_POINTER((gsize)i));

    if (sector == NULL) {
        sector = g_malloc(SECTOR);
        *rc = read_disk(cache, file, sector, SECTOR, i * SECTOR);
        g_hash_table_insert(cache->sectors, GSIZE_TO_POINTER((gsize)i), sector);
    }
    return sector;
}

int
fault_cache_write(FaultCache *cache, sqlite3_file *file, const void *data, int size, gint64 at)
{
    const guint8 *bytes = data;
    int rc = SQLITE_OK;

    for (gint64 i = at / SECTOR; i * SECTOR < at + size && rc == SQLITE_OK; i++) {
        guint8 *sector = need_sector(cache, file, i, &rc);
        gint64 from = MAX(at, i * SECTOR);
        gint64 to = MIN(at + size, (i + 1) * SECTOR);

        memcpy(sector + (from - i * SECTOR), bytes + (from - at), (gsize)(to - from));
    }
    cache->size = MAX(cache->size, at + size);
    return rc;
}

void
fault_cache_truncate(FaultCache *cache, gint64 size)
{
    GHashTableIter iter;
    gpointer number;
    gpointer sector;

    g_hash_table_iter_init(&iter, cache->sectors);
    while (g_hash_table_iter_next(&iter, &number, &sector)) {
        gint64 begin = (gint64)GPOINTER_TO_SIZE(number) * SECTOR;

        if (begin >= size)
            g_hash_table_iter_remove(&iter);
        else if (begin + SECTOR > size)
            memset((guint8 *)sector + (size - begin), 0, (gsize)(begin + SECTOR - size));
    }
    cache->size = size;
    cache->valid = MIN(cache->valid, size);
}

/* How many bytes of a sector belong to the file. */
static int
sector_size(const FaultCache *cache, gint64 begin)
{
    return (int)CLAMP(cache->size - begin, 0, SECTOR);
}

int
fault_cache_sync(FaultCache *cache, sqlite3_file *file)
{
    GHashTableIter iter;
    gpointer number;
    gpointer sector;
    int rc = SQLITE_OK;

    if (cache->valid < cache->disk_size)
        rc = file->pMethods->xTruncate(file, cache->valid);
    g_hash_table_iter_init(&iter, cache->sectors);
    while (rc == SQLITE_OK && g_hash_table_iter_next(&iter, &number, &sector)) {
        gint64 begin = (gint64)GPOINTER_TO_SIZE(number) * SECTOR;

        rc = file->pMethods->xWrite(file, sector, sector_size(cache, begin), begin);
    }
    g_hash_table_remove_all(cache->sectors);
    cache->disk_size = cache->valid = cache->size;
    cache->is_new = FALSE;
    return rc;
}

gint64
fault_cache_get_size(const FaultCache *cache)
{
    return cache->size;
}

void
fault_cache_forget(FaultCache *cache)
{
    g_hash_table_remove_all(cache->sectors);
    cache->size = cache->valid = cache->disk_size;
}

/* A file whose folder was not synced has no name on the disk. */
void
fault_cache_forget_all(void)
{
    GHashTableIter iter;
    gpointer value;

    if (caches == NULL)
        return;
    g_hash_table_iter_init(&iter, caches);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        const FaultCache *cache = value;

        if (cache->is_new)
            unlink(cache->path);
    }
}

/* Past SQLite: the process ends, and its locks with it. */
static void
tear(const FaultCache *cache, GRand *chance)
{
    int fd = open(cache->path, O_WRONLY | O_CLOEXEC);
    gint64 end = (cache->size + SECTOR - 1) / SECTOR;

    g_assert_cmpint(fd, >=, 0);
    if (cache->valid < cache->disk_size && g_rand_boolean(chance))
        g_assert_cmpint(ftruncate(fd, cache->valid), ==, 0);
    for (gint64 i = 0; i < end; i++) {
        const guint8 *sector = g_hash_table_lookup(cache->sectors, GSIZE_TO_POINTER((gsize)i));
        int size = sector_size(cache, i * SECTOR);

        if (sector != NULL && g_rand_boolean(chance))
            g_assert_cmpint(pwrite(fd, sector, (gsize)size, i * SECTOR), ==, size);
    }
    close(fd);
}

void
fault_cache_tear_all(guint32 seed)
{
    g_autoptr(GRand) chance = g_rand_new_with_seed(seed);
    g_autoptr(GList) paths = caches != NULL ? g_hash_table_get_keys(caches) : NULL;

    /* In an order that depends on nothing. */
    paths = g_list_sort(paths, (GCompareFunc)strcmp);
    for (GList *link = paths; link != NULL; link = link->next)
        tear(g_hash_table_lookup(caches, link->data), chance);
}
