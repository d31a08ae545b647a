/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-end.h"
#include "kab-task.h"

G_BEGIN_DECLS

/* Tasks of the signed-in user: of the user's role at the user's partner. Others are
 * %KAB_ERROR_NOT_FOUND, as if they were not there. */

/** kab_portal_tasks_list: (transfer full) (nullable): a page, as kab_task_store_list(). */
GPtrArray *kab_portal_tasks_list(KabDb *db, const KabUser *user, const char *state,
                                 const char *after, guint limit, char **next, GError **error);

/**
 * kab_portal_tasks_decide:
 * @db: a connection outside a transaction
 * @user: who decides
 * @id: a task
 * @variant: one of its variants
 * @comment: (nullable): what is written with it
 * @error: return location: %KAB_ERROR_STATE if the user may not decide it now, %KAB_ERROR_INVALID
 *
 * Stores the decision and queues it for the base. The same decision again is no error.
 *
 * Returns: (transfer full) (nullable): the task
 */
KabTask *kab_portal_tasks_decide(KabDb *db, const KabUser *user, const char *id,
                                 const char *variant, const char *comment, GError **error);

/** kab_portal_list_alarms: a #KabAlarmFunc: tasks that nobody here can decide. */
gboolean kab_portal_list_alarms(KabDb *db, GPtrArray *alarms, GError **error);

/* For the exchange. */

gboolean kab_portal_build_task_decision(gpointer service, KabDb *db, const char *id,
                                        JsonObject **body, GError **error);
gboolean kab_portal_apply_task(gpointer service, KabDb *db, const KabMessage *message,
                               GError **error);

G_END_DECLS
