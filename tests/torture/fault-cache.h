/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/**
 * FaultCache:
 *
 * What was written to a file and not synced yet, in sectors: what a power cut takes away. All
 * connections of the process share the cache of a file. The caller locks.
 */
typedef struct _FaultCache FaultCache;

/**
 * fault_cache_open:
 * @path: the file
 * @file: the file, open
 * @is_new: whether it was made just now: it is not on the disk before the first sync
 *
 * Returns: (transfer full): the cache of the file
 */
FaultCache *fault_cache_open(const char *path, sqlite3_file *file, gboolean is_new);

/** fault_cache_unref: the last one to go writes through: a process that ends loses nothing. */
void fault_cache_unref(FaultCache *cache, sqlite3_file *file);

/** fault_cache_read: as xRead. */
int fault_cache_read(FaultCache *cache, sqlite3_file *file, void *data, int size, gint64 at);

/** fault_cache_write: as xWrite. */
int fault_cache_write(FaultCache *cache, sqlite3_file *file, const void *data, int size, gint64 at);

/** fault_cache_truncate: as xTruncate. */
void fault_cache_truncate(FaultCache *cache, gint64 size);

/** fault_cache_sync: as xSync. */
int fault_cache_sync(FaultCache *cache, sqlite3_file *file);

/** fault_cache_get_size: as xFileSize. */
gint64 fault_cache_get_size(const FaultCache *cache);

/** fault_cache_forget: the file is as it was at the last sync. */
void fault_cache_forget(FaultCache *cache);

/** fault_cache_forget_all: power is gone; the process has to end. */
void fault_cache_forget_all(void);

/** fault_cache_tear_all: as fault_cache_forget_all(), but sectors that @seed says are written. */
void fault_cache_tear_all(guint32 seed);

G_END_DECLS
