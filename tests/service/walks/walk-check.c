/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-kind.h"
#include "kab-order-store.h"
#include "kab-task-store.h"
#include "kab-wire-order.h"
#include "kab-wire-task.h"
#include "walk.h"

#include <string.h>

static const KabTask *
find_task(GPtrArray *tasks, const char *id)
{
    for (guint i = 0; i < tasks->len; i++) {
        const KabTask *task = g_ptr_array_index(tasks, i);

        if (strcmp(task->id.text, id) == 0)
            return task;
    }
    return NULL;
}

/* The sums are those of the lines, counted a second time. */
static void
check_sums(Walk *walk, const KabOrder *order)
{
    WalkSums sums = walk_rules_count(walk, order);

    for (guint i = 0; i < order->lines->len; i++) {
        const KabOrderLine *line = kab_order_get_line(order, i);

        WALK_CHECK(walk, line->sum.minor == line->price.minor * (line->quantity.milli / 1000));
        WALK_CHECK(walk, line->shipped.milli >= 0 && line->shipped.milli <= line->quantity.milli);
    }
    WALK_CHECK(walk, order->total.minor == sums.total);
    WALK_CHECK(walk, order->vat.minor == sums.total - sums.net);
    WALK_CHECK(walk, order->paid.minor == sums.paid);
    WALK_CHECK(walk, order->shipped.minor == sums.shipped);
}

/* What the base answered to a decision that it just heard is so. */
static void
check_judged(Walk *walk, const KabOrder *before, const KabOrder *order)
{
    gboolean current = MAX(order->decided_revision, 1) == order->revision;

    if (order->decision_attempt == before->decision_attempt) {
        WALK_CHECK(walk, order->decision == before->decision &&
                             order->decided_revision == before->decided_revision &&
                             order->decision_result == before->decision_result);
        return;
    }
    switch (order->decision_result) {
    case KAB_DECISION_TAKEN:
        WALK_CHECK(walk, current && !walk_rules_is_over(before->client_status));
        if (order->decision == KAB_DECISION_REFUSE)
            WALK_CHECK(walk, order->client_status == KAB_CLIENT_CANCELLED &&
                                 !kab_order_is_shipping(order));
        break;
    case KAB_DECISION_OUTDATED:
        WALK_CHECK(walk, !current);
        break;
    case KAB_DECISION_SHIPPED:
        WALK_CHECK(walk, order->decision == KAB_DECISION_REFUSE && kab_order_is_shipping(order));
        break;
    case KAB_DECISION_OVER:
        WALK_CHECK(walk, walk_rules_is_over(before->client_status));
        break;
    case KAB_DECISION_UNHEARD:
    default:
        walk_fail(walk, "the base forgot the decision");
    }
}

static void
check_base_order(Walk *walk, const KabOrder *before, const KabOrder *order)
{
    WALK_CHECK(walk, walk_rules_has_same_contents(before, order) ==
                         (order->revision == before->revision));
    WALK_CHECK(walk, order->revision - before->revision <= 1);
    WALK_CHECK(walk, order->vat_on_top == before->vat_on_top);
    check_judged(walk, before, order);
    if (walk_rules_is_over(before->client_status) && order->client_status != KAB_CLIENT_OTHER)
        WALK_CHECK(walk, order->client_status == before->client_status);
    /* Nobody but the manager gives up what is on its way. */
    if (order->client_status == KAB_CLIENT_CANCELLED &&
        before->client_status != KAB_CLIENT_CANCELLED && !walk->managing)
        WALK_CHECK(walk, !kab_order_is_shipping(order));
    /* Goods leave only by an order that is to be fulfilled, and keep their price. */
    if (walk_rules_ships_more(before, order))
        WALK_CHECK(walk, order->client_status != KAB_CLIENT_ON_APPROVAL &&
                             !walk_rules_is_over(before->client_status));
    for (guint i = 0; i < order->lines->len; i++) {
        const KabOrderLine *line = kab_order_get_line(order, i);
        const KabOrderLine *was = kab_order_find_line(before, line->product_id);

        if (was != NULL && was->shipped.milli > 0 && line->shipped.milli > 0)
            WALK_CHECK(walk, was->price.minor == line->price.minor);
    }
}

static void
check_order(Walk *walk, KabSide side, const KabOrder *before, const KabOrder *order)
{
    check_sums(walk, order);
    WALK_CHECK(walk, order->decided_revision <= order->revision);
    if (before == NULL)
        return;
    WALK_CHECK(walk, order->version >= before->version);
    WALK_CHECK(walk, order->revision >= before->revision);
    WALK_CHECK(walk, before->number == NULL || g_strcmp0(order->number, before->number) == 0);
    WALK_CHECK(walk, strcmp(order->partner_id.text, before->partner_id.text) == 0);
    WALK_CHECK(walk, order->decision_attempt >= before->decision_attempt);
    if (side == KAB_SIDE_BASE) {
        check_base_order(walk, before, order);
    } else if (order->status == KAB_ORDER_IN_PROGRESS && order->client_status != KAB_CLIENT_OTHER) {
        WALK_CHECK(walk, walk_rules_is_agreed(order));
    } else if (order->status == KAB_ORDER_AWAITING_PARTNER &&
               order->client_status != KAB_CLIENT_OTHER) {
        WALK_CHECK(walk, order->client_status == KAB_CLIENT_TO_FULFIL);
    }
}

/* Who decided, and that it was for them to decide. */
static void
check_decided(Walk *walk, const KabTask *task)
{
    WALK_CHECK(walk, kab_task_find_variant(task, task->variant) != NULL);
    WALK_CHECK(walk, *task->decided_by.text != '\0');
    if (!task->own_allowed)
        WALK_CHECK(walk, strcmp(task->decided_by.text, task->author_id.text) != 0);
    for (guint i = 0; i < WALK_N_PEOPLE; i++)
        if (strcmp(walk->world->people[i]->id.text, task->decided_by.text) == 0)
            WALK_CHECK(walk, (i == WALK_HEAD || i == WALK_SECOND) && task->role == KAB_ROLE_HEAD);
    for (guint i = 0; i < WALK_N_STAFF; i++)
        if (strcmp(walk->world->staff[i]->id.text, task->decided_by.text) == 0)
            WALK_CHECK(walk, task->role == walk->world->staff[i]->role);
}

static void
check_task(Walk *walk, const KabTask *before, const KabTask *task)
{
    gboolean may = before->state == task->state;

    if (task->state == KAB_TASK_FINISHED || task->state == KAB_TASK_DECIDED)
        check_decided(walk, task);
    for (int event = 0; event < KAB_N_TASK_EVENTS; event++) {
        KabTaskState to;

        may = may ||
              (kab_task_state_after(before->state, (KabTaskEvent)event, &to) && to == task->state);
    }
    WALK_CHECK(walk, may);
    WALK_CHECK(walk, task->attempt >= before->attempt);
    if (before->state == KAB_TASK_FINISHED) {
        WALK_CHECK(walk, g_strcmp0(before->variant, task->variant) == 0);
        WALK_CHECK(walk, strcmp(before->decided_by.text, task->decided_by.text) == 0);
        WALK_CHECK(walk, before->decided_at == task->decided_at);
    }
}

/* Whether somebody refused the order as it is: the manager has to change it, or give it up. */
static gboolean
was_refused(const KabTask *task, const KabOrder *order, gint64 rule_id)
{
    return task->state == KAB_TASK_FINISHED && task->rule_id == rule_id &&
           task->revision == order->revision && strcmp(task->variant, "refuse") == 0;
}

/* What has to be approved and is not waits for one task, that of the first step that is left; and
 * whatever is to be fulfilled has been approved. */
static void
check_process(Walk *walk, const KabOrder *order, GPtrArray *tasks)
{
    gint64 step = walk_rules_find_step(walk, order, walk->overdue);
    gboolean waits = order->client_status == KAB_CLIENT_ON_APPROVAL && step != 0;
    gboolean refused = FALSE;
    guint n_open = 0;

    for (guint i = 0; i < tasks->len; i++) {
        const KabTask *task = g_ptr_array_index(tasks, i);

        WALK_CHECK(walk, task->state != KAB_TASK_DECIDED);
        refused = refused || was_refused(task, order, step);
        if (task->state != KAB_TASK_NEW)
            continue;
        n_open++;
        WALK_CHECK(walk, task->rule_id == step);
        WALK_CHECK(walk, task->revision == order->revision);
        WALK_CHECK(walk, task->measure >=
                             walk_rules_measure(walk, task->condition, order, walk->overdue));
        WALK_CHECK(walk, task->measure > task->threshold);
    }
    WALK_CHECK(walk, (int)n_open == (waits && !refused));
    if (order->client_status == KAB_CLIENT_TO_FULFIL)
        WALK_CHECK(walk, step == 0);
}

static void
note_base_tasks(Walk *walk, GPtrArray *before, GPtrArray *tasks)
{
    for (guint i = 0; i < tasks->len; i++) {
        const KabTask *task = g_ptr_array_index(tasks, i);
        const KabTask *was = find_task(before, task->id.text);
        KabTaskState from = was != NULL ? was->state : KAB_TASK_NEW;

        if (from == task->state)
            continue;
        walk->world->seen
            .tasks[from][task->state == KAB_TASK_FINISHED ? KAB_TASK_FINISH : KAB_TASK_WITHDRAW]++;
    }
}

void
walk_check_end(Walk *walk, KabSide side)
{
    KabDb *db = walk->world->dbs[side];
    g_autoptr(GPtrArray) before = walk->tasks[side];
    g_autoptr(KabOrder) was = walk->orders[side];
    g_autoptr(GError) error = NULL;

    if (*walk->order_id.text == '\0')
        return;
    walk->orders[side] = kab_order_store_find(db, walk->order_id.text, &error);
    walk_check_no_error(walk, error);
    walk->tasks[side] = kab_task_store_list_order(db, walk->order_id.text, &error);
    walk_check_no_error(walk, error);
    /* Only a draft goes away. */
    WALK_CHECK(walk, walk->orders[side] != NULL || was == NULL || was->status == KAB_ORDER_DRAFT);
    if (walk->orders[side] == NULL)
        return;
    check_order(walk, side, was, walk->orders[side]);
    for (guint i = 0; i < walk->tasks[side]->len; i++) {
        const KabTask *task = g_ptr_array_index(walk->tasks[side], i);
        const KabTask *here = before != NULL ? find_task(before, task->id.text) : NULL;

        if (here != NULL)
            check_task(walk, here, task);
        if (side == KAB_SIDE_PORTAL)
            walk->world->seen.task_states[task->state]++;
    }
    if (side == KAB_SIDE_BASE) {
        g_autoptr(GPtrArray) none = g_ptr_array_new();

        note_base_tasks(walk, before != NULL ? before : none, walk->tasks[side]);
        check_process(walk, walk->orders[side], walk->tasks[side]);
    } else {
        walk->world->seen.statuses[walk->orders[side]->status]++;
        walk->world->seen.results[walk->orders[side]->decision_result]++;
    }
}

void
walk_check_partner_event(Walk *walk, KabOrderEvent event)
{
    const KabOrder *before = walk->orders[KAB_SIDE_PORTAL];
    KabOrderStatus from = before != NULL ? before->status : KAB_ORDER_DRAFT;
    g_autoptr(GError) error = NULL;
    g_autoptr(KabOrder) order =
        kab_order_store_load(walk->world->dbs[KAB_SIDE_PORTAL], walk->order_id.text, &error);
    KabOrderStatus to = KAB_ORDER_N_STATUSES;

    walk_check_no_error(walk, error);
    WALK_CHECK(walk, kab_order_status_after(from, event, KAB_ORDER_BY_PARTNER, &to));
    WALK_CHECK(walk, order->status == to);
    walk->world->seen.orders[from][event][KAB_ORDER_BY_PARTNER]++;
}

/* The portal follows the base by the table, unless its partner has refused and the base does not
 * know it. */
static void
check_client_order(Walk *walk, const KabMessage *message)
{
    const KabOrder *before = walk->orders[KAB_SIDE_PORTAL];
    g_autoptr(GError) error = NULL;
    g_autoptr(KabOrder) told = kab_wire_order_from_json(message->body, KAB_ORDER_TO_PORTAL, &error);
    g_autoptr(KabOrder) order = NULL;
    KabOrderStatus to;
    KabOrderEvent event;

    walk_check_no_error(walk, error);
    order = kab_order_store_load(walk->world->dbs[KAB_SIDE_PORTAL], walk->order_id.text, &error);
    walk_check_no_error(walk, error);
    event = kab_client_status_to_event(told->client_status, walk_rules_is_agreed(order));
    /* The base has heard a refusal and goes on, it cannot be told how. */
    if (event == KAB_ORDER_NOTE && before->status == KAB_ORDER_REFUSED &&
        before->client_status != KAB_CLIENT_CANCELLED &&
        (told->decision_result == KAB_DECISION_OUTDATED ||
         told->decision_result == KAB_DECISION_SHIPPED))
        event = kab_order_is_shipping(order) ? KAB_ORDER_PROCEED : KAB_ORDER_TAKE;
    walk_tell(walk, "  %s -> %s (%s, revision %" G_GINT64_FORMAT ", %s)",
              kab_order_status_to_nick(before->status), kab_order_status_to_nick(order->status),
              kab_client_status_to_nick(told->client_status), order->revision,
              kab_decision_result_to_nick(order->decision_result));
    WALK_CHECK(walk, order->decision == before->decision);
    WALK_CHECK(walk, order->decision_attempt == before->decision_attempt);
    WALK_CHECK(walk, order->decided_revision == before->decided_revision);
    WALK_CHECK(walk, told->decision_attempt <= before->decision_attempt);
    to = before->status;
    if (before->status == KAB_ORDER_REFUSED && told->decision_attempt < before->decision_attempt)
        WALK_CHECK(walk, order->status == KAB_ORDER_REFUSED);
    else if (kab_order_status_after(before->status, event, KAB_ORDER_BY_BASE, &to))
        walk->world->seen.orders[before->status][event][KAB_ORDER_BY_BASE]++;
    WALK_CHECK(walk, order->status == to);
}

static void
check_told_task(Walk *walk, const KabMessage *message)
{
    const KabTask *before = find_task(walk->tasks[KAB_SIDE_PORTAL], message->id);
    g_autoptr(GError) error = NULL;
    g_autoptr(KabTask) told =
        kab_wire_task_from_json(message->id, message->body, KAB_TASK_SUBJECT, &error);
    KabTaskEvent event = KAB_TASK_REOPEN;

    walk_check_no_error(walk, error);
    if (told->state == KAB_TASK_FINISHED)
        event = KAB_TASK_FINISH;
    else if (told->state == KAB_TASK_WITHDRAWN)
        event = KAB_TASK_WITHDRAW;
    if (before == NULL || (event == KAB_TASK_REOPEN && told->attempt < before->attempt))
        return;
    WALK_CHECK(walk,
               before->state == told->state || kab_task_state_after(before->state, event, NULL));
    walk->world->seen.tasks[before->state][event]++;
}

void
walk_check_told(Walk *walk, GPtrArray *messages, GPtrArray *answers)
{
    for (guint i = 0; i < messages->len; i++) {
        const KabMessage *message = g_ptr_array_index(messages, i);
        const KabAnswer *answer = g_ptr_array_index(answers, i);

        if (answer->outcome != KAB_OUTCOME_APPLIED || *walk->order_id.text == '\0')
            continue;
        if (strcmp(message->kind, KAB_KIND_CLIENT_ORDER) == 0)
            check_client_order(walk, message);
        else if (strcmp(message->kind, KAB_KIND_TASK) == 0)
            check_told_task(walk, message);
    }
}
