/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-approval.h"

static gboolean
is_approved(const KabApprovalRule *rule, gint64 measure, GPtrArray *tasks)
{
    for (guint i = 0; i < tasks->len; i++) {
        const KabTask *task = g_ptr_array_index(tasks, i);
        const KabTaskVariant *variant = kab_task_find_variant(task, task->variant);

        if (task->rule_id == rule->id && task->condition == rule->condition &&
            task->role == rule->role && task->state == KAB_TASK_FINISHED && variant != NULL &&
            variant->outcome != KAB_VARIANT_REFUSE && task->measure >= measure)
            return TRUE;
    }
    return FALSE;
}

const KabApprovalRule *
kab_approval_find_step(const KabApprovalRule *rules, guint n_rules,
                       const KabApprovalMeasures *measures, GPtrArray *tasks)
{
    for (guint i = 0; i < n_rules; i++) {
        gint64 measure = measures->values[rules[i].condition];

        if (measure > rules[i].threshold && !is_approved(&rules[i], measure, tasks))
            return &rules[i];
    }
    return NULL;
}
