/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-end.h"
#include "kab-order.h"
#include "kab-task.h"

G_BEGIN_DECLS

/** kab_base_tasks_store: stores a task, inside a transaction; one of a partner's people is queued.
 */
gboolean kab_base_tasks_store(KabDb *db, const KabTask *task, GError **error);

/** kab_base_tasks_withdraw: a task is needed no more; @why is told to its executor. */
gboolean kab_base_tasks_withdraw(KabDb *db, KabTask *task, const char *why, GError **error);

/**
 * kab_base_tasks_decide:
 * @db: a connection outside a transaction
 * @user: a manager or an administrator
 * @id: a task of the user's role
 * @variant: one of its variants
 * @comment: (nullable): what is written with it
 * @error: return location: %KAB_ERROR_STATE, %KAB_ERROR_INVALID, %KAB_ERROR_NOT_FOUND
 *
 * Finishes the task; the approval process makes the next one or moves the order on.
 *
 * Returns: (transfer full) (nullable): the task
 */
KabTask *kab_base_tasks_decide(KabDb *db, const KabUser *user, const char *id, const char *variant,
                               const char *comment, GError **error);

/** kab_base_list_alarms: a #KabAlarmFunc: tasks that nobody can decide. */
gboolean kab_base_list_alarms(KabDb *db, GPtrArray *alarms, GError **error);

/* For the exchange. */

gboolean kab_base_build_task(gpointer service, KabDb *db, const char *id, JsonObject **body,
                             GError **error);
gboolean kab_base_apply_task_decision(gpointer service, KabDb *db, const KabMessage *message,
                                      GError **error);
gboolean kab_base_repeat_task_decision(gpointer service, KabDb *db, const char *id, GError **error);

G_END_DECLS
