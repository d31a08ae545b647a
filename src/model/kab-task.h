/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-id.h"
#include "kab-money.h"
#include "kab-time.h"
#include "kab-user.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * KabTaskState:
 * @KAB_TASK_NEW: waits for its executor
 * @KAB_TASK_DECIDED: decided at the portal; the base has not heard of it
 * @KAB_TASK_FINISHED: the base has taken the decision
 * @KAB_TASK_WITHDRAWN: the base needs no decision any more
 */
typedef enum {
    KAB_TASK_NEW,
    KAB_TASK_DECIDED,
    KAB_TASK_FINISHED,
    KAB_TASK_WITHDRAWN,
} KabTaskState;

/** KAB_N_TASK_STATES: how many values #KabTaskState has. */
#define KAB_N_TASK_STATES (KAB_TASK_WITHDRAWN + 1)

/**
 * KabTaskEvent:
 * @KAB_TASK_DECIDE: the executor decides at the portal
 * @KAB_TASK_FINISH: the base takes a decision
 * @KAB_TASK_REOPEN: the base could not take the decision
 * @KAB_TASK_WITHDRAW: the base needs it no more
 */
typedef enum {
    KAB_TASK_DECIDE,
    KAB_TASK_FINISH,
    KAB_TASK_REOPEN,
    KAB_TASK_WITHDRAW,
} KabTaskEvent;

/** KAB_N_TASK_EVENTS: how many values #KabTaskEvent has. */
#define KAB_N_TASK_EVENTS (KAB_TASK_WITHDRAW + 1)

/**
 * kab_task_state_after:
 * @from: the state now
 * @event: what happens
 * @to: (out) (optional): the state after it
 *
 * The task's state machine.
 *
 * Returns: whether it can happen in this state
 */
gboolean kab_task_state_after(KabTaskState from, KabTaskEvent event, KabTaskState *to);

/**
 * KabApprovalCondition:
 * @KAB_APPROVAL_TOTAL: the order's total, in minor units
 * @KAB_APPROVAL_DISCOUNT: how far it is below the prices of the agreement, in hundredths of a
 *   percent
 * @KAB_APPROVAL_OVERDUE: what the partner should have paid by now, in minor units
 *
 * Why an order has to be approved, and what is measured.
 */
typedef enum {
    KAB_APPROVAL_TOTAL,
    KAB_APPROVAL_DISCOUNT,
    KAB_APPROVAL_OVERDUE,
} KabApprovalCondition;

/** KAB_N_APPROVAL_CONDITIONS: how many values #KabApprovalCondition has. */
#define KAB_N_APPROVAL_CONDITIONS (KAB_APPROVAL_OVERDUE + 1)

/**
 * KabTaskOutcome:
 * @KAB_VARIANT_APPROVE: approved
 * @KAB_VARIANT_REMARK: approved, and the remarks go to the order
 * @KAB_VARIANT_REFUSE: refused: the order is cancelled
 *
 * What a decision means to the base.
 */
typedef enum {
    KAB_VARIANT_APPROVE,
    KAB_VARIANT_REMARK,
    KAB_VARIANT_REFUSE,
} KabTaskOutcome;

/** KAB_TASK_MAX_VARIANTS: how many variants a task has at most. */
#define KAB_TASK_MAX_VARIANTS 20

/**
 * KabTaskVariant:
 * @id: its name on the wire
 * @title: its name for people, as the base writes it
 * @outcome: what it means
 * @needs_comment: whether a comment has to be written with it
 *
 * A decision variant, as the base defines it.
 */
typedef struct {
    char *id;
    char *title;
    KabTaskOutcome outcome;
    gboolean needs_comment;
} KabTaskVariant;

/**
 * KabTask:
 * @id: made at the base, the same at both ends
 * @order_id: the order to decide on
 * @order_number: (nullable): its number
 * @order_total: its total
 * @revision: its revision
 * @partner_id: whose order it is
 * @partner_name: (nullable): the partner's name
 * @author_id: who placed the order; not set if that is not known
 * @author_name: (nullable): the author's name
 * @rule_id: the step of the approval process; 0 at the portal
 * @condition: why it has to be decided
 * @measure: what the order measured when the task was made
 * @threshold: what it exceeds
 * @role: whose task it is
 * @own_allowed: whether the author may decide
 * @state: how far it is
 * @created_at: when it was made
 * @variants: (array length=n_variants): what can be decided
 * @n_variants: how many
 * @variant: (nullable): what was decided
 * @comment: (nullable): what was written with it
 * @decided_by: who decided; not set if that is not known
 * @decided_name: (nullable): that user's name
 * @decided_at: when; 0 if nobody has
 * @attempt: how many times it was decided at the portal
 * @note: (nullable): why the base could not take the decision, or withdrew the task
 *
 * What somebody has to decide about an order.
 */
typedef struct {
    KabTaskId id;
    KabOrderId order_id;
    char *order_number;
    KabMoney order_total;
    gint64 revision;
    KabPartnerId partner_id;
    char *partner_name;
    KabUserId author_id;
    char *author_name;
    gint64 rule_id;
    KabApprovalCondition condition;
    gint64 measure;
    gint64 threshold;
    KabRole role;
    gboolean own_allowed;
    KabTaskState state;
    KabTime created_at;
    KabTaskVariant *variants;
    guint n_variants;
    char *variant;
    char *comment;
    KabUserId decided_by;
    char *decided_name;
    KabTime decided_at;
    gint64 attempt;
    char *note;
} KabTask;

void kab_task_free(KabTask *task);

/** kab_task_add_variant: (transfer none): a new, empty variant; valid until the next one. */
KabTaskVariant *kab_task_add_variant(KabTask *task);

/** kab_task_find_variant: (nullable) (transfer none): the variant @id. */
const KabTaskVariant *kab_task_find_variant(const KabTask *task, const char *id);

/**
 * kab_task_is_for:
 * @task: a task
 * @user: somebody
 *
 * Returns: whether it is a task of the user's role, and of the user's partner if that is a
 * partner's role: who may see it
 */
gboolean kab_task_is_for(const KabTask *task, const KabUser *user);

/**
 * kab_task_check_executor:
 * @task: a task
 * @user: who wants to decide
 * @error: return location: %KAB_ERROR_STATE; the message tells why not
 *
 * Returns: whether the user may decide: it is the user's task, it is open, and the order is not the
 *   user's own
 */
gboolean kab_task_check_executor(const KabTask *task, const KabUser *user, GError **error);

/**
 * kab_task_check_decision:
 * @task: a task
 * @variant: (nullable): the variant that somebody chose
 * @comment: (nullable): what was written with it
 * @error: return location: %KAB_ERROR_INVALID
 *
 * Returns: whether there is such a variant, and a comment where it needs one
 */
gboolean kab_task_check_decision(const KabTask *task, const char *variant, const char *comment,
                                 GError **error);

/** kab_task_is_decided_so: whether @user chose @variant already: the same decision once more. */
gboolean kab_task_is_decided_so(const KabTask *task, const KabUser *user, const char *variant);

/** kab_task_check_variants: whether it has variants, and none twice; %KAB_ERROR_INVALID. */
gboolean kab_task_check_variants(const KabTask *task, GError **error);

/** kab_task_make_reason: (transfer full): why it has to be decided, in a sentence. */
char *kab_task_make_reason(const KabTask *task);

/** kab_task_state_to_nick: its name in storage and on the wire. */
const char *kab_task_state_to_nick(KabTaskState state);

/** kab_task_state_from_nick: whether there is such a state, %KAB_ERROR_INVALID. */
gboolean kab_task_state_from_nick(const char *nick, KabTaskState *out, GError **error);

/** kab_task_state_to_title: its name for people, translated. */
const char *kab_task_state_to_title(KabTaskState state);

/** kab_approval_condition_to_nick: its name in storage and on the wire. */
const char *kab_approval_condition_to_nick(KabApprovalCondition condition);

/** kab_approval_condition_from_nick: whether there is such a condition, %KAB_ERROR_INVALID. */
gboolean kab_approval_condition_from_nick(const char *nick, KabApprovalCondition *out,
                                          GError **error);

/** kab_task_outcome_to_nick: its name in storage and on the wire. */
const char *kab_task_outcome_to_nick(KabTaskOutcome outcome);

/** kab_task_outcome_from_nick: whether there is such an outcome, %KAB_ERROR_INVALID. */
gboolean kab_task_outcome_from_nick(const char *nick, KabTaskOutcome *out, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabTask, kab_task_free)

G_END_DECLS
