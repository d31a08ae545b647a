/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-base-orders-private.h"
#include "kab-base-orders.h"
#include "kab-error.h"
#include "kab-kind.h"
#include "kab-order-store.h"
#include "kab-queue.h"
#include "kab-wire-order.h"

#include <glib/gi18n-lib.h>

#define NEXT_NUMBER                                                \
    "INSERT INTO counter (name, value) VALUES ('client-order', 1)" \
    " ON CONFLICT (name) DO UPDATE SET value = counter.value + 1 RETURNING value"
#define SELECT_PREFIX "SELECT value FROM setting WHERE name = 'orders.prefix'"
#define SELECT_PARTNER "SELECT name, manager FROM partner WHERE id = $1 AND deleted = 0"
#define SELECT_WAREHOUSE "SELECT name FROM warehouse WHERE id = $1 AND deleted = 0"
/* A product stays known when it is no longer sold: the partner may have ordered it before. */
#define SELECT_UNKNOWN                                           \
    "SELECT l.value FROM json_each($1) l"                        \
    " WHERE NOT EXISTS (SELECT 1 FROM offer WHERE id = l.value)" \
    " AND NOT EXISTS (SELECT 1 FROM product WHERE id = l.value) LIMIT 1"

/* Numbers like 1C's: a prefix and a counter of six digits. */
static gboolean
give_number(KabDb *db, KabOrder *order, GError **error)
{
    g_autofree char *prefix = NULL;
    gint64 number;

    if (!kab_db_get_text(db, SELECT_PREFIX, KAB_BIND_NONE, &prefix, error) ||
        !kab_db_get_int(db, NEXT_NUMBER, KAB_BIND_NONE, NULL, &number, error))
        return FALSE;
    order->number =
        g_strdup_printf("%s-%06" G_GINT64_FORMAT, prefix != NULL ? prefix : "0000", number);
    return TRUE;
}

static gboolean
find_partner(KabDb *db, KabOrder *order, GError **error)
{
    g_autoptr(KabRows) rows =
        kab_db_query(db, SELECT_PARTNER, KAB_BIND(kab_text(order->partner_id.text)), error);
    g_autoptr(GError) local = NULL;

    if (rows == NULL)
        return FALSE;
    if (!kab_rows_next(rows, &local)) {
        if (local == NULL)
            local = g_error_new(KAB_ERROR, KAB_ERROR_INVALID,
                                _("The base knows no partner %s: publish the partner again"),
                                order->partner_id.text);
        g_propagate_error(error, g_steal_pointer(&local));
        return FALSE;
    }
    g_free(order->partner_name);
    order->partner_name = kab_rows_dup_text(rows, 0);
    order->manager = kab_rows_dup_text(rows, 1);
    return TRUE;
}

static gboolean
check_products(KabDb *db, const KabOrder *order, GError **error)
{
    g_autofree char *ids = kab_order_store_list_products(order, 0);
    g_autofree char *unknown = NULL;

    if (!kab_db_get_text(db, SELECT_UNKNOWN, KAB_BIND(kab_text(ids)), &unknown, error))
        return FALSE;
    if (unknown == NULL)
        return TRUE;
    g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("The base knows no product %s"), unknown);
    return FALSE;
}

static gboolean
check_contents(const KabOrder *order, GError **error)
{
    if (!kab_order_check_lines(order, error))
        return FALSE;
    for (guint i = 0; i < order->lines->len; i++) {
        const KabOrderLine *line = kab_order_get_line(order, i);

        if (!kab_quantity_check_order(line->quantity, error)) {
            g_prefix_error(error, _("Line %u: "), i + 1);
            return FALSE;
        }
        if (line->price.minor <= 0) {
            g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("Line %u: it has no price"), i + 1);
            return FALSE;
        }
    }
    return TRUE;
}

/* What only the base knows does not come from the portal. */
static gboolean
forget_progress(KabOrder *order, GError **error)
{
    for (guint i = 0; i < order->lines->len; i++) {
        KabOrderLine *line = kab_order_get_line(order, i);

        line->ordered = line->quantity;
        line->ordered_price = line->price;
        line->shipped.milli = 0;
        line->paid.minor = 0;
    }
    return kab_order_recount(order, error);
}

/* A warehouse that is no more does not matter any more. */
static gboolean
find_warehouse(KabDb *db, KabOrder *order, GError **error)
{
    g_clear_pointer(&order->warehouse_name, g_free);
    if (*order->warehouse_id.text == '\0')
        return TRUE;
    if (!kab_db_get_text(db, SELECT_WAREHOUSE, KAB_BIND(kab_text(order->warehouse_id.text)),
                         &order->warehouse_name, error))
        return FALSE;
    if (order->warehouse_name == NULL)
        order->warehouse_id = kab_warehouse_id_of(NULL);
    return TRUE;
}

/* A new order becomes a client order; one that was refused before it came is kept as cancelled. */
static gboolean
make(KabDb *db, KabOrder *order, const KabMessage *message, GError **error)
{
    gboolean refused = order->decision == KAB_DECISION_REFUSE;

    order->id = kab_order_id_of(message->id);
    if (!check_contents(order, error) || !find_partner(db, order, error) ||
        !check_products(db, order, error) || !forget_progress(order, error) ||
        !find_warehouse(db, order, error) || !give_number(db, order, error))
        return FALSE;
    order->revision = 1;
    order->decision_result =
        order->decision == KAB_DECISION_NONE ? KAB_DECISION_UNHEARD : KAB_DECISION_TAKEN;
    order->client_status = refused ? KAB_CLIENT_CANCELLED : KAB_CLIENT_ON_APPROVAL;
    order->state = g_strdup(kab_base_orders_first_state(order->client_status));
    if (order->placed_at == 0)
        order->placed_at = kab_time_now();
    if (order->created_at == 0)
        order->created_at = order->placed_at;
    return kab_base_orders_store(db, order, TRUE,
                                 order->user_name != NULL ? order->user_name : "portal",
                                 refused ? "refused" : "placed", error);
}

/* What the base answers to a decision on an order that it has. What the partner refused as it was
 * placed is the first revision. */
static KabDecisionResult
judge(const KabOrder *order, const KabOrder *told)
{
    gint64 revision = MAX(told->decided_revision, 1);

    if (order->client_status == KAB_CLIENT_CLOSED || order->client_status == KAB_CLIENT_CANCELLED)
        return KAB_DECISION_OVER;
    if (told->decision == KAB_DECISION_REFUSE && kab_order_is_shipping(order))
        return KAB_DECISION_SHIPPED;
    return revision == order->revision ? KAB_DECISION_TAKEN : KAB_DECISION_OUTDATED;
}

/* A decision that cannot be taken comes back with the answer why, and the order as it is. */
static gboolean
decide(KabDb *db, KabOrder *order, const KabOrder *told, GError **error)
{
    const char *who = told->user_name != NULL ? told->user_name : "portal";

    order->decision = told->decision;
    order->decision_attempt = told->decision_attempt;
    order->decided_revision = told->decided_revision;
    order->decision_result = judge(order, told);
    if (told->decision == KAB_DECISION_REFUSE && order->decision_result == KAB_DECISION_TAKEN)
        return kab_base_orders_cancel(db, order, told->reason, who, error);
    return kab_base_orders_store(db, order, FALSE, who, kab_decision_to_nick(told->decision),
                                 error);
}

/* The partner decided once, however often that is told. A portal that was set back to an old copy
 * of its data counts from there: another decision with the same count is another one. */
static gboolean
is_old_decision(const KabOrder *order, const KabOrder *told)
{
    if (told->decision_attempt != order->decision_attempt)
        return told->decision_attempt < order->decision_attempt;
    return told->decision == order->decision && told->decided_revision == order->decided_revision;
}

/* A portal that sends an order again may have missed what became of it, or was set back to an old
 * copy of its data: it is told once more. */
gboolean
kab_base_repeat_order(gpointer service G_GNUC_UNUSED, KabDb *db, const char *id, GError **error)
{
    g_autoptr(GError) local = NULL;
    g_autoptr(KabOrder) order = kab_order_store_find(db, id, &local);

    return kab_error_pass(error, &local) &&
           (order == NULL || kab_queue_put(db, KAB_KIND_CLIENT_ORDER, id, error));
}

gboolean
kab_base_apply_order(gpointer service, KabDb *db, const KabMessage *message, GError **error)
{
    g_autoptr(KabOrder) told = NULL;
    g_autoptr(KabOrder) order = NULL;
    g_autoptr(GError) local = NULL;

    if (message->body == NULL) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID,
                            _("An order cannot be taken away; refuse it"));
        return FALSE;
    }
    told = kab_wire_order_from_json(message->body, KAB_ORDER_TO_BASE, error);
    if (told == NULL)
        return FALSE;
    order = kab_order_store_find(db, message->id, &local);
    if (local != NULL) {
        g_propagate_error(error, g_steal_pointer(&local));
        return FALSE;
    }
    if (order == NULL)
        return make(db, told, message, error);
    if (is_old_decision(order, told))
        return kab_base_repeat_order(service, db, message->id, error);
    return decide(db, order, told, error);
}

gboolean
kab_base_build_client_order(gpointer service G_GNUC_UNUSED, KabDb *db, const char *id,
                            JsonObject **body, GError **error)
{
    g_autoptr(KabOrder) order = kab_order_store_load(db, id, error);
    g_autoptr(JsonNode) node = NULL;

    if (order == NULL)
        return FALSE;
    node = kab_wire_order_to_json(order, KAB_ORDER_TO_PORTAL);
    *body = json_node_dup_object(node);
    return TRUE;
}
