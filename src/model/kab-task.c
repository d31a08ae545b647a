/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-comment.h"
#include "kab-error.h"
#include "kab-quantity.h"
#include "kab-task.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The task's life; what is not here cannot happen. At the base a decision finishes it at once. */
static const struct {
    KabTaskState from;
    KabTaskEvent event;
    KabTaskState to;
} transitions[] = {
    {KAB_TASK_NEW, KAB_TASK_DECIDE, KAB_TASK_DECIDED},
    {KAB_TASK_NEW, KAB_TASK_FINISH, KAB_TASK_FINISHED},
    {KAB_TASK_NEW, KAB_TASK_REOPEN, KAB_TASK_NEW},
    {KAB_TASK_NEW, KAB_TASK_WITHDRAW, KAB_TASK_WITHDRAWN},
    {KAB_TASK_DECIDED, KAB_TASK_FINISH, KAB_TASK_FINISHED},
    {KAB_TASK_DECIDED, KAB_TASK_REOPEN, KAB_TASK_NEW},
    {KAB_TASK_DECIDED, KAB_TASK_WITHDRAW, KAB_TASK_WITHDRAWN},
};

static const struct {
    const char *nick;
    const char *title;
} states[KAB_N_TASK_STATES] = {
    [KAB_TASK_NEW] = {"new", NC_("task", "New")},
    [KAB_TASK_DECIDED] = {"decided", NC_("task", "Decided")},
    [KAB_TASK_FINISHED] = {"finished", NC_("task", "Finished")},
    [KAB_TASK_WITHDRAWN] = {"withdrawn", NC_("task", "Withdrawn")},
};

static const char *const conditions[KAB_N_APPROVAL_CONDITIONS] = {
    [KAB_APPROVAL_TOTAL] = "total",
    [KAB_APPROVAL_DISCOUNT] = "discount",
    [KAB_APPROVAL_OVERDUE] = "overdue",
};

static const char *const outcomes[] = {
    [KAB_VARIANT_APPROVE] = "approve",
    [KAB_VARIANT_REMARK] = "remark",
    [KAB_VARIANT_REFUSE] = "refuse",
};

gboolean
kab_task_state_after(KabTaskState from, KabTaskEvent event, KabTaskState *to)
{
    for (gsize i = 0; i < G_N_ELEMENTS(transitions); i++) {
        if (transitions[i].from == from && transitions[i].event == event) {
            if (to != NULL)
                *to = transitions[i].to;
            return TRUE;
        }
    }
    return FALSE;
}

void
kab_task_free(KabTask *task)
{
    if (task == NULL)
        return;
    for (guint i = 0; i < task->n_variants; i++) {
        g_free(task->variants[i].id);
        g_free(task->variants[i].title);
    }
    g_free(task->variants);
    g_free(task->order_number);
    g_free(task->partner_name);
    g_free(task->author_name);
    g_free(task->variant);
    g_free(task->comment);
    g_free(task->decided_name);
    g_free(task->note);
    g_free(task);
}

KabTaskVariant *
kab_task_add_variant(KabTask *task)
{
    task->variants = g_renew(KabTaskVariant, task->variants, task->n_variants + 1);
    task->variants[task->n_variants] = (KabTaskVariant){0};
    return &task->variants[task->n_variants++];
}

const KabTaskVariant *
kab_task_find_variant(const KabTask *task, const char *id)
{
    for (guint i = 0; id != NULL && i < task->n_variants; i++)
        if (strcmp(task->variants[i].id, id) == 0)
            return &task->variants[i];
    return NULL;
}

gboolean
kab_task_is_for(const KabTask *task, const KabUser *user)
{
    return task->role == user->role &&
           (!kab_role_is_partners(task->role) ||
            (*user->partner_id.text != '\0' &&
             strcmp(task->partner_id.text, user->partner_id.text) == 0));
}

gboolean
kab_task_check_executor(const KabTask *task, const KabUser *user, GError **error)
{
    const char *why = NULL;

    if (!kab_task_is_for(task, user) || !user->active)
        why = _("The task is not yours to decide");
    else if (task->state == KAB_TASK_WITHDRAWN)
        why = _("The task was withdrawn: nothing has to be decided any more");
    else if (task->state != KAB_TASK_NEW)
        why = _("The task has been decided already");
    else if (!task->own_allowed && *task->author_id.text != '\0' &&
             strcmp(task->author_id.text, user->id.text) == 0)
        why = _("Nobody approves an own order: somebody else has to decide");
    if (why == NULL)
        return TRUE;
    g_set_error_literal(error, KAB_ERROR, KAB_ERROR_STATE, why);
    return FALSE;
}

gboolean
kab_task_check_decision(const KabTask *task, const char *variant, const char *comment,
                        GError **error)
{
    const KabTaskVariant *chosen = kab_task_find_variant(task, variant);

    if (chosen == NULL) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("“%.*s” is not a variant of this task"),
                    kab_error_clip(variant, 40), variant != NULL ? variant : "");
        return FALSE;
    }
    if (comment == NULL && !chosen->needs_comment)
        return TRUE;
    if (comment == NULL || *comment == '\0') {
        g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("“%s” needs a comment: say why"),
                    chosen->title);
        return FALSE;
    }
    return kab_comment_check_text(comment, error);
}

gboolean
kab_task_is_decided_so(const KabTask *task, const KabUser *user, const char *variant)
{
    return (task->state == KAB_TASK_DECIDED || task->state == KAB_TASK_FINISHED) &&
           g_strcmp0(task->variant, variant) == 0 &&
           strcmp(task->decided_by.text, user->id.text) == 0;
}

gboolean
kab_task_check_variants(const KabTask *task, GError **error)
{
    for (guint i = 0; i < task->n_variants; i++) {
        const char *id = task->variants[i].id;

        if (kab_task_find_variant(task, id) == &task->variants[i])
            continue;
        g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("The task has the variant “%.*s” twice"),
                    kab_error_clip(id, 40), id);
        return FALSE;
    }
    if (task->n_variants > 0)
        return TRUE;
    g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID,
                        _("A task needs something to decide: it has no variants"));
    return FALSE;
}

static char *
format_measure(const KabTask *task, gint64 measure)
{
    g_autofree char *percent = NULL;

    if (task->condition != KAB_APPROVAL_DISCOUNT)
        return kab_money_format(kab_money_new(measure, task->order_total.currency));
    percent = kab_quantity_format((KabQuantity){measure * 10}); /* hundredths to thousandths */
    return g_strconcat(percent, " %", NULL);
}

char *
kab_task_make_reason(const KabTask *task)
{
    g_autofree char *measure = format_measure(task, task->measure);
    g_autofree char *threshold = format_measure(task, task->threshold);

    switch (task->condition) {
    case KAB_APPROVAL_DISCOUNT:
        return g_strdup_printf(_("The discount is %s, more than %s"), measure, threshold);
    case KAB_APPROVAL_OVERDUE:
        return g_strdup_printf(_("The partner's overdue debt is %s, more than %s"), measure,
                               threshold);
    case KAB_APPROVAL_TOTAL:
    default:
        return g_strdup_printf(_("The total is %s, more than %s"), measure, threshold);
    }
}

static int
find_nick(const char *const *nicks, int n, const char *nick, GError **error)
{
    for (int i = 0; nick != NULL && i < n; i++)
        if (strcmp(nick, nicks[i]) == 0)
            return i;
    g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("“%.*s” is not known"),
                kab_error_clip(nick, 40), nick != NULL ? nick : "");
    return -1;
}

const char *
kab_task_state_to_nick(KabTaskState state)
{
    g_return_val_if_fail(state < KAB_N_TASK_STATES, NULL);
    return states[state].nick;
}

gboolean
kab_task_state_from_nick(const char *nick, KabTaskState *out, GError **error)
{
    const char *nicks[KAB_N_TASK_STATES];
    int found;

    for (int i = 0; i < KAB_N_TASK_STATES; i++)
        nicks[i] = states[i].nick;
    found = find_nick(nicks, KAB_N_TASK_STATES, nick, error);
    *out = (KabTaskState)MAX(found, 0);
    return found >= 0;
}

const char *
kab_task_state_to_title(KabTaskState state)
{
    g_return_val_if_fail(state < KAB_N_TASK_STATES, NULL);
    return g_dpgettext2(GETTEXT_PACKAGE, "task", states[state].title);
}

const char *
kab_approval_condition_to_nick(KabApprovalCondition condition)
{
    g_return_val_if_fail(condition < KAB_N_APPROVAL_CONDITIONS, NULL);
    return conditions[condition];
}

gboolean
kab_approval_condition_from_nick(const char *nick, KabApprovalCondition *out, GError **error)
{
    int found = find_nick(conditions, KAB_N_APPROVAL_CONDITIONS, nick, error);

    *out = (KabApprovalCondition)MAX(found, 0);
    return found >= 0;
}

const char *
kab_task_outcome_to_nick(KabTaskOutcome outcome)
{
    g_return_val_if_fail((gsize)outcome < G_N_ELEMENTS(outcomes), NULL);
    return outcomes[outcome];
}

gboolean
kab_task_outcome_from_nick(const char *nick, KabTaskOutcome *out, GError **error)
{
    int found = find_nick(outcomes, G_N_ELEMENTS(outcomes), nick, error);

    *out = (KabTaskOutcome)MAX(found, 0);
    return found >= 0;
}
