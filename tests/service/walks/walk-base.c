/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-base-approval.h"
#include "kab-base-documents.h"
#include "kab-base-orders-private.h"
#include "kab-base-orders.h"
#include "kab-base-partners.h"
#include "kab-base-publication.h"
#include "kab-base-tasks.h"
#include "kab-comment-store.h"
#include "kab-document-store.h"
#include "kab-error.h"
#include "kab-kind.h"
#include "kab-order-store.h"
#include "kab-queue.h"
#include "walk.h"

#include <string.h>

#define SELECT_DEBT "SELECT debt FROM partner WHERE id = $1"
#define SELECT_OVERDUE "SELECT overdue FROM partner WHERE id = $1"

static void
check_right(Walk *walk, const KabOrder *order, const WalkVerdict *verdict)
{
    walk->debt = verdict->debt;
    walk->overdue = verdict->overdue;
    WALK_CHECK(walk, !verdict->invalid && !verdict->wrong_state);
    WALK_CHECK(walk, order->client_status == verdict->status);
}

static void
check_wrong(Walk *walk, const GError *error, const WalkVerdict *verdict, gboolean stale)
{
    walk_tell(walk, "  no: %s", error->message);
    if (stale)
        WALK_CHECK(walk, g_error_matches(error, KAB_ERROR, KAB_ERROR_CONFLICT));
    else
        WALK_CHECK(
            walk, (verdict->invalid && g_error_matches(error, KAB_ERROR, KAB_ERROR_INVALID)) ||
                      (verdict->wrong_state && g_error_matches(error, KAB_ERROR, KAB_ERROR_STATE)));
}

/* What the manager wants of the order as it is now, or as it was: then it is refused. Takes
 * @taken. */
static void
set(Walk *walk, KabOrder *taken)
{
    g_autoptr(KabOrder) wanted = taken;
    g_autoptr(KabOrder) order = NULL;
    g_autoptr(GError) error = NULL;
    gint64 version = wanted->version;
    gboolean stale = walk_roll(walk, 8) == 0;
    WalkVerdict verdict = walk_rules_judge(walk, walk->orders[KAB_SIDE_BASE], wanted);

    wanted->version -= stale;
    walk->managing = TRUE;
    order = kab_base_orders_set(walk->world->dbs[KAB_SIDE_BASE], wanted, "Мария", &error);
    if (order == NULL) {
        check_wrong(walk, error, &verdict, stale);
    } else {
        WALK_CHECK(walk, !stale);
        check_right(walk, order, &verdict);
    }
    WALK_CHECK(walk, walk_get_int(walk, KAB_SIDE_BASE, SELECT_DEBT) == walk->debt);
    WALK_CHECK(walk, walk_get_int(walk, KAB_SIDE_BASE, SELECT_OVERDUE) == walk->overdue);
    walk_check_end(walk, KAB_SIDE_BASE);
    walk->managing = FALSE;
    WALK_CHECK(walk, walk->orders[KAB_SIDE_BASE]->version == version + (order != NULL));
}

void
walk_base_status(Walk *walk)
{
    static const KabClientStatus lasting[] = {KAB_CLIENT_ON_APPROVAL, KAB_CLIENT_TO_FULFIL};
    static const KabClientStatus final[] = {KAB_CLIENT_CLOSED, KAB_CLIENT_CANCELLED};
    const KabOrder *order = walk->orders[KAB_SIDE_BASE];
    KabClientStatus status =
        walk_roll(walk, 6) == 0 ? final[walk_roll(walk, 2)] : lasting[walk_roll(walk, 4) > 0];
    gboolean reason = walk_roll(walk, 5) > 0;
    KabOrder *wanted;

    /* What was over is not begun again. */
    if (order == NULL || walk->was_over)
        return;
    walk_tell(walk, "the manager: %s", kab_client_status_to_nick(status));
    wanted = kab_order_copy(order);
    wanted->client_status = status;
    g_free(wanted->reason);
    wanted->reason = reason ? g_strdup("Так решено") : NULL;
    set(walk, wanted);
}

static void
add_product(Walk *walk, KabOrder *wanted, KabProductId id)
{
    KabOrderLine *line = kab_order_add_line(wanted);

    line->product_id = id;
    line->name = g_strdup("");
    line->quantity.milli = (1 + walk_roll(walk, 3)) * KAB_QUANTITY_ONE;
    line->price = kab_money_new(1 + walk_roll(walk, 40000), "RUB");
    line->paid = kab_money_new(0, "RUB");
}

void
walk_base_lines(Walk *walk)
{
    const KabOrder *order = walk->orders[KAB_SIDE_BASE];
    KabProductId id = walk->world->products[walk_roll(walk, WALK_N_PRODUCTS)];
    gint64 quantity = walk_roll(walk, 6) * KAB_QUANTITY_ONE;
    guint what = walk_roll(walk, 3);
    KabOrder *wanted;
    KabOrderLine *line;

    if (order == NULL)
        return;
    wanted = kab_order_copy(order);
    line = kab_order_find_line(wanted, id);
    if (line == NULL)
        add_product(walk, wanted, id);
    else if (what == 0)
        line->price.minor = line->price.minor * 9 / 10 + 1;
    else
        line->quantity.milli = quantity;
    walk_tell(walk, "the manager: lines");
    set(walk, wanted);
}

/* Goods leave, now and then in one stroke with the status that lets them; or all comes back. */
void
walk_base_move(Walk *walk, gboolean back)
{
    const KabOrder *order = walk->orders[KAB_SIDE_BASE];
    KabOrder *wanted;

    if (order == NULL)
        return;
    wanted = kab_order_copy(order);

    if (order->client_status == KAB_CLIENT_ON_APPROVAL && walk_roll(walk, 2) > 0)
        wanted->client_status = KAB_CLIENT_TO_FULFIL;
    for (guint i = 0; i < wanted->lines->len; i++) {
        KabOrderLine *line = kab_order_get_line(wanted, i);
        guint units = (guint)(line->quantity.milli / KAB_QUANTITY_ONE);

        line->shipped.milli = back ? 0 : walk_roll(walk, units + 1) * KAB_QUANTITY_ONE;
    }
    walk_tell(walk, "the manager: %s", back ? "all comes back" : "ships");
    set(walk, wanted);
}

/* The partner, who may not have heard of it, refuses. */
void
walk_base_shipping(Walk *walk)
{
    walk_base_move(walk, walk_roll(walk, 3) == 0);
    if (walk_roll(walk, 4) == 0)
        walk_portal_refuse(walk);
}

/* Goods come back and others leave, and the portal hears of each; in between the partner may do
 * what could not be done before. */
void
walk_base_exchange(Walk *walk)
{
    if (walk->orders[KAB_SIDE_BASE] == NULL || !kab_order_is_shipping(walk->orders[KAB_SIDE_BASE]))
        return;
    walk_network_carry(walk, KAB_SIDE_PORTAL);
    walk_base_move(walk, TRUE);
    walk_network_carry(walk, KAB_SIDE_BASE);
    if (walk_roll(walk, 3) == 0)
        walk_portal_refuse(walk);
    walk_base_move(walk, FALSE);
    walk_network_carry(walk, KAB_SIDE_BASE);
}

/* An order that is being shipped grows: what was approved may be too little. */
void
walk_base_grow(Walk *walk)
{
    const KabOrder *order = walk->orders[KAB_SIDE_BASE];
    KabOrder *wanted;

    if (order == NULL || !kab_order_is_shipping(order))
        return;
    wanted = kab_order_copy(order);
    kab_order_get_line(wanted, 0)->quantity.milli += 3 * KAB_QUANTITY_ONE;
    walk_tell(walk, "the manager: more of it");
    set(walk, wanted);
    walk_network_carry(walk, KAB_SIDE_BASE);
    walk_portal_task(walk);
}

void
walk_base_payment(Walk *walk)
{
    const KabOrder *order = walk->orders[KAB_SIDE_BASE];
    KabOrder *wanted;
    KabOrderLine *line;

    if (order == NULL)
        return;
    wanted = kab_order_copy(order);
    line = kab_order_get_line(wanted, walk_roll(walk, wanted->lines->len));
    line->paid.minor = walk_roll(walk, 2) > 0 ? line->sum.minor : walk_roll(walk, 1000);
    walk_tell(walk, "the manager: payment");
    set(walk, wanted);
}

void
walk_base_details(Walk *walk)
{
    static const char *const dates[] = {"2026-02-01", "2026-03-01", ""};
    const KabOrder *order = walk->orders[KAB_SIDE_BASE];
    const char *date = dates[walk_roll(walk, G_N_ELEMENTS(dates))];
    gboolean warehouse = walk_roll(walk, 2) > 0;
    KabOrder *wanted;

    if (order == NULL)
        return;
    wanted = kab_order_copy(order);
    wanted->ship_date = kab_date_of(date);
    wanted->warehouse_id = warehouse ? walk->world->warehouse : kab_warehouse_id_of(NULL);
    g_free(wanted->manager);
    wanted->manager = g_strdup(warehouse ? "Мария" : "Пётр");
    walk_tell(walk, "the manager: date %s, warehouse %d", date, warehouse);
    set(walk, wanted);
}

/* A base of 1C has statuses of its own. */
void
walk_base_unknown(Walk *walk)
{
    KabDb *db = walk->world->dbs[KAB_SIDE_BASE];
    g_autoptr(KabTransaction) transaction = NULL;
    g_autoptr(KabOrder) order = NULL;
    g_autoptr(GError) error = NULL;

    if (walk->orders[KAB_SIDE_BASE] == NULL)
        return;
    walk_tell(walk, "a status that is not known");
    walk->was_over =
        walk->was_over || walk_rules_is_over(walk->orders[KAB_SIDE_BASE]->client_status);
    transaction = kab_db_begin(db, &error);
    order = kab_order_store_load(db, walk->order_id.text, &error);
    walk_check_no_error(walk, error);
    order->client_status = KAB_CLIENT_OTHER;
    g_free(order->client_status_text);
    order->client_status_text = g_strdup("На согласовании у ВИПа");
    if (kab_base_orders_store(db, order, TRUE, "1C", "unknown", &error))
        kab_transaction_commit(transaction, &error);
    walk_check_no_error(walk, error);
    walk_check_end(walk, KAB_SIDE_BASE);
}

void
walk_base_comment(Walk *walk)
{
    const KabComment comment = {.id = kab_comment_id_new(),
                                .order_id = walk->order_id,
                                .by_base = TRUE,
                                .author = (char *)"Мария",
                                .at = kab_time_now(),
                                .text = (char *)"Завтра"};
    g_autoptr(GError) error = NULL;

    if (walk->orders[KAB_SIDE_BASE] == NULL)
        return;
    walk_tell(walk, "the manager comments");
    kab_comment_store_add(walk->world->dbs[KAB_SIDE_BASE], &comment, &error);
    walk_check_no_error(walk, error);
}

/* One that was asked for and is not here yet. */
static KabDocument *
find_waybill(Walk *walk)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) documents =
        kab_document_store_list_order(walk->world->dbs[KAB_SIDE_BASE], walk->order_id.text, &error);

    walk_check_no_error(walk, error);
    for (guint i = 0; i < documents->len; i++) {
        const KabDocument *document = g_ptr_array_index(documents, i);

        if (document->kind == KAB_DOCUMENT_WAYBILL && document->state == KAB_DOCUMENT_PREPARING)
            return g_ptr_array_steal_index(documents, i);
    }
    return NULL;
}

/* A paper that goes with the goods is there, whether it was asked for or not; or there is none. */
void
walk_base_waybill(Walk *walk)
{
    KabDb *db = walk->world->dbs[KAB_SIDE_BASE];
    const KabOrder *order = walk->orders[KAB_SIDE_BASE];
    g_autoptr(KabDocument) asked = NULL;
    g_autoptr(KabDocument) document = NULL;
    g_autoptr(GBytes) file = g_bytes_new_static("%PDF-", strlen("%PDF-") + 1);
    g_autoptr(GError) error = NULL;

    if (order == NULL)
        return;
    asked = find_waybill(walk);
    if (asked != NULL && walk_roll(walk, 3) == 0) {
        walk_tell(walk, "no waybill %d", asked->part);
        document = kab_base_documents_decline(db, asked->id.text, "Нечего", &error);
        walk_check_no_error(walk, error);
        return;
    }
    document = kab_base_documents_attach(db, order, KAB_DOCUMENT_WAYBILL, 0, "w.pdf", file, &error);
    walk_tell(walk, "waybill %d", document != NULL ? document->part : 0);
    WALK_CHECK(walk, (document != NULL) == kab_order_is_shipping(order));
    if (document != NULL && asked != NULL)
        WALK_CHECK(walk, document->part <= asked->part);
}

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

/* Somebody of the company decides, or tries to. */
void
walk_base_task(Walk *walk)
{
    static const char *const variants[] = {"approve", "approve", "remark", "refuse"};
    const KabTask *task = choose_task(walk->tasks[KAB_SIDE_BASE]);
    const KabUser *user = walk->world->staff[walk_roll(walk, WALK_N_STAFF)];
    const char *variant = variants[walk_roll(walk, G_N_ELEMENTS(variants))];
    g_autoptr(KabTask) decided = NULL;
    g_autoptr(GError) error = NULL;
    gboolean again;

    if (task == NULL)
        return;
    again = task->state == KAB_TASK_FINISHED && g_strcmp0(task->variant, variant) == 0 &&
            strcmp(task->decided_by.text, user->id.text) == 0;
    walk_tell(walk, "%s: %s the %s task", user->login, variant,
              kab_task_state_to_nick(task->state));
    decided = kab_base_tasks_decide(walk->world->dbs[KAB_SIDE_BASE], user, task->id.text, variant,
                                    "Вот почему", &error);
    WALK_CHECK(walk, (decided != NULL) ==
                         (again || (task->state == KAB_TASK_NEW && task->role == user->role)));
    walk_check_end(walk, KAB_SIDE_BASE);
}

static void
set_role(Walk *walk, KabRole role)
{
    const KabUser *user = walk->world->people[WALK_SECOND];
    g_autoptr(GError) error = NULL;

    walk_tell(walk, "second is %s", kab_role_to_nick(role));
    kab_base_publication_publish(
        walk->world->ends[KAB_SIDE_BASE], walk->world->dbs[KAB_SIDE_BASE], KAB_ACTOR_SERVICE,
        &(const KabPublicationRequest){user->id.text, user->login, role, NULL}, &error);
    walk_check_no_error(walk, error);
}

/* Until the portal hears of it, it lets the second head decide. */
void
walk_base_role(Walk *walk)
{
    set_role(walk, walk_roll(walk, 4) > 0 ? KAB_ROLE_VIEWER : KAB_ROLE_HEAD);
    if (walk_roll(walk, 2) > 0)
        walk_portal_task_by(walk, WALK_SECOND);
}

#define SELECT_STEP "SELECT id FROM approval_rule ORDER BY position LIMIT 1 OFFSET $1"

/* An administrator takes a step out of the approval process: what waited for it waits no more. */
void
walk_base_unstep(Walk *walk)
{
    KabDb *db = walk->world->dbs[KAB_SIDE_BASE];
    g_autoptr(GError) error = NULL;
    gboolean found;
    gint64 id;

    kab_db_get_int(db, SELECT_STEP, KAB_BIND(kab_int(walk_roll(walk, 3))), &found, &id, &error);
    walk_check_no_error(walk, error);
    if (!found)
        return;
    walk_tell(walk, "no step %" G_GINT64_FORMAT, id);
    kab_base_approval_remove(db, id, &error);
    walk_check_no_error(walk, error);
    walk_check_end(walk, KAB_SIDE_BASE);
}

void
walk_base_restore(Walk *walk)
{
    set_role(walk, KAB_ROLE_HEAD);
}

/* An administrator sends something again. */
void
walk_base_again(Walk *walk)
{
    const KabTask *task = choose_task(walk->tasks[KAB_SIDE_BASE]);
    g_autoptr(GError) error = NULL;

    if (walk->orders[KAB_SIDE_BASE] == NULL)
        return;
    walk_tell(walk, "the base sends again");
    if (task != NULL && task->role == KAB_ROLE_HEAD && walk_roll(walk, 2) > 0)
        kab_queue_put(walk->world->dbs[KAB_SIDE_BASE], KAB_KIND_TASK, task->id.text, &error);
    else
        kab_queue_put(walk->world->dbs[KAB_SIDE_BASE], KAB_KIND_CLIENT_ORDER, walk->order_id.text,
                      &error);
    walk_check_no_error(walk, error);
}
