/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-json.h"
#include "kab-task.h"

G_BEGIN_DECLS

/**
 * KabTaskFields:
 * @KAB_TASK_SUBJECT: what has to be decided, by whom, how far it is, and what the base heard: the
 *   message of the kind "task"
 * @KAB_TASK_DECISION: what was decided: the message of the kind "task-decision"
 * @KAB_TASK_ALL: both and the id, for desktops
 *
 * Which parts of a task a text holds.
 */
typedef enum {
    KAB_TASK_SUBJECT = 1 << 0,
    KAB_TASK_DECISION = 1 << 1,
    KAB_TASK_ID = 1 << 2,
    KAB_TASK_ALL = KAB_TASK_SUBJECT | KAB_TASK_DECISION | KAB_TASK_ID,
} KabTaskFields;

/** kab_wire_task_to_json: (transfer full): the parts @wanted of @task. */
JsonNode *kab_wire_task_to_json(const KabTask *task, KabTaskFields wanted);

/**
 * kab_wire_task_from_json:
 * @id: (nullable): the task's id in a message; %NULL where it is in the object
 * @object: an object from outside
 * @wanted: the parts that it may have
 * @error: return location: %KAB_ERROR_INVALID
 *
 * Returns: (transfer full) (nullable): the task
 */
KabTask *kab_wire_task_from_json(const char *id, JsonObject *object, KabTaskFields wanted,
                                 GError **error);

/** kab_wire_variants_to_json: (transfer full): the variants of @task, for a message or storage. */
JsonArray *kab_wire_variants_to_json(const KabTask *task);

/** kab_wire_variants_from_json: adds variants to @task; whether they are right. */
gboolean kab_wire_variants_from_json(KabTask *task, JsonArray *variants, GError **error);

G_END_DECLS
