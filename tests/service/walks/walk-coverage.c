/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "walk.h"

void
walk_tell_coverage(const WalkCoverage *seen)
{
    for (int from = 0; from < KAB_ORDER_N_STATUSES; from++)
        for (int event = 0; event < KAB_ORDER_N_EVENTS; event++)
            for (int by = KAB_ORDER_BY_PARTNER; by <= KAB_ORDER_BY_BASE; by++)
                if (kab_order_status_after((KabOrderStatus)from, (KabOrderEvent)event,
                                           (KabOrderActor)by, NULL))
                    g_test_message("order %s, event %d by %d: %u",
                                   kab_order_status_to_nick((KabOrderStatus)from), event, by,
                                   seen->orders[from][event][by]);
    for (int from = 0; from < KAB_N_TASK_STATES; from++)
        for (int event = 0; event < KAB_N_TASK_EVENTS; event++)
            if (kab_task_state_after((KabTaskState)from, (KabTaskEvent)event, NULL))
                g_test_message("task %s, event %d: %u", kab_task_state_to_nick((KabTaskState)from),
                               event, seen->tasks[from][event]);
    for (int result = 0; result < KAB_N_DECISION_RESULTS; result++)
        g_test_message("decision %s: %u", kab_decision_result_to_nick((KabDecisionResult)result),
                       seen->results[result]);
    for (int outcome = 0; outcome <= KAB_OUTCOME_WAITS; outcome++)
        g_test_message("message %s: %u", kab_outcome_to_nick((KabOutcome)outcome),
                       seen->outcomes[outcome]);
}

/* Only a portal that was set back to an old copy of its data hears of an order that is new there
 * that its partner has confirmed it. */
static gboolean
is_of_old_copies(int from, int event)
{
    return from == KAB_ORDER_NEW && event == KAB_ORDER_PROCEED;
}

/* Every status was reached, every step of the table was taken, and out of every status that is not
 * the end something led. */
static void
check_orders(const WalkCoverage *seen)
{
    for (int from = 0; from < KAB_ORDER_N_STATUSES; from++) {
        gboolean out = from == KAB_ORDER_COMPLETED;

        for (int event = 0; event < KAB_ORDER_N_EVENTS; event++) {
            for (int by = KAB_ORDER_BY_PARTNER; by <= KAB_ORDER_BY_BASE; by++) {
                KabOrderStatus to;

                if (!kab_order_status_after((KabOrderStatus)from, (KabOrderEvent)event,
                                            (KabOrderActor)by, &to))
                    continue;
                if (is_of_old_copies(from, event))
                    g_assert_cmpuint(seen->orders[from][event][by], ==, 0);
                else
                    g_assert_cmpuint(seen->orders[from][event][by], >, 0);
                out = out || (int)to != from;
            }
        }
        g_assert_true(out);
        g_assert_cmpuint(seen->statuses[from], >, 0);
    }
}

static void
check_tasks(const WalkCoverage *seen)
{
    for (int from = 0; from < KAB_N_TASK_STATES; from++) {
        gboolean out = from == KAB_TASK_FINISHED || from == KAB_TASK_WITHDRAWN;

        for (int event = 0; event < KAB_N_TASK_EVENTS; event++) {
            KabTaskState to;

            if (!kab_task_state_after((KabTaskState)from, (KabTaskEvent)event, &to))
                continue;
            g_assert_cmpuint(seen->tasks[from][event], >, 0);
            out = out || (int)to != from;
        }
        g_assert_true(out);
        g_assert_cmpuint(seen->task_states[from], >, 0);
    }
}

void
walk_check_coverage(const WalkCoverage *seen)
{
    check_orders(seen);
    check_tasks(seen);
    for (int result = 0; result < KAB_N_DECISION_RESULTS; result++)
        g_assert_cmpuint(seen->results[result], >, 0);
    /* The network did its worst: what was sent came again and came late. Nothing has to wait for
     * what it refers to: that is sent before it. */
    g_assert_cmpuint(seen->outcomes[KAB_OUTCOME_DUPLICATE], >, 0);
    g_assert_cmpuint(seen->outcomes[KAB_OUTCOME_STALE], >, 0);
    g_assert_cmpuint(seen->outcomes[KAB_OUTCOME_WAITS], ==, 0);
}
