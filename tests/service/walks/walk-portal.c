/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-comment-store.h"
#include "kab-error.h"
#include "kab-kind.h"
#include "kab-order-store.h"
#include "kab-portal-basket.h"
#include "kab-portal-documents.h"
#include "kab-portal-orders.h"
#include "kab-portal-tasks.h"
#include "kab-queue.h"
#include "kab-users.h"
#include "walk.h"

#include <string.h>

/* Whoever orders is one of two, so that one of the heads may be the author. */
static const KabUser *
roll_buyer(Walk *walk)
{
    return walk->world->people[walk_roll(walk, 3) > 0 ? WALK_BUYER : WALK_HEAD];
}

static void
fill_basket(Walk *walk, const KabUser *user)
{
    guint first = walk_roll(walk, WALK_N_PRODUCTS);
    guint n = 1 + walk_roll(walk, 3);
    g_autoptr(GError) error = NULL;

    for (guint i = 0; i < n; i++) {
        KabQuantity quantity = {(1 + walk_roll(walk, 5)) * KAB_QUANTITY_ONE};

        kab_portal_basket_set(walk->world->dbs[KAB_SIDE_PORTAL], user,
                              walk->world->products[(first + i) % WALK_N_PRODUCTS].text, quantity,
                              &error);
        walk_check_no_error(walk, error);
    }
}

/* What was pressed twice made one order. */
void
walk_portal_submit(Walk *walk)
{
    const KabUser *user = roll_buyer(walk);
    gboolean place = walk_roll(walk, 2) > 0;
    g_autofree char *key = g_uuid_string_random();
    g_autoptr(KabOrder) details = kab_order_new();
    int times = walk_roll(walk, 3) > 0 ? 1 : 2;

    if (*walk->order_id.text != '\0')
        return;
    fill_basket(walk, user);
    walk_tell(walk, "%s %s", user->login, place ? "places" : "saves");
    for (int i = 0; i < times; i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(KabOrder) order = kab_portal_orders_submit(walk->world->dbs[KAB_SIDE_PORTAL],
                                                             user, place, details, key, &error);

        walk_check_no_error(walk, error);
        WALK_CHECK(walk, i == 0 || strcmp(walk->order_id.text, order->id.text) == 0);
        walk->order_id = order->id;
        if (place && i == 0)
            walk_check_partner_event(walk, KAB_ORDER_PLACE);
        walk_check_end(walk, KAB_SIDE_PORTAL);
    }
}

/* Whether what failed with @code had to fail, and changed nothing. */
static void
check_refused(Walk *walk, const GError *error, gboolean expected)
{
    const KabOrder *before = walk->orders[KAB_SIDE_PORTAL];
    gint64 version = before->version;

    if (!expected)
        walk_fail(walk, "%s", error->message);
    walk_tell(walk, "  no: %s", error->message);
    walk_check_end(walk, KAB_SIDE_PORTAL);
    WALK_CHECK(walk, walk->orders[KAB_SIDE_PORTAL]->version == version);
}

void
walk_portal_edit(Walk *walk)
{
    const KabOrder *order = walk->orders[KAB_SIDE_PORTAL];
    g_autoptr(KabOrder) wanted = NULL;
    g_autoptr(KabOrder) edited = NULL;
    g_autoptr(GError) error = NULL;
    gboolean stale = walk_roll(walk, 4) == 0;

    if (order == NULL)
        return;
    wanted = kab_order_copy(order);
    kab_order_get_line(wanted, 0)->quantity.milli = (1 + walk_roll(walk, 9)) * KAB_QUANTITY_ONE;
    wanted->version -= stale;
    walk_tell(walk, "edit%s", stale ? " of an old version" : "");
    edited = kab_portal_orders_edit(walk->world->dbs[KAB_SIDE_PORTAL], roll_buyer(walk),
                                    order->id.text, wanted, &error);
    if (edited == NULL) {
        check_refused(walk, error, stale || order->status != KAB_ORDER_DRAFT);
        return;
    }
    WALK_CHECK(walk, order->status == KAB_ORDER_DRAFT && !stale);
    WALK_CHECK(walk, kab_order_get_line(edited, 0)->quantity.milli ==
                         kab_order_get_line(wanted, 0)->quantity.milli);
    walk_check_end(walk, KAB_SIDE_PORTAL);
}

void
walk_portal_delete(Walk *walk)
{
    const KabOrder *order = walk->orders[KAB_SIDE_PORTAL];
    g_autoptr(GError) error = NULL;

    if (order == NULL)
        return;
    walk_tell(walk, "delete");
    if (!kab_portal_orders_delete(walk->world->dbs[KAB_SIDE_PORTAL], roll_buyer(walk),
                                  order->id.text, &error)) {
        check_refused(walk, error, order->status != KAB_ORDER_DRAFT);
        return;
    }
    walk_check_end(walk, KAB_SIDE_PORTAL);
    WALK_CHECK(walk, walk->orders[KAB_SIDE_PORTAL] == NULL);
}

void
walk_portal_place(Walk *walk)
{
    const KabOrder *order = walk->orders[KAB_SIDE_PORTAL];
    g_autoptr(KabOrder) expected = kab_order_new(); /* whatever it costs */
    g_autoptr(KabOrder) placed = NULL;
    g_autoptr(GError) error = NULL;

    if (order == NULL)
        return;
    walk_tell(walk, "place");
    placed = kab_portal_orders_place(walk->world->dbs[KAB_SIDE_PORTAL], roll_buyer(walk),
                                     order->id.text, expected, &error);
    if (placed == NULL) {
        check_refused(walk, error, order->status > KAB_ORDER_NEW);
        return;
    }
    if (order->status == KAB_ORDER_DRAFT)
        walk_check_partner_event(walk, KAB_ORDER_PLACE);
    else
        WALK_CHECK(walk, placed->version == order->version);
    walk_check_end(walk, KAB_SIDE_PORTAL);
}

void
walk_portal_look(Walk *walk)
{
    if (walk->orders[KAB_SIDE_PORTAL] != NULL)
        walk->looked = walk->orders[KAB_SIDE_PORTAL]->revision;
}

static gboolean
is_shipping(const KabOrder *order)
{
    for (guint i = 0; i < order->lines->len; i++)
        if (kab_order_get_line(order, i)->shipped.milli > 0)
            return TRUE;
    return FALSE;
}

/* Mostly they confirm; now and then they press once more what they pressed before. */
static KabDecision
roll_decision(Walk *walk, const KabOrder *order)
{
    if (walk_roll(walk, 4) == 0 && order->decision != KAB_DECISION_NONE)
        return order->decision;
    return walk_roll(walk, 6) > 0 ? KAB_DECISION_CONFIRM : KAB_DECISION_REFUSE;
}

static void
decide(Walk *walk, KabDecision decision)
{
    const KabOrder *order = walk->orders[KAB_SIDE_PORTAL];
    KabOrderEvent event = decision == KAB_DECISION_CONFIRM ? KAB_ORDER_CONFIRM : KAB_ORDER_REFUSE;
    g_autoptr(KabOrder) decided = NULL;
    g_autoptr(GError) error = NULL;
    gboolean may;
    gboolean again;

    may = event == KAB_ORDER_CONFIRM
              ? order->status == KAB_ORDER_AWAITING_PARTNER
              : order->status >= KAB_ORDER_NEW && order->status <= KAB_ORDER_IN_PROGRESS &&
                    !is_shipping(order);
    again = order->decision == decision && order->decided_revision == walk->looked && !may;
    walk_tell(walk, "%s revision %" G_GINT64_FORMAT, kab_decision_to_nick(decision), walk->looked);
    decided =
        kab_portal_orders_decide(walk->world->dbs[KAB_SIDE_PORTAL], roll_buyer(walk),
                                 order->id.text, decision, walk->looked, "Передумали", &error);
    if (decided == NULL) {
        check_refused(walk, error, !again && (!may || walk->looked != order->revision));
        WALK_CHECK(walk,
                   g_error_matches(error, KAB_ERROR, may ? KAB_ERROR_CONFLICT : KAB_ERROR_STATE));
        return;
    }
    if (again) {
        WALK_CHECK(walk, decided->version == order->version);
        return;
    }
    WALK_CHECK(walk, may && walk->looked == order->revision);
    WALK_CHECK(walk, decided->decision == decision && decided->decided_revision == walk->looked);
    WALK_CHECK(walk, decided->decision_attempt == order->decision_attempt + 1);
    WALK_CHECK(walk, decided->decision_result == KAB_DECISION_UNHEARD);
    walk_check_partner_event(walk, event);
    walk_check_end(walk, KAB_SIDE_PORTAL);
}

/* On what the partner saw last, which may be an old revision. */
void
walk_portal_decide(Walk *walk)
{
    const KabOrder *order = walk->orders[KAB_SIDE_PORTAL];

    if (order != NULL)
        decide(walk, roll_decision(walk, order));
}

void
walk_portal_refuse(Walk *walk)
{
    walk_portal_look(walk);
    if (walk->orders[KAB_SIDE_PORTAL] != NULL)
        decide(walk, KAB_DECISION_REFUSE);
}

void
walk_portal_comment(Walk *walk)
{
    const KabOrder *order = walk->orders[KAB_SIDE_PORTAL];
    const KabComment comment = {.id = kab_comment_id_new(),
                                .order_id = walk->order_id,
                                .author = (char *)"buyer",
                                .at = kab_time_now(),
                                .text = (char *)"Когда привезёте?"};
    int times = 1 + (int)walk_roll(walk, 2);

    if (order == NULL || order->status == KAB_ORDER_DRAFT)
        return;
    walk_tell(walk, "the partner comments");
    for (int i = 0; i < times; i++) {
        g_autoptr(GError) error = NULL;

        kab_comment_store_add(walk->world->dbs[KAB_SIDE_PORTAL], &comment, &error);
        walk_check_no_error(walk, error);
    }
}

static void
ask(Walk *walk, KabDocumentKind kind, gboolean may)
{
    const KabDocument wanted = {.kind = kind, .order_id = walk->order_id};
    g_autoptr(KabDocument) document = NULL;
    g_autoptr(GError) error = NULL;

    walk_tell(walk, "asks for the %s", kab_document_kind_to_nick(kind));
    document = kab_portal_documents_ask(walk->world->dbs[KAB_SIDE_PORTAL], roll_buyer(walk),
                                        &wanted, &error);
    if (document == NULL)
        check_refused(walk, error, !may);
    else
        WALK_CHECK(walk, may && document->state == KAB_DOCUMENT_PREPARING);
}

void
walk_portal_ask_invoice(Walk *walk)
{
    const KabOrder *order = walk->orders[KAB_SIDE_PORTAL];

    if (order != NULL)
        ask(walk, KAB_DOCUMENT_INVOICE,
            (order->client_status == KAB_CLIENT_TO_FULFIL ||
             order->client_status == KAB_CLIENT_CLOSED) &&
                (order->status != KAB_ORDER_REFUSED || kab_order_is_shipping(order)));
}

void
walk_portal_ask_waybill(Walk *walk)
{
    const KabOrder *order = walk->orders[KAB_SIDE_PORTAL];

    if (order != NULL)
        ask(walk, KAB_DOCUMENT_WAYBILL, is_shipping(order));
}

/* The open task, or else the first one there is. */
static const KabTask *
choose_task(GPtrArray *tasks)
{
    for (guint i = 0; tasks != NULL && i < tasks->len; i++) {
        const KabTask *task = g_ptr_array_index(tasks, i);

        if (task->state == KAB_TASK_NEW)
            return task;
    }
    return tasks != NULL && tasks->len > 0 ? g_ptr_array_index(tasks, 0) : NULL;
}

static gboolean
may_decide(const KabTask *task, WalkPerson person, const KabUser *user)
{
    return task->state == KAB_TASK_NEW && user->role == KAB_ROLE_HEAD && person != WALK_STRANGER &&
           (task->own_allowed || strcmp(task->author_id.text, user->id.text) != 0);
}

/* Who may decide the task succeeds, and nobody else. */
void
walk_portal_task_by(Walk *walk, WalkPerson person)
{
    static const char *const variants[] = {"approve", "approve", "approve",
                                           "remark",  "refuse",  "nonsense"};
    const KabTask *task = choose_task(walk->tasks[KAB_SIDE_PORTAL]);
    guint chosen = walk_roll(walk, G_N_ELEMENTS(variants));
    const char *comment = walk_roll(walk, 3) > 0 ? "Вот почему" : NULL;
    g_autoptr(KabUser) user = NULL;
    g_autoptr(KabTask) decided = NULL;
    g_autoptr(GError) error = NULL;
    gboolean right = chosen < 3 || (chosen < 5 && comment != NULL);
    gboolean again;

    if (task == NULL)
        return;
    /* As the portal knows the person now: a role may have gone. */
    user = kab_users_load(walk->world->dbs[KAB_SIDE_PORTAL], walk->world->people[person]->login,
                          &error);
    walk_check_no_error(walk, error);
    right = right && may_decide(task, person, user);
    again = user->role == task->role && person != WALK_STRANGER &&
            (task->state == KAB_TASK_DECIDED || task->state == KAB_TASK_FINISHED) &&
            strcmp(task->decided_by.text, user->id.text) == 0 &&
            g_strcmp0(task->variant, variants[chosen]) == 0;
    walk_tell(walk, "%s: %s the %s task", user->login, variants[chosen],
              kab_task_state_to_nick(task->state));
    decided = kab_portal_tasks_decide(walk->world->dbs[KAB_SIDE_PORTAL], user, task->id.text,
                                      variants[chosen], comment, &error);
    if (decided == NULL) {
        check_refused(walk, error, !again && !right);
        return;
    }
    WALK_CHECK(walk, again || right);
    if (!again) {
        WALK_CHECK(walk, decided->state == KAB_TASK_DECIDED);
        walk->world->seen.tasks[KAB_TASK_NEW][KAB_TASK_DECIDE]++;
    }
    walk_check_end(walk, KAB_SIDE_PORTAL);
}

/* Anybody tries. */
void
walk_portal_task(Walk *walk)
{
    static const WalkPerson persons[] = {WALK_HEAD,  WALK_HEAD,   WALK_SECOND,  WALK_SECOND,
                                         WALK_BUYER, WALK_VIEWER, WALK_STRANGER};

    walk_portal_task_by(walk, persons[walk_roll(walk, G_N_ELEMENTS(persons))]);
}

/* An administrator sends something again. */
void
walk_portal_again(Walk *walk)
{
    const KabOrder *order = walk->orders[KAB_SIDE_PORTAL];
    const KabTask *task = choose_task(walk->tasks[KAB_SIDE_PORTAL]);
    g_autoptr(GError) error = NULL;

    if (order == NULL || order->status == KAB_ORDER_DRAFT)
        return;
    walk_tell(walk, "the portal sends again");
    if (task != NULL && task->attempt > 0 && walk_roll(walk, 2) > 0)
        kab_queue_put(walk->world->dbs[KAB_SIDE_PORTAL], KAB_KIND_TASK_DECISION, task->id.text,
                      &error);
    else
        kab_queue_put(walk->world->dbs[KAB_SIDE_PORTAL], KAB_KIND_ORDER, order->id.text, &error);
    walk_check_no_error(walk, error);
}
