/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-error.h"
#include "walk.h"

#include <string.h>

/* What the manager may do, and what of it has to be approved, written down a second time. */

gboolean
walk_rules_is_over(KabClientStatus status)
{
    return status == KAB_CLIENT_CLOSED || status == KAB_CLIENT_CANCELLED;
}

static gboolean
is_shipping(const KabOrder *order)
{
    for (guint i = 0; i < order->lines->len; i++)
        if (kab_order_get_line(order, i)->shipped.milli > 0)
            return TRUE;
    return FALSE;
}

gboolean
walk_rules_is_agreed(const KabOrder *order)
{
    if (order->decided_revision != order->revision)
        return FALSE;
    return order->decision == KAB_DECISION_CONFIRM ||
           (order->decision_result == KAB_DECISION_SHIPPED && is_shipping(order));
}

static gboolean
is_same_line(const KabOrderLine *a, const KabOrderLine *b)
{
    return strcmp(a->product_id.text, b->product_id.text) == 0 &&
           a->quantity.milli == b->quantity.milli && a->price.minor == b->price.minor;
}

gboolean
walk_rules_has_same_contents(const KabOrder *before, const KabOrder *order)
{
    guint at = 0;

    for (guint i = 0; i < before->lines->len; i++) {
        const KabOrderLine *line = kab_order_get_line(before, i);

        if (at < order->lines->len && is_same_line(line, kab_order_get_line(order, at)))
            at++;
        else if (line->quantity.milli != 0 || line->ordered.milli != 0)
            return FALSE;
    }
    return at == order->lines->len && strcmp(before->ship_date.text, order->ship_date.text) == 0 &&
           strcmp(before->warehouse_id.text, order->warehouse_id.text) == 0;
}

gboolean
walk_rules_ships_more(const KabOrder *before, const KabOrder *order)
{
    for (guint i = 0; i < order->lines->len; i++) {
        const KabOrderLine *line = kab_order_get_line(order, i);
        const KabOrderLine *was = kab_order_find_line(before, line->product_id);

        if (line->shipped.milli > (was != NULL ? was->shipped.milli : 0))
            return TRUE;
    }
    return FALSE;
}

static gint64
get_rate(Walk *walk, const KabOrder *order, KabProductId id)
{
    for (guint i = 0; order->vat_on_top && i < WALK_N_PRODUCTS; i++)
        if (strcmp(walk->world->products[i].text, id.text) == 0)
            return walk_world_rates[i];
    return 0;
}

/* Nothing here is negative. */
static gint64
add_vat(gint64 sum, gint64 rate)
{
    return sum + (sum * rate + 50) / 100;
}

WalkSums
walk_rules_count(Walk *walk, const KabOrder *order)
{
    WalkSums sums = {0};

    for (guint i = 0; i < order->lines->len; i++) {
        const KabOrderLine *line = kab_order_get_line(order, i);
        gint64 rate = get_rate(walk, order, line->product_id);
        /* Whole units only are ordered here. */
        gint64 sum = line->price.minor * (line->quantity.milli / KAB_QUANTITY_ONE);

        sums.net += sum;
        sums.total += add_vat(sum, rate);
        sums.shipped += add_vat(line->price.minor * (line->shipped.milli / KAB_QUANTITY_ONE), rate);
        sums.paid += line->paid.minor;
        for (guint k = 0; k < WALK_N_PRODUCTS; k++)
            if (strcmp(walk->world->products[k].text, line->product_id.text) == 0)
                sums.full += walk_world_prices[k] * (line->quantity.milli / KAB_QUANTITY_ONE);
    }
    return sums;
}

gint64
walk_rules_measure(Walk *walk, KabApprovalCondition condition, const KabOrder *order,
                   gint64 overdue)
{
    WalkSums sums = walk_rules_count(walk, order);

    switch (condition) {
    case KAB_APPROVAL_TOTAL:
        return sums.total;
    case KAB_APPROVAL_DISCOUNT: /* in hundredths of a percent; a part of one is a whole one */
        return sums.full > sums.net ? ((sums.full - sums.net) * 10000 + sums.full - 1) / sums.full
                                    : 0;
    case KAB_APPROVAL_OVERDUE:
        return overdue;
    default:
        g_assert_not_reached();
    }
}

#define SELECT_UNAPPROVED                                                                   \
    "SELECT r.id FROM approval_rule r WHERE"                                                \
    " CASE r.condition WHEN 'total' THEN $1 WHEN 'discount' THEN $2 ELSE $3 END"            \
    " > r.threshold AND NOT EXISTS (SELECT 1 FROM task t WHERE t.order_id = $4"             \
    " AND t.rule_id = r.id AND t.state = 'finished' AND t.variant IN ('approve', 'remark')" \
    " AND t.measure >= CASE r.condition WHEN 'total' THEN $1 WHEN 'discount' THEN $2"       \
    " ELSE $3 END) ORDER BY r.position LIMIT 1"

gint64
walk_rules_find_step(Walk *walk, const KabOrder *order, gint64 overdue)
{
    g_autoptr(GError) error = NULL;
    gint64 id = 0;
    gboolean found;

    kab_db_get_int(
        walk->world->dbs[KAB_SIDE_BASE], SELECT_UNAPPROVED,
        KAB_BIND(kab_int(walk_rules_measure(walk, KAB_APPROVAL_TOTAL, order, overdue)),
                 kab_int(walk_rules_measure(walk, KAB_APPROVAL_DISCOUNT, order, overdue)),
                 kab_int(overdue), kab_text(order->id.text)),
        &found, &id, &error);
    walk_check_no_error(walk, error);
    return found ? id : 0;
}

/* Whether the lines can be so at all. */
static gboolean
is_possible(const KabOrder *order)
{
    gboolean any = FALSE;

    for (guint i = 0; i < order->lines->len; i++) {
        const KabOrderLine *line = kab_order_get_line(order, i);

        any = any || line->quantity.milli > 0;
        if (line->shipped.milli > line->quantity.milli)
            return FALSE;
    }
    return any;
}

static gboolean
reprices_shipped(const KabOrder *order, const KabOrder *wanted)
{
    for (guint i = 0; i < order->lines->len; i++) {
        const KabOrderLine *was = kab_order_get_line(order, i);
        const KabOrderLine *line = kab_order_get_line(wanted, i);

        if (was->shipped.milli > 0 && line->shipped.milli > 0 &&
            was->price.minor != line->price.minor)
            return TRUE;
    }
    return FALSE;
}

/* What the partner owes after it. */
static void
count_debt(Walk *walk, const KabOrder *order, const KabOrder *wanted, WalkVerdict *verdict)
{
    WalkSums before = walk_rules_count(walk, order);
    WalkSums after = walk_rules_count(walk, wanted);
    gint64 change = after.shipped - before.shipped - after.paid + before.paid;

    verdict->debt = walk->debt + change;
    verdict->overdue = walk->overdue;
    if (change < 0)
        verdict->overdue = MAX(MIN(walk->overdue, verdict->debt), 0);
}

/* What has to be approved waits for it: it is neither to be fulfilled, nor shipped, nor closed. */
static void
judge_approval(Walk *walk, const KabOrder *order, const KabOrder *wanted, gboolean changed,
               WalkVerdict *verdict)
{
    gboolean held = walk_rules_find_step(walk, wanted, verdict->overdue) != 0;
    gboolean begun = order->client_status != wanted->client_status;

    if (held && wanted->client_status == KAB_CLIENT_TO_FULFIL &&
        (changed || begun || !is_shipping(wanted)))
        verdict->status = KAB_CLIENT_ON_APPROVAL;
    if (verdict->status == KAB_CLIENT_ON_APPROVAL && walk_rules_ships_more(order, wanted))
        verdict->wrong_state = TRUE;
    if (held && begun && wanted->client_status == KAB_CLIENT_CLOSED &&
        (changed || order->client_status == KAB_CLIENT_ON_APPROVAL))
        verdict->wrong_state = TRUE;
}

WalkVerdict
walk_rules_judge(Walk *walk, const KabOrder *order, const KabOrder *wanted)
{
    WalkVerdict verdict = {.status = wanted->client_status};
    gboolean changed = !walk_rules_has_same_contents(order, wanted);
    gboolean reason = wanted->reason != NULL && *wanted->reason != '\0';

    count_debt(walk, order, wanted, &verdict);
    verdict.invalid =
        !is_possible(wanted) || (wanted->client_status == KAB_CLIENT_CANCELLED && !reason);
    verdict.wrong_state = reprices_shipped(order, wanted);
    if (walk_rules_is_over(order->client_status) &&
        (order->client_status != wanted->client_status || changed ||
         walk_rules_ships_more(order, wanted)))
        verdict.wrong_state = TRUE;
    judge_approval(walk, order, wanted, changed, &verdict);
    return verdict;
}
