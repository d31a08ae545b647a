/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-db.h"
#include "kab-order.h"
#include "kab-task.h"

G_BEGIN_DECLS

/* Tasks in the database, the same at both ends. */

/** kab_task_store_save: stores a task, inside a transaction. */
gboolean kab_task_store_save(KabDb *db, const KabTask *task, GError **error);

/** kab_task_store_delete: removes a task. */
gboolean kab_task_store_delete(KabDb *db, const char *id, GError **error);

/** kab_task_store_find: (transfer full) (nullable): %NULL without @error set if there is none. */
KabTask *kab_task_store_find(KabDb *db, const char *id, GError **error);

/** kab_task_store_load: (transfer full) (nullable): as find, but %KAB_ERROR_NOT_FOUND. */
KabTask *kab_task_store_load(KabDb *db, const char *id, GError **error);

/** kab_task_store_load_for: as load, and one that is not for @user is not found just the same. */
KabTask *kab_task_store_load_for(KabDb *db, const KabUser *user, const char *id, GError **error);

/** kab_task_store_list_order: (transfer full) (nullable) (element-type KabTask): oldest first. */
GPtrArray *kab_task_store_list_order(KabDb *db, const char *order_id, GError **error);

/** kab_task_store_find_approver: notes in @order whether a task about it is open, and whose it is.
 */
gboolean kab_task_store_find_approver(KabDb *db, KabOrder *order, GError **error);

/**
 * kab_task_store_list:
 * @db: a connection
 * @role: whose tasks
 * @partner_id: (nullable): only tasks of this partner
 * @state: (nullable): only tasks in this state (its nick)
 * @after: (nullable): what @next was on the page before
 * @limit: how many at most
 * @next: (out) (nullable) (transfer full): where the next page begins; %NULL at the end
 * @error: return location: %KAB_ERROR_INVALID for @after
 *
 * Returns: (transfer full) (nullable) (element-type KabTask): tasks, newest first
 */
GPtrArray *kab_task_store_list(KabDb *db, KabRole role, const char *partner_id, const char *state,
                               const char *after, guint limit, char **next, GError **error);

G_END_DECLS
