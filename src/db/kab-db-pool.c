/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-db-pool.h"

struct _KabDbPool {
    GMutex lock;
    char *path;
    GPtrArray *idle; /* (owned): the one used last at the end, its cache being warm */
};

KabDbPool *
kab_db_pool_new(const char *path)
{
    KabDbPool *pool = g_new0(KabDbPool, 1);

    g_mutex_init(&pool->lock);
    pool->path = g_strdup(path);
    pool->idle = g_ptr_array_new();
    return pool;
}

KabDb *
kab_db_pool_take(KabDbPool *pool, GError **error)
{
    KabDb *db = NULL;

    g_mutex_lock(&pool->lock);
    if (pool->idle->len > 0)
        db = g_ptr_array_steal_index(pool->idle, pool->idle->len - 1);
    g_mutex_unlock(&pool->lock);
    return db != NULL ? db : kab_db_open(pool->path, error);
}

void
kab_db_pool_give(KabDbPool *pool, KabDb *db)
{
    if (db == NULL)
        return;
    kab_db_check_idle(db);
    g_mutex_lock(&pool->lock);
    g_ptr_array_add(pool->idle, db);
    g_mutex_unlock(&pool->lock);
}

void
kab_db_pool_free(KabDbPool *pool)
{
    if (pool == NULL)
        return;
    g_ptr_array_foreach(pool->idle, (GFunc)(void (*)(void))kab_db_close, NULL);
    g_ptr_array_unref(pool->idle);
    g_mutex_clear(&pool->lock);
    g_free(pool->path);
    g_free(pool);
}
