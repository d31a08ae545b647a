/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client-catalogue.h"
#include "kab-client.h"
#include "kab-task.h"

G_BEGIN_DECLS

/**
 * kab_client_list_tasks_async:
 * @self: a connection to a portal or a base
 * @open: only tasks that wait for a decision
 * @after: (nullable): @next of the page before
 * @limit: how many at most, 1 to 500
 *
 * A page of the tasks of the signed-in user, newest first.
 */
void kab_client_list_tasks_async(KabClient *self, gboolean open, const char *after, guint limit,
                                 GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer data);

/** kab_client_list_tasks_finish: (transfer full): a page of #KabTask */
KabPage *kab_client_list_tasks_finish(KabClient *self, GAsyncResult *result, GError **error);

/** kab_client_get_task_async: a task. */
void kab_client_get_task_async(KabClient *self, KabTaskId id, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer data);

/**
 * kab_client_decide_task_async:
 * @self: a connection to a portal or a base
 * @id: a task
 * @variant: the chosen variant
 * @comment: (nullable): what is written with it
 *
 * The same decision again is no error.
 */
void kab_client_decide_task_async(KabClient *self, KabTaskId id, const char *variant,
                                  const char *comment, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer data);

/** kab_client_task_finish: (transfer full): the task after either call */
KabTask *kab_client_task_finish(KabClient *self, GAsyncResult *result, GError **error);

G_END_DECLS
