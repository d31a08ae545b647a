/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-id.h"
#include "kab-money.h"
#include "kab-order-status.h"
#include "kab-quantity.h"
#include "kab-time.h"

#include <glib.h>

G_BEGIN_DECLS

/** KAB_ORDER_MAX_LINES: the most lines that an order may have. */
#define KAB_ORDER_MAX_LINES 10000

/**
 * KabOrderLine:
 * @product_id: the product
 * @article: (nullable): its article
 * @name: its name when it was ordered
 * @unit: its unit
 * @ordered: what the partner ordered; 0 for a line that the manager added
 * @quantity: what stands in the order now
 * @price: the price of one unit
 * @sum: @price times @quantity
 * @vat: (nullable): the VAT rate as the base writes it, such as "22" or "none"
 */
typedef struct {
    KabProductId product_id;
    char *article;
    char *name;
    char *unit;
    char *vat;
    KabQuantity ordered;
    KabQuantity quantity;
    KabMoney price;
    KabMoney sum;
} KabOrderLine;

/**
 * KabDecision:
 * @KAB_DECISION_NONE: the partner has not decided
 * @KAB_DECISION_CONFIRM: confirmed
 * @KAB_DECISION_REFUSE: refused
 */
typedef enum {
    KAB_DECISION_NONE,
    KAB_DECISION_CONFIRM,
    KAB_DECISION_REFUSE,
} KabDecision;

/**
 * KabOrder:
 * @id: made where the order is born, the same at both ends
 * @partner_id: whose order it is
 * @partner_name: (nullable): the partner's name, where it is shown
 * @user_name: (nullable): who placed it
 * @number: (nullable): the number that the base gave
 * @version: grows with every change at the end that holds this copy
 * @revision: grows with every change of the contents at the base; 0 until the base has it
 * @decided_revision: the revision that the last decision was made on
 * @decision: what the partner decided last
 * @reason: (nullable): why it was refused or declined
 * @status: the status at the portal
 * @client_status: the status at the base
 * @state: (nullable): the state that the base gave
 * @manager: (nullable): the manager's name
 * @comment: (nullable): what the partner wrote
 * @phone: (nullable): contact telephone
 * @email: (nullable): contact e-mail
 * @address: (nullable): where to deliver to; pickup if there is none
 * @created_at: when it was saved first
 * @placed_at: when it was placed; 0 for a draft
 * @paid_percent: 0 to 100
 * @shipped_percent: 0 to 100
 * @has_invoice: whether an invoice can be downloaded
 * @total: the sum of the lines
 * @lines: (element-type KabOrderLine): the lines, in order
 */
typedef struct {
    KabOrderId id;
    KabPartnerId partner_id;
    char *partner_name;
    char *user_name;
    char *number;
    gint64 version;
    gint64 revision;
    gint64 decided_revision;
    KabDecision decision;
    char *reason;
    KabOrderStatus status;
    KabClientStatus client_status;
    char *state;
    char *manager;
    char *comment;
    char *phone;
    char *email;
    char *address;
    KabTime created_at;
    KabTime placed_at;
    int paid_percent;
    int shipped_percent;
    gboolean has_invoice;
    KabMoney total;
    GArray *lines;
} KabOrder;

/**
 * kab_order_new:
 *
 * Returns: (transfer full): an order without lines, all else zero
 */
KabOrder *kab_order_new(void);

void kab_order_free(KabOrder *order);

/**
 * kab_order_get_line:
 * @order: an order
 * @i: index of a line
 *
 * Returns: (transfer none): the line; valid until lines are added or removed
 */
KabOrderLine *kab_order_get_line(const KabOrder *order, guint i);

/**
 * kab_order_add_line:
 * @order: an order
 *
 * Returns: (transfer none): a new, empty line at the end; valid until the next change of the lines
 */
KabOrderLine *kab_order_add_line(KabOrder *order);

/**
 * kab_order_remove_line:
 * @order: an order
 * @i: index of a line
 */
void kab_order_remove_line(KabOrder *order, guint i);

/**
 * kab_order_recount:
 * @order: an order; all prices in one currency
 * @error: return location: %KAB_ERROR_INVALID, %KAB_ERROR_RANGE
 *
 * Counts the sum of every line and the total anew. Both ends count with this function.
 *
 * Returns: %FALSE on error, and the order is not to be used
 */
gboolean kab_order_recount(KabOrder *order, GError **error);

/**
 * kab_order_can:
 * @order: an order at the portal
 * @event: what the partner wants to do
 *
 * Returns: whether the partner may do it now. Shipping that has begun ends the right to refuse.
 */
gboolean kab_order_can(const KabOrder *order, KabOrderEvent event);

/**
 * kab_order_is_confirmed:
 * @order: an order, at either end
 *
 * Returns: whether the partner has confirmed it as it is now, or it is too late to ask: goods have
 *   been shipped
 */
gboolean kab_order_is_confirmed(const KabOrder *order);

/**
 * kab_decision_to_nick:
 * @decision: a decision
 *
 * Returns: its name in storage and on the wire
 */
const char *kab_decision_to_nick(KabDecision decision);

/**
 * kab_decision_from_nick:
 * @nick: (nullable): a name in storage or on the wire
 * @out: (out): the decision
 * @error: return location: %KAB_ERROR_INVALID
 *
 * Returns: whether there is such a decision
 */
gboolean kab_decision_from_nick(const char *nick, KabDecision *out, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabOrder, kab_order_free)

G_END_DECLS
