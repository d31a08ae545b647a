/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-end.h"
#include "kab-order.h"
#include "kab-task.h"
#include "kab-user.h"

G_BEGIN_DECLS

/* Random walks over the life of an order and its tasks, at a portal and a base in this process. No
 * HTTP is between them, but a network that delays, repeats, reorders and loses what is sent. */

/** WALK_N_PRODUCTS: what is sold. */
#define WALK_N_PRODUCTS 4

/** walk_world_prices: what each of it costs by the agreement, in kopecks. */
extern const gint64 walk_world_prices[WALK_N_PRODUCTS];

/** walk_world_rates: the rate of its VAT, in percent; 0 if it is not taxed. */
extern const gint64 walk_world_rates[WALK_N_PRODUCTS];

/**
 * WalkPerson:
 * @WALK_BUYER: a buyer, who places the order
 * @WALK_HEAD: the partner's head
 * @WALK_SECOND: the partner's other head, whose role the base takes away now and then
 * @WALK_VIEWER: a viewer of the same partner
 * @WALK_STRANGER: the head of another partner
 *
 * Who acts at the portal.
 */
typedef enum {
    WALK_BUYER,
    WALK_HEAD,
    WALK_SECOND,
    WALK_VIEWER,
    WALK_STRANGER,
} WalkPerson;

#define WALK_N_PEOPLE (WALK_STRANGER + 1)

/** WALK_N_STAFF: a manager and an administrator act at the base. */
#define WALK_N_STAFF 2

/**
 * WalkCoverage:
 * @orders: how often the order's machine was seen to do this, by status, event and actor
 * @tasks: how often the task's machine was seen to do this, by state and event
 * @statuses: how often an order was in this status at the portal
 * @task_states: how often a task was in this state at the portal
 * @results: how often a decision was answered so
 * @outcomes: how often a message was answered so
 * @steps: how many steps were done
 */
typedef struct {
    guint orders[KAB_ORDER_N_STATUSES][KAB_ORDER_N_EVENTS][2];
    guint tasks[KAB_N_TASK_STATES][KAB_N_TASK_EVENTS];
    guint statuses[KAB_ORDER_N_STATUSES];
    guint task_states[KAB_N_TASK_STATES];
    guint results[KAB_N_DECISION_RESULTS];
    guint outcomes[KAB_OUTCOME_WAITS + 1];
    guint steps;
} WalkCoverage;

/**
 * WalkWorld:
 * @folder: (owned): the data of both ends
 * @ends: (owned): by #KabSide
 * @dbs: (owned): by #KabSide
 * @people: (owned): by #WalkPerson
 * @staff: (owned): of the base
 * @products: what is sold
 * @warehouse: where it lies
 * @seen: what all walks did
 */
typedef struct {
    char *folder;
    KabEnd *ends[2];
    KabDb *dbs[2];
    KabUser *people[WALK_N_PEOPLE];
    KabUser *staff[WALK_N_STAFF];
    KabProductId products[WALK_N_PRODUCTS];
    KabWarehouseId warehouse;
    WalkCoverage seen;
} WalkWorld;

/**
 * Walk:
 * @world: where it takes place
 * @seed: its number: the same number is the same walk
 * @random: (owned): all that it decides comes from here
 * @story: (owned): what happened so far, for whoever looks for a mistake
 * @order_id: the order; "" before it is there
 * @looked: the revision that the partner saw last
 * @was_over: the client order was closed or cancelled, and then got a status that is not known
 * @managing: whether the manager is at it
 * @debt: what the partner owes
 * @overdue: what the partner should have paid by now
 * @parcels: (owned): what is on its way
 * @orders: (owned) (nullable): the order as it was after the last step, by #KabSide
 * @tasks: (owned): its tasks as they were after the last step, by #KabSide
 */
typedef struct {
    WalkWorld *world;
    guint32 seed;
    GRand *random;
    GString *story;
    KabOrderId order_id;
    gint64 looked;
    gboolean was_over;
    gboolean managing;
    gint64 debt;
    gint64 overdue;
    GPtrArray *parcels;
    KabOrder *orders[2];
    GPtrArray *tasks[2];
} Walk;

/** walk_world_open: a portal and a base that know the same goods and people. */
WalkWorld *walk_world_open(void);

void walk_world_close(WalkWorld *world);

/** walk_world_begin: sets limits and rules of a new walk, as its seed wants them. */
void walk_world_begin(Walk *walk);

/** walk_tell: adds to the story. */
void walk_tell(Walk *walk, const char *format, ...) G_GNUC_PRINTF(2, 3);

/** walk_fail: ends the program with seed and story. */
G_NORETURN void walk_fail(Walk *walk, const char *format, ...) G_GNUC_PRINTF(2, 3);

/** WALK_CHECK: what has to be true. */
#define WALK_CHECK(walk, condition)                                       \
    G_STMT_START                                                          \
    {                                                                     \
        if (!(condition))                                                 \
            walk_fail(walk, "%s:%d: %s", __FILE__, __LINE__, #condition); \
    }                                                                     \
    G_STMT_END

/** walk_check_no_error: that nothing failed. */
void walk_check_no_error(Walk *walk, const GError *error);

/** walk_roll: a number from 0 to @sides - 1. */
guint walk_roll(Walk *walk, guint sides);

/* The steps: each does one thing, if it can be done now, and checks what came of it. */

void walk_portal_submit(Walk *walk);
void walk_portal_edit(Walk *walk);
void walk_portal_delete(Walk *walk);
void walk_portal_place(Walk *walk);
void walk_portal_look(Walk *walk);
void walk_portal_decide(Walk *walk);
void walk_portal_refuse(Walk *walk);
void walk_portal_comment(Walk *walk);
void walk_portal_ask_invoice(Walk *walk);
void walk_portal_ask_waybill(Walk *walk);
void walk_portal_task(Walk *walk);

/** walk_portal_task_by: this person tries to decide a task. */
void walk_portal_task_by(Walk *walk, WalkPerson person);

void walk_portal_again(Walk *walk);

void walk_base_status(Walk *walk);
void walk_base_lines(Walk *walk);
void walk_base_shipping(Walk *walk);

/** walk_base_move: goods leave, or all that left come back. */
void walk_base_move(Walk *walk, gboolean back);

void walk_base_exchange(Walk *walk);
void walk_base_grow(Walk *walk);
void walk_base_waybill(Walk *walk);
void walk_base_payment(Walk *walk);
void walk_base_details(Walk *walk);
void walk_base_unknown(Walk *walk);
void walk_base_comment(Walk *walk);
void walk_base_task(Walk *walk);
void walk_base_role(Walk *walk);
void walk_base_unstep(Walk *walk);
void walk_base_again(Walk *walk);

/** walk_base_restore: the second head has the role again. */
void walk_base_restore(Walk *walk);

/* The network. */

void walk_network_push_portal(Walk *walk);
void walk_network_push_base(Walk *walk);
void walk_network_pull(Walk *walk);
void walk_network_arrive(Walk *walk);

/** walk_network_carry: all that is queued at @from goes over and is answered. */
void walk_network_carry(Walk *walk, KabSide from);

/** walk_network_settle: all that is on its way arrives, then both queues are emptied. */
void walk_network_settle(Walk *walk);

/* The rules of the base, a second time. */

/**
 * WalkSums:
 * @net: the sum of the lines
 * @full: what they cost by the agreement
 * @total: @net and the VAT that comes on top
 * @shipped: what is to be paid for what was shipped
 * @paid: what was paid
 */
typedef struct {
    gint64 net;
    gint64 full;
    gint64 total;
    gint64 shipped;
    gint64 paid;
} WalkSums;

/**
 * WalkVerdict:
 * @invalid: the order cannot be so
 * @wrong_state: it cannot be so now
 * @status: the status that it gets, if it may be so
 * @debt: what the partner owes then
 * @overdue: what the partner should have paid then
 *
 * What has to come of what the manager wants.
 */
typedef struct {
    gboolean invalid;
    gboolean wrong_state;
    KabClientStatus status;
    gint64 debt;
    gint64 overdue;
} WalkVerdict;

/** walk_rules_judge: what has to come of it when the manager wants @order to be as @wanted. */
WalkVerdict walk_rules_judge(Walk *walk, const KabOrder *order, const KabOrder *wanted);

/** walk_rules_is_agreed: whether the partner agrees to the order as it is, or cannot help it. */
gboolean walk_rules_is_agreed(const KabOrder *order);

/** walk_rules_is_over: whether nothing comes after it. */
gboolean walk_rules_is_over(KabClientStatus status);

/**
 * walk_rules_has_same_contents:
 * @before: an order as it was
 * @order: as it became
 *
 * Returns: whether the partner need not look again; that a line vanishes of which nothing was left
 *   and nothing had been ordered is no change
 */
gboolean walk_rules_has_same_contents(const KabOrder *before, const KabOrder *order);

/** walk_rules_ships_more: whether more of a line was shipped than @before. */
gboolean walk_rules_ships_more(const KabOrder *before, const KabOrder *order);

/** walk_rules_count: the sums of the lines. */
WalkSums walk_rules_count(Walk *walk, const KabOrder *order);

/** walk_rules_measure: what is compared with the threshold of a step. */
gint64 walk_rules_measure(Walk *walk, KabApprovalCondition condition, const KabOrder *order,
                          gint64 overdue);

/** walk_rules_find_step: the rule by which the order has to be approved next; 0 for none. */
gint64 walk_rules_find_step(Walk *walk, const KabOrder *order, gint64 overdue);

/** walk_get_int: the integer that @sql gives of the partner $1 at an end. */
gint64 walk_get_int(Walk *walk, KabSide side, const char *sql);

/* The checks. */

/** walk_check_end: what is true of an end after every step. */
void walk_check_end(Walk *walk, KabSide side);

/**
 * walk_check_partner_event:
 * @walk: a walk
 * @event: what the partner did at the portal, with success
 *
 * To be called before walk_check_end(), which looks at the portal anew.
 */
void walk_check_partner_event(Walk *walk, KabOrderEvent event);

/** walk_check_told: what messages, which the portal applied, did there. */
void walk_check_told(Walk *walk, GPtrArray *messages, GPtrArray *answers);

/** walk_check_agreement: what is true when all is quiet. */
void walk_check_agreement(Walk *walk);

/** walk_tell_coverage: how often what was seen. */
void walk_tell_coverage(const WalkCoverage *seen);

/** walk_check_coverage: what all walks together have to have seen. */
void walk_check_coverage(const WalkCoverage *seen);

G_END_DECLS
