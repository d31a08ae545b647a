/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-base-approval.h"
#include "kab-base-orders-private.h"
#include "kab-base-partners.h"
#include "kab-base-tasks.h"
#include "kab-decimal.h"
#include "kab-error.h"
#include "kab-order-store.h"
#include "kab-task-store.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SELECT_RULES \
    "SELECT id, condition, threshold, role FROM approval_rule ORDER BY position, id"
#define INSERT_RULE                                                    \
    "INSERT INTO approval_rule (position, condition, threshold, role)" \
    " VALUES ((SELECT coalesce(max(position), 0) + 1 FROM approval_rule), $1, $2, $3)"
#define DELETE_RULE "DELETE FROM approval_rule WHERE id = $1"
#define SELECT_WAITING "SELECT DISTINCT order_id FROM task WHERE rule_id = $1 AND state = 'new'"
#define SELECT_VARIANTS \
    "SELECT id, title, outcome, needs_comment FROM approval_variant ORDER BY position, id"
#define SELECT_OWN "SELECT value = 'true' FROM setting WHERE name = 'approval.own'"
/* The prices of the partner's agreement for a list of [product, quantity] in JSON, in its order: of
 * several prices by quantity the one that the quantity reaches. */
#define SELECT_PRICES                                                                       \
    "SELECT r.minor, r.currency FROM json_each($1) j"                                       \
    " LEFT JOIN price r ON r.offer_id = json_extract(j.value, '$[0]') AND r.currency <> ''" \
    " AND r.price_type_id = (SELECT price_type_id FROM partner WHERE id = $2)"              \
    " AND r.min_quantity = (SELECT max(t.min_quantity) FROM price t"                        \
    " WHERE t.offer_id = r.offer_id AND t.price_type_id = r.price_type_id"                  \
    " AND t.min_quantity <= json_extract(j.value, '$[1]')) ORDER BY j.key"

GArray *
kab_base_approval_list(KabDb *db, GError **error)
{
    g_autoptr(GArray) rules = g_array_new(FALSE, TRUE, sizeof(KabApprovalRule));
    g_autoptr(KabRows) rows = kab_db_query(db, SELECT_RULES, KAB_BIND_NONE, error);
    g_autoptr(GError) local = NULL;

    if (rows == NULL)
        return NULL;
    while (local == NULL && kab_rows_next(rows, &local)) {
        KabApprovalRule rule = {.id = kab_rows_get_int(rows, 0),
                                .threshold = kab_rows_get_int(rows, 2)};

        if (kab_approval_condition_from_nick(kab_rows_get_text(rows, 1), &rule.condition, &local) &&
            kab_role_from_nick(kab_rows_get_text(rows, 3), &rule.role, &local))
            g_array_append_val(rules, rule);
    }
    return kab_error_pass(error, &local) ? g_steal_pointer(&rules) : NULL;
}

gboolean
kab_base_approval_add(KabDb *db, KabApprovalRule *rule, GError **error)
{
    if (!kab_role_may(rule->role, KAB_RIGHT_TASKS)) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("The role “%s” decides no tasks"),
                    kab_role_to_nick(rule->role));
        return FALSE;
    }
    if (rule->threshold < 0) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID,
                            _("A step of the approval process begins at 0 or more"));
        return FALSE;
    }
    if (!kab_db_run(db, INSERT_RULE,
                    KAB_BIND(kab_text(kab_approval_condition_to_nick(rule->condition)),
                             kab_int(rule->threshold), kab_text(kab_role_to_nick(rule->role))),
                    error))
        return FALSE;
    rule->id = kab_db_get_last_id(db);
    return TRUE;
}

/* How far the order is below the prices of the agreement, in hundredths of a percent. A product
 * that has no price there counts as it is. */
static gboolean
measure_discount(KabDb *db, const KabOrder *order, gint64 *out, GError **error)
{
    g_autofree char *pairs = kab_order_store_list_quantities(order);
    g_autoptr(KabRows) rows = kab_db_query(
        db, SELECT_PRICES, KAB_BIND(kab_text(pairs), kab_text(order->partner_id.text)), error);
    g_autoptr(GError) local = NULL;
    KabMoney full = kab_money_new(0, order->total.currency);
    gint64 net;

    *out = 0;
    if (rows == NULL)
        return FALSE;
    for (guint i = 0; kab_rows_next(rows, &local); i++) {
        const KabOrderLine *line = kab_order_get_line(order, i);
        KabMoney sum = line->sum;

        if (g_strcmp0(kab_rows_get_text(rows, 1), full.currency) == 0 &&
            !kab_money_multiply(kab_money_new(kab_rows_get_int(rows, 0), full.currency),
                                line->quantity, &sum, error))
            return FALSE;
        if (!kab_money_add(full, sum, &full, error))
            return FALSE;
    }
    if (!kab_error_pass(error, &local))
        return FALSE;
    net = order->total.minor - order->vat.minor;
    if (full.minor <= net)
        return TRUE;
    /* A little more than a threshold is more. */
    if (!kab_decimal_muldiv(full.minor - net, 10000, full.minor, out, error))
        return FALSE;
    *out += kab_decimal_compare_products(full.minor - net, 10000, *out, full.minor) > 0;
    return TRUE;
}

static gboolean
measure(KabDb *db, const KabOrder *order, KabApprovalMeasures *measures, GError **error)
{
    g_autoptr(GError) local = NULL;
    g_autoptr(KabPartner) partner = kab_base_partners_find(db, order->partner_id.text, &local);

    if (!kab_error_pass(error, &local))
        return FALSE;
    *measures = (KabApprovalMeasures){0};
    measures->values[KAB_APPROVAL_TOTAL] = order->total.minor;
    if (partner != NULL)
        measures->values[KAB_APPROVAL_OVERDUE] = partner->limits.overdue.minor;
    return measure_discount(db, order, &measures->values[KAB_APPROVAL_DISCOUNT], error);
}

static gboolean
add_variants(KabDb *db, KabTask *task, GError **error)
{
    g_autoptr(KabRows) rows = kab_db_query(db, SELECT_VARIANTS, KAB_BIND_NONE, error);
    g_autoptr(GError) local = NULL;

    if (rows == NULL)
        return FALSE;
    while (local == NULL && task->n_variants < KAB_TASK_MAX_VARIANTS &&
           kab_rows_next(rows, &local)) {
        KabTaskVariant *variant = kab_task_add_variant(task);

        variant->id = kab_rows_dup_text(rows, 0);
        variant->title = kab_rows_dup_text(rows, 1);
        variant->needs_comment = kab_rows_get_int(rows, 3) != 0;
        kab_task_outcome_from_nick(kab_rows_get_text(rows, 2), &variant->outcome, &local);
    }
    return kab_error_pass(error, &local);
}

static KabTask *
make_task(KabDb *db, const KabOrder *order, const KabApprovalRule *rule, gint64 measured,
          GError **error)
{
    g_autoptr(KabTask) task = g_new0(KabTask, 1);
    gint64 own;

    if (!kab_db_get_int(db, SELECT_OWN, KAB_BIND_NONE, NULL, &own, error) ||
        !add_variants(db, task, error))
        return NULL;
    task->id = kab_task_id_new();
    task->order_id = order->id;
    task->order_number = g_strdup(order->number);
    task->order_total = order->total;
    task->revision = order->revision;
    task->partner_id = order->partner_id;
    task->partner_name = g_strdup(order->partner_name);
    task->author_id = order->user_id;
    task->author_name = g_strdup(order->user_name);
    task->rule_id = rule->id;
    task->condition = rule->condition;
    task->threshold = rule->threshold;
    task->measure = measured;
    task->role = rule->role;
    task->own_allowed = own != 0;
    task->created_at = kab_time_now();
    return kab_base_tasks_store(db, task, error) ? g_steal_pointer(&task) : NULL;
}

static KabTask *
find_open(GPtrArray *tasks)
{
    for (guint i = 0; i < tasks->len; i++) {
        KabTask *task = g_ptr_array_index(tasks, i);

        if (task->state == KAB_TASK_NEW)
            return g_ptr_array_steal_index(tasks, i);
    }
    return NULL;
}

/* Whether somebody has to look at the order now. One that is over needs nobody's approval; one
 * whose goods are on their way was looked at before, and is again when it is changed. */
static gboolean
needs_review(const KabOrder *order, gboolean changed)
{
    return order->client_status == KAB_CLIENT_ON_APPROVAL ||
           (order->client_status == KAB_CLIENT_TO_FULFIL &&
            (changed || !kab_order_is_shipping(order)));
}

static gboolean
find_step(KabDb *db, const KabOrder *order, GPtrArray *tasks, KabApprovalRule *step,
          gint64 *measured, gboolean *found, GError **error)
{
    g_autoptr(GArray) rules = kab_base_approval_list(db, error);
    const KabApprovalRule *rule;
    KabApprovalMeasures measures;

    *found = FALSE;
    if (rules == NULL)
        return FALSE;
    if (rules->len == 0)
        return TRUE;
    if (!measure(db, order, &measures, error))
        return FALSE;
    rule = kab_approval_find_step((const KabApprovalRule *)(gpointer)rules->data, rules->len,
                                  &measures, tasks);
    *found = rule != NULL;
    if (rule != NULL) {
        *step = *rule;
        *measured = measures.values[rule->condition];
    }
    return TRUE;
}

/* Whether somebody refused this step of the order as it is: the manager has to change it first. An
 * order that is not being shipped is cancelled then. */
static gboolean
is_refused(const KabOrder *order, const KabApprovalRule *step, GPtrArray *tasks)
{
    for (guint i = 0; i < tasks->len; i++) {
        const KabTask *task = g_ptr_array_index(tasks, i);
        const KabTaskVariant *variant = kab_task_find_variant(task, task->variant);

        if (task->rule_id == step->id && task->revision == order->revision &&
            task->state == KAB_TASK_FINISHED && variant != NULL &&
            variant->outcome == KAB_VARIANT_REFUSE)
            return TRUE;
    }
    return FALSE;
}

static const char *
tell_withdrawal(const KabTask *open, const KabOrder *order, gboolean waits)
{
    if (!waits)
        return _("The order needs no approval any more");
    return open->revision != order->revision
               ? _("The order has been changed: there is a new task")
               : _("The approval process has been changed: there is a new task");
}

gboolean
kab_base_approval_review(KabDb *db, const KabOrder *order, gboolean changed, gboolean *held,
                         GError **error)
{
    g_autoptr(GPtrArray) tasks = kab_task_store_list_order(db, order->id.text, error);
    g_autoptr(KabTask) open = NULL;
    g_autoptr(KabTask) made = NULL;
    KabApprovalRule step = {0};
    gint64 measured = 0;

    *held = FALSE;
    if (tasks == NULL)
        return FALSE;
    open = find_open(tasks);
    if (needs_review(order, changed) && !find_step(db, order, tasks, &step, &measured, held, error))
        return FALSE;
    if (open != NULL && *held && open->rule_id == step.id && open->revision == order->revision &&
        open->measure >= measured)
        return TRUE;
    if (open != NULL &&
        !kab_base_tasks_withdraw(db, open, tell_withdrawal(open, order, *held), error))
        return FALSE;
    if (!*held || is_refused(order, &step, tasks))
        return TRUE;
    made = make_task(db, order, &step, measured, error);
    return made != NULL;
}

gboolean
kab_base_approval_is_held(KabDb *db, const KabOrder *order, gboolean *held, GError **error)
{
    g_autoptr(GPtrArray) tasks = kab_task_store_list_order(db, order->id.text, error);
    KabApprovalRule step;
    gint64 measured;

    return tasks != NULL && find_step(db, order, tasks, &step, &measured, held, error);
}

/* What waits for a step that is no more is looked at anew. */
static gboolean
review_waiting(KabDb *db, gint64 rule_id, GError **error)
{
    g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(KabRows) rows = kab_db_query(db, SELECT_WAITING, KAB_BIND(kab_int(rule_id)), error);
    g_autoptr(GError) local = NULL;

    if (rows == NULL)
        return FALSE;
    while (kab_rows_next(rows, &local))
        g_ptr_array_add(ids, kab_rows_dup_text(rows, 0));
    if (!kab_error_pass(error, &local))
        return FALSE;
    for (guint i = 0; i < ids->len; i++) {
        g_autoptr(KabOrder) order = kab_order_store_load(db, g_ptr_array_index(ids, i), error);

        if (order == NULL || !kab_base_orders_store(db, order, TRUE, "approval", "changed", error))
            return FALSE;
    }
    return TRUE;
}

gboolean
kab_base_approval_remove(KabDb *db, gint64 id, GError **error)
{
    g_autoptr(KabTransaction) transaction = kab_db_begin(db, error);

    if (transaction == NULL || !kab_db_run(db, DELETE_RULE, KAB_BIND(kab_int(id)), error))
        return FALSE;
    if (kab_db_get_changes(db) == 0) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_NOT_FOUND, _("There is no step %ld"), (long)id);
        return FALSE;
    }
    return review_waiting(db, id, error) && kab_transaction_commit(transaction, error);
}
