/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-order.h"
#include "kab-task.h"
#include "kab-user.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * KabApprovalRule:
 * @id: its number
 * @condition: what it looks at
 * @threshold: what exceeds this has to be approved, in the measure of the condition
 * @role: who approves
 *
 * A step of the base's approval process. The steps are gone through in order.
 */
typedef struct {
    gint64 id;
    KabApprovalCondition condition;
    gint64 threshold;
    KabRole role;
} KabApprovalRule;

/**
 * KabApprovalMeasures:
 * @values: by #KabApprovalCondition, what an order measures
 */
typedef struct {
    gint64 values[KAB_N_APPROVAL_CONDITIONS];
} KabApprovalMeasures;

/**
 * kab_approval_find_step:
 * @rules: (array length=n_rules): the approval process
 * @n_rules: how many steps it has
 * @measures: what the order measures now
 * @tasks: (element-type KabTask): the order's tasks so far
 *
 * An approval counts for its step as long as the order measures no more than it did then.
 *
 * Returns: (nullable): the first step that the order exceeds and that nobody has approved; %NULL if
 *   the order may go on
 */
const KabApprovalRule *kab_approval_find_step(const KabApprovalRule *rules, guint n_rules,
                                              const KabApprovalMeasures *measures,
                                              GPtrArray *tasks);

G_END_DECLS
