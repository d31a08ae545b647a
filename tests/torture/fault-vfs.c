/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fault-vfs.h"

#include "fault-cache.h"

#include <sqlite3.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

/* Some commits are followed by a checkpoint, which syncs once more, and some are not. */
#define BUSY_PAGES 40

typedef enum {
    OP_CREATE,
    OP_WRITE,
    OP_TRUNCATE,
    OP_SYNC,
    OP_DELETE,
} Op;

/* Which calls each kind of fault counts. */
static const guint concerns[] = {
    [FAULT_NONE] = 0,
    [FAULT_FULL] = 1 << OP_CREATE | 1 << OP_WRITE,
    [FAULT_SYNC] = 1 << OP_SYNC,
    [FAULT_LOST] = 1 << OP_SYNC,
    [FAULT_CUT] = ~0U,
    [FAULT_TORN] = ~0U,
};

/* A file as SQLite sees it; the one of the real VFS lies behind it. */
typedef struct {
    sqlite3_file base;
    gboolean doomed;   /* whether the fault concerns it */
    FaultCache *cache; /* (nullable): what was written and not synced */
} FaultFile;

static struct {
    GMutex lock; /* for everything here, and for the caches */
    sqlite3_vfs vfs;
    sqlite3_vfs *real;
    const char *part;
    FaultKind kind;
    guint n;
    guint32 seed;
    guint calls;
    gboolean struck;
    gboolean repaired;
} fault;

static sqlite3_file *
real_file(sqlite3_file *file)
{
    return (sqlite3_file *)(gpointer)((FaultFile *)(gpointer)file + 1);
}

static gboolean
is_doomed(const char *path)
{
    return fault.kind != FAULT_NONE && path != NULL && strstr(path, fault.part) != NULL;
}

/* Whether this call of a doomed file has to fail; with the lock held. */
static gboolean
strikes(Op op)
{
    if (fault.repaired || (concerns[fault.kind] & 1 << op) == 0)
        return FALSE;
    if (fault.struck)
        return fault.kind != FAULT_LOST;
    if (++fault.calls < fault.n)
        return FALSE;
    fault.struck = TRUE;
    if (fault.kind == FAULT_CUT || fault.kind == FAULT_TORN) {
        if (fault.kind == FAULT_TORN)
            fault_cache_tear_all(fault.seed);
        else
            fault_cache_forget_all();
        _exit(FAULT_CUT_STATUS);
    }
    return TRUE;
}

static int
fault_close(sqlite3_file *file)
{
    FaultFile *self = (FaultFile *)(gpointer)file;
    int rc;

    g_mutex_lock(&fault.lock);
    if (self->cache != NULL)
        fault_cache_unref(self->cache, real_file(file));
    g_mutex_unlock(&fault.lock);
    rc = real_file(file)->pMethods->xClose(real_file(file));
    return rc;
}

static int
fault_read(sqlite3_file *file, void *data, int size, sqlite3_int64 at)
{
    FaultFile *self = (FaultFile *)(gpointer)file;
    int rc;

    if (self->cache == NULL)
        return real_file(file)->pMethods->xRead(real_file(file), data, size, at);
    g_mutex_lock(&fault.lock);
    rc = fault_cache_read(self->cache, real_file(file), data, size, at);
    g_mutex_unlock(&fault.lock);
    return rc;
}

static int
write_through(FaultFile *self, const void *data, int size, sqlite3_int64 at)
{
    sqlite3_file *real = real_file(&self->base);

    return self->cache != NULL ? fault_cache_write(self->cache, real, data, size, at)
                               : real->pMethods->xWrite(real, data, size, at);
}

static int
fault_write(sqlite3_file *file, const void *data, int size, sqlite3_int64 at)
{
    FaultFile *self = (FaultFile *)(gpointer)file;
    gboolean first;
    int rc;

    if (!self->doomed)
        return write_through(self, data, size, at);
    g_mutex_lock(&fault.lock);
    first = !fault.struck;
    if (!strikes(OP_WRITE)) {
        rc = write_through(self, data, size, at);
    } else {
        if (first)
            write_through(self, data, size / 2, at);
        rc = SQLITE_FULL;
    }
    g_mutex_unlock(&fault.lock);
    return rc;
}

static int
fault_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    FaultFile *self = (FaultFile *)(gpointer)file;
    sqlite3_file *real = real_file(file);
    int rc = SQLITE_OK;

    if (!self->doomed)
        return real->pMethods->xTruncate(real, size);
    g_mutex_lock(&fault.lock);
    strikes(OP_TRUNCATE);
    if (self->cache != NULL)
        fault_cache_truncate(self->cache, size);
    else
        rc = real->pMethods->xTruncate(real, size);
    g_mutex_unlock(&fault.lock);
    return rc;
}

static int
fault_sync(sqlite3_file *file, int flags G_GNUC_UNUSED)
{
    FaultFile *self = (FaultFile *)(gpointer)file;
    int rc = SQLITE_OK;

    if (!self->doomed)
        return SQLITE_OK;
    g_mutex_lock(&fault.lock);
    if (strikes(OP_SYNC)) {
        if (self->cache != NULL)
            fault_cache_forget(self->cache);
        rc = SQLITE_IOERR_FSYNC;
    } else if (self->cache != NULL) {
        rc = fault_cache_sync(self->cache, real_file(file));
    }
    g_mutex_unlock(&fault.lock);
    return rc;
}

static int
fault_file_size(sqlite3_file *file, sqlite3_int64 *size)
{
    FaultFile *self = (FaultFile *)(gpointer)file;

    if (self->cache == NULL)
        return real_file(file)->pMethods->xFileSize(real_file(file), size);
    g_mutex_lock(&fault.lock);
    *size = fault_cache_get_size(self->cache);
    g_mutex_unlock(&fault.lock);
    return SQLITE_OK;
}

/* Calls that only go to the real file. */

static int
fault_lock(sqlite3_file *file, int level)
{
    return real_file(file)->pMethods->xLock(real_file(file), level);
}

static int
fault_unlock(sqlite3_file *file, int level)
{
    return real_file(file)->pMethods->xUnlock(real_file(file), level);
}

static int
fault_check_reserved_lock(sqlite3_file *file, int *out)
{
    return real_file(file)->pMethods->xCheckReservedLock(real_file(file), out);
}

static int
fault_file_control(sqlite3_file *file, int op, void *data)
{
    return real_file(file)->pMethods->xFileControl(real_file(file), op, data);
}

static int
fault_sector_size(sqlite3_file *file)
{
    return real_file(file)->pMethods->xSectorSize(real_file(file));
}

static int
fault_device_characteristics(sqlite3_file *file)
{
    return real_file(file)->pMethods->xDeviceCharacteristics(real_file(file));
}

static int
fault_shm_map(sqlite3_file *file, int region, int size, int extend, void volatile **out)
{
    return real_file(file)->pMethods->xShmMap(real_file(file), region, size, extend, out);
}

static int
fault_shm_lock(sqlite3_file *file, int offset, int n, int flags)
{
    return real_file(file)->pMethods->xShmLock(real_file(file), offset, n, flags);
}

static void
fault_shm_barrier(sqlite3_file *file)
{
    real_file(file)->pMethods->xShmBarrier(real_file(file));
}

static int
fault_shm_unmap(sqlite3_file *file, int and_delete)
{
    return real_file(file)->pMethods->xShmUnmap(real_file(file), and_delete);
}

/* Version 2 has no memory-mapped reading, which would go past the cache. */
static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = fault_close,
    .xRead = fault_read,
    .xWrite = fault_write,
    .xTruncate = fault_truncate,
    .xSync = fault_sync,
    .xFileSize = fault_file_size,
    .xLock = fault_lock,
    .xUnlock = fault_unlock,
    .xCheckReservedLock = fault_check_reserved_lock,
    .xFileControl = fault_file_control,
    .xSectorSize = fault_sector_size,
    .xDeviceCharacteristics = fault_device_characteristics,
    .xShmMap = fault_shm_map,
    .xShmLock = fault_shm_lock,
    .xShmBarrier = fault_shm_barrier,
    .xShmUnmap = fault_shm_unmap,
};

static gboolean
is_there(const char *path)
{
    int there = 0;

    fault.real->xAccess(fault.real, path, SQLITE_ACCESS_EXISTS, &there);
    return there != 0;
}

static int
fault_open(sqlite3_vfs *vfs G_GNUC_UNUSED, const char *path, sqlite3_file *file, int flags,
           int *out_flags)
{
    FaultFile *self = (FaultFile *)(gpointer)file;
    sqlite3_file *real = real_file(file);
    gboolean keeps =
        fault.kind == FAULT_LOST || fault.kind == FAULT_CUT || fault.kind == FAULT_TORN;
    gboolean is_new = FALSE;
    int rc = SQLITE_OK;

    memset(self, 0, sizeof *self);
    self->doomed = is_doomed(path);
    g_mutex_lock(&fault.lock);
    if (self->doomed && (flags & SQLITE_OPEN_CREATE) != 0 && !is_there(path)) {
        is_new = TRUE;
        if (strikes(OP_CREATE))
            rc = SQLITE_CANTOPEN;
    }
    if (rc == SQLITE_OK)
        rc = fault.real->xOpen(fault.real, path, real, flags, out_flags);
    if (rc == SQLITE_OK && self->doomed && keeps)
        self->cache = fault_cache_open(path, real, is_new);
    g_mutex_unlock(&fault.lock);
    if (rc == SQLITE_OK)
        file->pMethods = &methods;
    return rc;
}

static int
fault_delete(sqlite3_vfs *vfs G_GNUC_UNUSED, const char *path, int sync_folder G_GNUC_UNUSED)
{
    int rc;

    g_mutex_lock(&fault.lock);
    if (is_doomed(path))
        strikes(OP_DELETE);
    rc = fault.real->xDelete(fault.real, path, 0);
    g_mutex_unlock(&fault.lock);
    return rc;
}

static int
set_pages(guint what G_GNUC_UNUSED, void *db, void *statement G_GNUC_UNUSED,
          void *text G_GNUC_UNUSED)
{
    return sqlite3_wal_autocheckpoint(db, BUSY_PAGES);
}

/* Opening a connection sets the usual number of pages after this: it has to be done with the first
 * statement. */
static int
make_busy(sqlite3 *db, const char **message G_GNUC_UNUSED, const void *api G_GNUC_UNUSED)
{
    return sqlite3_trace_v2(db, SQLITE_TRACE_STMT, set_pages, db);
}

void
fault_vfs_register(gboolean busy)
{
    fault.real = sqlite3_vfs_find(NULL);
    /* The other calls of the real VFS do not look at which VFS they are called with. */
    fault.vfs = *fault.real;
    fault.vfs.zName = "fault";
    fault.vfs.szOsFile = (int)sizeof(FaultFile) + fault.real->szOsFile;
    fault.vfs.xOpen = fault_open;
    fault.vfs.xDelete = fault_delete;
    g_assert_cmpint(sqlite3_vfs_register(&fault.vfs, TRUE), ==, SQLITE_OK);
    if (busy)
        sqlite3_auto_extension((void (*)(void))make_busy);
}

void
fault_vfs_arm(const char *part, FaultKind kind, guint n, guint32 seed)
{
    fault.part = part;
    fault.kind = kind;
    fault.n = n;
    fault.seed = seed;
}

void
fault_vfs_repair(void)
{
    g_mutex_lock(&fault.lock);
    fault.repaired = TRUE;
    g_mutex_unlock(&fault.lock);
}

gboolean
fault_vfs_has_struck(void)
{
    gboolean struck;

    g_mutex_lock(&fault.lock);
    struck = fault.struck;
    g_mutex_unlock(&fault.lock);
    return struck;
}
