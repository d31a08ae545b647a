/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-json.h"
#include "kab-order-query.h"
#include "kab-order.h"

G_BEGIN_DECLS

/**
 * KabOrderFields:
 * @KAB_ORDER_CONTENTS: currency, lines, kind of VAT and the warehouse
 * @KAB_ORDER_PARTNER: whose it is, who placed it, contact, delivery, comment, when, and whether it
 *   exceeded the limits
 * @KAB_ORDER_DECISION: what the partner decided, on which revision, why, and what the base answered
 * @KAB_ORDER_BASE: number, revision, status and state at the base, manager, date of shipping
 * @KAB_ORDER_PORTAL: id, version and status at the portal, whether there is an invoice
 * @KAB_ORDER_TO_BASE: the message of the kind "order"
 * @KAB_ORDER_TO_PORTAL: the message of the kind "client-order"
 * @KAB_ORDER_TOTAL: currency, total, what is paid and shipped, without the lines
 * @KAB_ORDER_HEAD: what desktops get in a list
 * @KAB_ORDER_ALL: what desktops get of one order
 *
 * Which parts of an order a text holds.
 */
typedef enum {
    KAB_ORDER_CONTENTS = 1 << 0,
    KAB_ORDER_PARTNER = 1 << 1,
    KAB_ORDER_DECISION = 1 << 2,
    KAB_ORDER_BASE = 1 << 3,
    KAB_ORDER_PORTAL = 1 << 4,
    KAB_ORDER_TOTAL = 1 << 5,
    KAB_ORDER_TO_BASE = KAB_ORDER_CONTENTS | KAB_ORDER_PARTNER | KAB_ORDER_DECISION,
    KAB_ORDER_TO_PORTAL = KAB_ORDER_CONTENTS | KAB_ORDER_DECISION | KAB_ORDER_BASE,
    KAB_ORDER_HEAD = KAB_ORDER_TOTAL | KAB_ORDER_PARTNER | KAB_ORDER_DECISION | KAB_ORDER_BASE |
                     KAB_ORDER_PORTAL,
    KAB_ORDER_ALL = KAB_ORDER_CONTENTS | KAB_ORDER_PARTNER | KAB_ORDER_DECISION | KAB_ORDER_BASE |
                    KAB_ORDER_PORTAL,
} KabOrderFields;

/** kab_wire_order_to_json: (transfer full): the parts @fields of @order. */
JsonNode *kab_wire_order_to_json(const KabOrder *order, KabOrderFields fields);

/**
 * kab_wire_order_from_json:
 * @object: an object from outside
 * @fields: the parts that it may have
 * @error: return location: %KAB_ERROR_INVALID
 *
 * Sums are not taken from the text but counted anew; one that differs is an error.
 *
 * Returns: (transfer full) (nullable): the order
 */
KabOrder *kab_wire_order_from_json(JsonObject *object, KabOrderFields fields, GError **error);

/** kab_wire_order_totals_to_json: (transfer full): @totals: (element-type KabOrderTotal) */
JsonNode *kab_wire_order_totals_to_json(GArray *totals);

/** kab_wire_order_totals_from_json: (transfer full) (nullable) (element-type KabOrderTotal):
 * %KAB_ERROR_INVALID */
GArray *kab_wire_order_totals_from_json(JsonObject *object, GError **error);

G_END_DECLS
