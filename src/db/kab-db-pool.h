/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-db.h"

G_BEGIN_DECLS

/**
 * KabDbPool:
 *
 * Connections to one database file for the threads of one process. Any thread may use it.
 */
typedef struct _KabDbPool KabDbPool;

/**
 * kab_db_pool_new:
 * @path: the database's file; its schema is up to date
 *
 * Returns: (transfer full): a pool without connections; they are opened as they are asked for
 */
KabDbPool *kab_db_pool_new(const char *path);

/**
 * kab_db_pool_take:
 * @pool: a pool
 * @error: return location: as of kab_db_open()
 *
 * Returns: (transfer full) (nullable): a connection for this thread alone, to be given back
 */
KabDb *kab_db_pool_take(KabDbPool *pool, GError **error);

/**
 * kab_db_pool_give:
 * @pool: a pool
 * @db: (transfer full) (nullable): a connection of it, outside a transaction
 */
void kab_db_pool_give(KabDbPool *pool, KabDb *db);

/**
 * kab_db_pool_free:
 * @pool: (nullable): a pool whose connections have all been given back
 */
void kab_db_pool_free(KabDbPool *pool);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabDbPool, kab_db_pool_free)

G_END_DECLS
