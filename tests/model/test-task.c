/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-approval.h"
#include "kab-error.h"
#include "kab-task.h"

#include <string.h>

/* The life of a task, written down a second time: a row for each state, a column for each event
 * (decide, finish, reopen, withdraw). The letters of the states: N(ew), D(ecided), F(inished),
 * W(ithdrawn); -: not allowed. */
static const char letters[] = "NDFW";
static const char *const table[KAB_N_TASK_STATES] = {"DFNW", "-FNW", "----", "----"};

static void
test_table(void)
{
    for (int from = 0; from < KAB_N_TASK_STATES; from++) {
        for (int event = 0; event < KAB_N_TASK_EVENTS; event++) {
            KabTaskState to = KAB_N_TASK_STATES;
            gboolean may = kab_task_state_after((KabTaskState)from, (KabTaskEvent)event, &to);

            g_assert_cmpint(may ? letters[to] : '-', ==, table[from][event]);
            g_assert_cmpint(may, ==,
                            kab_task_state_after((KabTaskState)from, (KabTaskEvent)event, NULL));
        }
    }
}

#define ALFA "70000000-0000-4000-8000-000000000001"
#define BETA "70000000-0000-4000-8000-000000000002"
#define AUTHOR "80000000-0000-4000-8000-000000000001"
#define OTHER "80000000-0000-4000-8000-000000000002"

static KabTask *
make(KabRole role)
{
    KabTask *task = g_new0(KabTask, 1);

    task->partner_id = kab_partner_id_of(ALFA);
    task->author_id = kab_user_id_of(AUTHOR);
    task->role = role;
    task->order_total = kab_money_new(100, "RUB");
    for (int i = KAB_VARIANT_APPROVE; i <= KAB_VARIANT_REFUSE; i++) {
        KabTaskVariant *variant = kab_task_add_variant(task);

        variant->id = g_strdup(kab_task_outcome_to_nick((KabTaskOutcome)i));
        variant->title = g_strdup(variant->id);
        variant->outcome = (KabTaskOutcome)i;
        variant->needs_comment = i != KAB_VARIANT_APPROVE;
    }
    return task;
}

static void
test_executor(void)
{
    static const struct {
        KabRole task_role;
        KabRole role;
        const char *partner;
        const char *user;
        gboolean own_allowed;
        gboolean inactive;
        KabTaskState state;
        gboolean may;
    } rows[] = {
        {KAB_ROLE_HEAD, KAB_ROLE_HEAD, ALFA, OTHER, FALSE, FALSE, KAB_TASK_NEW, TRUE},
        {KAB_ROLE_HEAD, KAB_ROLE_HEAD, BETA, OTHER, FALSE, FALSE, KAB_TASK_NEW, FALSE},
        {KAB_ROLE_HEAD, KAB_ROLE_HEAD, NULL, OTHER, FALSE, FALSE, KAB_TASK_NEW, FALSE},
        {KAB_ROLE_HEAD, KAB_ROLE_BUYER, ALFA, OTHER, FALSE, FALSE, KAB_TASK_NEW, FALSE},
        {KAB_ROLE_HEAD, KAB_ROLE_HEAD, ALFA, AUTHOR, FALSE, FALSE, KAB_TASK_NEW, FALSE},
        {KAB_ROLE_HEAD, KAB_ROLE_HEAD, ALFA, AUTHOR, TRUE, FALSE, KAB_TASK_NEW, TRUE},
        {KAB_ROLE_HEAD, KAB_ROLE_HEAD, ALFA, OTHER, FALSE, TRUE, KAB_TASK_NEW, FALSE},
        {KAB_ROLE_HEAD, KAB_ROLE_HEAD, ALFA, OTHER, FALSE, FALSE, KAB_TASK_DECIDED, FALSE},
        {KAB_ROLE_HEAD, KAB_ROLE_HEAD, ALFA, OTHER, FALSE, FALSE, KAB_TASK_FINISHED, FALSE},
        {KAB_ROLE_HEAD, KAB_ROLE_HEAD, ALFA, OTHER, FALSE, FALSE, KAB_TASK_WITHDRAWN, FALSE},
        {KAB_ROLE_MANAGER, KAB_ROLE_MANAGER, NULL, OTHER, FALSE, FALSE, KAB_TASK_NEW, TRUE},
        {KAB_ROLE_MANAGER, KAB_ROLE_ADMINISTRATOR, NULL, OTHER, FALSE, FALSE, KAB_TASK_NEW, FALSE},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(KabTask) task = make(rows[i].task_role);
        const KabUser user = {.id = kab_user_id_of(rows[i].user),
                              .role = rows[i].role,
                              .partner_id = kab_partner_id_of(rows[i].partner),
                              .active = !rows[i].inactive};
        g_autoptr(GError) error = NULL;

        task->own_allowed = rows[i].own_allowed;
        task->state = rows[i].state;
        g_assert_cmpint(kab_task_check_executor(task, &user, &error), ==, rows[i].may);
        if (!rows[i].may)
            g_assert_error(error, KAB_ERROR, KAB_ERROR_STATE);
    }
}

static void
test_decision(void)
{
    static const struct {
        const char *variant;
        const char *comment;
        gboolean right;
    } rows[] = {
        {"approve", NULL, TRUE}, {"approve", "Хорошо", TRUE}, {"approve", " ", FALSE},
        {"remark", NULL, FALSE}, {"remark", "Но", TRUE},      {"refuse", " \n", FALSE},
        {"refuse", "Нет", TRUE}, {"Approve", NULL, FALSE},    {NULL, NULL, FALSE},
    };
    g_autoptr(KabTask) task = make(KAB_ROLE_HEAD);

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GError) error = NULL;

        g_assert_cmpint(kab_task_check_decision(task, rows[i].variant, rows[i].comment, &error), ==,
                        rows[i].right);
        if (!rows[i].right)
            g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
    }
}

/* There is something to choose from, and each choice is one. */
static void
test_variants(void)
{
    g_autoptr(KabTask) task = make(KAB_ROLE_HEAD);
    g_autoptr(KabTask) none = g_new0(KabTask, 1);
    g_autoptr(GError) error = NULL;

    g_assert_true(kab_task_check_variants(task, &error));
    g_assert_no_error(error);
    g_assert_false(kab_task_check_variants(none, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
    g_clear_error(&error);
    g_free(task->variants[2].id);
    task->variants[2].id = g_strdup("remark");
    g_assert_false(kab_task_check_variants(task, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
    g_assert_nonnull(strstr(error->message, "remark"));
}

/* The same person, the same choice; and it has been made. */
static void
test_decided_so(void)
{
    g_autoptr(KabTask) task = make(KAB_ROLE_HEAD);
    const KabUser other = {.id = kab_user_id_of(OTHER)};
    const KabUser author = {.id = kab_user_id_of(AUTHOR)};

    task->decided_by = other.id;
    task->variant = g_strdup("remark");
    for (int state = 0; state < KAB_N_TASK_STATES; state++) {
        task->state = (KabTaskState)state;
        g_assert_cmpint(kab_task_is_decided_so(task, &other, "remark"), ==,
                        state == KAB_TASK_DECIDED || state == KAB_TASK_FINISHED);
        g_assert_false(kab_task_is_decided_so(task, &other, "refuse"));
        g_assert_false(kab_task_is_decided_so(task, &other, NULL));
        g_assert_false(kab_task_is_decided_so(task, &author, "remark"));
    }
}

static void
test_reason(void)
{
    static const struct {
        KabApprovalCondition condition;
        gint64 measure;
        gint64 threshold;
        const char *words[2];
    } rows[] = {
        {KAB_APPROVAL_TOTAL, 10001, 10000, {"100.01", "100.00"}},
        {KAB_APPROVAL_DISCOUNT, 1304, 1000, {"13.04 %", "10 %"}},
        {KAB_APPROVAL_OVERDUE, 300, 0, {"3.00", "0.00"}},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(KabTask) task = make(KAB_ROLE_HEAD);
        g_autofree char *reason = NULL;

        task->condition = rows[i].condition;
        task->measure = rows[i].measure;
        task->threshold = rows[i].threshold;
        reason = kab_task_make_reason(task);
        for (gsize k = 0; k < G_N_ELEMENTS(rows[i].words); k++)
            g_assert_nonnull(strstr(reason, rows[i].words[k]));
    }
}

/* A finished task of the rule, decided so, for so much. */
static void
add_finished(GPtrArray *tasks, gint64 rule_id, const char *variant, gint64 measure)
{
    KabTask *task = make(KAB_ROLE_HEAD);

    task->rule_id = rule_id;
    task->state = KAB_TASK_FINISHED;
    task->variant = g_strdup(variant);
    task->measure = measure;
    g_ptr_array_add(tasks, task);
}

static gint64
find_step(GPtrArray *tasks, gint64 total, gint64 overdue)
{
    static const KabApprovalRule rules[] = {
        {.id = 1, .condition = KAB_APPROVAL_TOTAL, .threshold = 100, .role = KAB_ROLE_HEAD},
        {.id = 2, .condition = KAB_APPROVAL_OVERDUE, .threshold = 0, .role = KAB_ROLE_MANAGER},
        {.id = 3, .condition = KAB_APPROVAL_TOTAL, .threshold = 500, .role = KAB_ROLE_HEAD},
    };
    const KabApprovalMeasures measures = {
        .values = {[KAB_APPROVAL_TOTAL] = total, [KAB_APPROVAL_OVERDUE] = overdue}};
    const KabApprovalRule *step =
        kab_approval_find_step(rules, G_N_ELEMENTS(rules), &measures, tasks);

    return step != NULL ? step->id : 0;
}

/* The first step that is needed and not approved for as much as it is now. */
static void
test_steps(void)
{
    g_autoptr(GPtrArray) tasks = g_ptr_array_new_with_free_func((GDestroyNotify)kab_task_free);

    g_assert_cmpint(find_step(tasks, 100, 0), ==, 0);
    g_assert_cmpint(find_step(tasks, 101, 0), ==, 1);
    g_assert_cmpint(find_step(tasks, 100, 1), ==, 2);
    g_assert_cmpint(find_step(tasks, 501, 1), ==, 1);
    add_finished(tasks, 1, "refuse", 501);
    g_assert_cmpint(find_step(tasks, 501, 0), ==, 1);
    add_finished(tasks, 1, "remark", 501);
    g_assert_cmpint(find_step(tasks, 501, 1), ==, 2);
    g_assert_cmpint(find_step(tasks, 501, 0), ==, 3);
    g_assert_cmpint(find_step(tasks, 502, 0), ==, 1);
    add_finished(tasks, 3, "approve", 600);
    g_assert_cmpint(find_step(tasks, 400, 0), ==, 0);
    g_assert_cmpint(find_step(tasks, 501, 0), ==, 0);
    /* An approval that was not finished is none. */
    ((KabTask *)g_ptr_array_index(tasks, 2))->state = KAB_TASK_WITHDRAWN;
    g_assert_cmpint(find_step(tasks, 501, 0), ==, 3);
}

static void
test_names(void)
{
    KabTaskState state;
    KabApprovalCondition condition;
    KabTaskOutcome outcome;

    for (int i = 0; i < KAB_N_TASK_STATES; i++) {
        g_assert_true(
            kab_task_state_from_nick(kab_task_state_to_nick((KabTaskState)i), &state, NULL));
        g_assert_cmpint(state, ==, i);
        g_assert_cmpstr(kab_task_state_to_title((KabTaskState)i), !=, "");
    }
    for (int i = 0; i < KAB_N_APPROVAL_CONDITIONS; i++) {
        g_assert_true(kab_approval_condition_from_nick(
            kab_approval_condition_to_nick((KabApprovalCondition)i), &condition, NULL));
        g_assert_cmpint(condition, ==, i);
    }
    g_assert_true(kab_task_outcome_from_nick("remark", &outcome, NULL));
    g_assert_cmpint(outcome, ==, KAB_VARIANT_REMARK);
    g_assert_false(kab_task_state_from_nick("New", &state, NULL));
    g_assert_false(kab_approval_condition_from_nick(NULL, &condition, NULL));
    g_assert_false(kab_task_outcome_from_nick("", &outcome, NULL));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/task/table", test_table);
    g_test_add_func("/task/executor", test_executor);
    g_test_add_func("/task/decision", test_decision);
    g_test_add_func("/task/variants", test_variants);
    g_test_add_func("/task/decided-so", test_decided_so);
    g_test_add_func("/task/reason", test_reason);
    g_test_add_func("/task/steps", test_steps);
    g_test_add_func("/task/names", test_names);
    return g_test_run();
}
